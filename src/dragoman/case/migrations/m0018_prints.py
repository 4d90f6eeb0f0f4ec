"""The eighteenth schema: what the packs held that each run read with; and steps gathered anew, with who makes them."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.climbs import refresh

STATEMENTS: tuple[str, ...] = (
    # Of a pack whose files have this digest: marks of its entries, by kind, file and id (JSON).
    "CREATE TABLE pack_prints (digest TEXT PRIMARY KEY, entries TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # The digest of each pack by its name (JSON); none is known of the runs that are there.
    "ALTER TABLE runs ADD COLUMN prints TEXT NOT NULL DEFAULT '{}'",
    'INSERT OR IGNORE INTO stale_climbs (toward, "by") SELECT toward, "by" FROM climbs',
)


def fill(conn: Connection) -> None:
    """Gather the steps of the documents that are there."""
    refresh(conn)
