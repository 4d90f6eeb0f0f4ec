"""Documents: the list of them, and one as it is read, with its reports marked in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.case import Case, StoredDocument, StoredReport, Story
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.desk.reports import outlet_called, place_in_coming
from dragoman.record import Document, Kind, Span

LANES = 4
"""Lines under a text that the eye can keep apart; what lies deeper is marked at its beginning alone."""


@dataclass(frozen=True, slots=True)
class Documents:
    """One page of documents, of ``all`` that meet what is asked, of so many independent ``sources``; ``more`` says
    that there is a next one."""

    documents: tuple[StoredDocument, ...]
    all: int
    sources: int
    number: int
    more: bool
    stories: tuple[str, ...] = tuple(Story)


@dataclass(frozen=True, slots=True)
class Mark:
    """Reports that are told alike by the same words: one line under the text. ``reports`` are numbers in the list of
    the page, ``lane`` is how far below the text the line is drawn, if it is."""

    start: int
    end: int
    kind: str
    standing: str
    lane: int
    reports: tuple[int, ...]
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the ``marks`` (by number) that run through it and the reports that ``begin`` with it."""

    start: int
    text: str
    marks: tuple[int, ...]
    begin: tuple[int, ...]
    is_furniture: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Article:
    """A document as read: its paragraphs in pieces, and its reports in the order of the text."""

    document: StoredDocument
    paragraphs: tuple[tuple[Piece, ...], ...]
    marks: tuple[Mark, ...]
    reports: tuple[StoredReport, ...]
    rejected: tuple[StoredReport, ...]
    kinds: dict[str, int]
    voices: tuple[tuple[str, int], ...]


def documents(
    case: Case,
    *,
    outlet: str = "",
    story: str = "",
    first: str = "",
    spelt: str = "",
    by: str = "",
    actor: str = "",
    called: str = "",
    undated: bool = False,
    as_of: str = "",
    came_after: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Documents:
    """Documents that meet every condition given, the latest first, those without a date last.

    ``by``: their author; ``story``: what they are to their ``outlet``; ``first``: the outlet whose stories its copies
    are; ``spelt``: how they spell their outlet; ``called``: a name by which they call the ``actor``.
    """
    page, limit = max(page, 1), max(limit, 1)
    found = case.documents_behind(
        outlet=outlet_called(outlet),
        story=story or None,
        first=outlet_called(first),
        spelt=spelt or None,
        author=by or None,
        actor=actor or None,
        called=called or None,
        undated=undated,
        as_of=as_of or None,
        came_after=place_in_coming(came_after),
        skip=(page - 1) * limit,
        limit=limit,
    )
    return Documents(found.documents, found.number, found.sources, page, found.number > page * limit)


def document(case: Case, id: str, *, at: str = "") -> Article:
    """The document with this id, its reports marked in the text; ``at`` is a place in it that is pointed out."""
    listed, whole = case.stored_document(id), case.document(id)
    told = sorted(case.reports(document=id), key=lambda s: (s.report.evidence.start, -s.report.evidence.end))
    marks = find_marks(told)
    voices = Counter(s.report.voice[-1] for s in told if s.report.voice)
    return Article(
        document=listed,
        paragraphs=cut(whole, told, marks, int(at) if at.isdecimal() else -1),
        marks=marks,
        reports=tuple(told),
        rejected=tuple(case.reports(document=id, rejected=True)),
        kinds={str(kind): n for kind in Kind if (n := sum(s.report.kind is kind for s in told))},
        voices=tuple(voices.most_common()),
    )


def find_marks(told: Sequence[StoredReport]) -> tuple[Mark, ...]:
    """The lines to draw under a text, in its order, each in the first lane that is free where it runs."""
    alike: dict[tuple[int, int, str, str], list[int]] = {}
    for number, stored in enumerate(told):
        report = stored.report
        key = (report.evidence.start, report.evidence.end, str(report.kind), str(report.standing))
        alike.setdefault(key, []).append(number)
    ends: list[int] = []
    marks = []
    for (start, end, kind, standing), numbers in alike.items():
        lane = next((lane for lane, last in enumerate(ends) if last <= start), len(ends))
        ends[lane : lane + 1] = [end]
        marks.append(Mark(start, end, kind, standing, lane, tuple(numbers), lane < LANES))
    return tuple(marks)


def cut(whole: Document, told: Sequence[StoredReport], marks: Sequence[Mark], at: int) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs of a text, cut wherever a mark or furniture begins or ends."""
    cuts = {end for mark in marks for end in (mark.start, mark.end)}
    cuts |= {end for span in whole.furniture for end in (span.start, span.end)}
    cuts |= {at} if 0 <= at < len(whole.text) else set()
    waiting = [(stored.report.evidence.start, number) for number, stored in enumerate(told)]
    waiting.reverse()
    paragraphs = []
    for paragraph in _paragraphs(whole.text):
        inner = sorted({paragraph.start, paragraph.end, *(c for c in cuts if paragraph.start < c < paragraph.end)})
        pieces = []
        for start, end in pairwise(inner):
            through = [n for n, mark in enumerate(marks) if mark.start < end and mark.end > start]
            pieces.append(
                Piece(
                    start=start,
                    text=whole.text[start:end],
                    marks=tuple(sorted(through, key=lambda n: marks[n].lane)),
                    begin=tuple(_until(end, waiting)),
                    is_furniture=any(span.start < end and span.end > start for span in whole.furniture),
                    is_here=start <= at < end,
                )
            )
        paragraphs.append(tuple(pieces))
    return tuple(paragraphs)


def _until(end: int, waiting: list[tuple[int, int]]) -> Iterator[int]:
    """The reports that begin before a place, taken off the end of those that wait to be shown."""
    while waiting and waiting[-1][0] < end:
        yield waiting.pop()[1]


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line)


def document_rows(found: Documents) -> Iterator[Row]:
    """The documents as flat rows."""
    for one in found.documents:
        yield {
            "document": one.id,
            "published": one.published or "",
            "outlet": one.outlet or "",
            "title": one.title or "",
            "reports": one.reports,
            "copy of": one.copy_of or "",
        }


PAGES = (
    Page("/documents", "documents.html", documents, menu="Documents", rows=document_rows),
    Page("/documents/{id:path}", "document.html", document),
)
