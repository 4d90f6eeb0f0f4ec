"""The reports and the documents behind a figure: found by what was counted, so that each number leads to its sentences.

Reports are found in ``parts``, which has everybody's and each actor's by kind and day. All of a kind are counted in
``tallies``, by document; an actor's are few enough to be counted one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select, tuple_, union_all

from dragoman.asked import check_period, iso_date, one_of
from dragoman.case import schema
from dragoman.case.company import beside
from dragoman.case.connection import snapshot
from dragoman.case.documents import stored_documents
from dragoman.case.figures import NO_KEY
from dragoman.case.ledgers import teller, told_by
from dragoman.case.names import chunks, find_actors, same_actors, whole_actors
from dragoman.case.outlets import chiefs_of, spellings
from dragoman.case.reports import EVERYBODY, hydrate
from dragoman.case.results import DocumentsBehind, ReportsBehind
from dragoman.case.rows import VOICE
from dragoman.case.text import fold
from dragoman.errors import UsageError
from dragoman.record import Kind, Role, State

_ROLES = ("source", "target", "holder", "by", "toward", "to", "subject", "object", VOICE, *Role)


class Story(StrEnum):
    """What a document is to its outlet: the first to tell its ``own`` story, a further version of it (``again``), or a
    near-copy of another's (``copy``)."""

    OWN = "own"
    AGAIN = "again"
    COPY = "copy"


class Confirmed(StrEnum):
    """How a report stands in the record by what somebody decided; what was rejected is in no list."""

    ACCEPTED = State.ACCEPTED.value
    CORRECTED = State.CORRECTED.value


@dataclass(frozen=True, slots=True)
class WantedReports:
    """Which reports are meant: those that meet every part that is given (see ``Case.reports_behind``)."""

    kind: str | None = None
    actor: str | None = None
    role: str | None = None
    beside: str | None = None
    voice: str | None = None
    state: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    came_after: int | None = None
    ids: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        check_period(self.since, self.until)
        if self.kind is not None:
            one_of(Kind, "kind", self.kind)
        if self.state is not None:
            one_of(Confirmed, "state", self.state)
        if self.role is not None and self.role not in _ROLES:
            raise UsageError(f"unknown role {self.role!r}; there are {', '.join(_ROLES)}")

    @property
    def starts_with_few(self) -> bool:
        """Whether what is asked for is found sooner by whose words it is, or by its id, than in the order of days."""
        return self.voice is not None or self.role == VOICE or self.ids is not None or self.state is not None


@dataclass(frozen=True, slots=True)
class WantedDocuments:
    """Which documents are meant: those that meet every part that is given (see ``Case.documents_behind``)."""

    outlet: str | None = None
    spelt: str | None = None
    author: str | None = None
    story: str | None = None
    first: str | None = None
    actor: str | None = None
    called: str | None = None
    undated: bool = False
    as_of: str | None = None
    came_after: int | None = None

    def __post_init__(self) -> None:
        if self.story is not None and self.outlet is None:
            raise UsageError("a document is its own story or a copy to an outlet; say to which outlet")


def reports_behind(conn: Connection, wanted: WantedReports, *, skip: int, limit: int | None) -> ReportsBehind:
    """One page of the reports that are meant, the latest first, and how many there are; see ``Case.reports_behind``."""
    with snapshot(conn):
        who = _listed_under(conn, wanted)
        met = [*_conditions(conn, wanted)]
        keys: Sequence[int] = conn.execute(_latest(wanted, who, met, skip, limit)).scalars().all()
        number, documents, sources = conn.execute(_extent(conn, wanted, who, met)).one()
        told = tuple(stored for some in chunks(keys) for stored in hydrate(conn, some))
    return ReportsBehind(told, number or 0, documents, sources)


def documents_behind(conn: Connection, wanted: WantedDocuments, *, skip: int, limit: int | None) -> DocumentsBehind:
    """One page of the documents that are meant, the latest first; see ``Case.documents_behind``."""
    table = schema.documents
    order = (table.c.published.desc(), table.c.pk)  # an index has both, so that no whole rows are sorted
    with snapshot(conn):
        met = [*_of_documents(conn, wanted)]
        number, sources = conn.execute(select(func.count(), func.count(teller().distinct())).where(*met)).one()
        chosen = select(table.c.pk).where(*met).order_by(*order).offset(skip).limit(limit)
        rows = conn.execute(select(table).where(table.c.pk.in_(chosen)).order_by(*order)).all()
        found = tuple(one for some in chunks(rows) for one in stored_documents(conn, some))
    return DocumentsBehind(found, number, sources)


