"""What a case answers with: plain frozen types, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dragoman.record import (
    ActorKind,
    DateRange,
    Decision,
    EventType,
    Kind,
    Predicate,
    Report,
    Span,
    Stance,
    Standing,
    State,
)
from dragoman.record.occurrence import Dispute, Occurrence


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
    """A source that a run, which began at ``started``, did not read, and the reason in a sentence."""

    run: int
    source: str
    reason: str
    started: str

    @property
    def why(self) -> str:
        """The reason beside the source: a sentence that begins with its name goes on from there."""
        return self.reason.removeprefix(f"{self.source} ")


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
    """A document as listed: what is known about it and how much was found; its text comes with ``Case.document``.

    ``copy_of`` is the id of the document whose near-copy it is: the first one that told its story. ``teller`` is the
    independent source that the story counts as: the folded outlet of the first telling, else ``~`` and its id.
    """

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
    copy_of: str | None = None
    teller: str | None = None


@dataclass(frozen=True, slots=True)
class StoredActor:
    """An actor of the whole case: ``name`` and ``kind`` as most documents have them, ``names`` all that it is called.

    ``identity`` finds it, and it alone, whoever else is called so: the pack's key, else ``~`` and a name, with the id
    of the decision for whoever was split off. ``reports`` counts those with the actor in a role; being their voice
    alone does not count.
    """

    name: str
    identity: str
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
    """A report with what one needs to cite it: its id and its document's title, outlet and publication date.

    ``state`` tells whether a person decided on it. A report keeps the id of what was read when it is corrected.
    """

    id: str
    report: Report
    title: str | None
    outlet: str | None
    published: str | None
    state: State = field(default=State.READ, kw_only=True)

    @property
    def when(self) -> str | None:
        """The ISO prefix under which it is filed: the date it tells, else the date of its document."""
        date: DateRange | None = getattr(self.report, "date", None)
        return (date.start or date.end) if date else self.published


@dataclass(frozen=True, slots=True)
class ReportInContext(StoredReport):
    """A report with its document and the text around its evidence: ``passage`` is the whole sentence or sentences of
    the evidence, ``before`` and ``after`` are their neighbours, empty where the text begins or ends.

    ``decisions`` on it stand, oldest first; ``read`` is what the reader had read, where a person decided otherwise.
    """

    document: StoredDocument
    before: str
    passage: str
    after: str
    decisions: tuple[Decision, ...] = ()
    read: Report | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the case has it: it ``stands`` unless it is undone; it is ``tied`` where all that it is about is
    found in the case; ``reports`` are the ids of those reports. ``undoes`` is the decision that it undoes, if here."""

    decision: Decision
    stands: bool
    tied: bool
    reports: tuple[str, ...]
    undoes: Decision | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What people who decided about one thing do not agree on: a ``field``, else ``report`` (whether it stands),
    ``outcome``, ``occurrence`` or ``actors`` (whether those whom ``text`` names are one; it is about no document then).
    ``decisions`` has the last word of each, oldest first; the last counts, but a merge holds until it is undone."""

    reports: tuple[str, ...]
    document: str
    text: str
    field: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of decisions did: how many were new and how many were here already; how many of the new ones find
    nothing in this case, and what people disagree on in it now."""

    added: int
    known: int
    untied: int
    conflicts: tuple[Conflict, ...]


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
class Arrivals:
    """What came into a case since some document: how many documents, and reports of each kind; ``last`` is the place of
    the latest document in the order of coming."""

    documents: int
    reports: Mapping[Kind, int]
    last: int


