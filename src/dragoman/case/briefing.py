"""What a brief asks of a case beside its lists: how much there is, counts of occurrences, reports by their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, Connection, Executable, Select, String, exists, func, literal, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import teller, told_by
from dragoman.case.names import among, chunks
from dragoman.case.occurrences import Wanted, conditions_of, days_of_part, fits
from dragoman.case.reports import hydrate
from dragoman.case.results import StoredReport
from dragoman.case.rows import VOICE
from dragoman.case.witnesses import load_testimonies
from dragoman.reconcile.summary import Summary, sum_up
from dragoman.record import EventType, State
from dragoman.record.occurrence import Told

DAY = len("2024-11-25")
_MONTH = len("2024-11")


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to tell from: ``documents`` and independent ``sources``; ``undated`` documents are among them
    only where no *as of* is asked."""

    documents: int
    sources: int
    undated: int
    first_published: str | None
    last_published: str | None


@dataclass(frozen=True, slots=True)
class OccurrenceCount:
    """How many occurrences of one type are told in one way, by the day under which they are filed (an ISO prefix, or
    empty)."""

    type: EventType
    status: Told
    days: Mapping[str, int]

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.days.values())


def extent_of(conn: Connection, as_of: str | None) -> Extent:
    """The documents of a case, or those published by a date. Raises ``UsageError`` for what is no date."""
    documents = schema.documents.c
    counts = select(
        func.count(), func.count(teller().distinct()), func.min(documents.published), func.max(documents.published)
    ).select_from(schema.documents)
    undated = select(func.count()).select_from(schema.documents).where(documents.published.is_(None))
    with snapshot(conn):
        number, sources, first, last = conn.execute(counts.where(*told_by(as_of))).one()
        return Extent(number, sources, conn.execute(undated).scalar_one(), first, last)


def published_between(conn: Connection) -> tuple[str, str] | None:
    """The first and the last date of documents; ``None`` where none is dated."""
    first, last = (
        conn.execute(select(end(schema.documents.c.published))).scalar() for end in (func.min, func.max)
    )  # each is found in an index, which both together are not
    return (first, last) if first and last else None


def count_occurrences(
    conn: Connection,
    *,
    actor: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    length: int = DAY,
) -> tuple[OccurrenceCount, ...]:
    """Occurrences of a period by type, how they are told and day (so many letters of it); as of a date, as documents
    published by then tell them. Those of which nothing was told after it are counted where they are kept, the others
    are summed up anew. Of all, months and years are kept counted."""
    table = schema.occurrences.c
    if length <= _MONTH and all(one is None for one in (actor, since, until, as_of)):
        return _by_kind(conn.execute(_all_told(length)).all())
    wanted = [*conditions_of(conn, Wanted(actor=actor, since=since, until=until))]
    kept = wanted if as_of is None else [*wanted, func.substr(table.last_told, 1, len(as_of)) <= as_of]
    blank = literal(" ")
    key = (func.substr(table.day, 1, length, type_=String) + blank + table.type + blank + table.status).label("key")
    query = select(key, func.count()).where(*kept).group_by("key")
    with snapshot(conn):
        later = () if as_of is None else _told_since(conn, wanted, as_of)
        return _by_kind(
            chain(conn.execute(query).all(), ((f"{one.day[:length]} {one.type} {one.status}", 1) for one in later))
        )


def _all_told(length: int) -> Executable:
    """Months, types and ways of telling as they are kept counted, or months cut shorter."""
    filed = schema.filed.c
    told = filed.what == "told"
    if length == _MONTH:
        return select(filed.key, filed.number).where(told)
    blank = func.instr(filed.key, " ")
    key: ColumnElement[str] = func.substr(filed.key, blank)
    if length:
        key = func.substr(filed.key, 1, func.min(blank - 1, length)).concat(key)
    return select(key.label("cut"), func.sum(filed.number)).where(told).group_by("cut")


def _by_kind(counted: Iterable[tuple[str, int]]) -> tuple[OccurrenceCount, ...]:
    """Numbers by day, type and way of telling, with blanks between these."""
    kinds: dict[str, dict[str, int]] = {}
    for key, number in counted:
        day, _, kind = key.partition(" ")
        days = kinds.setdefault(kind, {})
        days[day] = days.get(day, 0) + number
    found = ((*kind.partition(" "), days) for kind, days in sorted(kinds.items()))
    return tuple(OccurrenceCount(EventType(type), Told(status), days) for type, _, status, days in found)


