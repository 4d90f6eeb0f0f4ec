"""Which report of the present reading each decided thing is, and how it then stands. Pure: reports in, reports out.

A *thing* is a report that somebody decided about, as it was read then. It is the report with the same content, else the
same claim where the evidence overlaps most (``dragoman.case.claims``). Two things that one reader told apart, or one
person added, stay two; things of different readers may be one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.case.claims import alike_in_roles, is_same_claim, overlap
from dragoman.errors import RecordError
from dragoman.record import Action, Decision, Report, State
from dragoman.record.correction import build, corrected
from dragoman.record.decision import ABOUT_A_REPORT, BY_HAND, subject_report, undone


@dataclass(frozen=True, slots=True)
class Part:
    """A decision, under its id, with one of the reports that it is about; ``stands`` unless it is undone."""

    id: str
    decision: Decision
    position: int
    stands: bool

    @property
    def key(self) -> tuple[str, int]:
        """What names it in the store."""
        return self.id, self.position

    @property
    def order(self) -> tuple[str, str]:
        """Of two the later counts."""
        return self.decision.made, self.id


@dataclass(frozen=True, slots=True)
class Standing:
    """A report as decided: ``report`` under ``id``, which stays what it was read as; ``read`` is what the present
    reader has read, ``None`` for what is kept though it does not read it; ``parts`` are the decisions on it."""

    id: str
    state: State
    report: Report
    read: Report | None
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    id: str
    report: Report
    parts: tuple[Part, ...]  # in order of time

    @property
    def standing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.stands)


def decide_document(document: str, text: str, read: Mapping[str, Report], parts: Iterable[Part]) -> list[Standing]:
    """Every report of a document as decided: those that were read, in their order, then those that people stand for.

    ``parts`` are all decisions about it; one whose words are not the document's is tied to nothing. What was added and
    then rejected is among the latter, as rejected.
    """
    things = [thing for thing in _things(document, text, parts) if thing.standing]
    tied = _tie(things, read)
    told: dict[str, list[_Thing]] = {id: [] for id in read}
    kept: list[_Thing] = []
    for thing in things:
        (told[tied[thing.id]] if thing.id in tied else kept).append(thing)
    found = [_decided(id, report, report, told[id], text) for id, report in read.items()]
    return found + [
        _decided(thing.id, thing.report, None, [thing], text) for thing in kept if _is_kept(thing, _state(thing))
    ]


def judge(decisions: Sequence[Decision]) -> Iterator[tuple[str, Report, str, bool]]:
    """What people say of reports, without a case: the document, the report as it is to be, the id of what they judged,
    and whether it stands."""
    by_id = {decision.id: decision for decision in decisions}
    fallen = undone({id: decision.target for id, decision in by_id.items() if decision.target is not None})
    found: dict[tuple[str, str], list[Part]] = {}
    for id, decision in by_id.items():
        if decision.action in ABOUT_A_REPORT:
            where = decision.subject["digest"], decision.subject["document"]
            found.setdefault(where, []).append(Part(id, decision, 0, id not in fallen))
    for (digest, document), parts in sorted(found.items()):
        for thing in _things(digest, None, parts):
            state, report = _applied(thing.report, thing.standing)
            if state is State.REJECTED or _is_kept(thing, state):
                yield document, replace(report, document=document), thing.id, state is not State.REJECTED


def _things(document: str, text: str | None, parts: Iterable[Part]) -> Iterator[_Thing]:
    """The decisions by the report that they are about."""
    found: dict[str, tuple[Report, list[Part]]] = {}
    for part in sorted(parts, key=lambda part: (part.order, part.position)):
        try:
            report = subject_report(part.decision.reports[part.position], document)
        except RecordError:  # of a codebook that this program does not know
            continue
        if text is None or text[report.evidence.start : report.evidence.end] == report.evidence.text:
            found.setdefault(report.id, (report, []))[1].append(part)
    for id in sorted(found):
        report, own = found[id]
        yield _Thing(id, report, tuple(own))


def _tie(things: Sequence[_Thing], read: Mapping[str, Report]) -> dict[str, str]:
    """The id of the report that each thing is, for those that are any."""
    tied = {thing.id: thing.id for thing in things if thing.id in read}
    taken = {(tied[thing.id], thing.report.reader) for thing in things if thing.id in tied}
    pairs = [
        (tuple(-measure for measure in _closeness(thing, report)), thing.id, id, thing.report.reader)
        for thing in things
        if thing.id not in tied
        for id, report in read.items()
        if _is_it(thing, report)
    ]
    for _, thing_id, id, reader in sorted(pairs):
        if thing_id not in tied and (id, reader) not in taken:
            tied[thing_id] = id
            taken.add((id, reader))
    return tied


def _is_it(thing: _Thing, report: Report) -> bool:
    """Whether a report is the claim of a thing, as it was read or as it was put right.

    What was added by hand may stand beside a like one on purpose, and what was rejected must not take with it what
    the text does say: these need more than half of the actors.
    """
    decided = _applied(thing.report, thing.standing)[1]
    alike = [one for one in (thing.report, decided) if is_same_claim(one, report)]
    if thing.report.reader.startswith(BY_HAND):
        return any(alike_in_roles(one, report) == 1 and _told(one) == _told(report) for one in alike)
    if _state(thing) is State.REJECTED:
        return any(one.standing == report.standing for one in alike)
    return bool(alike)


def _told(report: Report) -> tuple[object, ...]:
    date = getattr(report, "date", None) or getattr(report, "horizon", None)
    return report.standing, report.voice, date, getattr(report, "place", None), getattr(report, "what", None)


def _closeness(thing: _Thing, report: Report) -> tuple[float, ...]:
    one, other = thing.report, report
    return (
        overlap(one.evidence, other.evidence),
        alike_in_roles(one, other),
        one.standing == other.standing,
        one.voice == other.voice,
        -abs(one.evidence.start - other.evidence.start),
    )


def _is_kept(thing: _Thing, state: State) -> bool:
    """Whether what is not read, and is decided to stand so, stays: somebody's word for it stands. What was added goes
    when that is undone."""
    if adding := [part for part in thing.parts if part.decision.action is Action.ADD]:
        return any(part.stands for part in adding)
    return state not in (State.READ, State.REJECTED)


def _state(thing: _Thing) -> State:
    return _applied(thing.report, thing.standing)[0]


def _decided(id: str, start: Report, read: Report | None, things: Sequence[_Thing], text: str) -> Standing:
    parts = sorted((part for thing in things for part in thing.standing), key=lambda part: part.order)
    state, report = _applied(start, parts)
    if text[report.evidence.start : report.evidence.end] != report.evidence.text:
        report = replace(report, evidence=start.evidence)
    if state is State.REJECTED:
        report = start
    return Standing(id, state, report, read, tuple(part.key for part in parts))


def _applied(report: Report, parts: Sequence[Part]) -> tuple[State, Report]:
    """A report after these decisions, in this order; it is certain once a person stands for it."""
    state, last = State.READ, State.READ  # ``last``: how it stood before it was rejected
    for part in parts:
        decision = part.decision
        match decision.action:
            case Action.REJECT:
                state = State.REJECTED
            case Action.ACCEPT:
                state = last = State.ACCEPTED if last is State.READ else last
            case Action.ADD:
                report, state = build({**decision.value, "document": report.document}), State.ADDED
                last = state
            case Action.CORRECT:
                try:
                    report = corrected(report, decision.value)
                except RecordError:  # of a codebook that this program does not know
                    continue
                state = last = State.ADDED if last is State.ADDED else State.CORRECTED
    if state in (State.READ, State.REJECTED):
        return state, report
    return state, replace(report, confidence=1.0)
