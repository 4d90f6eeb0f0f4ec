"""GDELT 2.0: its columns, its order, and nothing in them that the record does not know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case
from dragoman.errors import ExportError
from dragoman.export import export_gdelt
from dragoman.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, ROOTS
from dragoman.record import DateRange, Event, EventType, Standing
from tests.case.factory import filled
from tests.export.told import asserted, first

UNKNOWN = ("GoldsteinScale", "AvgTone", "DATEADDED", "IsRootEvent", "ActionGeo_Lat")


def tables(case: Case, folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    export_gdelt(case, folder / "gdelt")
    return (
        rows(folder / "gdelt" / "export.CSV", EVENT_COLUMNS),
        rows(folder / "gdelt" / "mentions.CSV", MENTION_COLUMNS),
    )


def rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in path.read_text("utf-8").splitlines()]


def test_there_are_61_and_16_columns_in_the_order_of_the_codebook() -> None:
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    assert EVENT_COLUMNS.index("Actor2Code") == 15
    assert EVENT_COLUMNS.index("EventRootCode") == 28
    assert EVENT_COLUMNS.index("ActionGeo_FullName") == 52
    assert EVENT_COLUMNS[-2:] == ("DATEADDED", "SOURCEURL")


def test_an_event_has_what_is_known_and_no_more(told: Case, tmp_path: Path) -> None:
    events, _ = tables(told, tmp_path)
    (meeting,) = [row for row in events if row["Day"] == "20240503"]
    assert (meeting["Actor1Code"], meeting["Actor1Name"], meeting["Actor2Name"]) == (
        "NORGOV",
        "NORWAY",
        "PERUVIAN REBELS",
    )
    assert (meeting["EventRootCode"], meeting["QuadClass"], meeting["NumSources"]) == ("04", "1", "2")
    assert meeting["SOURCEURL"] == "https://example.org/first?a=1&b=2"
    assert meeting["EventCode"] == ""
    assert all(row[name] == "" for row in events for name in UNKNOWN)


@pytest.mark.parametrize(
    ("day", "fraction"),
    [
        pytest.param("2007-07-04", "2007.5041", id="as in a record of GDELT's"),
        pytest.param("2016-07-01", "2016.4959", id="as in another"),
        pytest.param("2023-12-31", "2023.9890", id="the last day"),
    ],
)
def test_a_day_is_the_fraction_of_its_year_that_gdelt_makes_of_it(tmp_path: Path, day: str, fraction: str) -> None:
    reading = first()
    event = next(report for report in reading.reports if isinstance(report, Event))
    reading = replace(reading, reports=(replace(event, date=DateRange.on(day)),))
    with filled(tmp_path / "a.case", reading) as case:
        (row,), _ = tables(case, tmp_path)
    assert (row["Day"], row["FractionDate"]) == (day.replace("-", ""), fraction)


def test_a_month_is_no_day(told: Case, tmp_path: Path) -> None:
    events, _ = tables(told, tmp_path)
    (plan,) = [row for row in events if row["EventRootCode"] == "03"]
    assert [plan[name] for name in EVENT_COLUMNS[1:5]] == ["", "202406", "2024", ""]


def test_mentions_join_events_and_lead_to_the_sentence(told: Case, tmp_path: Path) -> None:
    events, mentions = tables(told, tmp_path)
    assert {row["GlobalEventID"] for row in mentions} == {row["GlobalEventID"] for row in events}
    assert sum(int(row["NumMentions"]) for row in events) == len(mentions)
    texts = {f"https://example.org/{id}?a=1&b=2": told.document(id).text for id in ("first", "second")}
    for row in mentions:
        text = texts[row["MentionIdentifier"]]
        assert text[int(row["ActionCharOffset"]) :].startswith(("Norway", "Peru", "The envoy", "Envoys"))
        assert int(row["MentionDocLen"]) == len(text)


def test_joined_types_have_no_root() -> None:
    assert {"REQUEST", "ACCUSE", "ASSAULT"}.isdisjoint(map(str, ROOTS))


def test_what_is_left_out_is_said(told: Case, tmp_path: Path) -> None:
    remarks = export_gdelt(told, tmp_path / "gdelt")
    assert remarks == (
        "Left out 1 that GDELT has no type for: 1 denied.",
        "1 only planned, as intent to cooperate (03).",
    )


@pytest.mark.parametrize(
    ("type", "code"),
    [("CONSULT", "036"), ("SUPPORT", "032"), ("COOPERATE", "031"), ("AID", "033"), ("RETREAT", "035"), ("CONCEDE", "")],
)
def test_a_plan_has_the_code_of_its_intent(tmp_path: Path, type: str, code: str) -> None:
    with filled(tmp_path / "a.case", asserted(Standing.PLANNED, EventType(type))) as case:
        (row,), _ = tables(case, tmp_path)
    assert [row[name] for name in ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass")] == [
        code,
        code,
        "03",
        "1",
    ]


@pytest.mark.parametrize("name", ["a\tb", "a\nb", "=cmd()", "\x0b"])
def test_a_hostile_name_breaks_no_row(tmp_path: Path, name: str) -> None:
    reading = first()
    event = next(report for report in reading.reports if isinstance(report, Event))
    reading = replace(reading, reports=(replace(event, source=(name,), place=name),))
    with filled(tmp_path / "a.case", reading) as case:
        events, _ = tables(case, tmp_path)
    assert len(events) == 1
    assert not events[0]["Actor1Name"].startswith("=")


def test_pandas_reads_both_tables(told: Case, tmp_path: Path) -> None:
    pd: Any = pytest.importorskip("pandas")
    export_gdelt(told, tmp_path / "gdelt")
    events = pd.read_csv(tmp_path / "gdelt" / "export.CSV", sep="\t", header=None, names=EVENT_COLUMNS)
    mentions = pd.read_csv(tmp_path / "gdelt" / "mentions.CSV", sep="\t", header=None, names=MENTION_COLUMNS)
    assert set(mentions["GlobalEventID"]) == set(events["GlobalEventID"])
    assert str(events["GlobalEventID"].dtype) == "int64"


def test_a_folder_that_cannot_be_made_is_told(told: Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="cannot make the folder"):
        export_gdelt(told, tmp_path / "file")


def test_an_export_that_fails_leaves_the_old_tables(told: Case, tmp_path: Path) -> None:
    (tmp_path / "gdelt").mkdir()
    for name in ("export.CSV", "mentions.CSV"):
        (tmp_path / "gdelt" / name).write_text("old")
    told._conn.exec_driver_sql("UPDATE bodies SET text = zeroblob(9) WHERE document = 2")
    with pytest.raises(Exception, match="decompress"):
        export_gdelt(told, tmp_path / "gdelt")
    assert [file.read_text() for file in sorted((tmp_path / "gdelt").iterdir())] == ["old", "old"]
