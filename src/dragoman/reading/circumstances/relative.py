"""What time phrases mean that are told from the day of publication or from the date told before them."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.reading.circumstances.calendar import (
    WEEKDAYS,
    first_day,
    last_day,
    month_end,
    of_day,
    of_unit,
    of_weekend,
    shift,
)
from dragoman.reading.circumstances.moments import TIME_CUE, Match, Outlook, Setting, before, narrowed, nearest
from dragoman.reading.circumstances.numerals import parse_number
from dragoman.record import DateRange


def day_from_today(match: Match, setting: Setting) -> DateRange | None:
    """*yesterday*, *this morning*, *the day after tomorrow*."""
    if setting.published is None:
        return None
    return of_day(setting.published + timedelta(days=_DAY_STEPS.get(match["word"].lower(), 0)))


_DAY_STEPS = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2}


def weekday(match: Match, setting: Setting) -> DateRange | None:
    """*on Thursday*, *last Wednesday and Thursday*, *Monday next week*; the day of publication counts both ways."""
    index, rel, today = WEEKDAYS.index(match["weekday"].lower()), (match["rel"] or "").lower(), setting.published
    if rel.startswith("the "):
        return _weekday_from_told(setting.anchor(10), index, back=rel == "the previous")
    if today is None:
        return None
    behind = today - timedelta(days=(today.weekday() - index) % 7)
    ahead = today + timedelta(days=(index - today.weekday()) % 7)
    if match["week"]:
        step = 7 if match["week"].lower() == "next" else -7
        day = today + timedelta(days=index - today.weekday() + step)
    elif rel in ("last", "next"):
        step = 7 if behind == today else 0
        day = behind - timedelta(days=step) if rel == "last" else ahead + timedelta(days=step)
    else:
        day = ahead if setting.outlook is Outlook.AHEAD else behind
    if not match["second"]:
        return of_day(day)
    second = day + timedelta(days=(WEEKDAYS.index(match["second"].lower()) - index) % 7)
    return DateRange(day.isoformat(), second.isoformat())


def _weekday_from_told(told: DateRange | None, index: int, *, back: bool) -> DateRange | None:
    if told is None:
        return None
    if back:
        day = first_day(told)
        return of_day(day - timedelta(days=(day.weekday() - index - 1) % 7 + 1))
    day = last_day(told)
    return of_day(day + timedelta(days=(index - day.weekday() - 1) % 7 + 1))


def weekend(match: Match, setting: Setting) -> DateRange | None:
    """*over the weekend*, *next weekend*."""
    if setting.published is None:
        return None
    today, rel = setting.published, match["rel"].lower()
    begun = today.weekday() >= 5
    ahead = rel == "next" or setting.outlook is Outlook.AHEAD
    if ahead:
        return of_weekend(today + timedelta(days=7 if rel == "next" and begun else 0))
    return of_weekend(today - timedelta(days=0 if begun and rel != "last" else 7))


def calendar_unit(match: Match, setting: Setting) -> DateRange | None:
    """*last week*, *earlier this year*; *that day*, *the following week* from the date told."""
    unit, rel = _unit(match), (match["rel"] or "this").lower()
    if rel not in ("last", "next", "this"):
        return _from_told(setting, {"the following": 1, "the next": 1, "the previous": -1}.get(rel, 0), unit)
    if setting.published is None:
        return None
    day = shift(setting.published, {"last": -1, "next": 1, "this": 0}[rel], unit)
    return narrowed(match["part"], of_unit(day, unit))


def step(match: Match, setting: Setting) -> DateRange | None:
    """*11 months ago*, *a week later* (from the date told), *three years from now*."""
    count, unit, way = parse_number(match["count"]), _unit(match), match["way"].lower()
    if count is None:
        return None
    if way not in ("ago", "from now"):
        return _from_told(setting, count if way in ("later", "afterwards") else -count, unit)
    if setting.published is None:
        return None
    return _rounded(shift(setting.published, -count if way == "ago" else count, unit), count, unit)


def until_now(match: Match, setting: Setting) -> DateRange | None:
    """A stretch that ends with the day of publication: *the past two years*, *recent weeks*."""
    if setting.published is None:
        return None
    unit, count = _unit(match), parse_number(match["count"]) if match["count"] else None
    if count is None:
        count = 1 if not match["plural"] else 6 if unit in ("day", "hour") else 3
    start, end = shift(setting.published, -count, unit).isoformat(), setting.published.isoformat()
    width = 10 if unit in _DAYWISE else 7 if unit == "month" or (unit == "year" and count <= 2) else 4
    return DateRange(start[:width], end[:width])


def lasting(match: Match, setting: Setting) -> DateRange | None:
    """A stretch that lasts until now: *jailed for almost 20 years*, *the seven-year civil war*."""
    if match["for"] and not setting.perfect:
        return None
    return until_now(match, setting)


def from_now(match: Match, setting: Setting) -> DateRange | None:
    """A stretch that begins with the day of publication: *within 48 hours*, *in the next few months*."""
    number = match["count"] or match["within"]
    count = parse_number(number) if number else None
    if setting.published is None or (count is None and setting.outlook is Outlook.BEHIND):
        return None  # "within hours they were arrested"
    end = shift(setting.published, count, _unit(match)).isoformat() if count is not None else None
    return DateRange(setting.published.isoformat(), end)


def day_only(match: Match, setting: Setting) -> DateRange | None:
    """*On the 15th*: of the month told before, else of the nearest month."""
    if not TIME_CUE.search(before(match)) and not before(match).lower().endswith("on "):
        return None
    day, told = int(match["day"]), setting.anchor(7)
    if told is not None:
        return of_day(last_day(told).replace(day=day))
    if setting.published is None:
        return None
    months = [shift(setting.published, n, "month") for n in (-1, 0, 1)]
    return nearest([of_day(m.replace(day=day)) for m in months if month_end(m.year, m.month).day >= day], setting)


_DAYWISE = frozenset({"hour", "day", "night", "week", "fortnight"})


def _unit(match: Match) -> str:
    return "century" if match["unit"].lower() == "centurie" else str(match["unit"].lower())


def _from_told(setting: Setting, count: float, unit: str) -> DateRange | None:
    """A step from the date told before, in its own direction: *the same day*, *a week later*."""
    told = setting.anchor(10 if unit in _DAYWISE else 7 if unit in ("month", "quarter") else 4)
    if told is None:
        return None
    day = shift(last_day(told) if count > 0 else first_day(told), count, unit)
    return _rounded(day, count, unit) if count else of_unit(day, unit)


def _rounded(day: date, count: float, unit: str) -> DateRange:
    """A day reckoned by a count of units, only as precise as such a count is."""
    if unit == "week" and abs(count) == 1:
        return of_day(day)
    if unit == "year" and (abs(count) == 1 or count % 1):
        return of_unit(day, "month")  # "a year ago", "two and a half years ago"
    return of_unit(day, "year" if unit in ("decade", "century") else unit)
