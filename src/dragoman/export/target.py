"""Where an export goes: a stream that is open already, or a path that holds the whole of it or what it held before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from dragoman.errors import ExportError

Target = str | os.PathLike[str] | BinaryIO | TextIO
"""A path, or an open stream, which is left open; of a text stream such as ``sys.stdout`` the bytes below are written,
since an export is UTF-8 whatever a terminal thinks that it is."""


@contextmanager
def writing(target: Target) -> Iterator[BinaryIO]:
    """A stream to write the target with; a file is put in its place only when all of it is written.

    Raises ``ExportError`` when the path cannot be written. A broken pipe is the caller's to hush.
    """
    if not isinstance(target, str | os.PathLike):
        target.flush()
        bytes_of: Any = target  # only a text stream has one below it
        yield getattr(bytes_of, "buffer", bytes_of)
        return
    path = Path(target)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device such as /dev/stdout; a folder fails in ``open``
            with path.open("wb") as stream:
                yield stream
        else:
            with _replacing(path.resolve()) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}; give a path that can be written") from error


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
