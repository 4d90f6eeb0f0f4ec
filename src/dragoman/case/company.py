"""Whom a name means, with whom an actor takes part in events, and which documents name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Select, select

from dragoman.case import schema
from dragoman.case.actors import stored_actors
from dragoman.case.connection import snapshot
from dragoman.case.documents import stored_documents
from dragoman.case.figures import usual_names
from dragoman.case.ledgers import teller, told_by
from dragoman.case.names import actor_identities, chunks, find_actors, whole_actor, whole_actors
from dragoman.case.reports import listed
from dragoman.case.results import Counterpart, StoredActor, StoredDocument
from dragoman.reconcile.steps import counted
from dragoman.record import EventType, Kind, Standing

EVENTS = 1_000
"""Events of an actor, the latest, among which its counterparts are looked for unless more are asked for."""
_SIDES = ("source", "target")
_TYPES = {str(one): one for one in EventType}
"""Looked up, since an actor meets hundreds, and to call an enum takes long."""


@dataclass(slots=True)
class _Met:
    """Where somebody is met: occurrences by type, documents and tellers."""

    types: dict[str, str] = field(default_factory=dict)
    documents: set[int] = field(default_factory=set)
    tellers: set[str] = field(default_factory=set)


def actors_called(conn: Connection, name: str, *, as_of: str | None = None) -> tuple[StoredActor, ...]:
    """Every actor that a key or name may mean, or of these whom documents published by a date have; nobody where only
    reports name it. Raises ``UsageError``."""
    with snapshot(conn):
        bases, _ = find_actors(conn, name)
        found = (actor for _, actor in stored_actors(conn, whole_actors(conn, bases), as_of))
        return tuple(sorted(found, key=lambda actor: (-actor.reports, actor.identity)))


def counterparts(
    conn: Connection, name: str, *, as_of: str | None = None, most: int | None = EVENTS
) -> tuple[Counterpart, ...]:
    """Who takes part in events with an actor, most occurrences first. Raises ``UsageError`` for nobody."""
    tuple(told_by(as_of))  # refuses what is no date
    with snapshot(conn):
        bases, _ = find_actors(conn, name)
        met: defaultdict[int, _Met] = defaultdict(_Met)
        for who, occurrence, type, document, source in _met(conn, bases, as_of, most):
            one = met[who]
            one.types[occurrence] = type
            one.documents.add(document)
            one.tellers.add(source)
        names = usual_names(conn, met)
        identities = actor_identities(conn, met)
    found = [_counterpart(names.get(who, ""), identities[who], one) for who, one in met.items()]
    return tuple(sorted(found, key=lambda one: (-one.occurrences, one.identity)))


def _counterpart(name: str, identity: str, met: _Met) -> Counterpart:
    types = counted(met.types.values())
    ordered = {_TYPES[type]: number for type, number in sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))}
    return Counterpart(name or identity.removeprefix("~"), identity, ordered, len(met.documents), len(met.tellers))


def _met(
    conn: Connection, bases: Sequence[int], as_of: str | None, most: int | None
) -> Iterator[tuple[int, str, str, int, str]]:
    """Who (after merges), occurrence, its type, document and teller, for everybody on a side of the latest events."""
    people, gathered = schema.participants.c, schema.occurrence_reports.c
    documents, occurrences = schema.documents.c, schema.occurrences.c
    query = (
        _beside(conn, bases, most, *_told_then(as_of))
        .with_only_columns(whole_actor(people.actor), occurrences.id, occurrences.type, documents.pk, teller())
        .join(schema.documents, documents.pk == schema.reports.c.document)
        .join(schema.occurrence_reports, gathered.report == people.report)
        .join(schema.occurrences, occurrences.pk == gathered.occurrence)
        .where(people.actor.is_not(None), people.actor.not_in(bases))
    )
    for row in conn.execute(query).all():
        yield row[0], row[1], row[2], row[3], row[4]


def beside(conn: Connection, actor: str, other: str, as_of: str | None = None) -> Select[int]:
    """The reports by which another is a counterpart of an actor (see ``counterparts``). Raises ``UsageError``."""
    (bases, _), (others, _) = find_actors(conn, actor), find_actors(conn, other)
    return _beside(conn, bases, EVENTS, *_told_then(as_of)).where(schema.participants.c.actor.in_(others))


def _told_then(as_of: str | None) -> Iterator[ColumnElement[bool]]:
    if conditions := tuple(told_by(as_of)):
        yield schema.parts.c.document.in_(select(schema.documents.c.pk).where(*conditions))


def _beside(conn: Connection, bases: Sequence[int], most: int | None, *conditions: ColumnElement[bool]) -> Select[int]:
    """Whoever is on a side of the latest events of an actor, unless these are denied; a report for each of them."""
    people, reports = schema.participants.c, schema.reports.c
    latest = listed(Kind.EVENT, whole_actors(conn, bases), most, *conditions, latest=True)
    return (
        select(people.report)
        .select_from(schema.participants)
        .join(schema.reports, reports.pk == people.report)
        .where(people.report.in_(latest), people.role.in_(_SIDES), reports.standing != Standing.DENIED)
    )


def documents_naming(
    conn: Connection, name: str, *, as_of: str | None = None, limit: int | None = None
) -> tuple[StoredDocument, ...]:
    """Documents that have an actor, or those published by a date, the latest first. Raises ``UsageError`` for
    nobody."""
    with snapshot(conn):
        bases, _ = find_actors(conn, name)
        cast, table = schema.document_actors.c, schema.documents
        named = table.c.pk.in_(select(cast.document).where(cast.actor.in_(bases)))
        query = select(table).where(named, *told_by(as_of))
        rows = conn.execute(query.order_by(table.c.published.desc(), table.c.id).limit(limit)).all()
        return tuple(found for some in chunks(rows) for found in stored_documents(conn, some))
