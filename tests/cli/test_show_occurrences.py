"""Claims about ``show … occurrences``, ``occurrence ID`` and ``disputes``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.record import DateRange, EventType, Stance, Standing
from tests.case.factory import filled
from tests.case.test_occurrences import told
from tests.cli.conftest import Dragoman

ATTACK: dict[str, Any] = {"type": EventType.ASSAULT, "source": ("Norland",), "target": ("Suthia",)}


@pytest.fixture
def vienna(tmp_path: Path) -> Path:
    """A meeting told by two, an attack told by two with unlike figures, and one who is for and against."""
    path = tmp_path / "vienna.case"
    filled(
        path,
        told("met", {}, published="2024-05-04", outlet="The Early"),
        told("meeting", {}, published="2024-05-05", outlet="The Late"),
        told("early", ATTACK | {"killed": 3}, published="2024-05-04", outlet="The Early"),
        told("late", ATTACK | {"killed": 20}, published="2024-05-05", outlet="The Late"),
        told("stance", published="2024-05-05", positions=(("trade", Stance.SUPPORT), ("trade", Stance.OPPOSE))),
    ).close()
    return path


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    path = tmp_path / "nothing.case"
    filled(path).close()
    return path


def listed(dragoman: Dragoman, case: Path, *asked: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(dragoman("show", case, "occurrences", *asked, "--json").out)
    return rows


def one_of(dragoman: Dragoman, case: Path, type: str) -> dict[str, Any]:
    (row,) = listed(dragoman, case, "--type", type)
    return row


def test_what_happened_is_a_line_with_its_documents_and_sources(dragoman: Dragoman, vienna: Path) -> None:
    result = dragoman("show", vienna, "occurrences", "--type", "CONSULT")
    assert result.code == 0
    head, _, row = result.out.splitlines()[:3]
    assert head.split() == ["id", "date", "type", "what", "told", "documents", "sources"]
    assert "Norland and Suthia" in row
    assert "several sources" in row
    assert row.split()[-2:] == ["2", "2"]


def test_a_figure_in_dispute_is_not_told_as_the_figure(dragoman: Dragoman, vienna: Path) -> None:
    row = dragoman("show", vienna, "occurrences", "--type", "ASSAULT").out
    assert "disputed (killed)" in row
    assert "20" not in row.replace("2024", "")


def test_what_is_only_planned_is_not_told_as_done(dragoman: Dragoman, tmp_path: Path) -> None:
    case = tmp_path / "ahead.case"
    filled(case, told("plan", ATTACK | {"standing": Standing.PLANNED}, published="2024-05-04")).close()
    assert "Norland to attack Suthia" in dragoman("show", case, "occurrences").out


def test_of_many_parties_a_few_are_named_and_the_rest_counted(dragoman: Dragoman, tmp_path: Path) -> None:
    case = tmp_path / "many.case"
    cities = tuple(f"City {letter}" for letter in "ABCDEFGHIJ")
    filled(case, told("many", ATTACK | {"source": cities, "target": ()}, published="2024-05-04")).close()
    (one,) = listed(dragoman, case)
    assert tuple(one["source"]) == cities
    line = "City A, City B, City C, City D, City E, City F and 4 more attacked"
    assert line in dragoman("show", case, "occurrences").out
    assert line in dragoman("show", case, "occurrence", one["id"]).out
    assert f"<title>{line} (Vienna)</title>" in dragoman("export", case, "--format", "atom").out
    assert "City A, City B, City C, City D and 6 more attacked" in dragoman("brief", case).out


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_longer_than_the_terminal(
    dragoman: Dragoman, vienna: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    attack = one_of(dragoman, vienna, "ASSAULT")["id"]
    for asked in (("occurrences",), ("occurrence", attack), ("disputes",)):
        out = dragoman("show", vienna, *asked).out
        assert out
        assert max(map(len, out.splitlines())) <= columns


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        (("--status", "disputed"), "ASSAULT"),
        (("--status", "several sources"), "CONSULT"),
        (("--place", "Vienna"), "ASSAULT CONSULT"),
        (("--place", "Lima"), ""),
        (("--actor", "Norland"), "ASSAULT CONSULT"),
        (("--since", "2024-06"), ""),
        (("--as-of", "2024-05-03"), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_list_is_narrowed(dragoman: Dragoman, vienna: Path, asked: tuple[str, ...], types: str) -> None:
    assert {row["type"] for row in listed(dragoman, vienna, *asked)} == set(types.split())


def test_as_of_a_day_only_what_was_told_by_then_counts(dragoman: Dragoman, vienna: Path) -> None:
    attack = one_of(dragoman, vienna, "ASSAULT")["id"]
    result = dragoman("show", vienna, "occurrence", attack, "--as-of", "2024-05-04")
    assert "one source tells it in its own name; 1 report, 1 document, 1 source" in result.out
    assert "in dispute" not in result.out
    assert dragoman("show", vienna, "disputes", "--as-of", "2024-05-04").out == ""


def test_one_occurrence_has_its_sentences_by_source_and_where_they_differ(dragoman: Dragoman, vienna: Path) -> None:
    attack = one_of(dragoman, vienna, "ASSAULT")["id"]
    result = dragoman("show", vienna, "occurrence", attack[:8])
    assert result.code == 0
    for words in ("The Early", "The Late", "same day", "killed in dispute", "3 (1 document, 1 source)"):
        assert words in result.out


def test_disputes_quote_both_sides(dragoman: Dragoman, vienna: Path) -> None:
    result = dragoman("show", vienna, "disputes", "--matter", "killed")
    assert result.code == 0
    assert "early tells of number 0" in result.out
    assert "late tells of number 0" in result.out
    assert "stance in dispute" not in result.out
    assert "stance in dispute" in dragoman("show", vienna, "disputes").out


def test_all_of_it_is_shown_as_json_too(dragoman: Dragoman, vienna: Path) -> None:
    row = one_of(dragoman, vienna, "ASSAULT")
    assert (row["status"], row["documents"], row["sources"]) == ("disputed", 2, 2)
    full = json.loads(dragoman("show", vienna, "occurrence", row["id"], "--json").out)
    assert {one["report"]["killed"] for one in full["reports"]} == {3, 20}
    assert {one["matter"] for one in json.loads(dragoman("show", vienna, "disputes", "--json").out)} == {
        "killed",
        "stance",
    }


def test_an_occurrence_taken_for_a_report_is_told_with_its_reports(dragoman: Dragoman, vienna: Path) -> None:
    attack = one_of(dragoman, vienna, "ASSAULT")["id"]
    for asked in (("show", vienna, "report", attack), ("decide", vienna, "accept", attack, "--by", "Anna")):
        result = dragoman(*asked)
        assert (result.code, result.err.count("\n")) == (2, 1)
        assert "is an occurrence, not a report" in result.err


def test_a_report_taken_for_an_occurrence_is_told_with_its_occurrence(dragoman: Dragoman, vienna: Path) -> None:
    attack = one_of(dragoman, vienna, "ASSAULT")
    report = json.loads(dragoman("show", vienna, "occurrence", attack["id"], "--json").out)["reports"][0]["report"][
        "id"
    ]
    result = dragoman("show", vienna, "occurrence", report[:8])
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert f"is the report of an event, not an occurrence; it is in {attack['id'][:8]}" in result.err
    (stance, *_) = json.loads(dragoman("show", vienna, "positions", "--json").out)
    assert "is the report of a position, not" in dragoman("show", vienna, "occurrence", stance["id"]).err


def test_the_latest_come_first(dragoman: Dragoman, tmp_path: Path) -> None:
    case = tmp_path / "a.case"
    days = ("2024-05-03", "2024-06-09", "2024-03-01")
    filled(case, *(told(day, {"date": DateRange.on(day)}, published=day) for day in days)).close()
    assert [row["day"] for row in listed(dragoman, case)] == sorted(days, reverse=True)
    assert [row["day"] for row in listed(dragoman, case, "--limit", "1")] == ["2024-06-09"]


@pytest.mark.parametrize("what", ["occurrences", "disputes"])
def test_an_empty_case_has_none(dragoman: Dragoman, nothing: Path, what: str) -> None:
    result = dragoman("show", nothing, what)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"There are no {what}.\n"
    assert json.loads(dragoman("show", nothing, what, "--json").out) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("occurrence",), "say which occurrence"),
        (("occurrence", "ffff"), "no occurrence 'ffff'"),
        (("occurrences", "ffff"), "takes no id; show CASE occurrence ID"),
        (("occurrences", "--type", "CONSLT"), "did you mean CONSULT"),
        (("occurrences", "--status", "disputd"), "did you mean disputed"),
        (("occurrences", "--actor", "Norlund"), "did you mean 'Norland'"),
        (("occurrences", "--since", "May"), "YYYY-MM-DD"),
        (("occurrences", "--as-of", "May"), "YYYY-MM-DD"),
        (("occurrences", "--matter", "killed"), "not among occurrences"),
        (("disputes", "--matter", "kiled"), "did you mean killed"),
        (("disputes", "--type", "CONSULT"), "not among disputes"),
    ],
)
def test_what_makes_no_sense_is_refused(dragoman: Dragoman, vienna: Path, asked: tuple[str, ...], told: str) -> None:
    result = dragoman("show", vienna, *asked)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert told in result.err


def test_a_report_is_taken_out_of_an_occurrence_and_both_say_by_whom(dragoman: Dragoman, vienna: Path) -> None:
    rows = json.loads(dragoman("show", vienna, "occurrences", "--json").out)
    meeting = next(row["id"] for row in rows if row["type"] == "CONSULT")
    first, second = json.loads(dragoman("show", vienna, "occurrence", meeting, "--json").out)["reports"]
    decided = ("--occurrence", meeting, "--by", "Anna", "--reason", "another day")
    done = dragoman("decide", vienna, "part", second["report"]["id"], *decided)
    assert "part 1 report from 1 of one occurrence" in done.out
    for own in (first, second):
        id = next(
            row["id"]
            for row in json.loads(dragoman("show", vienna, "occurrences", "--json").out)
            if own["report"]["id"]
            in dragoman("show", vienna, "occurrence", row["id"], "--json").out.split('"decisions"')[0]
        )
        shown = dragoman("show", vienna, "occurrence", id).out
        assert "Anna: part 1 report from 1 of one occurrence (another day)" in " ".join(shown.split())
        (one,) = json.loads(dragoman("show", vienna, "occurrence", id, "--json").out)["decisions"]
        assert (one["author"], one["action"]) == ("Anna", "part")
