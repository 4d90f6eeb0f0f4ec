"""Occurrences counted by month, as what meets the same conditions is listed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.case.factory import SENTENCES, filled, make_reading

ASKED: tuple[dict[str, str], ...] = (
    {},
    {"type": "CONSULT"},
    {"type": "AID"},
    {"status": "several sources"},
    {"status": "one source"},
    {"actor": "Freedonia", "place": "Port Azure"},
    {"since": "2024-06"},
    {"as_of": "2024-05-04"},
    {"as_of": "2024-05-04", "status": "several sources"},
    {"as_of": "2024-05-04", "status": "one source"},
    {"as_of": "2024-05-03"},
)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_months_count_what_the_list_has(tmp_path: Path, asked: dict[str, str]) -> None:
    later = make_reading("gazette", sentences=(*SENTENCES, "So they say."), published="2024-05-09", outlet=None)
    with filled(tmp_path / "a.case", make_reading(), later) as case:
        listed = Counter(one.day[:7] for one in case.occurrences(**asked))
        assert dict(case.count_by_month(**asked)) == listed


@pytest.mark.parametrize(
    "asked", [{}, {"actor": "Freedonia"}, {"as_of": "2024-05-04"}, {"as_of": "2024-05-03"}], ids=str
)
def test_years_count_what_the_list_has(tmp_path: Path, asked: dict[str, str]) -> None:
    with filled(tmp_path / "a.case", make_reading(), make_reading("b", published="2023-02-01")) as case:
        assert dict(case.count_by_year(**asked)) == Counter(one.day[:4] for one in case.occurrences(**asked))
