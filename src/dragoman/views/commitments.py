"""Commitments as a ledger: who owes whom what under which instrument, and what is told of keeping it.

Reports speak of one undertaking when somebody owes it in both, and their words of what is owed are alike: by ``ALIKE``,
or by ``ALIKE_UNDER_ONE`` where both name the same instrument (see ``views.alike``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.case import Case
from dragoman.case.ledgers import CommitmentLine, Party
from dragoman.record import DateRange, Standing, Status
from dragoman.record.decision import Decision, Resolution
from dragoman.views.alike import Stems, gather, stems_of
from dragoman.views.deadlines import find_deadline, is_past

ALIKE = 0.5
ALIKE_UNDER_ONE = 0.3
"""Parts of the telling words of two phrases that must be common; where both name one instrument less doubt is left."""
MOST = 1_000
"""Reports that a first look puts together, the latest: more take longer than a reader waits."""
_FAILED = frozenset({Status.BROKEN, Status.UNMET, Status.REFUSED})


@dataclass(frozen=True, slots=True)
class Turn:
    """What is told of an undertaking at one time: its reports of one status and standing from one date on.

    ``told`` is the date of the first document, ``said`` that nobody but speakers tell it, ``voices`` who they are.
    """

    status: Status
    standing: Standing
    told: str
    said: bool
    voices: tuple[str, ...]
    documents: int
    sources: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One thing owed. ``id`` is that of its first report, ``what`` its words there, ``instrument`` the one named most.

    ``status`` is the one told last as so, ``disputed`` that it is told both as kept and as not; ``due`` is the date
    that its words tell, ``overdue`` that this is past, nobody tells that it was kept and nobody has resolved it.
    ``outcome`` and ``judge`` are those of the person who resolved it (``true``: kept). ``why`` says what put it
    together.
    """

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    instrument: str | None
    what: str
    status: Status | None
    outcome: Resolution | None
    judge: str
    disputed: bool
    due: DateRange | None
    overdue: bool
    turns: tuple[Turn, ...]
    why: tuple[str, ...]
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Undertakings:
    """The undertakings told of last first. ``undated`` and ``older`` count the reports that are left out: of documents
    without a date, and told before the latest that were asked for."""

    as_of: str | None
    undertakings: tuple[Undertaking, ...]
    documents: int
    sources: int
    undated: int
    older: int


def compose_undertakings(
    case: Case,
    *,
    actor: str | None = None,
    as_of: str | None = None,
    today: str | None = None,
    due: bool = False,
    most: int | None = None,
    resolutions: Mapping[str, Decision] | None = None,
) -> Undertakings:
    """The ledger of all commitments, or of those that an actor owes or is owed.

    What is overdue is judged as of ``as_of``, else ``today`` (ISO). ``due``: only undertakings whose date is past then.
    ``most``: put together only so many reports, the latest. ``resolutions`` are those of the case unless others are
    given.
    """
    judged = case.resolutions(as_of=as_of) if resolutions is None else resolutions
    found = case.latest_commitments(actor=actor, as_of=as_of, most=most)
    lines: Sequence[CommitmentLine] = found.lines
    cut = {what: stems_of(what) for what in {line.what for line in lines}}
    under = {name: stems_of(name) if name else None for name in {line.instrument for line in lines}}
    groups = gather(
        lines,
        stems=lambda line: cut[line.what],
        keys=lambda line: [party.actor for party in line.by],
        trait=lambda line: under[line.instrument],
        least=ALIKE_UNDER_ONE,
        is_one=lambda one, other, alike: alike >= ALIKE or (one is not None and one == other),
    )
    owed = [_undertaking(group, cut, judged, as_of or today or "") for group in groups]
    if due:
        owed = [one for one in owed if one.due and is_past(one.due.end, as_of or today or "")]
    return Undertakings(
        as_of=as_of,
        undertakings=tuple(sorted(owed, key=lambda one: (one.turns[-1].told, one.id), reverse=True)),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
        undated=found.undated,
        older=found.older,
    )


def _undertaking(
    lines: Sequence[CommitmentLine], cut: Mapping[str, Stems], judged: Mapping[str, Decision], day: str
) -> Undertaking:
    """``lines`` in the order in which they were told."""
    first = lines[0]
    decision = next((judged[line.id] for line in lines if line.id in judged), None)
    turns = _turns(lines)
    told = [turn for turn in turns if turn.standing is Standing.ACTUAL and not turn.said] or [
        turn for turn in turns if turn.standing is Standing.ACTUAL
    ]
    statuses = {turn.status for turn in turns if turn.standing is Standing.ACTUAL}
    deadlines = (find_deadline(line.what, line.published) for line in lines)
    due = next((deadline for deadline in deadlines if deadline), None)
    return Undertaking(
        id=first.id,
        by=_names(line.by for line in lines),
        to=_names(line.to for line in lines),
        instrument=_most([line.instrument for line in lines if line.instrument]),
        what=first.what,
        status=told[-1].status if told else None,
        outcome=Resolution(decision.value["outcome"]) if decision else None,
        judge=decision.author if decision else "",
        disputed=Status.KEPT in statuses and bool(statuses & _FAILED),
        due=due,
        overdue=decision is None and due is not None and is_past(due.end, day) and Status.KEPT not in statuses,
        turns=turns,
        why=_why(lines, cut),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
    )


def _turns(lines: Sequence[CommitmentLine]) -> tuple[Turn, ...]:
    alike: dict[tuple[Status, Standing], list[CommitmentLine]] = {}
    for line in lines:
        alike.setdefault((line.status, line.standing), []).append(line)
    turns = [_turn(group) for group in alike.values()]
    order = list(Status)
    return tuple(sorted(turns, key=lambda turn: (turn.told, order.index(turn.status), turn.standing)))


def _turn(lines: Sequence[CommitmentLine]) -> Turn:
    return Turn(
        status=lines[0].status,
        standing=lines[0].standing,
        told=lines[0].published or "",
        said=all(line.voice for line in lines),
        voices=tuple(dict.fromkeys(line.voice[-1] for line in lines if line.voice)),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
        reports=tuple(line.id for line in lines),
    )


def _names(parties: Iterable[Sequence[Party]]) -> tuple[str, ...]:
    """Each actor once, under the name that it has first."""
    names: dict[str, str] = {}
    for party in (party for some in parties for party in some):
        names.setdefault(party.actor, party.name)
    return tuple(names.values())


def _most(values: Sequence[str]) -> str | None:
    return min(set(values), key=lambda value: (-values.count(value), value), default=None)


def _why(lines: Sequence[CommitmentLine], cut: Mapping[str, Stems]) -> tuple[str, ...]:
    """In words, what holds several reports together: who owes it in all, and the word stems that most of them share."""
    if len(lines) == 1:
        return ()
    owing = Counter(party.name for line in lines for party in {party.actor: party for party in line.by}.values())
    words = Counter(stem for line in lines for stem in cut[line.what])
    shared = sorted(stem for stem, count in words.items() if 2 * count > len(lines))
    most = _most([line.instrument for line in lines if line.instrument])
    under = [f"under {most}"] if most and sum(line.instrument == most for line in lines) > 1 else []
    return (f"owed by {owing.most_common(1)[0][0]}", f"words in common: {', '.join(shared) or 'none in most'}", *under)
