"""The log of decisions: what is in it, which of it stands, what finds nothing, and where people disagree.

The log only grows (triggers see to it). A decision stands unless a standing one undoes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from dragoman.asked import iso_date
from dragoman.case import schema
from dragoman.case.names import among, chunks
from dragoman.case.results import Conflict, Decided
from dragoman.case.text import fold
from dragoman.case.tying import Part
from dragoman.errors import RecordError, UsageError
from dragoman.record import Action, Decision, report_from_dict
from dragoman.record.correction import corrected, spread
from dragoman.record.decision import pairs_of, subject_report
from dragoman.record.decision import undone as undone_by

_BATCH = 200
_SAYING = (Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.ADD, Action.RESOLVE)
"""What says of one report whether it stands, how it is, or what became of it."""


def append(conn: Connection, decision: Decision) -> None:
    """Put a decision into the log, with the parts that it is about; what is in the log already stays as it is."""
    table, own = schema.decisions, decision.id
    row = {name: getattr(decision, name) for name in ("author", "made", "reason", "target")}
    row |= {"id": own, "action": str(decision.action), "subject": dict(decision.subject), "value": dict(decision.value)}
    conn.execute(insert(table), row)
    documents = [subject["digest"] for subject in decision.reports]
    if decision.action is Action.SPLIT:
        documents = [document["digest"] for document in decision.subject["documents"]]
    parts = [
        {"decision": own, "position": position, "digest": digest, "tied": 0}
        for position, digest in enumerate(documents or [None])
    ]
    conn.execute(insert(schema.decision_parts).prefix_with("OR IGNORE"), parts)
    part = schema.decision_parts.c
    here = (table.c.target == own) | (table.c.id == own)
    undos = select(table.c.id).where(here, table.c.target.in_(select(table.c.id)))
    conn.execute(update(schema.decision_parts).where(part.decision.in_(undos)).values(tied=1))


def known(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are in the log."""
    column = schema.decisions.c.id
    return {id for keys in chunks(ids) for id in conn.execute(select(column).where(column.in_(keys))).scalars()}


def last_made(conn: Connection) -> str:
    """When the latest decision was made; empty if there is none."""
    return conn.execute(select(func.max(schema.decisions.c.made))).scalar() or ""


def undone(conn: Connection) -> frozenset[str]:
    """The ids of the decisions that do not stand."""
    table = schema.decisions.c
    query = select(table.id, table.target).where(table.target.is_not(None))
    return undone_by(dict(conn.execute(query).all()))


def load(conn: Connection, id: str) -> Decision:
    """The decision whose id begins so. Raises ``UsageError`` when there is none, or more than one."""
    column, wanted = schema.decisions.c.id, id.strip().lower()
    query = select(schema.decisions).where(column >= wanted, column < wanted + "~").order_by(column).limit(2)
    found = list(conn.execute(query)) if wanted else []
    if len(found) == 1:
        return of_row(found[0])
    if found:
        raise UsageError(f"more than one decision has an id that begins with {wanted}; give more of it")
    raise UsageError(f"no decision {id!r} in this case; `dragoman decisions list CASE` lists them with their ids")


def of_row(row: Row[Any]) -> Decision:
    """A decision from its row."""
    return Decision(
        author=row.author,
        made=row.made,
        action=Action(row.action),
        subject=row.subject,
        value=row.value,
        reason=row.reason,
    )


def standing(conn: Connection, *actions: Action, ids: Iterable[str] | None = None) -> list[Decision]:
    """The decisions of these kinds, or those of these ids among them, that stand, oldest first."""
    table, fallen = schema.decisions.c, undone(conn)
    query = select(schema.decisions).where(table.action.in_(map(str, actions)))
    asked = [query] if ids is None else [query.where(table.id.in_(chunk)) for chunk in chunks(ids)]
    rows = [row for one in asked for row in conn.execute(one) if row.id not in fallen]
    return [of_row(row) for row in sorted(rows, key=lambda row: (row.made, row.id))]


def parts_of(conn: Connection, digests: Iterable[str], *, splits: bool = False) -> dict[str, list[Part]]:
    """All decisions about the reports of each document, or those that split its actors, with whether they stand.

    Each is read once: one that joins or parts many reports is about as many documents.
    """
    table = schema.decisions.c
    rows = conn.execute(_PARTS[splits], {"keys": list(digests)}).all()
    whole = select(schema.decisions)
    known: dict[str, Decision] = {
        row.id: of_row(row)
        for chunk in chunks({row.id for row in rows})
        for row in conn.execute(whole.where(table.id.in_(chunk)))
    }
    fallen = undone(conn) if rows else frozenset()
    found: dict[str, list[Part]] = {}
    for row in sorted(rows, key=lambda row: (known[row.id].made, row.id, row.position)):
        found.setdefault(row.digest, []).append(Part(row.id, known[row.id], row.position, row.id not in fallen))
    return found


