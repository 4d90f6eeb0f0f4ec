"""Occurrences asked for: lists from their own table, one with all that its reports tell, as of a date if wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from string import ascii_lowercase, ascii_uppercase
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Subquery, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from dragoman.asked import check_period, iso_date, one_of
from dragoman.case import schema
from dragoman.case.company import beside
from dragoman.case.connection import snapshot
from dragoman.case.decisions import of_happening
from dragoman.case.names import among, chunks, find_actors
from dragoman.case.reports import hydrate
from dragoman.case.results import OccurrenceInFull, PlaceCount, StoredReport
from dragoman.case.witnesses import load_testimonies, load_testimony
from dragoman.errors import UsageError
from dragoman.reconcile.disputes import sides_of
from dragoman.reconcile.summary import Summary, Witness, account, accounts_of, sum_up
from dragoman.record import DateRange, EventType
from dragoman.record.occurrence import Dispute, Matter, Occurrence, Supporting, Told
from dragoman.record.words import listed

T = TypeVar("T")
_BATCH = 100
_SHOWN = 5  # ids that an error names
_TOGETHER = 30  # occurrences whose reports are loaded at once
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_NAMED = 3  # parties of a side that a dispute names


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which occurrences are wanted: those that meet every part that is given (see ``Case.occurrences``)."""

    actor: str | None = None
    type: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    placeless: bool = False
    beside: str | None = None
    sources: int = 0
    as_of: str | None = None
    disputed: bool = False
    came_after: int | None = None
    past: str | None = None
    start: int = 0
    limit: int | None = None
    latest_first: bool = False
    most_told_first: bool = False
    newly_told_first: bool = False

    def __post_init__(self) -> None:
        check_period(self.since, self.until)


def iter_occurrences(conn: Connection, wanted: Wanted) -> Iterator[Occurrence]:
    """The occurrences that are wanted, by day; those without a day come first.

    As of a date, each is as the documents published by then tell it; undated documents tell nothing then. What cannot
    be is refused at once (``UsageError``); the rest is fetched as it is taken.
    """
    if wanted.status is not None:
        one_of(Told, "status", wanted.status)
    query = _query(conn, wanted)
    if wanted.as_of is None:
        return islice(_fetched(conn, query.offset(wanted.start), wanted), wanted.limit)
    end = None if wanted.limit is None else wanted.start + wanted.limit
    return islice(_fetched(conn, query, wanted), wanted.start, end)


def _fetched(conn: Connection, query: Select[Any], wanted: Wanted) -> Iterator[Occurrence]:
    most = _BATCH if wanted.as_of or not wanted.limit else min(wanted.limit, _BATCH)
    rows = conn.execute(query, execution_options={"yield_per": most})
    for batch in rows.partitions():
        if wanted.as_of is None:
            yield from _listed(conn, batch)
            continue
        whole = {
            one.id: one
            for one in _listed(conn, [row for row in batch if row.last_told[: len(wanted.as_of)] <= wanted.as_of])
        }
        for row in batch:
            found = whole.get(row.id) or _as_of(conn, row, wanted.as_of)
            if found is not None and fits(found, wanted):
                yield found


def _query(conn: Connection, wanted: Wanted) -> Select[Any]:
    table = schema.occurrences
    query = select(table).where(*conditions_of(conn, wanted))
    if wanted.past is not None:
        query = query.where(_past(conn, wanted.past, latest_first=wanted.latest_first))
    order = (table.c.day, table.c.id)
    if wanted.newly_told_first:
        return query.order_by(table.c.first_told.desc(), table.c.id)
    if wanted.most_told_first:
        return query.order_by(table.c.sources.desc(), table.c.day.desc(), table.c.id)
    return query.order_by(*(column.desc() for column in order)) if wanted.latest_first else query.order_by(*order)


