"""The timeline: occurrences by date, the latest first, with how many each month tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any

from dragoman.case import Case
from dragoman.desk.charts import INSET, MEDIA, Picture, covered, density, draw
from dragoman.desk.pages import PAGE_ROWS, Download, Page, Row
from dragoman.errors import UsageError
from dragoman.export.atom import export_atom
from dragoman.record import EventType
from dragoman.record.happening import happening
from dragoman.record.occurrence import Occurrence, Told
from dragoman.record.words import dated
from dragoman.views.wording import how_told

_NARROWEST, _LOWEST, _HEAD = 200, 60, 80
"""Of the chart; and how much of its height its title takes where it is taken along."""
_MONTH = len("2024-11")


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of occurrences, of ``all`` that meet what is asked; ``more`` says that there is a next one."""

    occurrences: tuple[Occurrence, ...]
    all: int
    number: int
    more: bool
    months: tuple[tuple[str, int], ...]
    types: tuple[str, ...] = tuple(EventType)
    statuses: tuple[str, ...] = tuple(Told)
    inset: int = INSET

    @property
    def covered(self) -> tuple[str, str]:
        """The first and the last month of the chart."""
        return covered(self.months)

    @property
    def years(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """The years of which any month has an occurrence, the latest first, with all of their months."""
        numbers = dict(self.months)
        for year in sorted({month[:4] for month in numbers}, reverse=True):
            months = (f"{year}-{month:02}" for month in range(1, 13))
            yield year, tuple((month, numbers.get(month, 0)) for month in months)


def timeline(
    case: Case,
    *,
    actor: str = "",
    type: str = "",
    status: str = "",
    place: str = "",
    placeless: bool = False,
    beside: str = "",
    sources: int = 0,
    since: str = "",
    until: str = "",
    as_of: str = "",
    after: str = "",
    before: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Timeline:
    """Occurrences that meet every condition given, the latest first.

    ``placeless`` are those of which no place is told; ``beside``: who is on a side of the actor's latest events too.
    A page goes on ``after`` the last occurrence of the one before it, or ends ``before`` the first of the next (their
    ids), so that none costs more than another; by its number alone, what comes before it is passed over.
    """
    page, limit = max(page, 1), max(limit, 1)
    met = _met(
        actor=actor,
        type=type,
        status=status,
        place=place,
        placeless=placeless,
        beside=beside,
        sources=sources,
        since=since,
        until=until,
        as_of=as_of,
    )
    counts = case.count_by_month(**met, whole=False)
    number, months = sum(number for _, number in counts), tuple(one for one in counts if len(one[0]) == _MONTH)
    if page > 1 and before and not after:
        back = list(case.occurrences(**met, past=before, limit=limit))
        return Timeline(tuple(reversed(back)), number, page, True, months)
    beyond: dict[str, Any] = {"past": after} if page > 1 and after else {"start": (page - 1) * limit}
    found = list(case.occurrences(**met, **beyond, limit=limit + 1, latest_first=True))
    return Timeline(tuple(found[:limit]), number, page, len(found) > limit, months)


def _met(**asked: str | int) -> dict[str, Any]:
    """What was asked for at all: an empty field of the form asks for nothing."""
    return {name: value for name, value in asked.items() if value}


def rows(found: Timeline) -> Iterator[Row]:
    """The occurrences as flat rows."""
    for one in found.occurrences:
        yield {
            "id": one.id,
            "date": dated(one.date) or one.day,
            "type": str(one.type),
            "what": happening(one),
            "told": how_told(one),
            "place": one.place or "",
            "documents": one.documents,
            "sources": one.sources,
        }


def chart(
    case: Case,
    *,
    actor: str = "",
    type: str = "",
    status: str = "",
    place: str = "",
    placeless: bool = False,
    beside: str = "",
    sources: int = 0,
    since: str = "",
    until: str = "",
    as_of: str = "",
    width: int = 900,
    height: int = 110,
) -> Any:
    """How many occurrences each month tells of, as a chart so wide and high."""
    met = _met(
        actor=actor,
        type=type,
        status=status,
        place=place,
        placeless=placeless,
        beside=beside,
        sources=sources,
        since=since,
        until=until,
        as_of=as_of,
    )
    counts = case.count_by_month(**met)
    if not counts:
        raise UsageError("nothing that happened in a month meets this; ask for less")
    return density(counts, width=max(width, _NARROWEST), height=max(height, _LOWEST))


def _picture(form: Picture) -> Download:
    @wraps(chart)
    def build(case: Case, *, height: int = 110, **asked: Any) -> bytes:
        high = height if form == "page" else height + _HEAD
        told = {name: value for name, value in asked.items() if value and name != "width"}
        below = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items())
        return draw(chart(case, height=high, **asked), form, ("Occurrences by month", below))

    path = "/timeline/density-page.svg" if form == "page" else f"/timeline/density.{form}"
    return Download(path, MEDIA[form], build, "" if form == "page" else f"timeline.{form}")


def feed(case: Case, *, desk: str) -> bytes:
    """The newest occurrences as an Atom feed."""
    out = BytesIO()
    export_atom(case, out, desk=desk)
    return out.getvalue()


PAGES = (Page("/timeline", "timeline.html", timeline, menu="Timeline", rows=rows),)
DOWNLOADS = (
    _picture("page"),
    _picture("svg"),
    _picture("png"),
    Download("/timeline.atom", "application/atom+xml", feed),
)
