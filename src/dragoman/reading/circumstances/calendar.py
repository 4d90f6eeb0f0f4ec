"""Days, weeks, months, seasons and years as ranges of ISO prefixes, and the steps between them.

Pure arithmetic: what a date phrase means is decided in ``dates``. A step beyond the calendar (*300,000 years ago*)
raises ``OverflowError`` or ``ValueError``, as the standard library does.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dragoman.record import DateRange

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january february march april may june july august september october november december").split()
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each season, as northern newspapers mean it."""

_DAYS_IN = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def of_day(day: date) -> DateRange:
    """One day."""
    return DateRange.on(day.isoformat())


def of_month(year: int, month: int) -> DateRange:
    """One month; months beyond December run on into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return DateRange.on(date(year, month, 1).isoformat()[:7])


def of_months(year: int, first: int, last: int) -> DateRange:
    """Months ``first`` to ``last``, counted from January of ``year``; both may lie outside 1–12."""
    return DateRange(of_month(year, first).start, of_month(year, last).end)


def of_year(year: int) -> DateRange:
    """One year."""
    return DateRange.on(date(year, 1, 1).isoformat()[:4])


def of_season(year: int, season: str) -> DateRange:
    """Three months; winter belongs to the year in which it begins."""
    return of_months(year, SEASONS[season], SEASONS[season] + 2)


def of_week(day: date) -> DateRange:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return DateRange(monday.isoformat(), (monday + timedelta(days=6)).isoformat())


def of_weekend(day: date) -> DateRange:
    """The Saturday and Sunday of a day's week."""
    saturday = day + timedelta(days=5 - day.weekday())
    return DateRange(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())


def of_unit(day: date, unit: str) -> DateRange:
    """The calendar day, week, weekend, month, year or decade that holds a day."""
    if unit in ("week", "fortnight"):
        return of_week(day)
    if unit == "weekend":
        return of_weekend(day)
    if unit == "month":
        return of_month(day.year, day.month)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return of_months(day.year, first, first + 2)
    if unit == "year":
        return of_year(day.year)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first = day.year - day.year % size
        return DateRange(f"{first or 1:04}", f"{first + size - 1:04}")
    return of_day(day)


def shift(day: date, count: float, unit: str) -> date:
    """A day moved by a number of units; months keep the day where the month has it."""
    if unit in _DAYS_IN:
        return day + timedelta(days=round(count * _DAYS_IN[unit]))
    if unit == "weekend":
        return day + timedelta(days=round(count * 7))
    months = day.year * 12 + day.month - 1 + round(count * _MONTHS_IN[unit])
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def first_day(when: DateRange) -> date:
    """The first day of a range; of one that is open there, the first day of its known end."""
    return date.fromisoformat(f"{when.start or when.end}-01-01"[:10])


def last_day(when: DateRange) -> date:
    """The last day of a range; of one that is open there, the last day of its known end."""
    prefix = when.end or when.start or ""
    if len(prefix) == 10:
        return date.fromisoformat(prefix)
    return month_end(int(prefix[:4]), int(prefix[5:] or 12))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
