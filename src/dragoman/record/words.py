"""Numbers, names, dates and stances as every room writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def listed(names: Sequence[str], nobody: str = "somebody unnamed", most: int | None = None) -> str:
    """Names as a list in a sentence: *Norway, Peru and 4 more* where there are more than are named."""
    if not names:
        return nobody
    if most is not None and len(names) > most:
        names = [*names[:most], f"{len(names) - most:,} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def a(noun: str) -> str:
    """*an event*, *a report*."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def slug_in_words(slug: str) -> str:
    """An id that is made of words (*no-recognition*) as one reads it; what has blanks is words as it is."""
    return slug if " " in slug else slug.replace("-", " ")


def dated(date: DateRange | None) -> str:
    """A date range as ISO prefixes: *2024-11-25*, *2024-11 – 2025-01*, *by 2025*, *from 2025*."""
    if date is None:
        return ""
    if date.start is None:
        return f"by {date.end}"
    if date.end is None:
        return f"from {date.start}"
    return date.start if date.start == date.end else f"{date.start} – {date.end}"
