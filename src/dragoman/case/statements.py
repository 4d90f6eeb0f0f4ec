"""Statements: who holds what on which question, counted by holder, question, stance, document and source.

A statement is one holder of one position told as held (standing ``actual``); it is dated by its document, as in
discourse network analysis. Rejected reports have none. The table is kept by the triggers of migration 0005.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    case,
    cast,
    distinct,
    func,
    literal,
    null,
    select,
    tuple_,
)

from dragoman.asked import check_period, iso_date
from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.figures import usual_names
from dragoman.case.names import actor_identities, chunks, find_actors
from dragoman.case.results import (
    Affiliation,
    Affiliations,
    Concept,
    Holder,
    Positions,
    StanceChange,
    StanceChanges,
    StanceCount,
    Statement,
)
from dragoman.case.slicing import Slicing, Unit, fits, slice_of, week_of, within
from dragoman.case.text import unpack_text
from dragoman.record import ActorKind, Kind, Stance
from dragoman.record.vocabulary import UNNAMED_SOURCES

_UNHELD, _ON_NO_ISSUE, _ON_ISSUE = 0, 1, 2
_BATCH = 500
AUTHOR = "document"
"""The codebook's holder of what an author without a name holds."""
NOBODY = frozenset({AUTHOR, UNNAMED_SOURCES})
"""Names under which each document means somebody else; as one actor they would tie those who are not tied."""

_BY_MONTH = Slicing(Unit.MONTH)

_said = schema.statements.c


