"""Who may be one, as it is kept; and one actor with all of its names and offices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Label, Row, Select, and_, func, select

from dragoman.case import schema
from dragoman.case.actors import is_told, stored_actors
from dragoman.case.connection import snapshot
from dragoman.case.figures import figures_of, names_of
from dragoman.case.ledgers import told_by
from dragoman.case.merging import told_apart
from dragoman.case.names import among, chunks, find_actors, whole_actor, whole_actors
from dragoman.case.reports import by_then, count_listed, listed
from dragoman.case.results import ActorInDetail, Merge, Speaker, StoredActor, Tenure
from dragoman.case.rows import VOICE
from dragoman.case.sources import voice_names
from dragoman.case.text import fold
from dragoman.errors import UsageError
from dragoman.reconcile.steps import counted
from dragoman.record import Kind, Predicate, Standing

OFFICES = (Predicate.OFFICE, Predicate.LEADS, Predicate.SPEAKS_FOR, Predicate.MEMBER_OF)
"""Relations that somebody holds for a time."""
TIES = tuple(predicate for predicate in Predicate if predicate not in OFFICES)
RELATIONS = 1_000
"""Relations of an actor, those told last, that make its offices and ties unless more are asked for."""
_STANDINGS = {str(one): (rank, one) for rank, one in enumerate(Standing)}
_PREDICATES = {str(one): one for one in Predicate}
"""Looked up, since an actor may have hundreds of offices, and to call an enum takes long."""
SPEAKERS = 20
"""Voices that an actor's page names."""


def propose_merges(conn: Connection, *, as_of: str | None = None, limit: int | None = None) -> tuple[Merge, ...]:
    """Pairs of actors that may be one and that nobody merged or told apart yet, the surest first; or those of whom
    documents published by a date have both, for the reasons that all documents give. Raises ``UsageError`` for no
    date."""
    table = schema.proposals.c
    ranked = select(table.one, table.other, table.score, table.reasons)
    ranked = ranked.order_by(table.score.desc(), table.called, table.one, table.other)
    if as_of is not None:
        ranked = ranked.where(is_told(table.one, as_of), is_told(table.other, as_of))
    with snapshot(conn):
        apart = told_apart(conn)
        kept = (row for row in conn.execute(ranked) if frozenset((row.one, row.other)) not in apart)
        proposals = list(islice(kept, limit))
        wanted = {id for proposal in proposals for id in (proposal.one, proposal.other)}
        actors = {id: actor for keys in chunks(sorted(wanted)) for id, actor in stored_actors(conn, keys, as_of)}
    return tuple(Merge(actors[p.one], actors[p.other], p.score, tuple(p.reasons)) for p in proposals)


def relations_query(predicates: Collection[Predicate]) -> Any:
    """One row for each relation that somebody has: who (subject, before merges base, person), what, at whom (object,
    at), when told."""
    reports, details, documents = schema.reports.c, schema.details[Kind.RELATION].c, schema.documents.c
    holder, place = schema.participants.alias("holder"), schema.participants.alias("place")
    person, at = schema.names.alias("person"), schema.names.alias("at")
    return (
        select(
            whole_actor(holder.c.actor).label("subject"),
            holder.c.actor.label("base"),
            person.c.name.label("person"),
            details.predicate,
            details.title,
            whole_actor(place.c.actor).label("object"),
            at.c.name.label("at"),
            details.former,
            details.since,
            details.until,
            reports.id.label("report"),
            reports.standing,
            reports.document,
            documents.published,
            documents.teller,
            func.coalesce(documents.outlet, documents.id).label("by"),
        )
        .join(schema.reports, reports.pk == details.report)
        .join(schema.documents, documents.pk == reports.document)
        .join(holder, and_(holder.c.report == details.report, holder.c.role == "subject"))
        .join(place, and_(place.c.report == details.report, place.c.role == "object"))
        .join(person, person.c.id == holder.c.name)
        .join(at, at.c.id == place.c.name)
        .where(details.predicate.in_(predicates), reports.standing != Standing.DENIED)
    )


