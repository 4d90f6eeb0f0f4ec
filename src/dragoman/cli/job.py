"""The work of ``read``: intake, reading and case put together, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import perf_counter

from dragoman.case import Case, Outcome, create_case, open_case
from dragoman.cli.output import say, write_bytes
from dragoman.cli.progress import progress
from dragoman.errors import UsageError
from dragoman.export.jsonl import to_bytes
from dragoman.intake import Cause, SetAside
from dragoman.knowledge import load_pack, pick_packs
from dragoman.pipeline import Failure, read_documents
from dragoman.record import Document, Kind, Reading

SAMPLE_CHARACTERS = 400_000
"""Text that is looked at to choose packs when none is given."""

HARMLESS = frozenset({Cause.LANGUAGE, Cause.DUPLICATE, Cause.FORMAT})
"""Causes for which setting aside is what was asked for; every other one is something that could not be done."""

_MOST_NAMED = 50


@dataclass(slots=True)
class Tally:
    """What a run has met so far."""

    read: int = 0
    known: int = 0
    undated: int = 0
    words: int = 0
    reports: Counter[Kind] = field(default_factory=Counter)
    aside: list[tuple[str, str]] = field(default_factory=list)
    failed: int = 0
    started: float = field(default_factory=perf_counter)

    def documents(self, found: Iterable[Document | SetAside]) -> Iterator[Document]:
        """The documents among what intake found; the rest is remembered with its reason."""
        for item in found:
            if isinstance(item, SetAside):
                self.aside.append((item.source, item.reason))
                self.failed += item.cause not in HARMLESS
            else:
                yield item

    def count(self, outcome: Reading | Failure) -> Reading | None:
        """Count what became of a document; its reading, unless it failed."""
        if isinstance(outcome, Failure):
            source = outcome.document.source or outcome.document.id
            self.aside.append((source, f"{source} could not be read: {outcome.reason}"))
            self.failed += 1
            return None
        self.read += 1
        self.words += len(outcome.document.text.split())
        self.undated += outcome.document.published is None
        self.reports.update(report.kind for report in outcome.reports)
        return outcome

    @property
    def is_incomplete(self) -> bool:
        """Whether something could not be read, or there was nothing to read."""
        return bool(self.failed) or self.read + self.known == 0

    def summary(self, case: Path | None) -> Iterator[str]:
        """What was read and found, what was known, what was set aside and why."""
        known = f"; {_number(self.known, 'document')} in the case already" if self.known else ""
        took = perf_counter() - self.started
        yield f"Read {_number(self.read, 'document')}, {_number(self.words, 'word')}, in {took:,.1f} s{known}."
        if self.read:
            kinds = ", ".join(_number(n, kind) for kind in Kind if (n := self.reports[kind]))
            where = f" in {case}" if case else ""
            yield f"Found {_number(self.reports.total(), 'report')}{where}{': ' if kinds else ''}{kinds}."
        if self.undated:
            yield f"{_number(self.undated, 'document')} without a date of publication; --published gives one."
        if self.aside:
            yield f"Set aside {len(self.aside):,}:"
            yield from (f"  {reason}" for _, reason in self.aside[:_MOST_NAMED])
            if len(self.aside) > _MOST_NAMED:
                yield f"  … and {len(self.aside) - _MOST_NAMED:,} more"


def read_to_output(
    documents: Iterator[Document], tally: Tally, packs: Sequence[str] | None, workers: int | None
) -> None:
    """Write each document's rows to standard output as soon as it is read."""
    documents, chosen = _choose_packs(documents, packs)
    with progress() as advance:
        for outcome in read_documents(documents, chosen, workers=workers):
            reading = tally.count(outcome)
            if reading is not None:
                write_bytes(to_bytes(reading))
            advance(tally.read, tally.reports.total(), tally.words)


def read_into_case(
    documents: Iterator[Document], tally: Tally, path: Path, packs: Sequence[str] | None, workers: int | None
) -> None:
    """Read into the case at the path, which is made when it is not there and there is something to read."""
    if path.exists():
        with open_case(path, write=True) as case:
            _refuse_other_packs(case, packs)
            _run(case, documents, tally, workers)
        return
    documents, chosen = _choose_packs(documents, packs)
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


def _choose_packs(
    documents: Iterator[Document], packs: Sequence[str] | None
) -> tuple[Iterator[Document], tuple[str, ...]]:
    """The packs to read with: those given, else those whose names the first texts are full of."""
    if packs:
        return documents, load_pack(packs).names
    sample: list[Document] = []
    size = 0
    for document in documents:
        sample.append(document)
        size += len(document.text)
        if size >= SAMPLE_CHARACTERS:
            break
    return chain(sample, documents), load_pack(pick_packs(d.text for d in sample)).names


def _run(case: Case, documents: Iterator[Document], tally: Tally, workers: int | None) -> None:
    """Read what the case does not hold yet; each document is committed by itself, so that a killed run loses one."""
    from dragoman.reading import READER

    case.start_run(reader=READER)
    noted = 0
    try:
        with progress() as advance:
            unread = _unread(case, documents, tally, READER)
            for outcome in read_documents(unread, case.packs, workers=workers):
                reading = tally.count(outcome)
                if reading is not None and case.add(reading).outcome is Outcome.KNOWN:
                    tally.known += 1  # another run has read it meanwhile
                noted = _note(case, tally, noted)
                advance(tally.read, tally.reports.total(), tally.words)
    except KeyboardInterrupt:
        say("What was read before is kept; the same command goes on from there.")
        raise
    finally:
        _note(case, tally, noted)
        case.finish_run(seconds={"all": perf_counter() - tally.started})


def _unread(case: Case, documents: Iterator[Document], tally: Tally, reader: str) -> Iterator[Document]:
    for document in documents:
        if case.has(document.digest, reader):
            tally.known += 1
            case.note_source(document)
        else:
            yield document


def _note(case: Case, tally: Tally, noted: int) -> int:
    """Write what was newly set aside into the case."""
    for source, reason in tally.aside[noted:]:
        case.set_aside(source, reason)
    return len(tally.aside)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
