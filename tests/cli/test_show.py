"""Claims about ``show`` and ``search``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dragoman as api
from tests.case.factory import filled, make_reading
from tests.cli.conftest import Dragoman

KINDS = ("events", "positions", "steps", "commitments", "forecasts", "relations")


def ids_of(path: Path) -> list[str]:
    with api.open_case(path) as case:
        return [stored.id for stored in case.reports()]


def test_the_overview_tells_documents_reports_and_actors(dragoman: Dragoman, azure: Path) -> None:
    result = dragoman("show", azure)
    assert result.code == 0
    for word in ("documents", "1 from 1 outlet,", "events", "most told of", "Freedonia"):
        assert word in result.out


def test_the_overview_names_how_to_see_what_was_set_aside(dragoman: Dragoman, azure: Path) -> None:
    assert "aside" not in dragoman("show", azure).out
    with api.open_case(azure, write=True) as case:
        case.start_run("test-2")
        case.set_aside("noise.pdf", "noise.pdf has no text in it")
        case.finish_run({})
    assert "dragoman show CASE aside" in dragoman("show", azure).out
    told = dragoman("show", azure, "aside").out
    assert "noise.pdf" in told
    assert "has no text in it" in told


def test_reports_are_shown_as_of_a_day(dragoman: Dragoman, azure: Path) -> None:
    assert len(json.loads(dragoman("show", azure, "events", "--as-of", "2024-05-04", "--json").out)) == 1
    assert json.loads(dragoman("show", azure, "events", "--as-of", "2024-05-03", "--json").out) == []


@pytest.mark.parametrize("what", ["overview", "actors", "documents"])
def test_before_anything_was_published_nothing_is_shown(dragoman: Dragoman, azure: Path, what: str) -> None:
    shown, then, before = (
        json.loads(dragoman("show", azure, what, "--json", *as_of).out)
        for as_of in ((), ("--as-of", "2024-05-04"), ("--as-of", "2024-05-03"))
    )
    assert then == shown
    assert (before["documents"] if what == "overview" else len(before)) == 0


def test_what_is_shown_as_of_a_day_says_so_and_what_it_leaves_out(dragoman: Dragoman, tmp_path: Path) -> None:
    filled(tmp_path / "a.case", make_reading("a", published=None)).close()
    told = dragoman("show", tmp_path / "a.case", "--as-of", "2024-05")
    assert "a as of 2024-05" in told.out
    for what in ("overview", "actors", "documents"):
        told = dragoman("show", tmp_path / "a.case", what, "--as-of", "2024-05")
        assert "Left out: 1 document without a date." in told.err
    found = dragoman("search", tmp_path / "a.case", "envoys", "--as-of", "2024-05")
    assert (found.out, "Left out: 1 document without a date." in found.err) == ("", True)


def test_one_report_is_shown_as_of_a_day_that_has_it(dragoman: Dragoman, azure: Path) -> None:
    id = ids_of(azure)[0]
    assert dragoman("show", azure, "report", id, "--as-of", "2024-05-04").code == 0
    later = dragoman("show", azure, "report", id, "--as-of", "2024-05-03")
    assert (later.code, "was not told by 2024-05-03" in later.err) == (2, True)


@pytest.mark.parametrize("what", [*KINDS, "actors", "documents", "aside", "overview"])
def test_everything_is_shown_as_json_too(dragoman: Dragoman, azure: Path, what: str) -> None:
    table, data = dragoman("show", azure, what), dragoman("show", azure, what, "--json")
    assert (table.code, data.code) == (0, 0)
    assert isinstance(json.loads(data.out), dict if what == "overview" else list)


def test_json_has_the_exchange_form_with_ids(dragoman: Dragoman, azure: Path) -> None:
    exported = [json.loads(line) for line in dragoman("export", azure).out.splitlines()]
    shown = [row for kind in KINDS for row in json.loads(dragoman("show", azure, kind, "--json").out)]
    assert sorted(shown, key=lambda row: row["id"]) == sorted(
        (row for row in exported if "kind" in row), key=lambda row: row["id"]
    )


def test_filters_choose(dragoman: Dragoman, azure: Path) -> None:
    def events(*filters: str) -> int:
        return len(json.loads(dragoman("show", azure, "events", "--json", *filters).out))

    every = events()
    assert every > 0
    assert events("--actor", "Freedonia", "--since", "2024", "--type", "CONSULT") == 1
    assert events("--until", "2023") == 0
    assert 0 < events("--limit", "1") < every + 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("events", "--type", "CONSULTS"), "CONSULT"),
        (("events", "--actor", "Fredonia"), "did you mean 'Freedonia'"),
        (("events", "--since", "May"), "YYYY-MM-DD"),
        (("positions", "--type", "CONSULT"), "chooses among events"),
        (("actors", "--since", "2023"), "chooses among kinds of report, coalitions, disputes, matrix, network and"),
        (("actors", "--actor", "Freedonia"), "predictions and undertakings, not among actors"),
        (("aside", "--as-of", "2023"), "what was set aside was not read, so nothing was told in it by a date"),
        (("actors", "--as-of", "May"), "'May' is not a date"),
        (("report", "0", "--as-of", "May"), "no report '0'"),
        (("events", "--since", "2025", "--until", "2024"), "the period runs backwards"),
        (("occurrences", "--since", "2025", "--until", "2024"), "the period runs backwards"),
        (("matrix", "--since", "2025", "--until", "2024"), "the period runs backwards"),
        (("evnts",), "did you mean events?"),
        (("positions", "--issue", "un-envoi"), "unknown issue 'un-envoi'"),
        (("matrix", "--issue", "zzz"), "unknown issue 'zzz'"),
        (("events", "--until", "2025-13"), "'2025-13' is not a date"),
        (("report",), "say which report"),
        (("events", "abc"), "takes no id"),
        (("report", "zzz"), "no report"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(
    dragoman: Dragoman, azure: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = dragoman("show", azure, *arguments)
    assert result.code == 2
    assert result.err.startswith("Error: ")
    assert result.err.count("\n") == 1
    assert told in result.err


def test_a_report_is_shown_in_its_context(dragoman: Dragoman, azure: Path) -> None:
    for id in ids_of(azure):
        result = dragoman("show", azure, "report", id[:8])
        assert result.code == 0
        for word in ("sentence", "characters", "voice", "standing", "read by", id):
            assert word in result.out
        row = json.loads(dragoman("show", azure, "report", id, "--json").out)
        assert {"before", "after", "evidence", "id"} <= row.keys()


@pytest.mark.parametrize("columns", ["60", "80", "160"])
@pytest.mark.parametrize("what", [*KINDS, "actors", "documents", "overview"])
def test_tables_keep_within_the_terminal(
    dragoman: Dragoman, azure: Path, monkeypatch: pytest.MonkeyPatch, columns: str, what: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert all(len(line) <= int(columns) for line in dragoman("show", azure, what).out.splitlines())


def test_an_empty_case_is_shown_as_empty(dragoman: Dragoman, tmp_path: Path) -> None:
    path = tmp_path / "empty.case"
    dragoman("new", path)
    assert dragoman("show", path).code == 0
    for what in (*KINDS, "actors", "documents"):
        result = dragoman("show", path, what)
        assert (result.code, result.out) == (0, "")
        assert f"There are no {what}." in result.err
    assert dragoman("brief", path).code == 0


def test_search_finds_sentences_and_their_reports(dragoman: Dragoman, azure: Path) -> None:
    result = dragoman("search", azure, "ambassador")
    assert result.code == 0
    assert "The ambassador said that Freedonia may recognise the Council." in result.out
    (hit,) = json.loads(dragoman("search", azure, '"special envoy"', "--json").out)
    assert hit["sentence"] == "Critics of the special envoy protested."


def test_a_search_that_finds_nothing_says_so(dragoman: Dragoman, azure: Path) -> None:
    result = dragoman("search", azure, "zebra")
    assert (result.code, result.out) == (0, "")
    assert "no sentences with zebra" in result.err


def test_a_search_that_makes_no_sense_is_refused(dragoman: Dragoman, azure: Path) -> None:
    assert dragoman("search", azure, '"open').code == 2
