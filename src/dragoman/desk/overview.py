"""The first page: what the case holds, what is new to who looks, what moved, what is in dispute and what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.case import Arrivals, Case, Overview, Scope, StanceChange, StoredReport
from dragoman.desk.pages import Page
from dragoman.desk.visits import Look
from dragoman.record.occurrence import Dispute, Occurrence
from dragoman.record.words import STANCES
from dragoman.views.brief_ledgers import stance_told
from dragoman.views.commitments import Undertaking, compose_undertakings
from dragoman.views.forecasts import Due, Prediction, compose_predictions

_NEWEST = 8
_FEW = 4
_HOLDERS = 30  # of whom most is told; more, or all months, would keep the first page of a large case waiting
_MONTHS = 24  # the latest
_FORECASTS = _UNDERTAKINGS = 200  # the latest reports of either, for the same reason
_LATELY = 500  # documents whose occurrences are looked for among what came in


@dataclass(frozen=True, slots=True)
class Moved:
    """A stance that is told as one in a month and as another before it."""

    holder: str
    about: str
    on: str
    before: str
    month_before: str
    report_before: str
    after: str
    month: str
    report: str
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class New:
    """What came in since somebody looked before: ``since`` is when that was, ``after`` the document that came last
    then (see ``Case.arrivals``), ``occurrences`` are the newest of which
    the latest of these documents tell."""

    since: str
    after: int
    came: Arrivals
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The case at a glance; ``reports`` are the sentences of the disputes, by id."""

    overview: Overview
    new: New | None
    newest: tuple[Occurrence, ...]
    moved: tuple[Moved, ...]
    disputes: tuple[Dispute, ...]
    due: tuple[Prediction, ...]
    overdue: tuple[Undertaking, ...]
    reports: Mapping[str, StoredReport]


def overview(case: Case, *, as_of: str = "", visited: Look | None = None) -> Front:
    """The question, what was read, what came in since the last visit, and the newest of each: occurrences, stances that
    moved, disputes, what is due. As of a date, all as documents published by then told it, and nothing of the visit."""
    then = as_of or None
    disputes = tuple(case.disputes(as_of=then, limit=_FEW))
    return Front(
        overview=case.overview(as_of=then),
        new=_new(case, None if as_of else visited),
        newest=tuple(case.occurrences(as_of=then, limit=_NEWEST, latest_first=True)),
        moved=_moved(case, then),
        disputes=disputes,
        due=_due(case, then),
        overdue=_overdue(case, then),
        reports=case.reports_by_id(id for one in disputes for side in one.sides for id in side.reports[:_FEW]),
    )


def _new(case: Case, visited: Look | None) -> New | None:
    if visited is None:
        return None
    came = case.arrivals(visited.last)
    if visited.last > came.last:  # another case has this name now
        return None
    lately = max(visited.last, came.last - _LATELY)
    occurrences = case.occurrences(came_after=lately, limit=_NEWEST, latest_first=True) if came.documents else ()
    return New(visited.at, visited.last, came, tuple(occurrences))


def _moved(case: Case, as_of: str | None) -> tuple[Moved, ...]:
    changes = case.stances_changed(Scope(as_of=as_of), months=_MONTHS, holders=_HOLDERS, most=_FEW)
    return tuple(map(_in_words, changes.latest))


def _in_words(change: StanceChange) -> Moved:
    before, after = change.before, change.after
    was, is_now = (f"{STANCES[told]} it" for cell in (before, after) if (told := stance_told(cell)))
    return Moved(
        holder=change.holder,
        about=after.concept.name.removeprefix("~"),
        on=after.concept.key,
        before=was,
        month_before=before.slice or "",
        report_before=before.reports[0],
        after=is_now,
        month=after.slice or "",
        report=after.reports[0],
        documents=after.documents,
        sources=after.sources,
    )


def _due(case: Case, as_of: str | None) -> tuple[Prediction, ...]:
    ledger = compose_predictions(case, as_of=as_of, today=date.today().isoformat(), due=True, most=_FORECASTS)
    return tuple(one for one in ledger.predictions if one.due is Due.DUE)[:_FEW]


def _overdue(case: Case, as_of: str | None) -> tuple[Undertaking, ...]:
    """Undertakings whose date is past, the latest first."""
    ledger = compose_undertakings(case, as_of=as_of, today=date.today().isoformat(), due=True, most=_UNDERTAKINGS)
    overdue = [one for one in ledger.undertakings if one.overdue]
    return tuple(sorted(overdue, key=lambda one: one.due.end or "" if one.due else "", reverse=True)[:_FEW])


PAGES = (Page("/", "overview.html", overview, menu="Overview"),)
