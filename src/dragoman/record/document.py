"""A document: one article as retrieved, before anything is read out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from dragoman.errors import RecordError
from dragoman.record.evidence import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A value about a document and where it came from.

    ``origin`` is one of ``given`` (by the user), ``page`` (metadata of the page), ``record`` (a field of the
    collection), ``text`` (a header line such as ``Published:``), ``dateline`` or ``inferred`` (from a weekday and the
    years around).
    """

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its text exactly as retrieved, what is known about it, and the furniture that is not read.

    All offsets anywhere in Dragoman count Unicode code points in ``text``. ``id`` is the codebook's document id: a
    file's name without its last suffix, unless the collection gives one. ``raw`` holds the bytes as retrieved,
    ``source`` a display path or address. ``furniture`` spans (menus, share forms, author boxes) stay in the text and
    are not read.
    """

    id: str
    text: str
    title: Fact | None = None
    author: Fact | None = None
    outlet: Fact | None = None
    published: Fact | None = None
    language: str = "en"
    url: str | None = None
    source: str = ""
    media_type: str = "text/plain"
    raw: bytes = field(default=b"", repr=False)
    furniture: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise RecordError("a document needs an id")
        if self.furniture and self.furniture[-1].end > len(self.text):
            raise RecordError(f"furniture of {self.id} runs past the end of its text ({len(self.text)} characters)")

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the same words are the same document, whatever file they came in."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_meta(self) -> dict[str, Any]:
        """The exchange form's ``meta``: title, author, outlet, published (ISO date or null)."""
        facts = {"title": self.title, "author": self.author, "outlet": self.outlet, "published": self.published}
        return {name: fact.value if fact else None for name, fact in facts.items()}