def actor_in_detail(conn: Connection, name: str, *, as_of: str | None = None, most: int | None = None) -> ActorInDetail:
    """One actor behind all its names; offices by the ``most`` relations told last.

    Raises ``UsageError`` where nobody or more than one actor is called so.
    """
    conditions = tuple(told_by(as_of))
    with snapshot(conn):
        bases, _ = find_actors(conn, name)
        found = dict(stored_actors(conn, whole_actors(conn, bases)))
        if len(found) != 1:
            raise UsageError(_which(name, found.values()))
        ((who, actor),) = found.items()
        told = _Figures.of(conn, who, conditions)
        last = listed(Kind.RELATION, [who], most, *by_then(as_of), latest=True)
        related = _related(conn, who, last)
        offices = [row for row in related if row.predicate in OFFICES]
        return ActorInDetail(
            actor=_by_then(conn, who, actor, as_of),
            bases=tuple(_identities(conn, bases)),
            called=_called_in(conn, told.called),
            kinds=told.kinds,
            documents=told.documents,
            sources=told.sources,
            offices=_tenures(row for row in offices if row.subject == who),
            holders=_tenures(row for row in offices if row.object == who),
            ties=_tenures(row for row in related if row.predicate in TIES),
            spoken_of_by=_speakers(conn, told.speakers),
            speaks=told.speaks,
            older=max(0, count_listed(conn, Kind.RELATION, [who], *by_then(as_of)) - most) if most else 0,
        )


def _by_then(conn: Connection, who: int, actor: StoredActor, as_of: str | None) -> StoredActor:
    """The actor as documents published by a date tell of it; of whom these have nothing, who it is and no more."""
    if as_of is None:
        return actor
    then = dict(stored_actors(conn, [who], as_of))
    return then.get(who) or replace(actor, names=(), documents=0, reports=0)


@dataclass(slots=True)
class _Figures:
    """What is counted of one actor, put into order: reports by kind and role, documents by name, and so on."""

    kinds: dict[str, dict[str, int]] = field(default_factory=dict)
    called: dict[int, int] = field(default_factory=dict)
    speakers: dict[int, dict[str, int]] = field(default_factory=dict)
    documents: int = 0
    sources: int = 0
    speaks: int = 0

    @classmethod
    def of(cls, conn: Connection, who: int, conditions: Sequence[Any]) -> _Figures:
        """Those of an actor in the documents that meet the conditions."""
        told = cls()
        for what, key, number, documents in sorted(figures_of(conn, who, conditions)):
            if what == "role":
                kind, role = key.split(" ", 1)
                told.kinds.setdefault(kind, {})[role] = number
            elif what == "name":
                told.called[int(key)] = documents
            elif what == "voice":
                kind, voice = key.split(" ", 1)
                told.speakers.setdefault(int(voice), {})[kind] = number
            elif what == "source":
                told.documents += documents
                told.sources += 1
            elif what == "speaks":
                told.speaks = number
        return told


def _which(name: str, found: Collection[StoredActor]) -> str:
    if not found:
        return f"{name!r} is named in reports of this case, but is no actor of a document; search for it instead"
    several = ", ".join(sorted(f"{actor.name} ({actor.identity})" for actor in found))
    return f"{name!r} may be {several}; give what stands in brackets"


def _identities(conn: Connection, bases: Sequence[int]) -> list[str]:
    actors = schema.actors.c
    return list(conn.execute(select(actors.identity).where(actors.id.in_(bases)).order_by(actors.identity)).scalars())


