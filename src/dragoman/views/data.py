"""What a case and its views answer with, as the plain data that the commands print with ``--json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from functools import singledispatch
from typing import Any

from dragoman.case import (
    Conflict,
    Decided,
    Imported,
    OccurrenceInFull,
    ReportInContext,
    SourceInDetail,
    StoredReport,
    ToldOf,
)
from dragoman.record.occurrence import Occurrence


@singledispatch
def to_data(found: Any) -> Any:
    """What a case or a view answered with as dicts, lists, strings and numbers: what the command prints with --json.

    Reports have the exchange form, with their ids. An iterator is read to its end.
    """
    if is_dataclass(found) and not isinstance(found, type):
        return asdict(found)
    if isinstance(found, Mapping):
        return {key: to_data(value) for key, value in found.items()}
    if isinstance(found, Iterable) and not isinstance(found, str):
        return [to_data(one) for one in found]
    return found


@to_data.register
def _(found: StoredReport) -> dict[str, Any]:
    return found.report.to_dict() | {"id": found.id}


@to_data.register
def _(found: ReportInContext) -> dict[str, Any]:
    return found.report.to_dict() | {"id": found.id, "before": found.before, "after": found.after}


@to_data.register
def _(found: Occurrence) -> dict[str, Any]:
    """A list leaves out what only one by itself has."""
    whole = asdict(found) | {"date": found.date.to_dict() if found.date else None}
    return whole if found.reports else {k: v for k, v in whole.items() if k not in ("reports", "accounts")}


@to_data.register
def _(found: OccurrenceInFull) -> dict[str, Any]:
    whole: dict[str, Any] = to_data(found.occurrence)
    reports = {stored.id: to_data(stored) for stored in found.reports}
    return whole | {
        "reports": [told | {"report": reports[told["report"]]} for told in whole["reports"]],
        "disputes": to_data(found.disputes),
        "decisions": [one.decision.to_dict() for one in found.decisions],
    }


@to_data.register
def _(found: SourceInDetail) -> dict[str, Any]:
    return asdict(found) | {"alone": to_data(found.alone), "left_out": to_data(found.left_out)}


@to_data.register
def _(found: ToldOf) -> dict[str, Any]:
    return {
        "occurrence": found.occurrence,
        "documents": found.documents,
        "sources": found.sources,
        "first_report": to_data(found.report),
    }


@to_data.register
def _(found: Decided) -> dict[str, Any]:
    about = {"stands": found.stands, "tied": found.tied, "reports": list(found.reports)}
    return found.decision.to_dict() | about


@to_data.register
def _(found: Conflict) -> dict[str, Any]:
    about = {"document": found.document, "reports": list(found.reports), "text": found.text, "field": found.field}
    return about | {"decisions": [decision.to_dict() for decision in found.decisions]}


@to_data.register
def _(found: Imported) -> dict[str, Any]:
    conflicts = to_data(found.conflicts)
    return {"added": found.added, "known": found.known, "untied": found.untied, "conflicts": conflicts}