@dataclass(frozen=True, slots=True)
class ReportsBehind:
    """One page of the reports behind a figure; ``number`` counts all, in ``documents`` of so many independent
    ``sources``."""

    reports: tuple[StoredReport, ...]
    number: int
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class DocumentsBehind:
    """One page of the documents behind a figure; ``number`` counts all, of so many independent ``sources``."""

    documents: tuple[StoredDocument, ...]
    number: int
    sources: int


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


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet by what it tells; ``name`` is its usual spelling, empty for documents that name none, and ``names`` are
    all that its documents spell, with their number: several where people decided that outlets are one.

    ``stories`` counts documents that told a story first, ``again`` further versions of its own stories, ``copies``
    near-copies of others' stories (and texts kept under another's name) by whose they are, empty where that is unknown.
    ``quoted`` has who is quoted in how many reports; ``reports`` counts by kind.
    """

    name: str
    names: tuple[tuple[str, int], ...]
    documents: int
    stories: int
    again: int
    copies: tuple[tuple[str, int], ...]
    reports: Mapping[Kind, int]
    quoted: tuple[tuple[str, int], ...]
    first_published: str | None
    last_published: str | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Outlets, those with most documents first, and how many there are in all; ``undated`` documents are left out of
    what was told by a date."""

    sources: tuple[Source, ...]
    outlets: int
    undated: int


