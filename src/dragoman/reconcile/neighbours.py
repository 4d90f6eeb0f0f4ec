"""Tellings put in order of their dates, so that each is compared with those alone that may tell the same happening.

Two parties may do two thousand things in a month; looking at each pair of these would take minutes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from dragoman.reconcile.likeness import ASKED, RELATED, reach
from dragoman.reconcile.tellings import Days, Telling
from dragoman.record import EventType

_Shelf = tuple[EventType | None, bool, int | None, bool]


class Neighbours:
    """Numbered tellings by what refuses most pairs: type, whether they are asked for, and dates (see
    ``is_contradictory``). On a shelf all dates are as wide, so that those within reach stand side by side."""

    def __init__(self, numbered: Iterable[tuple[int, Telling]]) -> None:
        self._shelves: dict[_Shelf, list[tuple[int, int]]] = {}
        for number, telling in numbered:
            days = telling.days
            shelf = (telling.type, telling.standing in ASKED, days.width if days else None, bool(days and days.told))
            self._shelves.setdefault(shelf, []).append((days.first if days else 0, number))
        for found in self._shelves.values():
            found.sort()

    def near(self, telling: Telling) -> Iterator[int]:
        """Those that type, standing and dates leave, the telling itself among them where it is there."""
        days, asked = telling.days, telling.standing in ASKED
        for (type, is_asked, width, told), shelf in self._shelves.items():
            if asked != is_asked or (telling.type and type and type not in RELATED[telling.type]):
                continue
            if days is None or width is None:
                yield from (number for _, number in shelf)
                continue
            apart = reach(days, Days(0, 0, told))
            first = bisect_left(shelf, (days.first - apart - width, -1))
            yield from (number for _, number in shelf[first : bisect_right(shelf, (days.last + apart + 1, -1))])
