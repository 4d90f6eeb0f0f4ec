"""Adding a report by hand: first its words and its kind, then the fields of that kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.case import Case, StoredDocument
from dragoman.case.typed import read_row
from dragoman.desk import pages
from dragoman.desk.fields import Field, fields_of
from dragoman.desk.pages import Form, Page
from dragoman.desk.words import in_path
from dragoman.errors import RecordError
from dragoman.record import Action, Decision, Evidence, Kind, Span

REACH = 300
"""Characters around the words that are shown and looked at for where to move."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Move:
    """A step by which the chosen words become more or fewer at one end; ``evidence`` is what they are then."""

    end: str
    way: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A report that is being added: ``evidence`` is found where the words stand in the text, else ``problem`` says why
    they do not do. ``before`` and ``after`` are what stands around it in its paragraph."""

    document: StoredDocument
    kind: str
    words: str
    evidence: Evidence | None
    problem: str
    fields: tuple[Field, ...]
    before: str = ""
    after: str = ""
    moves: tuple[Move, ...] = ()
    kinds: tuple[str, ...] = tuple(Kind)


def adding(case: Case, id: str, *, kind: str = "", evidence: str = "") -> Addition:
    """What a form to add a report to this document shows; ``evidence`` is its words, or ``start-end``."""
    document = case.stored_document(id)
    found, problem = None, ""
    if evidence.strip():
        try:
            found = case.locate(id, evidence)
        except RecordError as error:
            problem = str(error)
    known = kind if kind in list(Kind) else ""
    fields = fields_of(case, Kind(known), {"standing": "actual"}) if found and known else ()
    if found is None:
        return Addition(document, known, evidence, found, problem, fields)
    text = case.document(id).text
    first = max(text.rfind("\n", 0, found.start) + 1, found.start - REACH)
    last = text.find("\n", found.end, found.end + REACH)
    last = min(found.end + REACH, len(text)) if last < 0 else last
    return Addition(
        document,
        known,
        found.text,
        found,
        problem,
        fields,
        before=text[first : found.start],
        after=text[found.end : last],
        moves=tuple(moves(text, first, last, found.start, found.end)),
    )


def moves(text: str, first: int, last: int, start: int, end: int) -> Iterator[Move]:
    """The steps by which a stretch of a text can be moved within bounds: a word at a time, punctuation by itself."""
    starts = {cut.start for cut in _cuts(text, first, min(start + REACH, last))}
    ends = {cut.end for cut in _cuts(text, max(end - REACH, first), last)}
    if earlier := [at for at in starts if at < start]:
        yield Move("start", "earlier", f"{max(earlier)}-{end}")
    if later := [at for at in starts if start < at < end]:
        yield Move("start", "later", f"{min(later)}-{end}")
    if earlier := [at for at in ends if start < at < end]:
        yield Move("end", "earlier", f"{start}-{max(earlier)}")
    if later := [at for at in ends if at > end]:
        yield Move("end", "later", f"{start}-{min(later)}")


def _cuts(text: str, first: int, last: int) -> Iterator[Span]:
    """The words of a text, each with the punctuation around it and without."""
    for word in _WORD.finditer(text, first, last):
        yield Span(*word.span())
        bare = [at for at in range(*word.span()) if not unicodedata.category(text[at]).startswith("P")]
        if bare:
            yield Span(bare[0], bare[-1] + 1)


def add(case: Case, form: Form, author: str, id: str) -> str:
    """Add the report that the form gives."""
    row = read_row(case, id, {name: text for name, text in form.items() if text.strip() and name != "reason"})
    subject = case.about_addition(row, author)
    done = case.decide(Decision(author, Action.ADD, subject, dict(subject["row"]), form.get("reason", "")))
    return f"/documents/{in_path(id)}#r{done.reports[0]}"


PAGES = (Page("/adding/{id:path}", "adding.html", adding),)
ACTIONS = (pages.Action("/adding/{id:path}", add),)
