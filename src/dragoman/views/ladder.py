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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.knowledge import Rung, load_outline
from dragoman.reconcile.steps import Climbed, TakenStep, Told, counted
from dragoman.record import Direction, Standing

NOBODY = "somebody unnamed"


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
    return f"{back.rung} {back.direction} {back.day}, after {back.before}{through}"


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
    """Everybody's way toward an authority, those who came highest first.

    ``unranked`` are rungs that reports have but no pack of the case (any more), and on which nobody can stand.
    ``undated`` counts reports left out, since their documents have no date that ``as_of`` could be compared with.
    """

    authority: str
    as_of: str | None
    rungs: tuple[str, ...]
    unranked: tuple[str, ...]
    climbs: tuple[Climb, ...]
    documents: int
    sources: int
    undated: int


def compose_ladder(
    case: Case, authority: str | None = None, *, as_of: str | None = None, actor: str | None = None
) -> Ladder:
    """The ladder toward the packs' authority, or toward another actor; of everybody, or of one who climbs.

    ``as_of`` is an ISO prefix: what documents published by its end told. Raises ``UsageError`` where no pack names an
    authority, and for an actor that the case does not know.
    """
    outline = load_outline(case.packs)
    toward = authority or outline.authority
    if toward is None:
        raise UsageError("no pack of this case names an authority; say toward whom: dragoman show CASE ladder NAME")
    found = case.climbs_toward(toward, actor=actor, as_of=as_of)
    ranks = {rung.id: rank for rank, rung in enumerate(outline.rungs)}
    name = case.name_of(toward)
    is_own = authority is None or (outline.authority is not None and name == case.name_of(outline.authority))
    way = _Way(outline.rungs, outline.since if is_own else None)
    climbs = [_climb(one, way) for one in found.climbs]
    return Ladder(
        authority=name,
        as_of=as_of,
        rungs=tuple(ranks),
        unranked=tuple(sorted({rung for one in found.climbs for rung in one.rungs} - ranks.keys())),
        climbs=tuple(sorted(climbs, key=lambda climb: _order(climb, ranks))),
        documents=found.documents,
        sources=found.sources,
        undated=found.undated,
    )


def _order(climb: Climb, ranks: Mapping[str, int]) -> tuple[int, int, int, int, str]:
    highest, said = (-1 if rung is None else ranks[rung] for rung in (climb.highest, climb.said))
    return climb.actor == NOBODY, -highest, -said, -climb.sources, climb.actor


@dataclass(frozen=True, slots=True)
class _Way:
    """The rungs, and the day before which no step up counts."""

    rungs: tuple[Rung, ...]
    since: str | None

    def bearing(self, rung: str, steps: Sequence[TakenStep]) -> list[TakenStep]:
        """The steps told as done that put a state on a rung or take it off, in time."""
        undoers = {other.id for other in self.rungs if rung in other.undoes}
        return [
            step
            for step in steps
            if step.standing is Standing.ACTUAL
            and (self._lasts(step) if step.direction is Direction.UP else step.rung in undoers or step.rung == rung)
            and (step.rung == rung or step.direction is Direction.DOWN)
        ]

    def _lasts(self, step: TakenStep) -> bool:
        """Whether a step up is not surely of an earlier time; 2021 need not be before 2021-08."""
        return self.since is None or step.day[: len(self.since)] >= self.since[: len(step.day)]


def _climb(told: Climbed, way: _Way) -> Climb:
    rungs, steps = way.rungs, told.steps
    held = {rung.id: _held(rung.id, steps, way) if rung.id in told.rungs else (Held.NEVER, "") for rung in rungs}
    highest = next((rung.id for rung in reversed(rungs) if held[rung.id][0] is Held.STANDS), None)
    best = next((rung.id for rung in reversed(rungs) if held[rung.id][0] in (Held.STANDS, Held.SAID)), None)
    return Climb(
        actor=told.name or NOBODY,
        highest=highest,
        said=best if best != highest else None,
        cells=tuple(_cell(rung.id, *held[rung.id], told.rungs.get(rung.id), steps) for rung in rungs),
        steps=steps,
        reversals=tuple(sorted(_reversals(steps, way), key=lambda reversal: (reversal.day, reversal.rung))),
        documents=told.whole.documents,
        sources=told.whole.sources,
    )


def _cell(rung: str, held: Held, since: str, told: Told | None, steps: Sequence[TakenStep]) -> Cell:
    if told is None:
        return Cell(rung, held, since, {}, 0, 0, ())
    own = [step for step in steps if step.rung == rung]
    standings, reports = counted(step.standing for step in own), (id for step in own for id in step.reports)
    return Cell(rung, held, since, standings, told.documents, told.sources, tuple(reports))


def _held(rung: str, steps: Sequence[TakenStep], way: _Way) -> tuple[Held, str]:
    """What a state's steps on a rung come to, and since when."""
    taken = way.bearing(rung, steps)
    told = [step for step in taken if not step.said]
    for held, seen in ((Held.STANDS, told), (Held.SAID, taken)):
        if seen and seen[-1].direction is Direction.UP:
            since = seen[-1]
            for step in reversed(seen):
                if step.direction is Direction.DOWN:
                    break
                since = step
            return held, since.day
    if any(step.direction is Direction.UP for step in taken):
        return Held.UNDONE, taken[-1].day
    if any(step.rung == rung for step in taken):
        return Held.DOWN, taken[-1].day
    own = [step for step in steps if step.rung == rung]
    if any(step.standing is Standing.ACTUAL for step in own):
        return Held.UNDONE, way.since or ""
    ahead = [step.day for step in own]
    return (Held.AHEAD, ahead[-1]) if ahead else (Held.NEVER, "")


def _reversals(steps: Sequence[TakenStep], way: _Way) -> Iterator[Reversal]:
    if len(steps) < 2:
        return
    for rung in dict.fromkeys(step.rung for step in steps):
        before: TakenStep | None = None
        for step in way.bearing(rung, steps):
            if before is None and step.rung != rung:
                continue  # what never stood is not undone
            if before is not None and step.direction is not before.direction:
                yield Reversal(rung, step.direction, before.day, step.day, step.rung, step.reports)
            before = step
