"""Documents of a case, listed, whole, and with all that was read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from dragoman.asked import nearest
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.ledgers import told_by
from dragoman.case.names import chunks
from dragoman.case.reports import hydrate
from dragoman.case.results import Alias, Remark, StoredDocument
from dragoman.case.text import encode, unpack, unpack_text
from dragoman.case.writing import FACTS
from dragoman.errors import UsageError
from dragoman.record import Actor, ActorKind, Document, Fact, Reading, Span, State

_BATCH = 200


def iter_documents(
    conn: Connection,
    *,
    skip: int = 0,
    limit: int | None = None,
    run: int | None = None,
    latest_first: bool = False,
    as_of: str | None = None,
) -> Iterator[StoredDocument]:
    """Every document, or those that a run read or that were published by a date, by id or ``latest_first``; or so many
    after the first ``skip``. Raises ``UsageError`` at once for no date."""
    table = schema.documents
    met = [*told_by(as_of), *([] if run is None else [table.c.run == run])]
    if latest_first:
        order = (table.c.published.desc(), table.c.pk)  # an index has both, so that no whole rows are sorted
        chosen = select(table.c.pk).where(*met).order_by(*order).offset(skip).limit(limit)
        query = select(table).where(table.c.pk.in_(chosen)).order_by(*order)
    else:
        query = select(table).where(*met).order_by(table.c.id).offset(skip).limit(limit)
    batches = conn.execute(query).partitions(_BATCH)
    return (document for rows in batches for document in stored_documents(conn, rows))


def stored_document(conn: Connection, id: str) -> StoredDocument:
    """One document as listed. Raises ``UsageError`` for an unknown id."""
    return next(stored_documents(conn, [document_row(conn, id)]))


def document_row(conn: Connection, id: str) -> Row[Any]:
    """The row of a document. Raises ``UsageError``, with the nearest id, when there is none."""
    table = schema.documents
    if row := conn.execute(select(table).where(table.c.id == id)).first():
        return row
    near = nearest(id, conn.execute(select(table.c.id)).scalars())
    hint = f"did you mean {near!r}?" if near else "`dragoman show CASE documents` lists them"
    raise UsageError(f"no document {id!r} in this case; {hint}")


def stored_documents(conn: Connection, rows: Iterable[Row[Any]]) -> Iterator[StoredDocument]:
    """The documents of these rows, as listed."""
    rows = list(rows)
    keys = [row.pk for row in rows]
    sentences = _count(conn, schema.sentences.c.document, keys)
    reports = _count(conn, schema.reports.c.document, keys, schema.reports.c.state != State.REJECTED)
    first = _ids(conn, {row.story for row in rows if row.story != row.pk})
    aliases: dict[int, list[Alias]] = {}
    for row in conn.execute(select(schema.aliases).where(schema.aliases.c.document.in_(keys))):
        aliases.setdefault(row.document, []).append(Alias(row.id, row.source, row.url, row.outlet, row.published))
    for row in rows:
        yield StoredDocument(
            id=row.id,
            digest=row.digest,
            title=row.title,
            author=row.author,
            outlet=row.outlet,
            published=row.published,
            language=row.language,
            url=row.url,
            source=row.source,
            media_type=row.media_type,
            characters=row.characters,
            sentences=sentences.get(row.pk, 0),
            reports=reports.get(row.pk, 0),
            reader=row.reader,
            aliases=tuple(aliases.get(row.pk, ())),
            copy_of=first[row.story] if row.story != row.pk else None,
            teller=row.teller,
        )


def _ids(conn: Connection, keys: Iterable[int]) -> dict[int, str]:
    documents = schema.documents.c
    return dict(conn.execute(select(documents.pk, documents.id).where(documents.pk.in_(list(keys)))).all())


def _count(
    conn: Connection, column: ColumnElement[int], keys: list[int], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    query = select(column, func.count()).where(column.in_(keys), *conditions).group_by(column)
    return dict(conn.execute(query).all())


def load_document(conn: Connection, row: Row[Any]) -> Document:
    """A document whole: text, bytes as retrieved, facts with their origins."""
    body = conn.execute(select(schema.bodies).where(schema.bodies.c.document == row.pk)).one()
    text = unpack_text(body.text)
    facts = {n: Fact(value, getattr(row, f"{n}_origin")) for n in FACTS if (value := getattr(row, n)) is not None}
    return Document(
        id=row.id,
        text=text,
        language=row.language,
        url=row.url,
        source=row.source,
        media_type=row.media_type,
        raw=encode(text) if body.raw is None else unpack(body.raw),
        furniture=tuple(Span(start, end) for start, end in row.furniture),
        **facts,
    )


def load_sentences(conn: Connection, pk: int) -> tuple[Span, ...]:
    """The sentences of a document, in order."""
    columns = schema.sentences.c
    query = select(columns.start, columns.end).where(columns.document == pk).order_by(columns.start)
    return tuple(Span(start, end) for start, end in conn.execute(query))


def load_reading(conn: Connection, id: str) -> Reading:
    """A document with all that was read from it, of one moment."""
    with snapshot(conn):
        row = document_row(conn, id)
        document = load_document(conn, row)
        remarks, reports = schema.remarks.c, schema.reports.c
        odd = select(remarks.text).where(remarks.document == row.pk).order_by(remarks.position)
        shown = (reports.document == row.pk, reports.state != State.REJECTED)
        keys = select(reports.pk).where(*shown).order_by(reports.position)
        return Reading(
            document=document,
            sentences=load_sentences(conn, row.pk),
            actors=tuple(document_actors(conn, row.pk)),
            reports=tuple(s.report for keys in chunks(conn.execute(keys).scalars()) for s in hydrate(conn, keys)),
            remarks=tuple(conn.execute(odd).scalars()),
        )


def iter_readings(conn: Connection) -> Iterator[Reading]:
    """Every document with all that was read from it, by id; one at a time in memory."""
    table = schema.documents
    ids = conn.execute(select(table.c.id).order_by(table.c.id)).scalars().all()
    return (load_reading(conn, id) for id in ids)


def document_actors(conn: Connection, document: int) -> Iterator[Actor]:
    """The actors of the document with this row id, in its order."""
    cast, mentions, names = schema.document_actors.c, schema.mentions.c, schema.names.c
    called: dict[int, list[str]] = {}
    query = (
        select(mentions.actor_position, names.name)
        .where(mentions.document == document, names.id == mentions.name)
        .order_by(mentions.actor_position, mentions.position)
    )
    for position, name in conn.execute(query):
        called.setdefault(position, []).append(name)
    who = select(schema.document_actors, names.name.label("full")).where(
        cast.document == document, names.id == cast.name
    )
    for row in conn.execute(who.order_by(cast.position)):
        extras = {"of": row.of, "key": row.key, "country": row.country, "sector": row.sector}
        yield Actor(name=row.full, kind=ActorKind(row.kind), mentions=tuple(called.get(row.position, ())), **extras)


def iter_remarks(conn: Connection) -> Iterator[Remark]:
    """What the runs found odd, by document."""
    remarks, documents = schema.remarks.c, schema.documents.c
    query = select(remarks.run, documents.id, remarks.text).where(documents.pk == remarks.document)
    for run, document, text in conn.execute(query.order_by(documents.id, remarks.position)):
        yield Remark(run, document, text)
