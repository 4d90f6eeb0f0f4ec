"""Pages and PDFs parsed in a process of its own, so that a hostile one costs a minute and a gigabyte and no more.

Their parsers are large and partly in C: an input can make them loop, eat memory or crash. The process starts with the
first page or PDF, serves one request after another, and is started anew after one that broke it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from dragoman.intake.extract import Extract
from dragoman.intake.options import IntakeOptions
from dragoman.intake.pages import read_page
from dragoman.intake.pdfs import read_pdf

MEMORY = 1 << 30
"""Bytes of address space for the parsing process."""


class Parsers:
    """The parsing process, as long as one intake lasts; ``close`` ends it."""

    def __init__(self, options: IntakeOptions) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, kind: str, data: bytes) -> Extract:
        """What is in a ``"page"`` or ``"pdf"``; an extract with a ``problem`` if it broke the parser."""
        process = self._process or self._start()
        self._process = process
        request = {
            "kind": kind,
            "size": len(data),
            "max": self._options.max_characters,
            "seconds": self._options.seconds,
        }
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            process.stdin.flush()
        answer = process.stdout.readline()
        if answer.endswith(b"\n"):
            row = json.loads(answer)
            return Extract(**row | {"furniture": tuple((start, end) for start, end in row["furniture"])})
        return Extract(problem=self._bury(process))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._bury(self._process)

    def _start(self) -> subprocess.Popen[bytes]:
        code = f"import sys; sys.path[:] = {sys.path!r}; from dragoman.intake.parsers import serve; serve()"
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )

    def _bury(self, process: subprocess.Popen[bytes]) -> str:
        """Clear away a process that ended, and say why it did."""
        with contextlib.suppress(BrokenPipeError):
            process.communicate()
        self._process = None
        if hasattr(signal, "SIGALRM") and process.returncode == -signal.SIGALRM:
            return f"parsing it took longer than {self._options.seconds:g} seconds; save its text as .txt"
        return "the parser broke down on it; save its text as .txt"


def serve() -> None:
    """Answer requests on standard input, one line and the bytes each, with one line of JSON, until the input ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not come between the answers
    _limit_memory()
    while request := source.readline():
        row = json.loads(request)
        answer = _answer(row, source)
        target.write(json.dumps(asdict(answer)).encode() + b"\n")
        target.flush()


def _answer(row: dict[str, object], source: BinaryIO) -> Extract:
    data = source.read(int(str(row["size"])))
    import_module("pypdf" if row["kind"] == "pdf" else "trafilatura")  # not to be charged to the input's time
    _alarm(float(str(row["seconds"])))
    try:
        return read_pdf(data, int(str(row["max"]))) if row["kind"] == "pdf" else read_page(data)
    except MemoryError:
        return Extract(problem="parsing it needs more than a gigabyte of memory; save its text as .txt")
    except Exception as error:  # the document boundary: parsers of others raise whatever they raise
        return Extract(problem=f"the parser broke down on it ({type(error).__name__}); save its text as .txt")
    finally:
        _alarm(0)


def _alarm(seconds: float) -> None:
    """Let the system end this process after that time, even in the middle of C code; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    try:
        import resource  # not on every system
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
