"""Occurrences and reports in a few words, for formats that people read: calendars and feeds."""

from __future__ import annotations

from dragoman.case import CastReport
from dragoman.record.happening import happening
from dragoman.record.occurrence import Occurrence, Told
from dragoman.record.words import plural

_MOST = 3
_TOLD = {
    Told.ONE: "",
    Told.SEVERAL: "",
    Told.CLAIMED: "claimed: ",
    Told.DISPUTED: "disputed: ",
    Told.DENIED: "denied: ",
    Told.PLANNED: "planned: ",
    Told.ASKED: "asked for: ",
    Told.POSSIBLE: "possible: ",
}


def title_of(one: Occurrence) -> str:
    """What happened, as it is told: ``planned: Norway to talk with Peru (Lima)``; never stronger than its reports."""
    return f"{_TOLD[one.status]}{happening(one)}"


def told_by(one: Occurrence) -> str:
    """Who tells it: ``3 documents, 2 independent sources``."""
    return f"{plural(one.documents, 'document')}, {plural(one.sources, 'independent source')}"


def cited(report: CastReport) -> str:
    """Where a report stands: ``Azure Courier, 2024-05-04, “Envoys meet”``; its document's id where no more is known."""
    stored = report.stored
    title = f"“{stored.title}”" if stored.title else None
    return ", ".join(filter(None, [stored.outlet, stored.published, title])) or stored.report.document


def quoted(report: CastReport) -> str:
    """The sentence on one line, with who says so and how it is asserted where it is not told as so in its own name."""
    told = stored_standing(report)
    return f"{' '.join(report.stored.report.evidence.text.split())}{f' ({told})' if told else ''}"


def stored_standing(report: CastReport) -> str:
    """Standing and voice where they say something: ``planned; says Kabul``."""
    own = report.stored.report
    says = f"says {' via '.join(reversed(own.voice))}" if own.voice else ""
    return "; ".join(filter(None, ["" if own.standing == "actual" else str(own.standing), says]))


def names(who: tuple[str, ...]) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(who) - _MOST} more" if len(who) > _MOST else ""
    return ", ".join(who[:_MOST]) + more
