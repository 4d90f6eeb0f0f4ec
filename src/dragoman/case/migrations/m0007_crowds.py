"""The seventh schema: crowds of reports that tell alike, of which the first few speak for all in gathering."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.crowding import file_crowds
from dragoman.case.gathering import gather_all, regather

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE occurrence_reports ADD COLUMN crowd TEXT NOT NULL DEFAULT ''",
    # Null for one that speaks for itself; else the report that it follows, or its own where it is like none.
    "ALTER TABLE occurrence_reports ADD COLUMN follows INTEGER",
    "CREATE INDEX occurrence_reports_crowd ON occurrence_reports (crowd, follows)",
    "CREATE INDEX occurrence_reports_follows ON occurrence_reports (follows) WHERE follows IS NOT NULL",
    # Crowds that lost a report and are to be arranged anew before the transaction ends.
    "CREATE TABLE stale_crowds (crowd TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """
    CREATE TRIGGER crowd_loses_a_report AFTER DELETE ON occurrence_reports
    BEGIN INSERT OR IGNORE INTO stale_crowds VALUES (OLD.crowd); END
    """,
)


def fill(conn: Connection) -> None:
    """Find the crowds of what was gathered without them; a case from before occurrences is gathered now."""
    if conn.exec_driver_sql("SELECT 1 FROM occurrence_reports LIMIT 1").first() is None:
        gather_all(conn)
    elif crowded := file_crowds(conn):
        regather(conn, crowded)
