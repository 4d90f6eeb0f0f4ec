"""How a reading enters the case: one document, one transaction, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, func, insert, select, update

from dragoman.case import schema
from dragoman.case.applying import apply_to_document, tie_reports
from dragoman.case.connection import transaction
from dragoman.case.figures import count_document
from dragoman.case.gathering import gather_document, sum_up_anew
from dragoman.case.indexing import insert_sentences, remove_sentences
from dragoman.case.names import intern_actors, intern_names
from dragoman.case.proposing import revise
from dragoman.case.results import Added, Outcome
from dragoman.case.rows import Rows, mended, take_apart
from dragoman.case.stories import file_document, refresh_story
from dragoman.case.tallies import recount
from dragoman.case.text import encode, fold, mend, pack
from dragoman.errors import RecordError, UsageError
from dragoman.record import Actor, Document, Event, Fact, Kind, Reading

_LARGEST = 2**63 - 1  # integer of the store
FACTS = ("title", "author", "outlet", "published")


def add_reading(conn: Connection, reading: Reading, *, run: int, reader: str, outdated: Collection[int] = ()) -> Added:
    """Keep a document and what was read from it, in one transaction.

    A text that this reader has read before is only noted under its further source; one that another reader has read,
    or an ``outdated`` run, gives up what was found then. Raises ``RecordError`` when the reading does not fit its
    document's text.
    """
    _check(reading)
    with transaction(conn):
        known = _find(conn, reading.document.digest)
        if known is not None and known.reader == reader and known.run not in outdated:
            return Added(known.id, Outcome.KNOWN, _note_source(conn, known, reading.document))
        if known is None:
            pk, alias = _insert_document(conn, reading.document, run, reader), False
            retold = file_document(conn, pk)
        else:
            pk, alias = known.pk, _note_source(conn, known, reading.document)
            _forget_reading(conn, pk, reading.document.text)
            _update_document(conn, known, reading.document, run, reader)
            retold = refresh_story(conn, pk)
        kept = conn.execute(select(schema.documents.c.id).where(schema.documents.c.pk == pk)).scalar_one()
        _insert_reading(conn, pk, _under(kept, reading), run)
        apply_to_document(conn, reading.document.digest)
        recount(conn, pk)
        revise(conn, count_document(conn, pk), [pk])
        gather_document(conn, pk, retold)
        tie_reports(conn, reading.document.digest)
        return Added(kept, Outcome.NEW if known is None else Outcome.REREAD, alias)


def note_source(conn: Connection, document: Document) -> Added:
    """Note where else the text of a kept document was met; adds nothing when source and name are known."""
    with transaction(conn):
        known = _find(conn, document.digest)
        if known is None:
            raise UsageError(f"{document.id} is not in this case; read it first")
        return Added(known.id, Outcome.KNOWN, _note_source(conn, known, document))


def _check(reading: Reading) -> None:
    """What is stored as offsets must come back as the same words."""
    document = reading.document
    for report in reading.reports:
        evidence = report.evidence
        if document.text[evidence.start : evidence.end] != evidence.text:
            raise RecordError(
                f"{document.id} does not read {evidence.text!r} at {evidence.start}–{evidence.end}; fix the reader"
            )
        if report.document != document.id:
            raise RecordError(
                f"a report of {report.document} was handed in with the reading of {document.id}; fix the reader"
            )
        if isinstance(report, Event) and max(report.killed or 0, report.injured or 0) > _LARGEST:
            raise RecordError(f"{document.id} tells a number of more than {_LARGEST} people; fix the reader")
    if any(span.end > len(document.text) for span in reading.sentences):
        raise RecordError(f"a sentence of {document.id} runs past its {len(document.text)} characters; fix the reader")


def _find(conn: Connection, digest: str) -> Row[Any] | None:
    return conn.execute(_BY_DIGEST, {"digest": digest}).first()


_BY_DIGEST = select(schema.documents).where(schema.documents.c.digest == bindparam("digest"))


def _next(conn: Connection, table: Table, column: str) -> int:
    """The next free row id; safe, since only one writer is inside a transaction."""
    return (conn.execute(select(func.max(table.c[column]))).scalar() or 0) + 1


def _insert_document(conn: Connection, document: Document, run: int, reader: str) -> int:
    pk = _next(conn, schema.documents, "pk")
    taken = conn.execute(select(schema.documents.c.pk).where(schema.documents.c.id == document.id)).first()
    row = _document_row(document) | {"id": _other_id(document) if taken else document.id, "run": run, "reader": reader}
    conn.execute(insert(schema.documents), row | {"pk": pk, "digest": document.digest})
    text = encode(document.text)
    raw = None if document.raw == text else pack(document.raw)
    conn.execute(insert(schema.bodies), {"document": pk, "text": pack(text), "raw": raw})
    return pk


def _other_id(document: Document) -> str:
    """The id of a document whose own is taken by another text (``index.html`` of two folders)."""
    return f"{document.id}~{document.digest[:8]}"


def _document_row(document: Document) -> dict[str, Any]:
    row: dict[str, Any] = {
        "language": document.language,
        "url": document.url,
        "source": document.source,
        "media_type": document.media_type,
        "characters": len(document.text),
        "furniture": [[span.start, span.end] for span in document.furniture],
    }
    for name in FACTS:
        fact: Fact | None = getattr(document, name)
        row |= {name: fact.value if fact else None, f"{name}_origin": fact.origin if fact else None}
    return row


def _update_document(conn: Connection, known: Row[Any], document: Document, run: int, reader: str) -> None:
    """A later intake may know more of the page; what a person gave is replaced only by what a person gives."""
    row = _document_row(document) | {"source": known.source, "run": run, "reader": reader}
    for name in FACTS:
        if getattr(known, f"{name}_origin") == "given" and row[f"{name}_origin"] != "given":
            row |= {name: getattr(known, name), f"{name}_origin": "given"}
    conn.execute(update(schema.documents).where(schema.documents.c.pk == known.pk), row)


def _note_source(conn: Connection, known: Row[Any], document: Document) -> bool:
    if mend(document.source) == known.source and known.id in (mend(document.id), mend(_other_id(document))):
        return False
    facts = {name: fact.value if (fact := getattr(document, name)) else None for name in ("outlet", "published")}
    row = {"document": known.pk, "id": document.id, "source": document.source, "url": document.url} | facts
    conn.execute(insert(schema.aliases).prefix_with("OR IGNORE"), row)
    sum_up_anew(conn, refresh_story(conn, known.pk))
    return True


def _forget_reading(conn: Connection, pk: int, text: str) -> None:
    remove_sentences(conn, pk, text)
    for table in (schema.reports, schema.document_actors, schema.remarks):
        conn.execute(delete(table).where(table.c.document == pk))


def _under(kept: str, reading: Reading) -> Reading:
    """The reading with its reports as they are kept: under the document's id here, and in words that can be written."""
    reports = reading.reports
    if kept != reading.document.id:
        reports = tuple(replace(report, document=kept) for report in reports)
    if mend(reading.document.text) != reading.document.text:
        reports = tuple(map(mended, reports))
    return replace(reading, reports=reports)


