"""``python -m evaluation``."""

from evaluation.cli import main

if __name__ == "__main__":  # reading starts worker processes, which import this module again
    main()
