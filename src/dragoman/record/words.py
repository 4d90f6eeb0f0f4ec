"""Numbers, dates and stances as every room writes them."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.record.evidence import DateRange
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


def dated(date: DateRange | None) -> str:
    """A date range as ISO prefixes: *2024-11-25*, *2024-11 – 2025-01*, *by 2025*, *from 2025*."""
    if date is None:
        return ""
    if date.start is None:
        return f"by {date.end}"
    if date.end is None:
        return f"from {date.start}"
    return date.start if date.start == date.end else f"{date.start} – {date.end}"
