"""Reports, actors and documents as rows of a table and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from dragoman.cli.tables import plain
from dragoman.record import DateRange, Event, Report, State
from dragoman.record.words import listed
from dragoman.views.wording import headline, line, qualification

if TYPE_CHECKING:
    from dragoman.case import ReportInContext, StoredActor, StoredDocument, StoredReport

WIDE = 120
"""Columns of a terminal from which on a report's fields get columns of their own."""


def report_row(stored: StoredReport, width: int) -> dict[str, Any]:
    """A report as a row of its kind's table; on a narrow terminal what is told is one sentence."""
    report = stored.report
    start = {"id": stored.id[:8], "date": _when(stored)}
    fields = headline(report)
    how = qualification(report)
    if width >= WIDE:
        return start | fields | {"told as": how, "document": report.document}
    if isinstance(report, Event):
        start["type"] = str(report.type)
    told = Text(plain(line(report)))
    return start | {"told": told.append(f" ({plain(how)})", "dim") if how else told}


def _when(stored: StoredReport) -> str:
    """The date that a report tells, else its document's; a range by both ends (``2023-11-27/28``), an open end said."""
    date: DateRange | None = getattr(stored.report, "date", None)
    if date is None:
        return stored.when or ""
    if date.start is None or date.end is None:
        return f"since {date.start}" if date.start else f"until {date.end}"
    if date.start == date.end:
        return date.start
    start, end = date.start.split("-"), date.end.split("-")
    same = 0
    while same < min(len(start), len(end)) - 1 and start[same] == end[same]:
        same += 1
    return f"{date.start}/{'-'.join(end[same:])}"


def actor_rows(actors: Sequence[StoredActor]) -> list[dict[str, Any]]:
    """Actors as rows; those of one name have what tells them apart beside it."""
    times = Counter(actor.name.casefold() for actor in actors)
    return [_actor_row(actor, is_shared=times[actor.name.casefold()] > 1) for actor in actors]


def _actor_row(actor: StoredActor, *, is_shared: bool) -> dict[str, Any]:
    others = [name for name in actor.names if name != actor.name]
    return {
        "actor": actor.name,
        "key": actor.identity if is_shared else actor.key or "",
        "kind": str(actor.kind),
        "documents": actor.documents,
        "reports": actor.reports,
        "also called": ", ".join(others[:6]) + (" …" if len(others) > 6 else ""),
    }


def document_row(document: StoredDocument, width: int) -> dict[str, Any]:
    """A document as a row; a narrow terminal has no room for its outlet."""
    outlet = {"outlet": document.outlet or ""} if width >= WIDE else {}
    return {
        "name": document.id,  # whole, since it is looked up here: as `document` it is cut short
        "published": document.published or "",
        **outlet,
        "title": document.title or "",
        "reports": document.reports,
        "copy of": document.copy_of or "",
    }


def report_fields(found: ReportInContext) -> Iterator[tuple[str, Text | str]]:
    """A report's page: the sentence in its context, then all that was read from it and how."""
    report, document = found.report, found.document
    source = " · ".join(p for p in (document.outlet, document.published, document.title) if p)
    yield "document", report.document + (f" ({source})" if source else "")
    yield "sentence", _in_context(found)
    yield "characters", f"{report.evidence.start}–{report.evidence.end}"
    yield from ((name, value) for name, value in headline(report).items() if value)
    yield from _others(report)
    yield "voice", " ← ".join(reversed(report.voice)) or "the document in its own name"
    yield "standing", str(report.standing)
    yield "read by", f"frame {report.frame or '–'}, {report.reader or 'unknown reader'}"
    for reason in report.why:
        name, _, told = reason.partition(": ")
        yield f"· {name}", told
    yield "confidence", f"{report.confidence:.2f}"
    yield from _decisions(found)


def _decisions(found: ReportInContext) -> Iterator[tuple[str, str]]:
    """How a person's word changed it: its state, what the reader had read, and each decision that stands."""
    if found.state is not State.READ:
        yield "state", str(found.state)
    if found.read is not None and found.state in (State.CORRECTED, State.ADDED):
        yield "as read", line(found.read)
    for decision in found.decisions:
        reason = f": {decision.reason}" if decision.reason else ""
        yield f"· {decision.action}", f"{decision.author}, {decision.made[:10]}{reason}"


def _others(report: Report) -> Iterator[tuple[str, str]]:
    if isinstance(report, Event):
        yield from ((str(role), listed(names)) for role, names in report.others)


def _in_context(found: ReportInContext) -> Text:
    """The sentences around, dim, and the evidence, bold, within its own."""
    evidence = found.report.evidence
    at = found.passage.find(evidence.text)
    before, after = found.passage[: max(at, 0)], found.passage[max(at, 0) + len(evidence.text) :]
    lead = " ".join(plain(part).strip() for part in (found.before, before) if part.strip())
    tail = " ".join(plain(part).strip() for part in (after, found.after) if part.strip())
    return Text.assemble(
        (f"{lead} " if lead else "", "dim"), (plain(evidence.text), "bold"), (f" {tail}" if tail else "", "dim")
    )
