"""Steps of one maker toward one authority: which reports tell one step, and what a maker's reports come to by rung.

Reports are one step when they have the same rung, direction and standing, and their dates lie within ``NEAR`` days of
the first of them. A month or year joins a step that lies in it. A report without a date joins the last step like it
that was before its document, since papers go on mentioning what has been done, unless a step the other way came
between.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from dragoman.record import ActorKind, Direction, Standing

_Value = TypeVar("_Value")
NEAR = 14
"""Days within which reports tell one step: a week's papers repeat what happened in the week before."""
_DAY = len("2024-11-25")
_BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.GROUP})
_OF_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})
"""PLOVER sectors of those who act for their state."""
TOGETHER = "="
"""Before the country of a state, under which those are kept together who act for it."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What somebody who makes steps is by the documents that tell of them: ``country`` (ISO 3166 alpha-3) and PLOVER
    ``sector`` say whose they are and what of it; ``key`` is that of the pack that knows them."""

    kind: ActorKind
    key: str | None
    country: str | None
    sector: str | None

    @property
    def is_state(self) -> bool:
        """Whether this is the state of its country itself."""
        return self.kind is ActorKind.STATE and self.key == f"state/{self.country}"

    @property
    def acts_for(self) -> str | None:
        """The country whose state this is, or is a body, an office or an official of."""
        official = self.kind in _BODIES and self.sector in _OF_STATE
        return self.country if self.is_state or official else None


class Line(Protocol):
    """A report of a step by one of those who make it, who is called ``who`` (empty: nobody) there."""

    @property
    def who(self) -> str: ...
    @property
    def maker(self) -> Maker | None: ...

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def teller(self) -> str: ...
    @property
    def published(self) -> str | None: ...
    @property
    def standing(self) -> Standing: ...
    @property
    def voice(self) -> tuple[str, ...]: ...
    @property
    def rung(self) -> str: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class TakenStep:
    """The reports of one step. ``day`` is the date that most of them tell (ISO prefix), ``is_dated`` says that it is
    told and not only the date of the first document. ``said``: nobody but speakers tell it; ``voices`` are theirs.
    ``makers`` are the names of those who made it. ``is_open``: it is told as going on since that day."""

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
    makers: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step told as done, in short: all that ranks who took it."""

    rung: str
    direction: Direction
    day: str
    said: bool
    reports: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How many documents, and independent sources, tell of a rung, or of all."""

    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Climbed:
    """What all reports of one maker toward one authority come to, or of several who are taken for one; ``name`` is the
    usual one, if there is any, and ``maker`` what most documents take them for."""

    name: str | None
    maker: Maker | None
    steps: tuple[TakenStep, ...]
    rungs: Mapping[str, Told]
    whole: Told

    def taken(self) -> tuple[Taken, ...]:
        """The steps told as done, in time."""
        return tuple(
            Taken(step.rung, step.direction, step.day, step.said, step.reports, step.is_open)
            for step in self.steps
            if step.standing is Standing.ACTUAL
        )


