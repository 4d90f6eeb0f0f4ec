"""How far each maker of steps has come toward an authority: kept, and told again where steps changed.

Triggers (migration 0012) note whose steps toward whom changed; they are gathered anew once, when a run or a decision
ends, and by whoever looks before. Each way is kept whole and in short: all are ranked by the short, and only those that
a page shows are read whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import StepLine, country_of, steps_of, steps_toward, teller
from dragoman.case.names import chunks, find_actors, whole_actors
from dragoman.reconcile.steps import Ascent, Climbed, Maker, Taken, TakenStep, Told, ascent_of, climbed
from dragoman.record import ActorKind, Direction, Standing

_STANDINGS = {str(one): one for one in Standing}
_DIRECTIONS = {str(one): one for one in Direction}

Choose = Callable[[Iterable[Ascent]], Sequence[Sequence[str]]]
"""Whom to read whole of all who climb, by their ``by``, in the order in which they are wanted; those who are given
together are taken for one."""


@dataclass(frozen=True, slots=True)
class Climbs:
    """Ways toward an authority; ``undated`` counts reports left out, since their documents have no date that could be
    compared with the one asked for."""

    climbs: tuple[Climbed, ...]
    documents: int
    sources: int
    undated: int = 0


def climbs_toward(
    conn: Connection,
    authority: str,
    *,
    actor: str | None = None,
    as_of: str | None = None,
    choose: Choose | None = None,
) -> Climbs:
    """The ways toward this actor (a key or name), as told by a date: of all, or of one and of whoever is of the same
    country and so may act for it; of those who are chosen of these.

    ``documents`` and ``sources`` tell of all, where one is asked for of the chosen. Raises ``UsageError``.
    """
    choose = choose or _each
    with snapshot(conn):
        toward = whole_actors(conn, find_actors(conn, authority)[0])
        makers = None if actor is None else _with_companions(conn, actor)
        if as_of is None and len(toward) == 1:
            groups = choose(_ascents(conn, toward[0], makers))
            ways = tuple(_read(conn, toward[0], groups))
            extent = _extent(conn, toward[0]) if makers is None else _extent_of(conn, toward[0], groups, ways)
            return Climbs(ways, *extent)
        found = steps_toward(conn, authority, as_of=as_of, makers=makers)
    lines = _by_maker(found.lines)
    groups = choose(ascent_of(by, climbed(own)) for by, own in lines.items() if makers is None or by in makers)
    chosen = [[line for by in group for line in lines[by]] for group in groups]
    extent = _told_of(found.lines if makers is None else [line for own in chosen for line in own])
    return Climbs(tuple(map(climbed, chosen)), *extent, found.undated)


def _with_companions(conn: Connection, actor: str) -> set[str]:
    """Under whom the steps are kept of an actor and of all of the same country; and of whoever is not told of yet."""
    table, stale = schema.climbs.c, schema.stale_climbs.c
    found = set(makers_called(conn, actor))
    if country := country_of(conn, actor):
        found.update(conn.execute(select(table.by).where(table.country == country)).scalars())
        found.update(conn.execute(select(stale.by).where(stale.by.not_in(select(table.by)))).scalars())
    return found


def makers_called(conn: Connection, actor: str) -> frozenset[str]:
    """Under whom (``Ascent.by``) the steps are kept of those who go by this key or name. Raises ``UsageError``."""
    actors, names = find_actors(conn, actor)
    folded = conn.execute(select(schema.names.c.folded).where(schema.names.c.id.in_(names))).scalars()
    return frozenset({str(one) for one in whole_actors(conn, actors)} | {f"~{name}" for name in folded})


def _each(ascents: Iterable[Ascent]) -> list[tuple[str]]:
    return [(one.by,) for one in ascents]


def _told_of(lines: Iterable[StepLine]) -> tuple[int, int]:
    told = [(line.document, line.teller) for line in lines]
    return len({document for document, _ in told}), len({teller for _, teller in told})


def refresh(conn: Connection) -> None:
    """Gather anew the steps that changed, within the transaction that ends a run or takes a decision."""
    table, stale = schema.climbs, schema.stale_climbs
    by_authority: dict[int, list[str]] = {}
    for toward, by in conn.execute(select(stale.c.toward, stale.c.by)):
        by_authority.setdefault(toward, []).append(by)
    for toward, makers in by_authority.items():
        for chunk in chunks(makers):
            conn.execute(delete(table).where(table.c.toward == toward, table.c.by.in_(chunk)))
        rows = [
            {"toward": toward, "by": by, "told": _to_json(one), "short": _in_short(one)}
            | {"country": one.maker and one.maker.country}
            for by, one in _anew(conn, toward, makers)
        ]
        if rows:
            conn.execute(insert(table), rows)
    if by_authority:
        conn.execute(delete(stale))


def _read(conn: Connection, toward: int, groups: Sequence[Sequence[str]]) -> Iterator[Climbed]:
    """The ways of these, each of several who are taken for one gathered anew of all that is told of them."""
    kept = dict(_kept(conn, toward, [group[0] for group in groups if len(group) == 1]))
    lines = _by_maker(_lines_of(conn, toward, [group for group in groups if len(group) > 1]))
    for group in groups:
        yield kept[group[0]] if len(group) == 1 else climbed([line for by in group for line in lines[by]])


def _extent_of(
    conn: Connection, toward: int, groups: Sequence[Sequence[str]], ways: Sequence[Climbed]
) -> tuple[int, int]:
    """The documents that tell of these ways, and their independent sources."""
    if len(ways) == 1:
        return ways[0].whole.documents, ways[0].whole.sources
    return _told_of(_lines_of(conn, toward, groups))


def _lines_of(conn: Connection, toward: int, groups: Sequence[Sequence[str]]) -> list[StepLine]:
    makers = {by for group in groups for by in group}
    found = steps_of(conn, toward, makers) if makers else ()
    return [line for line in found if _by(line) in makers]


def _kept(conn: Connection, toward: int, wanted: Collection[str]) -> Iterator[tuple[str, Climbed]]:
    """The ways of the wanted makers."""
    table = schema.climbs.c
    makers = _stale(conn, toward) & set(wanted)
    query = select(table.by, table.told).where(table.toward == toward)
    for chunk in chunks(wanted):
        rows = conn.execute(query.where(table.by.in_(chunk)))
        yield from ((by, _from_json(told)) for by, told in rows if by not in makers)
    if makers:
        yield from _anew(conn, toward, makers)


def _ascents(conn: Connection, toward: int, wanted: Collection[str] | None) -> Iterator[Ascent]:
    """The ways in short of all, or of the wanted makers."""
    table = schema.climbs.c
    makers = _stale(conn, toward)
    query = select(table.by, table.short).where(table.toward == toward)
    for one in [query] if wanted is None else [query.where(table.by.in_(chunk)) for chunk in chunks(wanted)]:
        yield from (_of_short(by, short) for by, short in conn.execute(one) if by not in makers)
    if wanted is not None:
        makers &= set(wanted)
    if makers:
        yield from (ascent_of(by, one) for by, one in _anew(conn, toward, makers))


def _stale(conn: Connection, toward: int) -> set[str]:
    stale = schema.stale_climbs.c
    return set(conn.execute(select(stale.by).where(stale.toward == toward)).scalars())


def _anew(conn: Connection, toward: int, makers: Collection[str]) -> Iterator[tuple[str, Climbed]]:
    return ((by, climbed(own)) for by, own in _by_maker(_lines_of(conn, toward, [tuple(makers)])).items())


def _by_maker(lines: Iterable[StepLine]) -> dict[str, list[StepLine]]:
    found: dict[str, list[StepLine]] = {}
    for line in lines:
        found.setdefault(_by(line), []).append(line)
    return found


def _by(line: StepLine) -> str:
    return line.by.actor if line.by else ""


def _extent(conn: Connection, toward: int) -> tuple[int, int]:
    """The documents that tell of steps toward an actor, and their independent sources."""
    counted, documents = schema.counted.c, schema.documents.c
    query = select(func.count(), func.count(teller().distinct())).join(
        schema.documents, documents.pk == counted.document
    )
    told = (counted.who == toward, counted.what == "role", counted.key == "step toward")
    found = conn.execute(query.select_from(schema.counted).where(*told)).one()
    return found[0], found[1]


def _to_json(one: Climbed) -> str:
    return json.dumps(asdict(one), ensure_ascii=False, separators=(",", ":"))


def _in_short(one: Climbed) -> str:
    own = ascent_of("", one)
    taken = [(step.rung, step.direction, step.day, int(step.said), step.reports) for step in own.taken]
    row = (one.name, one.maker and asdict(one.maker), one.whole.sources, own.rungs, taken)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _of_short(by: str, text: str) -> Ascent:
    name, maker, sources, rungs, taken = json.loads(text)
    steps = (
        Taken(rung, _DIRECTIONS[direction], day, bool(said), tuple(reports))
        for rung, direction, day, said, reports in taken
    )
    return Ascent(by, name, _maker(maker), sources, rungs, tuple(steps))


def _maker(row: dict[str, Any] | None) -> Maker | None:
    return None if row is None else Maker(ActorKind(row["kind"]), row["key"], row["country"], row["sector"])


def _from_json(text: str) -> Climbed:
    row = json.loads(text)
    return Climbed(
        name=row["name"],
        maker=_maker(row["maker"]),
        steps=tuple(map(_step, row["steps"])),
        rungs={rung: Told(**told) for rung, told in row["rungs"].items()},
        whole=Told(**row["whole"]),
    )


def _step(row: dict[str, Any]) -> TakenStep:
    row["direction"], row["standing"] = _DIRECTIONS[row["direction"]], _STANDINGS[row["standing"]]
    row["voices"], row["reports"] = tuple(row["voices"]), tuple(row["reports"])
    row["makers"] = tuple(row["makers"])
    return TakenStep(**row)
