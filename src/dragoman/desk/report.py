"""One report: its sentence in context, how it was read, and what was decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.case import Case, ReportInContext
from dragoman.case.typed import read_fields
from dragoman.desk import pages
from dragoman.desk.access import check_seen, seen
from dragoman.desk.fields import Field, changed, fields_of
from dragoman.desk.pages import Form, Page
from dragoman.desk.words import in_path
from dragoman.errors import UsageError
from dragoman.record import Action, Decision

JUDGED = ("accept", "reject", "note")


@dataclass(frozen=True, slots=True)
class Reported:
    """A report in context; ``seen`` goes back with what is decided on it, ``occurrence`` is where it is gathered.
    ``back`` is the page to go back to after a decision, if not this one."""

    report: ReportInContext
    row: Mapping[str, Any]
    occurrence: str | None
    fields: tuple[Field, ...]
    seen: str
    back: str


def report(case: Case, id: str, *, back: str = "") -> Reported:
    """The report whose id begins so."""
    found = case.report(id)
    row = found.report.to_dict()
    fields = fields_of(case, found.report.kind, row)
    return Reported(found, row, case.occurrence_of(found.id), fields, seen(found), "document" if back else "")


def judge(case: Case, form: Form, author: str, id: str) -> str:
    """Accept a report, reject it, or note something about it."""
    action = form.get("action", "")
    if action not in JUDGED:
        raise UsageError("choose whether to accept or to reject the report, or to note something about it")
    found = _as_seen(case, form, id)
    case.decide(Decision(author, Action(action), case.about(found.id), reason=form.get("reason", "")))
    return _following(found, form)


def correct(case: Case, form: Form, author: str, id: str) -> str:
    """Put right the fields that were changed in the form."""
    found = _as_seen(case, form, id)
    typed = changed(fields_of(case, found.report.kind, found.report.to_dict()), form)
    if not typed:
        raise UsageError("no field was changed; change one, or accept the report as it is")
    subject = case.about(found.id)
    value = read_fields(case, subject["document"], subject["kind"], typed)
    case.decide(Decision(author, Action.CORRECT, subject, value, form.get("reason", "")))
    return _following(found, form)


def undo(case: Case, form: Form, author: str, id: str) -> str:
    """Undo one of the decisions on a report."""
    found = _as_seen(case, form, id)
    decision = form.get("decision", "")
    if decision not in {one.id for one in found.decisions}:
        raise UsageError(f"no decision {decision!r} stands on this report; its page lists those that do")
    case.undo(decision, author=author)
    return _following(found, form)


def _as_seen(case: Case, form: Form, id: str) -> ReportInContext:
    found = case.report(id)
    check_seen(found, form.get("seen", ""))
    return found


def _following(found: ReportInContext, form: Form) -> str:
    if form.get("back") == "document":
        return f"/documents/{in_path(found.report.document)}#r{found.id}"
    return f"/reports/{found.id}"


PAGES = (Page("/reports/{id}", "report.html", report),)
ACTIONS = (
    pages.Action("/reports/{id}/judge", judge),
    pages.Action("/reports/{id}/correct", correct),
    pages.Action("/reports/{id}/undo", undo),
)
