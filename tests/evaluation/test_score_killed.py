"""A writer that is killed at any moment loses nothing that it reported as done, and leaves no half of anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import create_case, open_case
from evaluation.errors import BenchError
from evaluation.killed import READER, check, kill_often, make_reading

TIMES = 4


def test_a_case_survives_writers_that_are_killed() -> None:
    assert kill_often(TIMES) > TIMES


def test_a_loss_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with create_case(path, packs=("core",)) as case:
        case.start_run(READER)
        case.add(make_reading("one"))
        case.finish_run()
    check(path, [["document", "one"]])
    with pytest.raises(BenchError, match="document two was reported as done and is lost"):
        check(path, [["document", "two"]])
    with open_case(path, write=True) as case:
        for table in ("reports", "occurrences"):
            case._conn.exec_driver_sql(f"DELETE FROM {table}")
    with pytest.raises(BenchError, match="without all that was read"):
        check(path, [])
