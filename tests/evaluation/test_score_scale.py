"""A big case is a real one told over and over: what holds of every case holds of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dragoman.case import open_case
from dragoman.record import DateRange, Direction, Step
from evaluation.big_case import grow
from tests.case.factory import filled, make_reading


def test_dates_of_copies_do_not_run_backwards(tmp_path: Path) -> None:
    """Sixteen months before the last day of June is no 30 February; March's first days, SQLite's way, are too late."""
    reading = make_reading()
    event, *others = reading.reports
    night = replace(event, date=DateRange("2024-06-30", "2024-07-01"))
    path = tmp_path / "a.case"
    filled(path, replace(reading, reports=(night, *others))).close()
    assert grow(path, 60) == 60
    with open_case(path) as case:
        dates = [stored.report.date for stored in case.reports("event")]  # a date that runs backwards cannot be read
        gathered = [one.date for one in case.occurrences()]
    assert len(set(dates)) == len(gathered) == 20
    assert DateRange("2023-02-28", "2023-03-01") in dates
    assert sorted(map(str, gathered)) == sorted(map(str, dates))


def test_occurrences_of_a_big_case_are_counted_as_a_brief_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    filled(path, make_reading()).close()
    grow(path, 60)
    with open_case(path) as case:
        for length in (4, 7, 10):
            assert (
                sum(one.number for one in case.count_occurrences(length=length)) == len(list(case.occurrences())) == 20
            )


def test_steps_of_a_big_case_are_gathered_as_its_documents_tell_them(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    reading = make_reading()
    evidence, toward = reading.reports[0].evidence, ("Freedonia",)
    step = Step(
        document="azure", evidence=evidence, by=("Sylvania",), toward=toward, rung="contact", direction=Direction.UP
    )
    filled(path, replace(reading, reports=(step,))).close()
    grow(path, 20)
    with open_case(path) as case:
        kept, anew = case.climbs_toward("Freedonia"), case.climbs_toward("Freedonia", as_of="2999")
    assert sorted(kept.climbs, key=str) == sorted(anew.climbs, key=str)
    assert kept.documents == len(kept.climbs) == 20


def test_copies_of_a_report_are_gathered_as_reports_of_their_own(tmp_path: Path) -> None:
    """Under the original's id, gathering one of them anew took it for the original, which was lost."""
    path = tmp_path / "a.case"
    filled(path, make_reading()).close()
    grow(path, 60)
    with open_case(path) as case:
        told = "SELECT json_extract(telling, '$.id'), reports.id FROM occurrence_reports JOIN reports ON pk = report"
        kept = case._conn.exec_driver_sql(told).all()
    assert len({id for id, _ in kept}) == 20
    assert all(id == of_report for id, of_report in kept)
