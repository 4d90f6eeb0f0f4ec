"""``new`` and ``read``: make a case, and read articles into it or straight to standard output."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.intake import SetAside
    from dragoman.pipeline import Failure
    from dragoman.record import Document, Reading

PacksOption = Annotated[
    list[str] | None,
    typer.Option("--pack", "-p", help="A shipped pack or the folder of one of your own; may be given several times."),
]
SAMPLE_CHARACTERS = 400_000
"""Text that is looked at to choose packs when none is given."""


def new(
    case: Annotated[Path, typer.Argument(help="The file to make, such as kabul.case.")],
    pack: PacksOption = None,
    title: Annotated[str | None, typer.Option(help="The question that the case follows.")] = None,
) -> None:
    """Make an empty case."""
    from dragoman.case import create_case
    from dragoman.knowledge import load_pack

    packs = load_pack(tuple(pack or ())).ids
    with create_case(case, packs=packs, title=title):
        typer.echo(f"Made {case} with the packs {', '.join(packs)}.")


@dataclass(slots=True)
class _Tally:
    """What a run has met so far."""

    read: int = 0
    known: int = 0
    reports: int = 0
    words: int = 0
    aside: list[tuple[str, str]] = field(default_factory=list)


def read(
    paths: Annotated[
        list[str], typer.Argument(help="Files (.txt .html .pdf .jsonl, also .gz), folders, patterns; - is standard input.")
    ],
    case: Annotated[Path | None, typer.Option("--case", "-c", help="The case to read into; made if it is not there.")] = None,
    pack: PacksOption = None,
    published: Annotated[str | None, typer.Option(help="Date of publication (YYYY-MM-DD) of everything read now.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet of everything read now.")] = None,
    format: Annotated[str | None, typer.Option(help="jsonl: write the reports to standard output, no case needed.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes; as many as processors by default.")] = None,
) -> None:
    """Read articles: into a case, or with --format jsonl to standard output."""
    from dragoman.intake import IntakeOptions, iter_documents

    if (case is None) == (format is None):
        raise typer.BadParameter("say where the record goes: --case FILE, or --format jsonl for standard output")
    if format not in (None, "jsonl"):
        raise typer.BadParameter(f"unknown format {format!r}; read writes jsonl", param_hint="--format")
    options = IntakeOptions(published=published, outlet=outlet)
    found = iter_documents(paths, options, stdin=sys.stdin.buffer) if "-" in paths else iter_documents(paths, options)
    if case is None:
        tally = _read_to_stdout(found, pack, workers)
    else:
        tally = _read_into_case(found, case, pack, workers)
    _tell(tally, case)
    raise typer.Exit(1 if tally.aside else 0)


def _read_to_stdout(
    found: Iterable[Document | SetAside], packs: list[str] | None, workers: int | None
) -> _Tally:
    from dragoman.pipeline import read_documents

    tally = _Tally()
    documents, chosen = _choose_packs(_documents(found, tally.aside), packs)
    for outcome in read_documents(documents, chosen, workers=workers):
        reading = _count(outcome, tally)
        if reading is not None:
            sys.stdout.write(reading.to_jsonl())
    return tally


def _read_into_case(
    found: Iterable[Document | SetAside], path: Path, packs: list[str] | None, workers: int | None
) -> _Tally:
    from dragoman.case import create_case, open_case

    tally = _Tally()
    documents = _documents(found, tally.aside)
    if path.exists():
        with open_case(path, write=True) as case:
            _refuse_other_packs(case, packs)
            _run(case, documents, tally, workers)
        return tally
    documents, chosen = _choose_packs(documents, packs)
    with create_case(path, packs=chosen) as case:
        reason = "" if packs else " (chosen by the names in the texts; --pack decides otherwise)"
        typer.echo(f"Made {path} with the packs {', '.join(case.packs)}{reason}.", err=True)
        _run(case, documents, tally, workers)
    return tally


def _refuse_other_packs(case: Case, packs: list[str] | None) -> None:
    from dragoman.errors import UsageError

    missing = set(packs or ()) - set(case.packs)
    if missing:
        raise UsageError(
            f"{case.path} was made with the packs {', '.join(case.packs)}, not {', '.join(sorted(missing))}; "
            "make another case, or read without --pack"
        )


def _run(case: Case, documents: Iterator[Document], tally: _Tally, workers: int | None) -> None:
    """Read what the case does not hold yet; each document is committed by itself, so that a killed run loses one."""
    from dragoman.pipeline import read_documents
    from dragoman.reading import READER

    started = perf_counter()
    case.start_run(reader=READER)
    noted = 0
    try:
        unread = _unread(case, documents, tally)
        with _progress() as advance:
            for outcome in read_documents(unread, case.packs, workers=workers):
                reading = _count(outcome, tally)
                if reading is not None:
                    case.add(reading)
                noted = _note(case, tally, noted)
                advance(tally)
        _note(case, tally, noted)
    finally:
        case.finish_run(seconds={"all": round(perf_counter() - started, 2)})


def _unread(case: Case, documents: Iterator[Document], tally: _Tally) -> Iterator[Document]:
    from dragoman.reading import READER

    for document in documents:
        if case.has(document.digest, READER):
            tally.known += 1
            case.note_source(document)
        else:
            yield document


def _note(case: Case, tally: _Tally, noted: int) -> int:
    """Write what was newly set aside into the case."""
    for source, reason in tally.aside[noted:]:
        case.set_aside(source, reason)
    return len(tally.aside)


def _count(outcome: Reading | Failure, tally: _Tally) -> Reading | None:
    from dragoman.pipeline import Failure

    if isinstance(outcome, Failure):
        tally.aside.append((outcome.document.source or outcome.document.id, f"could not be read: {outcome.reason}"))
        return None
    tally.read += 1
    tally.reports += len(outcome.reports)
    tally.words += len(outcome.document.text.split())
    return outcome


def _documents(found: Iterable[Document | SetAside], aside: list[tuple[str, str]]) -> Iterator[Document]:
    """The documents among what intake found; the rest is remembered with its reason."""
    from dragoman.intake import SetAside

    for item in found:
        if isinstance(item, SetAside):
            aside.append((item.source, item.reason))
        else:
            yield item


def _choose_packs(documents: Iterator[Document], packs: list[str] | None) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The packs to read with: those given, else those whose names the first texts are full of."""
    from dragoman.knowledge import load_pack, pick_packs

    if packs:
        return documents, load_pack(tuple(packs)).ids
    sample: list[Document] = []
    for document in documents:
        sample.append(document)
        if sum(len(d.text) for d in sample) >= SAMPLE_CHARACTERS:
            break
    return itertools.chain(sample, documents), tuple(pick_packs(d.text for d in sample))


