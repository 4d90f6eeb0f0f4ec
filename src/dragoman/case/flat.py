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


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its values, and the kinds of report that have it."""

    name: str
    type: type
    kinds: frozenset[Kind]


def _columns(type: type, *names: str, kinds: tuple[Kind, ...] = tuple(Kind)) -> tuple[Column, ...]:
    return tuple(Column(name, type, frozenset(kinds)) for name in names)


COLUMNS: tuple[Column, ...] = (
    *_columns(str, "document", "kind", "id", "document_title", "outlet", "published", "standing"),
    *_columns(list, "voice"),
    *_columns(str, "type", kinds=(Kind.EVENT,)),
    *_columns(list, "source", "target", *(f"others_{role}" for role in Role), kinds=(Kind.EVENT,)),
    *_columns(str, "date_from", "date_to", kinds=(Kind.EVENT, Kind.STEP)),
    *_columns(str, "place", kinds=(Kind.EVENT,)),
    *_columns(int, "killed", "injured", kinds=(Kind.EVENT,)),
    *_columns(list, "holder", kinds=(Kind.POSITION,)),
    *_columns(str, "stance", "about", "issue", kinds=(Kind.POSITION,)),
    *_columns(list, "by", kinds=(Kind.STEP, Kind.COMMITMENT, Kind.FORECAST)),
    *_columns(list, "toward", kinds=(Kind.STEP,)),
    *_columns(str, "rung", "direction", kinds=(Kind.STEP,)),
    *_columns(list, "to", kinds=(Kind.COMMITMENT,)),
    *_columns(str, "instrument", kinds=(Kind.COMMITMENT,)),
    *_columns(str, "what", kinds=(Kind.COMMITMENT, Kind.FORECAST)),
    *_columns(str, "status", kinds=(Kind.COMMITMENT,)),
    *_columns(str, "likelihood", "horizon_from", "horizon_to", kinds=(Kind.FORECAST,)),
    *_columns(str, "subject", "predicate", "object", "title", kinds=(Kind.RELATION,)),
    *_columns(bool, "former", kinds=(Kind.RELATION,)),
    *_columns(str, "since", "until", kinds=(Kind.RELATION,)),
    *_columns(int, "start", "end"),
    *_columns(str, "text"),
    *_columns(float, "confidence"),
    *_columns(str, "frame"),
    *_columns(list, "why"),
    *_columns(str, "reader"),
)
"""Every column, in order. ``start``, ``end`` and ``text`` are the evidence."""


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
