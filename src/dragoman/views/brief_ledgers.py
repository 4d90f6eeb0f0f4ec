"""Steps, stances, commitments and forecasts as sentences of a brief, each as strong as its reports and no stronger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.case import Case, StanceChange, StanceCount, StoredReport
from dragoman.reconcile.steps import Climbed, TakenStep
from dragoman.record import Direction, Position, Stance, Standing, Status
from dragoman.record.decision import Resolution
from dragoman.record.words import STANCES, dated, listed, slug_in_words
from dragoman.views.brief_data import Line
from dragoman.views.brief_notes import Notes, choose, shorten
from dragoman.views.commitments import Turn, Undertaking
from dragoman.views.forecasts import Due, Prediction
from dragoman.views.ladder import NOBODY, Climb
from dragoman.views.wording import undertaken

STANDINGS: Mapping[Standing, str] = {
    Standing.PLANNED: "Planned",
    Standing.POSSIBLE: "Possible",
    Standing.DEMANDED: "Asked for",
    Standing.CONDITIONAL: "On a condition",
    Standing.DENIED: "Denied",
}
_OUTCOMES: Mapping[Resolution, str] = {
    Resolution.TRUE: "kept",
    Resolution.FALSE: "not kept",
    Resolution.PARTLY: "partly kept",
    Resolution.VOID: "void",
}
_NAMED = 4


def is_within(day: str, since: str | None, until: str | None) -> bool:
    """Whether a date (ISO prefix) touches a period: 2023 is neither before nor after 2023-06."""
    if not day:
        return since is None and until is None
    return (since is None or day[: len(since)] >= since[: len(day)]) and (
        until is None or day[: len(until)] <= until[: len(day)]
    )


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly something is told: its label, and what keeps it from being a plain fact."""

    label: str
    hedge: tuple[str, ...] = ()


def strength_of(standing: Standing, *, sources: int, said: bool, voices: Sequence[str]) -> Strength:
    """Of reports of one standing, by how many independent sources, and by whom if nobody but speakers tell them."""
    whom = listed([shorten(name) for name in voices[:_NAMED]], "others")
    claimed = f"only according to {whom}{' and others' if voices[_NAMED:] else ''}"
    told = "Claimed" if said else "One source" if sources == 1 else "Several sources"
    if standing is Standing.ACTUAL:
        return Strength(told, (claimed,) if said else ())
    return Strength(STANDINGS[standing], (claimed,) if said else ("told by one source",) if sources == 1 else ())


class Citing:
    """Footnotes for lines that know their reports by id."""

    def __init__(self, case: Case, notes: Notes, ids: Iterable[str]) -> None:
        self._notes = notes
        self._stored: Mapping[str, StoredReport] = case.reports_by_id(dict.fromkeys(ids))

    def cite(self, line: str, *reports: Sequence[str]) -> tuple[int, ...]:
        """The notes of a line: some of each of these reports, plain ones before those in somebody's voice."""
        found: list[StoredReport] = []
        for ids in reports:
            known = [self._stored[id] for id in ids if id in self._stored]
            found += [one for one in choose(sorted(known, key=lambda s: bool(s.report.voice))) if one not in found]
        return self._notes.cite_all(found, line)

    def documents(self, ids: Iterable[str]) -> set[str]:
        """The documents of these reports."""
        return {self._stored[id].report.document for id in ids if id in self._stored}

    def is_said(self, ids: Iterable[str]) -> bool:
        """Whether of these positions each is told by somebody else than the document and the holder."""
        reports = [self._stored[id].report for id in ids if id in self._stored]
        return all(one.voice and isinstance(one, Position) and not {*one.voice} & {*one.holder} for one in reports)


def steps_of(ways: Iterable[Climbed], since: str | None, until: str | None) -> list[tuple[str, TakenStep]]:
    """The steps of a period, by whom, the latest first."""
    steps = [(_taken_by(way, step), step) for way in ways for step in way.steps if is_within(step.day, since, until)]
    return sorted(steps, key=lambda pair: (pair[1].day, pair[0], pair[1].reports), reverse=True)


def _taken_by(way: Climbed, step: TakenStep) -> str:
    """Who is told to take a step: for a state also those who act for it."""
    return way.name if way.name and way.name in step.makers else listed(step.makers, NOBODY, most=_NAMED)


def tell_step(actor: str, step: TakenStep, authority: str, citing: Citing, id: str) -> Line:
    """The sentence of a step."""
    way = "up" if step.direction is Direction.UP else "down"
    told = strength_of(step.standing, sources=step.sources, said=step.said, voices=step.voices)
    return Line(
        id=id,
        date=step.day if step.is_dated else f"told {step.day}" if step.day else "undated",
        label=told.label,
        text=f"{_upper(shorten(actor))}: a step {way} on the rung “{step.rung}” toward {shorten(authority)}",
        hedge="; ".join(told.hedge),
        documents=step.documents,
        sources=step.sources,
        notes=citing.cite(id, step.reports),
    )


def standing_step(climb: Climb) -> TakenStep | None:
    """The step since which a state stands on its highest rung."""
    since = next((cell.since for cell in climb.cells if cell.rung == climb.highest), None)
    bearing = [
        step
        for step in climb.steps
        if (step.rung, step.day) == (climb.highest, since)
        and (step.standing, step.direction, step.said) == (Standing.ACTUAL, Direction.UP, False)
    ]
    return bearing[0] if bearing else None


