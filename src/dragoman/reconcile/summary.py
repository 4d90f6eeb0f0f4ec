"""An occurrence summed up from its reports: the best date, place, parties and figures, and how it is told.

The best value is the one that most independent sources tell; of several the narrowest or, of figures, the latest told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.reconcile.disputes import find_matters
from dragoman.reconcile.tellings import places_of
from dragoman.record import DateRange, Standing
from dragoman.record.occurrence import Account, Matter, Told
from dragoman.record.words import dated

_LATE = "9999"
_NEVER = "~"
"""When a document without a date was published: after every date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What one report of an occurrence tells, as summing up needs it. ``id`` is the report's, ``people`` are
    ``(role, name)`` in order, by the name that the case gives the actor; its sentence is from ``start`` to ``end``,
    its document tells ``story``."""

    id: str
    document: str
    start: int
    end: int
    story: int
    teller: str
    published: str | None
    type: str
    standing: Standing
    voice: tuple[str, ...]
    date: DateRange | None
    place: str | None
    killed: int | None
    injured: int | None
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list shows of an occurrence. ``first_told`` and ``last_told`` are publications; ``~``: not dated."""

    type: str
    status: Told
    date: DateRange | None
    day: str
    place: str | None
    killed: int | None
    injured: int | None
    documents: int
    sources: int
    first_told: str | None
    last_told: str
    disputes: tuple[Matter, ...]
    people: tuple[tuple[str, str, int], ...]


def sum_up(witnesses: Sequence[Witness]) -> Summary:
    """The summary of the reports of one occurrence; the first comes first (``gathering.rank``)."""
    told = _strongest(witnesses)
    date = _best_date(told) or _best_date(witnesses)
    published = sorted(w.published for w in witnesses if w.published)
    matters = find_matters(witnesses)
    return Summary(
        type=_most((w.type, w) for w in told) or witnesses[0].type,
        status=_status(witnesses, matters),
        date=date,
        day=(date.start or date.end or "") if date else (published[0] if published else ""),
        place=_best_place(told) or _best_place(witnesses),
        killed=_best_figure(told, "killed"),
        injured=_best_figure(told, "injured"),
        documents=len({w.document for w in witnesses}),
        sources=len({w.teller for w in witnesses}),
        first_told=published[0] if published else None,
        last_told=published[-1] if len(published) == len(witnesses) else _NEVER,
        disputes=matters,
        people=_people(witnesses),
    )


def accounts_of(witnesses: Sequence[Witness]) -> tuple[Account, ...]:
    """Every value told of the date, the place, the parties and the figures, with the reports that tell it."""
    found: dict[tuple[str, str], list[Witness]] = {}
    for w in witnesses:
        values = [("date", dated(w.date)), ("place", w.place)]
        values += [(field, getattr(w, field)) for field in ("killed", "injured")]
        values += [(role, name) for role, name in w.people if role != "voice"]
        values.append(("standing", str(w.standing)))
        for field, value in values:
            if value not in (None, ""):
                found.setdefault((field, str(value)), []).append(w)
    return tuple(account(field, value, tellers) for (field, value), tellers in found.items())


def account(field: str, value: str, witnesses: Sequence[Witness]) -> Account:
    """One value, told by these."""
    return Account(
        field,
        value,
        tuple(dict.fromkeys(w.id for w in witnesses)),
        len({w.document for w in witnesses}),
        len({w.teller for w in witnesses}),
    )


def _strongest(witnesses: Sequence[Witness]) -> Sequence[Witness]:
    """The reports that tell it as having happened, else all."""
    return [w for w in witnesses if w.standing is Standing.ACTUAL] or witnesses


def _status(witnesses: Sequence[Witness], matters: Sequence[Matter]) -> Told:
    told = [w for w in witnesses if w.standing is Standing.ACTUAL]
    own = {w.teller for w in told if not w.voice}
    if matters:
        return Told.DISPUTED
    if told:
        return Told.CLAIMED if not own else Told.SEVERAL if len(own) > 1 else Told.ONE
    standings = {w.standing for w in witnesses}
    for standing, status in (
        (Standing.DENIED, Told.DENIED),
        (Standing.PLANNED, Told.PLANNED),
        (Standing.DEMANDED, Told.ASKED),
    ):
        if standing in standings:
            return status
    return Told.POSSIBLE


def _most(values: Iterable[tuple[str, Witness]]) -> str | None:
    """The value that most sources tell; of several the first in the alphabet."""
    tellers: dict[str, set[str]] = {}
    for value, w in values:
        tellers.setdefault(value, set()).add(w.teller)
    return min(tellers, key=lambda value: (-len(tellers[value]), value), default=None)


def _best_date(witnesses: Sequence[Witness]) -> DateRange | None:
    """The date that most sources tell among the narrowest ones: one day before one month."""
    dates = [(w.date, w) for w in witnesses if w.date is not None]
    if not dates:
        return None
    narrowest = max(_precision(date) for date, _ in dates)
    best = _most((f"{d.start or ''}/{d.end or ''}", w) for d, w in dates if _precision(d) == narrowest) or "/"
    start, _, end = best.partition("/")
    return DateRange(start or None, end or None)


def _precision(date: DateRange) -> tuple[bool, int, bool]:
    closed = date.start is not None and date.end is not None
    return (closed, min(len(date.start or _LATE), len(date.end or _LATE)), date.start == date.end)


def _best_place(witnesses: Sequence[Witness]) -> str | None:
    return _most((place, w) for w in witnesses for place in places_of(w.place)[:1])


def _best_figure(witnesses: Sequence[Witness], field: str) -> int | None:
    """The figure that most sources tell; of several the latest told, since tolls rise."""
    told: dict[int, set[str]] = {}
    latest: dict[int, str] = {}
    for w in witnesses:
        if (value := getattr(w, field)) is not None:
            told.setdefault(value, set()).add(w.teller)
            latest[value] = max(latest.get(value, ""), w.published or "")
    return max(told, key=lambda value: (len(told[value]), latest[value], value), default=None)


def _people(witnesses: Sequence[Witness]) -> tuple[tuple[str, str, int], ...]:
    """Everybody by role, those whom most reports name first."""
    counts: dict[tuple[str, str], set[str]] = {}
    for w in witnesses:
        for role, name in w.people:
            if role != "voice":
                counts.setdefault((role, name), set()).add(w.id)
    ranked = sorted(counts, key=lambda key: (key[0], -len(counts[key]), key[1]))
    return tuple((role, name, len(counts[role, name])) for role, name in ranked)
