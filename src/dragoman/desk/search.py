"""Search: sentences by their words and by what is read from them, and the actors whose name it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dragoman.case import Case, Hit, StoredActor, StoredReport
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.errors import UsageError

ACTORS = 8
"""Actors shown above the sentences."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of sentences, the best first, with the ``reports`` in them by id; ``actors`` have the words in a
    name, those in most reports first; ``problem`` says why a query makes no sense."""

    hits: tuple[Hit, ...]
    reports: dict[str, StoredReport]
    actors: tuple[StoredActor, ...]
    problem: str
    number: int
    more: bool


def search(case: Case, *, q: str = "", as_of: str = "", page: int = 1, limit: int = PAGE_ROWS) -> Found:
    """Sentences with all of the words, phrases in quotes and beginnings with a star; as of a date, of documents
    published by then."""
    page, limit = max(page, 1), max(limit, 1)
    if not q.strip():
        return Found((), {}, (), "", 1, False)
    try:
        hits = tuple(islice(case.search(q, as_of=as_of or None), (page - 1) * limit, page * limit + 1))
    except UsageError as error:
        return Found((), {}, (), str(error), 1, False)
    more, hits = len(hits) > limit, hits[:limit]
    reports = case.reports_by_id(id for hit in hits for id in hit.reports)
    named = q.replace('"', " ").strip(" *")
    actors = islice(case.actors(named=named, as_of=as_of or None), ACTORS) if page == 1 else ()
    return Found(hits, reports, tuple(actors), "", page, more)


def rows(found: Found) -> Iterator[Row]:
    """The sentences as flat rows."""
    for hit in found.hits:
        yield {
            "document": hit.document,
            "published": hit.published or "",
            "title": hit.title or "",
            "start": hit.span.start,
            "end": hit.span.end,
            "sentence": hit.sentence,
            "reports": " ".join(hit.reports),
        }


PAGES = (Page("/search", "search.html", search, menu="Search", rows=rows),)
