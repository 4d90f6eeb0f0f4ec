"""Write docs/data-dictionary.md from the code: every column of the tables that are exported.

python docs/make_dictionary.py            # writes it
python docs/make_dictionary.py --check    # exit code 1 when it is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

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
    yield "| column | type | kinds | what it says |"
    yield "| --- | --- | --- | --- |"
    for column in COLUMNS:
        kinds = "all" if len(column.kinds) == len(Kind) else ", ".join(kind for kind in Kind if kind in column.kinds)
        yield f"| `{column.name}` | {_TYPES[column.type]} | {kinds} | {column.about} |"
    yield ""
    yield "## GDELT tables"
    yield ""
    yield "Without a header, so here are the names, in order. `export.CSV`:"
    yield ""
    yield ", ".join(f"`{name}`" for name in EVENT_COLUMNS)
    yield ""
    yield "`mentions.CSV`:"
    yield ""
    yield ", ".join(f"`{name}`" for name in MENTION_COLUMNS)


def main(arguments: list[str]) -> int:
    """Write the page, or check that it is fresh."""
    page = to_markdown()
    if "--check" not in arguments:
        PAGE.write_text(page, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        sys.stderr.write(f"{PAGE.name} is stale; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