def count_by_month(conn: Connection, wanted: Wanted, *, whole: bool = True) -> tuple[tuple[str, int], ...]:
    """How many of the wanted occurrences are filed under each month (``YYYY-MM``); under a year only: left out, unless
    they need not be ``whole``."""
    return _count_by(conn, wanted, _MONTH, whole=whole)


def count_by_year(conn: Connection, wanted: Wanted) -> tuple[tuple[str, int], ...]:
    """How many of the wanted occurrences are filed under each year."""
    return _count_by(conn, wanted, len("2024"))


def _count_by(conn: Connection, wanted: Wanted, length: int, *, whole: bool = True) -> tuple[tuple[str, int], ...]:
    table, as_of = schema.occurrences.c, wanted.as_of
    period = func.substr(table.day, 1, length)
    counts: Counter[str] = Counter()
    if wanted == Wanted():
        filed = schema.filed.c
        for month, number in conn.execute(select(filed.key, filed.number).where(filed.what == "month")):
            counts[month[:length]] += number
        return _periods(counts, length if whole else 0)
    if wanted.actor is not None and wanted == Wanted(actor=wanted.actor):
        part = days_of_part(conn, wanted.actor).c
        period = func.substr(part.day, 1, length)
        return _periods(dict(conn.execute(select(period, func.count()).group_by(period)).all()), length if whole else 0)
    with snapshot(conn):
        met = kept = [*conditions_of(conn, wanted)]
        if as_of is not None:
            kept = [*met, func.substr(table.last_told, 1, len(as_of)) <= as_of]
            kept += [] if wanted.status is None else [table.status == wanted.status]
            for one in _told_since(conn, met, as_of):
                if fits(one, wanted):
                    counts[one.day[:length]] += 1
        for day, number in conn.execute(select(period, func.count()).where(*kept).group_by(period)):
            counts[day] += number
    return _periods(counts, length if whole else 0)


def _periods(counts: Mapping[str, int], least: int) -> tuple[tuple[str, int], ...]:
    """The counts in time, of periods that are told so exactly."""
    return tuple(sorted((day, number) for day, number in counts.items() if len(day) >= least))


def _told_since(conn: Connection, wanted: Sequence[ColumnElement[bool]], as_of: str) -> Iterator[Summary]:
    """Occurrences that later documents tell more of, as of a date."""
    table, kept = schema.occurrences.c, schema.occurrence_reports.c
    query = select(table.pk).where(
        *wanted,
        func.substr(table.first_told, 1, len(as_of)) <= as_of,
        func.substr(table.last_told, 1, len(as_of)) > as_of,
    )
    for keys in chunks(conn.execute(query).scalars().all()):
        groups: dict[int, list[int]] = {}
        members = select(kept.occurrence, kept.report).where(kept.occurrence.in_(keys))
        for occurrence, report in conn.execute(members.order_by(kept.occurrence, kept.report)):
            groups.setdefault(occurrence, []).append(report)
        for testimony in load_testimonies(conn, list(groups.values())):
            told = [w for w in testimony.witnesses if w.published is not None and w.published[: len(as_of)] <= as_of]
            if told:
                yield sum_up(told)


def _told() -> Select[int, str, int, bool]:
    """Of reports, by their ids, those that nobody rejected, with the document of each and whether somebody says so."""
    reports, people = schema.reports.c, schema.participants.c
    voiced = exists().where(people.report == reports.pk, people.role == VOICE)
    query = select(reports.pk, reports.id, reports.document, voiced)
    return query.where(among(reports.id), reports.state != State.REJECTED)


_TOLD = _told()


def reports_by_id(conn: Connection, ids: Iterable[str]) -> dict[str, StoredReport]:
    """The reports with these ids; those that are not here, or are rejected, are left out."""
    keys = [row.pk for row in conn.execute(_TOLD, {"keys": list(ids)}).all()]
    return {stored.id: stored for some in chunks(keys) for stored in hydrate(conn, some)}


def plainest(conn: Connection, groups: Iterable[Iterable[str]], most: int) -> list[str]:
    """Of each group of reports the plainest, each of another document; see ``Case.plainest``."""
    wanted = [tuple(group) for group in groups]
    ids = sorted({id for group in wanted for id in group})
    told = {id: (document, said) for _, id, document, said in conn.execute(_TOLD, {"keys": ids}).all()}
    found: dict[str, None] = {}
    for group in wanted:
        first: dict[int, str] = {}
        for id in sorted((id for id in group if id in told), key=lambda id: told[id][1]):
            first.setdefault(told[id][0], id)
        found |= dict.fromkeys(list(first.values())[:most])
    return list(found)
