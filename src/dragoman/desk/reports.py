"""Reports by what is counted of them: each figure of the desk leads here, to the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.case import Case, StoredReport
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.errors import UsageError
from dragoman.views.wording import UNNAMED, line, qualification

ROLES = ("source", "target", "holder", "by", "toward", "to", "subject", "object", "voice")
"""Parts of an actor that the form offers; an address may ask for any."""


@dataclass(frozen=True, slots=True)
class Reports:
    """One page of reports, of ``number`` in so many documents of so many independent sources."""

    reports: tuple[StoredReport, ...]
    number: int
    documents: int
    sources: int
    page: int
    more: bool
    roles: tuple[str, ...] = ROLES


def reports(
    case: Case,
    *,
    kind: str = "",
    actor: str = "",
    role: str = "",
    beside: str = "",
    voice: str = "",
    state: str = "",
    outlet: str = "",
    since: str = "",
    until: str = "",
    as_of: str = "",
    came_after: str = "",
    ids: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Reports:
    """Reports that meet every condition given, the latest first.

    ``role``: in which the actor takes part; ``beside``: who is on a side of the actor's latest events too; ``voice``:
    whose words it is told in; ``state``: ``accepted`` or ``corrected`` by somebody; ``ids``: these reports,
    parted by commas.
    """
    page, limit = max(page, 1), max(limit, 1)
    found = case.reports_behind(
        kind=kind or None,
        actor=actor or None,
        role=role or None,
        beside=beside or None,
        voice=voice or None,
        state=state or None,
        outlet=outlet_called(outlet),
        since=since or None,
        until=until or None,
        as_of=as_of or None,
        came_after=place_in_coming(came_after),
        ids=ids.split(",") if ids else None,
        skip=(page - 1) * limit,
        limit=limit,
    )
    more = found.number > page * limit
    return Reports(found.reports, found.number, found.documents, found.sources, page, more)


def outlet_called(asked: str) -> str | None:
    """An outlet as the case knows it, where documents that name none are together under a name of their own."""
    return "" if asked == UNNAMED else asked or None


def place_in_coming(asked: str) -> int | None:
    """The document after which others came in, by its place in the order of coming. Raises ``UsageError``."""
    if asked and not asked.isdecimal():
        raise UsageError(f"{asked!r} is no place in the order of coming; the overview links to what came in last")
    return int(asked) if asked else None


def rows(found: Reports) -> Iterator[Row]:
    """The reports as flat rows."""
    for stored in found.reports:
        report = stored.report
        yield {
            "id": stored.id,
            "date": stored.when or "",
            "kind": str(report.kind),
            "what": line(report),
            "told": qualification(report),
            "document": report.document,
            "outlet": stored.outlet or "",
            "published": stored.published or "",
            "sentence": report.evidence.text,
        }


PAGES = (Page("/reports", "reports.html", reports, menu="Reports", rows=rows),)
