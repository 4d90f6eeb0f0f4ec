"""Where the reports of one happening do not agree, and which accounts of one state of affairs cannot both hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from dragoman.reconcile.places import Place, compare_places
from dragoman.reconcile.tellings import days_of, places_of
from dragoman.record import (
    SYMMETRIC,
    Commitment,
    DateRange,
    Direction,
    Position,
    Predicate,
    Relation,
    Report,
    Standing,
    Status,
    Step,
)
from dragoman.record.occurrence import Matter

if TYPE_CHECKING:
    from dragoman.reconcile.summary import Witness

SEPARATOR = "\x1f"
"""Between the parts of an account's key; no name has it."""
COMPARED = 100
"""Different places, or doers, of one happening with which each is compared: those that most reports tell."""
_NOT = "not "

V = TypeVar("V", bound=Hashable)


class Placed(Protocol):
    """A report as disputes see it: where its sentence stands, and the story (of near-copies) that its text tells."""

    @property
    def document(self) -> str: ...
    @property
    def story(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def in_one_sentence(told: Collection[Placed]) -> bool:
    """Whether all of these overlap in one text: a sentence may be told in two ways, but does not contradict itself."""
    return len({one.document for one in told}) == 1 and max(one.start for one in told) < min(one.end for one in told)


def _document(one: Placed) -> str:
    return one.document


def told_apart(
    sides: Mapping[str, Sequence[P]], text: Callable[[P], tuple[str, ...] | str] = _document
) -> dict[str, list[P]]:
    """The sides without the sentences that stand on two of them: such a one can be read either way and tells neither.

    ``text``: in what a sentence is one, its document unless told.
    """
    placed = [(side, one) for side, told in sides.items() for one in told]
    placed.sort(key=lambda pair: (text(pair[1]), pair[1].start))
    sentences: list[list[tuple[str, P]]] = []
    end = 0
    for side, one in placed:
        if not sentences or text(one) != text(sentences[-1][0][1]) or one.start >= end:
            sentences.append([])
            end = 0
        sentences[-1].append((side, one))
        end = max(end, one.end)
    both = {id(one) for sentence in sentences if len({side for side, _ in sentence}) > 1 for _, one in sentence}
    kept = {side: [one for one in told if id(one) not in both] for side, told in sides.items()}
    return {side: told for side, told in kept.items() if told}


def may_contradict(one: Collection[Placed], other: Collection[Placed]) -> bool:
    """Whether what two sides tell may contradict: they are of two stories, or stand in one text. A near-copy tells what
    its original tells; where they were read differently, that is how they were read."""
    stories = {told.story for side in (one, other) for told in side}
    return len(stories) > 1 or not {told.document for told in one}.isdisjoint(told.document for told in other)


def find_matters(witnesses: Sequence[Witness]) -> tuple[Matter, ...]:
    """What the reports of an occurrence disagree in."""
    return tuple(matter for matter in _WITHIN if len(sides_of(matter, witnesses)) > 1)


_WITHIN = (Matter.KILLED, Matter.INJURED, Matter.DATE, Matter.PLACE, Matter.DOER, Matter.STANDING)


def sides_of(matter: Matter, witnesses: Sequence[Witness]) -> dict[str, list[Witness]]:
    """The accounts of one matter that do not agree, with their reports; empty or one where they do.

    Only reports that tell it as having happened can disagree in anything but whether it did, and only from two
    sentences; whether it did, only by what one voice does not tell both ways in one sentence, and not by copies alone.
    """
    sides = _sides_of(matter, witnesses)
    if len(sides) > 1 and in_one_sentence([w for side in sides.values() for w in side]):
        return {}
    if matter is Matter.STANDING:
        sides = told_apart(sides, lambda w: (w.document, *w.voice))
        return sides if len(sides) > 1 and may_contradict(*sides.values()) else {}
    return sides


def _sides_of(matter: Matter, witnesses: Sequence[Witness]) -> dict[str, list[Witness]]:
    told = [w for w in witnesses if w.standing is Standing.ACTUAL]
    match matter:
        case Matter.KILLED | Matter.INJURED:
            return _grouped((str(value), w) for w in told if (value := getattr(w, str(matter))) is not None)
        case Matter.DATE:
            return _different_dates(told)
        case Matter.PLACE:
            return _different_places(told)
        case Matter.DOER:
            return _different_doers(told)
        case Matter.STANDING:
            denied = [w for w in witnesses if w.standing is Standing.DENIED]
            return _grouped((str(w.standing), w) for w in (*told, *denied)) if told and denied else {}
    return {}


def _grouped(values: Iterable[tuple[str, Witness]]) -> dict[str, list[Witness]]:
    found: dict[str, list[Witness]] = {}
    for value, w in values:
        found.setdefault(value, []).append(w)
    return dict(sorted(found.items()))


def _different_dates(told: Sequence[Witness]) -> dict[str, list[Witness]]:
    """Dates of which two have no day in common; those that agree with all others take no side."""
    dated = [(w, days) for w in told if (days := days_of(w.date, w.standing, None)) is not None]
    if not dated:
        return {}
    latest, earliest = max(days.first for _, days in dated), min(days.last for _, days in dated)
    against = [w for w, days in dated if days.last < latest or days.first > earliest]
    return _grouped((_iso(w.date), w) for w in against if w.date is not None)


def _iso(date: DateRange | None) -> str:
    if date is None:
        return ""
    return date.start if date.start == date.end and date.start else f"{date.start or '…'} – {date.end or '…'}"


def _different_places(told: Sequence[Witness]) -> dict[str, list[Witness]]:
    """Places of which two cannot be one: two towns, two countries."""
    places = {w.id: places_of(w.place) for w in told if w.place}
    against = _against(places, lambda one, other: compare_places(one, other) in (Place.NEAR, Place.APART))
    return _grouped((w.place or "", w) for w in told if w.id in against)


def _different_doers(told: Sequence[Witness]) -> dict[str, list[Witness]]:
    """Doers of which two reports name none in common, either as doer or as acted on."""
    parties = {w.id: (doers, _named(w, "target")) for w in told if (doers := _named(w, "source"))}
    against = _against(parties, lambda one, other: not (one[0] | one[1]) & (other[0] | other[1]))
    return _grouped((", ".join(sorted(parties[w.id][0])), w) for w in told if w.id in against)


def _against(values: Mapping[str, V], contradicts: Callable[[V, V], bool]) -> set[str]:
    """The reports (ids) whose value contradicts another one's; what many tell alike is compared once."""
    counts = Counter(values.values())
    others = [value for value, _ in counts.most_common(COMPARED)]
    opposed = {one for value in counts for other in others if contradicts(value, other) for one in (value, other)}
    return {id for id, value in values.items() if value in opposed}


def _named(w: Witness, role: str) -> frozenset[str]:
    return frozenset([name for r, name in w.people if r == role])


def accounts(report: Report, identities: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The states of affairs that a report tells of, as ``(key, side)``; sides of one key may contradict.

    ``identities`` gives the identity behind each name. Only what is told as being so or as not so takes a side.
    """
    if report.standing not in (Standing.ACTUAL, Standing.DENIED):
        return
    denied = _NOT if report.standing is Standing.DENIED else ""

    def who(name: str) -> str:
        return identities.get(name, name)

    match report:
        case Position(issue=str(issue)):
            for holder in report.holder:
                yield SEPARATOR.join((Matter.STANCE, who(holder), issue)), denied + str(report.stance)
        case Relation(former=False):
            yield _account_of_relation(report, who(report.subject), who(report.object)), denied + str(report.predicate)
        case Step():
            for by in report.by:
                for toward in report.toward:
                    side = denied + ("taken" if report.direction is Direction.UP else "taken back")
                    yield SEPARATOR.join((Matter.ACCOUNT, "step", who(by), who(toward), report.rung)), side
        case Commitment(instrument=str(instrument)) if report.status in _KEEPING:
            for by in report.by:
                yield (
                    SEPARATOR.join((Matter.ACCOUNT, "commitment", who(by), instrument)),
                    denied + _KEEPING[report.status],
                )


_KEEPING = {Status.KEPT: "kept", Status.BROKEN: "not kept", Status.UNMET: "not kept"}


def _account_of_relation(report: Relation, subject: str, other: str) -> str:
    if report.predicate in SYMMETRIC:
        return SEPARATOR.join((Matter.ACCOUNT, "tie", *sorted((subject, other))))
    return SEPARATOR.join((Matter.ACCOUNT, str(report.predicate), subject, other, report.title or ""))


_OPPOSITES = (
    ("support", "oppose"),
    (str(Predicate.ALLIED_WITH), str(Predicate.OPPOSED_TO)),
    ("kept", "not kept"),
)
"""Sides that cannot both hold. A step taken and taken back within a month are two steps, no dispute."""


def opposed(sides: Mapping[str, Sequence[P]]) -> dict[str, list[P]]:
    """The sides of one account, if some cannot both hold (opposites, or one and its denial), without the sentences that
    stand on two of them; else none. Copies alone make no dispute."""
    found = told_apart(sides)
    pairs = [*_OPPOSITES, *((side, _NOT + side) for side in found)]
    is_opposed = any(a in found and b in found and may_contradict(found[a], found[b]) for a, b in pairs)
    return found if is_opposed else {}
