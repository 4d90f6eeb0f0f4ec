"""Fields of a report as a person gives them: checked against the codebook, put onto a report, read from what is typed.

``report_from_dict`` trusts a reader's types; what a person types, or a file of decisions holds, is checked here first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from dragoman.asked import nearest
from dragoman.errors import RecordError
from dragoman.record.evidence import DateRange, Evidence
from dragoman.record.reports import CLASSES, Report, report_from_dict
from dragoman.record.vocabulary import Kind, Role
from dragoman.record.words import a

_LARGEST = 2**63 - 1  # integer that a store takes
_NOT_CORRECTED = ("document", "frame", "confidence", "why", "reader")
OTHERS = "others."
"""``others.host`` and so on are fields of their own, so that two people can correct two roles."""


def field_names(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that a person can correct."""
    own = [spec.name for spec in fields(CLASSES[kind]) if spec.name not in _NOT_CORRECTED]
    return tuple(name for name in own if name != "others") + (
        tuple(f"{OTHERS}{role}" for role in Role) if "others" in own else ()
    )


def corrected(report: Report, values: Mapping[str, Any]) -> Report:
    """The report with these fields put right. Raises ``RecordError`` for a field or value that the kind does not have.

    ``None`` empties a field that may be empty.
    """
    row = report.to_dict() | {"confidence": report.confidence}
    known = field_names(report.kind)
    for name, value in spread(values).items():
        if name not in known:
            raise RecordError(_unknown(report.kind, name))
        _refuse_empty(report.kind, name, value)
        if name.startswith(OTHERS):
            others = dict(row.get("others", {}))
            others.pop(name.removeprefix(OTHERS), None)
            row["others"] = others | ({name.removeprefix(OTHERS): value} if value else {})
        else:
            row[name] = value
    return build(row)


def spread(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with ``others`` as one field for each role."""
    flat = dict(values)
    others = flat.pop("others", None)
    if isinstance(others, Mapping):
        flat |= {f"{OTHERS}{role}": names for role, names in others.items()}
    elif others is not None:
        raise RecordError("others is a map from a role to names")
    return flat


def build(row: Mapping[str, Any]) -> Report:
    """A report from an exchange row that a person made. Raises ``RecordError`` that names field and value."""
    return report_from_dict(checked(row))


def built_whole(row: Mapping[str, Any]) -> Report:
    """The same for a report that is added: nothing that its kind needs is missing, and nothing is misspelt."""
    kind = Kind(checked(row)["kind"])
    for name in set(spread(row)).difference(("kind", "document", "frame", "confidence", "why", "reader", "id")):
        if name not in field_names(kind):
            raise RecordError(_unknown(kind, name))
    for name in required(kind):
        _refuse_empty(kind, name, row.get(name))
    return build(row)


def required(kind: Kind) -> list[str]:
    """The fields that a report of this kind cannot be without."""
    return [f.name for f in fields(CLASSES[kind]) if f.default is MISSING and f.default_factory is MISSING]


def _refuse_empty(kind: Kind, name: str, value: Any) -> None:
    if name in required(kind) and value in (None, "", [], ()):
        raise RecordError(f"the {name} of {a(kind)} cannot be left empty")


def checked(row: Any) -> dict[str, Any]:
    """The row, if each value is of the type that its field has; values of closed vocabularies are checked later."""
    if not isinstance(row, Mapping):
        raise RecordError(f"a report is a map of fields to values, not {row!r}")
    if row.get("kind") not in list(Kind):
        raise RecordError(f"unknown kind {row.get('kind')!r}; kinds are {', '.join(Kind)}")
    for name, value in row.items():
        check, wanted = _CHECKS.get(name, (None, ""))
        if check is not None and value is not None and not check(value):
            raise RecordError(f"{name} is {wanted}, not {value!r}")
    return dict(row)


def _unknown(kind: Kind, name: str) -> str:
    known = field_names(kind)
    near = nearest(name, known)
    if name in ("kind", "document"):
        return f"the {name} of a report cannot be corrected; reject the report and add another"
    hint = f"; did you mean {near}?" if near else ""
    return f"{a(kind)} has no field {name!r}; its fields are {', '.join(known)}{hint}"


def parse_field(name: str, text: str) -> Any:
    """A field's value from the command line: names parted by ``;``, dates as ``2024-11-03`` or ``2024-11-03/2024-11``
    with either end left out where it is open, nothing for an empty field."""
    text = text.strip()
    if name in _NAMES or name.startswith(OTHERS):
        return [part for piece in text.split(";") if (part := piece.strip())]
    if not text:
        return None
    if name in _COUNTS:
        return int(text) if text.isdecimal() else text
    if name in _RANGES:
        start, slash, end = text.partition("/")
        return {"from": start or None, "to": (end or None) if slash else start}
    if name == "former":
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold(), text)
    return text


def field_text(value: Any) -> str:
    """A field of an exchange row as ``parse_field`` reads it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        start, end = value["from"] or "", value["to"] or ""
        return start if start == end else f"{start}/{end}"
    return str(value)


def _is_names(value: Any) -> bool:
    return isinstance(value, str | list | tuple) and all(
        isinstance(one, str) for one in ([value] if isinstance(value, str) else value)
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _is_range(value: Any) -> bool:
    """A wrong date within is told by ``DateRange`` itself."""
    if isinstance(value, Mapping):
        value = [value.get("from"), value.get("to")]
        if not all(end is None or isinstance(end, str) for end in value):
            return False
        DateRange(*value)
        return True
    return isinstance(value, str) and bool(DateRange.on(value))


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(DateRange.on(value))


def _is_evidence(value: Any) -> bool:
    try:
        return bool(Evidence.from_dict(value))
    except (KeyError, TypeError, ValueError):
        return False


def _is_others(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_is_names(names) for names in value.values())


_NAMES = frozenset({"source", "target", "holder", "by", "toward", "to", "voice"})
_COUNTS = frozenset({"killed", "injured"})
_RANGES = frozenset({"date", "horizon"})
_TEXTS = frozenset({"place", "about", "issue", "rung", "instrument", "what", "subject", "object", "title", "document"})
_TERMS = frozenset({"type", "stance", "direction", "status", "likelihood", "predicate", "standing", "frame", "reader"})

_CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(_NAMES, (_is_names, "a list of names")),
    **dict.fromkeys(_COUNTS, (_is_count, "a whole number")),
    **dict.fromkeys(_RANGES, (_is_range, "a date or a range of two")),
    **dict.fromkeys(_TEXTS | _TERMS, (lambda value: isinstance(value, str), "text")),
    **dict.fromkeys(("since", "until"), (_is_day, "a date")),
    "former": (lambda value: isinstance(value, bool), "true or false"),
    "others": (_is_others, "a map from a role to names"),
    "evidence": (_is_evidence, "start, end and exactly the words between"),
    "confidence": (lambda value: isinstance(value, int | float) and not isinstance(value, bool), "a number"),
    "why": (
        lambda value: isinstance(value, list | tuple) and all(isinstance(one, str) for one in value),
        "a list of text",
    ),
}
