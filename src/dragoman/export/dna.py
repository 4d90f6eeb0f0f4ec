"""Statements as DNA lists them, the Discourse Network Analyzer of P. Leifeld: a table parted by semicolons.

First come the columns of DNA's export and of rDNA's event list, then ours: ``text``, ``stance``, ``about``, ``teller``
(the independent source), ``published`` and ``report``. What the case does not know stays empty: a document has
no section or type, and no ``time`` where its date is not known to the day. A person is the ``person``, any other holder
the ``organization``. DNA's agreement is 1 or 0: a mixed stance is a statement of each, as one codes it in DNA.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator

from dragoman.case import Case, Positions, Scope, Statement
from dragoman.case.text import mend
from dragoman.export.csv import guarded
from dragoman.export.target import Target, writing
from dragoman.record import ActorKind, Stance
from dragoman.record.words import plural

COLUMNS = (
    *("ID", "time", "docId", "docTitle", "docAuthor", "docSource", "docSection", "docType"),
    *("person", "organization", "concept", "agreement"),
    *("text", "stance", "about", "teller", "published", "report"),
)
"""The head of the table."""

_AGREEMENT = {Stance.SUPPORT: (1,), Stance.OPPOSE: (0,), Stance.MIXED: (1, 0)}


def export_dna(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write all positions told as held, one row for each holder, by document; ``since`` … by when it was published."""
    scope = Scope(since=since, until=until, as_of=as_of)
    with writing(target) as stream:
        rows = csv.DictWriter(codecs.getwriter("utf-8")(stream), COLUMNS, delimiter=";", restval="")
        rows.writeheader()
        for number, row in enumerate(_rows(case, scope), 1):
            rows.writerow({name: guarded(mend(value)) for name, value in row.items()} | {"ID": number})
    return left_out(case.positions_held(scope, most=1), by_issue=False)


def left_out(found: Positions, *, by_issue: bool) -> tuple[str, ...]:
    """What is not written of a case's positions, in words; those on no issue only where they go ``by_issue``."""
    reasons = (
        (found.unheld, "told as not held, or not yet"),
        (found.undated, "in documents with no date"),
        (found.on_no_issue if by_issue else 0, "on none of the issues"),
    )
    counts = ((plural(number, "statement"), why) for number, why in reasons if number)
    return tuple(f"Left out: {count} {why}." for count, why in counts)


def _rows(case: Case, scope: Scope) -> Iterator[dict[str, str]]:
    for statement in case.statements(scope):
        for agreement in _AGREEMENT[statement.stance]:
            yield {name: value or "" for name, value in _row(statement).items()} | {"agreement": str(agreement)}


def _row(statement: Statement) -> dict[str, str | None]:
    published = statement.published or ""
    who = "person" if statement.kind is ActorKind.PERSON else "organization"
    return {
        "time": f"{published} 00:00:00" if len(published) == len("2024-05-03") else None,
        "docId": statement.document,
        "docTitle": statement.title,
        "docAuthor": statement.author,
        "docSource": statement.outlet,
        who: statement.holder.name,
        "concept": statement.concept.name,
        "text": statement.text,
        "stance": str(statement.stance),
        "about": statement.about,
        "teller": statement.teller,
        "published": statement.published,
        "report": statement.report,
    }
