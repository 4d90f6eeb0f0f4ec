"""The ladder: how far each state has come toward the recognition of an authority, step by step, as told by a date.

Five rules, plain enough to be told to the reader:

- Reports are one step when they have the same maker, authority, rung, direction and standing, and their dates lie
  within ``NEAR`` days of the first of them. A month or year joins a step that lies in it. A report without a date joins
  the last step like it that was before its document, since papers go on mentioning what has been done, unless a step
  the other way came between.
- A step up stands until a later step down on its rung, or on one that undoes it (``undoes``, in the pack). A vague date
  counts from its beginning. Of steps on one day the one told later counts, and one down counts after one up.
- Where the pack says ``since`` when the authority has been there, a step up before that does not stand any more, unless
  it is told as going on (*since 2017*).
- Only steps told as done, by a document in its own name, put a state on a rung. What somebody only says, and what is
  planned, asked for, possible, conditional or denied, is shown apart.
- States climb, and groups of states and intergovernmental bodies that a pack or the record knows as such. What offices,
  officials and bodies of a state do counts for it, where the record says whose they are. Steps of all others, and of
  those who are of the authority's own country, stand apart and put nobody on a rung.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from dragoman.case import Case
from dragoman.case.climbs import Climbs
from dragoman.errors import UsageError
from dragoman.knowledge import Rung, load_outline, print_packs
from dragoman.knowledge.countries import name_of
from dragoman.knowledge.prints import HEAD
from dragoman.reconcile.steps import Ascent, Climbed, Taken, TakenStep, counted
from dragoman.record import ActorKind, Direction, Standing
from dragoman.record.words import listed, plural

NOBODY = "somebody unnamed"
_NAMED = 3


class Held(StrEnum):
    """What a state's steps on a rung come to."""

    STANDS = "stands"
    SAID = "said to stand"
    UNDONE = "undone"
    DOWN = "down"
    """No step up is told as done, but one down is."""
    AHEAD = "not taken"
    """Only planned, possible, asked for, on a condition, or denied."""
    NEVER = ""


MARKS: dict[Held, tuple[str, str]] = {
    Held.STANDS: ("●", "stands"),
    Held.SAID: ("○", "stands only as somebody says"),
    Held.UNDONE: ("×", "undone"),
    Held.DOWN: ("↓", "only steps down"),
    Held.AHEAD: ("·", "only planned, asked for, possible or denied"),
    Held.NEVER: ("", ""),
}
"""The signs of the ladder's grid and what they say."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """A step that went against the one before it: up again, or down, after ``before`` (a day, as ``day`` is)."""

    rung: str
    direction: Direction
    before: str
    day: str
    by: str
    """The rung of the step that did it: the same, or one that undoes it."""
    reports: tuple[str, ...]


def turned(back: Reversal) -> str:
    """A reversal in words."""
    through = "" if back.by == back.rung else f" (through {back.by})"
    return f"{back.rung}: {back.direction} on {back.day}, against the step of {back.before}{through}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A state on a rung: what its steps come to, since when, and the counts of its steps by standing."""

    rung: str
    held: Held
    since: str
    steps: Mapping[Standing, int]
    documents: int
    sources: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Climb:
    """A state's way: ``highest`` is the highest rung on which it stands, ``said`` a higher one on which it stands only
    if what speakers say is so, ``cells`` those of all rungs, lowest first, ``steps`` in time. ``apart``: it is the way
    of somebody who is no state and acts for none, which stands on no rung."""

    actor: str
    apart: bool
    highest: str | None
    said: str | None
    cells: tuple[Cell, ...]
    steps: tuple[TakenStep, ...]
    reversals: tuple[Reversal, ...]
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Unranked:
    """A rung that reports have but no pack of the case (any more), on which nobody can stand: how many steps are told
    on it, and whose."""

    rung: str
    steps: int
    who: tuple[str, ...]


