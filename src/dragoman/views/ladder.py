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

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dragoman.case import Case
from dragoman.case.ledgers import StepLine
from dragoman.errors import UsageError
from dragoman.knowledge import Rung, load_outline
from dragoman.record import Direction, Standing

_Value = TypeVar("_Value")
NEAR = 14
"""Days within which reports tell one step: a week's papers repeat what happened in the week before."""
_DAY = len("2024-11-25")
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
class TakenStep:
    """The reports of one step. ``day`` is the date that most of them tell (ISO prefix), ``is_dated`` says that it is
    told and not only the date of the first document. ``said``: nobody but speakers tell it; ``voices`` are theirs."""

    rung: str
    direction: Direction
    standing: Standing
    day: str
    is_dated: bool
    told: str
    said: bool
    voices: tuple[str, ...]
    documents: int
    sources: int
    reports: tuple[str, ...]


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
    found = case.steps_toward(toward, actor=actor, as_of=as_of)
    lines: Sequence[StepLine] = found.lines
    ranks = {rung.id: rank for rank, rung in enumerate(outline.rungs)}
    by_actor: dict[str, list[StepLine]] = {}
    for line in lines:
        by_actor.setdefault(line.by.actor if line.by else "", []).append(line)
    name = case.name_of(toward)
    is_own = authority is None or (outline.authority is not None and name == case.name_of(outline.authority))
    way = _Way(outline.rungs, outline.since if is_own else None)
    climbs = [_climb(own, way) for own in by_actor.values()]
    return Ladder(
        authority=name,
        as_of=as_of,
        rungs=tuple(ranks),
        unranked=tuple(sorted({line.rung for line in lines} - ranks.keys())),
        climbs=tuple(sorted(climbs, key=lambda climb: _order(climb, ranks))),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
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


def _climb(lines: Sequence[StepLine], way: _Way) -> Climb:
    steps = gather_steps(lines)
    rungs = way.rungs
    on: dict[str, list[StepLine]] = {}
    for line in lines:
        on.setdefault(line.rung, []).append(line)
    held = {rung.id: _held(rung.id, steps, way) if rung.id in on else (Held.NEVER, "") for rung in rungs}
    highest = next((rung.id for rung in reversed(rungs) if held[rung.id][0] is Held.STANDS), None)
    best = next((rung.id for rung in reversed(rungs) if held[rung.id][0] in (Held.STANDS, Held.SAID)), None)
    return Climb(
        actor=_usual(line.by.name for line in lines if line.by) or NOBODY,
        highest=highest,
        said=best if best != highest else None,
        cells=tuple(_cell(rung.id, *held[rung.id], on.get(rung.id, ()), steps) for rung in rungs),
        steps=steps,
        reversals=tuple(sorted(_reversals(steps, way), key=lambda reversal: (reversal.day, reversal.rung))),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
    )


def _usual(names: Iterable[str]) -> str | None:
    counts = _counted(names)
    return min(counts, key=lambda name: (-counts[name], name), default=None)


def _counted(values: Iterable[_Value]) -> dict[_Value, int]:
    """How often each is there. A ``Counter`` takes three times as long to make, and a large case asks thousands."""
    counts: dict[_Value, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _cell(rung: str, held: Held, since: str, own: Sequence[StepLine], steps: Sequence[TakenStep]) -> Cell:
    if not own:
        return Cell(rung, held, since, {}, 0, 0, ())
    return Cell(
        rung=rung,
        held=held,
        since=since,
        steps=_counted(step.standing for step in steps if step.rung == rung),
        documents=len({line.document for line in own}),
        sources=len({line.teller for line in own}),
        reports=tuple(dict.fromkeys(line.id for line in own)),
    )


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


def gather_steps(lines: Iterable[StepLine]) -> tuple[TakenStep, ...]:
    """The steps that the lines of one maker toward one authority tell, in time; the order of the lines does not
    matter."""
    alike: dict[tuple[str, Direction, Standing], list[StepLine]] = {}
    done: dict[tuple[str, Direction], list[str]] = {}
    for line in {line.id: line for line in lines}.values():
        alike.setdefault((line.rung, line.direction, line.standing), []).append(line)
        if _is_dated(line) and line.standing is Standing.ACTUAL:
            done.setdefault((line.rung, line.direction), []).append(_day(line))
    other = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}
    found = [
        (_step(group), _told_last(group))
        for (rung, direction, _), same in alike.items()
        for group in _group(same, done.get((rung, other[direction]), ()))
    ]
    found.sort(key=lambda pair: (pair[0].day, pair[1], pair[0].direction is Direction.DOWN, pair[0].reports))
    return tuple(step for step, _ in found)


def _told_last(group: Sequence[StepLine]) -> str:
    return max(line.published or "" for line in group)


def _group(lines: Sequence[StepLine], against: Sequence[str]) -> list[list[StepLine]]:
    """Lines alike in all but their date: days first, then vaguer dates, then those that tell none. ``against`` are the
    days of steps the other way."""
    groups = _Groups(sorted(against))
    for line in sorted(lines, key=lambda line: (_vagueness(line), _day(line), line.document, line.id)):
        groups.take(line)
    return list(groups.by_day.values())


@dataclass(slots=True)
class _Groups:
    """Groups of lines, found by the day of the first line of each (with a number, lower for one begun later), so that
    no line is compared with all of them. Days come in order: a day can only be near the one that began the last group.
    """

    against: Sequence[str]
    by_day: dict[tuple[str, int], list[StepLine]] = field(default_factory=dict)
    days: list[tuple[str, int]] = field(default_factory=list)
    last: tuple[str, int] | None = None

    def take(self, line: StepLine) -> None:
        """Put a line into the group that it belongs to, the latest of several, or begin one with it."""
        day, number = _day(line), _ordinal(_day(line)) if _is_dated(line) else None
        at = self._near(number) if number is not None else self._fitting(day, is_dated=_is_dated(line))
        if at is None:
            at = (day, -len(self.days))
            insort(self.days, at)
            self.last = at if number is not None else self.last
        self.by_day.setdefault(at, []).append(line)

    def _near(self, number: int) -> tuple[str, int] | None:
        began = _ordinal(self.last[0]) if self.last else None
        return self.last if began is not None and number - began <= NEAR else None

    def _fitting(self, day: str, *, is_dated: bool) -> tuple[str, int] | None:
        """For a month or year the last group in it; for a line that tells no date, the last one before its document,
        unless a step the other way came between."""
        at = bisect_right(self.days, (f"{day}~" if is_dated else day, 1)) - 1
        if at < 0:
            return None
        began = self.days[at][0]
        if is_dated:
            return self.days[at] if began.startswith(day) else None
        return self.days[at] if bisect_right(self.against, began) == bisect_right(self.against, day) else None


def _vagueness(line: StepLine) -> int:
    return -len(_day(line)) if _is_dated(line) else 0


def _is_dated(line: StepLine) -> bool:
    return bool(line.first or line.last)


def _day(line: StepLine) -> str:
    """The date by which a line is filed: where a span of time is told, its beginning."""
    return line.first or line.last or line.published or ""


def _ordinal(day: str) -> int | None:
    """The number of a day; none for a vaguer date, nor for a day that the calendar lacks (30 February)."""
    try:
        return date.fromisoformat(day).toordinal() if len(day) == _DAY else None
    except ValueError:
        return None


def _step(lines: Sequence[StepLine]) -> TakenStep:
    dated = [line for line in lines if _is_dated(line)]
    days = _counted(map(_day, dated or lines[:1]))
    sources = len({line.teller for line in lines})
    said = all(line.voice for line in lines)
    return TakenStep(
        rung=lines[0].rung,
        direction=lines[0].direction,
        standing=lines[0].standing,
        day=min(days, key=lambda day: (-days[day], -len(day), day)),
        is_dated=bool(dated),
        told="claimed" if said else "one source" if sources == 1 else "several sources",
        said=said,
        voices=tuple(dict.fromkeys(line.voice[-1] for line in lines if line.voice)),
        documents=len({line.document for line in lines}),
        sources=sources,
        reports=tuple(line.id for line in lines),
    )
