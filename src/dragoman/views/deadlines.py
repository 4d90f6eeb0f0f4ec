"""Dates by which something was to be done, told in the words of an undertaking (*by 15 October*, *before May 2021*)."""

from __future__ import annotations

import calendar
import re
from datetime import date

from dragoman.record import DateRange

_NAMES = [name.casefold() for name in calendar.month_name]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _NAMES[1:]) + "|sept"
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than)\s+(?:the\s+)?(?P<end>end\s+of\s+)?(?:"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?\b"
    rf"|(?P<month3>{_MONTH})\.?(?:,?\s+(?P<year3>\d{{4}}))?"
    r"|(?P<year4>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)


def find_deadline(text: str, told: str | None) -> DateRange | None:
    """The first date in a text after *by*, *before* or *until*, as an open range that ends there.

    Without a year it is the next such date after ``told``, the date of the document (ISO prefix).

    Fires: "to withdraw all troops by 1 May 2021"
    Not:   "the agreement of February 2020"
    """
    match = _DEADLINE.search(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = _first(parts, "month", "month2", "month3")
    year = _first(parts, "year", "year2", "year3", "year4")
    if month is None:
        return DateRange(None, year)
    number = next(at for at, name in enumerate(_NAMES) if name and name[:3] == month[:3].casefold())
    day = _first(parts, "day", "day2")
    tail = f"{number:02}" + (f"-{int(day):02}" if day else "")
    if year is None:
        if not told:
            return None
        year = told[:4] if tail >= told[5 : 5 + len(tail)] else str(int(told[:4]) + 1)
    return DateRange(None, f"{year}-{tail}") if _is_date(f"{year}-{tail}") else None


def _first(parts: dict[str, str | None], *names: str) -> str | None:
    return next((value for name in names if (value := parts[name])), None)


def _is_date(prefix: str) -> bool:
    try:
        date.fromisoformat(prefix if len(prefix) == len("2024-11-25") else f"{prefix}-01")
    except ValueError:
        return False
    return True


def is_past(end: str | None, day: str) -> bool:
    """Whether a date (ISO prefix) is over by the end of another: 2024 is over by 2024-12-31, not by 2024-06."""
    if not end or not day:
        return False
    return _last_day(end) <= _last_day(day)


def _last_day(prefix: str) -> str:
    """The last day of a year or month; the day itself. A day that the calendar lacks sorts where it is written."""
    if len(prefix) == len("2024"):
        return f"{prefix}-12-31"
    if len(prefix) == len("2024-11"):
        year, month = map(int, prefix.split("-"))
        return f"{prefix}-{calendar.monthrange(max(year, 1), month)[1]:02}"
    return prefix
