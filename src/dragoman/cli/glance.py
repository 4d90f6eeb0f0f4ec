"""A case at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.table import Table
from rich.text import Text

from dragoman.cli.tables import console, plain, print_fields
from dragoman.record.words import plural

if TYPE_CHECKING:
    from dragoman.case import Overview

WIDE = 120
"""Columns of a terminal from which on bars and names are twice as long."""


def print_overview(overview: Overview, as_of: str | None = None) -> None:
    """What the case holds, or held by a date, in figures, and who is most in it."""
    print_fields(_fields(overview, as_of), title=overview.title + (f" as of {as_of}" if as_of else ""))
    lists: dict[str, Sequence[tuple[str, int]]] = {
        "reports": [(f"{kind}s", number) for kind, number in overview.reports.items()],
        "events": sorted(overview.event_types.items(), key=lambda row: -row[1]),
        "most told of": overview.top_actors,
        "outlets": overview.top_outlets,
    }
    out = console()
    bar = 16 if out.width >= WIDE else 8
    found = [_bars(title, rows, bar) for title, rows in lists.items() if any(number for _, number in rows)]
    out.print()
    out.print(Columns(found, padding=(1, 4)))
    if overview.documents:
        out.print(Text(f"dragoman show {overview.path} events lists events; likewise the other kinds.", "dim"))


def _fields(overview: Overview, as_of: str | None) -> Iterator[tuple[str, str]]:
    yield "case", overview.path
    yield "packs", ", ".join(overview.packs)
    dates = dict.fromkeys(d for d in (overview.first_published, overview.last_published) if d)
    published = f", published {' to '.join(dates)}" if dates else ""
    undated = f" ({overview.undated:,} undated)" if overview.undated and not as_of else ""
    yield "documents", f"{overview.documents:,} from {plural(overview.outlets, 'outlet')}{published}{undated}"
    yield "sentences", f"{overview.sentences:,}"
    yield "actors", f"{overview.actors:,}"
    yield "reports", f"{sum(overview.reports.values()):,}"
    yield "set aside", f"{overview.set_aside:,}: `dragoman show CASE aside`" if overview.set_aside else ""
    yield "remarks", f"{overview.remarks:,}" if overview.remarks else ""
    if overview.last_run is not None:
        run = overview.last_run
        state = run.started if run.finished else f"{run.started}, not finished"
        yield "last read", f"{state.replace('T', ' ').removesuffix('+00:00')} UTC"


def _bars(title: str, counts: Sequence[tuple[str, int]], longest: int) -> Table:
    """The counts that are not zero, with a bar each."""
    rows = [(name, number) for name, number in counts if number]
    most = max(number for _, number in rows)
    table = Table.grid(padding=(0, 1))
    table.add_column(max_width=8 + 2 * longest, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_row(Text(title, "bold"))
    for name, number in rows:
        table.add_row(
            Text(plain(name)), Text(f"{number:,}"), Text("█" * max(1, round(longest * number / most)), "cyan")
        )
    return table
