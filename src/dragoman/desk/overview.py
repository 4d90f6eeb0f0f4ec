"""The first page: what the case holds, what is newest in it, what is in dispute and what is due."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.case import Case, Overview
from dragoman.desk.pages import Page
from dragoman.record.occurrence import Dispute, Occurrence

_NEWEST = 8


@dataclass(frozen=True, slots=True)
class Front:
    """The case at a glance."""

    overview: Overview
    newest: tuple[Occurrence, ...]
    disputes: tuple[Dispute, ...]


def overview(case: Case) -> Front:
    """The question, what was read, the newest occurrences and disputes."""
    newest = tuple(case.occurrences(limit=_NEWEST, latest_first=True))
    return Front(case.overview(), newest, tuple(case.disputes(limit=_NEWEST // 2)))


PAGES = (Page("/", "overview.html", overview, menu="Overview"),)
