"""The codebook's exchange format: for each document, by id, one ``meta`` row, one ``actors`` row, then its reports.

Reports are as decided: a corrected one keeps the id of what was read, a rejected one is left out. With a period, only
documents with a report of that time are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.case import Case, StoredDocument
from dragoman.export.period import Period
from dragoman.export.target import Target, writing
from dragoman.record import Reading


def export_jsonl(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> None:
    """Write the documents of a case; one at a time is in memory."""
    scope = Period(since=since, until=until, as_of=as_of)
    documents = case.told_documents(**scope) if any(scope.values()) else case.documents()
    with writing(target) as stream:
        for document in documents:
            for row in _rows(case, document, scope):
                stream.write(line_of(row))


def _rows(case: Case, document: StoredDocument, scope: Period) -> Iterator[dict[str, Any]]:
    facts = {name: getattr(document, name) for name in ("title", "author", "outlet", "published")}
    yield {"document": document.id, "meta": facts}
    yield {"document": document.id, "actors": [actor.to_dict() for _, actor in case.cast(document.id)]}
    for stored in case.reports(document=document.id, **scope):
        yield stored.report.to_dict() | {"id": stored.id}


def to_bytes(reading: Reading) -> bytes:
    """The rows of one document in UTF-8, each line ended."""
    return b"".join(line_of(row) for row in reading.to_rows())


def line_of(row: Mapping[str, Any]) -> bytes:
    """One line of JSON Lines."""
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate is in it, which JSON can escape and UTF-8 cannot hold
        return json.dumps(row).encode() + b"\n"
