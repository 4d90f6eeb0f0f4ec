"""The fields of a report as a form shows them and sends them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.case import Case
from dragoman.case.typed import pack_ids
from dragoman.desk.pages import Form
from dragoman.record import Direction, EventType, Kind, Likelihood, Predicate, Stance, Standing, Status
from dragoman.record.correction import OTHERS, field_names, field_text, required

CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(EventType),
    "standing": tuple(Standing),
    "stance": tuple(Stance),
    "direction": tuple(Direction),
    "status": tuple(Status),
    "likelihood": tuple(Likelihood),
    "predicate": tuple(Predicate),
    "former": ("false", "true"),
}
ACTORS = ("source", "target", "holder", "by", "toward", "to")
ONE_ACTOR = ("subject", "object")
HINTS = {
    **dict.fromkeys(ACTORS, "names, parted by ;"),
    "voice": "whose words, the outermost first",
    **dict.fromkeys(("date", "horizon"), "2024-11-03 or 2024-11-03/2024-11-05"),
    **dict.fromkeys(("since", "until"), "2024 or 2024-11 or 2024-11-03"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its text, what may be chosen for it if not everything may, how it is written, and whether it
    takes names of actors."""

    name: str
    text: str
    choices: tuple[str, ...]
    hint: str
    must: bool
    names: bool


def fields_of(case: Case, kind: Kind, row: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of a report of a kind, filled from an exchange row."""
    needed = required(kind)
    return tuple(
        Field(
            name=name,
            text=_text(name, row),
            choices=tuple(pack_ids(case, name)) if name in ("issue", "rung") else CHOICES.get(name, ()),
            hint="names, parted by ;" if name.startswith(OTHERS) else HINTS.get(name, ""),
            must=name in needed,
            names=name in (*ACTORS, "voice", *ONE_ACTOR) or name.startswith(OTHERS),
        )
        for name in field_names(kind)
    )


def _text(name: str, row: Mapping[str, Any]) -> str:
    if name == "evidence":
        return str(row["evidence"]["text"]) if "evidence" in row else ""
    if name.startswith(OTHERS):
        return field_text(row.get("others", {}).get(name.removeprefix(OTHERS)))
    return field_text(row.get(name))


def changed(shown: tuple[Field, ...], form: Form) -> dict[str, str]:
    """The fields that a form sends back otherwise than they were shown; a browser's line breaks are no change."""
    return {
        field.name: form[field.name]
        for field in shown
        if field.name in form and form[field.name].split() != field.text.split()
    }
