"""Reports asked for by kind, actor, date and the rest; read lazily, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select

from dragoman.asked import check_period, iso_date, one_of
from dragoman.case import schema
from dragoman.case.names import among, find_actors
from dragoman.case.results import StoredReport
from dragoman.case.rows import VOICE, build
from dragoman.case.text import unpack_text
from dragoman.record import EventType, Kind, Standing, State, report_from_dict

_BATCH = 200
EVERYBODY = 0
"""Whose part every report is in the lists that are kept."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which reports are wanted: those that meet every part that is given (see ``Case.reports``)."""

    kind: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    issue: str | None = None
    standing: str | None = None
    document: int | None = None
    limit: int | None = None
    by_document: bool = False
    as_of: str | None = None
    rejected: bool = False

    def __post_init__(self) -> None:
        check_period(self.since, self.until)


def iter_reports(conn: Connection, wanted: Filter) -> Iterator[StoredReport]:
    """The reports that a filter lets through, by date, then document, then place in it; or by document.

    What cannot be is refused at once (``UsageError``); the reports are fetched as they are taken.
    """
    rows = conn.execute(_query(conn, wanted), execution_options={"yield_per": _BATCH})
    return chain.from_iterable(hydrate(conn, [row.pk for row in batch]) for batch in rows.partitions())


def _query(conn: Connection, wanted: Filter) -> Select[tuple[int]]:
    reports, documents = schema.reports.c, schema.documents.c
    when = func.coalesce(reports.date_from, reports.date_to, documents.published)
    if wanted.kind and wanted.limit and wanted == Filter(wanted.kind, wanted.actor, limit=wanted.limit):
        kind = one_of(Kind, "kind", wanted.kind)
        first = listed(kind, listed_as(conn, wanted.actor), wanted.limit).distinct().subquery()
        query = select(reports.pk).select_from(first).join(schema.reports, reports.pk == first.c.report)
        query = query.join(schema.documents, documents.pk == reports.document)
    else:
        query = select(reports.pk).join(schema.documents, documents.pk == reports.document)
        query = query.where(*conditions(conn, wanted))
    if wanted.document is not None:
        query = query.where(reports.document == wanted.document)
    by_date = () if wanted.by_document or wanted.document is not None else (when,)
    return query.order_by(*by_date, documents.id, reports.position).limit(wanted.limit)


def listed_as(conn: Connection, actor: str | None) -> list[int]:
    """Under whom the parts of an actor are kept, or those of everybody. Raises ``UsageError`` for nobody."""
    if actor is None:
        return [EVERYBODY]
    actors, names = find_actors(conn, actor)
    parts = schema.parts.c
    kept = (select(parts.who).where(parts.who == who).limit(1) for who in (*actors, *(-name for name in names)))
    return [who for query in kept for who in conn.execute(query).scalars()]


def listed(
    kind: str, who: Sequence[int], most: int | None, *conditions: ColumnElement[bool], latest: bool = False
) -> Select[tuple[int]]:
    """Reports of a kind in which these have a part, off the lists that are kept: all, or the first ``most``, or the
    latest, and whatever is of one day with the last of them."""
    parts = schema.parts.c
    here = (parts.kind == kind, parts.who.in_(who), *conditions)
    if most is None:
        return select(parts.report).where(*here)
    order = (parts.day.desc(), parts.report) if latest else (parts.day, parts.report)
    last = select(parts.day, parts.report).where(*here).order_by(*order).limit(1).offset(most - 1)
    day = select((last.distinct() if len(who) > 1 else last).subquery().c.day).scalar_subquery()
    within = parts.day >= func.coalesce(day, "") if latest else parts.day <= func.coalesce(day, "~")
    return select(parts.report).where(*here, within)


def count_listed(conn: Connection, kind: str, who: Sequence[int], *conditions: ColumnElement[bool]) -> int:
    """How many reports of a kind these have a part in; one in which several of them have counts once."""
    found = listed(kind, who, None, *conditions)
    counted = (found.distinct() if len(who) > 1 else found).subquery()
    return int(conn.execute(select(func.count()).select_from(counted)).scalar_one())


def by_then(as_of: str | None) -> Iterator[ColumnElement[bool]]:
    """For ``listed``, of kinds that tell no date of their own: published by the end of this date."""
    if as_of is not None:
        yield schema.parts.c.day != ""
        yield func.substr(schema.parts.c.day, 1, len(iso_date(as_of))) <= as_of


