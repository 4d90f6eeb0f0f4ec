"""A line on standard error that tells how far reading is; nothing when nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

Advance = Callable[[int, int, int], None]
"""Told of documents, reports and words so far."""


@contextmanager
def progress() -> Iterator[Advance]:
    """Draw the line while a run lasts."""
    if not sys.stderr.isatty():
        yield lambda documents, reports, words: None
        return
    from rich.console import Console
    from rich.status import Status

    started = perf_counter()
    with Status("Loading the language model …", console=Console(stderr=True)) as line:

        def advance(documents: int, reports: int, words: int) -> None:
            pace = words / max(perf_counter() - started, 0.1)
            line.update(f"{documents:,} documents read, {reports:,} reports found, {pace:,.0f} words a second")

        yield advance
