"""Claims about what a user asks for by a word or a date."""

from __future__ import annotations

import pytest

from dragoman.asked import check_period, iso_date, nearest, one_of
from dragoman.errors import UsageError
from dragoman.record import Standing


@pytest.mark.parametrize("text", ["2024", "2024-02", "2024-02-29", "0001-01-01"])
def test_a_date_is_an_iso_prefix_that_the_calendar_has(text: str) -> None:
    assert iso_date(text) == text


@pytest.mark.parametrize(
    "text", ["", "24", "2024-1", "2024-13", "2024-00", "2023-02-29", "2024-06-31", "0000", "2024-02-29 ", "٢٠٢٤", "May"]
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"):
        iso_date(text)


def test_a_period_does_not_run_backwards() -> None:
    check_period("2024-06", "2024")
    check_period(None, "2024")
    with pytest.raises(UsageError, match="runs backwards, from 2024-06 until 2024-05-31; give the earlier date first"):
        check_period("2024-06", "2024-05-31")
    with pytest.raises(UsageError, match="'May' is not a date"):
        check_period(None, "May")


def test_a_word_of_a_closed_vocabulary_is_its_value_and_another_is_told_the_nearest() -> None:
    assert one_of(Standing, "standing", "planned") is Standing.PLANNED
    with pytest.raises(UsageError, match=r"unknown standing 'plan'; there are actual, .*; did you mean planned\?"):
        one_of(Standing, "standing", "plan")
    with pytest.raises(UsageError, match=r"denied$"):
        one_of(Standing, "standing", "xyzzy")


def test_the_nearest_is_found_whatever_its_case() -> None:
    assert nearest("GIRLS-SCHOLS", ["girls-schools", "un-seat"]) == "girls-schools"
    assert nearest("xyzzy", ["girls-schools"]) is None
