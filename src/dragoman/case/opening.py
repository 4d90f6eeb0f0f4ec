"""Making a case and opening one; what is not a case is refused with a sentence, and never touched."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, insert

from dragoman.case import schema
from dragoman.case.case import Case
from dragoman.case.connection import APPLICATION_ID, connect, transaction
from dragoman.case.migrations import MIGRATIONS, applied, upgrade
from dragoman.case.runs import now
from dragoman.errors import CaseError, CaseVersionError

_LOG = logging.getLogger(__name__)
_LARGE = 20_000_000  # bytes of a case that takes a second or more to be brought up to date
PATIENCE = 5.0
"""Seconds to wait for another writer: a document takes milliseconds, more means that a whole program is in the way."""


def create_case(path: str | os.PathLike[str], *, packs: Sequence[str], title: str | None = None) -> Case:
    """Make a case that reads with these packs, open for writing.

    Raises ``CaseError`` when something is there already or the file cannot be made.
    """
    path = Path(path)
    _claim(path)
    try:
        conn = connect(path, write=True, patience=PATIENCE)
        with _closed_on_failure(conn):
            _furnish(conn, {"title": title or path.stem, "packs": json.dumps(list(packs)), "created": now()})
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Case(path, conn)


def _furnish(conn: Connection, values: Mapping[str, str]) -> None:
    """Tables and settings; the mark that makes it a case comes when all is there, so that half a case is none."""
    upgrade(conn)
    with transaction(conn):
        conn.execute(insert(schema.settings), [{"name": name, "value": value} for name, value in values.items()])
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.exec_driver_sql("PRAGMA journal_mode = WAL")


@contextmanager
def _closed_on_failure(conn: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        conn.close()
        raise


def _claim(path: Path) -> None:
    """Make the empty file, so that of two who make the same case one is refused."""
    try:
        path.open("xb").close()
    except FileExistsError:
        what = "is a folder" if path.is_dir() else "exists already"
        raise CaseError(
            f"{path} {what}; choose another path for the new case, or read into it if it is a case"
        ) from None
    except OSError as error:
        raise CaseError(
            f"cannot make a case at {path}: {error.strerror}; choose a folder that exists and that you may write"
        ) from error


def open_case(path: str | os.PathLike[str], *, write: bool = False, patience: float = PATIENCE) -> Case:
    """Open a case, for reading unless ``write``; a case of an older Dragoman is brought up to date first.

    A writer waits up to ``patience`` seconds for another one. Raises ``CaseError`` when the path is no case or cannot
    be opened, ``CaseVersionError`` when a newer Dragoman wrote it, ``CaseBusyError`` when it stays busy.
    """
    path = Path(path)
    _check_path(path)
    conn = connect(path, write=write, patience=patience)
    with _closed_on_failure(conn):
        if _is_behind(conn, path):
            _bring_up_to_date(path, patience)
        if write:
            conn.exec_driver_sql("PRAGMA journal_mode = WAL")  # a copy made by SQLite's tools has lost it
    return Case(path, conn)


def _check_path(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        hint = f"check the path, or make one with `dragoman new {path}`"
        raise CaseError(f"there is no case at {path}; {hint}") from None
    except OSError as error:
        raise CaseError(f"{path} cannot be opened: {error.strerror}; check that you may read it") from error
    if stat.S_ISDIR(mode):
        raise CaseError(f"{path} is a folder, not a case; give the path of a file made by `dragoman new`")
    if not stat.S_ISREG(mode):
        raise CaseError(f"{path} is not a plain file; give the path of a file made by `dragoman new`")


def _is_behind(conn: Connection, path: Path) -> bool:
    """Whether migrations are missing; refuses other programs' files and newer schemas."""
    if conn.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise CaseError(
            f"{path} is a SQLite file of another program, not a case; give the path of a file made by `dragoman new`"
        )
    ran, known = applied(conn), [migration.name for migration in MIGRATIONS]
    if newer := sorted(set(ran).difference(known)):
        raise CaseVersionError(
            f"{path} was written by a newer Dragoman (schema {newer[-1]}, this one knows {known[-1]}); upgrade Dragoman"
        )
    return len(ran) < len(known)


def _bring_up_to_date(path: Path, patience: float) -> None:
    if path.stat().st_size > _LARGE:
        _LOG.warning("%s is of an older Dragoman and is brought up to date, which takes a while, once", path)
    conn = connect(path, write=True, patience=patience)
    try:
        upgrade(conn)
    finally:
        conn.close()