def _parts(splits: bool) -> Select[Any]:
    table, parts = schema.decisions.c, schema.decision_parts.c
    is_split = table.action == str(Action.SPLIT)
    query = select(parts.digest, parts.position, table.id).join(schema.decisions, table.id == parts.decision)
    return query.where(is_split if splits else ~is_split, among(parts.digest))


_PARTS = {splits: _parts(splits) for splits in (False, True)}


def root_of(conn: Connection, decision: Decision) -> Decision | None:
    """The decision that a chain of undoing comes down to, ``None`` when it is not in the log."""
    while (target := decision.target) is not None:
        row = conn.execute(select(schema.decisions).where(schema.decisions.c.id == target)).first()
        if row is None:
            return None
        decision = of_row(row)
    return decision


def iter_decisions(
    conn: Connection,
    *,
    author: str | None = None,
    action: str | None = None,
    report: int | None = None,
    limit: int | None = None,
    latest_first: bool = False,
) -> Iterator[Decided]:
    """The log, oldest first: all of it, or of one author, of one action, or on one report (its row id)."""
    table, parts = schema.decisions.c, schema.decision_parts.c
    conditions: list[ColumnElement[bool]] = []
    if author is not None:
        conditions.append(table.author == author)
    if action is not None:
        if action not in list(Action):
            raise UsageError(f"unknown action {action!r}; actions are {', '.join(Action)}")
        conditions.append(table.action == action)
    if report is not None:
        conditions.append(table.id.in_(select(parts.decision).where(parts.report == report)))
    order = (table.made.desc(), table.id.desc()) if latest_first else (table.made, table.id)
    query = select(schema.decisions).where(*conditions).order_by(*order).limit(limit)
    return with_ties(conn, conn.execute(query).all())


def last_judgement(conn: Connection, author: str, kind: str | None) -> Decision | None:
    """The last decision of an author that stands and accepts, rejects or corrects a report, of one kind if asked."""
    table = schema.decisions.c
    judges = table.action.in_((str(Action.ACCEPT), str(Action.REJECT), str(Action.CORRECT)))
    query = select(schema.decisions).where(table.author == author, judges)
    if kind is not None:
        query = query.where(table.subject["kind"].as_string() == kind)
    fallen = undone(conn)
    query = query.order_by(table.made.desc(), table.id.desc())
    with conn.execute(query, execution_options={"yield_per": _BATCH}) as latest:
        return next((of_row(row) for row in latest if row.id not in fallen), None)


def of_happening(conn: Connection, reports: Iterable[int]) -> Iterator[Decided]:
    """The standing decisions that join or part any of these reports (row ids), oldest first."""
    table, parts = schema.decisions.c, schema.decision_parts.c
    ids = {
        id
        for chunk in chunks(reports)
        for id in conn.execute(select(parts.decision).where(parts.report.in_(chunk)).distinct()).scalars()
    }
    query = select(schema.decisions).where(table.action.in_((str(Action.JOIN), str(Action.PART))))
    rows = [row for chunk in chunks(sorted(ids)) for row in conn.execute(query.where(table.id.in_(chunk)))]
    found = with_ties(conn, sorted(rows, key=lambda row: (row.made, row.id)))
    return (one for one in found if one.stands)


def deciders(conn: Connection) -> tuple[tuple[str, int], ...]:
    """Who has decided how often, undone decisions too, by name."""
    author = schema.decisions.c.author
    query = select(author, func.count()).group_by(author).order_by(author)
    return tuple((name, number) for name, number in conn.execute(query))


def iter_untied(conn: Connection) -> Iterator[Decided]:
    """Standing decisions that find nothing in the case as it is: the document is not here, the reader no longer reads
    the report that was rejected, an actor of a merge is in no document."""
    table, parts = schema.decisions.c, schema.decision_parts.c
    open_ = select(parts.decision).where(parts.tied == 0)
    query = select(schema.decisions).where(table.id.in_(open_)).order_by(table.made, table.id)
    return (one for one in with_ties(conn, conn.execute(query).all()) if one.stands)


