"""How far each maker of steps has come toward an authority: kept, and told again where steps changed.

Triggers (migration 0012) note whose steps toward whom changed; they are gathered anew once, when a run or a decision
ends, and by whoever looks before. Each way is kept whole and in short: all are ranked by the short, and only those that
a page shows are read whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import StepLine, steps_of, steps_toward, teller
from dragoman.case.names import chunks, find_actors, whole_actors
from dragoman.reconcile.steps import Ascent, Climbed, Taken, TakenStep, Told, ascent_of, climbed
from dragoman.record import Direction, Standing

_STANDINGS = {str(one): one for one in Standing}
_DIRECTIONS = {str(one): one for one in Direction}

Choose = Callable[[Iterable[Ascent]], Sequence[str]]
"""Whom to read whole of all who climb, by their ``by``, in the order in which they are wanted."""


@dataclass(frozen=True, slots=True)
class Climbs:
    """Everybody's way toward an authority; ``undated`` counts reports left out, since their documents have no date that
    could be compared with the one asked for."""

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
    """The ways toward this actor (a key or name), of all or of one, as told by a date; of those who are chosen of
    these. Raises ``UsageError``."""
    with snapshot(conn):
        toward = whole_actors(conn, find_actors(conn, authority)[0])
        if as_of is None and len(toward) == 1:
            if actor is None:
                makers = None if choose is None else choose(_ascents(conn, toward[0]))
                kept = dict(_kept(conn, toward[0], makers))
                return Climbs(_wanted(kept, makers), *_extent(conn, toward[0]))
            own = dict(_kept(conn, toward[0], _makers(conn, actor)))
            if len(own) == 1:
                (one,) = own.values()
                return Climbs(_chosen(own, choose), one.whole.documents, one.whole.sources)
        found = steps_toward(conn, authority, actor=actor, as_of=as_of)
    lines: Sequence[StepLine] = found.lines
    documents, sources = {line.document for line in lines}, {line.teller for line in lines}
    return Climbs(_chosen(dict(_gathered(lines)), choose), len(documents), len(sources), found.undated)


def _chosen(ways: Mapping[str, Climbed], choose: Choose | None) -> tuple[Climbed, ...]:
    return _wanted(ways, choose and choose(ascent_of(by, one) for by, one in ways.items()))


def _wanted(ways: Mapping[str, Climbed], makers: Sequence[str] | None) -> tuple[Climbed, ...]:
    return tuple(ways.values() if makers is None else (ways[by] for by in makers))


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
            for by, one in _anew(conn, toward, makers)
        ]
        if rows:
            conn.execute(insert(table), rows)
    if by_authority:
        conn.execute(delete(stale))


def _makers(conn: Connection, actor: str) -> set[str]:
    """Under whom the steps are kept of those who go by this key or name."""
    actors, names = find_actors(conn, actor)
    folded = conn.execute(select(schema.names.c.folded).where(schema.names.c.id.in_(names))).scalars()
    return {str(one) for one in whole_actors(conn, actors)} | {f"~{name}" for name in folded}


def _kept(conn: Connection, toward: int, wanted: Collection[str] | None = None) -> Iterator[tuple[str, Climbed]]:
    """The ways of all, or of the wanted makers."""
    table = schema.climbs.c
    makers = _stale(conn, toward)
    query = select(table.by, table.told).where(table.toward == toward)
    for one in [query] if wanted is None else [query.where(table.by.in_(chunk)) for chunk in chunks(wanted)]:
        yield from ((by, _from_json(told)) for by, told in conn.execute(one) if by not in makers)
    if wanted is not None:
        makers &= set(wanted)
    if makers:
        yield from _anew(conn, toward, makers)


def _ascents(conn: Connection, toward: int) -> Iterator[Ascent]:
    """The ways of all in short."""
    table = schema.climbs.c
    makers = _stale(conn, toward)
    for by, short in conn.execute(select(table.by, table.short).where(table.toward == toward)):
        if by not in makers:
            yield _of_short(by, short)
    if makers:
        yield from (ascent_of(by, one) for by, one in _anew(conn, toward, makers))


def _stale(conn: Connection, toward: int) -> set[str]:
    stale = schema.stale_climbs.c
    return set(conn.execute(select(stale.by).where(stale.toward == toward)).scalars())


def _anew(conn: Connection, toward: int, makers: Collection[str]) -> Iterator[tuple[str, Climbed]]:
    wanted = set(makers)
    return ((by, one) for by, one in _gathered(steps_of(conn, toward, wanted)) if by in wanted)


def _gathered(lines: Iterable[StepLine]) -> Iterator[tuple[str, Climbed]]:
    by_maker: dict[str, list[StepLine]] = {}
    for line in lines:
        by_maker.setdefault(line.by.actor if line.by else "", []).append(line)
    for by, own in by_maker.items():
        yield by, climbed((line.by.name for line in own if line.by), own)


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
    taken = [(step.rung, step.direction, step.day, int(step.said), step.reports) for step in one.taken()]
    row = (one.name, one.whole.sources, tuple(one.rungs), taken)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _of_short(by: str, text: str) -> Ascent:
    name, sources, rungs, taken = json.loads(text)
    steps = (
        Taken(rung, _DIRECTIONS[direction], day, bool(said), tuple(reports))
        for rung, direction, day, said, reports in taken
    )
    return Ascent(by, name, sources, tuple(rungs), tuple(steps))


def _from_json(text: str) -> Climbed:
    row = json.loads(text)
    return Climbed(
        name=row["name"],
        steps=tuple(map(_step, row["steps"])),
        rungs={rung: Told(**told) for rung, told in row["rungs"].items()},
        whole=Told(**row["whole"]),
    )


def _step(row: dict[str, Any]) -> TakenStep:
    row["direction"], row["standing"] = _DIRECTIONS[row["direction"]], _STANDINGS[row["standing"]]
    row["voices"], row["reports"] = tuple(row["voices"]), tuple(row["reports"])
    return TakenStep(**row)
