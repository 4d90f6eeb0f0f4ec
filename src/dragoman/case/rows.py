"""A report as rows and back: common columns, the columns of its kind, and its participants.

The way leads through the exchange form, so the store keeps exactly what the codebook's format keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.case.text import mend
from dragoman.record import Kind, Report, report_from_dict
from dragoman.record.reports import id_of

VOICE = "voice"
ROLES: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("source", "target"),
    Kind.POSITION: ("holder",),
    Kind.STEP: ("by", "toward"),
    Kind.COMMITMENT: ("by", "to"),
    Kind.FORECAST: ("by",),
    Kind.RELATION: ("subject", "object"),
}
"""The fields of each kind that hold names; an event's ``others`` add theirs."""

FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("type", "place", "killed", "injured"),
    Kind.POSITION: ("stance", "about", "issue"),
    Kind.STEP: ("rung", "direction"),
    Kind.COMMITMENT: ("instrument", "what", "status"),
    Kind.FORECAST: ("what", "likelihood"),
    Kind.RELATION: ("predicate", "title", "former", "since", "until"),
}
"""The fields of each kind that are one plain value."""

_SINGLE = frozenset({"subject", "object"})
_NO_DATE: Mapping[str, None] = {"from": None, "to": None}


@dataclass(frozen=True, slots=True)
class Rows:
    """One report on its way in: its row of ``reports``, that of its kind, ``(role, position, name)`` of everybody."""

    common: dict[str, Any]
    detail: dict[str, Any]
    people: tuple[tuple[str, int, str], ...]


def take_apart(report: Report) -> Rows:
    """The rows that keep a report."""
    row = report.to_dict()
    date = row.get("date") or _NO_DATE
    common = {
        "id": id_of(row),
        "kind": row["kind"],
        "start": report.evidence.start,
        "end": report.evidence.end,
        "standing": row["standing"],
        "date_from": date["from"],
        "date_to": date["to"],
        "confidence": report.confidence,
        **{name: row[name] for name in ("frame", "why", "reader")},
    }
    detail = {name: row.get(name) for name in FIELDS[report.kind]}
    if report.kind is Kind.FORECAST:
        horizon = row["horizon"] or _NO_DATE
        detail |= {"horizon_from": horizon["from"], "horizon_to": horizon["to"]}
    return Rows(common, detail, tuple(_people(report.kind, row)))


def mended(report: Report) -> Report:
    """The report with lone surrogates mended in all but its evidence, so that its id is the one of what is kept."""
    row = _mended_value(report.to_dict())
    return replace(report_from_dict(row | {"evidence": report.evidence.to_dict()}), confidence=report.confidence)


def _mended_value(value: Any) -> Any:
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, list):
        return [_mended_value(one) for one in value]
    return {name: _mended_value(one) for name, one in value.items()} if isinstance(value, dict) else value


def _people(kind: Kind, row: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    for role, names in ({role: row[role] for role in (VOICE, *ROLES[kind])} | row.get("others", {})).items():
        for position, name in enumerate([names] if role in _SINGLE else names):
            yield role, position, name


def build(
    document: str, text: str, common: Mapping[str, Any], detail: Mapping[str, Any], people: Iterable[tuple[str, str]]
) -> Report:
    """The report that ``take_apart`` took apart; ``people`` as ``(role, name)``, in order."""
    kind = Kind(common["kind"])
    start, end = common["start"], common["end"]
    row: dict[str, Any] = {
        "document": document,
        "kind": kind,
        "evidence": {"start": start, "end": end, "text": text[start:end]},
        **{name: common[name] for name in ("standing", "frame", "confidence", "why", "reader")},
        **{name: detail[name] for name in FIELDS[kind]},
        "date": _date(common["date_from"], common["date_to"]),
    }
    roles: dict[str, list[str]] = {role: [] for role in (VOICE, *ROLES[kind])}
    others: dict[str, list[str]] = {}
    for role, name in people:
        (roles[role] if role in roles else others.setdefault(role, [])).append(name)
    row |= {role: names[0] if role in _SINGLE else names for role, names in roles.items()}
    if kind is Kind.EVENT:
        row["others"] = others
    if kind is Kind.FORECAST:
        row["horizon"] = _date(detail["horizon_from"], detail["horizon_to"])
    if kind is Kind.RELATION:
        row["former"] = bool(row["former"])
    return report_from_dict(row)


def _date(start: str | None, end: str | None) -> dict[str, str | None] | None:
    return {"from": start, "to": end} if start or end else None
