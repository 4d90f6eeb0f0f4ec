"""The brief's chart: occurrences in time, a row for each type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from dragoman.case.briefing import OccurrenceCount
from dragoman.record.months import month_number, month_of
from dragoman.record.occurrence import Told
from dragoman.views.brief_data import Chart, Strip
from dragoman.views.brief_happenings import HAPPENED
from dragoman.views.wording import SORTS

MOST_ROWS = 8
"""Rows of the chart; the rarer types share the last."""
MOST_BINS = 60
FEW_DAYS, FEW_MONTHS = 45, 60
"""Up to so many days a bar is a day, up to so many months a month, then a year."""
MONTH = 7
"""Letters of a day that tell its month."""
_LENGTHS = {"day": 10, "month": MONTH, "year": 4}
_OWN = frozenset({Told.SEVERAL, Told.ONE})


def draw_chart(count: Callable[[int], Iterable[OccurrenceCount]]) -> Chart | None:
    """The chart of what is told as having happened; ``None`` where that would be a single bar or none.

    ``count`` counts occurrences by so many letters of their days: by months, and by days only where these are few.
    """
    unit, happened = _by_unit(lambda unit: [one for one in count(_LENGTHS[unit]) if one.status in HAPPENED])
    length = _LENGTHS[unit]
    bins = _bins(sorted({day[:length] for day in _days(happened) if len(day) >= length}), unit)
    if len(bins) < 2:
        return None
    strips = _strips(happened, bins, length)
    return Chart(
        unit=unit,
        bins=bins,
        strips=strips,
        most=max(
            told + doubtful for strip in strips for told, doubtful in zip(strip.told, strip.doubtful, strict=True)
        ),
        outside=sum(one.number for one in happened) - sum(strip.number for strip in strips),
    )


def _by_unit(count: Callable[[str], list[OccurrenceCount]]) -> tuple[str, list[OccurrenceCount]]:
    """The unit of the bars, and what is counted at least as finely."""
    by_month = count("month")
    months = {day for day in _days(by_month) if len(day) == _LENGTHS["month"]}
    span = month_number(max(months)) - month_number(min(months)) if months else 0
    if span * 31 <= 2 * FEW_DAYS:
        by_day = count("day")
        days = sorted({day for day in _days(by_day) if len(day) == _LENGTHS["day"]})
        if days and len(_bins(days, "day")) <= FEW_DAYS:
            return "day", by_day
    return "month" if span < FEW_MONTHS else "year", by_month


def _days(counts: Iterable[OccurrenceCount]) -> Iterator[str]:
    return chain.from_iterable(one.days for one in counts)


def _bins(found: Sequence[str], unit: str) -> tuple[str, ...]:
    """Every bin from the first to the last, at most ``MOST_BINS`` of them, the empty ones too."""
    if not found:
        return ()
    first, last = found[0], found[-1]
    if unit == "day":
        start, end = _day(first), _day(last)
        bins = [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]
    elif unit == "month":
        bins = [month_of(number) for number in range(month_number(first), month_number(last) + 1)]
    else:
        bins = [f"{year:04}" for year in range(int(first), int(last) + 1)]
    return tuple(bins[-MOST_BINS:])


def _day(iso: str) -> date:
    """A day; one that the calendar lacks (30 February) is the last of its month."""
    year, month, day = (int(part) for part in iso.split("-"))
    for real in range(day, 27, -1):
        try:
            return date(max(year, 1), month, real)
        except ValueError:
            continue
    return date(max(year, 1), month, day)


def _strips(counts: Iterable[OccurrenceCount], bins: Sequence[str], length: int) -> tuple[Strip, ...]:
    at = {bin: place for place, bin in enumerate(bins)}
    rows: dict[str, tuple[list[int], list[int]]] = {}
    for one in counts:
        told, doubtful = rows.setdefault(SORTS[one.type], ([0] * len(bins), [0] * len(bins)))
        numbers = told if one.status in _OWN else doubtful
        for day, number in one.days.items():
            if (place := at.get(day[:length])) is not None:
                numbers[place] += number
    strips = [Strip(sort, tuple(told), tuple(doubtful)) for sort, (told, doubtful) in rows.items()]
    ranked = sorted((one for one in strips if one.number), key=lambda one: (-one.number, one.title))
    if len(ranked) <= MOST_ROWS:
        return tuple(ranked)
    rest = ranked[MOST_ROWS - 1 :]
    return (
        *ranked[: MOST_ROWS - 1],
        Strip("other acts", _summed(one.told for one in rest), _summed(one.doubtful for one in rest)),
    )


def _summed(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))