@dataclass(frozen=True, slots=True)
class Ascent:
    """One maker's way in short, as the case keeps it under ``by``: enough to rank by. ``rungs`` has the number of steps
    on each that is told of, whatever their standing, ``ahead`` the days of those that are not told as done. Where
    several act for one state, they are kept together too, as one maker under ``TOGETHER`` and its country."""

    by: str
    name: str | None
    maker: Maker | None
    sources: int
    rungs: Mapping[str, int]
    taken: tuple[Taken, ...]
    ahead: tuple[str, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """The day of each step."""
        return (*(step.day for step in self.taken), *self.ahead)

    @property
    def is_together(self) -> bool:
        """Whether this is the way of several who act for one state."""
        return self.by.startswith(TOGETHER)


def ascent_of(by: str, climbed: Climbed) -> Ascent:
    """The short of a way."""
    rungs = counted(step.rung for step in climbed.steps)
    ahead = tuple(step.day for step in climbed.steps if step.standing is not Standing.ACTUAL)
    return Ascent(by, climbed.name, climbed.maker, climbed.whole.sources, rungs, climbed.taken(), ahead)


def climbed(lines: Sequence[Line]) -> Climbed:
    """What these lines of one maker come to, or of several who are taken for one."""
    on: dict[str, list[Line]] = {}
    for line in lines:
        on.setdefault(line.rung, []).append(line)
    rungs = {rung: _told(own) for rung, own in on.items()}
    name = _usual((line.who for line in lines if line.who), str)
    maker = _usual((line.maker for line in lines if line.maker), repr)
    return Climbed(name, maker, gather_steps(lines), rungs, _told(lines))


def _told(lines: Sequence[Line]) -> Told:
    return Told(len({line.document for line in lines}), len({line.teller for line in lines}))


def _usual(values: Iterable[_Value], order: Callable[[_Value], str]) -> _Value | None:
    counts = counted(values)
    return min(counts, key=lambda value: (-counts[value], order(value)), default=None)


def counted(values: Iterable[_Value]) -> dict[_Value, int]:
    """How often each is there. A ``Counter`` takes three times as long to make, and a large case asks thousands."""
    counts: dict[_Value, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def gather_steps(lines: Iterable[Line]) -> tuple[TakenStep, ...]:
    """The steps that the lines of one maker toward one authority tell, in time; the order of the lines does not
    matter."""
    alike: dict[tuple[str, Direction, Standing], list[Line]] = {}
    done: dict[tuple[str, Direction], list[str]] = {}
    joint: dict[str, list[str]] = {}
    told: dict[str, Line] = {}
    for line in lines:
        if told.setdefault(line.id, line) is not line:
            joint.setdefault(line.id, []).append(line.who)
    for line in told.values():
        alike.setdefault((line.rung, line.direction, line.standing), []).append(line)
        if _is_dated(line) and line.standing is Standing.ACTUAL:
            done.setdefault((line.rung, line.direction), []).append(_day(line))
    other = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}
    found = [
        (_step(group, joint), _told_last(group))
        for (rung, direction, _), same in alike.items()
        for group in _group(same, done.get((rung, other[direction]), ()))
    ]
    found.sort(key=lambda pair: (pair[0].day, pair[1], pair[0].direction is Direction.DOWN, pair[0].reports))
    return tuple(step for step, _ in found)


def _told_last(group: Sequence[Line]) -> str:
    return max(line.published or "" for line in group)


def _group(lines: Sequence[Line], against: Sequence[str]) -> list[list[Line]]:
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
    by_day: dict[tuple[str, int], list[Line]] = field(default_factory=dict)
    days: list[tuple[str, int]] = field(default_factory=list)
    last: tuple[str, int] | None = None

    def take(self, line: Line) -> None:
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


def _vagueness(line: Line) -> int:
    return -len(_day(line)) if _is_dated(line) else 0


def _is_dated(line: Line) -> bool:
    return bool(line.first or line.last)


def _day(line: Line) -> str:
    """The date by which a line is filed: where a span of time is told, its beginning."""
    return line.first or line.last or line.published or ""


def _ordinal(day: str) -> int | None:
    """The number of a day; none for a vaguer date, nor for a day that the calendar lacks (30 February)."""
    try:
        return date.fromisoformat(day).toordinal() if len(day) == _DAY else None
    except ValueError:
        return None


def _step(lines: Sequence[Line], joint: Mapping[str, Sequence[str]]) -> TakenStep:
    """The step that these lines tell; ``joint``, by report, are its further makers."""
    dated = [line for line in lines if _is_dated(line)]
    days = counted(map(_day, dated or lines[:1]))
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
        makers=tuple(sorted({name for line in lines for name in (line.who, *joint.get(line.id, ())) if name})),
        is_open=any(line.first and not line.last for line in lines),
    )