def told_unranked(one: Unranked) -> str:
    """A rung that no pack has, in words."""
    return f"{one.rung} ({plural(one.steps, 'step')} by {listed(one.who, most=_NAMED)})"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody's way toward an authority, those who came highest first and those apart last, or as many of ``all`` of
    them as were asked for.

    ``turned`` are the latest reversals of all states, as many, by whom.
    ``changed`` tells, a sentence for each pack, of documents that were read when it had other rungs.
    ``undated`` counts reports left out, since their documents have no date that ``as_of`` could be compared with.
    """

    authority: str
    as_of: str | None
    rungs: tuple[str, ...]
    unranked: tuple[Unranked, ...]
    climbs: tuple[Climb, ...]
    all: int
    turned: tuple[tuple[str, Reversal], ...]
    documents: int
    sources: int
    undated: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways toward an authority as they were told, those who came highest first: enough to choose whose cells
    are wanted. The first ``states`` of them are not apart; of the others there are those who took the latest of all
    ``steps`` that were asked for. ``all`` counts everybody's. ``unranked`` and ``changed``: see ``Ladder``."""

    authority: str
    ranked: tuple[Climbed, ...]
    states: int
    steps: int
    all: int
    unranked: tuple[Unranked, ...]
    changed: tuple[str, ...]
    _rules: _Rules

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rungs, lowest first."""
        return tuple(self._rules.ranks)

    @property
    def on_rungs(self) -> tuple[Climbed, ...]:
        """The ways of states on which some step is on one of the rungs."""
        return tuple(one for one in self.ranked[: self.states] if self._rules.ranks.keys() & one.rungs.keys())

    def climb(self, way: Climbed) -> Climb:
        """The way of a state with its cells."""
        return _climb(way, self._rules, apart=False)


def rank_ways(case: Case, *, latest: int, is_within: Callable[[str], bool], as_of: str | None = None) -> Ways:
    """The ways toward the packs' authority of all states, and of whoever took the ``latest`` steps of the days that are
    asked for. Raises ``UsageError`` where no pack names an authority."""
    days: list[str] = []

    def pick(rows: Sequence[_Row], ascents: Iterable[Ascent]) -> list[_Row]:
        asked = {one.by: [day for day in one.days if is_within(day)] for one in ascents}
        days.extend(sorted((day for row in rows for day in asked[row.by]), reverse=True))
        first = min(days[:latest], default="")
        return [row for row in rows if not row.apart or any(day >= first for day in asked[row.by])]

    name, everybody, rows, found = _read(case, None, as_of=as_of, pick=pick)
    states = sum(not row.apart for row in rows)
    rules, gone = everybody.rules, everybody.gone()
    return Ways(name, found.climbs, states, len(days), everybody.all, gone, _changed(case), rules)


def compose_ladder(
    case: Case,
    authority: str | None = None,
    *,
    as_of: str | None = None,
    actor: str | None = None,
    start: int = 0,
    limit: int | None = None,
) -> Ladder:
    """The ladder toward the packs' authority, or toward another actor; of everybody, or of one who climbs.

    ``as_of`` is an ISO prefix: what documents published by its end told. ``start`` is how many ways are passed over.
    Raises ``UsageError`` where no pack names an authority, and for an actor that the case does not know.
    """
    stop = None if limit is None else start + limit
    name, everybody, rows, found = _read(
        case, authority, actor=actor, as_of=as_of, pick=lambda rows, _: rows[start:stop]
    )
    rules, ways = everybody.rules, zip(found.climbs, rows, strict=True)
    return Ladder(
        authority=name,
        as_of=as_of,
        rungs=tuple(rules.ranks),
        unranked=everybody.gone(),
        climbs=tuple(_climb(one, rules, apart=row.apart) for one, row in ways),
        all=everybody.all,
        turned=tuple(sorted(everybody.turned, key=lambda pair: pair[1].day, reverse=True)[:limit]),
        documents=found.documents,
        sources=found.sources,
        undated=found.undated,
        changed=_changed(case),
    )


def _changed(case: Case) -> tuple[str, ...]:
    """What is told of packs whose rungs, or whose authority, are not those that documents were read with."""
    outdated = case.outdated(print_packs(case.packs), {"rungs", HEAD})
    return tuple(f"{change}; to read them again, give them to `dragoman read`" for change in outdated.changes)


def _read(
    case: Case,
    authority: str | None,
    *,
    actor: str | None = None,
    as_of: str | None = None,
    pick: _Pick,
) -> tuple[str, _Field, Sequence[_Row], Climbs]:
    """The authority's name, all who climb, those of them who are picked, and their ways."""
    outline = load_outline(case.packs)
    toward = authority or outline.authority
    if toward is None:
        raise UsageError("no pack of this case names an authority; say toward whom: dragoman show CASE ladder NAME")
    name = case.name_of(toward)
    is_own = authority is None or name == _name_if_there(case, outline.authority)
    everybody = _Field(
        rules=_Rules(outline.rungs, outline.since if is_own else None),
        home=case.country_of(toward),
        state_of=lambda country: _state_name(case, country),
        asked=None if actor is None else _Asked(case.makers_called(actor), case.name_of(actor)),
    )
    rows: list[_Row] = []

    def choose(ascents: Iterable[Ascent]) -> list[str]:
        ascents = tuple(ascents)
        rows.extend(pick(everybody.rank(ascents), ascents))
        return [row.by for row in rows]

    found = case.climbs_toward(toward, actor=actor, as_of=as_of, choose=choose)
    called = tuple(replace(way, name=row.name) for way, row in zip(found.climbs, rows, strict=True))
    return name, everybody, rows, replace(found, climbs=called)


