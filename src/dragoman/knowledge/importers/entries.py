"""What importers find in a file, before it is a pack: entries by line, and lines that are set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import PackError
from dragoman.knowledge.pack import Office
from dragoman.knowledge.source import clip
from dragoman.record import ActorKind

MAX_LINE = 1_000_000
"""Characters of a line; one entity of OpenSanctions with all its spellings has some tens of thousands."""
MAX_ENTRIES = 200_000
"""Actors that one file may bring: more than any pack can use, few enough to be held in memory."""
MAX_NAMES = 200
"""Names of one actor."""
MAX_NAME = 200
"""Characters of one name."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that could not be used, or not wholly, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(slots=True)
class Entry:
    """An actor to be: ``id`` is what the file calls it (empty: nothing), ``at`` of an office is such an id, or
    ``state/TUR``. ``key`` is that of the pack below that it extends."""

    line: int
    name: str
    kind: ActorKind
    id: str = ""
    names: list[str] = field(default_factory=list)
    country: str | None = None
    sector: str | None = None
    offices: list[Office] = field(default_factory=list)
    key: str | None = None


@dataclass(slots=True)
class Found:
    """All that a file gives: actors, words by the name of a word list, and what was set aside."""

    entries: list[Entry] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)

    def set_aside(self, line: int, reason: str) -> None:
        """Note a line that cannot be used."""
        self.aside.append(SetAside(line, reason))

    def add(self, entry: Entry) -> None:
        """Take an actor, with no more names than an entry may have. Raises ``PackError`` for one too many."""
        if len(self.entries) >= MAX_ENTRIES:
            raise PackError(f"more than {MAX_ENTRIES:,} actors; split the file, and import what the question needs")
        if len(entry.names) > MAX_NAMES:
            left = len(entry.names) - MAX_NAMES
            self.set_aside(
                entry.line, f"{clip(entry.name)} has {left:,} names more than {MAX_NAMES}; they are left out"
            )
            del entry.names[MAX_NAMES:]
        self.entries.append(entry)


def iter_lines(path: Path, found: Found) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file with their numbers, from 1; those that are too long or no text are set aside.

    Raises ``PackError`` for a file that cannot be read.
    """
    try:
        with path.open("rb") as stream:
            number = 0
            while raw := stream.readline(MAX_LINE + 1):
                number += 1
                if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
                    found.set_aside(number, f"longer than {MAX_LINE:,} bytes")
                    while raw and not raw.endswith(b"\n"):
                        raw = stream.readline(MAX_LINE)
                    continue
                try:
                    yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    found.set_aside(number, "not UTF-8; save the file as UTF-8")
    except OSError as error:
        raise PackError(f"cannot read {path}: {error.strerror or error}; check the path and its rights") from error


_BLANKS = re.compile(r"\s+")


def clean_name(text: object) -> str | None:
    """A name as a pack can hold it: one line, no control characters; ``None`` for what is none, or too long."""
    if not isinstance(text, str):
        return None
    plain = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Cf", "Zl", "Zp") else letter for letter in text
    )
    name = _BLANKS.sub(" ", plain).strip()
    return name if name and len(name) <= MAX_NAME else None
