"""A case at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dragoman.case import runs, schema
from dragoman.case.actors import top_actors
from dragoman.case.connection import snapshot
from dragoman.case.figures import CASE, figures_of
from dragoman.case.ledgers import told_by
from dragoman.case.outlets import outlets_by_documents
from dragoman.case.results import Arrivals, Overview
from dragoman.record import EventType, Kind

_TOP = 10


def overview_of(conn: Connection, path: Path, title: str, packs: tuple[str, ...], as_of: str | None = None) -> Overview:
    """Counts, dates, and who is most in it; all of one moment. As of a date, of the documents published by then; what
    was set aside and the last run are those of now. Raises ``UsageError`` for no date."""
    documents, remarks = schema.documents.c, schema.remarks.c
    then = tuple(told_by(as_of))
    dates = select(func.count(), func.min(documents.published), func.max(documents.published))
    last = select(schema.runs).order_by(schema.runs.c.id.desc()).limit(1)
    with snapshot(conn):
        total, first, latest = conn.execute(dates.select_from(schema.documents).where(*then)).one()
        of_case = {(what, key): number for what, key, number, _ in figures_of(conn, CASE, then)}
        actors, most_told = top_actors(conn, _TOP, as_of=as_of)
        outlets = outlets_by_documents(conn, *then)
        run = conn.execute(last).first()
        return Overview(
            path=str(path),
            title=title,
            packs=packs,
            documents=total,
            undated=_number(conn, select(func.count()).where(documents.published.is_(None))),
            sentences=of_case.get(("sentences", ""), 0),
            characters=of_case.get(("characters", ""), 0),
            first_published=first,
            last_published=latest,
            outlets=len(outlets),
            top_outlets=outlets[:_TOP],
            actors=actors,
            top_actors=tuple((actor.name, actor.reports) for actor in most_told),
            reports=_reports(conn, then),
            event_types=_event_types(of_case),
            remarks=_number(conn, select(func.count()).where(documents.pk == remarks.document, *then)),
            set_aside=_number(conn, select(func.count(schema.set_aside.c.source.distinct()))),
            last_run=runs.of_row(run) if run else None,
        )


def _reports(conn: Connection, then: Sequence[ColumnElement[bool]]) -> dict[Kind, int]:
    """How many reports of each kind the documents have that meet the conditions."""
    documents, tallies = schema.documents.c, schema.tallies.c
    kinds = select(*(func.coalesce(func.sum(tallies[kind]), 0) for kind in Kind))
    if then:
        kinds = kinds.where(documents.pk == tallies.document, *then)
    return dict(zip(Kind, conn.execute(kinds).one(), strict=True))


def arrivals(conn: Connection, after: int) -> Arrivals:
    """What came into a case after a document (row id, which grows with each document that comes and never changes)."""
    documents, tallies = schema.documents.c, schema.tallies.c
    kinds = select(*(func.coalesce(func.sum(tallies[kind]), 0) for kind in Kind)).where(tallies.document > after)
    with snapshot(conn):
        number = conn.execute(select(func.count()).where(documents.pk > after)).scalar_one()
        reports = dict(zip(Kind, conn.execute(kinds).one(), strict=True))
        last = conn.execute(select(func.max(documents.pk))).scalar_one() or 0
    return Arrivals(number, reports, last)


def _number(conn: Connection, counted: Select[int]) -> int:
    return conn.execute(counted).scalar_one()


def _event_types(of_case: Mapping[tuple[str, str], int]) -> dict[EventType, int]:
    counts = [(type, number) for (what, type), number in of_case.items() if what == "type"]
    return {EventType(type): number for type, number in sorted(counts, key=lambda pair: (-pair[1], pair[0]))}
