"""Stories: which documents are near-copies of each other, and who told each story first.

A document is filed once, when it comes: its bands find candidates, their texts decide. Copies of copies are one story,
so the stories are the same whatever the order in which documents came. The first telling, by date and id, gives the
story its row and its teller, the independent source that every count of sources counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from dragoman.case import schema
from dragoman.case.names import among, chunks
from dragoman.case.outlets import chiefs_of
from dragoman.case.text import fold, unpack_text
from dragoman.record import Span

if TYPE_CHECKING:
    from dragoman.reconcile.copies import Sketch

_UNDATED = "~"
"""Sorts behind every date: of two tellings the one whose date is known counts as the first."""


def file_document(conn: Connection, pk: int) -> frozenset[int]:
    """Find the story of a new document, within the transaction that adds it.

    Gives the row ids of all documents whose story or teller is another one now, the new one among them.
    """
    return _file(conn, pk, chiefs_of(conn))


def _file(conn: Connection, pk: int, chiefs: Mapping[str, str]) -> frozenset[int]:
    from dragoman.reconcile.copies import sketch_of  # numpy is not needed to look at a case

    words = _words(conn, pk)
    sketch = sketch_of(words)
    joined: set[int] = set()
    if sketch is not None:
        joined = _stories_told(conn, pk, words, sketch)
        conn.execute(insert(schema.bands), [{"key": key, "document": pk} for key in sketch.bands])
        conn.execute(insert(schema.sketches), {"document": pk, "hashes": sketch.hashes})
    return _settle(conn, [pk, *_members(conn, joined)], chiefs)


def refresh_story(conn: Connection, pk: int) -> frozenset[int]:
    """Bring the story of a document up to date with a new date or outlet of it, or another source of its text.

    It keeps its story. Gives the row ids of all documents whose story or teller is another one now.
    """
    documents = schema.documents.c
    story = conn.execute(select(documents.story).where(documents.pk == pk)).scalar_one()
    return _settle(conn, _members(conn, [story]), chiefs_of(conn))


def retell(conn: Connection, documents: Iterable[int]) -> frozenset[int]:
    """Bring the stories of these documents up to date with which outlets are one, as ``refresh_story`` does."""
    stories, chiefs = schema.documents.c.story, chiefs_of(conn)
    told = conn.execute(select(stories).where(among(schema.documents.c.pk)).distinct(), {"keys": sorted(documents)})
    return frozenset().union(*(_settle(conn, _members(conn, [story]), chiefs) for story in told.scalars().all()))


def file_all(conn: Connection) -> None:
    """File all documents of a case that was made before there were stories, one after the other, and before outlets
    could be merged."""
    documents = schema.documents.c
    for pk in (
        conn.execute(select(documents.pk).where(documents.story.is_(None)).order_by(documents.pk)).scalars().all()
    ):
        _file(conn, pk, {})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document that may tell the same story; ``likeness`` as its sketch lets expect."""

    document: int
    story: int
    likeness: float


def _stories_told(conn: Connection, pk: int, words: Sequence[str], sketch: Sketch) -> set[int]:
    """The stories that a document tells: those with a document whose copy it is; one is enough to be of a story."""
    from dragoman.reconcile.copies import are_copies

    told: set[int] = set()
    for candidate in sorted(_candidates(conn, pk, sketch), key=lambda one: (-one.likeness, one.document)):
        if candidate.story not in told and are_copies(words, _words(conn, candidate.document)):
            told.add(candidate.story)
    return told


def _candidates(conn: Connection, pk: int, sketch: Sketch) -> Iterator[_Candidate]:
    from dragoman.reconcile.copies import LEAST_ESTIMATE, estimated_likeness

    sketches, documents = schema.sketches.c, schema.documents.c
    met = conn.execute(_MET, {"keys": list(sketch.bands), "pk": pk}).scalars().all()
    for keys in chunks(met):
        query = select(documents.pk, documents.story, sketches.hashes).where(
            documents.pk.in_(keys), sketches.document == documents.pk
        )
        rows = conn.execute(query).all()
        for row, likeness in zip(rows, estimated_likeness(sketch.hashes, [row.hashes for row in rows]), strict=True):
            if likeness >= LEAST_ESTIMATE:
                yield _Candidate(row.pk, row.story, likeness)


def _words(conn: Connection, pk: int) -> list[str]:
    from dragoman.reconcile.copies import words_of

    row = conn.execute(_TEXT, {"pk": pk}).one()
    return words_of(unpack_text(row.text), [Span(start, end) for start, end in row.furniture])


def _text() -> Select[Any]:
    documents, bodies = schema.documents.c, schema.bodies.c
    query = select(documents.furniture, bodies.text)
    return query.where(documents.pk == bindparam("pk"), bodies.document == documents.pk)


def _members(conn: Connection, stories: Iterable[int]) -> list[int]:
    return list(conn.execute(_TOLD, {"keys": list(stories)}).scalars())


_MET = (
    select(schema.bands.c.document)
    .where(among(schema.bands.c.key), schema.bands.c.document != bindparam("pk"))
    .distinct()
)
_TEXT = _text()
_TOLD = select(schema.documents.c.pk).where(among(schema.documents.c.story))


def _settle(conn: Connection, members: Sequence[int], chiefs: Mapping[str, str]) -> frozenset[int]:
    """Make these documents one story, told first by whoever told it first; those that change by it. ``chiefs`` says of
    merged outlets (folded) which stands for all."""
    first = min(_tellings(conn, members), key=lambda one: (one.published or _UNDATED, one.id, one.outlet or ""))
    outlet = fold(first.outlet) if first.outlet else ""
    values = {"story": first.document, "teller": chiefs.get(outlet, outlet) or f"~{first.id}"}
    rows = conn.execute(_TELLERS, {"keys": list(members)}).all()
    changed = [row.pk for row in rows if (row.story, row.teller) != (values["story"], values["teller"])]
    if changed:
        conn.execute(_RETELL, [values | {"changed": pk} for pk in changed])
    return frozenset(changed)


_TELLERS = select(schema.documents.c.pk, schema.documents.c.story, schema.documents.c.teller).where(
    among(schema.documents.c.pk)
)
_RETELL = update(schema.documents).where(schema.documents.c.pk == bindparam("changed"))


def _tellings(conn: Connection, members: Sequence[int]) -> Iterator[Any]:
    """Each document of a story and each other source of its text: who told it when."""
    for query in _TELLINGS:
        yield from conn.execute(query, {"keys": list(members)})


def _tellings_queries() -> tuple[Select[Any], Select[Any]]:
    documents, aliases = schema.documents.c, schema.aliases.c
    own = select(documents.pk.label("document"), documents.id, documents.published, documents.outlet)
    other = select(aliases.document, aliases.id, aliases.published, aliases.outlet)
    return own.where(among(documents.pk)), other.where(among(aliases.document))


_TELLINGS = _tellings_queries()
