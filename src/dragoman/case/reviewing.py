"""What is most worth a person's look: reports that nobody has decided on, unsure and about whom much is told.

A report's *worth* is how unsure it is (1 − confidence) times the doublings of what is told of the most told of its
actors: a wrong report on a main actor stands on many pages. Only the least sure ``POOL`` are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from sqlalchemy import Connection, func, literal_column, select

from dragoman.case import schema
from dragoman.case.connection import snapshot
from dragoman.case.figures import NO_KEY
from dragoman.case.names import chunks
from dragoman.case.reports import hydrate
from dragoman.case.results import StoredReport
from dragoman.case.rows import VOICE
from dragoman.record import Kind, State

POOL = 1_000
_READ: Any = literal_column(f"'{State.READ}'")
"""Written out, since SQLite takes an index on part of the rows only where the query says which."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A report in the queue; ``told`` counts the reports in which the most told of its actors has a part."""

    stored: StoredReport
    told: int
    worth: float


def queue(conn: Connection, kind: Kind | None, *, start: int, limit: int) -> tuple[Doubt, ...]:
    """Undecided reports, of all kinds or one, what is most worth deciding first."""
    reports = schema.reports.c
    unsure = select(reports.pk, reports.confidence).where(reports.state == _READ)
    if kind is not None:
        unsure = unsure.where(reports.kind == kind)
    with snapshot(conn):
        sure = dict(conn.execute(unsure.order_by(reports.confidence, reports.pk).limit(POOL)).all())
        told = _told(conn, list(sure))
        worth = {pk: (1 - confidence) * log2(2 + told.get(pk, 0)) for pk, confidence in sure.items()}
        keys = sorted(worth, key=lambda pk: (-worth[pk], pk))[start : start + limit]
        stored = hydrate(conn, keys)
        return tuple(Doubt(one, told.get(pk, 0), worth[pk]) for pk, one in zip(keys, stored, strict=True))


def _told(conn: Connection, keys: Sequence[int]) -> dict[int, int]:
    people, merged, figures = schema.participants.c, schema.merged, schema.figures.c
    query = (
        select(people.report, func.max(figures.number))
        .outerjoin(merged, merged.c.base == people.actor)
        .join(schema.figures, figures.who == func.coalesce(merged.c.actor, people.actor))
        .where(people.role != VOICE, figures.what == "actor", figures.key == NO_KEY)
        .group_by(people.report)
    )
    return {
        report: number
        for chunk in chunks(keys)
        for report, number in conn.execute(query.where(people.report.in_(chunk)))
    }


def count_states(conn: Connection) -> Mapping[State, int]:
    """How many reports stand as they were read, and how many by whose decision in which way."""
    state = schema.reports.c.state
    with snapshot(conn):
        total: int = conn.execute(select(func.count()).select_from(schema.reports)).scalar_one()
        decided: dict[str, int] = dict(
            conn.execute(select(state, func.count()).where(state != _READ).group_by(state)).all()
        )
    counts = {one: decided.get(str(one), 0) for one in State}
    return counts | {State.READ: total - sum(counts.values())}
