"""A case at a glance."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from dragoman.case import runs, schema
from dragoman.case.actors import iter_actors
from dragoman.case.connection import snapshot
from dragoman.case.results import Overview
from dragoman.record import Kind

_TOP = 10


def overview_of(conn: Connection, path: Path, title: str, packs: tuple[str, ...]) -> Overview:
    """Counts, dates, and who is most in it; all of one moment."""
    documents = schema.documents.c
    dates = select(func.min(documents.published), func.max(documents.published), func.sum(documents.characters))
    last = select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
    with snapshot(conn):
        first, latest, characters = conn.execute(dates).one()
        run = conn.execute(last).first()
        dated = conn.execute(select(func.count(documents.published))).scalar_one()
        total = _count(conn, schema.documents)
        return Overview(
            path=str(path),
            title=title,
            packs=packs,
            documents=total,
            undated=total - dated,
            sentences=_count(conn, schema.sentences),
            characters=characters or 0,
            published=(first, latest) if first else None,
            reports={kind: _count(conn, schema.details[kind]) for kind in Kind},
            outlets=_outlets(conn),
            actors=tuple((actor.name, actor.reports) for actor in iter_actors(conn, _TOP)),
            actor_count=conn.execute(select(func.count(schema.document_actors.c.actor.distinct()))).scalar_one(),
            remarks=_count(conn, schema.remarks),
            set_aside=conn.execute(select(func.count(schema.set_aside.c.source.distinct()))).scalar_one(),
            last_run=runs.of_row(run) if run else None,
        )


def _count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _outlets(conn: Connection) -> tuple[tuple[str, int], ...]:
    outlet, count = schema.documents.c.outlet, func.count()
    query = select(outlet, count).where(outlet.is_not(None)).group_by(outlet).order_by(count.desc(), outlet).limit(_TOP)
    return tuple((name, number) for name, number in conn.execute(query))
