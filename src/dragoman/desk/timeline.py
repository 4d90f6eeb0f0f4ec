"""The timeline: occurrences by date, the latest first, with how many each month tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from dragoman.case import Case
from dragoman.desk.charts import density, draw
from dragoman.desk.pages import PAGE_ROWS, Download, Page, Row
from dragoman.export.atom import export_atom
from dragoman.record import EventType
from dragoman.record.occurrence import Occurrence, Told
from dragoman.views.wording import dated, happening, how_told


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of occurrences; ``more`` says that there is a next one."""

    occurrences: tuple[Occurrence, ...]
    number: int
    more: bool
    months: tuple[tuple[str, int], ...]
    types: tuple[str, ...] = tuple(EventType)
    statuses: tuple[str, ...] = tuple(Told)


def timeline(
    case: Case,
    *,
    actor: str = "",
    type: str = "",
    status: str = "",
    place: str = "",
    since: str = "",
    until: str = "",
    as_of: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Timeline:
    """Occurrences that meet every condition given, the latest first."""
    page, limit = max(page, 1), max(limit, 1)
    found = list(
        case.occurrences(
            actor=actor or None,
            type=type or None,
            status=status or None,
            place=place or None,
            since=since or None,
            until=until or None,
            as_of=as_of or None,
            limit=page * limit + 1,
            latest_first=True,
        )
    )
    shown = tuple(found[(page - 1) * limit : page * limit])
    return Timeline(shown, page, len(found) > page * limit, _months(case, since, until, as_of))


def _months(case: Case, since: str, until: str, as_of: str) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for count in case.count_occurrences(since=since or None, until=until or None, as_of=as_of or None):
        if len(count.day) >= len("2024-05"):
            counts[count.day[:7]] += count.number
    return tuple(sorted(counts.items()))


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


def chart(case: Case, *, since: str = "", until: str = "", as_of: str = "") -> bytes:
    """How many occurrences each month tells of, as a picture."""
    return draw(density(_months(case, since, until, as_of)), "svg")


def feed(case: Case) -> bytes:
    """The newest occurrences as an Atom feed."""
    out = BytesIO()
    export_atom(case, out)
    return out.getvalue()


PAGES = (Page("/timeline", "timeline.html", timeline, menu="Timeline", rows=rows),)
DOWNLOADS = (
    Download("/timeline/density.svg", "image/svg+xml", chart),
    Download("/timeline.atom", "application/atom+xml", feed),
)