def _state_name(case: Case, country: str) -> str:
    """What documents call a state that takes no step itself, else what everybody does."""
    return _name_if_there(case, f"state/{country}") or name_of(country) or country


def _name_if_there(case: Case, key: str | None) -> str | None:
    try:
        return case.name_of(key) if key else None
    except UsageError:
        return None


class _Rules:
    """The rungs, lowest first, and the day before which no step up counts."""

    def __init__(self, rungs: Sequence[Rung], since: str | None) -> None:
        self.ranks = {rung.id: rank for rank, rung in enumerate(rungs)}
        self.since = since
        self._downs = {rung.id: dict.fromkeys((rung.id, *rung.undoes)) for rung in rungs}

    def bearing(self, taken: Sequence[Taken]) -> dict[str, list[Taken]]:
        """By rung, the steps that put a state on it or take it off, in time."""
        found: dict[str, list[Taken]] = {}
        for step in taken:
            if step.direction is Direction.UP:
                if self._lasts(step):
                    found.setdefault(step.rung, []).append(step)
            else:
                for rung in self._downs.get(step.rung, (step.rung,)):
                    found.setdefault(rung, []).append(step)
        return found

    def _lasts(self, step: Taken) -> bool:
        """Whether a step up is not surely over: 2021 need not be before 2021-08."""
        return self.since is None or step.is_open or step.day[: len(self.since)] >= self.since[: len(step.day)]

    def reached(self, bearing: Mapping[str, Sequence[Taken]]) -> tuple[str | None, str | None]:
        """The highest rung on which these steps leave a state, and a higher one if what speakers say is so."""
        said = None
        for rung in reversed(self.ranks):
            held = _stands(bearing.get(rung, ()))
            if held is Held.STANDS:
                return rung, said
            said = said or (rung if held else None)
        return None, said

    def order(self, bearing: Mapping[str, Sequence[Taken]]) -> tuple[int, int]:
        """The lower, the higher they leave a state."""
        highest, said = (-1 if rung is None else self.ranks[rung] for rung in self.reached(bearing))
        return -highest, -said


class _Asked(NamedTuple):
    """One of those who climb: under whom their steps are kept, and their name."""

    by: frozenset[str]
    name: str


class _Row(NamedTuple):
    """One row of the ladder, as it is ranked; under ``by`` its way is kept."""

    rank: tuple[bool, bool, int, int, int, str]
    by: str
    name: str
    apart: bool
    turned: tuple[Reversal, ...]


_Pick = Callable[[Sequence[_Row], Iterable[Ascent]], Sequence[_Row]]
"""Whose ways are read whole, of all rows as they are ranked."""


@dataclass(slots=True)
class _Field:
    """All who climb, as they are ranked. ``home`` is the country of the authority, ``state_of`` tells the name of the
    state of one, ``asked`` is who alone is asked for."""

    rules: _Rules
    home: str | None
    state_of: Callable[[str], str]
    asked: _Asked | None
    all: int = 0
    unranked: dict[str, tuple[int, dict[str, None]]] = field(default_factory=dict)
    turned: tuple[tuple[str, Reversal], ...] = ()

    def rank(self, ascents: Iterable[Ascent]) -> list[_Row]:
        """Who climbs: those who came highest first, then those apart, and nobody in particular last."""
        states: dict[str, list[Ascent]] = {}
        rows: list[_Row] = []
        for one in ascents:
            country = _acts_for(one, self.home)
            if country:
                states.setdefault(country, []).append(one)
            elif not one.is_together and self._is_asked(one):
                rows.append(self._row(one, one.name, apart=country is None))
        rows += (row for country, own in states.items() for row in self._state(country, own))
        rows.sort()
        self.all = len(rows)
        self.turned = tuple((row.name, back) for row in rows for back in row.turned)
        return rows

    def gone(self) -> tuple[Unranked, ...]:
        """The rungs that no pack has."""
        return tuple(Unranked(rung, steps, tuple(who)) for rung, (steps, who) in sorted(self.unranked.items()))

    def _is_asked(self, one: Ascent) -> bool:
        return self.asked is None or one.by in self.asked.by

    def _state(self, country: str, own: Sequence[Ascent]) -> Iterator[_Row]:
        """The row of a state with all who act for it; where some of these alone are asked for, theirs."""
        itself = next((one for one in own if one.maker and one.maker.is_state), None)
        name = self.state_of(country) if itself is None else itself.name
        if self.asked is None or name == self.asked.name or (itself is not None and self._is_asked(itself)):
            yield self._row(next((one for one in own if one.is_together), own[0]), name, apart=False)
        else:
            yield from (self._row(one, one.name, apart=False) for one in own if self._is_asked(one))

    def _row(self, one: Ascent, name: str | None, *, apart: bool) -> _Row:
        name, bearing = name or NOBODY, self.rules.bearing(one.taken)
        for rung in one.rungs.keys() - self.rules.ranks.keys():
            steps, who = self.unranked.get(rung, (0, {}))
            self.unranked[rung] = (steps + one.rungs[rung], who | {name: None})
        order = (0, 0) if apart else self.rules.order(bearing)
        rank = (name == NOBODY, apart, *order, -one.sources, name)
        return _Row(rank, one.by, name, apart, () if apart else tuple(_reversals(bearing)))