class Duplicates(StrEnum):
    """Of statements that say the same (holder, concept, stance), one counts for each …; as in DNA."""

    INCLUDE = "include"
    DOCUMENT = "document"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statements are meant: on one ``issue``, by one ``actor``, from documents published ``since`` … ``until``
    and by ``as_of`` (ISO prefixes, both ends count, a prefix to its end). With any date, undated documents are out."""

    issue: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        check_period(self.since, self.until)


def positions_of(
    conn: Connection, scope: Scope, slicing: Slicing | None, *, slices: int | None, most: int | None, reports: bool
) -> Positions:
    """Holders by their number of statements, the ``most`` first, and what they hold; see ``Case.positions_held``."""
    with snapshot(conn):
        counted, conditions = _meant(conn, scope)
        if slicing and slices:
            conditions = _lately(conn, conditions, slicing, slices)
        ranked = _ranked(conn, conditions, most)
        who = _holders(conn, ranked)
        shown = _shown(conditions, who, slicing, most)
        cells = _stances(conn, shown, slicing)
        behind = _reports(conn, shown, slicing) if reports else {}
        concepts = _concepts(conn, {row.concept for row in cells})
        return Positions(
            by_issue=counted == _ON_ISSUE,
            holders=tuple(who.values()),
            cells=tuple(sorted((_stance_count(row, who, concepts, behind) for row in cells), key=_place)),
            all_holders=ranked[0].holders if ranked else 0,
            statements=ranked[0].statements if ranked else 0,
            **_left_out(conn, scope, counted, conditions, slicing),
        )


def changes_of(
    conn: Connection, scope: Scope, *, since: str | None, months: int | None, holders: int, most: int
) -> StanceChanges:
    """The latest stances that are not what they were before; see ``Case.stances_changed``."""
    with snapshot(conn):
        _, conditions = _meant(conn, scope)
        if months:
            conditions = _lately(conn, conditions, _BY_MONTH, months)
        ranked = _holders(conn, _ranked(conn, conditions, holders))
        who = {key: holder for key, holder in ranked.items() if holder.name not in NOBODY}
        shown = _shown(conditions, who, _BY_MONTH, holders)
        turned = conn.execute(_turns(shown, since)).all()
        oldest = min((row.slice for row in turned[:most]), default="")
        latest = [row for row in turned if row.slice >= oldest]
        concepts = _concepts(conn, {row.concept for row in latest})
        latest.sort(key=lambda row: who[row.who].key)
        latest.sort(key=lambda row: (row.slice, who[row.who].name, concepts[row.concept].key), reverse=True)
        del latest[most:]
        spots = [(row.who, row.concept, slice) for row in latest for slice in (row.slice, row.before)]
        here = [*shown, tuple_(_said.who, _said.concept, slice_of(_said.day, _BY_MONTH)).in_(spots)]
        behind = _reports(conn, here, _BY_MONTH)
        cells = {
            (row.who, row.concept, row.slice): _stance_count(row, who, concepts, behind)
            for row in _stances(conn, here, _BY_MONTH)
        }
    changes = (
        StanceChange(who[row.who].name, cells[row.who, row.concept, row.before], cells[row.who, row.concept, row.slice])
        for row in latest
    )
    return StanceChanges(tuple(changes), len(turned))


def _turns(conditions: Sequence[ColumnElement[bool]], since: str | None) -> Select[Any]:
    """Who holds what in which month otherwise than in the month before it (``before``) that tells one stance only, the
    latest first."""
    month = slice_of(_said.day, _BY_MONTH).label("slice")
    one = select(_said.who, _said.concept, month, func.min(_said.stance).label("stance")).where(*conditions)
    one = one.group_by(_said.who, _said.concept, month).having(func.min(_said.stance) == func.max(_said.stance))
    told = one.subquery().c
    was, before = (
        func.lag(column).over(partition_by=(told.who, told.concept), order_by=told.slice)
        for column in (told.stance, told.slice)
    )
    beside = select(told.who, told.concept, told.slice, told.stance, was.label("was"), before.label("before"))
    turns = beside.subquery().c
    query = select(turns.who, turns.concept, turns.slice, turns.before).where(turns.stance != turns.was)
    if since is not None:
        query = query.where(func.substr(turns.slice, 1, len(iso_date(since))) >= since[: len("2024-11")])
    return query.order_by(turns.slice.desc())


def _lately(
    conn: Connection, conditions: Sequence[ColumnElement[bool]], slicing: Slicing, slices: int
) -> list[ColumnElement[bool]]:
    """The conditions of what is told in the last so many slices."""
    last = _last_day(conn, conditions)
    return [*conditions, *(within(_said.day, slicing.begin(last, slices)) if last else ())]


def _nobody(conn: Connection) -> list[int]:
    names = schema.names.c
    return list(conn.execute(select(names.id).where(names.name.in_(sorted(NOBODY)))).scalars())


def _shown(
    conditions: Sequence[ColumnElement[bool]], who: Iterable[int], slicing: Slicing | None, most: int | None
) -> list[ColumnElement[bool]]:
    """The conditions of what is shown: by these holders, unless all are, and in a slice."""
    shown = list(conditions) if most is None else [*conditions, _said.who.in_(list(who))]
    return [*shown, _said.day.is_not(None), fits(_said.day, slicing)] if slicing else shown


def affiliations_of(
    conn: Connection,
    scope: Scope,
    duplicates: Duplicates,
    slicing: Slicing | None,
    *,
    most: int | None,
    with_documents: bool,
) -> Affiliations:
    """How often each of the holders with most statements takes which stance on what; see ``Case.affiliations``."""
    with snapshot(conn):
        counted, conditions = _meant(conn, scope)
        conditions.append(_said.who.not_in([-name for name in _nobody(conn)]))
        ranked = _ranked(conn, conditions, most)
        who = _holders(conn, ranked, conditions)
        shown = _shown(conditions, who, slicing, most)
        within_slice = slice_of(_said.day, slicing) if slicing else null()
        columns = (_said.who, _said.concept, _said.stance, within_slice.label("slice"))
        query = select(*columns, _times(duplicates).label("times")).where(*shown).group_by(*columns)
        rows = conn.execute(query).all()
        concepts = _concepts(conn, {row.concept for row in rows})
        undated = _left_out(conn, scope, counted, conditions, slicing)["undated"]
        pair = (_said.who, _said.concept)
        behind = select(*pair, *_DOCUMENTS).where(*shown).group_by(*pair)
        told = conn.execute(behind).all() if with_documents else ()
    found = (Affiliation(who[r.who].key, concepts[r.concept], Stance(r.stance), r.slice, r.times) for r in rows)
    return Affiliations(
        by_issue=counted == _ON_ISSUE,
        holders=tuple(who.values()),
        ties=tuple(sorted(found, key=lambda a: (a.holder, a.concept.key, a.stance, a.slice or ""))),
        all_holders=ranked[0].holders if ranked else 0,
        undated=undated,
        told={(who[row.who].key, concepts[row.concept].key): (row.documents, row.sources) for row in told},
    )


def iter_statements(conn: Connection, scope: Scope) -> Iterator[Statement]:
    """Every statement meant, by document, with its words; one document's text at a time is in memory."""
    _, conditions = _meant(conn, scope, every=True)
    who, kinds = _holders(conn, _ranked(conn, conditions, None)), _kinds(conn)
    documents, reports, positions = schema.documents.c, schema.reports.c, schema.details[Kind.POSITION].c
    query = (
        select(
            _said.who, _said.concept, _said.stance, _said.document, reports.id, reports.start, reports.end,
            positions.about, documents.id.label("document_id"),
            documents.title, documents.author, documents.outlet, documents.published, _said.teller,
        )
        .join(schema.reports, reports.pk == _said.report)
        .join(schema.details[Kind.POSITION], positions.report == _said.report)
        .join(schema.documents, documents.pk == _said.document)
        .where(*conditions)
        .order_by(documents.id, reports.position, _said.position)
    )  # fmt: skip
    names = _concepts(conn, set(conn.execute(select(_said.concept).where(*conditions).distinct()).scalars()))
    rows = conn.execute(query, execution_options={"yield_per": _BATCH})
    for document, said in groupby(rows, key=lambda row: row.document):
        text = _text(conn, document)
        for row in said:
            yield Statement(
                report=row.id,
                holder=who[row.who],
                kind=kinds.get(row.who),
                concept=names[row.concept],
                about=row.about,
                stance=Stance(row.stance),
                text=text[row.start : row.end],
                document=row.document_id,
                title=row.title,
                author=row.author,
                outlet=row.outlet,
                published=row.published,
                teller=row.teller,
            )