class _progress:
    """A line on standard error that tells how far reading is; nothing when that is no terminal."""

    def __enter__(self) -> Any:
        self.live: Any = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.status import Status

            self.live = Status("Loading the language model …", console=Console(stderr=True))
            self.live.start()
        self.started = perf_counter()
        return self.advance

    def advance(self, tally: _Tally) -> None:
        """Show the newest counts."""
        if self.live is not None:
            pace = tally.words / max(perf_counter() - self.started, 0.1)
            self.live.update(f"{tally.read:,} documents read, {tally.reports:,} reports, {pace:,.0f} words/s")

    def __exit__(self, *_: object) -> None:
        if self.live is not None:
            self.live.stop()


def _tell(tally: _Tally, case: Path | None) -> None:
    """The summary: what was read, what was known, what was set aside and why."""
    known = f", {tally.known:,} already in the case" if tally.known else ""
    where = f" in {case}" if case else ""
    typer.echo(f"Read {tally.read:,} documents{known}: {tally.reports:,} reports{where}.", err=True)
    if tally.aside:
        typer.echo(f"Set aside {len(tally.aside):,}:", err=True)
        for source, reason in tally.aside[:50]:
            typer.echo(f"  {source}: {reason}", err=True)
        if len(tally.aside) > 50:
            typer.echo(f"  … and {len(tally.aside) - 50:,} more; `dragoman show CASE` counts them", err=True)