def _acts_for(one: Ascent, home: str | None) -> str | None:
    """The country for whose state somebody acts; empty for one who climbs by themselves, ``None`` for who is apart."""
    maker = one.maker
    if maker is None or (home is not None and maker.country == home):
        return None
    if maker.acts_for is not None:
        return maker.acts_for
    by_itself = maker.kind is ActorKind.STATE or maker.sector == "IGO"
    return "" if by_itself or (maker.kind is ActorKind.GROUP and maker.key and maker.sector is None) else None


def _climb(told: Climbed, rules: _Rules, *, apart: bool) -> Climb:
    bearing = rules.bearing(told.taken())
    highest, said = (None, None) if apart else rules.reached(bearing)
    return Climb(
        actor=told.name or NOBODY,
        apart=apart,
        highest=highest,
        said=said,
        cells=tuple(_cell(rung, told, bearing.get(rung, ()), rules) for rung in rules.ranks),
        steps=told.steps,
        reversals=tuple(_reversals(bearing)),
        documents=told.whole.documents,
        sources=told.whole.sources,
    )


def _cell(rung: str, told: Climbed, bearing: Sequence[Taken], rules: _Rules) -> Cell:
    if (on := told.rungs.get(rung)) is None:
        return Cell(rung, Held.NEVER, "", {}, 0, 0, ())
    own = [step for step in told.steps if step.rung == rung]
    standings, reports = counted(step.standing for step in own), (id for step in own for id in step.reports)
    held, since = _held(rung, own, bearing, rules.since)
    return Cell(rung, held, since, standings, on.documents, on.sources, tuple(reports))


def _stands(bearing: Sequence[Taken]) -> Held | None:
    """Whether these steps leave a state on their rung, or do if what speakers say is so."""
    told = next((step for step in reversed(bearing) if not step.said), None)
    if told is not None and told.direction is Direction.UP:
        return Held.STANDS
    return Held.SAID if bearing and bearing[-1].direction is Direction.UP else None


def _held(rung: str, own: Sequence[TakenStep], bearing: Sequence[Taken], authority: str | None) -> tuple[Held, str]:
    """What a state's steps on a rung come to, and since when; ``authority``: since when that has been there."""
    if held := _stands(bearing):
        since = ""
        for step in reversed(bearing):
            if held is Held.STANDS and step.said:
                continue
            if step.direction is Direction.DOWN:
                break
            since = step.day
        return held, since
    if any(step.direction is Direction.UP for step in bearing):
        return Held.UNDONE, bearing[-1].day
    if any(step.rung == rung for step in bearing):
        return Held.DOWN, bearing[-1].day
    if any(step.standing is Standing.ACTUAL for step in own):
        return Held.UNDONE, authority or ""
    return Held.AHEAD, own[-1].day


def _reversals(bearing: Mapping[str, Sequence[Taken]]) -> list[Reversal]:
    """In time, then by rung."""
    found: list[Reversal] = []
    for rung, steps in bearing.items():
        before: Taken | None = None
        for step in steps:
            if before is None and step.rung != rung:
                continue  # what never stood is not undone
            if before is not None and step.direction is not before.direction:
                found.append(Reversal(rung, step.direction, before.day, step.day, step.rung, step.reports))
            before = step
    return sorted(found, key=lambda reversal: (reversal.day, reversal.rung))
