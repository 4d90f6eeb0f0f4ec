"""Claims about dates in the words of an undertaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.record import DateRange
from dragoman.views.deadlines import find_deadline, is_past
from tests.case.factory import dates


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("withdraw all troops by 1 May 2021", "2021-05-01"),
        ("withdraw all troops by May 1, 2021", "2021-05-01"),
        ("in place by 15 October", "2024-10-15"),
        ("in place by 15th of February", "2025-02-15"),
        ("resuming transit by the end of 2018", "2018"),
        ("elections before Sept. 2025", "2025-09"),
        ("elections no later than March", "2025-03"),
        ("leave by 2026", "2026"),
    ],
)
def test_date_by_which_something_is_due(text: str, end: str) -> None:
    assert find_deadline(text, "2024-05-04") == DateRange(None, end)


@pytest.mark.parametrize(
    "text", ["the agreement of February 2020", "by 31 February 2025", "a ban until further notice", "by all means"]
)
def test_other_words_are_no_deadline(text: str) -> None:
    assert find_deadline(text, "2024-05-04") is None


def test_a_day_without_a_year_in_an_undated_document_is_no_date() -> None:
    assert find_deadline("in place by 15 October", None) is None


@pytest.mark.parametrize(
    ("end", "day", "past"),
    [
        ("2024", "2024-12-31", True),
        ("2024", "2024-06", False),
        ("2024-02", "2024-02-28", False),
        ("2024-02", "2024-02-29", True),
        ("2024-02-10", "2024-02", True),
        ("2024", "2025", True),
        (None, "2024", False),
        ("2024", "", False),
    ],
)
def test_a_date_is_past_when_its_last_day_is(end: str | None, day: str, past: bool) -> None:
    assert is_past(end, day) is past


@given(st.text(max_size=40), st.none() | dates)
def test_no_text_breaks_it(text: str, told: str | None) -> None:
    find_deadline(f"by {text}", told)
