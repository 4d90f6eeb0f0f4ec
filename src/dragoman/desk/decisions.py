"""Decisions: the log by person, what finds nothing, where people disagree; undoing, handing on, taking in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from dragoman.case import Case, Conflict, Decided
from dragoman.desk import pages
from dragoman.desk.pages import PAGE_ROWS, Download, Form, Page, Row
from dragoman.desk.security import within
from dragoman.errors import UsageError
from dragoman.export.decisions import export_decisions
from dragoman.record import Action
from dragoman.views.decided import said, summary


@dataclass(frozen=True, slots=True)
class Log:
    """One page of the log. ``people`` have decided, each so often."""

    decisions: tuple[Decided, ...]
    people: tuple[tuple[str, int], ...]
    untied: int
    number: int
    more: bool
    actions: tuple[str, ...] = tuple(Action)


def decisions(
    case: Case, *, by: str = "", action: str = "", report: str = "", page: int = 1, limit: int = PAGE_ROWS
) -> Log:
    """The decisions of all people or of one, the latest first; undone ones are marked."""
    page, limit = max(page, 1), max(limit, 1)
    log = case.decisions(
        author=by or None, action=action or None, report=report or None, limit=page * limit + 1, latest_first=True
    )
    found = tuple(islice(log, (page - 1) * limit, None))
    untied = sum(1 for _ in case.untied())
    return Log(found[:limit], case.deciders(), untied, page, len(found) > limit)


def rows(found: Log) -> Iterator[Row]:
    """The decisions as flat rows."""
    for one in found.decisions:
        yield _row(one)


def _row(one: Decided) -> dict[str, Any]:
    return {
        "id": one.decision.id,
        "made": one.decision.made,
        "by": one.decision.author,
        "decided": summary(one.decision),
        "on": " ".join(one.reports),
        "reason": one.decision.reason,
        "undone": "" if one.stands else "undone",
    }


@dataclass(frozen=True, slots=True)
class Untied:
    """Standing decisions that find nothing in the case as it is."""

    decisions: tuple[Decided, ...]
    number: int
    more: bool


def untied(case: Case, *, page: int = 1, limit: int = PAGE_ROWS) -> Untied:
    """Decisions that find nothing in the case as it is: nothing that a person decided is dropped."""
    page, limit = max(page, 1), max(limit, 1)
    found = tuple(islice(case.untied(), (page - 1) * limit, page * limit + 1))
    return Untied(found[:limit], page, len(found) > limit)


def untied_rows(found: Untied) -> Iterator[Row]:
    """The same as flat rows."""
    for one in found.decisions:
        yield _row(one)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What people who decided about one thing do not agree on."""

    conflicts: tuple[Conflict, ...]
    number: int
    more: bool


def conflicts(case: Case, *, page: int = 1, limit: int = PAGE_ROWS) -> Conflicts:
    """Where people decided differently about the same thing; the later decision counts."""
    page, limit = max(page, 1), max(limit, 1)
    found = case.conflicts()
    return Conflicts(tuple(found[(page - 1) * limit : page * limit]), page, len(found) > page * limit)


def conflict_rows(found: Conflicts) -> Iterator[Row]:
    """The same as flat rows."""
    for one in found.conflicts:
        yield {
            "id": " ".join(one.reports),
            "document": one.document,
            "field": one.field,
            "said, the last counts": "; ".join(f"{d.author}: {said(d, one.field)}" for d in one.decisions),
            "sentence or names": one.text,
        }


def undo(case: Case, form: Form, author: str, id: str) -> str:
    """Undo a decision, which is a decision too and can be undone."""
    case.undo(id, author=author, reason=form.get("reason", ""))
    return within(form.get("back", ""), "/decisions")


def take_in(case: Case, form: Form, author: str) -> str:
    """Take in the decisions of somebody else; twice is once."""
    lines = form.get("decisions", "")
    if not lines.strip():
        raise UsageError("no decisions were given; choose the file that the other desk saved, or paste its lines")
    done = case.import_decisions(lines.splitlines(), "the file")
    return f"/decisions?added={done.added}&known={done.known}"


def export(case: Case) -> bytes:
    """All decisions as JSON Lines."""
    out = BytesIO()
    export_decisions(case, out)
    return out.getvalue()


PAGES = (
    Page("/decisions", "decisions.html", decisions, menu="Decisions", rows=rows),
    Page("/decisions/untied", "untied.html", untied, rows=untied_rows),
    Page("/decisions/conflicts", "conflicts.html", conflicts, rows=conflict_rows),
)
DOWNLOADS = (Download("/decisions.jsonl", "application/jsonl", export, "decisions.jsonl"),)
ACTIONS = (
    pages.Action("/decisions/{id}/undo", undo),
    pages.Action("/decisions/import", take_in),
)
