"""A file of one of the known formats made into a pack's folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import PackError, UsageError
from dragoman.knowledge.importers.csv import read_csv
from dragoman.knowledge.importers.entries import Found, SetAside
from dragoman.knowledge.importers.followthemoney import read_followthemoney
from dragoman.knowledge.importers.petrarch import read_actors, read_agents
from dragoman.knowledge.importers.writing import settle, write_folder
from dragoman.knowledge.load import load_pack
from dragoman.knowledge.pack import Pack
from dragoman.knowledge.source import did_you_mean

FORMATS: Mapping[str, Callable[[Path, Pack], Found]] = {
    "followthemoney": lambda path, _below: read_followthemoney(path),
    "petrarch-actors": read_actors,
    "petrarch-agents": lambda path, _below: read_agents(path),
    "csv": lambda path, _below: read_csv(path),
}
"""What reads each format, given the pack that lies below."""

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "followthemoney",
    ".jsonl": "followthemoney",
    ".ijson": "followthemoney",
}
_LOOKED_AT = 65_536


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: the pack's folder, how many actors and words, and the lines that were set aside."""

    folder: Path
    format: str
    actors: int
    words: int
    aside: tuple[SetAside, ...]


def import_pack(path: str | Path, folder: str | Path, format: str | None = None) -> Imported:
    """Make a pack of a file; without a format, the one that its name and beginning show.

    Raises ``UsageError`` for an unknown format, and ``PackError`` for a file that cannot be read or has nothing in it,
    and for a folder that is there already.
    """
    source, target = Path(path), Path(folder)
    chosen = guess_format(source) if format is None else format
    if chosen not in FORMATS:
        hint = did_you_mean(chosen, FORMATS)
        raise UsageError(f"unknown format {chosen!r}; formats are {', '.join(FORMATS)}{hint}")
    below = load_pack()
    found = FORMATS[chosen](source, below)
    actors = settle(found, below)
    aside = tuple(sorted(found.aside, key=lambda one: one.line))
    if not actors and not found.words:
        why = f"; {aside[0]}" if aside else ""
        raise PackError(f"{source} has nothing that a pack can hold, read as {chosen}{why}")
    head = {
        "id": _id_of(target),
        "title": f"Imported from {source.name}"[:200],
        "about": f"Made by dragoman pack import from {source.name} ({chosen})."[:400],
    }
    write_folder(target, head, actors, found.words)
    return Imported(target, chosen, len(actors), sum(map(len, found.words.values())), aside)


def guess_format(path: Path) -> str:
    """The format of a file by its suffix, else by its beginning. Raises ``PackError`` when neither tells."""
    if (known := _SUFFIXES.get(path.suffix.lower())) is not None:
        return known
    try:
        with path.open("rb") as stream:
            text = stream.read(_LOOKED_AT).decode("utf-8", "replace")
    except OSError as error:
        raise PackError(f"cannot read {path}: {error.strerror or error}; check the path and its rights") from error
    if "[~" in text or "~]" in text:
        return "petrarch-agents"
    if "[" in text and not text.lstrip().startswith(("{", "[")):
        return "petrarch-actors"
    if text.lstrip().startswith("{"):
        return "followthemoney"
    raise PackError(f"{path} shows no format; say which with --format: {', '.join(FORMATS)}")


def _id_of(folder: Path) -> str:
    letters = "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in folder.resolve().name)
    return letters.strip("-._")[:80] or "imported"
