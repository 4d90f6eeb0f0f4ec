"""The twenty-first schema: which outlets people decided to be one; and proposals of who may be one by today's rules."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.climbs import refresh
from dragoman.case.proposing import revise_all

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE merged_outlets (
        name TEXT PRIMARY KEY,                  -- folded
        chief TEXT NOT NULL                     -- the folded name that stands for all of them
    ) STRICT, WITHOUT ROWID
    """,
)


def fill(conn: Connection) -> None:
    """Compare all actors anew: titles before names, short forms and states' adjectives were not compared before. Their
    offices are filed anew with that, on which steps may hang."""
    revise_all(conn)
    refresh(conn)
