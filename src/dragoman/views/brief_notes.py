"""Footnotes: each sentence that a brief rests on, once, in the order in which it is first cited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.case import StoredReport
from dragoman.record import Forecast, Standing, State
from dragoman.views.brief_data import Note, Quote
from dragoman.views.wording import QUALIFIERS

MOST_QUOTED = 600
"""Characters of a sentence that are printed; the whole is in the case."""
MOST_NAMED = 200
"""Characters of a name, title or phrase that are printed."""
MOST_NOTES = 3
"""Footnotes of a sentence, unless it takes more to bear out all that it says."""
_DECIDED = {State.CORRECTED: "corrected by a person", State.ADDED: "added by a person"}


def shorten(text: str, most: int = MOST_NAMED) -> str:
    """On one line, and no longer than that."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rstrip()}…"


def according_to(voice: Sequence[str]) -> str:
    """A voice in words, *according to A, as told by B*; empty for what a document tells in its own name."""
    if not voice:
        return ""
    last, *rest = (shorten(name) for name in reversed(voice))
    return f"according to {last}" + (f", as told by {', by '.join(rest)}" if rest else "")


@dataclass(slots=True)
class Notes:
    """The footnotes so far."""

    _kept: dict[tuple[str, int, int, tuple[str, ...], str], int] = field(default_factory=dict)
    _notes: list[Note] = field(default_factory=list)
    _reports: list[dict[str, None]] = field(default_factory=list)
    _lines: list[dict[str, None]] = field(default_factory=list)

    def cite(self, stored: StoredReport, line: str) -> int:
        """The number of the footnote for a report, which a line cites."""
        report, evidence = stored.report, stored.report.evidence
        told = _told(stored)
        key = (report.document, evidence.start, evidence.end, report.voice, told)
        if key not in self._kept:
            self._kept[key] = len(self._notes) + 1
            self._reports.append({})
            self._lines.append({})
            self._notes.append(
                Note(
                    number=len(self._notes) + 1,
                    quote=shorten(evidence.text, MOST_QUOTED),
                    voice=according_to(report.voice) or "in its own name",
                    told=told,
                    document=shorten(stored.title or report.document),
                    outlet=shorten(stored.outlet or ""),
                    published=stored.published or "undated",
                    reports=(),
                    lines=(),
                )
            )
        number = self._kept[key]
        self._reports[number - 1][stored.id] = None
        self._lines[number - 1][line] = None
        return number

    def cite_all(self, reports: Iterable[StoredReport], line: str) -> tuple[int, ...]:
        """The numbers of the footnotes for some reports, each once, in order."""
        return tuple(sorted({self.cite(stored, line) for stored in reports}))

    def quote(self, stored: StoredReport, line: str) -> Quote:
        """A sentence that is printed in place."""
        number = self.cite(stored, line)
        note = self._notes[number - 1]
        source = ", ".join(part for part in (note.outlet or note.document, note.published) if part)
        voice = "; ".join(part for part in (according_to(stored.report.voice), note.told) if part)
        return Quote(note.quote, voice, source, number)

    def all(self) -> tuple[Note, ...]:
        """The notes, whole."""
        cited = zip(self._notes, self._reports, self._lines, strict=True)
        return tuple(replace(note, reports=tuple(reports), lines=tuple(lines)) for note, reports, lines in cited)


def _told(stored: StoredReport) -> str:
    standing = stored.report.standing
    foretold = isinstance(stored.report, Forecast) and standing is Standing.POSSIBLE  # the line gives its likelihood
    parts = ("" if foretold else QUALIFIERS[standing], _DECIDED.get(stored.state, ""))
    return "; ".join(part for part in parts if part)


def choose(
    reports: Sequence[StoredReport],
    bearing: Iterable[Collection[str]] = (),
    tellers: Mapping[str, str] | None = None,
) -> list[StoredReport]:
    """The reports that a sentence cites: for each thing that it says (``bearing``: the ids of the reports that say it)
    at least one, and of different sources; ``tellers`` has the source of a report where it is not its document."""
    chosen: list[StoredReport] = []
    for needed in bearing:
        if not any(stored.id in needed for stored in chosen):
            chosen += [stored for stored in reports if stored.id in needed][:1]
    source = {stored.id: (tellers or {}).get(stored.id, stored.report.document) for stored in reports}
    met = {source[stored.id] for stored in chosen}
    for stored in reports:
        if len(chosen) < MOST_NOTES and source[stored.id] not in met:
            chosen.append(stored)
            met.add(source[stored.id])
    return chosen
