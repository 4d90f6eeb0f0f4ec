"""What is counted of the case and of each actor: kept as documents come, so that a page reads sums and not reports.

Each document's part is in ``counted``; triggers (migration 0006) add it up in ``figures``. Both follow merges: ``who``
is the actor that an actor was decided to be, 0 the case itself. What is counted under which key:

========== ========================================= ==================================== =======================
what       key                                       number                               documents
========== ========================================= ==================================== =======================
actor                                                reports in which it has a part       that name it
as         JSON: name id, kind, key, of, country,    times that documents tell it so
           sector
name       name id                                   documents that mention it so         that call it so
source     independent source                                                             with a part of it
role       kind, role                                reports
voice      kind, who speaks: an actor before merges, reports, of which it has a part
           minus a name's id
speaks                                               reports told in its words
type       event type (of the case)                  events
sentences  (of the case)                             sentences
characters (of the case)                             characters
========== ========================================= ==================================== =======================
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select

from dragoman.case import schema
from dragoman.case.names import among, same_actors
from dragoman.record import ActorKind

T = TypeVar("T")
CASE = 0
"""Who stands for the case itself."""
NO_KEY: Any = literal_column("''")
ACTOR: Any = literal_column("'actor'")
"""Written out, since SQLite takes an index on part of the rows only where the query says which."""

_WHOLE = "LEFT JOIN merged ON merged.base = {0}.actor"
_WHO = "coalesce(merged.actor, {0}.actor)"
_CAST = f"FROM document_actors AS t {_WHOLE.format('t')} WHERE t.{{document}} AND t.{{actor}}"
_ROLE = f"""
    FROM reports AS r CROSS JOIN participants AS p ON p.report = r.pk {_WHOLE.format("p")} {{0}}
    WHERE r.{{{{document}}}} AND p.actor IS NOT NULL AND p.{{{{actor}}}} AND p.role {{1}}
