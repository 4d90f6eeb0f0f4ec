"""Write docs/data-dictionary.md from the code: every column of the tables that are exported.

python docs/make_dictionary.py            # writes it
python docs/make_dictionary.py --check    # exit code 1 when it is stale
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.page import settle, table
from dragoman.case.flat import COLUMNS, VERSION
from dragoman.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from dragoman.record import Kind

PAGE = Path(__file__).with_name("data-dictionary.md")
INTRODUCTION = """\
One row is one report. CSV, Parquet and data frames have these columns, in this order; the table of one kind has those
of all kinds and its own. In Parquet each column carries its meaning (`description` in its metadata), and the file's
metadata has `dragoman.schema`: version **{version}**, which grows when a column is renamed, removed or means something
else. In CSV a list is one cell, its parts between `; `. Dates are ISO prefixes (`2024`, `2024-05`, `2024-05-03`), as
narrow as told.
"""
_TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false", list: "list of texts"}


def to_markdown() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made from the code by `make docs`; do not edit."
    yield ""
    yield from INTRODUCTION.format(version=VERSION).splitlines()
    yield ""
    rows = ((f"`{c.name}`", _TYPES[c.type], _kinds(c.kinds), c.about) for c in COLUMNS)
    yield from table(("column", "type", "kinds", "what it says"), rows)
    yield "## GDELT tables"
    yield ""
    yield "Without a header, so here are the names, in order. `export.CSV`:"
    yield ""
    yield ", ".join(f"`{name}`" for name in EVENT_COLUMNS)
    yield ""
    yield "`mentions.CSV`:"
    yield ""
    yield ", ".join(f"`{name}`" for name in MENTION_COLUMNS)


def _kinds(kinds: Collection[Kind]) -> str:
    return "all" if len(kinds) == len(Kind) else ", ".join(kind for kind in Kind if kind in kinds)


if __name__ == "__main__":
    sys.exit(settle(PAGE, to_markdown(), sys.argv[1:]))
