"""Names and actors of the whole case: each spelling is kept once, each actor found again by its key or folded name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, CompoundSelect, Connection, Select, Table, bindparam, func, insert, select

from dragoman.asked import nearest
from dragoman.case import schema
from dragoman.case.text import fold, mend
from dragoman.errors import UsageError
from dragoman.record import Actor

T = TypeVar("T")
_CHUNK = 500  # values in one IN list, well under SQLite's limit of variables


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that fit one statement."""
    iterator = iter(values)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a column has one of the ``keys`` that a statement is given, as one list of any length: so a statement is
    built once and for all. For row ids and words of ours; text from outside may hold what SQLite's JSON does not."""
    given = func.json_each(bindparam("keys", type_=JSON)).table_valued("value")
    return column.in_(select(given.c.value))


def intern_names(conn: Connection, names: Iterable[str]) -> dict[str, int]:
    """Row ids of the (mended) names, new ones added."""
    return _intern(conn, schema.names, "name", [{"name": name, "folded": fold(name)} for name in sorted(set(names))])


def intern_actors(conn: Connection, actors: Sequence[Actor]) -> list[int]:
    """Row ids of the case-wide actors that a document's actors are, in their order."""
    identities = [identity(actor) for actor in actors]
    ids = _intern(conn, schema.actors, "identity", [{"identity": one} for one in sorted(set(identities))])
    return [ids[one] for one in identities]


def identity(actor: Actor) -> str:
    """What makes two documents' actors one: the pack's key, else the folded name."""
    return mend(actor.key) if actor.key else "~" + fold(mend(actor.name))


def _intern(conn: Connection, table: Table, column: str, rows: list[dict[str, str]]) -> dict[str, int]:
    found = _known(conn, table, column, rows)
    if fresh := [row for row in rows if row[column] not in found]:
        conn.execute(insert(table).prefix_with("OR IGNORE"), fresh)  # two may be mended alike
        found |= _known(conn, table, column, fresh)
    return found


def _known(conn: Connection, table: Table, column: str, rows: list[dict[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    query = _spelt(table, column)
    for chunk in chunks(row[column] for row in rows):
        found |= dict(conn.execute(query, {"spelt": chunk}).all())
    return found


@cache
def _spelt(table: Table, column: str) -> Select[Any]:
    words = table.c[column]
    return select(words, table.c.id).where(words.in_(bindparam("spelt", type_=words.type, expanding=True)))


def find_actors(conn: Connection, wanted: str) -> tuple[list[int], list[int]]:
    """Row ids of the actors that a user means by a name, and of the names that spell it.

    A key of a pack is that actor. A name that is some actor's own means those actors; only where it is nobody's own
    does it mean everybody who is called so (``Massoud``). Actors that were merged are one: all their rows are given,
    and all their names. Raises ``UsageError``, with the nearest name, when nobody is.
    """
    bases, names = find_bases(conn, wanted)
    together = same_actors(conn, bases)
    if len(together) > len(bases):
        cast = schema.document_actors.c
        own = conn.execute(select(cast.name).where(cast.actor.in_(together)).distinct()).scalars()
        names = sorted({*names, *own})
    return together, names


def same_actors(conn: Connection, bases: Sequence[int]) -> list[int]:
    """These actors' row ids and those of all that were decided to be one with them."""
    return sorted({*bases, *conn.execute(_SAME, {"keys": list(bases)}).scalars()})


def _same() -> CompoundSelect[int]:
    merged = schema.merged.c
    group = select(merged.actor).where(among(merged.base))
    return group.union(select(merged.base).where(merged.actor.in_(group) | among(merged.actor)))


_SAME = _same()


def whole_actor(column: ColumnElement[int]) -> ColumnElement[int]:
    """The row id of the actor that an actor was decided to be, else its own, for a column of actors' row ids."""
    merged = schema.merged.c
    return func.coalesce(select(merged.actor).where(merged.base == column).scalar_subquery(), column)


def whole_actors(conn: Connection, bases: Iterable[int]) -> list[int]:
    """The row ids that these actors go by after merging, each once."""
    own = schema.actors.c.id
    queries = (select(whole_actor(own)).where(own.in_(keys)) for keys in chunks(bases))
    return sorted({id for query in queries for id in conn.execute(query).scalars()})


def actor_identities(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The identities of the actors with these row ids."""
    actors = schema.actors.c
    found: dict[int, str] = {}
    for keys in chunks(ids):
        found |= dict(conn.execute(select(actors.id, actors.identity).where(actors.id.in_(keys))).all())
    return found


def find_bases(conn: Connection, wanted: str) -> tuple[list[int], list[int]]:
    """The same before any merging."""
    names = list(conn.execute(select(schema.names.c.id).where(schema.names.c.folded == fold(wanted))).scalars())
    by_key = select(schema.actors.c.id).where(schema.actors.c.identity == wanted)
    for query in (by_key, _own(names), _called(names)):
        if found := list(conn.execute(query).scalars()):
            return found, names
    if names and conn.execute(_as_participants(names)).first():
        return [], names
    raise UsageError(f"no actor {wanted!r} in this case; {_nearest(conn, wanted)}")


def _own(names: Sequence[int]) -> Select[tuple[int]]:
    cast = schema.document_actors
    return select(cast.c.actor).where(cast.c.name.in_(names)).distinct()


def _called(names: Sequence[int]) -> Select[tuple[int]]:
    cast, mentions = schema.document_actors, schema.mentions
    joined = cast.join(
        mentions, (mentions.c.document == cast.c.document) & (mentions.c.actor_position == cast.c.position)
    )
    return select(cast.c.actor).select_from(joined).where(mentions.c.name.in_(names)).distinct()


def _as_participants(names: Sequence[int]) -> Select[tuple[int]]:
    people = schema.participants.c
    return select(people.name).where(people.actor.is_(None), people.name.in_(names)).limit(1)


def _nearest(conn: Connection, wanted: str) -> str:
    cast, names = schema.document_actors, schema.names
    query = select(names.c.name).where(names.c.id.in_(select(cast.c.name)))
    near = nearest(wanted, conn.execute(query).scalars(), fold)
    return f"did you mean {near!r}?" if near else "`dragoman show CASE actors` lists them"
