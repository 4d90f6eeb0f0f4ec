"""Days named in words or figures, and the date on which a text was published.

A date is an ISO prefix (``2023``, ``2023-11``, ``2023-11-27``). What cannot be, or can be two things, is not guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.errors import IntakeError

EARLIEST_YEAR = 1900
_AHEAD = timedelta(days=366)
"""A page may carry the date of tomorrow's paper or of next year's journal; what lies further ahead is a mistake."""

_MONTHS = {calendar.month_name[n].casefold(): n for n in range(1, 13)} | {
    calendar.month_abbr[n].casefold(): n for n in range(1, 13)
}
_MONTHS["sept"] = 9
_WEEKDAYS = {calendar.day_name[n].casefold(): n for n in range(7)}
_WEEKDAYS |= {name[:3]: n for name, n in _WEEKDAYS.items()} | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:\b(?P<weekday>" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?,?\s+)?"
_DAY = r"\b(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:\s*,?\s+(?P<year>(?:19|20)\d\d)\b)"
_IN_WORDS = (
    re.compile(rf"{_WEEKDAY}\b{_MONTH}\s*{_DAY}{_YEAR}?", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}?", re.IGNORECASE),
)
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/-])")
_PREFIX = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=\Z|[T ]\d\d:?\d\d)")
_NAMED_YEAR = re.compile(r"(?P<cue>\b[a-z]+\s+)?(?<![\d-])\b(?P<year>(?:19|20)\d\d)\b(?![-\d])", re.IGNORECASE)
_NAMED_MONTH = re.compile(
    r"\b(?:in|since|until|by|last|late|early|mid)[\s-]+(" + "|".join(_MONTHS) + r")\b", re.IGNORECASE
)

_TEXT_WINDOW = 200_000
"""Characters that are searched for dates: an article's own date stands in an article's length."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a text names it, at ``[start, end)``; ``year`` and ``weekday`` (Monday is 0) where it names them."""

    start: int
    end: int
    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def falls_in(self, year: int) -> bool:
        """Whether the day exists in that year and has the weekday that the text gives it."""
        try:
            found = date(year, self.month, self.day)
        except ValueError:
            return False
        return self.weekday is None or found.weekday() == self.weekday

    def iso(self, year: int) -> str:
        """The day in that year."""
        return f"{year:04d}-{self.month:02d}-{self.day:02d}"


def find_days(text: str) -> list[Day]:
    """Days in words or ISO form, in text order: *Thursday, November 23*, *4 March 2021*, *2023-12-22*."""
    found = [_to_day(match) for pattern in (*_IN_WORDS, _ISO) for match in pattern.finditer(text)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda d: (d.start, -d.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _to_day(match: re.Match[str]) -> Day:
    parts = match.groupdict()
    month, weekday, year = parts["month"], parts.get("weekday"), parts["year"]
    return Day(
        start=match.start(),
        end=match.end(),
        month=int(month) if month.isdigit() else _MONTHS[month.casefold()],
        day=int(parts["day"]),
        year=int(year) if year else None,
        weekday=_WEEKDAYS[weekday.casefold()] if weekday else None,
    )


def find_figures(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Days in figures (*22/12/2023*, *05-12-2022*) as ``(start, end, readings)``: two where either order is a day."""
    for match in _FIGURES.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        readings = {
            day.iso(year)
            for day in (Day(0, 0, month=second, day=first), Day(0, 0, month=first, day=second))
            if day.falls_in(year)
        }
        if readings:
            yield match.start(), match.end(), tuple(sorted(readings))


def check_given(value: str, today: date | None = None) -> str:
    """The date that a user gives, as an ISO prefix. Raises ``IntakeError`` for one that cannot be."""
    text = value.strip()
    match = _PREFIX.match(text)
    if not match or match.end() != len(text):
        raise IntakeError(f"{value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD, such as 2023-11-27")
    if (problem := _problem(text, today or date.today())) is not None:
        raise IntakeError(f"published date {value!r} {problem}; correct it or leave it out")
    return text


def tidy_published(value: object, today: date | None = None) -> str | None:
    """The date in a page's or record's field as an ISO prefix; ``None`` where it is no date or cannot be."""
    if not isinstance(value, str):
        return None
    text = value.strip()[:100]
    if match := _PREFIX.match(text):
        found = match[0]
    else:
        dated = [day.iso(day.year) for day in find_days(text) if day.year is not None]
        figures = [readings[0] for _, _, readings in find_figures(text) if len(readings) == 1]
        found = (dated + figures + [""])[0]
    return found if found and _problem(found, today or date.today()) is None else None


def _problem(iso: str, today: date) -> str | None:
    """What is wrong with an ISO prefix, as the end of a sentence; ``None`` when it can be."""
    year, month, day = (int(part) for part in (iso + "-01-01")[:10].split("-"))
    if not 1 <= month <= 12:
        return f"names month {month}, and a year has twelve"
    last = calendar.monthrange(year, month)[1] if year >= 1 else 31
    if not 1 <= day <= last:
        return f"names day {day}, and {calendar.month_name[month]} {year} has {last}"
    if year < EARLIEST_YEAR:
        return f"is before {EARLIEST_YEAR}"
    if date(year, month, day) > today + _AHEAD:
        return "is more than a year ahead of today"
    return None


def infer_published(text: str, today: date | None = None) -> str | None:
    """The day on which a weekday and date named without a year fall, in the only year that the years around allow.

    Fires: "They met on Thursday, November 23. … Since 2017, …" is 2023-11-23: of the years from the latest that the
    text names until today, only 2023 has that Thursday (*since 2017* is told later than 2017). The year named, or the
    one after it, is taken first, since news names its own year. Not: two years that fit equally, or no year named.
    """
    text = text[:_TEXT_WINDOW]
    days = [day for day in find_days(text) if day.weekday is not None and day.year is None]
    latest = _latest_year(text)
    if not days or latest is None:
        return None
    window = range(latest, (today or date.today()).year + 1)
    years = [year for year in window if all(day.falls_in(year) for day in days)]
    near = [year for year in years if year <= latest + 1]
    chosen = near if near else years
    return days[0].iso(chosen[0]) if len(chosen) == 1 else None


def _latest_year(text: str) -> int | None:
    """The first year in which the text can have been written, by the years that it names as past or present."""
    years = []
    for match in _NAMED_YEAR.finditer(text):
        cue = (match["cue"] or "").strip().casefold()
        if cue not in {"by", "until", "till"}:
            years.append(int(match["year"]) + (cue == "since"))
    return max(years, default=None)


def choose_reading(readings: tuple[str, ...], text: str) -> str:
    """One reading of a date in figures; the shared prefix (the year) where the text does not tell the two apart.

    News names months lately past (*in October*), so the reading is taken after which those months lie closest, if it is
    closer by half than the other.
    """
    months = [_MONTHS[match[1].casefold()] for match in _NAMED_MONTH.finditer(text[:_TEXT_WINDOW])]
    distance = {iso: sum((int(iso[5:7]) - month) % 12 for month in months) for iso in readings}
    best, *others = sorted(readings, key=lambda iso: distance[iso])
    if all(2 * distance[best] < distance[other] for other in others):
        return best
    return best[:4]
