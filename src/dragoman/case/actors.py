"""Actors of the whole case: all that a case knows of each, gathered from the documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, distinct, func, select

from dragoman.case import schema
from dragoman.case.results import StoredActor
from dragoman.case.rows import VOICE
from dragoman.record import ActorKind

_BATCH = 200


def iter_actors(conn: Connection, limit: int | None = None) -> Iterator[StoredActor]:
    """Every actor that some document has, those in most reports first."""
    people, cast, actors = schema.participants.c, schema.document_actors.c, schema.actors.c
    counted = (
        select(people.actor, func.count(distinct(people.report)).label("reports"))
        .where(people.role != VOICE)
        .group_by(people.actor)
        .subquery()
    )
    number = func.coalesce(counted.c.reports, 0)
    query = (
        select(actors.id, number)
        .outerjoin(counted, counted.c.actor == actors.id)
        .where(actors.id.in_(select(cast.actor)))
        .order_by(number.desc(), actors.identity)
        .limit(limit)
    )
    for batch in conn.execute(query, execution_options={"yield_per": _BATCH}).partitions():
        yield from _stored_actors(conn, dict(batch))


def _stored_actors(conn: Connection, reports: dict[int, int]) -> Iterator[StoredActor]:
    cast, names = schema.document_actors.c, schema.names.c
    query = select(schema.document_actors, names.name.label("full")).join(schema.names, names.id == cast.name)
    rows: dict[int, list[Row[Any]]] = {}
    for row in conn.execute(query.where(cast.actor.in_(list(reports)))):
        rows.setdefault(row.actor, []).append(row)
    called = _mentions(conn, list(reports))
    for actor, number in reports.items():
        yield _stored_actor(rows[actor], called.get(actor, set()), number)


def _mentions(conn: Connection, actors: Sequence[int]) -> dict[int, set[str]]:
    cast, mentions, names = schema.document_actors.c, schema.mentions.c, schema.names.c
    query = (
        select(cast.actor, names.name)
        .join(schema.mentions, (mentions.document == cast.document) & (mentions.actor_position == cast.position))
        .join(schema.names, names.id == mentions.name)
        .where(cast.actor.in_(actors))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for actor, name in conn.execute(query):
        found.setdefault(actor, set()).add(name)
    return found


def _stored_actor(rows: Sequence[Row[Any]], called: set[str], reports: int) -> StoredActor:
    own = [row.full for row in rows]
    return StoredActor(
        name=_usual(own) or "",
        kind=ActorKind(_usual([row.kind for row in rows]) or ""),
        names=tuple(sorted(called.union(own))),
        key=_usual([row.key for row in rows]),
        of=_usual([row.of for row in rows]),
        country=_usual([row.country for row in rows]),
        sector=_usual([row.sector for row in rows]),
        documents=len({row.document for row in rows}),
        reports=reports,
    )


def _usual(values: Sequence[str | None]) -> str | None:
    """The value that most documents have, of several the first in the alphabet; ``None`` only where none has any."""
    told = [value for value in values if value is not None]
    return min(set(told), key=lambda value: (-told.count(value), value), default=None)
