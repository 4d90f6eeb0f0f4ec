"""A case at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, select

from dragoman.case import runs, schema
from dragoman.case.actors import iter_actors
from dragoman.case.connection import snapshot
from dragoman.case.figures import CASE, NO_KEY, figures_of
from dragoman.case.results import Arrivals, Overview
from dragoman.record import EventType, Kind

_TOP = 10
_ACTORS = select(func.count()).where(schema.figures.c.what == "actor", schema.figures.c.key == NO_KEY)


def overview_of(conn: Connection, path: Path, title: str, packs: tuple[str, ...]) -> Overview:
    """Counts, dates, and who is most in it; all of one moment."""
    documents, tallies = schema.documents.c, schema.tallies.c
    dates = select(func.min(documents.published), func.max(documents.published), func.count(documents.published))
    kinds = select(*(func.coalesce(func.sum(tallies[kind]), 0) for kind in Kind))
    last = select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
    with snapshot(conn):
        first, latest, dated = conn.execute(dates).one()
        of_case = {(what, key): number for what, key, number, _ in figures_of(conn, CASE)}
        run = conn.execute(last).first()
        total = _count(conn, schema.documents)
        return Overview(
            path=str(path),
            title=title,
            packs=packs,
            documents=total,
            undated=total - dated,
            sentences=of_case.get(("sentences", ""), 0),
            characters=of_case.get(("characters", ""), 0),
            first_published=first,
            last_published=latest,
            outlets=_number(conn, func.count(documents.outlet.distinct())),
            top_outlets=tuple(_ranked(conn, documents.outlet, _TOP).items()),
            actors=conn.execute(_ACTORS).scalar_one(),
            top_actors=tuple((actor.name, actor.reports) for actor in iter_actors(conn, _TOP)),
            reports=dict(zip(Kind, conn.execute(kinds).one(), strict=True)),
            event_types=_event_types(of_case),
            remarks=_count(conn, schema.remarks),
            set_aside=_number(conn, func.count(schema.set_aside.c.source.distinct())),
            last_run=runs.of_row(run) if run else None,
        )


def arrivals(conn: Connection, after: int) -> Arrivals:
    """What came into a case after a document (row id, which grows with each document that comes and never changes)."""
    documents, tallies = schema.documents.c, schema.tallies.c
    kinds = select(*(func.coalesce(func.sum(tallies[kind]), 0) for kind in Kind)).where(tallies.document > after)
    with snapshot(conn):
        number = conn.execute(select(func.count()).where(documents.pk > after)).scalar_one()
        reports = dict(zip(Kind, conn.execute(kinds).one(), strict=True))
        last = conn.execute(select(func.max(documents.pk))).scalar_one() or 0
    return Arrivals(number, reports, last)


def _count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _number(conn: Connection, counted: ColumnElement[int]) -> int:
    return conn.execute(select(counted)).scalar_one()


def _event_types(of_case: Mapping[tuple[str, str], int]) -> dict[EventType, int]:
    counts = [(type, number) for (what, type), number in of_case.items() if what == "type"]
    return {EventType(type): number for type, number in sorted(counts, key=lambda pair: (-pair[1], pair[0]))}


def _ranked(conn: Connection, column: ColumnElement[str], limit: int) -> dict[str, int]:
    """The values of a column with their numbers, the most frequent first."""
    count = func.count()
    query = (
        select(column, count).where(column.is_not(None)).group_by(column).order_by(count.desc(), column).limit(limit)
    )
    return dict(conn.execute(query).all())
