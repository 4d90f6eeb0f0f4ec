"""Full-text search over the sentences of a case and the words of its record.

A query is words that must all be in one sentence: ``ambassador``; ``"special envoy"`` is a phrase, ``ambass*`` a
beginning. Case and accents do not count, nothing else is special: a name with a hyphen is found as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy import text as sql

from dragoman.asked import iso_date
from dragoman.case import schema
from dragoman.case.results import Hit
from dragoman.case.text import mend, unpack_text
from dragoman.errors import UsageError
from dragoman.record import Span, State

_BATCH = 100
_AROUND = 80  # characters of a snippet on either side of the first match
_TERM = re.compile(r'"(?P<phrase>[^"]*)"\*?|(?P<word>[^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+(?:[̀-ͯ]+[^\W_]*)*")
_QUERY = sql("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rank, rowid")
_QUERY_BY_THEN = sql("""
    SELECT search.rowid FROM search
    CROSS JOIN sentences ON sentences.id = search.rowid
    CROSS JOIN documents ON documents.pk = sentences.document
    WHERE search MATCH :query AND substr(documents.published, 1, length(:as_of)) <= :as_of
    ORDER BY rank, search.rowid
""")


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row: as typed, which the index folds itself, and folded by us, to mark them in a sentence."""

    typed: str
    words: tuple[str, ...]
    is_beginning: bool


def parse_query(query: str) -> tuple[Term, ...]:
    """The terms of a user's query. Raises ``UsageError`` for an open quotation mark and for a term without a word."""
    query = mend(query).replace("\0", " ")
    if query.count('"') % 2:
        raise UsageError(f"the quotation mark in the search {query!r} is not closed; close it, or leave it out")
    terms = tuple(_term(match["phrase"] or match["word"] or "", match.group()) for match in _TERM.finditer(query))
    if not terms:
        raise UsageError('nothing to search for; give words, a "phrase" or a beginning*')
    return terms


def _term(typed: str, whole: str) -> Term:
    words = tuple(word for word, _ in _tokens(typed))
    if not words:
        raise UsageError(f"there is no word in {whole!r} to search for; give letters or digits")
    return Term(typed, words, whole.endswith("*"))


def _tokens(text: str) -> Iterator[tuple[str, Span]]:
    for match in _TOKEN.finditer(text):
        plain = "".join(c for c in unicodedata.normalize("NFKD", match.group()) if not unicodedata.combining(c))
        yield plain.casefold(), Span(*match.span())


def find(conn: Connection, query: str, *, as_of: str | None = None) -> Iterator[Hit]:
    """The sentences that a query finds, best first, or those of documents published by a date; the query is checked
    now, the sentences are read as taken."""
    terms = parse_query(query)
    match = " ".join(f'"{term.typed}"{"*" if term.is_beginning else ""}' for term in terms)
    if as_of is None:
        rows = conn.execute(_QUERY, {"query": match}, execution_options={"yield_per": _BATCH})
    else:
        asked = {"query": match, "as_of": iso_date(as_of)}
        rows = conn.execute(_QUERY_BY_THEN, asked, execution_options={"yield_per": _BATCH})
    return (hit for keys in rows.scalars().partitions() for hit in _hits(conn, keys, terms))


def _hits(conn: Connection, keys: Sequence[int], terms: Sequence[Term]) -> Iterator[Hit]:
    sentences, documents, bodies = schema.sentences.c, schema.documents.c, schema.bodies.c
    query = select(
        schema.sentences, documents.id.label("name"), documents.title, documents.published, bodies.text
    ).where(sentences.id.in_(keys), documents.pk == sentences.document, bodies.document == sentences.document)
    rows = {row.id: row for row in conn.execute(query)}
    packed = {row.document: row.text for row in rows.values()}
    texts = {document: unpack_text(text) for document, text in packed.items()}
    told = _told_in(conn, keys)
    for key in keys:
        yield _hit(rows[key], texts[rows[key].document], terms, told.get(key, ()))


def _told_in(conn: Connection, keys: Sequence[int]) -> dict[int, list[str]]:
    """The ids of the reports that the sentences with these row ids assert."""
    sentences, reports = schema.sentences.c, schema.reports.c
    inside = (
        reports.document == sentences.document,
        reports.start < sentences.end,
        reports.end > sentences.start,
        reports.state != State.REJECTED,
    )
    query = select(sentences.id, reports.id).where(sentences.id.in_(keys), *inside).order_by(reports.position)
    found: dict[int, list[str]] = {}
    for key, report in conn.execute(query):
        found.setdefault(key, []).append(report)
    return found


def _hit(row: Row[Any], text: str, terms: Sequence[Term], told: Sequence[str]) -> Hit:
    sentence = text[row.start : row.end]
    matches = tuple(find_terms(sentence, terms))
    return Hit(
        document=row.name,
        title=row.title,
        published=row.published,
        span=Span(row.start, row.end),
        sentence=sentence,
        snippet=_snippet(sentence, matches),
        matches=tuple(Span(row.start + span.start, row.start + span.end) for span in matches),
        reports=tuple(told),
    )


def find_terms(sentence: str, terms: Sequence[Term]) -> Iterator[Span]:
    """Where a sentence spells the terms, in order; nowhere for what only its record says."""
    tokens = list(_tokens(sentence))
    for at, (_, first) in enumerate(tokens):
        for term in terms:
            run = tokens[at : at + len(term.words)]
            if len(run) == len(term.words) and _is_run_of([word for word, _ in run], term):
                yield Span(first.start, run[-1][1].end)
                break


def _is_run_of(words: Sequence[str], term: Term) -> bool:
    *whole, last = term.words
    return list(words[:-1]) == whole and (words[-1] == last or (term.is_beginning and words[-1].startswith(last)))


def _snippet(sentence: str, matches: Sequence[Span]) -> str:
    start, end = (matches[0].start - _AROUND, matches[0].end + _AROUND) if matches else (0, 2 * _AROUND)
    while 0 < start < len(sentence) and not sentence[start - 1].isspace():
        start -= 1
    while end < len(sentence) and not sentence[end].isspace():
        end += 1
    part = " ".join(sentence[max(start, 0) : end].split())
    return f"{'…' if start > 0 else ''}{part}{'…' if end < len(sentence) else ''}"
