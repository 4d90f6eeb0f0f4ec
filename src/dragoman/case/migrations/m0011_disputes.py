"""The eleventh schema: no other tables, but disputes by the rules of today.

A dispute within one sentence is none any more, and accounts follow merges; what was kept by older rules is told again.
"""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.gathering import sum_up_disputed
from dragoman.case.standings import refile

STATEMENTS: tuple[str, ...] = ()


def fill(conn: Connection) -> None:
    """Look again at all that is disputed."""
    sum_up_disputed(conn)
    refile(conn)
