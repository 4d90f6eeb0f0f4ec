"""A case at a glance."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, select

from dragoman.case import runs, schema
from dragoman.case.actors import iter_actors
from dragoman.case.connection import snapshot
from dragoman.case.names import whole_actor
from dragoman.case.results import Overview
from dragoman.record import EventType, Kind

_TOP = 10


def overview_of(conn: Connection, path: Path, title: str, packs: tuple[str, ...]) -> Overview:
    """Counts, dates, and who is most in it; all of one moment."""
    documents = schema.documents.c
    dates = select(func.min(documents.published), func.max(documents.published), func.sum(documents.characters))
    last = select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
    with snapshot(conn):
        first, latest, characters = conn.execute(dates).one()
        run = conn.execute(last).first()
        total = _count(conn, schema.documents)
        return Overview(
            path=str(path),
            title=title,
            packs=packs,
            documents=total,
            undated=total - _number(conn, func.count(documents.published)),
            sentences=_count(conn, schema.sentences),
            characters=characters or 0,
            first_published=first,
            last_published=latest,
            outlets=_number(conn, func.count(documents.outlet.distinct())),
            top_outlets=tuple(_ranked(conn, documents.outlet, _TOP).items()),
            actors=_number(conn, func.count(whole_actor(schema.document_actors.c.actor).distinct())),
            top_actors=tuple((actor.name, actor.reports) for actor in iter_actors(conn, _TOP)),
            reports={kind: _count(conn, schema.details[kind]) for kind in Kind},
            event_types={EventType(t): n for t, n in _ranked(conn, schema.details[Kind.EVENT].c.type).items()},
            remarks=_count(conn, schema.remarks),
            set_aside=_number(conn, func.count(schema.set_aside.c.source.distinct())),
            last_run=runs.of_row(run) if run else None,
        )


def _count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _number(conn: Connection, counted: ColumnElement[int]) -> int:
    return conn.execute(select(counted)).scalar_one()


def _ranked(conn: Connection, column: ColumnElement[str], limit: int | None = None) -> dict[str, int]:
    """The values of a column with their numbers, the most frequent first."""
    count = func.count()
    query = (
        select(column, count).where(column.is_not(None)).group_by(column).order_by(count.desc(), column).limit(limit)
    )
    return dict(conn.execute(query).all())
