"""The brief: a case told on one page, each line with the sentence, voice and document behind it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby

from dragoman.case import Case, StoredReport
from dragoman.record import Commitment, Forecast, Kind, Position, Standing, Step
from dragoman.views.wording import line, listed, qualification

MOST_LINES = 400
"""Lines in one part of a brief: beyond that nobody reads, so the surest are told, and how many more there are."""
MOST_QUOTED = 600
"""Characters of a sentence that are printed; the whole is in the case."""
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """One report as a line; ``qualification`` is what keeps it from being a plain fact."""

    id: str
    text: str
    qualification: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What one sentence tells of one date."""

    date: str
    claims: tuple[Claim, ...]
    quote: str
    document: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: a month (``2024-05``), an actor, an issue."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a brief; ``left_out`` counts the lines beyond ``MOST_LINES``."""

    id: str
    title: str
    note: str
    groups: tuple[Group, ...]
    left_out: int = 0

    @property
    def lines(self) -> int:
        """Lines that the part has in all."""
        return self.left_out + sum(len(entry.claims) for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case's brief, ready to be written as a page. ``months`` counts the acts told as having happened."""

    title: str
    period: str
    documents: int
    outlets: int
    reports: int
    months: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a part tells, and under which heading each report stands."""

    id: str
    title: str
    note: str
    heading: Callable[[StoredReport], str]


@dataclass(slots=True)
class _Shelf:
    """The surest of the reports that are put on it, and how many there were."""

    kept: list[tuple[float, int, StoredReport]] = field(default_factory=list)
    count: int = 0

    def put(self, stored: StoredReport) -> None:
        self.count += 1
        item = (stored.report.confidence, -self.count, stored)
        if len(self.kept) < MOST_LINES:
            heapq.heappush(self.kept, item)
        else:
            heapq.heappushpop(self.kept, item)


def compose_brief(case: Case, *, since: str | None = None, until: str | None = None) -> Brief:
    """The brief of a case, or of a period of it (ISO prefixes, both ends included)."""
    overview = case.overview()
    shelves = {plan.id: _Shelf() for plan in _PLANS}
    months: Counter[str] = Counter()
    dates: list[str] = []
    for kind, plans in _PARTS.items():
        for stored in case.reports(kind, since=since, until=until):
            plan = plans[0] if len(plans) == 1 or stored.report.standing is Standing.ACTUAL else plans[1]
            shelves[plan.id].put(stored)
            if plan.id == "events" and stored.when:
                months.update([stored.when[:7]] if len(stored.when) >= len("2023-01") else [])
                dates = [min([*dates[:1], stored.when]), max([*dates[1:], stored.when])]
    parts = (_part(plan, shelves[plan.id]) for plan in _PLANS)
    return Brief(
        title=overview.title or "The record",
        period=" to ".join(dict.fromkeys([since or next(iter(dates), ""), until or next(reversed(dates), "")])),
        documents=overview.documents,
        outlets=overview.outlets,
        reports=sum(overview.reports.values()),
        months=tuple(_months(months)),
        parts=tuple(part for part in parts if part.groups),
    )


def _months(counts: Counter[str]) -> Iterator[tuple[str, int]]:
    """Every month from the first to the last, at most ``MOST_MONTHS``, the empty ones too."""
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in counts]
    if numbers:
        for number in range(max(min(numbers), max(numbers) - MOST_MONTHS + 1), max(numbers) + 1):
            month = f"{number // 12:04}-{number % 12 + 1:02}"
            yield month, counts[month]


def _part(plan: _Plan, shelf: _Shelf) -> Part:
    told = sorted((stored for _, _, stored in shelf.kept), key=lambda s: (plan.heading(s), *_place(s)))
    groups = (Group(title, tuple(_entries(found))) for title, found in groupby(told, key=plan.heading))
    return Part(plan.id, plan.title, plan.note, tuple(groups), left_out=shelf.count - len(told))


def _place(stored: StoredReport) -> tuple[str, str, int, int]:
    evidence = stored.report.evidence
    return stored.when or "9999", stored.report.document, evidence.start, evidence.end


def _entries(found: Iterable[StoredReport]) -> Iterator[Entry]:
    """What rests on one sentence stands together."""
    for _, same in groupby(found, key=_place):
        reports = list(same)
        first = reports[0]
        quote = " ".join(first.report.evidence.text.split())
        yield Entry(
            date=first.when or "",
            claims=tuple(map(_claim, reports)),
            quote=quote if len(quote) <= MOST_QUOTED else f"{quote[:MOST_QUOTED]}…",
            document=first.title or first.report.document,
            source=", ".join(p for p in (first.outlet, first.published) if p),
        )


def _claim(stored: StoredReport) -> Claim:
    told = line(stored.report)
    return Claim(stored.id, told[:1].upper() + told[1:], qualification(stored.report), stored.report.confidence)


def _month(stored: StoredReport) -> str:
    return stored.when[:7] if stored.when else "undated"


def _standing(stored: StoredReport) -> str:
    return str(stored.report.standing)


def _issue(stored: StoredReport) -> str:
    assert isinstance(stored.report, Position)
    return (stored.report.issue or "other questions").replace("-", " ")


def _by(stored: StoredReport) -> str:
    assert isinstance(stored.report, Step | Commitment | Forecast)
    return listed(stored.report.by, "the author" if isinstance(stored.report, Forecast) else "somebody unnamed")


_PARTS: dict[Kind, Sequence[_Plan]] = {
    Kind.EVENT: (
        _Plan("events", "What happened", "Acts that the documents tell as having happened, by date.", _month),
        _Plan("ahead", "Announced, asked for, possible or denied", "Acts not told as having happened.", _standing),
    ),
    Kind.POSITION: (_Plan("positions", "Who stands where", "Stances in words, by question.", _issue),),
    Kind.STEP: (
        _Plan("steps", "Steps between isolation and recognition", "Moves up (↑) and down (↓), by who makes them.", _by),
    ),
    Kind.COMMITMENT: (_Plan("commitments", "Commitments", "Undertakings, and what is told of keeping them.", _by),),
    Kind.FORECAST: (_Plan("forecasts", "Forecasts", "What somebody expects, as surely as the words put it.", _by),),
}
_PLANS = tuple(chain.from_iterable(_PARTS.values()))
