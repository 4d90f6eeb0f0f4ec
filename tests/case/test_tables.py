"""Reports as tables: one column a field, values as they are."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from dragoman.case import StoredReport, open_case
from dragoman.case.flat import COLUMNS, columns_of, flatten
from dragoman.errors import UsageError
from dragoman.record import Kind, Report

from .factory import documents, filled, make_reading, reports_of


@settings(max_examples=60, deadline=None)
@given(documents().flatmap(reports_of))
def test_every_told_value_of_any_report_is_in_a_column(report: Report) -> None:
    row = flatten(StoredReport(report.id, report, "A title", None, "2024"))
    assert list(row) == [column.name for column in columns_of(report.kind)]
    told = report.to_dict()
    for name in set(told) & set(row) - {"confidence"}:
        assert row[name] == told[name]
    for role, names in told.get("others", {}).items():
        assert row[f"others_{role}"] == names
    if date := told.get("date"):
        assert (row["date_from"], row["date_to"]) == (date["from"], date["to"])
    assert (row["start"], row["end"], row["text"]) == tuple(told["evidence"][name] for name in ("start", "end", "text"))


@pytest.mark.parametrize("kind", Kind)
def test_columns_have_one_type_and_begin_with_document_kind_and_id(kind: Kind) -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert [column.name for column in columns_of(kind)][:3] == ["document", "kind", "id"]


def test_arrow_table_has_lists_and_numbers(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    reading = make_reading()
    bloody = replace(reading.reports[0], killed=14, source=("A \ud800", "B"))
    with filled(tmp_path / "a.case", replace(reading, reports=(bloody,))) as case:
        (row,) = case.to_arrow("event").to_pylist()
        assert (row["killed"], row["injured"], row["others_host"]) == (14, None, ["Sylvania"])
        assert row["source"] == ["A \ufffd", "B"]
        assert case.to_arrow("relation").num_rows == 0


def test_data_frame_has_a_row_for_each_report(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    with filled(tmp_path / "a.case", make_reading()) as case:
        frame = case.to_pandas("position")
        assert list(frame["about"]) == ["the envoy"]
        assert "killed" not in frame.columns


@pytest.mark.parametrize(("library", "call"), [("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_missing_library_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, call: str
) -> None:
    filled(tmp_path / "a.case", make_reading()).close()
    monkeypatch.setitem(sys.modules, library, None)
    with open_case(tmp_path / "a.case") as case, pytest.raises(UsageError, match=rf"{library}.*dragoman\[tables\]"):
        getattr(case, call)("event")


@pytest.mark.parametrize("call", ["to_pandas", "to_arrow"])
def test_table_of_an_unknown_kind_is_refused(tmp_path: Path, call: str) -> None:
    with filled(tmp_path / "a.case") as case, pytest.raises(UsageError, match="unknown kind 'events'"):
        getattr(case, call)("events")
