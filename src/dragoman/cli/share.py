"""``export`` and ``brief``: the record handed on."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import say, write_bytes

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this date on (YYYY, YYYY-MM or YYYY-MM-DD).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this date.")]
STANDARD_OUTPUT = Path("-")


class Format(StrEnum):
    """What a case can be exported as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    case: CaseArgument,
    format: Annotated[
        Format, typer.Option(metavar="jsonl|csv|parquet", help="jsonl is the codebook's exchange format.")
    ] = Format.JSONL,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file to write (for parquet also a folder); - is standard output.",
        ),
    ] = STANDARD_OUTPUT,
) -> None:
    """Write the record as JSON Lines, CSV or Parquet."""
    from dragoman.case import open_case
    from dragoman.export import FORMATS

    if output != STANDARD_OUTPUT:
        with open_case(case) as opened:
            FORMATS[format](opened, output)
        say(f"Wrote {output}.")
    elif format is Format.PARQUET:
        raise typer.BadParameter("Parquet goes into a file or a folder, not to standard output", param_hint="--output")
    else:
        with open_case(case) as opened:
            FORMATS[format](opened, sys.stdout.buffer)


def brief(
    case: CaseArgument,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="PATH", help="A file that ends in .html or .md; - is Markdown to standard output."
        ),
    ] = STANDARD_OUTPUT,
    since: Since = None,
    until: Until = None,
) -> None:
    """Tell the case on one page: what happened, who stands where, steps, commitments, forecasts.

    Each line comes with its sentence, its voice and its document. The page needs no network.
    """
    from dragoman.case import open_case
    from dragoman.export.target import writing
    from dragoman.views import compose_brief, write_html, write_markdown

    if output.suffix not in (".html", ".md", "") or (output.suffix == "" and output != STANDARD_OUTPUT):
        raise typer.BadParameter(f"{output.name} ends neither in .html nor in .md", param_hint="--output")
    with open_case(case) as opened:
        page = compose_brief(opened, since=since, until=until)
    text = write_html(page) if output.suffix == ".html" else write_markdown(page)
    data = text.encode("utf-8", "replace")
    if output == STANDARD_OUTPUT:
        write_bytes(data)
        return
    with writing(output) as stream:
        stream.write(data)
    say(f"Wrote {output}.")
