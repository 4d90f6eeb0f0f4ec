"""The brief: a case told on one page, each line with the sentence, voice and document behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from dragoman.case import Case, StoredReport
from dragoman.record import Direction, Event, Kind, Standing, Step
from dragoman.views.wording import line, listed, qualification

MOST_LINES = 400
"""Lines in one part of a brief: beyond that nobody reads, and the page says how many more there are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a brief and what it rests on."""

    id: str
    date: str
    text: str
    qualification: str
    quote: str
    document: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading: a month, an actor, a rung."""

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


@dataclass(frozen=True, slots=True)
class Brief:
    """A case's brief, ready to be written as a page."""

    title: str
    period: str
    documents: int
    outlets: int
    reports: int
    months: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]


def compose_brief(case: Case, *, since: str | None = None, until: str | None = None) -> Brief:
    """The brief of a case, or of a period of it (ISO prefixes, both ends included)."""
    overview = case.overview()
    events = _fetch(case, Kind.EVENT, since, until)
    told = [s for s in events if s.report.standing is Standing.ACTUAL]
    ahead = [s for s in events if s.report.standing is not Standing.ACTUAL]
    parts = (
        _part("events", "What happened", "Acts that the documents tell as having happened, by date.", told, _month),
        _part(
            "ahead",
            "Announced, asked for, possible or denied",
            "Acts that are not told as having happened.",
            ahead,
            _standing,
        ),
        _part(
            "positions",
            "Who stands where",
            "Stances in words, by holder.",
            _fetch(case, Kind.POSITION, since, until),
            _holder,
        ),
        _part(
            "steps",
            "Steps between isolation and recognition",
            "Moves up and down, by rung.",
            _fetch(case, Kind.STEP, since, until),
            _rung,
        ),
        _part(
            "commitments",
            "Commitments",
            "Undertakings and what is told of keeping them.",
            _fetch(case, Kind.COMMITMENT, since, until),
            _by,
        ),
        _part(
            "forecasts",
            "Forecasts",
            "What somebody expects, as surely as the words put it.",
            _fetch(case, Kind.FORECAST, since, until),
            _by,
        ),
    )
    months = Counter(s.when[:7] for s in told if s.when and len(s.when) >= 7)
    return Brief(
        title=overview.title or "The record",
        period=_period(since, until, [s.when for s in told if s.when]),
        documents=overview.documents,
        outlets=overview.outlets,
        reports=sum(overview.reports.values()),
        months=tuple(sorted(months.items())[-60:]),
        parts=tuple(p for p in parts if p.groups),
    )


def _fetch(case: Case, kind: Kind, since: str | None, until: str | None) -> list[StoredReport]:
    found = islice(case.reports(kind, since=since, until=until), 4 * MOST_LINES)
    return sorted(found, key=lambda s: (s.when or "9999", s.report.document, s.report.evidence.start))


def _part(id: str, title: str, note: str, found: list[StoredReport], key: object) -> Part:
    assert callable(key)
    ordered = sorted(found[:MOST_LINES], key=lambda s: str(key(s)))
    groups = tuple(Group(str(name), tuple(map(_entry, members))) for name, members in groupby(ordered, key=key))
    return Part(id, title, note, groups, left_out=max(0, len(found) - MOST_LINES))


def _entry(stored: StoredReport) -> Entry:
    report = stored.report
    source = ", ".join(p for p in (stored.outlet, stored.published) if p)
    return Entry(
        id=stored.id,
        date=(stored.when or "") if isinstance(report, Event | Step) else (stored.published or ""),
        text=line(report),
        qualification=qualification(report),
        quote=" ".join(report.evidence.text.split()),
        document=stored.title or report.document,
        source=source,
        confidence=report.confidence,
    )


def _month(stored: StoredReport) -> str:
    return stored.when[:7] if stored.when else "undated"


def _standing(stored: StoredReport) -> str:
    return str(stored.report.standing)


def _holder(stored: StoredReport) -> str:
    return listed(getattr(stored.report, "holder", ()))


def _by(stored: StoredReport) -> str:
    return listed(getattr(stored.report, "by", ()), "the author")


def _rung(stored: StoredReport) -> str:
    report = stored.report
    assert isinstance(report, Step)
    return f"{report.rung} {'↑' if report.direction is Direction.UP else '↓'}"


def _period(since: str | None, until: str | None, dates: Iterable[str]) -> str:
    known = sorted(_days(dates))
    first, last = since or (known[0] if known else ""), until or (known[-1] if known else "")
    return f"{first} – {last}" if first or last else ""


def _days(dates: Iterable[str]) -> Iterator[str]:
    return (d for d in dates if d)