def _past(conn: Connection, id: str, *, latest_first: bool) -> ColumnElement[bool]:
    """Those that come after the occurrence with this id in a list by day, where those without a day come first."""
    day, own = schema.occurrences.c.day, schema.occurrences.c.id
    row = _find(conn, id)
    same = (day.is_(row.day)) & (own < row.id if latest_first else own > row.id)
    if row.day is None:
        return same if latest_first else or_(same, day.is_not(None))
    return or_(same, day < row.day, day.is_(None)) if latest_first else or_(same, day > row.day)


def conditions_of(conn: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """What the kept row of an occurrence must meet; as of a date, its status only where nothing was told since."""
    columns = schema.occurrences.c
    if wanted.type is not None:
        yield columns.type == one_of(EventType, "type", wanted.type)
    if wanted.as_of is not None:
        yield func.substr(columns.first_told, 1, len(iso_date(wanted.as_of))) <= wanted.as_of
        if wanted.disputed:  # by then it may have been, or not; one report alone never was
            yield columns.reports > 1
    else:
        if wanted.status is not None:
            yield columns.status == wanted.status
        if wanted.disputed:
            yield columns.disputes.is_not(None)
    if wanted.since is not None:
        yield columns.day >= iso_date(wanted.since)
    if wanted.until is not None:
        yield func.substr(columns.day, 1, len(iso_date(wanted.until))) <= wanted.until
        yield columns.day <= wanted.until + "~"
    if wanted.sources > 1:  # as of a date, of those that had as many later
        yield columns.sources >= wanted.sources
    if wanted.place is not None or wanted.placeless:
        yield _is_there(wanted)
    if wanted.actor is not None:
        yield _takes_part(conn, wanted.actor)
    if wanted.beside is not None:
        gathered = schema.occurrence_reports.c
        told = beside(conn, wanted.actor or wanted.beside, wanted.beside, wanted.as_of)
        yield columns.pk.in_(select(gathered.occurrence).where(gathered.report.in_(told)))
    if wanted.came_after is not None:
        yield columns.pk.in_(told_after(wanted.came_after))


def _is_there(wanted: Wanted) -> ColumnElement[bool]:
    """Whether an occurrence is where it is wanted, or may have been told so as of a date (see ``fits``)."""
    columns = schema.occurrences.c
    here = columns.place.is_(None) if wanted.placeless else func.lower(columns.place) == func.lower(wanted.place)
    if wanted.as_of is None:
        return here
    return here | (func.substr(columns.last_told, 1, len(wanted.as_of)) > wanted.as_of)


def fits(found: Occurrence | Summary, wanted: Wanted) -> bool:
    """Whether what is told as of a date meets what is wanted of it: of what was told since, the kept row cannot say."""
    if wanted.placeless and found.place is not None:
        return False
    if wanted.place is not None and (found.place is None or folded_place(found.place) != folded_place(wanted.place)):
        return False
    return (
        found.sources >= wanted.sources
        and wanted.type in (None, found.type)
        and wanted.status in (None, found.status)
        and (not wanted.disputed or bool(found.disputes))
    )


def folded_place(name: str) -> str:
    """A place whatever the case of its letters, as the database compares it (``lower``: of plain letters only)."""
    return name.translate(_LOWER)


def told_after(document: int) -> Select[tuple[int]]:
    """The occurrences (row ids) of which a document tells that came into the case after that one (row id)."""
    kept, reports = schema.occurrence_reports.c, schema.reports.c
    query = select(kept.occurrence).join(schema.reports, reports.pk == kept.report)
    return query.where(reports.document > document)


def days_of_part(conn: Connection, actor: str) -> Subquery:
    """The ``occurrence`` and its ``day`` of each in which an actor, by a key or any name, takes part.

    Raises ``UsageError`` for nobody.
    """
    actors, names = find_actors(conn, actor)
    people, own = schema.occurrence_people.c, aliased(schema.occurrence_people).c
    parts = select(people.occurrence, people.day).distinct()
    as_actor = parts.where(people.actor.in_(actors))
    if not names:
        return as_actor.subquery()
    called = select(schema.names.c.name).where(schema.names.c.id.in_(names))
    there = exists().where(own.occurrence == people.occurrence, own.actor.in_(actors))
    return union_all(as_actor, parts.where(people.actor.is_(None), people.name.in_(called), ~there)).subquery()


def _takes_part(conn: Connection, actor: str) -> ColumnElement[bool]:
    return schema.occurrences.c.pk.in_(select(days_of_part(conn, actor).c.occurrence))


def count_places(conn: Connection, wanted: Wanted) -> tuple[PlaceCount, ...]:
    """How many of the occurrences that are wanted are where, most first. Raises ``UsageError`` for what cannot be."""
    counts: dict[str | None, Counter[EventType]] = {}
    if wanted == Wanted():
        filed = schema.filed.c
        for key, number in conn.execute(select(filed.key, filed.number).where(filed.what == "place")):
            type, has_place, place = key.partition(" ")
            counts.setdefault(place if has_place else None, Counter())[EventType(type)] = number
    elif wanted.as_of is None:
        columns = schema.occurrences.c
        query = select(columns.place, columns.type, func.count()).where(*conditions_of(conn, wanted))
        for place, type, number in conn.execute(query.group_by(columns.place, columns.type)):
            counts.setdefault(place, Counter())[EventType(type)] += number
    else:
        for one in iter_occurrences(conn, wanted):
            counts.setdefault(one.place, Counter())[one.type] += 1
    spelt = sorted(counts, key=lambda place: (-counts[place].total(), place or ""))
    usual: dict[str | None, str | None] = {}  # places are asked for whatever the case of their letters
    for place in spelt:
        whole = usual.setdefault(place and folded_place(place), place)
        if whole != place:
            counts[whole] += counts.pop(place)
    found = (PlaceCount(place, dict(types.most_common())) for place, types in counts.items())
    return tuple(sorted(found, key=lambda one: (-one.number, one.place or "")))


def _listed(conn: Connection, rows: Sequence[Row[Any]]) -> Iterator[Occurrence]:
    named: dict[tuple[int, str], list[str]] = {}
    for key, role, name in conn.execute(_SIDES, {"keys": [row.pk for row in rows]}).all():
        named.setdefault((key, role), []).append(name)
    for row in rows:
        yield Occurrence(
            id=row.id,
            type=EventType(row.type),
            status=Told(row.status),
            date=DateRange(row.date_from, row.date_to) if row.date_from or row.date_to else None,
            day=row.day,
            place=row.place,
            source=tuple(named.get((row.pk, "source"), ())),
            target=tuple(named.get((row.pk, "target"), ())),
            killed=row.killed,
            injured=row.injured,
            number=row.reports,
            documents=row.documents,
            sources=row.sources,
            disputes=tuple(map(Matter, row.disputes.split(","))) if row.disputes else (),
        )


def _sides() -> Select[Any]:
    people = schema.occurrence_people.c
    query = select(people.occurrence, people.role, people.name)
    query = query.where(among(people.occurrence), people.role.in_(("source", "target")))
    return query.order_by(people.occurrence, people.role, people.reports.desc(), people.name)


_SIDES = _sides()


def _as_of(conn: Connection, row: Row[Any], as_of: str | None) -> Occurrence | None:
    """An occurrence as the documents published by a date tell it; ``None`` if none did."""
    keys, _ = _reports_of(conn, row.pk)
    witnesses = _by_then(load_testimony(conn, keys).witnesses, as_of)
    return _occurrence(row.id, witnesses) if witnesses else None


def _by_then(witnesses: Sequence[Witness], as_of: str | None) -> list[Witness]:
    if as_of is None:
        return list(witnesses)
    return [w for w in witnesses if w.published is not None and w.published[: len(as_of)] <= as_of]


def _occurrence(id: str, witnesses: Sequence[Witness]) -> Occurrence:
    summary = sum_up(witnesses)
    return Occurrence(
        id=id,
        type=EventType(summary.type),
        status=summary.status,
        date=summary.date,
        day=summary.day,
        place=summary.place,
        source=tuple(name for role, name, _ in summary.people if role == "source"),
        target=tuple(name for role, name, _ in summary.people if role == "target"),
        killed=summary.killed,
        injured=summary.injured,
        number=len(witnesses),
        documents=summary.documents,
        sources=summary.sources,
        disputes=summary.disputes,
    )


def _reports_of(conn: Connection, key: int) -> tuple[list[int], dict[str, tuple[str, ...]]]:
    """The reports of an occurrence in order of telling, and why each is in it, by the report's id."""
    keys, why = _reports_of_each(conn, [key])
    return keys.get(key, []), why


def _reports_of_each(
    conn: Connection, occurrences: Sequence[int]
) -> tuple[dict[int, list[int]], dict[str, tuple[str, ...]]]:
    """The same of several (row ids)."""
    kept, reports, documents = schema.occurrence_reports.c, schema.reports.c, schema.documents.c
    query = (
        select(kept.occurrence, reports.pk, reports.id, kept.why)
        .join(schema.reports, reports.pk == kept.report)
        .join(schema.documents, documents.pk == reports.document)
        .order_by(func.coalesce(documents.published, "~"), documents.id, reports.start, reports.id)
    )
    keys: dict[int, list[int]] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for chunk in chunks(occurrences):
        for occurrence, key, id, why in conn.execute(query.where(kept.occurrence.in_(chunk))).all():
            keys.setdefault(occurrence, []).append(key)
            reasons[id] = tuple(why)
    return keys, reasons


def occurrence(conn: Connection, prefix: str, as_of: str | None = None) -> OccurrenceInFull:
    """The occurrence whose id begins so, or ever did, with its reports, what each tells, and what is in dispute.

    Raises ``UsageError`` when there is none, more than one, or nothing of it was told by the date.
    """
    if as_of is not None:
        iso_date(as_of)
    with snapshot(conn):
        row = _find(conn, prefix)
        found = next(_in_full(conn, [(row.pk, row.id)], as_of), None)
        if found is None:
            raise UsageError(f"nothing of occurrence {row.id} was told by {as_of}; it was first told {row.first_told}")
        return replace(found, decisions=tuple(of_happening(conn, _reports_of(conn, row.pk)[0])))


def occurrences_in_full(conn: Connection, ids: Sequence[str], as_of: str | None = None) -> list[OccurrenceInFull]:
    """The occurrences with these (whole) ids, in that order, without what was decided on them; those of which nothing
    was told by the date are left out."""
    columns = schema.occurrences.c
    with snapshot(conn):
        keys: dict[str, int] = {
            id: key
            for chunk in chunks(ids)
            for key, id in conn.execute(select(columns.pk, columns.id).where(columns.id.in_(chunk)))
        }
        return list(_in_full(conn, [(keys[id], id) for id in ids if id in keys], as_of))


def _in_full(conn: Connection, some: Sequence[tuple[int, str]], as_of: str | None) -> Iterator[OccurrenceInFull]:
    """Occurrences, given as row id and id, of which something was told by the date."""
    keys, why = _reports_of_each(conn, [key for key, _ in some])
    everyone = [key for key, _ in some]
    testimonies = load_testimonies(conn, [keys[key] for key in everyone])
    stored = {s.id: s for chunk in chunks([k for key in everyone for k in keys[key]]) for s in hydrate(conn, chunk)}
    for (_, id), testimony in zip(some, testimonies, strict=True):
        witnesses = _by_then(testimony.witnesses, as_of)
        if witnesses:
            yield _whole(id, witnesses, why, stored)


def _whole(
    id: str, witnesses: Sequence[Witness], why: Mapping[str, tuple[str, ...]], stored: Mapping[str, StoredReport]
) -> OccurrenceInFull:
    summed = replace(
        _occurrence(id, witnesses),
        reports=tuple(
            Supporting(w.id, w.document, w.teller, w.published, w.standing, w.voice, why[w.id]) for w in witnesses
        ),
        accounts=accounts_of(witnesses),
    )
    reports = tuple(stored[w.id] for w in witnesses)
    return OccurrenceInFull(summed, reports, tuple(_disputes(summed, witnesses)))


def _disputes(one: Occurrence, witnesses: Sequence[Witness]) -> Iterator[Dispute]:
    for matter in one.disputes:
        sides = tuple(account(matter, value, ws) for value, ws in sides_of(matter, witnesses).items())
        yield Dispute(matter, about(one), one.day, one.id, sides)


def disputes_within(conn: Connection, wanted: Wanted) -> Iterator[Dispute]:
    """What the reports of the occurrences that are wanted do not agree in, the latest first; of all, however many are
    wanted, of which no more than these are looked up at first."""
    disputed = iter_occurrences(conn, replace(wanted, disputed=True, latest_first=True, limit=None))
    columns = schema.occurrences.c
    for batch in growing(disputed, wanted.limit, _TOGETHER):
        ids = [one.id for one in batch]
        keys: dict[str, int] = dict(conn.execute(select(columns.id, columns.pk).where(columns.id.in_(ids))).all())
        members, _ = _reports_of_each(conn, [keys[id] for id in ids])
        told = load_testimonies(conn, [members[keys[id]] for id in ids])
        for one, testimony in zip(batch, told, strict=True):
            yield from _disputes(one, _by_then(testimony.witnesses, wanted.as_of))


def growing(rows: Iterable[T], first: int | None, most: int) -> Iterator[list[T]]:
    """Rows in batches of at most so many: one that is enough for who wants few of them, then larger and larger ones."""
    size, remaining = most if first is None else min(first, most), iter(rows)
    while batch := list(islice(remaining, max(size, 1))):
        yield batch
        size = min(2 * size, most)


def about(one: Occurrence) -> str:
    """An occurrence in a few words: who, whom, where; its type says what."""
    who = listed(one.source, most=_NAMED)
    whom = f" → {listed(one.target, most=_NAMED)}" if one.target else ""
    return f"{one.type} {who}{whom}{f' ({one.place})' if one.place else ''}"


def _find(conn: Connection, prefix: str) -> Row[Any]:
    """By its id; else by the mark of any of its reports, which was its id before an earlier report came."""
    table, kept = schema.occurrences, schema.occurrence_reports.c
    wanted = prefix.strip().lower()
    own = select(table).where(table.c.id >= wanted, table.c.id < wanted + "~").limit(_SHOWN)
    former = (
        select(table)
        .where(table.c.pk.in_(select(kept.occurrence).where(kept.mark >= wanted, kept.mark < wanted + "~")))
        .limit(_SHOWN)
    )
    found: Sequence[Row[Any]] = ()
    for query in (own, former):
        found = found or (conn.execute(query).all() if wanted else ())
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(row.id for row in found)
        raise UsageError(f"more than one occurrence has an id that begins with {wanted}: {several} …; give more of it")
    raise UsageError(f"no occurrence {prefix!r} in this case; `dragoman show CASE occurrences` lists them")


def occurrence_ids(conn: Connection, reports: Sequence[str]) -> Mapping[str, str]:
    """The ids of the occurrences that these reports (ids) are gathered in."""
    kept, rows = schema.occurrence_reports.c, schema.reports.c
    query = (
        select(rows.id, schema.occurrences.c.id)
        .join(schema.occurrence_reports, kept.report == rows.pk)
        .join(schema.occurrences, schema.occurrences.c.pk == kept.occurrence)
    )
    return {a: b for chunk in chunks(reports) for a, b in conn.execute(query.where(rows.id.in_(chunk)))}
