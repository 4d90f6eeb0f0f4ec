"""What a caller may choose, and what became of an input that is not read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.intake.dates import check_given


class Cause(StrEnum):
    """Why an input was set aside; a caller counts by it, and ends with an error for ``MISSING`` and ``UNREADABLE``."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    FORMAT = "format"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LONG = "too-long"
    NO_TEXT = "no-text"
    BAD_RECORD = "bad-record"
    LANGUAGE = "language"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that did not become a document: where it is, and one sentence that says what, where and what to do."""

    source: str
    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """What holds for all documents of one intake.

    ``published`` (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) and ``outlet`` are what the user says of every document, and
    win over what a page says; an impossible date raises ``IntakeError``. The limits hold for one document: characters
    of text, bytes of a file or of one line of a collection, and seconds that a page or PDF may take to parse, or a page
    to be fetched. A million characters is a book of 170,000 words; a longer text is not an article, and a parser's
    memory grows with it.
    """

    published: str | None = None
    outlet: str | None = None
    max_characters: int = 1_000_000
    max_bytes: int = 20_000_000
    seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.published is not None:
            object.__setattr__(self, "published", check_given(self.published))
