"""The work of ``import``: each document that was coded is committed by itself, in the place of what was read there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from dragoman.case import Case, Outcome, open_case
from dragoman.cli.casework import note_aside, uninterrupted
from dragoman.cli.job import Tally
from dragoman.cli.output import say
from dragoman.cli.progress import progress
from dragoman.errors import UsageError
from dragoman.intake import Cause, SetAside, iter_documents
from dragoman.intake.codings import Coding, coder_of, load_codings, with_coding
from dragoman.pipeline import Failure, read_documents
from dragoman.record import Document, Kind, Reading
from dragoman.record.words import plural


@dataclass(slots=True)
class _Import:
    """One run: the codings by document, whose they are, and what became of them so far."""

    case: Case
    codings: Mapping[str, Coding]
    by: str
    tally: Tally
    met: set[str] = field(default_factory=set)
    uncoded: int = 0
    replaced: int = 0

    def run(self, texts: list[str]) -> None:
        """Take in the codings of these texts, then of what the case holds; each document is committed by itself."""
        with closing(read_documents(self._coded(texts), self.case.packs)) as outcomes, progress() as advance:
            for outcome in outcomes:
                if isinstance(outcome, Failure):
                    self.tally.count(outcome)
                else:
                    self._add(outcome, self.codings[outcome.document.id])
                advance(self.tally.read, self.tally.reports.total(), self.tally.words)
        for id, coding in self.codings.items():
            if id not in self.met:
                self._add_to_kept(coding)

    def _coded(self, texts: list[str]) -> Iterator[Document]:
        """The documents among the texts that are coded and not taken in yet."""
        for document in self.tally.documents(iter_documents(texts)):
            coding = self.codings.get(document.id)
            if coding is None:
                self.uncoded += 1
                continue
            self.met.add(document.id)
            with uninterrupted():
                wanted = self._is_wanted(document.digest, coding)
            if wanted:
                yield document

    def _add_to_kept(self, coding: Coding) -> None:
        """Take in a coding of a document that the case holds."""
        with uninterrupted():
            try:
                base = self.case.reading(coding.document)
            except UsageError:
                where = coding.lines[0].where
                reason = (
                    f"{coding.document}, coded from {where} on, is not taken: its text is neither in the case nor "
                    "among the texts; give its file with --text"
                )
                self.tally.set_aside(SetAside(where, reason, Cause.MISSING))
                return
            wanted = self._is_wanted(base.document.digest, coding)
        if wanted:
            self._add(base, coding)

    def _is_wanted(self, digest: str, coding: Coding) -> bool:
        """Whether the case has this coding not yet, and none of somebody else, which would be lost."""
        there = self.case.read_by(digest)
        if there == coding.reader(self.by):
            self.tally.known += 1
            return False
        other = coder_of(there) if there is not None else None
        if other is not None and other != coder_of(coding.reader(self.by)):
            reason = (
                f"{coding.document} is not taken: it has the reports of {other} in this case, and can have those of "
                f"one coder; make another case for those of {self.by}, and `dragoman agreement` compares the two"
            )
            self.tally.set_aside(SetAside(coding.lines[0].where, reason, Cause.BAD_RECORD))
            return False
        return True

    def _add(self, base: Reading, coding: Coding) -> None:
        reading, aside = with_coding(base, coding, self.by)
        for item in aside:
            self.tally.set_aside(item)
        with uninterrupted():
            added = self.case.add(reading, reader=coding.reader(self.by))
        self.tally.count(reading)
        self.replaced += added.outcome is Outcome.REREAD

    def summary(self) -> Iterator[str]:
        """What was taken in, what was known, what it takes the place of, what was set aside and why."""
        tally = self.tally
        kinds = ", ".join(plural(n, kind) for kind in Kind if (n := tally.reports[kind]))
        taken = f"{plural(tally.reports.total(), 'report')} of {plural(tally.read, 'document')}"
        known = f"; {plural(tally.known, 'document')} coded so in the case already" if tally.known else ""
        yield f"Took in {taken} by {self.by}{': ' if kinds else ''}{kinds}{known}."
        if self.replaced:
            yield f"In {plural(self.replaced, 'document')} they take the place of what was read before."
        if self.uncoded:
            yield f"{plural(self.uncoded, 'text')} without a coding."
        yield from tally.reasons()


def take_in(path: Path, codings: list[str], by: str, texts: list[str]) -> Tally:
    """Take codings into the case at the path and say what became of them."""
    tally = Tally()
    with open_case(path, write=True) as case:
        found, aside = load_codings(codings)
        for item in aside:
            tally.set_aside(item)
        case.start_run(reader=f"codings by {by}")
        work = _Import(case, found, by, tally)
        try:
            work.run(texts)
        except KeyboardInterrupt:
            say("What was taken in before is kept; the same command goes on from there.")
            raise
        finally:
            with uninterrupted():
                note_aside(case, tally, 0)
                case.finish_run(seconds={"all": perf_counter() - tally.started})
    for sentence in work.summary():
        say(sentence)
    return tally
