"""The record as decided: the reports of one document worked out anew from what was read and all decisions on it.

What was read stands in ``reports.origin`` where somebody decided on it, else in the row itself. So the same decisions
give the same record, in whatever order they came and however often this runs; it runs within the transaction of what
changes them. A report keeps its row and its id, the id of what was read; of a rejected one only the row is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, func, insert, select, update

from dragoman.case import schema
from dragoman.case.decisions import parts_of
from dragoman.case.indexing import insert_sentences, remove_sentences
from dragoman.case.merging import Changed
from dragoman.case.names import chunks, intern_names
from dragoman.case.reports import hydrate
from dragoman.case.rows import mended, take_apart
from dragoman.case.text import fold, mend, unpack_text
from dragoman.case.tying import Part, Standing, decide_document
from dragoman.record import Kind, Report, Span, State, report_from_dict


def rebuild(conn: Connection, digests: Iterable[str]) -> Iterator[Changed]:
    """Bring the reports of the documents with these digests, as far as they are here, in line with the decisions on
    them. Costs few queries where nobody has decided anything."""
    digests = sorted(set(digests))
    parts = parts_of(conn, digests)
    for digest in digests:
        if changed := _rebuild(conn, digest, parts.get(digest, ())):
            yield changed


def _rebuild(conn: Connection, digest: str, parts: Sequence[Part]) -> Changed | None:
    documents, bodies = schema.documents.c, schema.bodies.c
    query = select(documents.pk, documents.id, bodies.text).where(
        documents.digest == digest, bodies.document == documents.pk
    )
    if (row := conn.execute(query).first()) is None:
        return None
    rows = list(conn.execute(_reports_of(row.pk)))
    if not parts and all(one.state == State.READ for one in rows):
        return Changed(row.pk)
    text = unpack_text(row.text)
    read = dict(_as_read(conn, row.id, rows))
    decided = [_mended(one) for one in decide_document(row.id, text, read, parts)]
    changed = _write(conn, row.pk, rows, read, decided)
    _note_ties(conn, digest, row.pk, decided)
    if changed.reports or changed.gone:
        _index(conn, row.pk, text, [one.report for one in decided if one.state is not State.REJECTED])
    return changed


def _mended(one: Standing) -> Standing:
    """In words that the store can keep."""
    return one if one.state is State.READ else replace(one, report=mended(one.report))


def _reports_of(pk: int) -> Any:
    return select(schema.reports).where(schema.reports.c.document == pk).order_by(schema.reports.c.position)


def _as_read(conn: Connection, document: str, rows: Sequence[Row[Any]]) -> list[tuple[str, Report]]:
    """What the reader had read, by id, in its order."""
    plain = [row.pk for row in rows if row.state == State.READ]
    stored = {one.id: one.report for keys in chunks(plain) for one in hydrate(conn, keys)}
    for row in rows:
        if row.origin is not None:
            stored[row.id] = report_from_dict(row.origin | {"document": document})
    return [(row.id, stored[row.id]) for row in rows if row.id in stored]


def _write(
    conn: Connection, pk: int, rows: Sequence[Row[Any]], read: Mapping[str, Report], decided: Sequence[Standing]
) -> Changed:
    """Put the reports as decided in the place of those that stand there, where they differ."""
    here = {row.id: row for row in rows}
    shown = {one.id: one for one in decided if one.read is not None or one.state is not State.REJECTED}
    gone = tuple(row.pk for row in rows if row.id not in shown)
    now = _now(conn, [row for row in rows if row.id in shown], read)
    key = (conn.execute(select(func.max(schema.reports.c.pk))).scalar() or 0) + 1
    last = max((row.position for row in rows if row.origin is not None or row.state == State.READ), default=-1)
    fresh: list[tuple[int, Standing]] = []
    for one in _in_order(shown.values()):
        position = here[one.id].position if one.read is not None else (last := last + 1)
        mine = here[one.id].pk if one.id in here else key
        key += one.id not in here
        common = _common(one) | {"pk": mine, "document": pk, "position": position}
        if now.get(one.id) != (common["state"], common["origin"], one.report if _is_shown(one) else None, position):
            fresh.append((mine, one))
            _put(conn, common, known=one.id in here)
    if gone:
        conn.execute(delete(schema.reports).where(schema.reports.c.pk.in_(gone)))
    _details(conn, pk, fresh)
    return Changed(pk, tuple(mine for mine, _ in fresh), gone)


def _in_order(decided: Iterable[Standing]) -> list[Standing]:
    """What was read comes first, as it was read; what is kept beside it by its place in the text."""
    every = list(decided)
    kept = [one for one in every if one.read is None]
    kept.sort(key=lambda one: (one.report.evidence.start, one.report.evidence.end, one.id))
    return [one for one in every if one.read is not None] + kept


def _now(conn: Connection, rows: Sequence[Row[Any]], read: Mapping[str, Report]) -> dict[str, tuple[object, ...]]:
    """What the rows hold: of those on which nobody decided, what was read."""
    reports = {row.id: read[row.id] for row in rows if row.state == State.READ}
    for keys in chunks(row.pk for row in rows if row.state not in (State.READ, State.REJECTED)):
        reports |= {one.id: one.report for one in hydrate(conn, keys)}
    return {row.id: (row.state, row.origin, reports.get(row.id), row.position) for row in rows}


def _is_shown(one: Standing) -> bool:
    return one.state is not State.REJECTED


def _common(one: Standing) -> dict[str, Any]:
    decided = one.state is not State.READ
    origin = one.read.to_dict() | {"confidence": one.read.confidence} if one.read is not None and decided else None
    return take_apart(one.report).common | {"id": one.id, "state": str(one.state), "origin": origin}


def _put(conn: Connection, common: dict[str, Any], *, known: bool) -> None:
    table = schema.reports
    if not known:
        conn.execute(insert(table), common)
        return
    conn.execute(update(table).where(table.c.pk == common["pk"]), common)
    for one in (*schema.details.values(), schema.participants):
        conn.execute(delete(one).where(one.c.report == common["pk"]))


def _details(conn: Connection, pk: int, fresh: Iterable[tuple[int, Standing]]) -> None:
    taken = [(key, take_apart(one.report)) for key, one in fresh if _is_shown(one)]
    ids = intern_names(conn, {mend(name) for _, rows in taken for _, _, name in rows.people})
    cast = cast_of(conn, pk)
    people: list[dict[str, Any]] = []
    for key, rows in taken:
        conn.execute(insert(schema.details[Kind(rows.common["kind"])]), rows.detail | {"report": key})
        for role, position, name in rows.people:
            who = {"name": ids[mend(name)], "actor": cast.get(fold(mend(name)))}
            people.append({"report": key, "role": role, "position": position} | who)
    _insert(conn, schema.participants, people)


def cast_of(conn: Connection, pk: int) -> dict[str, int]:
    """The case-wide actors of a document by folded name."""
    cast, names = schema.document_actors.c, schema.names.c
    query = select(names.folded, cast.actor).where(cast.document == pk, names.id == cast.name).order_by(cast.position)
    return dict(conn.execute(query).all())


def _note_ties(conn: Connection, digest: str, pk: int, decided: Iterable[Standing]) -> None:
    """Write down which report each decision on this document is tied to."""
    table, reports = schema.decision_parts, schema.reports.c
    about = table.c.digest == digest
    actions = select(schema.decisions.c.id).where(schema.decisions.c.action != "split")
    conn.execute(update(table).where(about, table.c.decision.in_(actions)).values(tied=0, report=None))
    keys = dict(conn.execute(select(reports.id, reports.pk).where(reports.document == pk)).all())
    ties = [
        {"one": id, "two": position, "key": keys.get(standing.id)}
        for standing in decided
        for id, position in standing.parts
    ]
    if ties:
        which = (table.c.decision == bindparam("one"), table.c.position == bindparam("two"))
        conn.execute(update(table).where(*which).values(tied=1, report=bindparam("key")), ties)


def _index(conn: Connection, pk: int, text: str, reports: Iterable[Report]) -> None:
    """The words that the reports as decided add to the sentences, for search."""
    sentences = schema.sentences.c
    query = select(sentences.start, sentences.end).where(sentences.document == pk).order_by(sentences.start)
    spans = [Span(start, end) for start, end in conn.execute(query)]
    remove_sentences(conn, pk, text)
    insert_sentences(conn, pk, text, spans, [take_apart(report) for report in reports])


def _insert(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(insert(table), rows)