def _insert_reading(conn: Connection, pk: int, reading: Reading, run: int) -> None:
    taken: dict[str, Rows] = {}
    for report in map(take_apart, reading.reports):
        taken.setdefault(report.common["id"], report)  # the same report twice is one
    rows = list(taken.values())
    insert_sentences(conn, pk, reading.document.text, reading.sentences, rows)
    spoken = {name for row in rows for _, _, name in row.people}
    ids = intern_names(conn, spoken.union(*({actor.name, *actor.mentions} for actor in reading.actors)))
    cast = _insert_actors(conn, pk, reading.actors, ids)
    _insert_reports(conn, pk, rows, ids, cast)
    remarks = enumerate(reading.remarks)
    _insert(conn, schema.remarks, [{"document": pk, "position": n, "run": run, "text": text} for n, text in remarks])


def _insert_actors(conn: Connection, pk: int, actors: Sequence[Actor], ids: Mapping[str, int]) -> dict[str, int]:
    """Keep a document's actors; their case-wide ids by folded name."""
    keys = intern_actors(conn, actors)
    rows: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    for position, (actor, key) in enumerate(zip(actors, keys, strict=True)):
        extras = {name: getattr(actor, name) for name in ("of", "key", "country", "sector")}
        rows.append(
            {"document": pk, "position": position, "actor": key, "name": ids[mend(actor.name)], "kind": str(actor.kind)}
            | extras
        )
        for number, mention in enumerate(actor.mentions):
            name = ids[mend(mention)]
            mentions.append({"document": pk, "actor_position": position, "position": number, "name": name})
    _insert(conn, schema.document_actors, rows)
    _insert(conn, schema.mentions, mentions)
    return {fold(actor.name): key for actor, key in zip(actors, keys, strict=True)}


def _insert_reports(
    conn: Connection, pk: int, reports: Sequence[Rows], ids: Mapping[str, int], cast: Mapping[str, int]
) -> None:
    first = _next(conn, schema.reports, "pk")
    details: dict[Kind, list[dict[str, Any]]] = {}
    people: list[dict[str, Any]] = []
    for key, report in enumerate(reports, first):
        details.setdefault(Kind(report.common["kind"]), []).append(report.detail | {"report": key})
        for role, position, name in report.people:
            people.append(
                {
                    "report": key,
                    "role": role,
                    "position": position,
                    "name": ids[mend(name)],
                    "actor": cast.get(fold(name)),
                }
            )
    places = enumerate(reports)
    common = [row.common | {"pk": first + number, "document": pk, "position": number} for number, row in places]
    _insert(conn, schema.reports, common)
    for kind, rows in details.items():
        _insert(conn, schema.details[kind], rows)
    _insert(conn, schema.participants, people)


def _insert(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(insert(table), rows)
