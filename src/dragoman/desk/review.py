"""Review: reports that nobody decided on, what is most worth a look first; one at a time, by single keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dragoman.case import Case, ReportInContext
from dragoman.case.reviewing import Doubt
from dragoman.desk import pages
from dragoman.desk import report as report_page
from dragoman.desk.access import seen
from dragoman.desk.fields import Field, fields_of
from dragoman.desk.pages import Form, Page, Row
from dragoman.record import Action, Kind, State
from dragoman.record.decision import Decision
from dragoman.views.agreement import Line, with_reader
from dragoman.views.wording import line

COMING = 8
"""Reports of the queue that are shown below the one at hand."""


@dataclass(frozen=True, slots=True)
class Review:
    """The report at hand, those that come after it, how far the review is, and the latest decision.

    ``place`` is that of the report in the queue: what was passed over stays before it.
    """

    at_hand: ReportInContext | None
    doubt: Doubt | None
    fields: tuple[Field, ...]
    seen: str
    coming: tuple[Doubt, ...]
    place: int
    counts: Mapping[State, int]
    last: Decision | None
    kinds: tuple[str, ...] = tuple(Kind)

    @property
    def decided(self) -> int:
        """Reports on which somebody has decided, of those that were read."""
        return sum(self.counts[state] for state in (State.ACCEPTED, State.CORRECTED, State.REJECTED))


def review(case: Case, *, author: str = "", kind: str = "", place: int = 0, limit: int = COMING) -> Review:
    """The queue from a place on: low confidence in what is much told of comes first.

    Of decisions, the last is shown that the author took on a report of the queue.
    """
    found = case.review_queue(kind or None, start=place, limit=limit + 1)
    if not found and place:  # all that follow are decided: what was passed over is what is left
        return review(case, author=author, kind=kind, limit=limit)
    last = case.last_judgement(author, kind or None)
    counts = case.count_states()
    if not found:
        return Review(None, None, (), "", (), 0, counts, last)
    at_hand = case.report(found[0].stored.id)
    fields = fields_of(case, at_hand.report.kind, at_hand.report.to_dict())
    return Review(at_hand, found[0], fields, seen(at_hand), found[1:], place, counts, last)


def rows(found: Review) -> Iterator[Row]:
    """The queue as flat rows."""
    for doubt in (*([found.doubt] if found.doubt else []), *found.coming):
        report = doubt.stored.report
        yield {
            "id": doubt.stored.id,
            "kind": str(report.kind),
            "what": line(report),
            "confidence": report.confidence,
            "told": doubt.told,
            "worth": round(doubt.worth, 3),
            "document": report.document,
            "sentence": report.evidence.text,
        }


def judge(case: Case, form: Form, author: str, id: str) -> str:
    """Accept or reject a report of the queue."""
    report_page.judge(case, form, author, id)
    return _onward(form)


def correct(case: Case, form: Form, author: str, id: str) -> str:
    """Put right the fields of a report of the queue."""
    report_page.correct(case, form, author, id)
    return _onward(form)


def _onward(form: Form) -> str:
    """The same place of the queue, where now the next one is; forms send it as ``at``: events have a place too."""
    sent = {"kind": form.get("kind", ""), "place": form.get("at", "0")}
    asked = {name: value for name, value in sent.items() if value not in ("", "0")}
    return f"/review?{urlencode(asked)}" if asked else "/review"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree with the reader, by kind of report and by field, where they decided."""

    lines: tuple[Line, ...]
    decisions: int


def agreement(case: Case) -> Agreement:
    """What people who decided left as the reader read it."""
    decisions = [one.decision for one in case.decisions()]
    about = [one for one in decisions if one.action in (Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.ADD)]
    return Agreement(tuple(one for one in with_reader(decisions) if one.units), len(about))


def agreement_rows(found: Agreement) -> Iterator[Row]:
    """The same as flat rows."""
    for one in found.lines:
        yield {
            "kind": one.kind or "all",
            "field": one.field,
            "documents": one.documents,
            "units": one.units,
            "alike": one.alike,
            "alpha": "" if one.alpha is None else round(one.alpha, 3),
        }


PAGES = (
    Page("/review", "review.html", review, menu="Review", rows=rows),
    Page("/review/agreement", "agreement.html", agreement, rows=agreement_rows),
)
ACTIONS = (
    pages.Action("/review/{id}/judge", judge),
    pages.Action("/review/{id}/correct", correct),
)
