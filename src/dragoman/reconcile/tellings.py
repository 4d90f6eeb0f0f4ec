"""Tellings: what gathering needs to know of one event report, and nothing else.

A telling is made from the report and its document's date alone, so that whether two tellings are of one happening does
not depend on what else is in the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from dragoman.reconcile.acts import stem
from dragoman.record import DateRange, Event, EventType, Role, Standing

UNDATED_REACH = 7
"""Days before its document's publication (after it, for what is planned) in which an act without a date is looked for.
News tells of the last days; what lies further back is told with its date."""
OPEN_REACH = 31
"""Days that a date with one open end reaches: *since Monday*, *by 1 July*."""
WINDOW = 6
"""Words on either side of the trigger that say what the act is about; the rest of a long sentence is about others."""

UNNAMED = "?"
"""How the identity begins of those whom a text gives no name (*people*, *gunmen*): other texts call others so."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_COMMON = frozenset(
    "the and that this with from have has had were was been being are for its his her their they them who whom which "
    "will would could should may might must also into over under after before about against between during than then "
    "there where when while more most some many other others said says told not but out off two one".split()
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days in which an act lies, both ends included, as day numbers (``date.toordinal``).

    ``told`` is false for days that are only inferred from when the document was published.
    """

    first: int
    last: int
    told: bool = True

    @property
    def width(self) -> int:
        """Days besides the first: 0 for a single day."""
        return self.last - self.first

    def gap(self, other: Days) -> int:
        """Days that lie between the two; 0 where they overlap or touch in one day."""
        return max(0, self.first - other.last, other.first - self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event report as gathering sees it.

    ``id``, ``document``, ``start`` and ``published`` (a day number) say which report it is: they order, and never
    decide. Parties are identities (``state/PAK``, ``~green party``); a body that serves a state has been replaced by
    the state, and one that has no name (``?gunmen``) is known by how it begins. ``word`` is the act's
    word as the text has it, ``near`` the stems of the words around it. ``places`` are the names told.
    """

    id: str
    document: str
    start: int = 0
    published: int | None = None
    word: str = ""
    type: EventType | None = None
    source: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    days: Days | None = None
    places: tuple[str, ...] = ()
    killed: int | None = None
    injured: int | None = None
    standing: Standing = Standing.ACTUAL
    near: frozenset[str] = frozenset()
    parties: frozenset[str] = field(init=False, compare=False)
    """Who acts and who is acted on; kept, since each telling is compared with many."""
    everybody: frozenset[str] = field(init=False, compare=False)
    """All who have a part in it."""
    named: frozenset[str] = field(init=False, compare=False)
    """Those of them who are told by name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", self.source | self.target)
        object.__setattr__(self, "everybody", self.parties | self.around)
        object.__setattr__(self, "named", frozenset(one for one in self.everybody if not one.startswith(UNNAMED)))


def telling_of(event: Event, *, id: str, published: str | None, identify: Callable[[str], str]) -> Telling:
    """The telling of an event report that is kept under this id. ``identify`` gives the identity behind a name of its
    document's actors."""
    word = word_of(event.why)
    return Telling(
        id=id,
        document=event.document,
        start=event.evidence.start,
        published=None if published is None else first_day(published),
        word=word,
        type=event.type,
        source=frozenset(map(identify, event.source)),
        target=frozenset(map(identify, event.target)),
        around=frozenset(identify(n) for role, names in event.others if role is not Role.INSTRUMENT for n in names),
        days=days_of(event.date, event.standing, published),
        places=places_of(event.place),
        killed=event.killed,
        injured=event.injured,
        standing=event.standing,
        near=words_near(word, event.evidence.text),
    )


def is_named(name: str) -> bool:
    """Whether a text calls somebody by a name: *Green Party*, *Afghan women*; not *gunmen*, *two officials*."""
    return not name.islower()


def word_of(why: Iterable[str]) -> str:
    """The word that made a reader see the act (``word: met``), in lower case; empty for a report made by hand."""
    return next((line.removeprefix("word: ").casefold() for line in why if line.startswith("word: ")), "")


def places_of(place: str | None) -> tuple[str, ...]:
    """The places that a report names; the codebook joins several by semicolons."""
    return tuple(part.strip() for part in (place or "").split(";") if part.strip())


def words_near(word: str, text: str) -> frozenset[str]:
    """Stems of the telling words around the trigger, without it; of the whole text where it does not stand there."""
    words = [match.group().casefold() for match in _WORD.finditer(text)]
    first = word.split()[0] if word.split() else ""
    at = words.index(first) if first in words else None
    if at is not None:
        words = words[max(0, at - WINDOW) : at] + words[at + 1 : at + 1 + WINDOW]
    return frozenset(stem(w) for w in words if w[0].isdigit() or (len(w) > 2 and w not in _COMMON))


def days_of(told: DateRange | None, standing: Standing, published: str | None) -> Days | None:
    """The days in which an act lies by what is told; else near the publication; ``None`` without either."""
    if told is not None:
        first = first_day(told.start) if told.start else None
        last = last_day(told.end) if told.end else None
        if first is None and last is not None:
            return Days(last - OPEN_REACH, last)
        if first is not None:
            return Days(first, max(first, first + OPEN_REACH if last is None else last))
    if published is None:
        return None
    day = first_day(published)
    if len(published) < 10:
        return Days(day, last_day(published), told=False)
    ahead = standing is Standing.PLANNED
    return Days(day, day + UNDATED_REACH, told=False) if ahead else Days(day - UNDATED_REACH, day, told=False)


@lru_cache(maxsize=50_000)
def first_day(iso: str) -> int:
    """The first day of an ISO prefix, as a day number; a day that no month has is its month's last."""
    return min(_day(f"{iso}-01-01"[:10] if len(iso) == 4 else f"{iso}-01"[:10]), last_day(iso))


@lru_cache(maxsize=50_000)
def last_day(iso: str) -> int:
    """The last day of an ISO prefix."""
    if len(iso) == 4:
        return date(int(iso) or 1, 12, 31).toordinal()
    if len(iso) == 7:
        year, month = int(iso[:4]) or 1, int(iso[5:7])
        return (date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(1)).toordinal()
    return _day(iso[:10])


def _day(iso: str) -> int:
    year, month, day = int(iso[:4]) or 1, int(iso[5:7]), int(iso[8:10])
    try:
        return date(year, month, day).toordinal()
    except ValueError:  # 30 February, which the record's dates allow
        return last_day(iso[:7])
