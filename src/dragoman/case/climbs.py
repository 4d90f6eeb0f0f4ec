"""How far each maker of steps has come toward an authority: kept, and told again where steps changed.

Triggers (migration 0012) note whose steps toward whom changed; they are gathered anew once, when a run or a decision
ends, and by whoever looks before. Each way is kept whole and in short: all are ranked by the short, and only those that
a page shows are read whole. So are those together who act for one state, where they are several.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import StepLine, country_of, maker_of, steps_of, steps_toward, teller
from dragoman.case.names import chunks, find_actors, whole_actors
from dragoman.reconcile.steps import TOGETHER, Ascent, Climbed, Maker, Taken, TakenStep, Told, ascent_of, climbed
from dragoman.record import Direction, Standing

_STANDINGS = {str(one): one for one in Standing}
_DIRECTIONS = {str(one): one for one in Direction}

Choose = Callable[[Iterable[Ascent]], Sequence[str]]
"""Whom to read whole of all who climb, by their ``by``, in the order in which they are wanted."""


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
            renewed = _renew(conn, toward[0])
            chosen = choose(_ascents(conn, toward[0], makers, renewed))
            kept = dict(_kept(conn, toward[0], chosen, renewed))
            ways = tuple(kept[by] for by in chosen)
            return Climbs(
                ways, *(_extent(conn, toward[0]) if makers is None else _extent_of(conn, toward[0], chosen, ways))
            )
        found = steps_toward(conn, authority, as_of=as_of, makers=makers)
    lines = _by_maker(line for line in found.lines if makers is None or _by(line) in makers)
    told = {by: climbed(own) for by, own in lines.items()}
    together = _together(lines, told)
    lines |= together
    told |= {by: climbed(own) for by, own in together.items()}
    chosen = choose(ascent_of(by, way) for by, way in told.items())
    extent = _told_of(found.lines if makers is None else [line for by in chosen for line in lines[by]])
    return Climbs(tuple(told[by] for by in chosen), *extent, found.undated)


def _with_companions(conn: Connection, actor: str) -> set[str]:
    """Under whom the steps are kept of an actor and of all who act for the same state; and of whoever is not told of
    yet."""
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


def _each(ascents: Iterable[Ascent]) -> list[str]:
    """All makers, each by themselves."""
    return [one.by for one in ascents if not one.is_together]


def _told_of(lines: Iterable[StepLine]) -> tuple[int, int]:
    told = [(line.document, line.teller) for line in lines]
    return len({document for document, _ in told}), len({teller for _, teller in told})


def refresh(conn: Connection) -> None:
    """Gather anew the steps that changed, within the transaction that ends a run or takes a decision."""
    table, stale = schema.climbs, schema.stale_climbs
    for toward in conn.execute(select(stale.c.toward).distinct()).scalars().all():
        renewed = _renew(conn, toward)
        for chunk in chunks(renewed.outdated):
            conn.execute(delete(table).where(table.c.toward == toward, table.c.by.in_(chunk)))
        rows = [
            {"toward": toward, "by": by, "told": _to_json(one), "short": _in_short(one), "country": _state_of(by, one)}
            for by, one in renewed.ways.items()
        ]
        if rows:
            conn.execute(insert(table), rows)
        conn.execute(delete(stale).where(stale.c.toward == toward))


@dataclass(frozen=True, slots=True)
class _Renewed:
    """Ways that are gathered anew; what is kept under those ``outdated`` does not hold any more."""

    outdated: frozenset[str]
    ways: Mapping[str, Climbed]


def _renew(conn: Connection, toward: int) -> _Renewed:
    """The ways whose steps changed, and those of the states for which their makers act, or did."""
    table, stale = schema.climbs.c, _stale(conn, toward)
    if not stale:
        return _Renewed(frozenset(), {})
    lines = _by_maker(_lines_of(conn, toward, stale))
    ways = {by: climbed(own) for by, own in lines.items()}
    acting = conn.execute(
        select(table.by, table.country).where(table.toward == toward, table.country.is_not(None))
    ).all()
    touched = {row.country for row in acting if row.by in stale} | {_state_of(by, way) for by, way in ways.items()}
    others = {by for by, country in acting if country in touched and by not in stale and not by.startswith(TOGETHER)}
    lines |= _by_maker(_lines_of(conn, toward, others))
    told = ways | {by: climbed(lines[by]) for by in others}
    together = {by: climbed(own) for by, own in _together(lines, told).items()}
    return _Renewed(frozenset(stale | {f"{TOGETHER}{country}" for country in touched if country}), ways | together)


def _state_of(by: str, way: Climbed) -> str | None:
    """The country for whose state those act whose way is kept under this."""
    if by.startswith(TOGETHER):
        return by.removeprefix(TOGETHER)
    return way.maker.acts_for if way.maker else None


def _together(lines: Mapping[str, list[StepLine]], told: Mapping[str, Climbed]) -> dict[str, list[StepLine]]:
    """The lines of those who act for one state, where they are several."""
    states: dict[str, list[str]] = {}
    for by in sorted(lines):
        if country := _state_of(by, told[by]):
            states.setdefault(country, []).append(by)
    several = {country: own for country, own in states.items() if len(own) > 1}
    return {f"{TOGETHER}{country}": [line for by in own for line in lines[by]] for country, own in several.items()}


def _extent_of(conn: Connection, toward: int, chosen: Sequence[str], ways: Sequence[Climbed]) -> tuple[int, int]:
    """The documents that tell of these ways, and their independent sources."""
    if len(ways) == 1:
        return ways[0].whole.documents, ways[0].whole.sources
    table = schema.climbs.c
    states = [by.removeprefix(TOGETHER) for by in chosen if by.startswith(TOGETHER)]
    acting = conn.execute(select(table.by).where(table.toward == toward, table.country.in_(states))).scalars()
    return _told_of(_lines_of(conn, toward, {*chosen, *acting}))


def _lines_of(conn: Connection, toward: int, makers: Collection[str]) -> list[StepLine]:
    own = {by for by in makers if not by.startswith(TOGETHER)}
    return [line for line in (steps_of(conn, toward, own) if own else ()) if _by(line) in own]


def _kept(conn: Connection, toward: int, wanted: Collection[str], renewed: _Renewed) -> Iterator[tuple[str, Climbed]]:
    """The ways of the wanted makers."""
    table = schema.climbs.c
    query = select(table.by, table.told).where(table.toward == toward)
    for chunk in chunks(by for by in wanted if by not in renewed.outdated):
        yield from ((by, _from_json(told)) for by, told in conn.execute(query.where(table.by.in_(chunk))))
    yield from renewed.ways.items()


def _ascents(conn: Connection, toward: int, wanted: Collection[str] | None, renewed: _Renewed) -> Iterator[Ascent]:
    """The ways in short of all, or of at least the wanted makers."""
    table = schema.climbs.c
    query = select(table.by, table.short).where(table.toward == toward)
    for one in [query] if wanted is None else [query.where(table.by.in_(chunk)) for chunk in chunks(wanted)]:
        yield from (_of_short(by, short) for by, short in conn.execute(one) if by not in renewed.outdated)
    yield from (ascent_of(by, way) for by, way in renewed.ways.items())


def _stale(conn: Connection, toward: int) -> set[str]:
    stale = schema.stale_climbs.c
    return set(conn.execute(select(stale.by).where(stale.toward == toward)).scalars())


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
    taken = [
        (step.rung, step.direction, step.day, int(step.said), step.reports, *((1,) if step.is_open else ()))
        for step in own.taken
    ]
    row = (one.name, one.maker and asdict(one.maker), one.whole.sources, own.rungs, taken, own.ahead)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _of_short(by: str, text: str) -> Ascent:
    name, maker, sources, rungs, taken, ahead = json.loads(text)
    steps = (
        Taken(rung, _DIRECTIONS[direction], day, bool(said), tuple(reports), bool(going_on))
        for rung, direction, day, said, reports, *going_on in taken
    )
    return Ascent(by, name, _maker(maker), sources, rungs, tuple(steps), tuple(ahead))


def _maker(row: dict[str, Any] | None) -> Maker | None:
    return None if row is None else maker_of(row["kind"], row["key"], row["country"], row["sector"])


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
