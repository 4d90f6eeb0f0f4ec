"""The work of ``read``, as far as no case is needed: intake and reading put together, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import perf_counter

from dragoman.cli.output import write_bytes
from dragoman.cli.progress import progress
from dragoman.intake import Cause, SetAside
from dragoman.knowledge import load_pack, pick_packs
from dragoman.pipeline import Failure, read_documents
from dragoman.record import Document, Kind, Reading
from dragoman.record.words import plural

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
                self.set_aside(item)
            else:
                yield item

    def set_aside(self, item: SetAside) -> None:
        """Remember what is not read, and why."""
        self.aside.append((item.source, item.reason))
        self.failed += item.cause not in HARMLESS

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
        known = f"; {plural(self.known, 'document')} in the case already" if self.known else ""
        took = perf_counter() - self.started
        yield f"Read {plural(self.read, 'document')}, {plural(self.words, 'word')}, in {took:,.1f} s{known}."
        if self.read:
            kinds = ", ".join(plural(n, kind) for kind in Kind if (n := self.reports[kind]))
            where = f" in {case}" if case else ""
            yield f"Found {plural(self.reports.total(), 'report')}{where}{': ' if kinds else ''}{kinds}."
        if self.undated:
            yield f"{plural(self.undated, 'document')} without a date of publication; --published gives one."
        yield from self.reasons()

    def reasons(self) -> Iterator[str]:
        """What was set aside, and why."""
        if self.aside:
            yield f"Set aside {len(self.aside):,}:"
            yield from (f"  {reason}" for _, reason in self.aside[:_MOST_NAMED])
            if len(self.aside) > _MOST_NAMED:
                yield f"  … and {len(self.aside) - _MOST_NAMED:,} more"


def read_to_output(
    documents: Iterator[Document], tally: Tally, packs: Sequence[str] | None, workers: int | None
) -> None:
    """Write each document's rows to standard output as soon as it is read."""
    documents, chosen = choose_packs(documents, packs)
    with closing(read_documents(documents, chosen, workers=workers)) as outcomes, progress() as advance:
        for outcome in outcomes:
            reading = tally.count(outcome)
            if reading is not None:
                write_bytes(reading.to_jsonl().encode("utf-8", "replace"))
            advance(tally.read, tally.reports.total(), tally.words)


def choose_packs(
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
