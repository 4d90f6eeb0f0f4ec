"""The sentences of a document and their place in the full-text index.

A sentence is found by its own words and by those that its reports add: the names of whoever *they* or *Moscow* stands
for, the coder's wording. What they add stays beside the sentence: a contentless index forgets only by being told again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy import text as sql

from dragoman.case import schema
from dragoman.case.rows import Rows
from dragoman.case.text import mend
from dragoman.record import Span

_PHRASES = ("place", "about", "what", "instrument", "title")
_ADD = sql("INSERT INTO search (rowid, words, record) VALUES (:id, :words, :record)")
_REMOVE = sql("INSERT INTO search (search, rowid, words, record) VALUES ('delete', :id, :words, :record)")


def insert_sentences(
    conn: Connection, document: int, text: str, spans: Sequence[Span], reports: Sequence[Rows]
) -> None:
    """Keep and index the sentences of a document, with the words that its reports add to them."""
    if not spans:
        return
    spans = sorted(spans)
    added = _added_words(text, spans, reports)
    first = (conn.execute(select(func.max(schema.sentences.c.id))).scalar() or 0) + 1
    rows: list[dict[str, Any]] = [
        {"id": first + n, "document": document, "start": span.start, "end": span.end, "record": mend("; ".join(words))}
        for n, (span, words) in enumerate(zip(spans, added, strict=True))
    ]
    conn.execute(insert(schema.sentences), rows)
    conn.execute(_ADD, [_index_row(text, row) for row in rows])


def remove_sentences(conn: Connection, document: int, text: str) -> None:
    """Take the sentences of a document, whose text is ``text``, out of the store and the index."""
    table = schema.sentences
    rows = conn.execute(select(table).where(table.c.document == document)).mappings().all()
    if rows:
        conn.execute(_REMOVE, [_index_row(text, dict(row)) for row in rows])
        conn.execute(delete(table).where(table.c.document == document))


def _index_row(text: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "words": mend(text[row["start"] : row["end"]]), "record": row["record"]}


def _added_words(text: str, spans: Sequence[Span], reports: Iterable[Rows]) -> list[list[str]]:
    """For each sentence, the names and phrases of the reports that begin in it, as far as it does not spell them."""
    starts = [span.start for span in spans]
    pieces: list[dict[str, None]] = [{} for _ in spans]
    for report in reports:
        where = max(bisect_right(starts, report.common["start"]) - 1, 0)
        pieces[where] |= dict.fromkeys(name for _, _, name in report.people)
        pieces[where] |= dict.fromkeys(phrase for field in _PHRASES if (phrase := report.detail.get(field)))
    spelt = [text[span.start : span.end].casefold() for span in spans]
    return [[w for w in words if w.casefold() not in own] for words, own in zip(pieces, spelt, strict=True)]
