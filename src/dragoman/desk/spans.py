"""The time that a case's documents come from, for the slider by which a page is seen as of a month."""

from __future__ import annotations

from dragoman.case import Case

_MOST = 600


def months_of(case: Case) -> tuple[str, ...]:
    """Every month (``YYYY-MM``) from the first document of a case to its last, at most the last fifty years."""
    extent = case.extent()
    if not extent.first_published or not extent.last_published:
        return ()
    first, last = _number(extent.first_published), _number(extent.last_published)
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(first, last - _MOST + 1), last + 1))


def _number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7] or 1) - 1
