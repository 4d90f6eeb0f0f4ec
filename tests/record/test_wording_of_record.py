"""Dates as they are written for people."""

from __future__ import annotations

import pytest

from dragoman.record import DateRange
from dragoman.record.words import dated


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (None, ""),
        (DateRange.on("2024-11"), "2024-11"),
        (DateRange("2024-11", "2025-01-03"), "2024-11 – 2025-01-03"),
        (DateRange(None, "2025"), "by 2025"),
        (DateRange("2025", None), "from 2025"),
    ],
)
def test_a_date_says_which_of_its_ends_is_known(date: DateRange | None, told: str) -> None:
    assert dated(date) == told
