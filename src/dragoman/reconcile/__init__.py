"""Reports of many documents put together: what is one happening, what is told of it, and where tellings disagree.

Pure: plain values in and out. The case keeps what is found here and asks again when a document or a decision comes in.
"""
