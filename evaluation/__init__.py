"""Scores of the product against gold that is given by path, and how fast it works. Nothing here is shipped."""
