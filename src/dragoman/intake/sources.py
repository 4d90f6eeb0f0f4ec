"""Paths, folders, patterns and addresses to what may hold articles, in a stable order."""

from __future__ import annotations

import glob
import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, cast

from dragoman.intake.addresses import is_address, stem_of
from dragoman.intake.options import Cause, SetAside

STANDARD_INPUT = "-"
_PATTERN_MARKS = frozenset("*?[")


class Format(StrEnum):
    """How a file's bytes are read; ``ANY`` is told by its first bytes."""

    TEXT = "text/plain"
    PAGE = "text/html"
    PDF = "application/pdf"
    LINES = "application/x-ndjson"
    JSON = "application/json"
    ANY = ""


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".pdf": Format.PDF,
    ".jsonl": Format.LINES,
    ".ndjson": Format.LINES,
    ".json": Format.JSON,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``name`` is what messages call it, ``stem`` its name without the last suffix (and ``.gz``).

    ``path`` is ``None`` for standard input, and for a page at an address, whose ``url`` is given.
    """

    name: str
    stem: str
    format: Format
    path: Path | None = None
    compressed: bool = False
    url: str | None = None

    def open(self) -> IO[bytes]:
        """The file's bytes, decompressed. Raises ``OSError``; reading may raise it too (``gzip.BadGzipFile``)."""
        assert self.path is not None  # standard input and addresses are never opened here
        return cast("IO[bytes]", gzip.open(self.path)) if self.compressed else self.path.open("rb")


READ_ERRORS = (OSError, EOFError, zlib.error)
"""What opening and reading a source may raise."""


def iter_sources(paths: Iterable[str | Path]) -> Iterator[Source | SetAside]:
    """The files under the paths: in the order given, folders by name, each file once. An address is a source too."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for found in _expand(str(path)):
            if isinstance(found, SetAside) or found.path is None:
                yield found
                continue
            try:
                stat = found.path.stat()
            except OSError as error:
                yield cannot_read(found.name, error)
                continue
            if (key := (stat.st_dev, stat.st_ino)) not in seen:
                seen.add(key)
                yield found


def cannot_read(name: str, error: BaseException) -> SetAside:
    """The message for a file or folder that the system or its compression does not let us read."""
    why = getattr(error, "strerror", None) or str(error) or "it is damaged"
    return SetAside(name, f"{name} cannot be read ({why}); check that it is whole and its rights", Cause.UNREADABLE)


def _expand(path: str) -> Iterator[Source | SetAside]:
    if path == STANDARD_INPUT:
        yield Source("standard input", "standard-input", Format.ANY)
    elif is_address(path):
        yield Source(_printable(path), stem_of(path), Format.ANY, url=path)
    elif "\0" in path:
        yield _missing(path.replace("\0", "\ufffd"))  # no system has such a path
    elif os.path.isdir(path):
        yield from _walk(path)
    elif os.path.lexists(path):
        yield _to_source(Path(path))
    else:
        yield from _match(path)


def _match(pattern: str) -> Iterator[Source | SetAside]:
    """What a pattern such as ``2023/**/*.html`` finds."""
    found = sorted(glob.glob(pattern, recursive=True)) if _PATTERN_MARKS & set(pattern) else []
    if not found:
        yield _missing(pattern)
    for path in found:
        if os.path.isdir(path):
            yield from _walk(path)
        else:
            yield _to_source(Path(path))


def _missing(path: str) -> SetAside:
    name = _printable(path)
    return SetAside(name, f"nothing is at {name}; check the path", Cause.MISSING)


def _walk(folder: str) -> Iterator[Source | SetAside]:
    """The articles in a folder and the folders in it; hidden ones aside, links to folders not followed."""
    errors: list[OSError] = []
    others: Counter[str] = Counter()
    for root, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith("."):
                continue
            if not path.is_file() and not path.is_symlink():
                others["(no regular file)"] += 1
            elif _format(name)[0] is Format.ANY:
                others[path.suffix.casefold() or "(no suffix)"] += 1
            else:
                yield _to_source(path)
        yield from (cannot_read(str(error.filename), error) for error in errors)
        errors.clear()
    yield from (cannot_read(str(error.filename), error) for error in errors)
    if others:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items()))
        known = ", ".join(SUFFIXES)
        reason = f"{folder} holds files in formats that are not read: {kinds}; formats are {known}, also with .gz"
        yield SetAside(folder, reason, Cause.FORMAT)


def _to_source(path: Path) -> Source:
    format_, compressed = _format(path.name)
    stem = Path(path.name[:-3]).stem if compressed else path.stem
    return Source(_printable(str(path)), _printable(stem), format_, path, compressed)


def _format(name: str) -> tuple[Format, bool]:
    compressed = name.casefold().endswith(".gz")
    inner = name[:-3] if compressed else name
    return SUFFIXES.get(Path(inner).suffix.casefold(), Format.ANY), compressed


def _printable(name: str) -> str:
    """A file name that can be stored and shown, although file systems allow any bytes."""
    return name.encode("utf-8", "replace").decode("utf-8")
