"""The twenty-first schema: which outlets people decided to be one."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE merged_outlets (
        name TEXT PRIMARY KEY,                  -- folded
        chief TEXT NOT NULL                     -- the folded name that stands for all of them
    ) STRICT, WITHOUT ROWID
    """,
)
