"""Who may be one, as it is kept; and one actor with all of its names and offices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from dragoman.case import schema
from dragoman.case.actors import is_told, stored_actors
from dragoman.case.connection import snapshot
from dragoman.case.figures import figures_of, names_of
from dragoman.case.ledgers import told_by
from dragoman.case.merging import told_apart
from dragoman.case.names import chunks, find_actors, whole_actor, whole_actors
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
_STANDINGS = tuple(Standing)
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
        related = _Related.of(conn, who, last)
        return ActorInDetail(
            actor=_by_then(conn, who, actor, as_of),
            bases=tuple(_identities(conn, bases)),
            called=_called_in(conn, told.called),
            kinds=told.kinds,
            documents=told.documents,
            sources=told.sources,
            offices=related.tenures(lambda row: row.predicate in OFFICES and row.subject == who),
            holders=related.tenures(lambda row: row.predicate in OFFICES and row.object == who),
            ties=related.tenures(lambda row: row.predicate in TIES),
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
    merged = schema.merged.c
    whole: dict[int, int] = {}
    for keys in chunks(told):
        whole |= dict(conn.execute(select(merged.base, merged.actor).where(merged.base.in_(keys))).all())
    counted: dict[int, dict[str, int]] = {}  # of thousands, and a Counter takes three times as long to make
    for voice, numbers in told.items():
        own = counted.setdefault(whole.get(voice, voice), {})
        for kind, number in numbers.items():
            own[kind] = own.get(kind, 0) + number
    first = sorted(counted, key=lambda one: (-sum(counted[one].values()), one))[:SPEAKERS]
    names = voice_names(conn, first)
    return tuple(Speaker(names[one], {Kind(k): n for k, n in sorted(counted[one].items())}) for one in first)


@dataclass(slots=True)
class _Told:
    """The relations that tell one office of one holder."""

    rows: list[Row[Any]] = field(default_factory=list)

    def tenure(self, voices: Mapping[str, str]) -> Tenure:
        """The office in time; of reports that somebody tells, by their ids, who does."""
        sure = [row for row in self.rows if row.standing == Standing.ACTUAL]
        held = sorted(row.published for row in sure if not row.former and row.published)
        past = sorted(row.published for row in self.rows if row.former and row.published)
        titles = [row.title for row in self.rows if row.title]
        since = sorted(row.since for row in self.rows if row.since)
        until = sorted(row.until for row in self.rows if row.until)
        sources = {row.teller for row in self.rows}
        spoken = dict.fromkeys(voices.get(row.report, "") for row in (sure or self.rows))
        return Tenure(
            person=_most_told(row.person for row in self.rows),
            predicate=Predicate(self.rows[0].predicate),
            title=_most_told(titles) if titles else None,
            at=_most_told(row.at for row in self.rows),
            since=since[0] if since else None,
            until=until[-1] if until else None,
            held_first=held[0] if held else None,
            held_last=held[-1] if held else None,
            former_first=past[0] if past else None,
            documents=len({row.document for row in self.rows}),
            sources=len(sources),
            reports=tuple(row.report for row in self.rows),
            standing=Standing(min({row.standing for row in self.rows}, key=_STANDINGS.index)),
            voice=() if "" in spoken else tuple(spoken),
            by=None if len(sources) > 1 else self.rows[0].by,
        )


def _most_told(values: Iterable[str]) -> str:
    """The value that most have, of several the first; a Counter takes three times as long."""
    counts = counted(values)
    return max(counts, key=counts.__getitem__)


@dataclass(frozen=True, slots=True)
class _Related:
    """The relations of an actor as they are told, and of those that somebody tells, by the report's id, who does."""

    rows: Sequence[Row[Any]]
    voices: Mapping[str, str]

    @classmethod
    def of(cls, conn: Connection, who: int, chosen: Select[tuple[int]]) -> _Related:
        """Those that these reports (row ids) tell of an actor (row id, merges followed)."""
        documents, reports = schema.documents.c, schema.reports.c
        query = relations_query((*OFFICES, *TIES)).where(schema.details[Kind.RELATION].c.report.in_(chosen))
        rows = conn.execute(query.order_by(documents.published, documents.id, reports.position)).all()
        voices = conn.execute(_voices_of(chosen)).all()
        return cls([row for row in rows if who in (row.subject, row.object)], dict(voices))

    def tenures(self, meant: Callable[[Row[Any]], bool]) -> tuple[Tenure, ...]:
        """Offices, or other relations, that are meant, in time."""
        found: dict[tuple[Any, ...], _Told] = {}
        for row in filter(meant, self.rows):
            who, at = row.subject or fold(row.person), row.object or fold(row.at)
            found.setdefault((row.predicate, fold(row.title or ""), who, at), _Told()).rows.append(row)
        tenures = [told.tenure(self.voices) for told in found.values()]
        return tuple(
            sorted(tenures, key=lambda one: (one.since or one.held_first or one.former_first or "~", one.title or ""))
        )


def _voices_of(reports: Select[tuple[int]]) -> Select[str, str]:
    """Of these reports (row ids) the ids of those that somebody tells, and who does."""
    people, names, own = schema.participants.c, schema.names.c, schema.reports.c
    query = select(own.id, names.name).where(own.pk == people.report, names.id == people.name)
    return query.where(people.role == VOICE, people.position == 0, people.report.in_(reports))
