"""The case: the store of one question, one SQLite file. Everything that a case keeps goes in and comes out here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, select

from dragoman.asked import one_of
from dragoman.case import (
    behind,
    briefing,
    climbs,
    company,
    context,
    deciding,
    decisions,
    disputes,
    documents,
    handing_on,
    identities,
    ledgers,
    merging,
    occurrences,
    outcomes,
    outlets,
    reports,
    reviewing,
    runs,
    schema,
    search,
    sources,
    statements,
    writing,
)
from dragoman.case.actors import iter_actors
from dragoman.case.briefing import Extent, OccurrenceCount
from dragoman.case.climbs import Choose, Climbs
from dragoman.case.documents import document_row
from dragoman.case.ledgers import Sightings
from dragoman.case.outcomes import Candidate, Named
from dragoman.case.overview import arrivals, overview_of
from dragoman.case.prints import Outdated, find_outdated
from dragoman.case.results import (
    ActorInDetail,
    Added,
    Affiliations,
    Arrivals,
    CastReport,
    Conflict,
    Counterpart,
    Decided,
    DocumentsBehind,
    Gathered,
    Hit,
    Identified,
    Imported,
    Merge,
    OccurrenceInFull,
    OutletMerge,
    Overview,
    PlaceCount,
    Positions,
    Remark,
    ReportInContext,
    ReportsBehind,
    Run,
    SetAside,
    SourceInDetail,
    Sources,
    StanceChanges,
    Statement,
    StoredActor,
    StoredDocument,
    StoredReport,
)
from dragoman.case.reviewing import Doubt
from dragoman.case.slicing import Slicing
from dragoman.case.sources import TOLD
from dragoman.case.statements import Duplicates, Scope
from dragoman.errors import UsageError
from dragoman.record import Action, Actor, Decision, Document, Evidence, Kind, Reading, State
from dragoman.record.occurrence import Dispute, Occurrence

if TYPE_CHECKING:
    import pandas
    import pyarrow

_ALL = Scope()


class Case:
    """An open case, made by ``create_case`` or ``open_case``; close it, or use it in ``with``.

    Iterators read as they are taken, and end with the case. A case belongs to the thread that opened it.
    """

    def __init__(self, path: Path, conn: Connection) -> None:
        self.path = path
        self._conn = conn
        self._run: Run | None = None
        self._counts: Counter[str] = Counter()
        self._outdated: frozenset[int] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file free; safe to call twice."""
        self._conn.close()

    @property
    def packs(self) -> tuple[str, ...]:
        """The packs that this case reads with, as they were named when it was made."""
        return tuple(json.loads(self._setting("packs")))

    @property
    def title(self) -> str:
        """The title that the case was given, else the name of its file."""
        return self._setting("title")

    def _setting(self, name: str) -> str:
        settings = schema.settings.c
        return str(self._conn.execute(select(settings.value).where(settings.name == name)).scalar_one())

    def start_run(self, reader: str, prints: Mapping[str, str] | None = None) -> Run:
        """Begin a run of this version of the reader; what is added and set aside from now on belongs to it.

        ``prints`` are those of the packs that it reads with (``print_packs``), if these are known: what was read when
        a pack held something else counts as not read. Raises ``PackError`` for a pack that breaks the schema.
        """
        prints = prints or {}
        self._run = runs.start(self._conn, reader, self.packs, prints)
        self._outdated = self.outdated(prints).runs
        self._counts.clear()
        return self._run

    def outdated(self, prints: Mapping[str, str], kinds: Collection[str] | None = None) -> Outdated:
        """The documents that were read when packs did not hold what they do now, and what has changed since.

        ``prints`` are those of the packs now (``print_packs``); ``kinds`` limits it to kinds of entries (``rungs``,
        …; ``pack`` is the head). Documents that were read before this was noted are not among them.
        """
        return find_outdated(self._conn, prints, kinds)

    def finish_run(self, seconds: Mapping[str, float] | None = None) -> Run:
        """End the run and keep its counts, and the seconds that each stage took."""
        run, self._run = self._in_run(), None
        return runs.finish(self._conn, run.id, self._counts, seconds or {})

    def _in_run(self) -> Run:
        if self._run is None:
            raise UsageError("a case takes documents within a run; call start_run with the reader's version first")
        return self._run

    def has(self, digest: str, reader: str) -> bool:
        """Whether the text with this digest has been read by this version of the reader, and not when the packs of the
        run that has begun held something else."""
        columns = schema.documents.c
        query = select(columns.run).where(columns.digest == digest, columns.reader == reader)
        found = self._conn.execute(query).scalar()
        return found is not None and found not in self._outdated

    def read_by(self, digest: str) -> str | None:
        """Who has read the text with this digest, if anybody has: the version of a reader, or somebody who coded it."""
        columns = schema.documents.c
        return self._conn.execute(select(columns.reader).where(columns.digest == digest)).scalar()

    def add(self, reading: Reading, *, reader: str | None = None) -> Added:
        """Keep a document and what was read from it: all of it, committed, when this returns; nothing if it fails.

        The same text read by the same reader adds nothing; by another one, or with packs that have changed since, it
        takes the place of what was read then.
        ``reader`` is who read this document, if not the reader of the run.
        A text that is here under another name or from another source stays one document, and the other name is noted.
        Raises ``CaseBusyError`` when another process keeps the case to itself.
        """
        run = self._in_run()
        added = writing.add_reading(
            self._conn, reading, run=run.id, reader=reader or run.reader, outdated=self._outdated
        )
        self._counts.update(runs.counts_of(added, reading))
        return added

    def note_source(self, document: Document) -> Added:
        """Note where else the text of a document that the case ``has`` was met."""
        added = writing.note_source(self._conn, document)
        self._counts.update(runs.counts_of(added))
        return added

    def set_aside(self, source: str, reason: str) -> None:
        """Note a source that this run does not read, and why."""
        runs.set_aside(self._conn, self._in_run().id, source, reason)
        self._counts["set aside"] += 1

    def overview(self, *, as_of: str | None = None) -> Overview:
        """The case at a glance; as of a date, what the documents published by then hold. Raises ``UsageError``."""
        return overview_of(self._conn, self.path, self.title, self.packs, as_of)

    def runs(self) -> Iterator[Run]:
        """All runs, oldest first."""
        return runs.iter_runs(self._conn)

    def sources_set_aside(self, *, latest_first: bool = False) -> Iterator[SetAside]:
        """What the runs did not read, and why, in order."""
        return runs.iter_set_aside(self._conn, latest_first=latest_first)

    def count_set_aside(self) -> int:
        """How many sources some run did not read."""
        return runs.count_set_aside(self._conn)

    def remarks(self) -> Iterator[Remark]:
        """What the readings found odd, by document."""
        return documents.iter_remarks(self._conn)

    def documents(
        self,
        *,
        skip: int = 0,
        limit: int | None = None,
        run: int | None = None,
        latest_first: bool = False,
        as_of: str | None = None,
    ) -> Iterator[StoredDocument]:
        """Every document, or those that a run read, by id; or so many after the first ``skip``.

        ``latest_first``: by date instead, those without one last and those of a day in the order they were read.
        ``as_of``: those published by then. Raises ``UsageError`` at once for no date.
        """
        return documents.iter_documents(
            self._conn, skip=skip, limit=limit, run=run, latest_first=latest_first, as_of=as_of
        )

    def stored_document(self, id: str) -> StoredDocument:
        """One document as listed, without its text. Raises ``UsageError`` for an unknown id."""
        return documents.stored_document(self._conn, id)

    def document(self, id: str) -> Document:
        """A document whole, with its bytes and text. Raises ``UsageError`` for an unknown id."""
        return documents.load_document(self._conn, documents.document_row(self._conn, id))

    def reading(self, id: str) -> Reading:
        """A document with all that was read from it. Raises ``UsageError`` for an unknown id."""
        return documents.load_reading(self._conn, id)

    def readings(self) -> Iterator[Reading]:
        """Every document with all that was read from it, by id, one at a time."""
        return documents.iter_readings(self._conn)

    def actors(self, *, named: str | None = None, as_of: str | None = None) -> Iterator[StoredActor]:
        """Every actor of the case with all its names, those in most reports first; or those with this in a name.

        ``as_of``: whom the documents published by then have, with what these tell and call each. Raises ``UsageError``
        at once for no date.
        """
        return iter_actors(self._conn, named=named, as_of=as_of)

    def count_actors(self) -> int:
        """How many actors some document has."""
        return behind.count_actors(self._conn)

    def actors_called(self, name: str, *, as_of: str | None = None) -> tuple[StoredActor, ...]:
        """Every actor that a key or name may mean, or of these whom documents published by a date have; none where only
        reports name it. Raises ``UsageError`` else."""
        return company.actors_called(self._conn, name, as_of=as_of)

    def counterparts(
        self, actor: str, *, as_of: str | None = None, most: int | None = company.EVENTS
    ) -> tuple[Counterpart, ...]:
        """Who takes part in the ``most`` latest events with an actor. Raises ``UsageError`` for nobody."""
        return company.counterparts(self._conn, actor, as_of=as_of, most=most)

    def documents_naming(
        self, actor: str, *, as_of: str | None = None, limit: int | None = None
    ) -> tuple[StoredDocument, ...]:
        """Documents that have this actor, or those published by a date, the latest first. Raises ``UsageError`` for
        nobody."""
        return company.documents_naming(self._conn, actor, as_of=as_of, limit=limit)

    def reports(
        self,
        kind: str | None = None,
        *,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        issue: str | None = None,
        standing: str | None = None,
        document: str | None = None,
        limit: int | None = None,
        by_document: bool = False,
        as_of: str | None = None,
        rejected: bool = False,
    ) -> Iterator[StoredReport]:
        """Reports that meet every condition given, by date or ``by_document``; those of one document in its order.

        ``actor``: a key or any known name, in any role but voice. ``since``, ``until``: ISO prefixes, compared with the
        date that the report tells, else its document's; both ends count. ``type`` of events, ``issue`` of positions.
        ``as_of``: only of documents published by then; undated ones are left out. ``rejected``: those that a person
        rejected, and no others.
        Raises ``UsageError`` at once for an actor, document, kind, type, standing or date that cannot be.
        """
        wanted = reports.Filter(
            kind=kind,
            actor=actor,
            since=since,
            until=until,
            type=type,
            issue=issue,
            standing=standing,
            document=None if document is None else documents.document_row(self._conn, document).pk,
            limit=limit,
            by_document=by_document,
            as_of=as_of,
            rejected=rejected,
        )
        return reports.iter_reports(self._conn, wanted)

    def reports_behind(
        self,
        *,
        kind: str | None = None,
        actor: str | None = None,
        role: str | None = None,
        beside: str | None = None,
        voice: str | None = None,
        state: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        came_after: int | None = None,
        ids: Sequence[str] | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> ReportsBehind:
        """Reports that meet every condition given, the latest first, after the first ``skip``; and how many there are.

        ``role``: in which the actor takes part; ``beside``: who is on a side of the actor's latest events too, as
        ``counterparts`` counts; ``voice``: in whose words it is told; ``state``: ``accepted`` or ``corrected`` by
        somebody; ``outlet``: by any spelling, empty where none is named. ``since`` and ``until`` are ISO prefixes of
        the day under which each is filed. ``came_after``: see ``arrivals``. Raises ``UsageError`` for what cannot be.
        """
        wanted = behind.WantedReports(
            kind=kind,
            actor=actor,
            role=role,
            beside=beside,
            voice=voice,
            state=state,
            outlet=outlet,
            since=since,
            until=until,
            as_of=as_of,
            came_after=came_after,
            ids=None if ids is None else tuple(ids),
        )
        return behind.reports_behind(self._conn, wanted, skip=skip, limit=limit)

    def documents_behind(
        self,
        *,
        outlet: str | None = None,
        spelt: str | None = None,
        author: str | None = None,
        story: str | None = None,
        first: str | None = None,
        actor: str | None = None,
        called: str | None = None,
        undated: bool = False,
        as_of: str | None = None,
        came_after: int | None = None,
        skip: int = 0,
        limit: int | None = None,
    ) -> DocumentsBehind:
        """Documents that meet every condition given, the latest first and those without a date last, after the first
        ``skip``; and how many there are.

        ``outlet``: by any spelling; ``spelt``: by this one alone. ``story``: what they are to their ``outlet``
        (``behind.Story``); ``first``: the outlet that told it first, empty where that is unknown; ``called``: a name by
        which they call the ``actor``. Raises ``UsageError`` for what cannot be.
        """
        wanted = behind.WantedDocuments(
            outlet=outlet,
            spelt=spelt,
            author=author,
            story=story,
            first=first,
            actor=actor,
            called=called,
            undated=undated,
            as_of=as_of,
            came_after=came_after,
        )
        return behind.documents_behind(self._conn, wanted, skip=skip, limit=limit)

    def report(self, id: str, *, as_of: str | None = None) -> ReportInContext:
        """The report whose id begins so, with its sentences in context.

        Raises ``UsageError`` when there is none, or more than one, or when its document was not published by a date.
        """
        return context.report_in_context(self._conn, id, as_of=as_of)

    def about(self, report: str) -> dict[str, Any]:
        """The subject of a decision about the report whose id begins so. Raises ``UsageError`` when there is none."""
        return deciding.about_report(self._conn, report)

    def about_happening(self, action: Action, reports: Iterable[str], occurrence: str) -> dict[str, Any]:
        """The subject of a decision that these reports are of the happening of an occurrence (``join``), or that they
        are another one than the rest of it (``part``)."""
        return deciding.about_happening(self._conn, action, reports, occurrence)

    def locate(self, document: str, words: str) -> Evidence:
        """The evidence in a document that is these words, which it must have once, or ``start-end``."""
        return deciding.locate_in(self._conn, document, words)

    def evidence_of(self, given: Iterable[str]) -> list[str]:
        """What shows an outcome: ids of reports whole, other words as they are. Raises ``UsageError``."""
        return deciding.evidence_of(self._conn, given)

    def about_addition(self, row: Mapping[str, Any], author: str) -> dict[str, Any]:
        """The subject of adding a report by hand, from an exchange row; the subject's ``row`` is the value as well."""
        return deciding.about_addition(self._conn, row, author)

    def about_merge(self, names: Sequence[str]) -> dict[str, Any]:
        """The subject of a decision that the actors with these names are one (``merge``), or are not (``apart``)."""
        return merging.merge_subject(self._conn, names)

    def about_outlets(self, names: Sequence[str]) -> dict[str, Any]:
        """The subject of a decision that these outlets are one (``merge``), or are not (``apart``)."""
        return outlets.outlets_subject(self._conn, names)

    def about_split(self, name: str, documents: Sequence[str]) -> dict[str, Any]:
        """The subject of a decision that the actor of this name is another one in these documents (their ids)."""
        rows = [document_row(self._conn, id) for id in documents]
        return merging.split_subject(self._conn, name, [(row.id, row.digest) for row in rows])

    def decide(self, decision: Decision) -> Decided:
        """Take a decision: it is in the log and the record is as decided when this returns, or nothing has changed.

        One without a time gets the present one. Raises ``UsageError`` for one about what is not there or that changes
        nothing, ``RecordError`` for a field or value that the codebook does not know.
        """
        return deciding.decide(self._conn, decision)

    def undo(self, id: str, *, author: str, reason: str = "") -> Decided:
        """Undo a decision, which is a decision too. Raises ``UsageError`` if it is not there or does not stand."""
        return deciding.undo(self._conn, id, author=author, reason=reason)

    def decisions(
        self,
        *,
        report: str | None = None,
        author: str | None = None,
        action: str | None = None,
        limit: int | None = None,
        latest_first: bool = False,
    ) -> Iterator[Decided]:
        """The log, oldest first, undone decisions too: all, or those on a report, of an author, of an action."""
        key = None if report is None else context.find_report(self._conn, report)
        return decisions.iter_decisions(
            self._conn, author=author, action=action, report=key, limit=limit, latest_first=latest_first
        )

    def last_judgement(self, author: str, kind: str | None = None) -> Decision | None:
        """The last decision of an author that stands and accepts, rejects or corrects a report (of one kind)."""
        return decisions.last_judgement(self._conn, author, kind)

    def deciders(self) -> tuple[tuple[str, int], ...]:
        """Who has decided how often, undone decisions too, by name."""
        return decisions.deciders(self._conn)

    def review_queue(self, kind: str | None = None, *, start: int = 0, limit: int = 10) -> tuple[Doubt, ...]:
        """Reports that nobody has decided on, of all kinds or one: what is most worth deciding first.

        Raises ``UsageError`` for an unknown kind.
        """
        wanted = None if kind is None else one_of(Kind, "kind", kind)
        return reviewing.queue(self._conn, wanted, start=start, limit=limit)

    def count_states(self) -> Mapping[State, int]:
        """How many reports stand as they were read, and how many by a decision in which way."""
        return reviewing.count_states(self._conn)

    def untied(self) -> Iterator[Decided]:
        """Standing decisions that find nothing in the case as it is now."""
        return decisions.iter_untied(self._conn)

    def conflicts(self) -> list[Conflict]:
        """Where people decided differently about the same field of the same thing; the later decision counts."""
        return decisions.find_conflicts(self._conn)

    def resolutions(self, *, as_of: str | None = None) -> dict[str, Decision]:
        """What people say became of forecasts and commitments, by the report's id; as of a date, what could be said
        by then. Raises ``UsageError`` for no date."""
        return decisions.resolutions(self._conn, as_of)

    def import_decisions(self, lines: Iterable[str], name: str = "input") -> Imported:
        """Take in decisions made elsewhere, one JSON object a line; all or nothing, and twice is once.

        Raises ``RecordError`` that names the line.
        """
        return deciding.import_decisions(self._conn, lines, name)

    def merges(self, *, as_of: str | None = None, limit: int | None = None) -> tuple[Merge, ...]:
        """Pairs of actors that may be one and are not merged, the surest first. As of a date, those of whom documents
        published by then have both; why they may be one is still told from all. Raises ``UsageError`` for no date."""
        return identities.propose_merges(self._conn, as_of=as_of, limit=limit)

    def outlet_merges(self, *, as_of: str | None = None, limit: int | None = None) -> tuple[OutletMerge, ...]:
        """Pairs of outlets that may be one and are not merged, the surest first; as of a date, by what was published by
        then. Raises ``UsageError`` for no date."""
        return outlets.propose_outlet_merges(self._conn, as_of=as_of, limit=limit)

    def actor(self, name: str, *, as_of: str | None = None, most: int | None = identities.RELATIONS) -> ActorInDetail:
        """One actor behind all its names, by a key or a name; its offices by the ``most`` relations told last.

        Raises ``UsageError`` for nobody, or for several.
        """
        return identities.actor_in_detail(self._conn, name, as_of=as_of, most=most)

    def sources(self, *, as_of: str | None = None, limit: int | None = None) -> Sources:
        """Outlets: what each tells first and copies, and whom it quotes. Raises ``UsageError`` for no date."""
        return sources.list_sources(self._conn, as_of=as_of, limit=limit)

    def source(self, name: str, *, as_of: str | None = None, limit: int | None = TOLD) -> SourceInDetail:
        """One outlet, with at most ``limit`` occurrences that it alone tells, and that it leaves out.

        Raises ``UsageError`` for an outlet that has nothing in the case.
        """
        return sources.source_in_detail(self._conn, name, as_of=as_of, limit=limit)

    def decisions_on_outlet(self, name: str) -> tuple[Decided, ...]:
        """The standing decisions on which outlets the one of this name is, or is not, oldest first."""
        return outlets.decisions_on_outlet(self._conn, name)

    def search(self, query: str, *, as_of: str | None = None) -> Iterator[Hit]:
        """Sentences with all of the words (``ambassador``), phrases (``"special envoy"``) and beginnings (``ambass*``).

        Best first. ``as_of``: only of documents published by then. Raises ``UsageError`` at once for a query or a date
        that makes no sense.
        """
        return search.find(self._conn, query, as_of=as_of)

    def climbs_toward(
        self, authority: str, *, actor: str | None = None, as_of: str | None = None, choose: Choose | None = None
    ) -> Climbs:
        """What the steps of each who makes them toward an actor (a key or name) come to: of all, or of one and of
        whoever may act for it; of those whom ``choose`` takes, in its order, when it has seen them in short.

        Documents and sources are counted of all, where one is asked for of the chosen. Raises ``UsageError``.
        """
        return climbs.climbs_toward(self._conn, authority, actor=actor, as_of=as_of, choose=choose)

    def makers_called(self, actor: str) -> frozenset[str]:
        """Under whom (``Ascent.by``) the steps are kept of those who go by this key or name. Raises ``UsageError``."""
        return climbs.makers_called(self._conn, actor)

    def latest_commitments(
        self, *, actor: str | None = None, as_of: str | None = None, most: int | None = None
    ) -> Sightings:
        """``CommitmentLine`` of those told last, oldest first; ``actor`` owes or is owed them."""
        return ledgers.latest_commitments(self._conn, actor=actor, as_of=as_of, most=most)

    def latest_forecasts(
        self, *, actor: str | None = None, as_of: str | None = None, most: int | None = None
    ) -> Sightings:
        """``ForecastLine`` of those told last, oldest first; ``actor`` makes them."""
        return ledgers.latest_forecasts(self._conn, actor=actor, as_of=as_of, most=most)

    def ledger_lines(self, kind: Kind, ids: Iterable[str]) -> tuple[Any, ...]:
        """The lines of these commitments or forecasts, oldest first; ids that are not here are left out."""
        return ledgers.lines_of(self._conn, kind, ids)

    def name_of(self, actor: str) -> str:
        """The name of an actor who is given by a key or another name. Raises ``UsageError``."""
        return ledgers.name_of(self._conn, actor)

    def country_of(self, actor: str) -> str | None:
        """The country (ISO 3166 alpha-3) that documents take an actor for one of, if any. Raises ``UsageError``."""
        return ledgers.country_of(self._conn, actor)

    def named_in(self, report: str, text: str) -> tuple[Named, ...]:
        """The actors of a report's document whom a text names."""
        return outcomes.named_in(self._conn, report, text)

    def told_later(
        self, *, after: str, named: Sequence[Named], stems: Sequence[str], as_of: str | None = None
    ) -> tuple[Candidate, ...]:
        """Events and steps of later documents with one of these actors, and a word of one of these stems."""
        return outcomes.told_later(self._conn, after=after, named=named, stems=stems, as_of=as_of)

    def occurrences(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        placeless: bool = False,
        beside: str | None = None,
        sources: int = 0,
        as_of: str | None = None,
        came_after: int | None = None,
        past: str | None = None,
        start: int = 0,
        limit: int | None = None,
        latest_first: bool = False,
        most_told_first: bool = False,
    ) -> Iterator[Occurrence]:
        """Occurrences that meet every condition given, by day, without their reports.

        ``since`` and ``until`` are ISO prefixes of the day under which each is filed; ``sources`` is how many at least
        tell it. With ``as_of``, each is as the documents published by then tell it. ``came_after`` (see ``arrivals``)
        wants those of which later documents tell, ``placeless`` those of which no place is told, ``beside`` those that
        make somebody a counterpart of the actor (see ``counterparts``). ``past`` is the id of one after which the list
        is to go on, ``start`` how many are passed over. Raises ``UsageError`` at once for what cannot be.
        """
        wanted = occurrences.Wanted(
            actor=actor,
            type=type,
            status=status,
            since=since,
            until=until,
            place=place,
            placeless=placeless,
            beside=beside,
            sources=sources,
            as_of=as_of,
            came_after=came_after,
            past=past,
            start=start,
            limit=limit,
            latest_first=latest_first,
            most_told_first=most_told_first,
        )
        return occurrences.iter_occurrences(self._conn, wanted)

    def arrivals(self, after: int = 0) -> Arrivals:
        """What came into the case after a document, by its place in the order of coming; its ``last`` is that of now,
        to be given here later."""
        return arrivals(self._conn, after)

    def occurrence(self, id: str, *, as_of: str | None = None) -> OccurrenceInFull:
        """The occurrence whose id begins so, or did before more was read, with its reports and disputes.

        Raises ``UsageError`` when there is none, or more than one.
        """
        return occurrences.occurrence(self._conn, id, as_of)

    def occurrences_in_full(self, ids: Sequence[str], *, as_of: str | None = None) -> list[OccurrenceInFull]:
        """The same of several, by their whole ids, in that order and without decisions; as of a date, those told of by
        then. Raises ``UsageError`` for no date."""
        return occurrences.occurrences_in_full(self._conn, ids, as_of)

    def occurrence_of(self, report: str) -> str | None:
        """The id of the occurrence in which the report with this (whole) id is gathered, if it tells an event."""
        return occurrences.occurrence_ids(self._conn, [report]).get(report)

    def disputes(
        self,
        *,
        actor: str | None = None,
        matter: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Dispute]:
        """Accounts that do not agree, the latest first: within occurrences, and of one state of affairs in a month.

        Raises ``UsageError`` at once for what cannot be.
        """
        wanted = occurrences.Wanted(actor=actor, since=since, until=until, as_of=as_of, limit=limit)
        return disputes.iter_disputes(self._conn, wanted, matter)

    def gathered(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        status: str | None = None,
        limit: int | None = None,
        newly_told_first: bool = False,
    ) -> Iterator[Gathered]:
        """Occurrences as ``occurrences`` gives them, each with its reports and who takes part in them."""
        wanted = occurrences.Wanted(
            since=since, until=until, as_of=as_of, status=status, limit=limit, newly_told_first=newly_told_first
        )
        return handing_on.iter_gathered(self._conn, wanted)

    def cast_reports(
        self,
        kind: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        by_document: bool = False,
    ) -> Iterator[CastReport]:
        """Reports as ``reports`` gives them, each with who takes part in it."""
        wanted = reports.Filter(kind=kind, since=since, until=until, as_of=as_of, by_document=by_document)
        return handing_on.iter_cast_reports(self._conn, wanted)

    def told_documents(
        self, *, since: str | None = None, until: str | None = None, as_of: str | None = None
    ) -> Iterator[StoredDocument]:
        """Documents with a report of this time, by id. Raises ``UsageError`` for what is no date."""
        return handing_on.iter_told_documents(self._conn, reports.Filter(since=since, until=until, as_of=as_of))

    def identified(
        self, *, since: str | None = None, until: str | None = None, as_of: str | None = None
    ) -> Iterator[Identified]:
        """Everybody in the documents with a report of this time, with the names that these use."""
        return handing_on.iter_identified(self._conn, reports.Filter(since=since, until=until, as_of=as_of))

    def cast(self, document: str) -> tuple[tuple[str, Actor], ...]:
        """The actors of a document, each with the identity that it has in the whole case. Raises ``UsageError``."""
        return handing_on.cast_of(self._conn, document)

    def extent(self, *, as_of: str | None = None) -> Extent:
        """How many documents and independent sources there are, or were by a date. Raises ``UsageError``."""
        return briefing.extent_of(self._conn, as_of)

    def published_between(self) -> tuple[str, str] | None:
        """The first and the last date of documents; ``None`` where none is dated."""
        return briefing.published_between(self._conn)

    def count_occurrences(
        self,
        *,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        length: int = briefing.DAY,
    ) -> tuple[OccurrenceCount, ...]:
        """Occurrences of a period, with an actor if given, by day, type and how they are told, as documents published
        by ``as_of`` tell them. Days are cut to so many letters: 7 counts months, 4 years, 0 all together."""
        return briefing.count_occurrences(self._conn, actor=actor, since=since, until=until, as_of=as_of, length=length)

    def count_by_month(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        status: str | None = None,
        place: str | None = None,
        placeless: bool = False,
        beside: str | None = None,
        sources: int = 0,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
        whole: bool = True,
    ) -> tuple[tuple[str, int], ...]:
        """How many occurrences that meet every condition given are filed under each month; those filed under a year
        only are left out, unless they need not be ``whole``. Raises ``UsageError`` for what cannot be."""
        wanted = occurrences.Wanted(
            actor=actor,
            type=type,
            status=status,
            place=place,
            placeless=placeless,
            beside=beside,
            sources=sources,
            since=since,
            until=until,
            as_of=as_of,
        )
        return briefing.count_by_month(self._conn, wanted, whole=whole)

    def count_by_year(self, *, actor: str | None = None, as_of: str | None = None) -> tuple[tuple[str, int], ...]:
        """How many occurrences, with an actor if given, are filed under each year. Raises ``UsageError``."""
        return briefing.count_by_year(self._conn, occurrences.Wanted(actor=actor, as_of=as_of))

    def count_places(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> tuple[PlaceCount, ...]:
        """Where the occurrences happened that ``occurrences`` would give, the places with most first."""
        wanted = occurrences.Wanted(actor=actor, type=type, since=since, until=until, as_of=as_of)
        return occurrences.count_places(self._conn, wanted)

    def reports_by_id(self, ids: Iterable[str]) -> dict[str, StoredReport]:
        """The reports with these (whole) ids; those that are not here, or are rejected, are left out."""
        return briefing.reports_by_id(self._conn, ids)

    def positions_held(
        self,
        scope: Scope = _ALL,
        *,
        slicing: Slicing | None = None,
        slices: int | None = None,
        most: int | None = None,
        with_reports: bool = False,
    ) -> Positions:
        """Who is told to hold what, in slices of time if it is cut, in the last ``slices`` of them: the holders with
        ``most`` statements. Raises ``UsageError`` for an actor or a date that cannot be."""
        return statements.positions_of(self._conn, scope, slicing, slices=slices, most=most, reports=with_reports)

    def plainest(self, groups: Iterable[Iterable[str]], most: int) -> list[str]:
        """Of each of these groups of reports (ids) at most so many, each of another document, those that a document
        tells in its own name first; those that are not here, or are rejected, are left out."""
        return briefing.plainest(self._conn, groups, most)

    def stances_changed(
        self, scope: Scope = _ALL, *, since: str | None = None, months: int | None = None, holders: int, most: int
    ) -> StanceChanges:
        """The latest changes, since a date if given, in what the ``holders`` with most statements are told to hold by
        month, in the last ``months`` of them.

        A month counts where all that is told of a holder's stance in it is one; where it is told both ways, that is a
        dispute. A stance that comes back after such a month has not changed. Authors and sources without a name are not
        one holder: nothing that they are told to hold has changed. Raises ``UsageError`` for a date that cannot be.
        """
        return statements.changes_of(self._conn, scope, since=since, months=months, holders=holders, most=most)

    def affiliations(
        self,
        scope: Scope = _ALL,
        *,
        duplicates: Duplicates = Duplicates.INCLUDE,
        slicing: Slicing | None = None,
        most: int | None = None,
        with_documents: bool = False,
    ) -> Affiliations:
        """How often who takes which stance on what: the ties of discourse networks."""
        return statements.affiliations_of(
            self._conn, scope, duplicates, slicing, most=most, with_documents=with_documents
        )

    def statements(self, scope: Scope = _ALL) -> Iterator[Statement]:
        """Every position told as held, once for each holder, with its words, by document."""
        return statements.iter_statements(self._conn, scope)

    def to_arrow(self, kind: str) -> pyarrow.Table:
        """The reports of a kind as a table, one column a field (``dragoman.case.flat``); needs the extra ``tables``."""
        from dragoman.case.tables import to_arrow  # pyarrow is heavy and optional

        return to_arrow(self.reports(kind), Kind(kind))

    def to_pandas(self, kind: str) -> pandas.DataFrame:
        """The same table as a data frame; needs the extra ``tables``."""
        from dragoman.case.tables import to_pandas

        return to_pandas(self.reports(kind), Kind(kind))
