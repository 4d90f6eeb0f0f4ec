"""What templates say of the record, in the words that the rest of the product uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.record import Kind
from dragoman.views.wording import counted, dated, happening, how_told, line, listed, qualification

LETTERS: dict[Kind, str] = {
    Kind.EVENT: "E",
    Kind.POSITION: "P",
    Kind.STEP: "S",
    Kind.COMMITMENT: "C",
    Kind.FORECAST: "F",
    Kind.RELATION: "R",
}
"""A kind of report by letter, beside its colour: not everybody tells colours apart."""

_SHORT = 8


def plural(number: int, noun: str) -> str:
    """*1 report*, *2,000 reports*."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(id: str) -> str:
    """An id as people write it: long enough to find it again."""
    return id[:_SHORT]


FILTERS: dict[str, Callable[..., Any]] = {
    "counted": counted,
    "dated": dated,
    "happening": happening,
    "how_told": how_told,
    "letter": lambda kind: LETTERS[Kind(kind)],
    "line": line,
    "listed": listed,
    "plural": plural,
    "qualified": qualification,
    "short": short,
}
