"""Actors of the whole case: all that a case knows of each, or knew by a date, gathered from the documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    cast,
    exists,
    func,
    select,
    text,
)

from dragoman.case import schema
from dragoman.case.figures import ACTOR, NO_KEY, Described, described, names_of, usual
from dragoman.case.ledgers import told_by
from dragoman.case.names import actor_identities, chunks, same_actors, whole_actor
from dragoman.case.results import StoredActor
from dragoman.case.text import fold
from dragoman.record import ActorKind

_BATCH = 51
"""Actors that are looked up at once: a page of a list, and one more that tells whether there is another page."""

# Each name is looked for until a document of the time has it, which for most is soon; the plus keeps SQLite from going
# through all documents of the time for each.
_BY_THEN = "(SELECT pk FROM documents WHERE substr(published, 1, length(:as_of)) <= :as_of)"
_THEIRS = "(t.actor = figures.who OR t.actor IN (SELECT base FROM merged WHERE merged.actor = figures.who))"
_NAMES_BY_THEN = text(f"""
    SELECT figures.who, figures."key"
    FROM json_each(:actors) AS asked CROSS JOIN figures ON figures.who = asked.value AND figures.what = 'name'
    WHERE EXISTS (
        SELECT 1 FROM document_actors AS t
        WHERE t.name = CAST(figures."key" AS INTEGER) AND +t.document IN {_BY_THEN} AND {_THEIRS}
    ) OR EXISTS (
        SELECT 1 FROM mentions AS m
        CROSS JOIN document_actors AS t ON t.document = m.document AND t.position = m.actor_position
        WHERE m.name = CAST(figures."key" AS INTEGER) AND +m.document IN {_BY_THEN} AND {_THEIRS}
    )
""")

Numbers = Mapping[int, tuple[int, int]]
"""Documents that name an actor, and reports in which it has a part, by its row id."""


def iter_actors(
    conn: Connection, limit: int | None = None, *, named: str | None = None, as_of: str | None = None
) -> Iterator[StoredActor]:
    """Every actor that some document has, those in most reports first; with ``named``, those with this in a name.

    As of a date, whomever documents published by then have, as these tell of it. Raises ``UsageError`` for no date.
    """
    numbers = _numbers(tuple(told_by(as_of)))
    if named is not None:
        numbers = numbers.where(numbers.selected_columns.who.in_(_named(named)))
    return _iter_ranked(conn, _ranked(numbers.subquery()).limit(limit), named, as_of)


def top_actors(conn: Connection, most: int, *, as_of: str | None = None) -> tuple[int, tuple[StoredActor, ...]]:
    """How many actors there are, and those in most reports; both as ``iter_actors`` has them, with the sums of the time
    made once."""
    numbers = _numbers(tuple(told_by(as_of)))
    found = numbers.subquery() if as_of is None else numbers.cte()
    total = select(func.count()).select_from(found).scalar_subquery()
    rows = conn.execute(_ranked(found).add_columns(total.label("total")).limit(most)).all()
    counts = {row.who: (row.documents, row.reports) for row in rows}
    return rows[0].total if rows else 0, tuple(actor for _, actor in _stored_actors(conn, counts, as_of))


def _ranked(found: FromClause) -> Select[Any]:
    """Actors with their numbers, those in most reports first."""
    actors = schema.actors.c
    query = select(found).join(schema.actors, actors.id == found.c.who)
    return query.order_by(found.c.reports.desc(), actors.identity)


def _iter_ranked(conn: Connection, ranked: Select[Any], named: str | None, as_of: str | None) -> Iterator[StoredActor]:
    rows = conn.execute(ranked, execution_options={"yield_per": _BATCH})
    for batch in rows.partitions():
        numbers = {row.who: (row.documents, row.reports) for row in batch}
        for _, actor in _stored_actors(conn, numbers, as_of):
            if as_of is None or named is None or any(fold(named) in fold(name) for name in actor.names):
                yield actor


def _numbers(then: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Who is how often told of in all documents, or in those that meet the conditions."""
    figures, counted = schema.figures.c, schema.counted.c
    if not then:
        kept = select(figures.who, figures.documents, figures.number.label("reports"))
        return kept.where(figures.what == "actor", figures.key == NO_KEY)
    own = select(counted.who, func.count().label("documents"), func.sum(counted.number).label("reports"))
    document = counted.document + 0  # a sum is not looked up in an index, which is left to the actors
    by_then = document.in_(select(schema.documents.c.pk).where(*then))
    return own.where(counted.what == ACTOR, by_then).group_by(counted.who)


