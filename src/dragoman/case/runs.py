"""Runs: who read when with what, how much came of it, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from dragoman.case import schema
from dragoman.case.climbs import refresh
from dragoman.case.connection import transaction
from dragoman.case.prints import keep_prints
from dragoman.case.results import Added, Outcome, Run, SetAside
from dragoman.record import Reading


def start(conn: Connection, reader: str, packs: tuple[str, ...], prints: Mapping[str, str]) -> Run:
    """Begin a run with packs that hold what ``prints`` stand for."""
    row = {
        "started": now(),
        "reader": reader,
        "packs": list(packs),
        "counts": {},
        "seconds": {},
        "prints": dict(prints),
    }
    with transaction(conn):
        keep_prints(conn, prints)
        key = conn.execute(insert(schema.runs), row).inserted_primary_key
    return load(conn, key[0] if key else 0)


def finish(conn: Connection, id: int, counts: Mapping[str, int], seconds: Mapping[str, float]) -> Run:
    """End a run."""
    row = {"finished": now(), "counts": dict(counts), "seconds": {name: round(s, 3) for name, s in seconds.items()}}
    with transaction(conn):
        refresh(conn)
        conn.execute(update(schema.runs).where(schema.runs.c.id == id), row)
    return load(conn, id)


def set_aside(conn: Connection, run: int, source: str, reason: str) -> None:
    """Note what a run does not read."""
    with transaction(conn):
        conn.execute(insert(schema.set_aside), {"run": run, "source": source, "reason": reason})


def counts_of(added: Added, reading: Reading | None = None) -> dict[str, int]:
    """What one document adds to the counts of its run."""
    counts = {str(added.outcome): 1, "alias": int(added.alias)}
    if reading is None or added.outcome is Outcome.KNOWN:
        return counts
    return counts | {"reports": len(reading.reports), "remarks": len(reading.remarks)}


def load(conn: Connection, id: int) -> Run:
    """The run with this id."""
    return of_row(conn.execute(select(schema.runs).where(schema.runs.c.id == id)).one())


def of_row(row: Row[Any]) -> Run:
    """A run from its row."""
    return Run(row.id, row.started, row.finished, row.reader, tuple(row.packs), row.counts, row.seconds)


def iter_runs(conn: Connection) -> Iterator[Run]:
    """All runs, oldest first."""
    return map(of_row, conn.execute(select(schema.runs).order_by(schema.runs.c.id)))


def iter_set_aside(conn: Connection, *, latest_first: bool = False) -> Iterator[SetAside]:
    """What the runs did not read, in order."""
    aside, started = schema.set_aside, schema.runs.c.started
    query = select(aside, started).join(schema.runs, schema.runs.c.id == aside.c.run)
    for row in conn.execute(query.order_by(aside.c.id.desc() if latest_first else aside.c.id)):
        yield SetAside(row.run, row.source, row.reason, row.started)


def count_set_aside(conn: Connection) -> int:
    """How many sources some run did not read."""
    return int(conn.execute(select(func.count(schema.set_aside.c.source.distinct()))).scalar_one())


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