def with_ties(conn: Connection, rows: Sequence[Row[Any]]) -> Iterator[Decided]:
    """Decisions from their rows, with what they are tied to."""
    fallen = undone(conn) if rows else frozenset()
    parts, reports = schema.decision_parts.c, schema.reports.c
    for batch in chunks(rows):
        query = (
            select(parts.decision, parts.tied, reports.id)
            .outerjoin(schema.reports, reports.pk == parts.report)
            .where(parts.decision.in_([row.id for row in batch]))
            .order_by(parts.decision, parts.position)
        )
        found: dict[str, list[tuple[int, str | None]]] = {}
        for id, tied, report in conn.execute(query):
            found.setdefault(id, []).append((tied, report))
        targets = select(schema.decisions).where(schema.decisions.c.id.in_([r.target for r in batch if r.target]))
        undone_here = {row.id: of_row(row) for row in conn.execute(targets)}
        for row in batch:
            own = found.get(row.id, [])
            yield Decided(
                decision=of_row(row),
                stands=row.id not in fallen,
                tied=all(tied for tied, _ in own),
                reports=tuple(report for _, report in own if report),
                undoes=undone_here.get(row.target),
            )


def resolutions(conn: Connection, as_of: str | None = None) -> dict[str, Decision]:
    """What people say became of forecasts and commitments, by report id; of several on one report, the last.

    As of a date, only what could be known by then: all days on which a resolution rests are past (when it came out so,
    and when the reports that show it were published), or, where it names none, the day on which it was made.
    """
    table, parts, reports = schema.decisions.c, schema.decision_parts.c, schema.reports.c
    query = select(schema.decisions, reports.id.label("about")).where(
        table.action == str(Action.RESOLVE), parts.decision == table.id, reports.pk == parts.report
    )
    fallen = undone(conn)
    rows = [row for row in conn.execute(query.order_by(table.made, table.id)) if row.id not in fallen]
    found = [(row.about, of_row(row)) for row in rows]
    if as_of is None:
        return dict(found)
    end = iso_date(as_of)
    published = _published(conn, {one for _, decision in found for one in decision.evidence})
    return {
        about: decision
        for about, decision in found
        if all(day[: len(end)] <= end for day in _rests_on(decision, published))
    }


def _rests_on(decision: Decision, published: Mapping[str, str | None]) -> list[str]:
    """The days (ISO prefixes) on which a resolution rests."""
    days = (decision.value.get("on"), *(published.get(one) for one in decision.evidence))
    return [day for day in days if day] or [decision.made]