def is_told(who: ColumnElement[int], as_of: str) -> ColumnElement[bool]:
    """Whether some document published by a date has the actor, by the row id that it goes by after merging."""
    counted, documents = schema.counted.c, schema.documents.c
    query = exists().where(counted.what == ACTOR, counted.who == who, documents.pk == counted.document)
    return query.where(*told_by(as_of))


def _named(part: str) -> Select[tuple[int]]:
    forms, names = schema.figures.alias("forms").c, schema.names.c
    spelt = select(names.id).where(names.folded.contains(fold(part), autoescape=True))
    return select(forms.who).where(forms.what == "name", cast(forms.key, Integer).in_(spelt))


def stored_actors(conn: Connection, ids: Iterable[int], as_of: str | None = None) -> Iterator[tuple[int, StoredActor]]:
    """These actors, by the row ids that they go by after merging; who is in no document (by a date) is left out."""
    numbers = _numbers(tuple(told_by(as_of)))
    for keys in chunks(ids):
        rows = conn.execute(numbers.where(numbers.selected_columns.who.in_(keys)))
        found = {row.who: (row.documents, row.reports) for row in rows}
        yield from _stored_actors(conn, {id: found[id] for id in keys if id in found}, as_of)


def _stored_actors(conn: Connection, numbers: Numbers, as_of: str | None) -> Iterator[tuple[int, StoredActor]]:
    ids = list(numbers)
    then = tuple(told_by(as_of))
    told = described(conn, ids)
    called: dict[int, set[int]] = {}
    for who, name in _names_used(conn, ids, as_of):
        called.setdefault(who, set()).add(name)
    if then:  # who is only ever described in one way was described so by then
        told |= _described_by_then(conn, [id for id, ones in told.items() if len(ones) > 1], then)
    own = {one.name for ones in told.values() for one in ones}
    names = names_of(conn, own.union(*called.values()))
    identities = actor_identities(conn, ids)
    for id, counts in numbers.items():
        yield id, _stored_actor(identities[id], told[id], names, (names[name] for name in called[id]), *counts)


def _names_used(conn: Connection, ids: Sequence[int], as_of: str | None) -> Iterator[tuple[int, int]]:
    """Each of these actors with the row id of every name that documents have for it."""
    figures = schema.figures.c
    if as_of is None:
        rows = conn.execute(select(figures.who, figures.key).where(figures.what == "name", figures.who.in_(ids)))
    else:
        rows = conn.execute(_NAMES_BY_THEN, {"actors": json.dumps(ids), "as_of": as_of})
    return ((who, int(name)) for who, name in rows)


def _described_by_then(
    conn: Connection, ids: Sequence[int], then: Sequence[ColumnElement[bool]]
) -> dict[int, list[Described]]:
    """How the documents that meet the conditions describe these actors, as ``described`` has it for all documents."""
    told, who = schema.document_actors.c, whole_actor(schema.document_actors.c.actor)
    described_as = (told.name, told.kind, told.key, told.of, told.country, told.sector)
    found: dict[int, list[Described]] = {}
    for bases in chunks(same_actors(conn, ids)):
        query = select(who.label("who"), *described_as, func.count()).where(
            told.actor.in_(bases), told.document.in_(select(schema.documents.c.pk).where(*then))
        )
        for row in conn.execute(query.group_by("who", *described_as)):
            name, kind, key, of, country, sector, times = row[1:]
            described = Described(name, ActorKind(kind), key, of, country, sector, times)
            found.setdefault(row.who, []).append(described)
    return found


def _stored_actor(
    identity: str,
    told: Sequence[Described],
    names: Mapping[int, str],
    forms: Iterable[str],
    documents: int,
    reports: int,
) -> StoredActor:
    return StoredActor(
        name=usual((names[one.name], one.times) for one in told) or "",
        identity=identity,
        kind=usual((one.kind, one.times) for one in told) or told[0].kind,
        names=tuple(sorted(forms)),
        key=usual((one.key, one.times) for one in told),
        of=usual((one.of, one.times) for one in told),
        country=usual((one.country, one.times) for one in told),
        sector=usual((one.sector, one.times) for one in told),
        documents=documents,
        reports=reports,
    )
