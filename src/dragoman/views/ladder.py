"""The ladder: how far each state has come toward the recognition of an authority, step by step, as told by a date.

Four rules, plain enough to be told to the reader:

- Reports are one step when they have the same maker, authority, rung, direction and standing, and their dates lie
  within ``NEAR`` days of the first of them. A month or year joins a step that lies in it. A report without a date joins
  the last step like it that was before its document, since papers go on mentioning what has been done, unless a step
  the other way came between.
- A step up stands until a later step down on its rung, or on one that undoes it (``undoes``, in the pack). A vague date
  counts from its beginning. Of steps on one day the one told later counts, and one down counts after one up.
- Where the pack says ``since`` when the authority has been there, a step up before that does not stand any more.
- Only steps told as done, by a document in its own name, put a state on a rung. What somebody only says, and what is
  planned, asked for, possible, conditional or denied, is shown apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dragoman.case import Case
from dragoman.case.climbs import Climbs
from dragoman.errors import UsageError
from dragoman.knowledge import Rung, load_outline
from dragoman.reconcile.steps import Ascent, Climbed, Taken, TakenStep, counted
from dragoman.record import Direction, Standing

NOBODY = "somebody unnamed"
_ALL = slice(None)


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
    if what speakers say is so, ``cells`` those of all rungs, lowest first, ``steps`` in time."""

    actor: str
    highest: str | None
    said: str | None
    cells: tuple[Cell, ...]
    steps: tuple[TakenStep, ...]
    reversals: tuple[Reversal, ...]
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody's way toward an authority, those who came highest first, or as many of ``all`` of them as were asked
    for.

    ``turned`` are the latest reversals of all, as many, by whom.
    ``unranked`` are rungs that reports have but no pack of the case (any more), and on which nobody can stand.
    ``undated`` counts reports left out, since their documents have no date that ``as_of`` could be compared with.
    """

    authority: str
    as_of: str | None
    rungs: tuple[str, ...]
    unranked: tuple[str, ...]
    climbs: tuple[Climb, ...]
    all: int
    turned: tuple[tuple[str, Reversal], ...]
    documents: int
    sources: int
    undated: int


@dataclass(frozen=True, slots=True)
class Ways:
    """Everybody's way toward an authority as it was told, those who came highest first: enough to choose whose cells
    are wanted."""

    authority: str
    ranked: tuple[Climbed, ...]
    _rules: _Rules

    @property
    def rungs(self) -> tuple[str, ...]:
        """The rungs, lowest first."""
        return tuple(self._rules.ranks)

    @property
    def on_rungs(self) -> tuple[Climbed, ...]:
        """The ways on which some step is on one of the rungs."""
        return tuple(one for one in self.ranked if self._rules.ranks.keys() & one.rungs.keys())

    def climb(self, way: Climbed) -> Climb:
        """A way with its cells."""
        return _climb(way, self._rules)


def rank_ways(case: Case, *, as_of: str | None = None) -> Ways:
    """The ways toward the packs' authority. Raises ``UsageError`` where no pack names one."""
    name, everybody, found = _read(case, None, as_of=as_of)
    return Ways(name, found.climbs, everybody.rules)


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
    name, everybody, found = _read(case, authority, actor=actor, as_of=as_of, shown=slice(start, stop))
    rules = everybody.rules
    return Ladder(
        authority=name,
        as_of=as_of,
        rungs=tuple(rules.ranks),
        unranked=tuple(sorted(everybody.rungs - rules.ranks.keys())),
        climbs=tuple(_climb(one, rules) for one in found.climbs),
        all=everybody.all,
        turned=tuple(sorted(everybody.turned, key=lambda pair: pair[1].day, reverse=True)[:limit]),
        documents=found.documents,
        sources=found.sources,
        undated=found.undated,
    )


def _read(
    case: Case,
    authority: str | None,
    *,
    actor: str | None = None,
    as_of: str | None = None,
    shown: slice = _ALL,
) -> tuple[str, _Field, Climbs]:
    """The authority's name, all who climb, and the ways of those of them who are shown."""
    outline = load_outline(case.packs)
    toward = authority or outline.authority
    if toward is None:
        raise UsageError("no pack of this case names an authority; say toward whom: dragoman show CASE ladder NAME")
    name = case.name_of(toward)
    is_own = authority is None or (outline.authority is not None and name == case.name_of(outline.authority))
    everybody = _Field(_Rules(outline.rungs, outline.since if is_own else None))
    found = case.climbs_toward(toward, actor=actor, as_of=as_of, choose=lambda ways: everybody.rank(ways)[shown])
    return name, everybody, found


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
        """Whether a step up is not surely of an earlier time; 2021 need not be before 2021-08."""
        return self.since is None or step.day[: len(self.since)] >= self.since[: len(step.day)]

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


@dataclass(slots=True)
class _Field:
    """All who climb, as they are ranked; nothing of a way outlives its turn but what the ladder tells of all."""

    rules: _Rules
    all: int = 0
    rungs: set[str] = field(default_factory=set)
    turned: tuple[tuple[str, Reversal], ...] = ()

    def rank(self, ascents: Iterable[Ascent]) -> list[str]:
        """Who climbs (``Ascent.by``), those who came highest first and nobody in particular last."""
        ranked, turned = [], {}
        for one in ascents:
            bearing, name = self.rules.bearing(one.taken), one.name or NOBODY
            self.rungs.update(one.rungs)
            ranked.append((name == NOBODY, *self.rules.order(bearing), -one.sources, name, one.by))
            if backs := _reversals(bearing):
                turned[one.by] = [(name, back) for back in backs]
        ranked.sort()
        self.all = len(ranked)
        self.turned = tuple(pair for *_, by in ranked for pair in turned.get(by, ()))
        return [by for *_, by in ranked]


def _climb(told: Climbed, rules: _Rules) -> Climb:
    bearing = rules.bearing(told.taken())
    highest, said = rules.reached(bearing)
    return Climb(
        actor=told.name or NOBODY,
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
