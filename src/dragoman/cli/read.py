"""``new`` and ``read``: make a case, and read articles into it or straight to standard output."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import say

PacksOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pack",
        "-p",
        metavar="PACK",
        help="A shipped pack or the folder of one of your own; may be given several times.",
    ),
]


class Format(StrEnum):
    """What ``read`` can write without a case."""

    JSONL = "jsonl"


def new(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The file to make, such as kabul.case.")],
    pack: PacksOption = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The question that the case follows.")] = None,
) -> None:
    """Make an empty case."""
    from dragoman.case import create_case
    from dragoman.knowledge import load_pack

    packs = load_pack(pack or ()).names
    with create_case(case, packs=packs, title=title):
        say(f"Made {case}, which reads with {_packs(packs)}.")


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (.txt .html .pdf .jsonl, also .gz), folders, patterns, pages to fetch (https://…); "
            "- is standard input.",
        ),
    ],
    case: Annotated[
        Path | None,
        typer.Option("--case", "-c", metavar="CASE", help="The case to read into; made if it is not there."),
    ] = None,
    pack: PacksOption = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of publication (YYYY-MM-DD) of everything read now.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Outlet of everything read now.")] = None,
    format: Annotated[
        Format | None,
        typer.Option(metavar="jsonl", help="Write the reports to standard output in this format; no case is needed."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes; as many as processors by default.")
    ] = None,
) -> None:
    """Read articles into a case, or with --format jsonl to standard output.

    What a case holds already is not read again, so an interrupted run goes on where it was, unless a pack of the case
    has changed since it was read. An input that cannot be
    read is set aside with the reason, the rest goes on, and the exit code is 1.
    """
    from dragoman.cli.job import Tally, read_to_output
    from dragoman.intake import IntakeOptions, iter_documents
    from dragoman.pipeline import keep_spacy_small

    if (case is None) == (format is None):
        raise typer.BadParameter("say where the record goes: --case FILE, or --format jsonl for standard output")
    keep_spacy_small()
    tally = Tally()
    found = iter_documents(paths, IntakeOptions(published=published, outlet=outlet))
    if case is None:
        read_to_output(tally.documents(found), tally, pack, workers)
    else:
        from dragoman.cli.casework import read_into_case  # the store takes a quarter of a second to load

        read_into_case(tally.documents(found), tally, case, pack, workers)
    for sentence in tally.summary(case):
        say(sentence)
    raise typer.Exit(1 if tally.is_incomplete else 0)


def _packs(names: tuple[str, ...]) -> str:
    return f"the packs {' and '.join(names)}" if len(names) > 1 else f"the pack {names[0]}"