def _called_in(conn: Connection, called: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """Each name of an actor, its own and others, with the documents that use it."""
    names = names_of(conn, called)
    pairs = ((names[id], number) for id, number in called.items())
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _speakers(conn: Connection, told: Mapping[int, Mapping[str, int]]) -> tuple[Speaker, ...]:
    """Whose words tell of an actor, the most first, and in how many reports of each kind."""
    whole: dict[int, int] = dict(conn.execute(_WHOLE, {"keys": list(told)}).all())
    counted: dict[int, dict[str, int]] = {}  # of thousands, and a Counter takes three times as long to make
    for voice, numbers in told.items():
        own = counted.setdefault(whole.get(voice, voice), {})
        for kind, number in numbers.items():
            own[kind] = own.get(kind, 0) + number
    first = nsmallest(SPEAKERS, counted, key=lambda one: (-sum(counted[one].values()), one))
    names = voice_names(conn, first)
    return tuple(Speaker(names[one], {Kind(k): n for k, n in sorted(counted[one].items())}) for one in first)


_WHOLE = select(schema.merged.c.base, schema.merged.c.actor).where(among(schema.merged.c.base))


@dataclass(slots=True)
class _Told:
    """The relations that tell one office of one holder."""

    rows: list[Row[Any]] = field(default_factory=list)

    def tenure(self) -> Tenure:
        """The office in time."""
        sure = [row for row in self.rows if row.standing == Standing.ACTUAL]
        held = [row.published for row in sure if not row.former and row.published]
        past = [row.published for row in self.rows if row.former and row.published]
        titles = [row.title for row in self.rows if row.title]
        sources = {row.teller for row in self.rows}
        spoken = dict.fromkeys([row.voice or "" for row in (sure or self.rows)])
        return Tenure(
            person=_most_told([row.person for row in self.rows]),
            predicate=_PREDICATES[self.rows[0].predicate],
            title=_most_told(titles) if titles else None,
            at=_most_told([row.at for row in self.rows]),
            since=min([row.since for row in self.rows if row.since], default=None),
            until=max([row.until for row in self.rows if row.until], default=None),
            held_first=min(held, default=None),
            held_last=max(held, default=None),
            former_first=min(past, default=None),
            documents=len({row.document for row in self.rows}),
            sources=len(sources),
            reports=tuple([row.report for row in self.rows]),
            standing=min([_STANDINGS[told] for told in {row.standing for row in self.rows}])[1],
            voice=() if "" in spoken else tuple(spoken),
            by=None if len(sources) > 1 else self.rows[0].by,
        )


def _most_told(values: Sequence[str]) -> str:
    """The value that most have, of several the first; a Counter takes three times as long."""
    counts = counted(values)
    return max(counts, key=counts.__getitem__)


def _tenures(rows: Iterable[Row[Any]]) -> tuple[Tenure, ...]:
    """Offices, or other relations, in time."""
    found: dict[tuple[Any, ...], _Told] = {}
    for row in rows:
        who, at = row.subject or fold(row.person), row.object or fold(row.at)
        found.setdefault((row.predicate, fold(row.title or ""), who, at), _Told()).rows.append(row)
    tenures = [told.tenure() for told in found.values()]
    return tuple(
        sorted(tenures, key=lambda one: (one.since or one.held_first or one.former_first or "~", one.title or ""))
    )


def _related(conn: Connection, who: int, chosen: Select[tuple[int]]) -> list[Row[Any]]:
    """The relations that these reports (row ids) tell of an actor (row id, merges followed), as they are told, and the
    ``voice`` of those that somebody tells."""
    documents, reports = schema.documents.c, schema.reports.c
    query = relations_query((*OFFICES, *TIES)).where(schema.details[Kind.RELATION].c.report.in_(chosen))
    query = query.add_columns(_voice()).order_by(documents.published, documents.id, reports.position)
    return [row for row in conn.execute(query) if who in (row.subject, row.object)]


def _voice() -> Label[str]:
    people, names = schema.participants.c, schema.names.c
    query = select(names.name).where(people.report == schema.details[Kind.RELATION].c.report, names.id == people.name)
    return query.where(people.role == VOICE, people.position == 0).scalar_subquery().label("voice")