def count_actors(conn: Connection) -> int:
    """How many actors some document has."""
    figures = schema.figures.c
    query = select(func.count()).where(figures.what == "actor", figures.key == NO_KEY)
    return int(conn.execute(query).scalar_one())


def _listed_under(conn: Connection, wanted: WantedReports) -> list[int]:
    """Under whom the reports are kept: whoever only speaks has no part in what is told."""
    if wanted.actor is None or wanted.role == VOICE:
        return [EVERYBODY]
    actors, names = _meant(conn, wanted.actor)
    return [*whole_actors(conn, actors), *(-name for name in names)]


def _meant(conn: Connection, actor: str) -> tuple[list[int], list[int]]:
    """Whom a name means (``find_actors``); a key that somebody has means nobody else who is only called so."""
    own = conn.execute(select(schema.actors.c.id).where(schema.actors.c.identity == actor)).scalars().all()
    return (same_actors(conn, own), []) if own else find_actors(conn, actor)


def _latest(
    wanted: WantedReports, who: Sequence[int], met: Sequence[ColumnElement[bool]], skip: int, limit: int | None
) -> Select[int]:
    """The reports by day, off the list that is kept of each kind, so that none is read whole."""
    parts = schema.parts.c
    most = None if limit is None or len(who) > 1 else skip + limit
    here = select(parts.report, parts.day).where(parts.who.in_(who), *met)
    if wanted.starts_with_few:
        every = here.where(*_of_kind(wanted)).subquery().c
    else:
        lists = (
            here.where(parts.kind == kind).order_by(parts.day.desc(), parts.report).limit(most).subquery()
            for kind in ([wanted.kind] if wanted.kind else Kind)
        )
        every = union_all(*(select(one.c.report, one.c.day) for one in lists)).subquery().c
    query = select(every.report).group_by(every.report, every.day) if len(who) > 1 else select(every.report)
    return query.order_by(every.day.desc(), every.report).offset(skip).limit(limit)


def _of_kind(wanted: WantedReports) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield schema.parts.c.kind == wanted.kind


def _extent(
    conn: Connection, wanted: WantedReports, who: Sequence[int], met: Sequence[ColumnElement[bool]]
) -> Select[Any, int, int]:
    """How many reports there are, in how many documents of how many independent sources."""
    parts, documents, tallies = schema.parts.c, schema.documents.c, schema.tallies.c
    if not any(
        (wanted.actor, wanted.role, wanted.beside, wanted.voice, wanted.since, wanted.until, wanted.ids, wanted.state)
    ):
        first, *others = (tallies[kind] for kind in ([wanted.kind] if wanted.kind else Kind))
        number = sum(others, start=first)
        query = select(func.sum(number), func.count(), func.count(teller().distinct()))
        query = query.join_from(schema.tallies, schema.documents, documents.pk == tallies.document)
        return query.where(number > 0, *_in_documents(conn, wanted, tallies.document))
    each = func.count(parts.report.distinct()) if len(who) > 1 else func.count()
    found = select(parts.document, each.label("number")).where(parts.who.in_(who), *_of_kind(wanted), *met)
    by_document = found.group_by(parts.document).subquery()
    query = select(func.sum(by_document.c.number), func.count(), func.count(teller().distinct()))
    return query.join_from(by_document, schema.documents, documents.pk == by_document.c.document)


def _conditions(conn: Connection, wanted: WantedReports) -> Iterator[ColumnElement[bool]]:
    """What is asked of ``parts`` besides whose and of which kind. Raises ``UsageError`` for what cannot be."""
    parts, reports = schema.parts.c, schema.reports.c
    yield from _in_documents(conn, wanted, parts.document)
    if wanted.role is not None:
        part = _takes_part(conn, wanted.actor, schema.participants.c.role == wanted.role)
        yield _among(part) if wanted.role == VOICE else parts.report.in_(part)
    if wanted.voice is not None:
        people = schema.participants.c
        yield _among(_takes_part(conn, wanted.voice, (people.role == VOICE) & (people.position == 0)))
    if wanted.state is not None:
        yield _among(select(reports.pk).where(reports.state == wanted.state))
    if wanted.beside is not None:
        yield parts.report.in_(beside(conn, wanted.actor or wanted.beside, wanted.beside, wanted.as_of))
    if wanted.since is not None:
        yield parts.day >= iso_date(wanted.since)
    if wanted.until is not None:
        yield (parts.day != "") & (func.substr(parts.day, 1, len(iso_date(wanted.until))) <= wanted.until)
    if wanted.ids is not None:
        yield _among(select(reports.pk).where(reports.id.in_(wanted.ids)))


