"""One occurrence: what, who, where, when; the reports behind it side by side by source, and where they differ; which of
them are of one happening, and which of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from dragoman.case import Case, OccurrenceInFull, StoredReport
from dragoman.desk import pages
from dragoman.desk.access import Conflict, mark
from dragoman.desk.pages import Form, Page
from dragoman.errors import UsageError
from dragoman.reconcile.tellings import first_day
from dragoman.record import Action, Decision
from dragoman.record.occurrence import Account, Dispute, Occurrence, Supporting
from dragoman.views.decided import summary

NEAR = 3
"""Days on either side within which others are shown that may be of one happening with an occurrence."""
_SHOWN = 6
_ID = re.compile(r"[0-9a-f]{6,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an occurrence, and why it is in it."""

    stored: StoredReport
    supporting: Supporting


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision that joined or parted reports of an occurrence."""

    id: str
    author: str
    made: str
    told: str
    reason: str


@dataclass(frozen=True, slots=True)
class InFull:
    """An occurrence with all that is told of it, by independent source. ``near`` are others of these days in which the
    same actor takes part; ``seen`` goes back with what is decided on it."""

    occurrence: Occurrence
    sources: tuple[tuple[str, tuple[Telling, ...]], ...]
    fields: tuple[tuple[str, tuple[Account, ...]], ...]
    disputes: tuple[Dispute, ...]
    reports: dict[str, StoredReport]
    decisions: tuple[Judged, ...]
    near: tuple[Occurrence, ...]
    seen: str


def occurrence(case: Case, id: str, *, as_of: str = "") -> InFull:
    """The occurrence whose id begins so."""
    full = case.occurrence(id, as_of=as_of or None)
    stored = {one.id: one for one in full.reports}
    tellers: dict[str, list[Telling]] = {}
    for supporting in full.occurrence.reports:
        tellers.setdefault(supporting.teller, []).append(Telling(stored[supporting.report], supporting))
    fields: dict[str, list[Account]] = {}
    for account in full.occurrence.accounts:
        fields.setdefault(account.field, []).append(account)
    return InFull(
        occurrence=full.occurrence,
        sources=tuple((_name(told[0].stored), tuple(told)) for told in tellers.values()),
        fields=tuple((field, tuple(accounts)) for field, accounts in fields.items()),
        disputes=full.disputes,
        reports=stored,
        decisions=tuple(_judged(one.decision) for one in full.decisions),
        near=tuple(islice(_near(case, full.occurrence, as_of), _SHOWN)),
        seen=_seen(full),
    )


def _name(stored: StoredReport) -> str:
    return stored.outlet or stored.report.document


def _judged(one: Decision) -> Judged:
    return Judged(one.id, one.author, one.made, summary(one), one.reason)


def _near(case: Case, one: Occurrence, as_of: str) -> Iterator[Occurrence]:
    who = (*one.source, *one.target)
    if not who or not one.day:
        return
    since = until = one.day
    if len(one.day) == len("2024-05-03"):
        day = first_day(one.day)
        bounds = (max(day - NEAR, 1), min(day + NEAR, date.max.toordinal()))
        since, until = (date.fromordinal(bound).isoformat() for bound in bounds)
    found = case.occurrences(actor=who[0], since=since, until=until, as_of=as_of or None, limit=_SHOWN + 1)
    yield from (other for other in found if other.id != one.id)


def part(case: Case, form: Form, author: str, id: str) -> str:
    """Say that the reports that are ticked are another happening than the rest of the occurrence."""
    return _decide(case, form, author, id, Action.PART, _ticked(form, "out-"))


def join(case: Case, form: Form, author: str, id: str) -> str:
    """Say that other occurrences that are ticked, or a report or an occurrence that is named, are of this happening."""
    named = _ID.findall(form.get("other", ""))[-1:]
    if form.get("other", "").strip() and not named:
        raise UsageError("give the id or the address of a report or an occurrence")
    reports = [report for one in (*_ticked(form, "with-"), *named) for report in _reports_of(case, one)]
    return _decide(case, form, author, id, Action.JOIN, reports)


def _ticked(form: Form, prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in form if name.startswith(prefix)]


def _reports_of(case: Case, id: str) -> list[str]:
    """All reports of an occurrence, or the one that has the id."""
    try:
        return [case.report(id).id]
    except UsageError:
        return [one.report for one in case.occurrence(id).occurrence.reports]


def _decide(case: Case, form: Form, author: str, id: str, action: Action, reports: list[str]) -> str:
    full = case.occurrence(id)
    if form.get("seen", "") != _seen(full):
        raise Conflict(
            "nothing was changed: reports came to this occurrence or left it, or somebody has decided on it, since you "
            "opened the page; look at it again and decide anew",
            f"/occurrences/{full.occurrence.id}",
        )
    if not reports:
        raise UsageError("nothing is ticked; tick what is meant")
    subject = case.about_happening(action, reports, full.occurrence.id)
    case.decide(Decision(author, action, subject, reason=form.get("reason", "")))
    stays = next(one.report for one in full.occurrence.reports if one.report not in reports)
    return f"/occurrences/{case.occurrence_of(stays)}"


def _seen(full: OccurrenceInFull) -> str:
    reports = sorted(one.report for one in full.occurrence.reports)
    return mark([*reports, *(one.decision.id for one in full.decisions)])


PAGES = (Page("/occurrences/{id}", "occurrence.html", occurrence),)
ACTIONS = (pages.Action("/occurrences/{id}/part", part), pages.Action("/occurrences/{id}/join", join))
