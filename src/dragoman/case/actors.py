"""Actors of the whole case: all that a case knows of each, gathered from the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, distinct, func, select

from dragoman.case import schema
from dragoman.case.names import same_actors, whole_actor
from dragoman.case.results import StoredActor
from dragoman.case.rows import VOICE
from dragoman.record import ActorKind

_BATCH = 200


def iter_actors(conn: Connection, limit: int | None = None) -> Iterator[StoredActor]:
    """Every actor that some document has, those in most reports first."""
    people, cast, actors = schema.participants.c, schema.document_actors.c, schema.actors.c
    who = whole_actor(people.actor)
    counted = (
        select(who.label("actor"), func.count(distinct(people.report)).label("reports"))
        .where(people.role != VOICE)
        .group_by(who)
        .subquery()
    )
    number = func.coalesce(counted.c.reports, 0)
    query = (
        select(actors.id, number)
        .outerjoin(counted, counted.c.actor == actors.id)
        .where(actors.id.in_(select(whole_actor(cast.actor))))
        .order_by(number.desc(), actors.identity)
        .limit(limit)
    )
    for batch in conn.execute(query, execution_options={"yield_per": _BATCH}).partitions():
        yield from _stored_actors(conn, dict(batch))


def stored_actors(conn: Connection, ids: Sequence[int]) -> Iterator[tuple[int, StoredActor]]:
    """These actors, by the row ids that they go by after merging; ids that are in no document are left out."""
    people, cast = schema.participants.c, schema.document_actors.c
    bases = same_actors(conn, ids)
    who = whole_actor(people.actor)
    counted = select(who, func.count(distinct(people.report))).where(people.actor.in_(bases), people.role != VOICE)
    reports: dict[int, int] = dict(conn.execute(counted.group_by(who)).all())
    here = set(conn.execute(select(whole_actor(cast.actor)).where(cast.actor.in_(bases))).scalars())
    present = {id: reports.get(id, 0) for id in ids if id in here}
    yield from zip(present, _stored_actors(conn, present), strict=True)


def _stored_actors(conn: Connection, reports: dict[int, int]) -> Iterator[StoredActor]:
    cast, names = schema.document_actors.c, schema.names.c
    bases = same_actors(conn, list(reports))
    facts = (names.name.label("full"), cast.kind, cast.key, cast.of, cast.country, cast.sector)
    who = whole_actor(cast.actor)
    here = cast.actor.in_(bases)
    query = select(who.label("whole"), *facts, func.count().label("times")).where(here).group_by("whole", *facts)
    rows: dict[int, list[Row[Any]]] = {}
    for row in conn.execute(query.join(schema.names, names.id == cast.name)):
        rows.setdefault(row.whole, []).append(row)
    documents: dict[int, int] = dict(
        conn.execute(
            select(who.label("whole"), func.count(distinct(cast.document))).where(here).group_by("whole")
        ).all()
    )
    called = _mentions(conn, bases)
    for actor, number in reports.items():
        yield _stored_actor(rows[actor], called.get(actor, set()), documents[actor], number)


def _mentions(conn: Connection, actors: Sequence[int]) -> dict[int, set[str]]:
    cast, mentions, names = schema.document_actors.c, schema.mentions.c, schema.names.c
    query = (
        select(whole_actor(cast.actor), names.name)
        .join(schema.mentions, (mentions.document == cast.document) & (mentions.actor_position == cast.position))
        .join(schema.names, names.id == mentions.name)
        .where(cast.actor.in_(actors))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for actor, name in conn.execute(query):
        found.setdefault(actor, set()).add(name)
    return found


def _stored_actor(rows: Sequence[Row[Any]], called: set[str], documents: int, reports: int) -> StoredActor:
    def usual(column: str) -> str | None:
        return _usual([(getattr(row, column), row.times) for row in rows])

    return StoredActor(
        name=usual("full") or "",
        kind=ActorKind(usual("kind") or ""),
        names=tuple(sorted(called.union(row.full for row in rows))),
        key=usual("key"),
        of=usual("of"),
        country=usual("country"),
        sector=usual("sector"),
        documents=documents,
        reports=reports,
    )


def _usual(values: Sequence[tuple[str | None, int]]) -> str | None:
    """The value that most documents have, of several the first in the alphabet; ``None`` only where none has any."""
    told: Counter[str] = Counter()
    for value, times in values:
        if value is not None:
            told[value] += times
    return min(told, key=lambda value: (-told[value], value), default=None)
