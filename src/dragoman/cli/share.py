"""``export`` and ``brief``: the record handed on; ``import``: what others coded, taken in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.asked import one_of
from dragoman.cli.output import say, write_bytes

if TYPE_CHECKING:
    from dragoman.views import Brief

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="The case.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this date on (YYYY, YYYY-MM or YYYY-MM-DD).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this date.")]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="What documents published by the end of this date told.")
]
STANDARD_OUTPUT = Path("-")


class Format(StrEnum):
    """What a case can be exported as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    DNA = "dna"
    GRAPHML = "graphml"
    GEXF = "gexf"
    PLOVER = "plover"
    GDELT = "gdelt"
    FOLLOWTHEMONEY = "followthemoney"
    ANNOTATIONS = "annotations"
    CALENDAR = "calendar"
    ATOM = "atom"


def _format(text: str) -> Format:
    return one_of(Format, "format", text)


def export(
    case: CaseArgument,
    format: Annotated[
        Format,
        typer.Option(
            metavar="FORMAT",
            parser=_format,
            help=f"One of {', '.join(Format)}; jsonl is the codebook's exchange format.",
        ),
    ] = Format.JSONL,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file to write (for parquet also a folder, for gdelt only that); - is standard output.",
        ),
    ] = STANDARD_OUTPUT,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
) -> None:
    """Write the record in a format that other programs read; what a format cannot say is left out, and said."""
    from dragoman.case import open_case
    from dragoman.export import FORMATS, INTO_PATHS

    if output == STANDARD_OUTPUT and format in INTO_PATHS:
        name = "Parquet" if format is Format.PARQUET else str(format)
        raise typer.BadParameter(f"{name} goes into a file or a folder, not to standard output", param_hint="--output")
    with open_case(case) as opened:
        target = sys.stdout.buffer if output == STANDARD_OUTPUT else output
        remarks = FORMATS[format](opened, target, since=since, until=until, as_of=as_of)
    for remark in remarks or ():
        say(remark)
    if output != STANDARD_OUTPUT:
        say(f"Wrote {output}.")


def import_(
    case: CaseArgument,
    codings: Annotated[
        list[str],
        typer.Argument(metavar="CODING", help="Files of reports by the codebook (.jsonl), or folders of them."),
    ],
    by: Annotated[
        str, typer.Option(metavar="NAME", help="Who coded them, with a version if there is one: Anna, 'petrarch 2.1'.")
    ],
    text: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help="Where the coded articles are that the case does not hold: files, folders, patterns; "
            "may be given several times.",
        ),
    ] = None,
) -> None:
    """Take reports that somebody else made by the codebook into a case, in the place of what was read there.

    A row whose evidence is not exactly what the text has there is set aside with the reason, the rest is taken, and the
    exit code is 1. Taking in again adds nothing; an interrupted run goes on where it was. What was coded stays when
    the articles are read again.
    """
    from dragoman.cli.coded import take_in
    from dragoman.pipeline import keep_spacy_small

    by = " ".join(by.split())
    if not by:
        raise typer.BadParameter("say who coded them", param_hint="--by")
    keep_spacy_small()
    tally = take_in(case, codings, by, text or [])
    raise typer.Exit(1 if tally.is_incomplete else 0)


def brief(
    case: CaseArgument,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file that ends in .html, .md or .pdf (needs the extra pdf); - is Markdown to standard output.",
        ),
    ] = STANDARD_OUTPUT,
    since: Since = None,
    until: Until = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="What documents published by the end of this date told.")
    ] = None,
) -> None:
    """Tell the case on one page: what happened, steps, changed stances, disputes, commitments, forecasts due.

    Each sentence has footnotes: document, date, voice and the sentence it rests on. The page needs no network.
    """
    from dragoman.case import open_case
    from dragoman.export.target import writing
    from dragoman.views import compose_brief

    if output.suffix not in _WRITERS or (output.suffix == "" and output != STANDARD_OUTPUT):
        raise typer.BadParameter(f"{output.name} ends in none of .html, .md and .pdf", param_hint="--output")
    with open_case(case) as opened:
        data = _WRITERS[output.suffix](compose_brief(opened, since=since, until=until, as_of=as_of))
    if output == STANDARD_OUTPUT:
        write_bytes(data)
        return
    with writing(output) as stream:
        stream.write(data)
    say(f"Wrote {output}.")


def _html(page: Brief) -> bytes:
    from dragoman.views import write_html

    return write_html(page).encode("utf-8", "replace")


def _markdown(page: Brief) -> bytes:
    from dragoman.views import write_markdown

    return write_markdown(page).encode("utf-8", "replace")


def _pdf(page: Brief) -> bytes:
    from dragoman.views import write_pdf

    return write_pdf(page)


_WRITERS: Mapping[str, Callable[[Brief], bytes]] = {".html": _html, ".md": _markdown, "": _markdown, ".pdf": _pdf}