def conditions(conn: Connection, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """What a filter asks of ``reports`` joined with ``documents``. Raises ``UsageError`` for what cannot be."""
    reports, events, positions = schema.reports.c, schema.details[Kind.EVENT].c, schema.details[Kind.POSITION].c
    yield (reports.state == State.REJECTED) if wanted.rejected else (reports.state != State.REJECTED)
    if wanted.kind is not None:
        yield reports.pk.in_(select(schema.details[one_of(Kind, "kind", wanted.kind)].c.report))
    if wanted.standing is not None:
        yield reports.standing == one_of(Standing, "standing", wanted.standing)
    if wanted.type is not None:
        yield reports.pk.in_(select(events.report).where(events.type == one_of(EventType, "type", wanted.type)))
    if wanted.issue is not None:
        yield reports.pk.in_(select(positions.report).where(positions.issue == wanted.issue))
    if wanted.actor is not None:
        yield _has_actor(conn, wanted.actor)
    if wanted.since is not None or wanted.until is not None:
        yield from _in_period(wanted.since, wanted.until)
    if wanted.as_of is not None:
        yield func.substr(schema.documents.c.published, 1, len(iso_date(wanted.as_of))) <= wanted.as_of


def _has_actor(conn: Connection, name: str) -> ColumnElement[bool]:
    actors, names = find_actors(conn, name)
    people = schema.participants.c
    here = or_(people.actor.in_(actors), people.actor.is_(None) & people.name.in_(names))
    return schema.reports.c.pk.in_(select(people.report).where(here, people.role != VOICE))


def _in_period(since: str | None, until: str | None) -> Iterator[ColumnElement[bool]]:
    """A report is in a period that its dates touch, as far as told: 2023 is neither before nor after 2023-06."""
    reports, published = schema.reports.c, schema.documents.c.published
    told = or_(reports.date_from.is_not(None), reports.date_to.is_not(None))
    first, last = (case((told, date), else_=published) for date in (reports.date_from, reports.date_to))
    yield or_(told, published.is_not(None))
    if since is not None:
        yield or_(last.is_(None), _cut(last, iso_date(since)) >= func.substr(since, 1, func.length(last)))
    if until is not None:
        yield or_(first.is_(None), _cut(first, iso_date(until)) <= func.substr(until, 1, func.length(first)))


def _cut(date: ColumnElement[str], other: str) -> ColumnElement[str]:
    return func.substr(date, 1, len(other))


def hydrate(conn: Connection, keys: Sequence[int]) -> Iterator[StoredReport]:
    """The reports with these row ids, in that order; a rejected one as it was read."""
    common = {row.pk: row for row in conn.execute(_COMMON, {"keys": list(keys)})}
    details = _details(conn, common.values())
    people = _people(conn, keys)
    documents = _documents(conn, {row.document for row in common.values()})
    for key in keys:
        row, document = common[key], documents[common[key].document]
        if row.state == State.REJECTED:
            report = report_from_dict(row.origin | {"document": document.id})
        else:
            report = build(document.id, document.text, row._asdict(), details[key], people.get(key, ()))
        state = State(row.state)
        yield StoredReport(row.id, report, document.title, document.outlet, document.published, state=state)


def _details(conn: Connection, rows: Iterable[Row[Any]]) -> dict[int, Mapping[str, Any]]:
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row.pk)
    found: dict[int, Mapping[str, Any]] = {}
    for kind, keys in by_kind.items():
        found |= {row["report"]: row for row in conn.execute(_DETAILS[Kind(kind)], {"keys": keys}).mappings()}
    return found


def _people(conn: Connection, keys: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for report, role, name in conn.execute(_TAKING_PART, {"keys": list(keys)}):
        found.setdefault(report, []).append((role, name))
    return found


@dataclass(frozen=True, slots=True)
class _Source:
    """What the reports of a document need of it."""

    id: str
    text: str
    title: str | None
    outlet: str | None
    published: str | None


def _documents(conn: Connection, keys: Iterable[int]) -> dict[int, _Source]:
    rows = conn.execute(_SOURCES, {"keys": list(keys)})
    return {pk: _Source(id, unpack_text(text), *facts) for pk, id, text, *facts in rows}


def _taking_part() -> Select[Any]:
    people, names = schema.participants.c, schema.names.c
    query = select(people.report, people.role, names.name).where(among(people.report), names.id == people.name)
    return query.order_by(people.report, people.role, people.position)


def _sources() -> Select[Any]:
    documents, bodies = schema.documents.c, schema.bodies.c
    query = select(documents.pk, documents.id, bodies.text, documents.title, documents.outlet, documents.published)
    return query.where(among(documents.pk), bodies.document == documents.pk)


_COMMON = select(schema.reports).where(among(schema.reports.c.pk))
_DETAILS = {kind: select(table).where(among(table.c.report)) for kind, table in schema.details.items()}
_TAKING_PART, _SOURCES = _taking_part(), _sources()