def _published(conn: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """When the documents of those of the ids that are reports' were published."""
    reports, documents = schema.reports.c, schema.documents.c
    query = select(reports.id, documents.published).join(schema.documents, documents.pk == reports.document)
    return {id: day for keys in chunks(ids) for id, day in conn.execute(query.where(reports.id.in_(keys)))}


def find_conflicts(conn: Connection) -> list[Conflict]:
    """Where people who decided about one thing differ: whether it stands, a field of it, what became of it, whether
    reports tell one happening, or whether actors or outlets are one. Each person's last word on it is compared; the
    last of all counts, but for these: a merge holds until it is undone."""
    things = _Things(conn)
    about: dict[str, list[Decision]] = {}
    for decision in standing(conn, *_SAYING, ids=_on_shared(conn, things)):
        about.setdefault(things.of(decision), []).append(decision)
    said: dict[tuple[str, str], dict[str, tuple[str, Decision]]] = {}
    for thing, found in about.items():
        if len({decision.author for decision in found}) > 1:
            fields = {name for one in found if one.action is Action.CORRECT for name in spread(one.value)}
            for decision in found:
                for name, value in _words(decision, fields):
                    said.setdefault((thing, name), {})[decision.author] = (value, decision)
    fields_told = [
        _conflict(things, (thing,), name, [decision for _, decision in words.values()])
        for (thing, name), words in sorted(said.items(), key=lambda item: item[0])
        if len({value for value, _ in words.values()}) > 1
    ]
    return fields_told + _happening_conflicts(conn, things) + _actor_conflicts(conn)


def _on_shared(conn: Connection, things: _Things) -> set[str]:
    """The ids of the decisions on reports on which more than one person decided, and on what is not here, of which only
    the content tells whether somebody else decided on it too."""
    table, parts, reports = schema.decisions.c, schema.decision_parts.c, schema.reports.c
    saying = select(parts.decision).join(schema.decisions, table.id == parts.decision)
    saying = saying.where(table.action.in_(map(str, _SAYING)))
    shared = (
        saying.with_only_columns(parts.report).group_by(parts.report).having(func.count(table.author.distinct()) > 1)
    )
    found = set(conn.execute(saying.where(parts.report.in_(shared))).scalars())
    untied = set(conn.execute(saying.where(parts.report.is_(None))).scalars())
    content = {things.of(decision) for decision in standing(conn, *_SAYING, ids=untied)}
    for chunk in chunks(sorted(content)):
        of_content = select(reports.pk).where(reports.id.in_(chunk))
        found.update(conn.execute(saying.where(parts.report.in_(of_content))).scalars())
    return found | untied


def _happening_conflicts(conn: Connection, things: _Things) -> list[Conflict]:
    """Reports that one person joined and another parted."""
    said: dict[tuple[str, str], dict[str, tuple[bool, Decision]]] = {}
    for decision in standing(conn, Action.JOIN, Action.PART):
        ids = things.each_of(decision)
        own = len(decision.subject["reports"])
        for one, other, together in pairs_of(decision.action, ids[:own], ids[own:]):
            said.setdefault((min(one, other), max(one, other)), {})[decision.author] = (together, decision)
    found: dict[tuple[str, ...], tuple[set[str], list[Decision]]] = {}
    for pair, words in said.items():
        if len({together for together, _ in words.values()}) > 1:
            decisions = sorted((decision for _, decision in words.values()), key=_by_time)
            ids_of = found.setdefault(tuple(one.id for one in decisions), (set(), decisions))
            ids_of[0].update(pair)
    return [_conflict(things, sorted(ids), "occurrence", decisions) for _, (ids, decisions) in sorted(found.items())]


def _actor_conflicts(conn: Connection) -> list[Conflict]:
    """Pairs of actors, or of outlets, whom one person made one, and another told apart."""
    said: dict[tuple[str, frozenset[str]], dict[str, tuple[str, Decision]]] = {}
    for decision in standing(conn, Action.MERGE, Action.APART):
        what = "outlets" if decision.outlets else "actors"
        behind = {name: [fold(name)] for name in decision.outlets} or decision.subject["identities"]
        for one, other in combinations(behind.items(), 2):
            names = f"{one[0]}; {other[0]}"
            for pair in product(one[1], other[1]):
                said.setdefault((what, frozenset(pair)), {})[decision.author] = (names, decision)
    found: dict[tuple[str, ...], Conflict] = {}
    for (what, _), words in said.items():
        ordered = sorted(words.values(), key=lambda word: _by_time(word[1]))
        decisions = tuple(decision for _, decision in ordered)
        if len({decision.action for decision in decisions}) > 1:
            ids = tuple(decision.id for decision in decisions)
            found.setdefault(ids, Conflict((), "", ordered[-1][0], what, decisions))
    return [found[ids] for ids in sorted(found)]


class _Things:
    """What decisions are about: the reports that they are tied to, else the content that they name."""

    def __init__(self, conn: Connection) -> None:
        parts, reports = schema.decision_parts.c, schema.reports.c
        query = select(parts.decision, parts.position, reports.id).where(reports.pk == parts.report)
        self.tied = {(id, position): report for id, position, report in conn.execute(query)}
        self.reports = set(self.tied.values())

    def of(self, decision: Decision) -> str:
        """The id of the report that it is about."""
        return self.each_of(decision)[0]

    def each_of(self, decision: Decision) -> list[str]:
        """The ids of all reports that it is about."""
        return [
            self.tied.get((decision.id, n)) or subject_report(subject, subject["digest"]).id
            for n, subject in enumerate(decision.reports)
        ]


def _words(decision: Decision, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a decision says of a thing, as field and value. Whoever accepts a report says that its fields are right."""
    match decision.action:
        case Action.REJECT:
            yield "report", "no"
        case Action.RESOLVE:
            yield "outcome", str(decision.value["outcome"])
        case _:
            yield "report", "yes"
            if own := set(spread(decision.value)) if decision.action is Action.CORRECT else set(fields):
                row = _row_meant(decision)
                yield from ((name, json.dumps(_field(row, name), sort_keys=True)) for name in sorted(own))


def _row_meant(decision: Decision) -> Mapping[str, Any]:
    if decision.action is Action.ADD:
        return report_from_dict(dict(decision.value)).to_dict()
    try:
        report = report_from_dict(decision.subject["row"])
        return (corrected(report, decision.value) if decision.value else report).to_dict()
    except RecordError:
        row: Mapping[str, Any] = decision.subject["row"]
        return row


def _field(row: Mapping[str, Any], name: str) -> Any:
    first, _, role = name.partition(".")
    return (row.get(first) or {}).get(role) if role else row.get(name)


def _by_time(decision: Decision) -> tuple[str, str]:
    return decision.made, decision.id


def _conflict(things: _Things, ids: Sequence[str], field: str, decisions: Iterable[Decision]) -> Conflict:
    ordered = tuple(sorted(decisions, key=_by_time))
    about = ordered[-1].reports[0]
    return Conflict(
        reports=tuple(id for id in ids if id in things.reports),
        document=about["document"],
        text=about["text"],
        field=field,
        decisions=ordered,
    )
