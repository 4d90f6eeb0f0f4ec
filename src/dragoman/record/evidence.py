"""Evidence and dates: the two values that every report is built from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dragoman.errors import RecordError

_ISO_PREFIX = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points in a document's text: ``0 <= start < end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise RecordError(f"impossible span {self.start}–{self.end}; a span has 0 <= start < end")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact words of a document that assert a report; ``text`` is the slice ``[start, end)``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise RecordError(f"impossible evidence bounds {self.start}–{self.end}; need 0 <= start < end")
        if len(self.text) != self.end - self.start:
            width = self.end - self.start
            raise RecordError(f"evidence {self.start}–{self.end} is {width} characters, its text {len(self.text)}")

    @classmethod
    def slice(cls, text: str, start: int, end: int) -> Evidence:
        """The evidence at ``[start, end)`` of a document's text."""
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, Any]:
        """The exchange form."""
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Evidence:
        """Read the exchange form; raises ``RecordError`` when bounds and text do not fit."""
        return cls(int(row["start"]), int(row["end"]), str(row["text"]))


@dataclass(frozen=True, slots=True)
class DateRange:
    """When something was, is or will be: ISO prefixes (``2023``, ``2023-11``, ``2023-11-27``), as narrow as told.

    Either end may be open (``None``), not both; a closed range does not run backwards.
    """

    start: str | None
    end: str | None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise RecordError("a date has at least one end; leave the date out where the text gives none")
        for value in (self.start, self.end):
            if value is not None and not _ISO_PREFIX.match(value):
                raise RecordError(f"{value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        if self.start and self.end:
            width = min(len(self.start), len(self.end))
            if self.start[:width] > self.end[:width]:
                raise RecordError(f"a date cannot run backwards: {self.start} – {self.end}")

    @classmethod
    def on(cls, day: str) -> DateRange:
        """The range that is one day, month or year."""
        return cls(day, day)

    def to_dict(self) -> dict[str, str | None]:
        """The exchange form, ``{"from": …, "to": …}``."""
        return {"from": self.start, "to": self.end}

    @classmethod
    def from_dict(cls, row: dict[str, str | None] | str) -> DateRange:
        """Read the exchange form; a bare string is a range of itself."""
        if isinstance(row, str):
            return cls.on(row)
        return cls(row.get("from"), row.get("to"))
