"""Reports as flat rows, for tables: one row a report, one column a field, the same in every table that we write.

Names are lists; a date is two columns; an event's ``others`` are a column for each role (``others_host``). ``title`` is
the office of a relation, so the document's own is ``document_title``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dragoman.case.results import StoredReport
from dragoman.record import Kind, Role

Value = str | int | float | bool | list[str] | None


VERSION = "1"
"""The version of the columns: it grows when one is renamed, removed or means something else; new ones leave it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its values, the kinds of report that have it, and what it says."""

    name: str
    type: type
    kinds: frozenset[Kind]
    about: str


def _column(type: type, name: str, about: str, *kinds: Kind) -> Column:
    return Column(name, type, frozenset(kinds or Kind), about)


_ROLES = {
    Role.HOST: "who hosts it",
    Role.ORGANIZER: "who organises it",
    Role.INVITED: "who is invited",
    Role.ABSENT: "who stays away",
    Role.MEDIATOR: "who mediates",
    Role.VICTIM: "who or what is hit",
    Role.INSTRUMENT: "with what it is done",
}

COLUMNS: tuple[Column, ...] = (
    _column(str, "document", "id of the document: the file's name without its last suffix, or the collection's id"),
    _column(str, "kind", "kind of report"),
    _column(str, "id", "id of the report, the same wherever it is written; a corrected report keeps it"),
    _column(str, "document_title", "title of the document"),
    _column(str, "outlet", "who published the document"),
    _column(str, "published", "when the document was published, an ISO prefix"),
    _column(str, "standing", "how it is asserted"),
    _column(list, "voice", "who says so, outermost first; empty for the document in its own name"),
    _column(str, "type", "PLOVER event type", Kind.EVENT),
    _column(list, "source", "who acts", Kind.EVENT),
    _column(list, "target", "at whom it is aimed", Kind.EVENT),
    *(_column(list, f"others_{role}", _ROLES[role], Kind.EVENT) for role in Role),
    _column(str, "date_from", "when it was, is or will be: the first day, month or year told", Kind.EVENT, Kind.STEP),
    _column(str, "date_to", "the last day, month or year told; empty where it is open", Kind.EVENT, Kind.STEP),
    _column(str, "place", "the narrowest named place", Kind.EVENT),
    _column(int, "killed", "number of people told killed", Kind.EVENT),
    _column(int, "injured", "number of people told injured", Kind.EVENT),
    _column(list, "holder", "who takes the position", Kind.POSITION),
    _column(str, "stance", "for or against; with an issue, the answer to its question", Kind.POSITION),
    _column(str, "about", "what it is about, in a few words", Kind.POSITION),
    _column(str, "issue", "id of the pack's issue", Kind.POSITION),
    _column(list, "by", "who moves, undertakes or forecasts", Kind.STEP, Kind.COMMITMENT, Kind.FORECAST),
    _column(list, "toward", "the authority that the step goes toward", Kind.STEP),
    _column(str, "rung", "id of the pack's rung", Kind.STEP),
    _column(str, "direction", "up toward recognition, or down", Kind.STEP),
    _column(list, "to", "to whom it is undertaken", Kind.COMMITMENT),
    _column(str, "instrument", "the agreement that holds it", Kind.COMMITMENT),
    _column(str, "what", "the outcome or undertaking, in a few words", Kind.COMMITMENT, Kind.FORECAST),
    _column(str, "status", "what is told of the undertaking", Kind.COMMITMENT),
    _column(str, "likelihood", "how surely the forecast is put", Kind.FORECAST),
    _column(str, "horizon_from", "from when on, an ISO prefix", Kind.FORECAST),
    _column(str, "horizon_to", "until when, an ISO prefix", Kind.FORECAST),
    _column(str, "subject", "who stands in the relation", Kind.RELATION),
    _column(str, "predicate", "which relation", Kind.RELATION),
    _column(str, "object", "to whom or what", Kind.RELATION),
    _column(str, "title", "the office's name", Kind.RELATION),
    _column(bool, "former", "true for *ex-* and *former*", Kind.RELATION),
    _column(str, "since", "since when, an ISO prefix, when told", Kind.RELATION),
    _column(str, "until", "until when, an ISO prefix, when told", Kind.RELATION),
    _column(int, "start", "where the evidence begins, in code points of the document's text"),
    _column(int, "end", "where it ends, exclusive"),
    _column(str, "text", "the evidence: exactly that slice of the text"),
    _column(float, "confidence", "calibrated probability that a careful coder would code the same, 0 to 1"),
    _column(str, "frame", "the frame that proposed it"),
    _column(list, "why", "how it was read: the word that tells it, what set standing and voice, how roles were cast"),
    _column(str, "reader", "version of the reader, or `by hand:` and who added it"),
)
"""Every column, in order: the data dictionary of all tables. ``start``, ``end`` and ``text`` are the evidence."""


def columns_of(kind: Kind | None) -> tuple[Column, ...]:
    """The columns of one kind's table, or of the table of all."""
    return tuple(column for column in COLUMNS if kind is None or kind in column.kinds)


def flatten(stored: StoredReport) -> Mapping[str, Value]:
    """The values of a report by column; columns of other kinds are left out, fields without a value are ``None``."""
    row = stored.report.to_dict()
    for name in ("date", "horizon"):
        date = row.pop(name, None) or {}
        row |= {f"{name}_from": date.get("from"), f"{name}_to": date.get("to")}
    row |= {f"others_{role}": names for role, names in row.pop("others", {}).items()} | row.pop("evidence")
    facts = {"document_title": stored.title, "outlet": stored.outlet, "published": stored.published}
    row |= facts | {"id": stored.id, "confidence": stored.report.confidence}
    empty: dict[type, Value] = {list: []}
    return MappingProxyType({c.name: row.get(c.name, empty.get(c.type)) for c in columns_of(stored.report.kind)})
