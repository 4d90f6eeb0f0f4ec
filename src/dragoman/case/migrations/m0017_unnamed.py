"""The seventeenth schema: no other tables, but reports gathered by the rules of today.

Those whom a text gives no name do not speak for one happening any more where another text calls some so.
"""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.case.gathering import gather_all

STATEMENTS: tuple[str, ...] = ()


def fill(conn: Connection) -> None:
    """Gather the documents that are there anew."""
    gather_all(conn)
