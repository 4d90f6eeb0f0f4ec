"""One connection to a case file: how it is opened, its transactions, and SQLite's failures told as ours."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from dragoman.errors import CaseBusyError, CaseError

APPLICATION_ID = 0x44726167
"""``Drag``, in the header of the file: tells a case from another program's SQLite file."""

_OLDEST_SQLITE = (3, 37)  # STRICT tables
_COMPILED = LRUCache[object, object](500)  # statements; a desk opens the case for each decision that it takes


def connect(path: Path, *, write: bool, patience: float, create: bool = False) -> Connection:
    """A connection in autocommit mode; a writer waits ``patience`` seconds for another one.

    Readers open the file for writing but ``query_only``: the last connection of a file in ``mode=ro`` cannot remove the
    ``-wal`` and ``-shm`` files that it made beside the case. A case on read-only ground is opened as immutable.
    Raises ``CaseError`` when the file cannot be opened.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise CaseError(
            f"this Python has SQLite {sqlite3.sqlite_version}; a case needs 3.37 or later, use a newer Python"
        )
    opened = _open(path, "rwc" if create else "rw", patience)
    if not write and _is_on_read_only_ground(opened):
        opened.close()
        _refuse_unfinished(path)
        opened = _open(path, "ro&immutable=1", patience)
    shared = _engine()
    pool = NullPool(lambda: cast(DBAPIConnection, opened), dialect=shared.dialect)
    engine = Engine(pool, shared.dialect, shared.url)
    conn = engine.connect().execution_options(compiled_cache=_COMPILED, path=path)
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", f"query_only = {'OFF' if write else 'ON'}"):
        conn.exec_driver_sql(f"PRAGMA {pragma}")
    return conn


@functools.cache
def _engine() -> Engine:
    """Of no file. Its dialect serves every connection, so that a statement is compiled once and not once a case."""
    engine = create_engine("sqlite://")
    engine.connect().close()  # with which a dialect learns what this SQLite can do
    event.listen(engine, "handle_error", _translate)
    return engine


def _open(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    try:
        # No isolation level: the module begins nothing on its own, ``transaction`` does. A case may be handed from one
        # thread to another (the desk keeps a few open), never used by two at once.
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=1_000,  # adding a document takes more than the 128 that would be kept
        )
    except sqlite3.Error as error:
        raise told(error, path) or CaseError(f"{path} cannot be opened: {error}") from error


def _is_on_read_only_ground(opened: sqlite3.Connection) -> bool:
    """Whether SQLite cannot read the file because it may not put its ``-wal`` and ``-shm`` files beside it."""
    try:
        opened.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    except sqlite3.DatabaseError:  # not a database: the caller's first question tells so
        return False
    return False


def _refuse_unfinished(path: Path) -> None:
    """A journal left by a killed writer cannot be taken in here, and without it the case would be read wrong."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise CaseError(
            f"{path} was left in the middle of writing; copy it with {journal.name} to a folder that can be written"
        )


def _translate(context: ExceptionContext) -> None:
    """SQLAlchemy's error hook: what the user can act on becomes a ``CaseError``, a mistake of ours stays as it is."""
    conn, original = context.connection, context.original_exception
    if conn is None or not isinstance(original, sqlite3.Error):
        return
    if error := told(original, conn.get_execution_options()["path"]):
        raise error from original


_TOLD: dict[int, tuple[type[CaseError], str]] = {
    sqlite3.SQLITE_BUSY: (CaseBusyError, "{path} is being written by another process; let it finish, then try again"),
    sqlite3.SQLITE_LOCKED: (CaseBusyError, "{path} is being written by another process; let it finish, then try again"),
    sqlite3.SQLITE_FULL: (
        CaseError,
        "the disk that holds {path} is full; free some space and run again: what was read before is kept",
    ),
    sqlite3.SQLITE_READONLY: (
        CaseError,
        "{path} cannot be written: the file or its folder is read-only; copy the case to a folder that can be written",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        CaseError,
        "{path} cannot be opened; check that it is there and that you may read and write it",
    ),
    sqlite3.SQLITE_PERM: (CaseError, "{path} cannot be opened; check that you may read and write it"),
    sqlite3.SQLITE_NOTADB: (CaseError, "{path} is not a case; give the path of a file made by `dragoman new`"),
    sqlite3.SQLITE_CORRUPT: (CaseError, "{path} is damaged; go back to a copy, or read the articles into a new case"),
    sqlite3.SQLITE_IOERR: (CaseError, "the disk that holds {path} failed to read or write; check it, then run again"),
}


def told(error: sqlite3.Error, path: Path) -> CaseError | None:
    """The error as a sentence for the user; ``None`` for one that only a mistake in this program can cause."""
    cls, sentence = _TOLD.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, (CaseError, ""))
    return cls(sentence.format(path=path)) if sentence else None


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """All or nothing: takes the writer's lock at once, so that what is read inside still holds when it is written."""
    conn.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield
        conn.exec_driver_sql("COMMIT")
    except BaseException:
        if _is_in_transaction(conn):  # SQLite itself rolls back when the disk is full
            conn.exec_driver_sql("ROLLBACK")
        raise


@contextmanager
def snapshot(conn: Connection) -> Iterator[None]:
    """Several queries that see one state of the case, whatever is written meanwhile. May be nested, never suspended."""
    if _is_in_transaction(conn):
        yield
        return
    conn.exec_driver_sql("BEGIN")
    try:
        yield
    finally:
        conn.exec_driver_sql("ROLLBACK")


def _is_in_transaction(conn: Connection) -> bool:
    opened = conn.connection.dbapi_connection
    return isinstance(opened, sqlite3.Connection) and opened.in_transaction
