"""Months (``2024-11``) counted, so that they can be added to and walked through."""

from __future__ import annotations


def month_number(day: str) -> int:
    """The months from the year 0 to that of a day, a month or (its January) a year, given as ISO prefix."""
    return int(day[:4]) * 12 + int(day[5:7] or 1) - 1


def month_of(number: int) -> str:
    """The month with that number."""
    return f"{number // 12:04}-{number % 12 + 1:02}"