def tell_standing(climb: Climb, step: TakenStep, citing: Citing, id: str) -> Line:
    """The sentence that tells on which rung a state stands."""
    told = strength_of(step.standing, sources=step.sources, said=step.said, voices=step.voices)
    through = [] if climb.actor in step.makers else [f"through {listed([shorten(name) for name in step.makers])}"]
    said = [f"higher, on “{climb.said}”, only if what speakers say is so"] if climb.said else []
    return Line(
        id=id,
        date=f"since {step.day}" if step.is_dated else f"told {step.day}",
        label=told.label,
        text=f"{_upper(shorten(climb.actor))} stands on the rung “{climb.highest}”",
        hedge="; ".join([*through, *told.hedge, *said]),
        documents=step.documents,
        sources=step.sources,
        notes=citing.cite(id, step.reports),
    )


def stance_told(cell: StanceCount) -> Stance | None:
    """The stance that all statements of a cell tell; ``None`` where they tell more than one."""
    counts = ((Stance.SUPPORT, cell.support), (Stance.OPPOSE, cell.oppose), (Stance.MIXED, cell.mixed))
    told = [stance for stance, number in counts if number]
    return told[0] if len(told) == 1 else None


def tell_change(change: StanceChange, citing: Citing, id: str) -> Line:
    """The sentence of a stance that changed; the weaker of its two sides gives the label."""
    sides = {"the earlier": change.before, "the later": change.after}
    said = [which for which, cell in sides.items() if citing.is_said(cell.reports)]
    alone = [which for which, cell in sides.items() if cell.sources == 1]
    hedge = [f"{listed(said)} stance only as others say"] if said else []
    if alone:
        hedge.append("each stance told by one source" if len(alone) == 2 else f"{alone[0]} stance told by one source")
    before, after = (f"{STANCES[told]} it" for cell in sides.values() if (told := stance_told(cell)))
    what = shorten(change.after.concept.name.removeprefix("~"))
    return Line(
        id=id,
        date=change.after.slice or "",
        label="Claimed" if said else "One source" if alone else "Several sources",
        text=f"{_upper(shorten(change.holder))} on {what}: told as {before}, then as {after}",
        hedge="; ".join([f"last told otherwise {change.before.slice}", *hedge]),
        documents=len(citing.documents([*change.before.reports, *change.after.reports])),
        sources=max(cell.sources for cell in sides.values()),
        notes=citing.cite(id, change.before.reports, change.after.reports),
    )


def latest_turn(one: Undertaking) -> Turn:
    """What an undertaking is told to have come to: the last turn told as so, by a document if any, else the last."""
    actual = [turn for turn in one.turns if turn.standing is Standing.ACTUAL]
    return ([turn for turn in actual if not turn.said] or actual or list(one.turns))[-1]


def tell_undertaking(one: Undertaking, citing: Citing, id: str) -> Line:
    """The sentence of a commitment."""
    turn = latest_turn(one)
    told = strength_of(turn.standing, sources=turn.sources, said=turn.said, voices=turn.voices)
    hedge = list(told.hedge)
    label = told.label
    if one.disputed:
        label, hedge = "Disputed", ["told both as kept and as not kept", *hedge]
    if one.outcome is not None:
        hedge.append(f"{_OUTCOMES[one.outcome]}, as {shorten(one.judge) or 'a person'} judged")
    if one.due is not None:
        late = ", past, and not told as kept" if one.overdue else ""
        hedge.append(f"due by {one.due.end}{late}")
    to = f" to {listed([shorten(name) for name in one.to], most=_NAMED)}" if one.to else ""
    under = f" (under {shorten(one.instrument)})" if one.instrument else ""
    by = listed([shorten(name) for name in one.by], most=_NAMED)
    return Line(
        id=id,
        date=turn.told or "undated",
        label=label,
        text=f"{_upper(by)} {undertaken(turn.status, one.by)}{to}: {shorten(one.what) or 'something'}{under}",
        hedge="; ".join(hedge),
        documents=one.documents,
        sources=one.sources,
        notes=citing.cite(id, *cited_of(one)),
    )


def cited_of(one: Undertaking) -> list[Sequence[str]]:
    """The reports of a commitment of which its line cites some: the first, those of what it came to, and where it is
    disputed those of every turn that says whether it was kept."""
    turn = latest_turn(one)
    both = [t.reports for t in one.turns if one.disputed and t is not turn and t.status in _KEPT]
    return [(one.id,), turn.reports, *both]


_KEPT = (Status.KEPT, Status.BROKEN, Status.UNMET, Status.REFUSED)


def tell_prediction(one: Prediction, citing: Citing, id: str) -> Line:
    """The sentence of a forecast."""
    hedge = ["on a condition"] if one.conditional else []
    if one.horizon is not None:
        closed = one.horizon.start is not None and one.horizon.end is not None
        hedge.append(f"{'for ' if closed else ''}{dated(one.horizon)}")
    if one.outcome is not None:
        hedge.append(f"{one.outcome}, as {shorten(one.judge) or 'a person'} judged")
    by = listed([shorten(name) for name in one.by], "the author", most=_NAMED)
    return Line(
        id=id,
        date=f"told {one.told}" if one.told else "undated",
        label="One source" if one.sources == 1 else "Several sources",
        text=f"{_upper(by)} called it {slug_in_words(one.likelihood)}: {shorten(one.what) or 'something'}",
        hedge="; ".join(hedge),
        documents=one.documents,
        sources=one.sources,
        notes=citing.cite(id, one.reports),
    )


def is_open(one: Prediction) -> bool:
    """Whether a forecast names a time that is still to come."""
    return one.due is Due.OPEN and one.horizon is not None


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
