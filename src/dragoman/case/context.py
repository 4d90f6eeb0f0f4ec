"""One report, looked up by its id and shown with the sentences around it."""

from __future__ import annotations

import difflib

from sqlalchemy import Connection, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.documents import document_row, load_document, load_sentences, stored_document
from dragoman.case.reports import hydrate
from dragoman.case.results import ReportInContext
from dragoman.errors import UsageError

_SHOWN = 5  # ids that an error names
_COMPARED = 100  # ids that a wrong one is compared with


def report_in_context(conn: Connection, prefix: str) -> ReportInContext:
    """The report whose id begins so. Raises ``UsageError`` when there is none, or more than one."""
    with snapshot(conn):
        (stored,) = hydrate(conn, [_find(conn, prefix)])
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
    )


def _find(conn: Connection, prefix: str) -> int:
    wanted = prefix.strip().lower()
    found = _beginning(conn, wanted, _SHOWN) if wanted else []
    if len(found) == 1:
        return found[0][0]
    if found:
        several = ", ".join(id for _, id in found)
        raise UsageError(f"more than one report has an id that begins with {wanted}: {several} …; give more of it")
    raise UsageError(f"no report {prefix!r} in this case; {_nearest(conn, wanted)}")


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
