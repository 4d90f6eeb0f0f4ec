"""Numbers and stances as every room writes them."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.record.vocabulary import Stance

STANCES: Mapping[Stance, str] = {
    Stance.SUPPORT: "for",
    Stance.OPPOSE: "against",
    Stance.MIXED: "of two minds about",
}
"""A stance, as it stands before what it is about."""


def plural(number: int, noun: str) -> str:
    """*1 report*, *2,000 reports*."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
