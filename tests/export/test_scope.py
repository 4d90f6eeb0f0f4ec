"""What every format owes beside all of the case: nothing rejected, nothing told later, nothing of another time."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.export import FORMATS
from dragoman.record import Action, Decision
from tests.export.told import MARK

OURS = [
    *("jsonl", "csv", "parquet", "plover", "gdelt", "followthemoney", "annotations", "calendar", "atom"),
]


def written(case: Case, folder: Path, name: str, **scope: str) -> str:
    """All that an export writes, as text; lines of a calendar are put together again."""
    target = folder / f"out.{name}"
    FORMATS[name](case, target, **scope)
    if name == "parquet":
        pq = pytest.importorskip("pyarrow.parquet")
        return str(pq.read_table(target).to_pylist())
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return "".join(file.read_text("utf-8") for file in files).replace("\n ", "")


@pytest.mark.parametrize("name", OURS)
def test_what_is_told_is_written(told: Case, tmp_path: Path, name: str) -> None:
    assert MARK in written(told, tmp_path, name)


@pytest.mark.parametrize("name", OURS)
def test_a_rejected_report_is_nowhere(told: Case, tmp_path: Path, name: str) -> None:
    plan = next(told.reports("event", standing="planned"))
    told.decide(Decision("Anna", Action.REJECT, told.about(plan.id)))
    assert MARK not in written(told, tmp_path, name)


@pytest.mark.parametrize("name", OURS)
def test_a_corrected_report_is_as_corrected(told: Case, tmp_path: Path, name: str) -> None:
    plan = next(told.reports("event", standing="planned"))
    told.decide(Decision("Anna", Action.CORRECT, told.about(plan.id), {"place": "Newtown"}))
    assert "Newtown" in written(told, tmp_path, name)


@pytest.mark.parametrize("name", OURS)
def test_what_was_published_later_is_not_told_as_of_a_date(told: Case, tmp_path: Path, name: str) -> None:
    assert MARK not in written(told, tmp_path, name, as_of="2024-05-05")
    assert MARK in written(told, tmp_path, name, as_of="2024-05")


@pytest.mark.parametrize("name", OURS)
def test_what_is_of_another_time_is_left_out(told: Case, tmp_path: Path, name: str) -> None:
    assert MARK not in written(told, tmp_path, name, until="2024-05-05")
    assert MARK not in written(told, tmp_path, name, since="2024-07")
    assert MARK in written(told, tmp_path, name, since="2024-06", until="2024-06")


@pytest.mark.parametrize("name", OURS)
def test_what_is_no_date_is_refused(told: Case, tmp_path: Path, name: str) -> None:
    for scope in ({"since": "May"}, {"until": "5.5.2024"}, {"as_of": "yesterday"}):
        with pytest.raises(UsageError, match="is not a date"):
            FORMATS[name](told, tmp_path / "out", **scope)
