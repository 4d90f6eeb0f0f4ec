"""Calendars: whole days, lines that fold, and what a calendar program makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.case import Case
from dragoman.export import export_calendar
from dragoman.export.calendar import escape, folded
from dragoman.record import DateRange, Event, Forecast, Reading
from tests.case.factory import filled
from tests.export.told import MARK, second


def entries(case: Case, folder: Path) -> list[Any]:
    icalendar = pytest.importorskip("icalendar")
    export_calendar(case, folder / "out.ics")
    return list(icalendar.Calendar.from_ical((folder / "out.ics").read_bytes()).walk("VEVENT"))


def planned(day: DateRange | None, place: str = MARK) -> Reading:
    reading = second()
    event = next(report for report in reading.reports if isinstance(report, Event))
    return replace(reading, reports=(replace(event, date=day, place=place),))


def predicted(horizon: DateRange | None) -> Reading:
    reading = second()
    forecast = next(report for report in reading.reports if isinstance(report, Forecast))
    return replace(reading, reports=(replace(forecast, horizon=horizon),))


def test_a_plan_is_an_entry_on_its_days(told: Case, tmp_path: Path) -> None:
    found = {str(entry["CATEGORIES"].cats[0]): entry for entry in entries(told, tmp_path)}
    plan = found["planned event"]
    assert (plan["DTSTART"].dt, plan["DTEND"].dt) == (date(2024, 6, 1), date(2024, 7, 1))
    assert plan["SUMMARY"] == f"planned: Norway to talk with Peru ({MARK}), some time in 2024-06"
    assert "1 document, 1 independent source" in plan["DESCRIPTION"]
    assert "says officials" in plan["DESCRIPTION"]


def test_a_forecast_is_due_on_the_last_day_of_its_horizon(told: Case, tmp_path: Path) -> None:
    (due,) = [entry for entry in entries(told, tmp_path) if str(entry["SUMMARY"]).startswith("forecast due")]
    assert (due["DTSTART"].dt, due["DTEND"].dt) == (date(2025, 12, 31), date(2026, 1, 1))
    assert due["SUMMARY"] == "forecast due: recognise the rebels; fully, at last (possible, analysts)"


@pytest.mark.parametrize(
    ("day", "first", "after", "says"),
    [
        (DateRange.on("2024-02-29"), date(2024, 2, 29), date(2024, 3, 1), ""),
        (DateRange("2024-02-28", "2024-03-02"), date(2024, 2, 28), date(2024, 3, 3), ""),
        (DateRange.on("2024"), date(2024, 1, 1), date(2025, 1, 1), ", some time in 2024"),
        (DateRange("2024-01", "2024-03"), date(2024, 1, 1), date(2024, 4, 1), ", some time from 2024-01 to 2024-03"),
        (DateRange("2024-03-05", "2024"), date(2024, 3, 5), date(2025, 1, 1), ", some time from 2024-03-05 to 2024"),
        (DateRange(None, "2024-02"), date(2024, 2, 29), date(2024, 3, 1), ", by 2024-02"),
        (DateRange("2024-02", None), date(2024, 2, 1), date(2024, 2, 2), ", from 2024-02"),
        (DateRange(None, "2024-05-10"), date(2024, 5, 10), date(2024, 5, 11), ", by 2024-05-10"),
        (DateRange("2024-05-10", None), date(2024, 5, 10), date(2024, 5, 11), ", from 2024-05-10"),
        (DateRange.on("2023-02-31"), date(2023, 2, 28), date(2023, 3, 1), ""),
    ],
)
def test_days_are_as_wide_as_told(tmp_path: Path, day: DateRange, first: date, after: date, says: str) -> None:
    with filled(tmp_path / "a.case", planned(day)) as case:
        (entry,) = entries(case, tmp_path)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (first, after)
    assert entry["SUMMARY"].endswith(f"({MARK}){says}")
    assert entry["DTEND"].dt - entry["DTSTART"].dt >= timedelta(days=1)


def test_a_plan_without_a_date_is_left_out_and_said(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", planned(None)) as case:
        remarks = export_calendar(case, tmp_path / "out.ics")
    assert remarks == ("Left out 1 planned event without a date.",)


@pytest.mark.parametrize("horizon", [None, DateRange("2024-05-06", None)], ids=["none", "in the coming years"])
def test_a_forecast_without_an_end_is_due_on_no_day(tmp_path: Path, horizon: DateRange | None) -> None:
    with filled(tmp_path / "a.case", predicted(horizon)) as case:
        assert entries(case, tmp_path) == []
        assert export_calendar(case, tmp_path / "out.ics") == (
            "Left out 1 forecast without a day by which to come true.",
        )


@pytest.mark.parametrize(
    ("horizon", "day"),
    [
        (DateRange("2024", "2029"), date(2029, 12, 31)),
        (DateRange.on("2026-02"), date(2026, 2, 28)),
        (DateRange(None, "2026-02-30"), date(2026, 2, 28)),
    ],
    ids=["by the end of the decade", "in February", "a day that is none"],
)
def test_a_horizon_ends_on_its_last_day(tmp_path: Path, horizon: DateRange, day: date) -> None:
    with filled(tmp_path / "a.case", predicted(horizon)) as case:
        (entry,) = entries(case, tmp_path)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (day, day + timedelta(days=1))


def test_a_calendar_program_finds_nothing_wrong(told: Case, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    export_calendar(told, tmp_path / "out.ics")
    calendar = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes())
    assert [part.errors for part in calendar.walk()] == [[], [], []]
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}


def test_the_end_of_time_has_no_day_after_it(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", planned(DateRange.on("9999-12-31"))) as case:
        (entry,) = entries(case, tmp_path)
    assert (entry["DTSTART"].dt, "DTEND" in entry) == (date(9999, 12, 31), False)


def test_the_same_plan_keeps_its_uid_and_the_same_case_its_bytes(told: Case, tmp_path: Path) -> None:
    uids = [entry["UID"] for entry in entries(told, tmp_path)]
    before = (tmp_path / "out.ics").read_bytes()
    assert [entry["UID"] for entry in entries(told, tmp_path)] == uids
    assert (tmp_path / "out.ics").read_bytes() == before
    assert len(set(uids)) == 2


def test_no_line_is_longer_than_75_bytes_and_all_end_as_they_must(told: Case, tmp_path: Path) -> None:
    export_calendar(told, tmp_path / "out.ics")
    data = (tmp_path / "out.ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("place", ["a\r\nBEGIN:VEVENT", "x,y,z\\n z", "\x00\x1b[31m", "Zoë 🕊️" * 40])
def test_hostile_words_stay_within_their_value(tmp_path: Path, place: str) -> None:
    with filled(tmp_path / "a.case", planned(DateRange.on("2024-06-01"), place)) as case:
        (entry,) = entries(case, tmp_path)
    kept = "".join(c for c in place.replace("\r\n", "\n") if c == "\n" or c >= " ")
    assert str(entry["LOCATION"]) == kept


def test_only_a_page_is_an_address_to_go_to(tmp_path: Path) -> None:
    reading = planned(DateRange.on("2024-06-01"))
    script = replace(reading, document=replace(reading.document, url="javascript:alert(1)"))
    with filled(tmp_path / "a.case", script) as case:
        assert "URL" not in entries(case, tmp_path)[0]
    with filled(tmp_path / "b.case", reading) as case:
        assert entries(case, tmp_path)[0]["URL"] == "https://example.org/second?a=1&b=2"


@given(st.text(max_size=300))
def test_folding_loses_nothing_and_cuts_no_character(text: str) -> None:
    line = escape(text)
    pieces = list(folded(line))
    assert all(len(piece) <= 75 and piece.decode() is not None for piece in pieces)
    assert (pieces[0] + b"".join(piece[1:] for piece in pieces[1:])).decode() == line
