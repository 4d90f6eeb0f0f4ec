"""Reading: an analysed document becomes actors and reports, each with the sentence that asserts it."""

from dragoman.reading.reader import READER, read

__all__ = ["READER", "read"]
