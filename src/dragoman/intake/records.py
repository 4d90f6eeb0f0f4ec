"""Articles as records: JSON Lines, a JSON list or a single JSON object, in the fields of news-please and others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from dragoman.errors import IntakeError
from dragoman.intake.decoding import clean, decode
from dragoman.intake.extract import Extract

_TEXT = ("maintext", "text", "body", "content", "article")
_ID = ("id", "doc_id", "document")
_TITLE = ("title", "headline")
_AUTHOR = ("authors", "author", "byline")
_OUTLET = ("outlet", "source_domain", "publisher", "source", "domain")
_PUBLISHED = ("date_publish", "published", "publish_date", "published_at", "date")
_URL = ("url", "link")
_NAMED = ("url", "filename", "title")
_NOT_SLUG = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a collection: its id, what it says, and its own bytes."""

    id: str
    extract: Extract
    raw: bytes


def parse_record(raw: bytes, number: int, stem: str) -> Record:
    """The record in one line of JSON. Raises ``IntakeError`` whose message is the end of a sentence."""
    try:
        row = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"it is not JSON ({_why(error)}); correct the line or leave it out") from error
    return to_record(row, raw, number, stem)


def to_record(row: Any, raw: bytes, number: int | None, stem: str) -> Record:
    """The record in a parsed JSON value; ``number`` is its place, if it is not alone. Raises like ``parse_record``."""
    if not isinstance(row, dict):
        raise IntakeError("it is not an article; an article is a JSON object with its text in maintext or text")
    text = next((row[name] for name in _TEXT if isinstance(row.get(name), str) and row[name].strip()), None)
    if text is None:
        raise IntakeError(f"it has no text; an article's text is in one of the fields {', '.join(_TEXT)}")
    return Record(_name(row, number, stem), _to_extract(row, text), raw)


def iter_lines(stream: IO[bytes], max_bytes: int, first: bytes = b"") -> Iterator[tuple[int, bytes | None]]:
    """Lines that hold something, with their numbers from 1; ``None`` for one longer than ``max_bytes``.

    ``first`` is a line that was taken from the stream before.
    """
    number = 0
    while line := first or stream.readline(max_bytes + 1):
        first = b""
        number += 1
        if len(line) > max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(max_bytes)
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def parse_whole(data: bytes) -> list[Any] | None:
    """The values of a file that is one JSON list or object; ``None`` if it is not one, so that its lines may be."""
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError, IntakeError):
        return None
    return value if isinstance(value, list) else [value]


def dump(value: Any) -> bytes:
    """A value of a longer list as bytes of its own."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _to_extract(row: Mapping[str, Any], text: str) -> Extract:
    return Extract(
        text=clean(text),
        title=_first(row, _TITLE),
        author=_first(row, _AUTHOR),
        outlet=_first(row, _OUTLET),
        published=_first(row, _PUBLISHED),
        url=_first(row, _URL),
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the fields that has a value, on one line; a list of names is joined."""
    for name in names:
        value = row.get(name)
        if isinstance(value, list):
            value = ", ".join(item.strip() for item in value if isinstance(item, str) and item.strip())
        if isinstance(value, str) and (line := " ".join(clean(value[:2000]).split())):
            return line
    return None


def _name(row: Mapping[str, Any], number: int | None, stem: str) -> str:
    """The record's id, else one made of its address or title and its place; the file's name if it is alone there."""
    for name in _ID:
        value = row.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(clean(str(value)[:200]).split()) or stem
    if number is None:
        return stem
    made_of = _first(row, _NAMED) or stem
    slug = _NOT_SLUG.sub("-", re.sub(r"^https?://(?:www\.)?", "", made_of)).strip("-.")[:80].strip("-.")
    return f"{slug or stem}-{number}"


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"
