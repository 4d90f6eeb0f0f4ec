"""Commitments: who owes what, what is told of keeping it, what is past its date; one of them with all its turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.case import Case, StoredReport
from dragoman.desk.access import seen
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.desk.resolving import QUOTED, Resolved, resolved
from dragoman.errors import UsageError
from dragoman.record import Kind
from dragoman.record.decision import Resolution
from dragoman.record.words import a, dated, listed
from dragoman.views.commitments import MOST, Undertaking, Undertakings, compose_undertakings
from dragoman.views.ledger_words import status_of, why_left_out


@dataclass(frozen=True, slots=True)
class Commitments:
    """One page of the ledger: ``shown`` of the undertakings that were asked for, ``number`` in all."""

    ledger: Undertakings
    shown: tuple[Undertaking, ...]
    overdue: int
    number: int
    page: int
    more: bool


def commitments(
    case: Case, *, actor: str = "", due: bool = False, as_of: str = "", page: int = 1, limit: int = PAGE_ROWS
) -> Commitments:
    """Undertakings, those told of last first; those whose date is past where ``due`` asks for them."""
    page, limit = max(page, 1), max(limit, 1)
    ledger = _ledger(case, actor, as_of, due=due)
    found = ledger.undertakings
    shown = found[(page - 1) * limit : page * limit]
    overdue = sum(one.overdue for one in found)
    return Commitments(ledger, shown, overdue, len(found), page, len(found) > page * limit)


def _ledger(case: Case, actor: str, as_of: str, *, due: bool = False, most: int | None = MOST) -> Undertakings:
    today = date.today().isoformat()
    return compose_undertakings(case, actor=actor or None, as_of=as_of or None, today=today, due=due, most=most)


def rows(found: Commitments) -> Iterator[Row]:
    """The undertakings as flat rows."""
    for one in found.shown:
        yield {
            "id": one.id,
            "told": one.turns[-1].told,
            "status": status_of(one),
            "who": listed(one.by, ""),
            "to": listed(one.to, ""),
            "what": one.what,
            "under": one.instrument or "",
            "due": dated(one.due),
            "documents": one.documents,
            "sources": one.sources,
        }


@dataclass(frozen=True, slots=True)
class Owed:
    """One undertaking with the sentences behind its turns, and how a person resolved it."""

    undertaking: Undertaking
    reports: dict[str, StoredReport]
    resolved: Resolved | None
    seen: str
    page: int
    more: bool
    outcomes: tuple[str, ...] = tuple(Resolution)


def commitment(case: Case, id: str, *, as_of: str = "", page: int = 1, limit: int = QUOTED) -> Owed:
    """The undertaking of which the report whose id begins so tells; of each of its turns so many sentences a page."""
    page, limit = max(page, 1), max(limit, 1)
    report = case.report(id)
    if report.report.kind is not Kind.COMMITMENT:
        raise UsageError(f"{id} tells {a(report.report.kind)}, not a commitment; the page Commitments lists them")
    by: tuple[str, ...] = report.report.by  # type: ignore[attr-defined]
    ledger = _ledger(case, next((name for name in by if name != "document"), ""), as_of, most=None)
    one = next((one for one in ledger.undertakings if any(report.id in turn.reports for turn in one.turns)), None)
    if one is None:
        raise UsageError(why_left_out(report, as_of))
    ids = tuple(id for turn in one.turns for id in turn.reports)
    shown = case.reports_by_id(id for turn in one.turns for id in turn.reports[(page - 1) * limit : page * limit])
    first = report if report.id == one.id else case.report(one.id)
    more = any(len(turn.reports) > page * limit for turn in one.turns)
    return Owed(one, shown, resolved(case, ids, as_of), seen(first), page, more)


PAGES = (
    Page("/commitments", "commitments.html", commitments, menu="Commitments", rows=rows),
    Page("/commitments/{id}", "commitment.html", commitment),
)
