"""The thirteenth schema: what ranks a maker's way is kept apart from all that is told of it; the 18th fills it."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE climbs ADD COLUMN short TEXT NOT NULL DEFAULT ''",  # JSON
    'INSERT OR IGNORE INTO stale_climbs (toward, "by") SELECT toward, "by" FROM climbs',
)
