"""Actors of the whole case: all that a case knows of each, gathered from the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Integer, Select, cast, select

from dragoman.case import schema
from dragoman.case.figures import NO_KEY, Described, described, names_of, usual
from dragoman.case.names import actor_identities, chunks
from dragoman.case.results import StoredActor
from dragoman.case.text import fold

_BATCH = 200


def iter_actors(conn: Connection, limit: int | None = None, *, named: str | None = None) -> Iterator[StoredActor]:
    """Every actor that some document has, those in most reports first; with ``named``, those with this in a name."""
    figures, actors = schema.figures.c, schema.actors.c
    query = (
        select(figures.who)
        .join(schema.actors, actors.id == figures.who)
        .where(figures.what == "actor", figures.key == NO_KEY)
        .order_by(figures.number.desc(), actors.identity)
        .limit(limit)
    )
    if named is not None:
        query = query.where(figures.who.in_(_named(named)))
    for batch in conn.execute(query, execution_options={"yield_per": _BATCH}).scalars().partitions():
        for _, actor in stored_actors(conn, batch):
            yield actor


def _named(part: str) -> Select[tuple[int]]:
    forms, names = schema.figures.alias("forms").c, schema.names.c
    spelt = select(names.id).where(names.folded.contains(fold(part), autoescape=True))
    return select(forms.who).where(forms.what == "name", cast(forms.key, Integer).in_(spelt))


def stored_actors(conn: Connection, ids: Iterable[int]) -> Iterator[tuple[int, StoredActor]]:
    """These actors, by the row ids that they go by after merging; ids that are in no document are left out."""
    for keys in chunks(ids):
        yield from _stored_actors(conn, keys)


def _stored_actors(conn: Connection, ids: Sequence[int]) -> Iterator[tuple[int, StoredActor]]:
    figures = schema.figures.c
    counted = select(figures.who, figures.number, figures.documents).where(figures.what == "actor")
    numbers = {row.who: row for row in conn.execute(counted.where(figures.who.in_(ids)))}
    told = described(conn, ids)
    called: dict[int, set[int]] = {}
    forms = select(figures.who, figures.key).where(figures.what == "name", figures.who.in_(ids))
    for who, key in conn.execute(forms):
        called.setdefault(who, set()).add(int(key))
    names = names_of(conn, set().union(*called.values()))
    identities = actor_identities(conn, ids)
    for id in ids:
        if id in numbers:
            forms_of = (names[name] for name in called[id])
            counts = (numbers[id].documents, numbers[id].number)
            yield id, _stored_actor(identities[id], told[id], names, forms_of, *counts)


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
