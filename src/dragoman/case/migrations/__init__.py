"""Schema migrations: numbered, named, each run in one transaction together with the record that it ran.

A migration is never edited once released; a change of the schema is a further migration. Own code, because importing
Alembic costs every ``new`` 0.1 s, and one small loop is all that one file needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from dragoman.case.connection import transaction
from dragoman.case.migrations import (
    m0001_record,
    m0002_decisions,
    m0003_stories,
    m0004_occurrences,
    m0005_statements,
    m0006_figures,
    m0007_crowds,
    m0008_review,
    m0009_holders,
    m0010_proposals,
    m0011_disputes,
    m0012_climbs,
    m0013_ascents,
    m0014_filed,
    m0015_days,
    m0016_told,
    m0017_unnamed,
    m0018_prints,
    m0019_by_then,
    m0021_outlets,
    m0022_ahead,
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its name (``0001-record``: the number orders), its statements, and what then fills its
    tables from the documents that are there."""

    name: str
    statements: tuple[str, ...]
    fill: Callable[[Connection], None] | None = None


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001-record", m0001_record.STATEMENTS),
    Migration("0002-decisions", m0002_decisions.STATEMENTS),
    Migration("0003-stories", m0003_stories.STATEMENTS, m0003_stories.fill),
    Migration("0004-occurrences", m0004_occurrences.STATEMENTS),
    Migration("0005-statements", m0005_statements.STATEMENTS),
    Migration("0006-figures", m0006_figures.STATEMENTS, m0006_figures.fill),
    Migration("0007-crowds", m0007_crowds.STATEMENTS, m0007_crowds.fill),
    Migration("0008-review", m0008_review.STATEMENTS),
    Migration("0009-holders", m0009_holders.STATEMENTS),
    Migration("0010-proposals", m0010_proposals.STATEMENTS, m0010_proposals.fill),
    Migration("0011-disputes", m0011_disputes.STATEMENTS, m0011_disputes.fill),
    Migration("0012-climbs", m0012_climbs.STATEMENTS),
    Migration("0013-ascents", m0013_ascents.STATEMENTS),
    Migration("0014-filed", m0014_filed.STATEMENTS),
    Migration("0015-days", m0015_days.STATEMENTS),
    Migration("0016-told", m0016_told.STATEMENTS),
    Migration("0017-unnamed", m0017_unnamed.STATEMENTS, m0017_unnamed.fill),
    Migration("0018-prints", m0018_prints.STATEMENTS, m0018_prints.fill),
    Migration("0019-by-then", m0019_by_then.STATEMENTS),
    Migration("0021-outlets", m0021_outlets.STATEMENTS, m0021_outlets.fill),
    Migration("0022-ahead", m0022_ahead.STATEMENTS),
)


def applied(conn: Connection) -> tuple[str, ...]:
    """Names of the migrations that have run, oldest first; empty for a database that has none of ours."""
    if not conn.execute(text("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'")).first():
        return ()
    return tuple(conn.execute(text("SELECT name FROM migrations ORDER BY name")).scalars())


def upgrade(conn: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run what has not run yet. Another process may be upgrading too: whoever comes second finds the work done."""
    for migration in migrations:
        with transaction(conn):
            if migration.name not in applied(conn):
                for statement in migration.statements:
                    conn.exec_driver_sql(statement)
                if migration.fill is not None:
                    migration.fill(conn)
                conn.execute(
                    text("INSERT INTO migrations (name, ran) VALUES (:name, :ran)"),
                    {"name": migration.name, "ran": datetime.now(UTC).isoformat(timespec="seconds")},
                )
