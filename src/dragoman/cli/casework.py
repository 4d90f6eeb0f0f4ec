"""The work of ``read`` into a case: what the case does not hold yet is read, each document committed by itself."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from time import perf_counter

from dragoman.case import Case, Outcome, create_case, open_case
from dragoman.case.prints import Outdated
from dragoman.cli.job import Tally, choose_packs
from dragoman.cli.output import say
from dragoman.cli.progress import progress
from dragoman.errors import UsageError
from dragoman.intake.codings import coder_of
from dragoman.knowledge import load_pack, print_packs
from dragoman.pipeline import read_documents
from dragoman.record import Document
from dragoman.record.words import plural


def read_into_case(
    documents: Iterator[Document], tally: Tally, path: Path, packs: Sequence[str] | None, workers: int | None
) -> None:
    """Read into the case at the path, which is made when it is not there and there is something to read."""
    if path.exists():
        with open_case(path, write=True) as case:
            _refuse_other_packs(case, packs)
            _run(case, documents, tally, workers)
        return
    documents, chosen = choose_packs(documents, packs)
    first = next(documents, None)
    if first is None:
        return
    with create_case(path, packs=chosen) as case:
        reason = "" if packs else ", chosen by the names in the texts; --pack decides otherwise"
        say(f"Made {path} with the packs {', '.join(chosen)}{reason}.")
        _run(case, chain([first], documents), tally, workers)


def _refuse_other_packs(case: Case, packs: Sequence[str] | None) -> None:
    missing = sorted(set(load_pack(packs).names) - set(case.packs)) if packs else []
    if missing:
        raise UsageError(
            f"{case.path} was made with the packs {', '.join(case.packs)}, not {', '.join(missing)}; "
            "make another case, or read without --pack"
        )


def _run(case: Case, documents: Iterator[Document], tally: Tally, workers: int | None) -> None:
    """Read what the case does not hold yet; each document is committed by itself, so that a killed run loses one."""
    from dragoman.reading import READER

    prints = print_packs(case.packs)
    case.start_run(reader=READER, prints=prints)
    _tell_changes(case.outdated(prints))
    noted = 0
    try:
        unread = _unread(case, documents, tally, READER)
        with closing(read_documents(unread, case.packs, workers=workers)) as outcomes, progress() as advance:
            for outcome in outcomes:
                reading = tally.count(outcome)
                with uninterrupted():
                    if reading is not None and case.add(reading).outcome is Outcome.KNOWN:
                        tally.known += 1  # another run has read it meanwhile
                    noted = note_aside(case, tally, noted)
                advance(tally.read, tally.reports.total(), tally.words)
    except KeyboardInterrupt:
        say("What was read before is kept; the same command goes on from there.")
        raise
    finally:
        with uninterrupted():
            note_aside(case, tally, noted)
            case.finish_run(seconds={"all": perf_counter() - tally.started})
            _tell_left(case.outdated(prints))


def _tell_changes(outdated: Outdated) -> None:
    for change in outdated.changes:
        say(f"Mind: {change}. Whatever is given of them now is read again.")


def _tell_left(outdated: Outdated) -> None:
    if outdated.documents:
        keep, them = ("keeps", "it") if outdated.documents == 1 else ("keep", "them")
        number = plural(outdated.documents, "document")
        say(f"{number} {keep} what was read before the change; to read {them} again, give {them} to `dragoman read`.")


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while the store is at work: in the middle of a statement it would cost the connection."""
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt


def _unread(case: Case, documents: Iterator[Document], tally: Tally, reader: str) -> Iterator[Document]:
    for document in documents:
        with uninterrupted():
            by = case.read_by(document.digest)
            coded = by is not None and coder_of(by) is not None  # what a person coded stays
            known = coded or case.has(document.digest, reader)
            if known:
                tally.known += 1
                case.note_source(document)
        if not known:
            yield document


def note_aside(case: Case, tally: Tally, noted: int) -> int:
    """Write what was newly set aside into the case."""
    for source, reason in tally.aside[noted:]:
        case.set_aside(source, reason)
    return len(tally.aside)