def _kinds(conn: Connection) -> dict[int, ActorKind]:
    """What most documents take each actor for, of several the first in the alphabet; merges followed."""
    there, merged = schema.document_actors.c, schema.merged.c
    query = (
        select(func.coalesce(merged.actor, there.actor), there.kind)
        .outerjoin(schema.merged, merged.base == there.actor)
        .group_by(func.coalesce(merged.actor, there.actor), there.kind)
        .order_by(func.count(), there.kind.desc())
    )
    return {actor: ActorKind(kind) for actor, kind in conn.execute(query)}


def _text(conn: Connection, document: int) -> str:
    bodies = schema.bodies.c
    return unpack_text(conn.execute(select(bodies.text).where(bodies.document == document)).scalar_one())


def _meant(conn: Connection, scope: Scope, *, every: bool = False) -> tuple[int, list[ColumnElement[bool]]]:
    """Whether statements are taken by issue or by their matter, and the conditions of the scope."""
    with_issue = conn.execute(select(_said.report).where(_said.counted == _ON_ISSUE).limit(1)).first()
    counted = _ON_ISSUE if with_issue or scope.issue is not None else _ON_NO_ISSUE
    taken = _said.counted != _UNHELD if every else _said.counted == counted
    conditions = [taken, *within(_said.day, scope.since, scope.until, scope.as_of)]
    if scope.issue is not None:
        conditions.append(_said.concept == scope.issue)
    if scope.actor is not None:
        actors, names = find_actors(conn, scope.actor)
        conditions.append(_said.who.in_([*actors, *(-name for name in names)]))
    return counted, conditions


def _last_day(conn: Connection, conditions: Sequence[ColumnElement[bool]]) -> str | None:
    last: str | None = conn.execute(select(func.max(_said.day)).where(*conditions)).scalar()
    return last


def _ranked(conn: Connection, conditions: Sequence[ColumnElement[bool]], most: int | None) -> Sequence[Row[Any]]:
    """Holders by number of statements, with the number of all holders and statements beside each."""
    counts = select(_said.who, func.count().label("number")).where(*conditions).group_by(_said.who).subquery()
    actors, names, n = schema.actors, schema.names, counts.c.number
    key = case((counts.c.who > 0, actors.c.identity), else_=literal("=") + names.c.name)
    query = (
        select(
            counts.c.who,
            n,
            key.label("key"),
            names.c.name,
            func.count().over().label("holders"),
            func.sum(n).over().label("statements"),
        )
        .outerjoin(actors, actors.c.id == counts.c.who)
        .outerjoin(names, names.c.id == -counts.c.who)
        .order_by(n.desc(), key)
        .limit(most)
    )
    return conn.execute(query).all()


def _holders(
    conn: Connection, ranked: Sequence[Row[Any]], conditions: Sequence[ColumnElement[bool]] | None = None
) -> dict[int, Holder]:
    """The holders, with their documents and sources where conditions say of which statements."""
    called = usual_names(conn, [row.who for row in ranked if row.who > 0])
    told: dict[int, tuple[int, int]] = {}
    for chunk in chunks(row.who for row in ranked) if conditions is not None else ():
        query = select(_said.who, *_DOCUMENTS).where(*conditions or (), _said.who.in_(chunk)).group_by(_said.who)
        told |= {who: (documents, sources) for who, documents, sources in conn.execute(query)}
    return {
        row.who: Holder(row.key, called.get(row.who, row.name or row.key), row.number, *told.get(row.who, ()))
        for row in ranked
    }


