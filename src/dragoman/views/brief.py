"""The brief: what a case tells of a period, as sentences with footnotes. Plain data in, plain data out.

It asks the case and the ledgers, and leaves the words to ``brief_happenings`` and ``brief_ledgers``; how it is laid out
is the writers' business (``pages``, ``print``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from dragoman.asked import check_period, iso_date, one_of
from dragoman.case import Case, Scope
from dragoman.case.briefing import Extent, OccurrenceCount
from dragoman.errors import UsageError
from dragoman.record.occurrence import Told
from dragoman.views.brief_chart import draw_chart
from dragoman.views.brief_data import Brief, Grid, Group, Line, Mark, Part, PartName
from dragoman.views.brief_happenings import HAPPENED, LABELS, list_clashes, list_occurrences, tell_occurrence
from dragoman.views.brief_ledgers import (
    Citing,
    cited_of,
    is_open,
    is_within,
    standing_step,
    steps_of,
    tell_change,
    tell_prediction,
    tell_standing,
    tell_step,
    tell_undertaking,
)
from dragoman.views.brief_notes import MOST_NOTES, Notes, shorten
from dragoman.views.commitments import Undertaking, compose_undertakings
from dragoman.views.forecasts import Due, Prediction, compose_predictions
from dragoman.views.ladder import Climb, Ways, rank_ways, told_unranked

MOST_HAPPENED = 40
MOST_LINES = 20
"""Lines in each other part or group: what comes first tells most, and the case has the rest."""
MOST_CLIMBERS = 15
MOST_HOLDERS = 100
"""Actors whose stances are compared, those with most statements."""
MOST_GATHERED = 2_000
"""Reports of commitments and of forecasts that are put together, the latest told."""
_AHEAD = (Told.PLANNED, Told.ASKED, Told.POSSIBLE, Told.DENIED)

T = TypeVar("T")


def compose_brief(
    case: Case,
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    parts: Collection[str] = (),
) -> Brief:
    """The brief of a case, or of a period of it (ISO prefixes, both ends included), as documents published by
    ``as_of`` tell it. What is due is judged as of the last day that is asked for, else of the latest document.

    ``parts`` are some of ``PartName``; all if none is given. Raises ``UsageError`` for what is no date or part.
    """
    wanted = {one_of(PartName, "part", part) for part in parts} or set(PartName)
    check_period(since, until)
    if as_of is not None:
        iso_date(as_of)
    asked = _Asked(case, since, until, as_of)
    told = tuple(tell(asked) for part, tell in _PARTS.items() if part in wanted)
    return Brief(
        title=shorten(case.title) or "The record",
        period=_period(since, until),
        as_of=as_of or "",
        documents=asked.extent.documents,
        sources=asked.extent.sources,
        undated=asked.extent.undated if as_of else 0,
        told=_told(asked),
        parts=told,
        notes=asked.notes.all(),
    )


@dataclass(slots=True)
class _Asked:
    """What is asked, and the footnotes so far."""

    case: Case
    since: str | None
    until: str | None
    as_of: str | None
    notes: Notes = field(default_factory=Notes)
    extent: Extent = field(init=False)
    _counted: dict[int, tuple[OccurrenceCount, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.extent = self.case.extent(as_of=self.as_of)

    @property
    def day(self) -> str:
        """The day as of which it is judged what is due."""
        return self.as_of or self.until or self.extent.last_published or ""

    def count(self, length: int) -> tuple[OccurrenceCount, ...]:
        """The occurrences of the period, by so many letters of their days; counted once."""
        if length not in self._counted:
            self._counted[length] = self.case.count_occurrences(
                since=self.since, until=self.until, as_of=self.as_of, length=length
            )
        return self._counted[length]

    def number(self, statuses: Collection[Told]) -> int:
        """How many occurrences of the period are told in one of these ways."""
        counts = next(iter(self._counted.values())) if self._counted else self.count(0)
        return sum(one.number for one in counts if one.status in statuses)

    def is_within(self, day: str) -> bool:
        return is_within(day, self.since, self.until)

    def citing(self, ids: Iterable[str]) -> Citing:
        return Citing(self.case, self.notes, ids)


def _period(since: str | None, until: str | None) -> str:
    if since and until:
        return since if since == until else f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def _told(asked: _Asked) -> tuple[tuple[str, int], ...]:
    return tuple((LABELS[told], number) for told in (*HAPPENED, *_AHEAD) if (number := asked.number((told,))))


def _cut(shown: int, number: int, what: str) -> str:
    return f"These are {what} {shown:,} of {number:,}." if number > shown else ""


def _happened(asked: _Asked) -> Part:
    chart = draw_chart(asked.count)
    lines = _occurrences(asked, HAPPENED, MOST_HAPPENED)
    return Part(
        id=PartName.HAPPENED,
        note="Acts that some document tells as having happened, those that most independent sources tell first.",
        empty="No act of this time is told as having happened.",
        cut=_cut(len(lines), asked.number(HAPPENED), "the most told"),
        chart=chart,
        groups=_group("", lines),
    )


def _ahead(asked: _Asked) -> Part:
    lines = _occurrences(asked, _AHEAD, MOST_LINES)
    return Part(
        id=PartName.AHEAD,
        note="Acts that no document tells as having happened.",
        empty="No act of this time is only planned, asked for, possible or denied.",
        cut=_cut(len(lines), asked.number(_AHEAD), "the most told"),
        groups=_group("", lines),
    )


def _occurrences(asked: _Asked, statuses: Sequence[Told], most: int) -> list[Line]:
    found = list_occurrences(asked.case, statuses, since=asked.since, until=asked.until, as_of=asked.as_of, most=most)
    full = asked.case.occurrences_in_full([one.id for one in found], as_of=asked.as_of)
    return [tell_occurrence(one, asked.notes) for one in full]


def _group(title: str, lines: Sequence[Line]) -> tuple[Group, ...]:
    return (Group(title, tuple(lines)),) if lines else ()


def _steps(asked: _Asked) -> Part:
    ways = _ways(asked)
    if ways is None or not ways.all:
        return Part(id=PartName.STEPS, note="", empty="No steps are told, toward anybody whom a pack names.")
    shown = steps_of(ways.ranked, asked.since, asked.until)[:MOST_LINES]
    named = ways.on_rungs
    climbs = [ways.climb(way) for way in named[:MOST_CLIMBERS]]
    stand = [(climb, step) for climb in climbs if (step := standing_step(climb))]
    citing = asked.citing(asked.case.plainest((step.reports for _, step in (*shown, *stand)), MOST_NOTES))
    toward = shorten(ways.authority)
    told = [tell_step(actor, step, toward, citing, f"s-{n}") for n, (actor, step) in enumerate(shown, 1)]
    standing = [tell_standing(climb, step, citing, f"l-{n}") for n, (climb, step) in enumerate(stand, 1)]
    by = f"as told by {asked.as_of}" if asked.as_of else "as told by all documents"
    cuts = (
        _cut(len(shown), ways.steps, "the latest steps,"),
        _cut(len(climbs), len(named), "the states that stand highest,"),
    )
    return Part(
        id=PartName.STEPS,
        note=f"The grid shows how far each state has come toward {toward}, {by}; the list, the steps of the time asked "
        f"for, also those of others.{''.join(_gone(ways))}",
        empty="",
        cut=" ".join(cut for cut in cuts if cut),
        grid=_grid(ways, climbs) if climbs else None,
        groups=(*_group("Where they stand", standing), *_group("Steps", told)),
    )


def _gone(ways: Ways) -> Iterator[str]:
    """What the grid lacks since packs are not what they were."""
    if ways.unranked:
        yield f" Not in the grid are rungs that no pack has (any more): {'; '.join(map(told_unranked, ways.unranked))}."
    yield from (f" Mind: {change}." for change in ways.changed)


def _ways(asked: _Asked) -> Ways | None:
    """The ways toward the packs' authority that a brief tells of; none where no pack names one, or nobody speaks of
    it."""
    try:
        return rank_ways(asked.case, latest=MOST_LINES, is_within=asked.is_within, as_of=asked.as_of)
    except UsageError:
        return None


def _grid(ways: Ways, climbs: Sequence[Climb]) -> Grid:
    rows = tuple((shorten(climb.actor), tuple(Mark(cell.held, cell.since) for cell in climb.cells)) for climb in climbs)
    return Grid(shorten(ways.authority), ways.rungs, rows)


def _stances(asked: _Asked) -> Part:
    told_by_then = Scope(until=asked.until, as_of=asked.as_of)
    changes = asked.case.stances_changed(told_by_then, since=asked.since, holders=MOST_HOLDERS, most=MOST_LINES)
    shown = changes.latest
    citing = asked.citing(id for one in shown for id in (*one.before.reports, *one.after.reports))
    lines = [tell_change(change, citing, f"c-{n}") for n, change in enumerate(shown, 1)]
    return Part(
        id=PartName.STANCES,
        note="Where all that is told of a stance in one month is not what was told before; both are as told, and a "
        "month in which it is told both ways is a dispute.",
        empty="No stance is told as one before and another in this time.",
        cut=_cut(len(shown), changes.many, "the latest"),
        groups=_group("", lines),
    )


def _disputes(asked: _Asked) -> Part:
    clashes, more = list_clashes(
        asked.case, asked.notes, since=asked.since, until=asked.until, as_of=asked.as_of, most=MOST_LINES
    )
    return Part(
        id=PartName.DISPUTES,
        note="Accounts that do not agree, their sentences side by side.",
        empty="No accounts of this time are found that do not agree.",
        cut=f"These are the latest {len(clashes):,}; there are more." if more else "",
        clashes=tuple(clashes),
    )


def _commitments(asked: _Asked) -> Part:
    ledger = compose_undertakings(asked.case, as_of=asked.as_of, today=asked.day, most=MOST_GATHERED)
    overdue = [one for one in ledger.undertakings if one.overdue and _touches(asked, one)]
    others = [one for one in ledger.undertakings if not one.overdue and _touches(asked, one)]
    groups, cut = _told_in_groups(
        asked,
        (("Past their date", overdue), ("Told of", others)),
        cited_of,
        tell_undertaking,
        "u",
    )
    return Part(
        id=PartName.COMMITMENTS,
        note=f"Undertakings, and what is told of keeping them, those told of last first; due as of {asked.day}."
        if asked.day
        else "Undertakings, and what is told of keeping them, those told of last first.",
        empty="No undertakings are told of in this time.",
        cut=cut,
        groups=groups if len(groups) > 1 or overdue else tuple(Group("", group.lines) for group in groups),
    )


def _touches(asked: _Asked, one: Undertaking) -> bool:
    """Whether an undertaking is told of in the period, or due in it."""
    due = one.due.end if one.due else None
    return any(asked.is_within(turn.told) for turn in one.turns) or (due is not None and asked.is_within(due))


def _forecasts(asked: _Asked) -> Part:
    ledger = compose_predictions(asked.case, as_of=asked.as_of, today=asked.day, most=MOST_GATHERED)
    told = [one for one in ledger.predictions if _is_of(asked, one)]
    groups, cut = _told_in_groups(
        asked,
        (
            ("Due, and nobody has resolved them", [one for one in told if one.due is Due.DUE]),
            ("Resolved", [one for one in told if one.due is Due.RESOLVED]),
            ("Still to come", [one for one in told if is_open(one)]),
            ("Without a date", [one for one in told if one.due is Due.OPEN and one.horizon is None]),
        ),
        lambda one: [one.reports],
        tell_prediction,
        "f",
    )
    return Part(
        id=PartName.FORECASTS,
        note="What somebody expects, as surely as the words put it"
        + (f"; due as of {asked.day}." if asked.day else "."),
        empty="No forecasts are due or told in this time.",
        cut=cut,
        groups=groups,
    )


def _is_of(asked: _Asked, one: Prediction) -> bool:
    """Whether a forecast is told in the period, or due in it."""
    end = one.horizon.end if one.horizon else None
    return asked.is_within(one.told) or (end is not None and asked.is_within(end))


def _told_in_groups(
    asked: _Asked,
    groups: Sequence[tuple[str, Sequence[T]]],
    cited: Callable[[T], Iterable[Sequence[str]]],
    tell: Callable[[T, Citing, str], Line],
    mark: str,
) -> tuple[tuple[Group, ...], str]:
    """Entries of a ledger under their headings, and what is left out of them; ``cited`` gives the groups of reports of
    each of which a line cites some."""
    shown = [(title, entries[:MOST_LINES]) for title, entries in groups]
    left = sum(len(entries) for _, entries in groups) - sum(len(some) for _, some in shown)
    reports = asked.case.plainest((ids for _, some in shown for one in some for ids in cited(one)), MOST_NOTES)
    citing, numbers = asked.citing(reports), count(1)
    told = ((title, [tell(one, citing, f"{mark}-{next(numbers)}") for one in some]) for title, some in shown)
    made = tuple(group for title, lines in told for group in _group(title, lines))
    return made, f"{left:,} more are left out." if left else ""


_PARTS: Mapping[PartName, Callable[[_Asked], Part]] = {
    PartName.HAPPENED: _happened,
    PartName.AHEAD: _ahead,
    PartName.STEPS: _steps,
    PartName.STANCES: _stances,
    PartName.DISPUTES: _disputes,
    PartName.COMMITMENTS: _commitments,
    PartName.FORECASTS: _forecasts,
}
