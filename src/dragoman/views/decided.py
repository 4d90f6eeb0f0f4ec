"""Decisions in words, as the log and the conflicts between people have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.errors import RecordError
from dragoman.record import Decision, report_from_dict
from dragoman.record.words import plural
from dragoman.views.wording import line


def said(decision: Decision, field: str) -> str:
    """What a decision says of one field of the thing that people disagree on."""
    if field in decision.value:
        return _plain(decision.value[field])
    return (
        "as read"
        if field not in ("report", "occurrence", "actors", "outlets") and decision.action == "accept"
        else str(decision.action)
    )


def summary(decision: Decision) -> str:
    """A decision in a few words: ``correct event: type = AGREE``."""
    subject, value = decision.subject, decision.value
    what = f"{decision.action} {'outlets' if decision.outlets else subject.get('kind', '')}".strip()
    match str(decision.action):
        case "correct":
            return f"{what}: " + ", ".join(f"{name} = {_plain(text)}" for name, text in value.items())
        case "merge":
            return f"{what}: " + " = ".join(decision.outlets or subject["names"])
        case "apart":
            return f"{what}: " + " ≠ ".join(decision.outlets or subject["names"])
        case "split":
            documents = ", ".join(document["document"] for document in subject["documents"])
            return f"{what}: {subject['name']} of {documents}, now {_others(decision)}"
        case "join" | "part":
            others = len(subject.get("others", ()))
            beside = f" {'with' if what == 'join' else 'from'} {others} of one occurrence" if others else ""
            return f"{what} {plural(len(subject['reports']), 'report')}{beside}"
        case "resolve":
            return f"{what}: {value['outcome']}"
        case "undo":
            return f"{what} {value['decision'][:8]}"
    return what


def things(decision: Decision) -> tuple[str, ...]:
    """The reports that a decision is about, each in one line as it was read (or added); its sentence where this version
    cannot read it."""
    added = decision.value if decision.action == "add" else None
    return tuple(_thing(subject, added or subject.get("row") or {}) for subject in decision.reports)


def _thing(subject: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    try:
        return line(report_from_dict(dict(row)))
    except RecordError:
        return str(subject.get("text", ""))


def _others(decision: Decision) -> str:
    """The identities that a split makes, by which ``--actor`` finds them."""
    return " and ".join(f"{identity}~{decision.id[:8]}" for identity in decision.subject["identities"])


def _ends(date: Mapping[str, Any]) -> list[str]:
    """The ends of a date, once where they are one."""
    start, end = (str(date.get(end) or "") for end in ("from", "to"))
    return [start] if start == end else [start, end]


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "nobody"
    if isinstance(value, Mapping):
        return value["text"] if "text" in value else "/".join(_ends(value))
    return str(value)
