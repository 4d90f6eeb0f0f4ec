"""The eighteenth schema: what the packs held that each run read with; and steps gathered anew, with what their makers
are, which may hang on the offices that they hold."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.climbs import refresh


def _office(name: str, when: str, row: str) -> str:
    return f"""
        CREATE TRIGGER climbs_{name} AFTER {when} ON posts BEGIN
            INSERT OR IGNORE INTO stale_climbs (toward, "by") SELECT toward, "by" FROM climbs WHERE "by" = CAST(
                coalesce((SELECT actor FROM merged WHERE base = {row}.actor), {row}.actor) AS TEXT);
        END
    """


STATEMENTS: tuple[str, ...] = (
    # Of a pack whose files have this digest: marks of its entries, by kind, file and id (JSON).
    "CREATE TABLE pack_prints (digest TEXT PRIMARY KEY, entries TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # The digest of each pack by its name (JSON); none is known of the runs that are there.
    "ALTER TABLE runs ADD COLUMN prints TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE climbs ADD COLUMN country TEXT",
    'CREATE INDEX ways_by ON climbs ("by")',
    "CREATE INDEX ways_of ON climbs (country)",
    _office("in_office", "INSERT", "NEW"),
    _office("out_of_office", "DELETE", "OLD"),
    'INSERT OR IGNORE INTO stale_climbs (toward, "by") SELECT toward, "by" FROM climbs',
)


def fill(conn: Connection) -> None:
    """Gather the steps of the documents that are there."""
    refresh(conn)