def _in_documents(
    conn: Connection, wanted: WantedReports, document: ColumnElement[int]
) -> Iterator[ColumnElement[bool]]:
    documents = schema.documents.c
    of_these = [*told_by(wanted.as_of)]
    if wanted.outlet is not None:
        of_these.append(_outlet(documents.outlet, _spelt(conn, wanted.outlet)))
    if of_these:
        yield document.in_(select(documents.pk).where(*of_these))
    if wanted.came_after is not None:
        yield document > wanted.came_after


def _among(few: Select[int]) -> ColumnElement[bool]:
    """The parts of few reports, looked up by document and report, as they are kept: else all would be gone through."""
    parts, reports = schema.parts.c, schema.reports.c
    return tuple_(parts.document, parts.report).in_(select(reports.document, reports.pk).where(reports.pk.in_(few)))


def _takes_part(conn: Connection, actor: str | None, role: ColumnElement[bool]) -> Select[int]:
    people = schema.participants.c
    query = select(people.report).where(role)
    if actor is not None:
        actors, names = _meant(conn, actor)
        query = query.where(or_(people.actor.in_(actors), people.actor.is_(None) & people.name.in_(names)))
    return query


def _key(conn: Connection, outlet: str) -> str:
    """The folded name under which an outlet is counted; empty for documents that name none."""
    key = fold(outlet) if outlet.strip() else ""
    return chiefs_of(conn).get(key, key)


def _spelt(conn: Connection, outlet: str) -> list[str]:
    """The spellings of an outlet; none for documents that name none. Raises ``UsageError`` for one that is not here."""
    key = _key(conn, outlet)
    if not key:
        return []
    chiefs, here = chiefs_of(conn), spellings(conn)
    found = [name for other, spelt in here.items() if chiefs.get(other, other) == key for name in spelt]
    if not found:
        raise UsageError(f"no outlet {outlet!r} in this case; `dragoman show CASE sources` lists them")
    return found


def _outlet(column: ColumnElement[Any], spelt: Sequence[str]) -> ColumnElement[bool]:
    return column.in_(spelt) if spelt else or_(column.is_(None), column == "")


def _of_documents(conn: Connection, wanted: WantedDocuments) -> Iterator[ColumnElement[bool]]:
    documents, counted = schema.documents.c, schema.counted.c
    if wanted.outlet is not None:
        yield _told_as(conn, wanted.outlet, wanted.story)
    if wanted.spelt is not None:
        yield documents.outlet == wanted.spelt
    if wanted.first is not None:
        key = _key(conn, wanted.first)
        yield teller() == key if key else teller().startswith("~")
    if wanted.author is not None:
        yield documents.author == wanted.author
    if wanted.actor is not None:
        actors, _ = _meant(conn, wanted.actor)
        if wanted.called is None:
            named = select(counted.document).where(counted.who.in_(whole_actors(conn, actors)), counted.what == "actor")
        else:
            named = _calling(actors, wanted.called)
        yield documents.pk.in_(named)
    if wanted.undated:
        yield documents.published.is_(None)
    yield from told_by(wanted.as_of)
    if wanted.came_after is not None:
        yield documents.pk > wanted.came_after


def _calling(actors: Sequence[int], name: str) -> Select[int]:
    """The documents in which these actors go by a name, their own or another."""
    cast, mentions, names = schema.document_actors.c, schema.mentions.c, schema.names.c
    id = select(names.id).where(names.name == name).scalar_subquery()
    mentioned = exists().where(
        mentions.document == cast.document, mentions.actor_position == cast.position, mentions.name == id
    )
    return select(cast.document).where(cast.actor.in_(actors), or_(cast.name == id, mentioned))


def _told_as(conn: Connection, outlet: str, story: str | None) -> ColumnElement[bool]:
    """The documents of an outlet, or those that are this to it (``Story``), and those whose text it has too."""
    documents, aliases = schema.documents.c, schema.aliases.c
    spelt = _spelt(conn, outlet)
    here = _outlet(documents.outlet, spelt)
    if story is None:
        return here
    key = _key(conn, outlet)
    is_own, is_first = teller() == key, documents.story == documents.pk
    repeats = documents.pk.in_(select(aliases.document).where(aliases.outlet.in_(spelt))) if spelt else false()
    elsewhere = repeats & ~func.coalesce(here, False)
    own = here & is_first & or_(is_own, teller().startswith("~")) | (elsewhere & is_own)
    again = here & ~is_first & is_own
    match one_of(Story, "story", story):
        case Story.OWN:
            return own
        case Story.AGAIN:
            return again
        case _:
            return or_(here & ~own & ~again, elsewhere & ~is_own)
