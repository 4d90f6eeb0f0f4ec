"""Confidence is compared with the share of reports that are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import Outcome, bins, expected_error

OUTCOMES = st.lists(st.builds(Outcome, st.floats(0, 1), st.booleans(), st.booleans()))


def test_eight_right_of_ten_at_eight_tenths_is_no_error() -> None:
    rows = bins([Outcome(0.8, True, i < 8) for i in range(10)])
    assert [(row.low, row.count) for row in rows] == [(0.8, 10)]
    assert expected_error(rows) == pytest.approx(0)


def test_certainty_that_is_always_wrong_is_all_error() -> None:
    rows = bins([Outcome(1.0, True, False)] * 3)
    assert (rows[0].low, rows[0].found, rows[0].right) == (0.9, 1.0, 0.0)
    assert expected_error(rows) == pytest.approx(1)


def test_no_reports_is_no_error() -> None:
    assert expected_error(bins([])) == 0


@given(OUTCOMES)
def test_every_report_is_in_the_bin_that_holds_its_confidence(outcomes: list[Outcome]) -> None:
    rows = bins(outcomes)
    assert sum(row.count for row in rows) == len(outcomes)
    assert all(row.low - 1e-9 <= row.confidence <= row.low + 0.1 + 1e-9 for row in rows)
    assert 0 <= expected_error(rows) <= 1