"""
_PART = _ROLE.format("", "<> 'voice'")
_TOLD_PART = _ROLE.format(
    "CROSS JOIN participants AS v ON v.report = r.pk AND v.role = 'voice' AND v.position = 0", "<> 'voice'"
)
_SPEAKING = _ROLE.format("", "= 'voice'")

# Each gives: document, who, what, key, number. {document} and {actor} stand for conditions.
_COUNTS: tuple[str, ...] = (
    f"""
    SELECT document, who, 'actor', '', sum(number) FROM (
        SELECT DISTINCT t.document AS document, {_WHO.format("t")} AS who, 0 AS number {_CAST}
        UNION ALL
        SELECT r.document, {_WHO.format("p")}, count(DISTINCT r.pk) {_PART} GROUP BY 1, 2
    ) GROUP BY document, who
    """,
    f"""
    SELECT t.document, {_WHO.format("t")}, 'as',
        json_array(t.name, t.kind, t."key", t."of", t.country, t.sector), count(*)
    {_CAST} GROUP BY 1, 2, 4
    """,
    f"""
    SELECT document, who, 'name', CAST(name AS TEXT), max(number) FROM (
        SELECT t.document AS document, {_WHO.format("t")} AS who, t.name AS name, 0 AS number {_CAST}
        UNION ALL
        SELECT t.document, {_WHO.format("t")}, m.name, 1
        FROM document_actors AS t CROSS JOIN mentions AS m ON m.document = t.document AND m.actor_position = t.position
        {_WHOLE.format("t")} WHERE t.{{document}} AND t.{{actor}}
    ) GROUP BY document, who, name
    """,
    f"""
    SELECT DISTINCT r.document, {_WHO.format("p")}, 'source', (SELECT coalesce(teller, '~' || id) FROM documents
        WHERE pk = r.document), 0
    {_PART}
    """,
    f"""
    SELECT r.document, {_WHO.format("p")}, 'role', r.kind || ' ' || p.role, count(DISTINCT r.pk)
    {_PART} GROUP BY 1, 2, 4
    """,
    f"""
    SELECT r.document, {_WHO.format("p")}, 'voice', r.kind || ' ' || coalesce(v.actor, -v.name), count(DISTINCT r.pk)
    {_TOLD_PART} GROUP BY 1, 2, 4
    """,
    f"""
    SELECT r.document, {_WHO.format("p")}, 'speaks', '', count(DISTINCT r.pk)
    {_SPEAKING} GROUP BY 1, 2
    """,
)  # fmt: skip
_COUNTS_OF_CASE: tuple[str, ...] = (
    f"""
    SELECT r.document, {CASE}, 'type', events.type, count(*)
    FROM reports AS r CROSS JOIN events ON events.report = r.pk WHERE r.{{document}} GROUP BY 1, 4
    """,
    f"SELECT t.document, {CASE}, 'sentences', '', count(*) FROM sentences AS t WHERE t.{{document}} GROUP BY 1",
    f"SELECT pk, {CASE}, 'characters', '', characters FROM (SELECT pk, pk AS document, characters FROM documents) AS t"
    " WHERE t.{document}",
)
_DAY = "coalesce(r.date_from, r.date_to, documents.published, '')"
_PARTS: tuple[str, ...] = (
    f"""
    SELECT r.document, r.pk, {CASE}, r.kind, {_DAY}
    FROM reports AS r JOIN documents ON documents.pk = r.document WHERE r.{{document}} AND r.state <> 'rejected'
    """,
    f"""
    SELECT DISTINCT r.document, r.pk, coalesce(merged.actor, p.actor, -p.name), r.kind, {_DAY}
    FROM reports AS r CROSS JOIN participants AS p ON p.report = r.pk JOIN documents ON documents.pk = r.document
    {_WHOLE.format("p")} WHERE r.{{document}} AND p.role <> 'voice' AND p.{{actor}}
    """,
)  # fmt: skip
_EVERY_DOCUMENT, _EVERY_ACTOR = "document > 0", "actor IS NOT 0"  # of participants some are no actor: null


def count_document(conn: Connection, pk: int) -> frozenset[int]:
    """Count a document anew, within the transaction that changes it or what is known of it; whom it names, or named
    until now."""
    here = {"pk": pk}
    before = conn.execute(_NAMED, here).scalars().all()
    for statement in _FORGET:
        conn.execute(statement, here)
    _count(conn, "document = :pk", pk=pk)
    return frozenset(before).union(conn.execute(_NAMED, here).scalars())


_NAMED = select(schema.counted.c.who).where(
    schema.counted.c.document == bindparam("pk"), schema.counted.c.what == "actor"
)
_FORGET = tuple(delete(table).where(table.c.document == bindparam("pk")) for table in (schema.parts, schema.counted))


def count_all(conn: Connection) -> None:
    """Count every document of a case that has no figures yet, and no triggers that would add them up."""
    _count(conn, _EVERY_DOCUMENT)
    conn.exec_driver_sql(
        'INSERT INTO figures SELECT who, what, "key", sum(number), count(*) FROM counted GROUP BY who, what, "key"'
    )


def recount_actors(conn: Connection, actors: Collection[int]) -> None:
    """Count anew those who are another actor now, or were until now, in all of their documents."""
    bases = _listed(same_actors(conn, sorted(actors)))
    documents = (
        f"document IN (SELECT document FROM document_actors WHERE actor IN ({bases}) UNION SELECT document "
        f"FROM participants JOIN reports ON reports.pk = participants.report WHERE participants.actor IN ({bases}))"
    )
    for table in ("parts", "counted"):
        conn.exec_driver_sql(f"DELETE FROM {table} WHERE {documents} AND who IN ({bases})")
    _count(conn, documents, f"actor IN ({bases})")


def _count(conn: Connection, document: str, actor: str | None = None, **values: int) -> None:
    """Conditions are put in as text: a statement has one on each of its tables."""
    counts = _COUNTS if actor else (*_COUNTS, *_COUNTS_OF_CASE)
    parts = _PARTS[1:] if actor else _PARTS
    for table, queries in (("counted", counts), ("parts", parts)):
        for query in queries:
            told = query.format(document=document, actor=actor or _EVERY_ACTOR)
            conn.exec_driver_sql(f"INSERT INTO {table} {told}", values)


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(f"{id:d}" for id in ids)


@dataclass(frozen=True, slots=True)
class Described:
    """An actor as documents describe it: the row id of its name, and how many times they do so."""

    name: int
    kind: ActorKind
    key: str | None
    of: str | None
    country: str | None
    sector: str | None
    times: int


def described(conn: Connection, actors: Iterable[int] | None = None) -> dict[int, list[Described]]:
    """How documents describe these actors (row ids, merges followed), or all."""
    rows = conn.execute(_AS) if actors is None else conn.execute(_THESE_AS, {"keys": list(actors)})
    found: dict[int, list[Described]] = {}
    for who, told, times in rows:
        name, kind, key, of, country, sector = json.loads(told)
        described = Described(name, ActorKind(kind), key, of, country, sector, times)
        found.setdefault(who, []).append(described)
    return found


_AS = select(schema.figures.c.who, schema.figures.c.key, schema.figures.c.number).where(schema.figures.c.what == "as")
_THESE_AS = _AS.where(among(schema.figures.c.who))


def usual_names(conn: Connection, actors: Iterable[int]) -> dict[int, str]:
    """The name that most documents have for each actor (merges followed), of several the first in the alphabet."""
    told = described(conn, actors)
    names = names_of(conn, {one.name for ones in told.values() for one in ones})
    return {actor: usual((names[one.name], one.times) for one in ones) or "" for actor, ones in told.items()}


def usual(values: Iterable[tuple[T | None, int]]) -> T | None:
    """The value that most documents have, of several the first in the alphabet; ``None`` only where none has any."""
    told: Counter[T] = Counter()
    for value, times in values:
        if value is not None:
            told[value] += times
    return min(told, key=lambda value: (-told[value], str(value)), default=None)


def names_of(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The names with these row ids."""
    return dict(conn.execute(_NAMES, {"keys": list(ids)}).all())


_NAMES = select(schema.names.c.id, schema.names.c.name).where(among(schema.names.c.id))


def figures_of(conn: Connection, who: int, conditions: Sequence[Any] = ()) -> list[tuple[str, str, int, int]]:
    """What, key, number and documents of all that is counted of an actor or of the case; or of it in the documents
    that meet the conditions."""
    figures, counted, dated = schema.figures.c, schema.counted.c, schema.documents.c
    query = select(figures.what, figures.key, figures.number, figures.documents).where(figures.who == who)
    if conditions:
        met = select(dated.pk).where(*conditions)
        here = (counted.document + 0).in_(met)  # a sum is not looked up in an index, so that the right one is taken
        if who != CASE:
            own = schema.counted.alias("own").c
            here = counted.document.in_(
                select(own.document).where(own.what == ACTOR, own.who == who, (own.document + 0).in_(met))
            )
        query = select(counted.what, counted.key, func.sum(counted.number), func.count())
        query = query.where(counted.who == who, here).group_by(counted.what, counted.key)
    return [(what, key, number, documents) for what, key, number, documents in conn.execute(query).all()]