_DOCUMENTS = (
    func.count(distinct(_said.document)).label("documents"),
    func.count(distinct(_said.teller)).label("sources"),
)


def _stances(conn: Connection, conditions: Sequence[ColumnElement[bool]], slicing: Slicing | None) -> list[Row[Any]]:
    within_slice = slice_of(_said.day, slicing) if slicing else null()
    columns = (_said.who, _said.concept, within_slice.label("slice"))
    statements = (func.count(case((_said.stance == stance, 1))).label(str(stance)) for stance in Stance)
    sources = (
        func.count(distinct(case((_said.stance == stance, _said.teller)))).label(f"{stance}_sources")
        for stance in (Stance.SUPPORT, Stance.OPPOSE)
    )
    query = select(*columns, *statements, *sources, *_DOCUMENTS).where(*conditions).group_by(*columns)
    return list(conn.execute(query).all())


def _reports(
    conn: Connection, conditions: Sequence[ColumnElement[bool]], slicing: Slicing | None
) -> dict[tuple[int, str, str | None], list[str]]:
    within_slice = slice_of(_said.day, slicing) if slicing else null()
    query = (
        select(_said.who, _said.concept, within_slice.label("slice"), schema.reports.c.id)
        .join(schema.reports, schema.reports.c.pk == _said.report)
        .where(*conditions)
    )
    found: dict[tuple[int, str, str | None], list[str]] = {}
    for holder, concept, label, report in conn.execute(query).all():
        found.setdefault((holder, concept, label), []).append(report)
    return found


def _stance_count(
    row: Row[Any],
    who: dict[int, Holder],
    concepts: dict[str, Concept],
    behind: dict[tuple[int, str, str | None], list[str]],
) -> StanceCount:
    return StanceCount(
        holder=who[row.who].key,
        concept=concepts[row.concept],
        slice=row.slice,
        support=row.support,
        oppose=row.oppose,
        mixed=row.mixed,
        support_sources=row.support_sources,
        oppose_sources=row.oppose_sources,
        documents=row.documents,
        sources=row.sources,
        reports=tuple(sorted(set(behind.get((row.who, row.concept, row.slice), ())))),
    )


def _place(cell: StanceCount) -> tuple[str, str, str]:
    return cell.holder, cell.concept.key, cell.slice or ""


def _concepts(conn: Connection, keys: Iterable[str]) -> dict[str, Concept]:
    """Issues under their ids, other matters under the words or the actor's name; keys as content, not as row ids."""
    keys = set(keys)
    toward = {int(key[1:]): key for key in keys if key.startswith("@")}
    names = usual_names(conn, sorted(toward))
    found = {key: Concept(key, key.removeprefix("~")) for key in keys if not key.startswith("@")}
    for actor, identity in actor_identities(conn, sorted(toward)).items():
        found[toward[actor]] = Concept(f"@{identity}", names.get(actor, identity))
    return found


def _times(duplicates: Duplicates) -> ColumnElement[int]:
    """How often statements that say the same count; a document of no such date stands for itself."""
    match duplicates:
        case Duplicates.INCLUDE:
            return func.count()
        case Duplicates.RANGE:
            return literal(1)
        case Duplicates.DOCUMENT:
            return func.count(distinct(_said.document))
        case Duplicates.WEEK:
            period = week_of(_said.day)
        case Duplicates.MONTH | Duplicates.YEAR:
            unit = Slicing(Unit(duplicates))
            period = case((fits(_said.day, unit), slice_of(_said.day, unit)))
    return func.count(distinct(func.coalesce(period, literal("d") + cast(_said.document, String))))


def _left_out(
    conn: Connection, scope: Scope, counted: int, conditions: Sequence[ColumnElement[bool]], slicing: Slicing | None
) -> dict[str, int]:
    """Statements that the view does not count, by the reason."""

    def number(*those: ColumnElement[bool]) -> int:
        return conn.execute(select(func.count()).select_from(schema.statements).where(*those)).scalar_one()

    undated = 0
    if slicing is not None or any((scope.since, scope.until, scope.as_of)):
        undated += number(_said.counted == counted, _said.day.is_(None))
    if slicing is not None:
        undated += number(*conditions, ~fits(_said.day, slicing))
    return {
        "unheld": number(_said.counted == _UNHELD),
        "on_no_issue": number(_said.counted == _ON_NO_ISSUE) if counted == _ON_ISSUE else 0,
        "undated": undated,
    }
