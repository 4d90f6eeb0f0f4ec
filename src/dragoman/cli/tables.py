"""Tables and a report's page for the terminal, drawn with Rich; text from documents is never taken for markup."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

PLAIN_WIDTH = 160
"""Columns of a table that goes into a file or a pipe, where no terminal says how wide it is."""

_RIGID = frozenset({"id", "date", "type", "standing", "stance", "status", "likelihood", "predicate", "rung", "reports", "documents"})
"""Columns that are short by nature and are not wrapped."""


def console() -> Console:
    """Standard output as Rich sees it."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return Console(highlight=False)
    return Console(highlight=False, width=PLAIN_WIDTH)


def plain(value: object) -> str:
    """A value as one line of text without control characters."""
    text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def print_table(rows: Sequence[Mapping[str, Any]], title: str | None = None) -> None:
    """Rows under the keys of the first; ``No …`` is for the caller to say."""
    if not rows:
        return
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for name in rows[0]:
        numeric = all(isinstance(row[name], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", no_wrap=name in _RIGID, overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(v)) for v in row.values()))
    console().print(table)


def print_bars(counts: Iterable[tuple[str, int]], title: str) -> None:
    """Counts as bars, the largest forty columns wide."""
    rows = list(counts)
    if not rows:
        return
    most = max(n for _, n in rows)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)
    for name, n in rows:
        table.add_row(Text(plain(name)), Text(f"{n:,}", justify="right"), Text("█" * max(1, round(40 * n / most)), style="cyan"))
    console().print(table)


def print_fields(fields: Iterable[tuple[str, Text | str]], title: str) -> None:
    """A page of labelled values in a frame."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields:
        table.add_row(name, value if isinstance(value, Text) else Text(plain(value)))
    console().print(Panel(table, title=Text(title), title_align="left"))
