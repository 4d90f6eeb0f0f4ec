"""``export`` and ``brief``: the record handed on."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

CaseArgument = Annotated[Path, typer.Argument(help="The case.")]
Since = Annotated[str | None, typer.Option(help="From this date on (YYYY, YYYY-MM or YYYY-MM-DD).")]
Until = Annotated[str | None, typer.Option(help="Up to this date.")]


class Format(StrEnum):
    """What a case can be exported as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    case: CaseArgument,
    format: Annotated[Format, typer.Option(help="jsonl is the codebook's exchange format.")] = Format.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; standard output by default.")] = None,
) -> None:
    """Write the record as JSON Lines, CSV or Parquet."""
    from dragoman import export as formats
    from dragoman.case import open_case

    with open_case(case) as opened:
        if format is Format.PARQUET:
            if output is None:
                raise typer.BadParameter("a Parquet file needs a place: -o FILE", param_hint="--output")
            formats.export_parquet(opened, output)
        else:
            write = formats.export_jsonl if format is Format.JSONL else formats.export_csv
            write(opened, output if output is not None else sys.stdout)
    if output is not None:
        typer.echo(f"Wrote {output}.", err=True)


def brief(
    case: CaseArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="brief.html or brief.md; Markdown to standard output by default.")] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Tell the case on one page: what happened, who stands where, steps, commitments, forecasts; each line with its sentence."""
    from dragoman.case import open_case
    from dragoman.views import compose_brief, write_html, write_markdown

    if output is not None and output.suffix not in (".html", ".md"):
        raise typer.BadParameter(f"{output.name} is neither .html nor .md", param_hint="--output")
    with open_case(case) as opened:
        page = compose_brief(opened, since=since, until=until)
    if output is None:
        sys.stdout.write(write_markdown(page))
        return
    text = write_html(page) if output.suffix == ".html" else write_markdown(page)
    output.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {output}.", err=True)
