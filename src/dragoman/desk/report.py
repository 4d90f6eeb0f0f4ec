"""One report: its sentence in context, how it was read, and what was decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.case import Case, ReportInContext
from dragoman.desk import pages
from dragoman.desk.access import check_seen, seen
from dragoman.desk.pages import Form, Page
from dragoman.errors import UsageError
from dragoman.record import Action, Decision


@dataclass(frozen=True, slots=True)
class Reported:
    """A report in context; ``seen`` goes back with what is decided on it, ``occurrence`` is where it is gathered."""

    report: ReportInContext
    row: Mapping[str, Any]
    occurrence: str | None
    seen: str


def report(case: Case, id: str) -> Reported:
    """The report whose id begins so."""
    found = case.report(id)
    return Reported(found, found.report.to_dict(), case.occurrence_of(found.id), seen(found))


def judge(case: Case, form: Form, author: str, id: str) -> str:
    """Accept a report or reject it."""
    action = form.get("action", "")
    if action not in ("accept", "reject"):
        raise UsageError("choose whether to accept or to reject the report")
    found = case.report(id)
    check_seen(found, form.get("seen", ""))
    case.decide(Decision(author, Action(action), case.about(found.id), reason=form.get("reason", "")))
    return f"/reports/{found.id}"


PAGES = (Page("/reports/{id}", "report.html", report),)
ACTIONS = (pages.Action("/reports/{id}/judge", judge),)
