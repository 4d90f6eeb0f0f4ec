"""One report, looked up by its id and shown with the sentences around it."""

from __future__ import annotations

import difflib

from sqlalchemy import Connection, select

from dragoman.asked import iso_date
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.decisions import iter_decisions
from dragoman.case.documents import document_row, load_document, load_sentences, stored_document
from dragoman.case.reports import hydrate
from dragoman.case.results import ReportInContext, StoredReport
from dragoman.errors import UsageError
from dragoman.record import report_from_dict

_SHOWN = 5  # ids that an error names
_COMPARED = 100  # ids that a wrong one is compared with


def report_in_context(conn: Connection, prefix: str, *, as_of: str | None = None) -> ReportInContext:
    """The report whose id begins so. Raises ``UsageError`` when there is none, or more than one, or when it was told
    after a date."""
    with snapshot(conn):
        key = find_report(conn, prefix)
        (stored,) = hydrate(conn, [key])
        if as_of is not None:
            _check_told(stored, iso_date(as_of))
        decisions = tuple(one.decision for one in iter_decisions(conn, report=key) if one.stands)
        origin = conn.execute(select(schema.reports.c.origin).where(schema.reports.c.pk == key)).scalar()
        row = document_row(conn, stored.report.document)
        document = stored_document(conn, row.id)
        text = load_document(conn, row).text
        sentences = load_sentences(conn, row.pk)
    evidence = stored.report.evidence
    inside = [s for s in sentences if s.start < evidence.end and evidence.start < s.end]
    start = min([evidence.start, *(s.start for s in inside)])
    end = max([evidence.end, *(s.end for s in inside)])
    before = max((s for s in sentences if s.end <= start), default=None)
    after = min((s for s in sentences if s.start >= end), default=None)
    return ReportInContext(
        id=stored.id,
        report=stored.report,
        title=stored.title,
        outlet=stored.outlet,
        published=stored.published,
        document=document,
        before=text[before.start : before.end] if before else "",
        passage=text[start:end],
        after=text[after.start : after.end] if after else "",
        state=stored.state,
        decisions=decisions,
        read=report_from_dict(origin | {"document": stored.report.document}) if origin else None,
    )


def _check_told(stored: StoredReport, as_of: str) -> None:
    if stored.published is None or stored.published[: len(as_of)] > as_of:
        told = f"is of {stored.published}" if stored.published else "has no date"
        raise UsageError(f"report {stored.id[:8]} was not told by {as_of}: its document {told}; leave out the date")


def find_report(conn: Connection, prefix: str) -> int:
    """The row id of the report whose id begins so. Raises ``UsageError`` when there is none, or more than one."""
    wanted = prefix.strip().lower()
    found = _beginning(conn, wanted, _SHOWN) if wanted else []
    if len(found) == 1:
        return found[0][0]
    if found:
        several = ", ".join(id for _, id in found)
        raise UsageError(f"more than one report has an id that begins with {wanted}: {several} …; give more of it")
    raise UsageError(f"no report {prefix!r} in this case; {_nearest(conn, wanted)}")


def is_beginning(conn: Connection, words: str) -> bool:
    """Whether a report's id begins so."""
    return bool(_beginning(conn, words, 1))


def _beginning(conn: Connection, beginning: str, limit: int) -> list[tuple[int, str]]:
    reports = schema.reports.c
    query = select(reports.pk, reports.id).where(reports.id >= beginning, reports.id < beginning + "~")
    return list(conn.execute(query.order_by(reports.id).limit(limit)))


def _nearest(conn: Connection, wanted: str) -> str:
    """The id most like it among those that begin most like it: whoever mistypes a hash has its beginning right."""
    for length in range(len(wanted) - 1, 0, -1):
        if found := _beginning(conn, wanted[:length], _COMPARED):
            best = max((id for _, id in found), key=lambda id: difflib.SequenceMatcher(a=wanted, b=id).ratio())
            return f"did you mean {best}?"
    return "`dragoman show CASE events` lists reports with their ids"
