"""Adding a report by hand: first its words and its kind, then the fields of that kind."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.case import Case, StoredDocument
from dragoman.case.typed import read_row
from dragoman.desk import pages
from dragoman.desk.fields import Field, fields_of
from dragoman.desk.pages import Form, Page
from dragoman.desk.words import in_path
from dragoman.errors import RecordError
from dragoman.record import Action, Decision, Evidence, Kind


@dataclass(frozen=True, slots=True)
class Addition:
    """A report that is being added: ``evidence`` is found where the words stand in the text, else ``problem`` says why
    they do not do."""

    document: StoredDocument
    kind: str
    words: str
    evidence: Evidence | None
    problem: str
    fields: tuple[Field, ...]
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
    return Addition(document, known, found.text if found else evidence, found, problem, fields)


def add(case: Case, form: Form, author: str, id: str) -> str:
    """Add the report that the form gives."""
    row = read_row(case, id, {name: text for name, text in form.items() if text.strip() and name != "reason"})
    subject = case.about_addition(row, author)
    done = case.decide(Decision(author, Action.ADD, subject, dict(subject["row"]), form.get("reason", "")))
    return f"/documents/{in_path(id)}#r{done.reports[0]}"


PAGES = (Page("/adding/{id:path}", "adding.html", adding),)
ACTIONS = (pages.Action("/adding/{id:path}", add),)
