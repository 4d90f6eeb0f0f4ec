"""The thirteenth schema: what ranks a maker's way is kept apart from all that is told of it."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.climbs import refresh

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE climbs ADD COLUMN short TEXT NOT NULL DEFAULT ''",  # JSON
    'INSERT OR IGNORE INTO stale_climbs (toward, "by") SELECT toward, "by" FROM climbs',
)


def fill(conn: Connection) -> None:
    """Gather the steps of the documents that are there."""
    refresh(conn)
