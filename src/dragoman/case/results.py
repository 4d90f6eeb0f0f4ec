"""What a case answers with: plain frozen types, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dragoman.record import ActorKind, DateRange, EventType, Kind, Report, Span


class Outcome(StrEnum):
    """What became of a document that was added."""

    NEW = "new"
    KNOWN = "known"
    REREAD = "read again"


@dataclass(frozen=True, slots=True)
class Added:
    """``document`` is the id under which the case keeps it; ``alias`` tells that the same text was already kept from
    another source or under another name, which is now noted beside it."""

    document: str
    outcome: Outcome
    alias: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a reader. ``finished`` is ``None`` while it works, and for ever if it was killed."""

    id: int
    started: str
    finished: str | None
    reader: str
    packs: tuple[str, ...]
    counts: Mapping[str, int]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A source that a run did not read, and why."""

    run: int
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd that a run met in a document."""

    run: int
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another source or name of a document's text."""

    id: str
    source: str
    url: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as listed: what is known about it and how much was found; its text comes with ``Case.document``."""

    id: str
    digest: str
    title: str | None
    author: str | None
    outlet: str | None
    published: str | None
    language: str
    url: str | None
    source: str
    media_type: str
    characters: int
    sentences: int
    reports: int
    reader: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class StoredActor:
    """An actor of the whole case: ``name`` and ``kind`` as most documents have them, ``names`` all that it is called.

    ``reports`` counts those with the actor in a role; being their voice alone does not count.
    """

    name: str
    kind: ActorKind
    names: tuple[str, ...]
    key: str | None
    of: str | None
    country: str | None
    sector: str | None
    documents: int
    reports: int


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with what one needs to cite it: its id and its document's title, outlet and publication date."""

    id: str
    report: Report
    title: str | None
    outlet: str | None
    published: str | None

    @property
    def when(self) -> str | None:
        """The ISO prefix under which it is filed: the date it tells, else the date of its document."""
        date: DateRange | None = getattr(self.report, "date", None)
        return (date.start or date.end) if date else self.published


@dataclass(frozen=True, slots=True)
class ReportInContext(StoredReport):
    """A report with its document and the text around its evidence: ``passage`` is the whole sentence or sentences of
    the evidence, ``before`` and ``after`` are their neighbours, empty where the text begins or ends."""

    document: StoredDocument
    before: str
    passage: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a search found: ``span`` is its place in the document's text, ``matches`` are those of the words,
    ``snippet`` is the part of it around them, on one line; ``reports`` are the ids of the reports that it asserts."""

    document: str
    title: str | None
    published: str | None
    span: Span
    sentence: str
    snippet: str
    matches: tuple[Span, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A case at a glance. ``undated`` documents have no date, ``set_aside`` counts sources, ``event_types`` has those
    that occur; the ten outlets with most documents and the ten actors in most reports come with the number."""

    path: str
    title: str
    packs: tuple[str, ...]
    documents: int
    undated: int
    sentences: int
    characters: int
    first_published: str | None
    last_published: str | None
    outlets: int
    top_outlets: tuple[tuple[str, int], ...]
    actors: int
    top_actors: tuple[tuple[str, int], ...]
    reports: Mapping[Kind, int]
    event_types: Mapping[EventType, int]
    remarks: int
    set_aside: int
    last_run: Run | None
