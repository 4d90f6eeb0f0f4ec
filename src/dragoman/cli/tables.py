"""Tables and labelled fields for the terminal, drawn with Rich; text from documents is never taken for markup."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from dragoman.case import Hit

PLAIN_WIDTH = 160
"""Columns of a table that goes into a file or a pipe, where no terminal says how wide it is."""

_FIXED = frozenset({"id", "date", "type", "stance", "status", "likelihood", "rung", "kind", "published", "outlet"})
"""Columns that are short by nature and are not broken."""
_CUT = {"document": 30, "copy of": 30}
"""Columns that are cut short, at so many characters; --json gives them whole."""
_DIM = frozenset({"id", "document", "also called", "told as"})
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Control characters, line ends, and the marks that turn the writing direction of whatever follows."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends with another code than Rich."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output as Rich sees it."""
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return _Console(highlight=False, width=None if known else PLAIN_WIDTH)


def width() -> int:
    """Columns that there are."""
    return console().width


def plain(value: object) -> str:
    """A value as one line of text that cannot steer the terminal."""
    return _UNSAFE.sub(" ", "" if value is None else str(value))


def cell(value: object) -> Text:
    """A value as it stands in a table."""
    if isinstance(value, Text):
        return value
    return Text(f"{value:,}" if isinstance(value, int) else plain(value))


def print_table(rows: Sequence[Mapping[str, Any]], title: str | None = None) -> None:
    """Rows under the keys of the first; columns without any value are left out."""
    if not rows:
        return
    table = Table(
        header_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
    )
    names = [name for name in rows[0] if any(row[name] not in ("", None) for row in rows)]
    for name in names:
        numeric = all(isinstance(row[name], int) for row in rows)
        table.add_column(
            name,
            justify="right" if numeric else "left",
            style="dim" if name in _DIM else "",
            no_wrap=numeric or name in _FIXED or name in _CUT,
            overflow="ellipsis" if name in _CUT else "fold",
            max_width=_CUT.get(name),
        )
    for row in rows:
        table.add_row(*(cell(row[name]) for name in names))
    out = console()
    if title:  # by itself, since a title of the table is broken at the table's width
        out.print()
        out.print(Text(plain(title), "bold"))
    out.print(table)


def print_fields(fields: Iterable[tuple[str, Text | str | None]], title: str) -> None:
    """Labelled values under a title; those without a value are left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in fields:
        if value:
            table.add_row(name, cell(value))
    out = console()
    out.print(Text(plain(title), "bold"))
    out.print(table)


def print_hits(hits: Sequence[Hit]) -> None:
    """What a search found: where, and the words in their sentence."""
    out = console()
    for hit in hits:
        sentence = Text(hit.sentence)
        for match in hit.matches:
            sentence.stylize("bold yellow", match.start - hit.span.start, match.end - hit.span.start)
        told = " · ".join(p for p in (hit.document, hit.published, hit.title) if p)
        ids = f"  {' '.join(id[:8] for id in hit.reports)}" if hit.reports else ""
        out.print(Text(plain(told), "bold").append(ids, "not bold dim"))
        sentence.plain = _UNSAFE.sub(lambda m: " " * len(m.group()), sentence.plain)
        out.print(sentence, overflow="fold")
        out.print()
