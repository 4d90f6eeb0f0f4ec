"""Slices of time: a year, a quarter, a month, or what lies between given dates; by when documents were published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Float, Integer, String, case, cast, func, literal, null

from dragoman.asked import iso_date
from dragoman.errors import UsageError
from dragoman.record.months import month_of


class Unit(StrEnum):
    """Slices that the calendar gives."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


_WIDTH = {Unit.YEAR: 4, Unit.QUARTER: 7, Unit.MONTH: 7}
"""Characters of an ISO date that tell the slice."""


@dataclass(frozen=True, slots=True)
class Slicing:
    """How time is cut: by a ``unit``, or at ``bounds``, ISO prefixes in order, each the beginning of a slice."""

    unit: Unit | None = None
    bounds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.unit is None) != bool(self.bounds):
            raise UsageError("time is cut either by year, quarter or month, or at dates; give one of them")
        for bound in self.bounds:
            iso_date(bound)
        if list(self.bounds) != sorted(set(self.bounds)):
            raise UsageError(f"the dates {', '.join(self.bounds)} are not in order; write the earlier first, each once")

    @classmethod
    def parse(cls, text: str) -> Slicing:
        """``month``, ``quarter``, ``year``, or dates parted by commas. Raises ``UsageError`` for anything else."""
        if text in list(Unit):
            return cls(Unit(text))
        if not text[:1].isdigit():
            raise UsageError(f"unknown slice {text!r}; write {', '.join(Unit)}, or dates such as 2021-08-15,2024")
        return cls(bounds=tuple(part.strip() for part in text.split(",")))

    def label(self, day: str | None) -> str | None:
        """The slice in which a day is; ``None`` where the day is unknown, or too vague to tell."""
        if day is None:
            return None
        if self.unit is None:
            if any(bound.startswith(f"{day}-") for bound in self.bounds):
                return None
            return self.labels[sum(bound <= day for bound in self.bounds)]
        if len(day) < _WIDTH[self.unit]:
            return None
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}" if self.unit is Unit.QUARTER else day[: _WIDTH[self.unit]]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all slices between given dates, the earliest first."""
        if not self.bounds:
            return ()
        spans = (f"{first} to {then}" for first, then in zip(self.bounds, self.bounds[1:], strict=False))
        return (f"before {self.bounds[0]}", *spans, f"from {self.bounds[-1]}")

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Labels in the order of time, each once."""
        return tuple(sorted(set(labels), key=self.labels.index if self.bounds else None))

    def begin(self, last: str, slices: int) -> str:
        """The day from which on the last ``slices`` slices are, up to the one in which ``last`` is."""
        if self.unit is None:
            return self.bounds[max(len(self.bounds) - slices, 0)] if slices <= len(self.bounds) else "0001"
        year, month = int(last[:4]), int(last[5:7] or 12)
        if self.unit is Unit.YEAR:
            return f"{max(year - slices + 1, 1):04}"
        months = slices if self.unit is Unit.MONTH else slices * 3 - 2 + (month - 1) % 3
        first = max(year * 12 + month - 1 - (months - 1), 12)
        return month_of(first)


def slice_of(day: ColumnElement[str], slicing: Slicing) -> ColumnElement[str]:
    """``Slicing.label`` in SQL, for a day that ``fits``."""
    if slicing.unit is None:
        ends = [(day < bound, literal(label)) for bound, label in zip(slicing.bounds, slicing.labels, strict=False)]
        return case(*ends, else_=literal(slicing.labels[-1]))
    told: ColumnElement[str] = func.substr(day, 1, _WIDTH[slicing.unit], type_=String)
    if slicing.unit is Unit.QUARTER:
        quarter = (cast(func.substr(day, 6, 2), Integer) + 2) // 3
        told = func.substr(day, 1, 4, type_=String) + "-Q" + cast(quarter, String)
    return told


def fits(day: ColumnElement[str], slicing: Slicing) -> ColumnElement[bool]:
    """Whether a day that is known tells its slice."""
    if slicing.unit is None:
        return day.not_in([bound[:width] for bound in slicing.bounds for width in (4, 7) if width < len(bound)])
    return func.length(day) >= _WIDTH[slicing.unit]


def week_of(day: ColumnElement[str]) -> ColumnElement[str]:
    """A number for the calendar week (Monday first) of a day in SQL; null for a month or a year.

    Day 0 of Julian day numbers was a Monday, at noon.
    """
    number = cast(func.julianday(day, type_=Float) + 0.5, Integer) // 7
    return case((func.length(day) == len("2024-05-03"), cast(number, String)), else_=null())


def within(day: ColumnElement[str], since: str | None, *untils: str | None) -> list[ColumnElement[bool]]:
    """Conditions that a document was published in a period, all of the date that is known of it.

    Both ends count, a prefix to its end: ``2024`` is not within ``2024-06``, ``2024-06-30`` is.
    """
    # Nothing is joined to the day so that SQLite does not take an index on it for the best one: most days are meant.
    conditions = [day.concat("") >= iso_date(since)] if since is not None else []
    return conditions + [(day + "~") <= f"{iso_date(until)}~" for until in untils if until is not None]
