"""One occurrence: what, who, where, when; the reports behind it side by side by source, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.case import Case, StoredReport
from dragoman.desk.pages import Page
from dragoman.record.occurrence import Account, Dispute, Occurrence, Supporting


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an occurrence, and why it is in it."""

    stored: StoredReport
    supporting: Supporting


@dataclass(frozen=True, slots=True)
class InFull:
    """An occurrence with all that is told of it, by independent source."""

    occurrence: Occurrence
    sources: tuple[tuple[str, tuple[Telling, ...]], ...]
    fields: tuple[tuple[str, tuple[Account, ...]], ...]
    disputes: tuple[Dispute, ...]
    reports: dict[str, StoredReport]


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
    named = tuple((_name(told[0].stored), tuple(told)) for told in tellers.values())
    return InFull(full.occurrence, named, tuple((f, tuple(a)) for f, a in fields.items()), full.disputes, stored)


def _name(stored: StoredReport) -> str:
    return stored.outlet or stored.report.document


PAGES = (Page("/occurrences/{id}", "occurrence.html", occurrence),)
