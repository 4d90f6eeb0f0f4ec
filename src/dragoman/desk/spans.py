"""The time that a case's documents come from, for the slider by which a page is seen as of a month."""

from __future__ import annotations

from dragoman.case import Case
from dragoman.record.months import month_number, month_of

_MOST = 600


def months_of(case: Case) -> tuple[str, ...]:
    """Every month (``YYYY-MM``) from the first document of a case to its last, at most the last fifty years."""
    between = case.published_between()
    if between is None:
        return ()
    first, last = map(month_number, between)
    return tuple(map(month_of, range(max(first, last - _MOST + 1), last + 1)))
