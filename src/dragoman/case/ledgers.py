"""Steps, commitments and forecasts as lines of a ledger: all that a view counts and orders by, without the sentences.

A whole ledger is read at once, so its lines leave out the text of the documents; the sentence behind a line is one
``Case.report`` away. Rejected reports have no detail row, and so no line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from dragoman.asked import iso_date
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.names import among, chunks, find_actors, same_actors, whole_actor
from dragoman.case.reports import by_then, count_listed, listed, listed_as
from dragoman.case.rows import VOICE
from dragoman.case.text import fold
from dragoman.reconcile.steps import Maker
from dragoman.record import ActorKind, DateRange, Direction, Kind, Likelihood, Standing, Status

_BATCH = 2000
_ROLES = ("by", "to")
_PARTS = "\x1f"
_STANDINGS: Mapping[str, Standing] = {str(one): one for one in Standing}
_DIRECTIONS: Mapping[str, Direction] = {str(one): one for one in Direction}
_STATUSES: Mapping[str, Status] = {str(one): one for one in Status}
_LIKELIHOODS: Mapping[str, Likelihood] = {str(one): one for one in Likelihood}
"""Looked up, since a large ledger asks thousands of times, and to call an enum takes long."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a role: ``actor`` is the same for all names of one actor, ``name`` is as the report has it."""

    actor: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A report in a ledger: ``teller`` is the independent source behind its document, ``published`` the document's
    date, ``voice`` who says so, outermost first."""

    id: str
    document: str
    teller: str
    published: str | None
    standing: Standing
    voice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine(Line):
    """A step by one of those who make it; a joint step has a line for each. ``first`` and ``last`` are its dates as
    told (ISO prefixes), ``by`` is ``None`` where the text names nobody, and ``maker`` what their document takes them
    for, if they are an actor of it."""

    by: Party | None
    maker: Maker | None = None
    rung: str
    direction: Direction
    first: str | None
    last: str | None

    @property
    def who(self) -> str:
        """What their document calls them; empty for nobody."""
        return self.by.name if self.by else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLine(Line):
    """A commitment with those who owe it and those to whom it is owed."""

    by: tuple[Party, ...]
    to: tuple[Party, ...]
    instrument: str | None
    what: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastLine(Line):
    """A forecast with its forecasters (none: the document's ``author``)."""

    by: tuple[Party, ...]
    author: str | None
    what: str
    likelihood: Likelihood
    horizon: DateRange | None


@dataclass(frozen=True, slots=True)
class Sightings:
    """Lines of a ledger and what is not among them: ``undated`` counts reports of documents without a date, which no
    question *as of* a date can place, ``older`` those beyond the most that were asked for."""

    lines: tuple[Any, ...]
    undated: int = 0
    older: int = 0


def steps_toward(
    conn: Connection, authority: str, *, as_of: str | None = None, makers: Collection[str] | None = None
) -> Sightings:
    """Every step toward this actor (a key or name), as told by a date: by all, or by at least these makers
    (``Party.actor``). Raises ``UsageError``."""
    toward = aliased(schema.participants)
    query = _steps(toward, _is(conn, toward, authority))
    if makers is not None:
        query = query.where(schema.reports.c.pk.in_(listed(Kind.STEP, _listed_under(conn, makers), None)))
    with snapshot(conn):
        rows = conn.execute(query.where(*told_by(as_of))).all()
        undated = _undated(conn, query, as_of)
    return Sightings(tuple(map(_step_line, rows)), undated)


def steps_of(conn: Connection, authority: int, makers: Collection[str]) -> tuple[StepLine, ...]:
    """The steps toward an actor (its row id, merges followed) by at least these makers (``Party.actor``, or empty)."""
    toward = aliased(schema.participants)
    query = _steps(toward, toward.c.actor.in_(same_actors(conn, [authority])))
    who = [authority] if "" in makers else _listed_under(conn, makers)
    query = query.where(schema.reports.c.pk.in_(listed(Kind.STEP, who, None)))
    return tuple(map(_step_line, conn.execute(query)))


def _listed_under(conn: Connection, makers: Collection[str]) -> list[int]:
    names = schema.names.c
    folded = [maker[1:] for maker in makers if maker.startswith("~")]
    queries = (select(names.id).where(names.folded.in_(chunk)) for chunk in chunks(folded))
    called = [-id for query in queries for id in conn.execute(query).scalars()]
    return called + [int(maker) for maker in makers if maker.isdigit()]


def _steps(toward: Any, is_authority: ColumnElement[bool]) -> Select[Any]:
    """All steps toward an authority, a row for each of those who make one."""
    reports, documents, steps = schema.reports.c, schema.documents.c, schema.details[Kind.STEP].c
    by, cast = aliased(schema.participants), aliased(schema.document_actors)
    same = aliased(schema.document_actors).c
    first = select(func.min(same.position)).where(same.document == documents.pk, same.actor == by.c.actor)
    return (
        _lines(Kind.STEP, steps.rung, steps.direction, reports.date_from, reports.date_to, schema.names.c.name)
        .add_columns(_identity(by), cast.c.kind, cast.c.key, cast.c.country, _sector(cast))
        .outerjoin(by, (by.c.report == steps.report) & (by.c.role == "by"))
        .outerjoin(cast, (cast.c.document == documents.pk) & (cast.c.position == first.scalar_subquery()))
        .outerjoin(schema.merged, schema.merged.c.base == by.c.actor)
        .outerjoin(schema.names, schema.names.c.id == by.c.name)
        .where(exists().where(toward.c.report == steps.report, toward.c.role == "toward", is_authority))
        .order_by(documents.published, documents.id, reports.position, by.c.position)
    )


def _sector(cast: Any) -> ColumnElement[Any]:
    """The sector of an actor of a document: of a person whom this tells to hold an office of their state, that is the
    government."""
    posts, state, names = schema.posts.c, aliased(schema.document_actors), aliased(schema.names)
    in_office = exists().where(
        posts.document == cast.c.document,
        posts.actor == cast.c.actor,
        posts.last_day.is_not(None),
        posts.at == names.c.folded,
        names.c.id == state.c.name,
        state.c.document == cast.c.document,
        state.c.kind == ActorKind.STATE,
        state.c.country == cast.c.country,
    )
    is_official = (cast.c.kind == ActorKind.PERSON) & in_office
    return case((is_official, "GOV"), else_=cast.c.sector).label("sector")


def latest_commitments(
    conn: Connection, *, actor: str | None = None, as_of: str | None = None, most: int | None = None
) -> Sightings:
    """The commitments told last, oldest first: of all, or those that one actor owes or is owed."""
    return _latest(conn, Kind.COMMITMENT, actor, as_of, most)


def latest_forecasts(
    conn: Connection, *, actor: str | None = None, as_of: str | None = None, most: int | None = None
) -> Sightings:
    """The forecasts told last, oldest first: of all, or those that one actor makes."""
    return _latest(conn, Kind.FORECAST, actor, as_of, most)


def lines_of(conn: Connection, kind: Kind, ids: Iterable[str]) -> tuple[Any, ...]:
    """The forecasts or commitments with these ids, oldest first; those that are not here are left out."""
    found: list[Any] = []
    for chunk in chunks(ids):
        rows = conn.execute(_LINES[kind]().where(schema.reports.c.id.in_(chunk))).all()
        found += _with_people(conn, rows, _MAKE[kind])
    return tuple(sorted(found, key=lambda line: (line.published or "", line.document, line.id)))


def name_of(conn: Connection, actor: str) -> str:
    """The name of an actor that a user names by a key or another of its names."""
    cast, names = schema.document_actors.c, schema.names.c
    query = select(names.name).join(schema.document_actors, cast.name == names.id)
    found = conn.execute(query.where(cast.actor.in_(find_actors(conn, actor)[0])).limit(1)).scalar()
    return found or actor


def country_of(conn: Connection, actor: str) -> str | None:
    """The country that documents take an actor, given by a key or a name, for one of."""
    cast = schema.document_actors.c
    query = select(cast.country).where(cast.actor.in_(find_actors(conn, actor)[0]), cast.country.is_not(None))
    return conn.execute(query.limit(1)).scalar()


def told_by(as_of: str | None) -> Iterator[ColumnElement[bool]]:
    """Conditions on ``documents``: published by the end of this date. Raises ``UsageError`` for what is no date."""
    if as_of is not None:
        yield func.substr(schema.documents.c.published, 1, len(iso_date(as_of))) <= as_of


def teller() -> ColumnElement[str]:
    """The independent source of a document."""
    documents = schema.documents.c
    return func.coalesce(documents.teller, "~" + documents.id)


def _is(conn: Connection, people: Any, name: str) -> ColumnElement[bool]:
    actors, names = find_actors(conn, name)
    return or_(people.c.actor.in_(actors), people.c.actor.is_(None) & people.c.name.in_(names))


def _identity(people: Any) -> ColumnElement[Any]:
    return func.coalesce(schema.merged.c.actor, people.c.actor).label("actor")


def _voice() -> ColumnElement[Any]:
    people, names = aliased(schema.participants), aliased(schema.names)
    joined = func.group_concat(names.c.name, _PARTS)
    said = select(joined).where(people.c.report == schema.reports.c.pk, people.c.role == VOICE)
    return said.where(names.c.id == people.c.name).correlate(schema.reports).scalar_subquery().label("voice")


def _lines(kind: Kind, *columns: Any) -> Select[Any]:
    reports, documents, details = schema.reports.c, schema.documents.c, schema.details[kind]
    return (
        select(
            reports.pk,
            reports.id,
            documents.id.label("document"),
            teller().label("teller"),
            documents.published,
            reports.standing,
            _voice(),
            *columns,
        )
        .select_from(details)
        .join(schema.reports, reports.pk == details.c.report)
        .join(schema.documents, documents.pk == reports.document)
    )


def _commitments() -> Select[Any]:
    details = schema.details[Kind.COMMITMENT].c
    return _lines(Kind.COMMITMENT, details.instrument, details.what, details.status)


def _forecasts() -> Select[Any]:
    details, author = schema.details[Kind.FORECAST].c, schema.documents.c.author
    return _lines(Kind.FORECAST, details.what, details.likelihood, details.horizon_from, details.horizon_to, author)


_LINES: Mapping[Kind, Any] = {Kind.COMMITMENT: _commitments, Kind.FORECAST: _forecasts}


def _undated(conn: Connection, query: Select[Any], as_of: str | None) -> int:
    if as_of is None:
        return 0
    left = query.where(schema.documents.c.published.is_(None)).with_only_columns(schema.reports.c.pk).order_by(None)
    return int(conn.execute(select(func.count()).select_from(left.distinct().subquery())).scalar_one())


def _latest(conn: Connection, kind: Kind, actor: str | None, as_of: str | None, most: int | None) -> Sightings:
    reports, documents = schema.reports.c, schema.documents.c
    who, published = listed_as(conn, actor), tuple(by_then(as_of))
    newest = _LINES[kind]().where(reports.pk.in_(listed(kind, who, most, *published, latest=True))).limit(most)
    newest = newest.order_by(documents.published.desc(), documents.id.desc(), reports.position.desc())
    with snapshot(conn):
        rows = conn.execute(newest).all()
        lines = tuple(_with_people(conn, rows[::-1], _MAKE[kind]))
        older = 0 if most is None or len(rows) < most else count_listed(conn, kind, who, *published) - most
        undated = 0 if as_of is None else count_listed(conn, kind, who, schema.parts.c.day == "")
        return Sightings(lines, undated, older)


def _with_people(conn: Connection, rows: Sequence[Row[Any]], make: Any) -> Iterator[Any]:
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        people = people_of(conn, [row.pk for row in batch], _ROLES)
        yield from (make(row, people.get(row.pk, {})) for row in batch)


def people_of(
    conn: Connection, keys: Sequence[int], roles: Collection[str] | None = None
) -> dict[int, dict[str, list[Party]]]:
    """Who stands in which role, or in these roles, of the reports with these row ids, in order."""
    people, names = schema.participants.c, schema.names.c
    query = (
        select(people.report, people.role, names.name, whole_actor(people.actor))
        .join(schema.names, names.id == people.name)
        .where(among(people.report))
        .order_by(people.report, people.role, people.position)
    )
    if roles is not None:
        query = query.where(people.role.in_(roles))
    found: dict[int, dict[str, list[Party]]] = {}
    parties: dict[tuple[int | None, str], Party] = {}
    for report, role, name, actor in conn.execute(query, {"keys": list(keys)}).all():
        party = parties.get((actor, name)) or parties.setdefault((actor, name), _party(actor, name))
        found.setdefault(report, {}).setdefault(role, []).append(party)
    return found


def _party(actor: int | None, name: str) -> Party:
    """Who is no actor of the case is who is called so."""
    return Party(f"~{fold(name)}" if actor is None else str(actor), name)


def _step_line(row: Any) -> StepLine:
    """Taken apart at once, here and below: a ladder of a large case has a hundred thousand."""
    _, id, document, told, published, standing, voice, rung, direction, first, last, name, actor, *facts = row
    return StepLine(
        id=id,
        document=document,
        teller=told,
        published=published,
        standing=_STANDINGS[standing],
        voice=tuple(voice.split(_PARTS)) if voice else (),
        by=None if name is None else _party(actor, name),
        maker=maker_of(*facts),
        rung=rung,
        direction=_DIRECTIONS[direction],
        first=first,
        last=last,
    )


@lru_cache(maxsize=1000)
def maker_of(kind: str | None, key: str | None, country: str | None, sector: str | None) -> Maker | None:
    """What a document takes somebody for; ``None`` for who is no actor of it."""
    return None if kind is None else Maker(ActorKind(kind), key, country, sector)


def _commitment_line(row: Any, people: Mapping[str, Sequence[Party]]) -> CommitmentLine:
    _, id, document, told, published, standing, voice, instrument, what, status = row
    return CommitmentLine(
        id=id,
        document=document,
        teller=told,
        published=published,
        standing=_STANDINGS[standing],
        voice=tuple(voice.split(_PARTS)) if voice else (),
        by=tuple(people.get("by", ())),
        to=tuple(people.get("to", ())),
        instrument=instrument,
        what=what,
        status=_STATUSES[status],
    )


def _forecast_line(row: Any, people: Mapping[str, Sequence[Party]]) -> ForecastLine:
    _, id, document, told, published, standing, voice, what, likelihood, first, last, author = row
    return ForecastLine(
        id=id,
        document=document,
        teller=told,
        published=published,
        standing=_STANDINGS[standing],
        voice=tuple(voice.split(_PARTS)) if voice else (),
        by=tuple(people.get("by", ())),
        author=author,
        what=what,
        likelihood=_LIKELIHOODS[likelihood],
        horizon=DateRange(first, last) if first or last else None,
    )


_MAKE: Mapping[Kind, Any] = {Kind.COMMITMENT: _commitment_line, Kind.FORECAST: _forecast_line}