@dataclass(frozen=True, slots=True)
class ToldOf:
    """An occurrence, its id and the ``report`` that told it first, and how many documents and independent sources tell
    it."""

    occurrence: str
    report: StoredReport
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class SourceInDetail:
    """An outlet with all whom it quotes, and its ``authors`` with their documents; ``copied_by`` counts documents of
    others that are near-copies of its stories.

    ``alone`` has the latest occurrences that no independent source but it tells, ``left_out`` those of the time that it
    covers which at least two others tell and it does not, the most told first.
    """

    source: Source
    authors: tuple[tuple[str, int], ...]
    copied_by: tuple[tuple[str, int], ...]
    alone: tuple[ToldOf, ...]
    left_out: tuple[ToldOf, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two actors that may be one, how surely (0–1, not a probability), and why."""

    one: StoredActor
    other: StoredActor
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet and the number of its documents."""

    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class OutletMerge:
    """Two outlets that may be one, how surely (0–1, not a probability), and why."""

    one: NamedOutlet
    other: NamedOutlet
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office, leadership, membership or other relation in time. ``since`` and ``until`` are told dates; documents
    published from ``held_first`` to ``held_last`` tell it as held, one of ``former_first`` is the first to tell it as
    past. ``reports`` are the ids behind it, and ``standing`` that of the surest of them.

    So that it is told no more surely than they tell it: ``voice`` has those in whose words it is told where no document
    tells it in its own, ``by`` the outlet (else the document) where no independent source but one does."""

    person: str
    predicate: Predicate
    title: str | None
    at: str
    since: str | None
    until: str | None
    held_first: str | None
    held_last: str | None
    former_first: str | None
    documents: int
    sources: int
    reports: tuple[str, ...]
    standing: Standing
    voice: tuple[str, ...]
    by: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words tell of an actor, and in how many reports of each kind."""

    name: str
    reports: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody who takes part in events with an actor, as its doer or as the one it is done to: in how many occurrences
    of each type, told in how many documents by how many independent sources, however surely."""

    name: str
    identity: str
    types: Mapping[EventType, int]
    documents: int
    sources: int

    @property
    def occurrences(self) -> int:
        """How many in all."""
        return sum(self.types.values())


@dataclass(frozen=True, slots=True)
class ActorInDetail:
    """One actor behind all its names. ``bases`` are the identities that are one (more than one where somebody decided
    so), ``called`` its names with the documents that use each, ``kinds`` the reports by kind and role, told in
    ``documents`` by independent ``sources``; ``offices`` it holds, ``holders`` hold one at it, ``ties`` are its other
    relations; ``spoken_of_by`` are those who tell most of it, ``speaks`` counts the reports that are told in its words.
    ``older`` relations, told before the latest that were asked for, are not among these."""

    actor: StoredActor
    bases: tuple[str, ...]
    called: tuple[tuple[str, int], ...]
    kinds: Mapping[str, Mapping[str, int]]
    documents: int
    sources: int
    offices: tuple[Tenure, ...]
    holders: tuple[Tenure, ...]
    ties: tuple[Tenure, ...]
    spoken_of_by: tuple[Speaker, ...]
    speaks: int
    older: int = 0


@dataclass(frozen=True, slots=True)
class OccurrenceInFull:
    """An occurrence with its reports in the order of their telling, what these do not agree in, and what people decided
    on which of them are of one happening."""

    occurrence: Occurrence
    reports: tuple[StoredReport, ...]
    disputes: tuple[Dispute, ...]
    decisions: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many occurrences of each type are told to be at a place; ``None`` has those of which no place is told."""

    place: str | None
    types: Mapping[EventType, int]

    @property
    def number(self) -> int:
        """How many in all."""
        return sum(self.types.values())


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a role of a report: ``identity`` is the same for all names of one actor (a pack's key, else ``~`` and
    the folded name); kind, country and sector are those of its document, where it tells."""

    identity: str
    name: str
    kind: ActorKind | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class CastReport:
    """A report with who takes part in it by role, and the address, independent source and length of its document."""

    stored: StoredReport
    people: Mapping[str, tuple[Participant, ...]]
    url: str | None
    teller: str | None
    characters: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """An occurrence, as a list has it, with its reports in the order of their telling."""

    occurrence: Occurrence
    reports: tuple[CastReport, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """An actor of some documents of the case: its identity, what it usually is, and all that these call it."""

    identity: str
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    key: str | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds positions. ``key`` is the same whatever the case read first: the pack's key, ``~`` and the
    folded name, or ``=`` and the name of one who is no actor of the documents. ``documents`` and independent
    ``sources`` are counted for networks alone."""

    key: str
    name: str
    statements: int
    documents: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """What a statement is about: an issue (its id is key and name), else the actor named in it (``@`` and its key),
    else its words (``~`` before them)."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class StanceCount:
    """What one holder is told to hold on one matter, in one slice of time if it is cut.

    ``support``, ``oppose`` and ``mixed`` count statements, ``…_sources`` the independent sources that tell of each;
    ``documents`` and ``sources`` are those of all of them. ``reports`` are ids, where they were asked for.
    """

    holder: str
    concept: Concept
    slice: str | None
    support: int
    oppose: int
    mixed: int
    support_sources: int
    oppose_sources: int
    documents: int
    sources: int
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceChange:
    """What a holder is told to hold on a matter in one month, and the last time before it that it was another."""

    holder: str
    before: StanceCount
    after: StanceCount


@dataclass(frozen=True, slots=True)
class StanceChanges:
    """The latest changes of stances, with the ids of the reports behind each, and how ``many`` there are in all."""

    latest: tuple[StanceChange, ...]
    many: int


@dataclass(frozen=True, slots=True)
class Positions:
    """Who holds what: ``holders`` are those with most statements, ``all_holders`` and ``statements`` count all.

    ``by_issue`` is false where no position of the case answers an issue, so that each is taken by what it is about.
    Left out are, of the whole case, statements told as not or not yet held (``unheld``) and those on none of the
    issues (``on_no_issue``); and those of documents with no date, or none that fits a slice (``undated``).
    """

    by_issue: bool
    holders: tuple[Holder, ...]
    cells: tuple[StanceCount, ...]
    all_holders: int
    statements: int
    unheld: int
    on_no_issue: int
    undated: int


@dataclass(frozen=True, slots=True)
class Affiliation:
    """How many ``times`` a holder takes a stance on a matter, statements that say the same counted once as asked."""

    holder: str
    concept: Concept
    stance: Stance
    slice: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Ties of a discourse network: ``holders`` are those with most statements, of ``all_holders``.

    *Unnamed sources*, and authors without a name, are none: in each document they are others.

    ``told`` has the documents and the independent sources of a holder's statements on a matter, by their keys, where
    they were asked for.
    """

    by_issue: bool
    holders: tuple[Holder, ...]
    ties: tuple[Affiliation, ...]
    all_holders: int
    undated: int
    told: Mapping[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One holder of one position with its words and its document; no ``kind`` for one who is no actor of it."""

    report: str
    holder: Holder
    kind: ActorKind | None
    concept: Concept
    about: str
    stance: Stance
    text: str
    document: str
    title: str | None
    author: str | None
    outlet: str | None
    published: str | None
    teller: str
