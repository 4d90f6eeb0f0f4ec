"""Resolving a commitment or a forecast: what became of it, when, and which reports or words show that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.case import Case
from dragoman.desk import pages
from dragoman.desk.access import check_seen
from dragoman.desk.pages import Form
from dragoman.errors import UsageError
from dragoman.record import Action, Decision, Kind

SHOWS = "shows."
"""A field of the form that is named so, and then a report's id, is ticked where that report shows the outcome."""


QUOTED = 20
"""Sentences that one page shows of a turn or a prediction."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a person says became of it; ``known`` are those of the evidence that are reports of the case."""

    id: str
    decision: Decision
    known: tuple[str, ...]


def resolved(case: Case, reports: Sequence[str], as_of: str) -> Resolved | None:
    """The resolution that counts for what these reports tell together."""
    judged = case.resolutions(as_of=as_of or None)
    decision = next((judged[id] for id in reports if id in judged), None)
    if decision is None:
        return None
    return Resolved(decision.id, decision, tuple(case.reports_by_id(decision.evidence)))


def resolve(case: Case, form: Form, author: str, id: str) -> str:
    """Say what became of the commitment or forecast that this report tells of."""
    found = case.report(id)
    check_seen(found, form.get("seen", ""))
    if not form.get("outcome"):
        raise UsageError("choose what became of it: true, false, partly or void")
    ticked = [name.removeprefix(SHOWS) for name in form if name.startswith(SHOWS)]
    written = [line.strip() for line in form.get("evidence", "").splitlines() if line.strip()]
    value: dict[str, Any] = {"outcome": form["outcome"], "evidence": case.evidence_of([*ticked, *written])}
    if on := form.get("on", "").strip():
        value["on"] = on
    case.decide(Decision(author, Action.RESOLVE, case.about(found.id), value, form.get("reason", "")))
    return f"/{'forecasts' if found.report.kind is Kind.FORECAST else 'commitments'}/{found.id}"


PAGES = ()
ACTIONS = (pages.Action("/reports/{id}/resolve", resolve),)
