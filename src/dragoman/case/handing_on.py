"""What exports need of a case beside its lists: occurrences with their reports, and everybody with who he is.

All of it is fetched in batches as it is taken, so that a case of any size passes through little memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from dragoman.case import schema
from dragoman.case.documents import document_actors, document_row, stored_documents
from dragoman.case.names import chunks, same_actors, whole_actor
from dragoman.case.occurrences import Wanted, iter_occurrences
from dragoman.case.reports import Filter, conditions, hydrate, iter_reports
from dragoman.case.results import CastReport, Gathered, Identified, Participant, StoredDocument, StoredReport
from dragoman.case.text import fold
from dragoman.record import Actor, ActorKind
from dragoman.record.occurrence import Occurrence

T = TypeVar("T")
_BATCH = 100
_CAST = schema.document_actors


def iter_gathered(conn: Connection, wanted: Wanted) -> Iterator[Gathered]:
    """The occurrences that are wanted, each with its reports, in the order of their telling."""
    for batch in _batches(iter_occurrences(conn, wanted)):
        yield from _gathered(conn, batch, wanted.as_of)


def iter_cast_reports(conn: Connection, wanted: Filter) -> Iterator[CastReport]:
    """The reports that a filter lets through, with who takes part in them."""
    for batch in _batches(iter_reports(conn, wanted)):
        yield from _with_cast(conn, batch)


def iter_told_documents(conn: Connection, wanted: Filter) -> Iterator[StoredDocument]:
    """The documents with a report that a filter lets through, by id."""
    table = schema.documents
    query = select(table).where(table.c.pk.in_(_documents_with(conn, wanted))).order_by(table.c.id)
    for rows in conn.execute(query).partitions(_BATCH):
        yield from stored_documents(conn, rows)


def iter_identified(conn: Connection, wanted: Filter) -> Iterator[Identified]:
    """Everybody in those documents, by identity, with the names that they use."""
    cast, actors = schema.document_actors.c, schema.actors.c
    whole = select(whole_actor(cast.actor)).where(cast.document.in_(_documents_with(conn, wanted)))
    query = select(actors.id, actors.identity).where(actors.id.in_(whole)).order_by(actors.identity)
    told = _documents_with(conn, wanted).where(schema.reports.c.document == cast.document).correlate(_CAST).exists()
    for chunk in chunks([tuple(row) for row in conn.execute(query)]):
        yield from _identified(conn, dict(chunk), told)


def cast_of(conn: Connection, document: str) -> tuple[tuple[str, Actor], ...]:
    """The actors of a document, in its order, each with its identity. Raises ``UsageError`` for an unknown id."""
    row = document_row(conn, document)
    cast, actors, merged = schema.document_actors.c, schema.actors.c, schema.merged.c
    query = (
        select(actors.identity)
        .select_from(schema.document_actors)
        .outerjoin(schema.merged, merged.base == cast.actor)
        .join(schema.actors, actors.id == func.coalesce(merged.actor, cast.actor))
        .where(cast.document == row.pk)
        .order_by(cast.position)
    )
    known = conn.execute(query).scalars().all()
    return tuple(zip(known, document_actors(conn, row.pk), strict=True))


def _batches(found: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(found)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _documents_with(conn: Connection, wanted: Filter) -> Select[tuple[int]]:
    reports, documents = schema.reports.c, schema.documents.c
    query = select(reports.document).join(schema.documents, documents.pk == reports.document)
    return query.where(*conditions(conn, wanted))


def _gathered(conn: Connection, batch: Sequence[Occurrence], as_of: str | None) -> Iterator[Gathered]:
    kept, rows, occurrences = schema.occurrence_reports.c, schema.reports.c, schema.occurrences.c
    documents = schema.documents.c
    query = (
        select(occurrences.id, rows.pk)
        .join(schema.occurrence_reports, kept.occurrence == occurrences.pk)
        .join(schema.reports, rows.pk == kept.report)
        .join(schema.documents, documents.pk == rows.document)
        .where(occurrences.id.in_([one.id for one in batch]))
        .order_by(func.coalesce(documents.published, "~"), documents.id, rows.start, rows.id)
    )
    if as_of is not None:
        query = query.where(func.substr(documents.published, 1, len(as_of)) <= as_of)
    members: dict[str, list[int]] = {}
    for id, key in conn.execute(query):
        members.setdefault(id, []).append(key)
    found: dict[int, CastReport] = {}
    for chunk in chunks(key for keys in members.values() for key in keys):
        found |= zip(chunk, _with_cast(conn, list(hydrate(conn, chunk))), strict=True)
    for one in batch:
        yield Gathered(one, tuple(found[key] for key in members.get(one.id, ())))


def _with_cast(conn: Connection, batch: Sequence[StoredReport]) -> Iterator[CastReport]:
    people = _participants(conn, [stored.id for stored in batch])
    documents = schema.documents.c
    ids = sorted({stored.report.document for stored in batch})
    query = select(documents.id, documents.url, documents.characters, documents.teller)
    facts: dict[str, Row[Any]] = {}
    for chunk in chunks(ids):
        facts |= {row.id: row for row in conn.execute(query.where(documents.id.in_(chunk)))}
    for stored in batch:
        document = facts[stored.report.document]
        cast = {role: tuple(found) for role, found in people.get(stored.id, {}).items()}
        yield CastReport(stored, cast, document.url, document.teller, document.characters)


def _participants(conn: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[Participant]]]:
    people, reports, names = schema.participants.c, schema.reports.c, schema.names.c
    cast, actors, merged = schema.document_actors.c, schema.actors.c, schema.merged.c
    query = (
        select(reports.id, people.role, people.position, names.name, actors.identity)
        .add_columns(cast.kind, cast.country, cast.sector)
        .select_from(schema.reports)
        .join(schema.participants, people.report == reports.pk)
        .join(schema.names, names.id == people.name)
        .outerjoin(schema.merged, merged.base == people.actor)
        .outerjoin(schema.actors, actors.id == func.coalesce(merged.actor, people.actor))
        .outerjoin(schema.document_actors, (cast.document == reports.document) & (cast.actor == people.actor))
        .order_by(reports.pk, people.role, people.position, cast.position)
    )
    found: dict[str, dict[str, list[Participant]]] = {}
    seen: set[tuple[str, str, int]] = set()
    for chunk in chunks(ids):
        for id, role, position, name, identity, kind, country, sector in conn.execute(
            query.where(reports.id.in_(chunk))
        ):
            if (id, role, position) not in seen:  # of two actors of a document that are one, the first tells
                seen.add((id, role, position))
                who = Participant(
                    identity or f"~{fold(name)}", name, ActorKind(kind) if kind else None, country, sector
                )
                found.setdefault(id, {}).setdefault(role, []).append(who)
    return found


def _identified(conn: Connection, ids: Mapping[int, str], told: ColumnElement[bool]) -> Iterator[Identified]:
    cast, names, mentions = schema.document_actors.c, schema.names.c, schema.mentions.c
    whole, bases = whole_actor(cast.actor).label("whole"), same_actors(conn, list(ids))
    own = (
        select(whole, names.name, cast.kind, cast.key, cast.country, cast.sector, cast.document)
        .join(schema.names, names.id == cast.name)
        .where(told, cast.actor.in_(bases))
        .order_by(cast.document, cast.position)
    )
    rows: dict[int, list[Row[Any]]] = {}
    for row in conn.execute(own):
        rows.setdefault(row.whole, []).append(row)
    here = (mentions.document == cast.document) & (mentions.actor_position == cast.position)
    called = (
        select(whole, names.name)
        .join(schema.mentions, here)
        .join(schema.names, names.id == mentions.name)
        .where(told, cast.actor.in_(bases))
        .distinct()
    )
    forms: dict[int, set[str]] = {}
    for id, name in conn.execute(called):
        forms.setdefault(id, set()).add(name)
    for id, identity in ids.items():
        found = rows.get(id)
        if not found:  # the case has changed since the ids were read
            continue
        yield Identified(
            identity=identity,
            name=_usual(row.name for row in found) or "",
            kind=ActorKind(_usual(row.kind for row in found) or ""),
            names=tuple(sorted({*forms.get(id, ()), *(row.name for row in found)})),
            key=_usual(row.key for row in found),
            country=_usual(row.country for row in found),
            sector=_usual(row.sector for row in found),
        )


def _usual(values: Iterable[str | None]) -> str | None:
    told = [value for value in values if value is not None]
    return min(set(told), key=lambda value: (-told.count(value), value), default=None)
