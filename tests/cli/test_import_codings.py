"""Claims about ``import``: what somebody else coded comes into a case."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dragoman as api
from tests.cli.conftest import Dragoman

Change = Callable[[dict[str, Any]], dict[str, Any] | str]


@pytest.fixture
def coding(dragoman: Dragoman, azure: Path, tmp_path: Path) -> Path:
    """What the case of one document exports."""
    path = tmp_path / "anna.jsonl"
    dragoman("export", azure, "-o", path)
    return path


def rewrite(path: Path, change: Change) -> None:
    rows = [change(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def by_standing(standing: str) -> Change:
    """All reports asserted so, with no reader named."""

    def change(row: dict[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in row.items() if name not in ("reader", "id")}
        return own | {"standing": standing} if "kind" in row else row

    return change


def standings(case: Path) -> set[tuple[str, str]]:
    with api.open_case(case) as opened:
        return {(stored.report.standing, stored.report.reader) for stored in opened.reports()}


def test_an_export_comes_back_as_the_same_record_with_its_texts(
    dragoman: Dragoman, article: Path, tmp_path: Path
) -> None:
    dragoman("read", article, "--case", tmp_path / "a.case", "--pack", "core", "--outlet", "The Harbour")
    dragoman("export", tmp_path / "a.case", "-o", tmp_path / "a.jsonl")
    dragoman("new", tmp_path / "b.case", "--pack", "core")
    result = dragoman("import", tmp_path / "b.case", tmp_path / "a.jsonl", "--by", "desk 1", "--text", article)
    assert result.code == 0, result.err
    assert dragoman("export", tmp_path / "b.case").out == (tmp_path / "a.jsonl").read_text(encoding="utf-8")


def test_a_coding_takes_the_place_of_what_was_read_and_again_adds_nothing(
    dragoman: Dragoman, azure: Path, coding: Path
) -> None:
    rewrite(coding, by_standing("planned"))
    first = dragoman("import", azure, coding, "--by", "Anna v1")
    assert (first.code, standings(azure)) == (0, {("planned", "Anna v1")})
    assert "Took in 3 reports of 1 document by Anna v1: 1 event, " in first.err
    assert "In 1 document they take the place of what was read before." in first.err
    before = dragoman("export", azure).out
    again = dragoman("import", azure, coding, "--by", "Anna v1")
    assert (again.code, dragoman("export", azure).out) == (0, before)
    assert "1 document coded so in the case already" in again.err


def test_a_later_coding_of_the_same_coder_is_taken_and_none_of_another(
    dragoman: Dragoman, azure: Path, coding: Path
) -> None:
    rewrite(coding, by_standing("planned"))
    dragoman("import", azure, coding, "--by", "Anna v1")
    rewrite(coding, by_standing("denied"))
    assert dragoman("import", azure, coding, "--by", "Anna v2").code == 0
    assert standings(azure) == {("denied", "Anna v2")}
    result = dragoman("import", azure, coding, "--by", "Ben")
    assert (result.code, standings(azure)) == (1, {("denied", "Anna v2")})
    assert "azure is not taken: it has the reports of Anna in this case" in result.err


def test_what_was_coded_stays_when_the_article_is_read_again(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    case, coding = tmp_path / "a.case", tmp_path / "anna.jsonl"
    dragoman("read", article, "--case", case, "--pack", "core")
    dragoman("export", case, "-o", coding)
    rewrite(coding, by_standing("denied"))
    dragoman("import", case, coding, "--by", "Anna")
    result = dragoman("read", article, "--case", case)
    assert "1 document in the case already" in result.err
    assert standings(case) == {("denied", "Anna")}


def test_decisions_hold_beside_a_coding(dragoman: Dragoman, azure: Path, coding: Path) -> None:
    report = next(row for line in coding.read_text().splitlines() if "kind" in (row := json.loads(line)))
    assert dragoman("decide", azure, "reject", report["id"]).code == 0
    rewrite(coding, by_standing("actual"))
    dragoman("import", azure, coding, "--by", "Anna")
    with api.open_case(azure) as case:
        assert [stored.id for stored in case.reports(rejected=True)] == [report["id"]]
        assert len(list(case.reports())) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda row: "{broken", "it is not JSON by the codebook"),
        (lambda row: "[1, 2]", "it names no document"),
        (lambda row: row | {"document": 7}, "it names no document"),
        (lambda row: {"document": row["document"]}, "it has none of kind (a report), actors and meta"),
        (lambda row: row | {"kind": "evnt"}, "unknown kind 'evnt'; kinds are event, position"),
        (lambda row: row | {"type": "MEET"}, "unknown event type 'MEET'; allowed are AGREE"),
        (lambda row: row | {"standing": None, "voice": 3}, "voice is a list of names, not 3"),
        (lambda row: {k: v for k, v in row.items() if k != "evidence"}, "it lacks 'evidence'"),
        (lambda row: {k: v for k, v in row.items() if k != "type"}, "event lacks a field"),
        (lambda row: row | {"date": "yesterday"}, "'yesterday' is not a date"),
        (
            lambda row: row | {"evidence": {"start": 1, "end": 8, "text": "Envoys "}},
            "the text of azure has 'nvoys o' at 1–8, not 'Envoys '",
        ),
        (lambda row: row | {"evidence": {"start": 9_000, "end": 9_001, "text": "E"}}, "has '' at 9000–9001, not 'E'"),
        (lambda row: {"document": row["document"], "actors": [{"kind": "state"}]}, "it lacks 'name'"),
        (lambda row: {"document": row["document"], "actors": [{"name": "X", "kind": "ship"}]}, "unknown actor kind"),
        (
            lambda row: {"document": row["document"], "actors": [{"name": "X", "kind": "state", "mentions": "X"}]},
            "list",
        ),
        (lambda row: {"document": row["document"], "meta": {"published": "May"}}, "'May' is not a date"),
        (lambda row: {"document": row["document"], "meta": {"title": 4}}, "title is text, not 4"),
        (lambda row: {"document": row["document"], "meta": []}, "meta is a map, not []"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_rest_goes_on(
    dragoman: Dragoman, azure: Path, coding: Path, change: Change, reason: str
) -> None:
    rewrite(coding, lambda row: change(row) if row.get("kind") == "event" else by_standing("denied")(row))
    result = dragoman("import", azure, coding, "--by", "Anna")
    assert result.code == 1
    assert f"{coding} line 3 is not taken: " in result.err
    assert reason in result.err
    assert "Took in 2 reports of 1 document" in result.err
    assert standings(azure) == {("denied", "Anna")}
    assert "line 3" in dragoman("show", azure, "aside").out


def test_what_cannot_be_a_coding_is_said(dragoman: Dragoman, azure: Path, coding: Path, tmp_path: Path) -> None:
    rewrite(coding, lambda row: row | {"document": "elsewhere"})
    before = dragoman("export", azure).out
    nowhere = dragoman("import", azure, coding, "--by", "Anna")
    assert nowhere.code == 1
    assert f"elsewhere, coded from {coding} line 1 on, is not taken: its text is neither in the case" in nowhere.err
    missing = dragoman("import", azure, tmp_path / "none.jsonl", "--by", "Anna")
    assert (missing.code, "nothing is at" in missing.err) == (1, True)
    (tmp_path / "a.txt").write_text("no rows", encoding="utf-8")
    assert (
        "a.txt is no coding; codings are files in .jsonl"
        in dragoman("import", azure, tmp_path / "a.txt", "--by", "Anna").err
    )
    assert dragoman("import", azure, coding, "--by", " ").code == 2
    assert dragoman("export", azure).out == before


def test_a_coding_agrees_with_the_case_that_took_it_in(dragoman: Dragoman, azure: Path, coding: Path) -> None:
    rewrite(coding, by_standing("planned"))
    dragoman("import", azure, coding, "--by", "Anna")
    lines = json.loads(dragoman("agreement", coding, azure, "--json").out)
    assert all(line["alike"] == line["units"] for line in lines)
