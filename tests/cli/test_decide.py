"""Claims about ``decide``, ``decisions`` and ``agreement``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import dragoman as api
from tests.case.factory import filled, make_reading
from tests.cli.conftest import Dragoman


def ids_of(path: Path) -> dict[str, str]:
    with api.open_case(path) as case:
        return {str(stored.report.kind): stored.id for stored in case.reports()}


def shown(dragoman: Dragoman, case: Path, what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(dragoman("show", case, what, "--json").out)
    return rows


def test_deciding_shows_and_undoing_takes_back(dragoman: Dragoman, azure: Path) -> None:
    event = ids_of(azure)["event"]
    done = dragoman(
        "decide", azure, "correct", event[:8], "type=AGREE", "source=Freedonia; Sylvania", "date=2024-05-03/2024-05-04",
        "others.mediator=Qatar", "killed=", "--by", "Anna", "--reason", "they signed",
    )  # fmt: skip
    assert done.code == 0
    assert "correct event: type = AGREE, source = Freedonia; Sylvania" in done.out
    (row,) = shown(dragoman, azure, "events")
    assert (row["type"], row["date"]["to"], row["id"]) == ("AGREE", "2024-05-04", event)
    assert row["others"] == {"host": ["Sylvania"], "mediator": ["Qatar"]}
    page = dragoman("show", azure, "report", event).out
    for word in ("Anna", "they signed", "AGREE"):
        assert word in page
    assert dragoman("decide", azure, "undo", done.out.split()[0], "--by", "Anna").code == 0
    assert shown(dragoman, azure, "events")[0]["type"] == "CONSULT"
    listed = dragoman("decisions", "list", azure)
    assert "undone" in listed.out


def test_adding_by_words(dragoman: Dragoman, azure: Path) -> None:
    words = ("kind=position", "holder=Critics", "stance=support", "about=protest", "evidence=Critics of the special")
    done = dragoman("decide", azure, "add", "azure", *words, "--by", "Anna", "--json")
    row = json.loads(done.out)
    assert (row["action"], row["author"], row["stands"]) == ("add", "Anna", True)
    assert {position["about"] for position in shown(dragoman, azure, "positions")} == {"protest", "the envoy"}


def test_actors_are_merged_and_split(dragoman: Dragoman, azure: Path) -> None:
    assert dragoman("decide", azure, "merge", "Freedonia", "Sylvania", "--by", "Anna").code == 0
    assert len(shown(dragoman, azure, "actors")) == 2
    assert dragoman("decide", azure, "split", "Critics", "--documents", "azure").code == 2


def test_a_resolution_takes_evidence(dragoman: Dragoman, azure: Path) -> None:
    ids = ids_of(azure)
    resolve = ("decide", azure, "resolve", ids["forecast"], "partly", "--on", "2024-12-31", "--by", "Anna", "--json")
    row = json.loads(
        dragoman(*resolve, "--evidence", ids["event"][:8], "--evidence", "as all know", "--evidence", "decade").out
    )
    assert row["value"] == {
        "outcome": "partly",
        "on": "2024-12-31",
        "evidence": [ids["event"], "as all know", "decade"],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("accept", "ffff"), 2, "no report 'ffff' in this case"),
        (("accept",), 2, "Missing argument"),
        (("acept", "x"), 2, "did you mean accept?"),
        (("correct", "EVENT", "typ=AGREE"), 1, "did you mean type"),
        (("correct", "EVENT", "type=AGREES"), 1, "allowed are AGREE"),
        (("correct", "EVENT", "type"), 2, "'type' is no field=value"),
        (("correct", "EVENT"), 1, "which field"),
        (("correct", "EVENT", "date=2024-05-03/2024-05-01"), 1, "cannot run backwards"),
        (("correct", "POSITION", "issue=whatever"), 2, "unknown issue 'whatever'"),
        (("add", "azure", "kind=evnt", "evidence=Critics"), 1, "unknown kind 'evnt'"),
        (("add", "azure", "kind=event", "type=AID"), 1, "needs evidence"),
        (("add", "azur", "kind=event"), 2, "did you mean 'azure'"),
        (("merge", "Freedonia", "Freedonia"), 2, "one actor already"),
        (("merge", "Freedonia", "Fredonia"), 2, "did you mean 'Freedonia'"),
        (("merge", "Freedonia"), 2, "two names or more"),
        (("split", "Freedonia"), 2, "in which documents"),
        (("resolve", "EVENT", "true"), 2, "only forecasts and commitments"),
        (("resolve", "FORECAST", "maybe"), 1, "unknown outcome 'maybe'"),
        (("resolve", "FORECAST", "true", "--on", "2024-13"), 1, "'2024-13' is not a date"),
        (("join", "EVENT"), 2, "two reports or more"),
        (("join", "EVENT", "EVENT"), 2, "from itself"),
        (("part", "EVENT", "--occurrence", "ffff"), 2, "no occurrence 'ffff' in this case"),
        (("accept", "EVENT", "--occurrence", "x"), 2, "goes with join and part, not with accept"),
        (("note", "EVENT"), 2, "without words"),
        (("undo", "abc"), 2, "no decision 'abc'"),
        (("accept", "EVENT", "--on", "2024"), 2, "goes with resolve"),
        (("accept", "EVENT", "--by", " "), 1, "needs an author"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(
    dragoman: Dragoman, azure: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ids = {kind.upper(): id for kind, id in ids_of(azure).items()}
    result = dragoman("decide", azure, *(ids.get(word, word) for word in arguments))
    assert (result.code, result.err.count("\n")) == (code, 1), result
    assert told in result.err
    assert json.loads(dragoman("decisions", "list", azure, "--json").out) == []


def test_two_people_put_their_decisions_together(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    event = ids_of(azure)["event"]
    other = tmp_path / "other.case"
    filled(other, make_reading()).close()
    dragoman("decide", azure, "correct", event, "type=AGREE", "--by", "Anna")
    dragoman("decide", other, "correct", event, "type=AID", "--by", "Ben")
    dragoman("decide", other, "reject", ids_of(azure)["position"], "--by", "Ben")
    file = tmp_path / "ben.jsonl"
    assert dragoman("decisions", "export", other, "-o", file).code == 0
    result = dragoman("decisions", "import", azure, file)
    assert "Took in 2 new decisions; the case had 0 of the file." in result.err
    assert "disagree on 1 point;" in result.err
    words = ("Anna: AGREE", "Ben: AID")  # of two made in one second either may come last
    assert "; ".join(words) in result.out or "; ".join(words[::-1]) in result.out
    assert json.loads(dragoman("decisions", "import", azure, file, "--json").out)["added"] == 0
    (conflict,) = json.loads(dragoman("decisions", "list", azure, "--conflicts", "--json").out)
    assert (conflict["field"], conflict["reports"]) == ("type", [event])
    assert "no decisions that find nothing" in dragoman("decisions", "untied", azure).err


def test_a_broken_file_is_refused_with_its_line(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text("\n{}\n", encoding="utf-8")
    result = dragoman("decisions", "import", azure, file)
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "bad.jsonl line 2 is no decision" in result.err
    file.write_bytes(b"\n\xff\n")
    assert "line 2 is not UTF-8" in dragoman("decisions", "import", azure, file).err
    assert dragoman("decisions", "import", azure, tmp_path / "none.jsonl").code == 1


def test_agreement_of_cases_exports_and_decisions(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    exported, decided = tmp_path / "machine.jsonl", tmp_path / "anna.jsonl"
    dragoman("export", azure, "-o", exported)
    dragoman("decide", azure, "correct", ids_of(azure)["event"], "type=AGREE", "--by", "Anna")
    dragoman("decide", azure, "reject", ids_of(azure)["forecast"], "--by", "Anna")
    dragoman("decisions", "export", azure, "-o", decided)
    lines = json.loads(dragoman("agreement", exported, azure, "--json").out)
    by = {(line["kind"], line["field"]): line for line in lines}
    assert by["event", "type"]["alike"] == 0
    assert by["forecast", "report"]["alike"] == 2
    lines = json.loads(dragoman("agreement", decided, exported, "--json").out)
    by = {(line["kind"], line["field"]): line for line in lines}
    assert (by["event", "report"]["alike"], by["forecast", "report"]["alike"]) == (1, 0)
    assert dragoman("agreement", decided, decided).code == 0
    assert dragoman("agreement", exported.parent, azure).code in (0, 1)
    assert dragoman("agreement", tmp_path / "none", azure).code == 2


def test_a_decision_that_finds_nothing_says_of_which_document_it_is(
    dragoman: Dragoman, azure: Path, tmp_path: Path
) -> None:
    dragoman("decide", azure, "accept", ids_of(azure)["event"])
    dragoman("decisions", "export", azure, "-o", tmp_path / "anna.jsonl")
    dragoman("new", empty := tmp_path / "empty.case")
    assert "Finding nothing here: 1;" in dragoman("decisions", "import", empty, tmp_path / "anna.jsonl").err
    (row,) = (line for line in dragoman("decisions", "untied", empty).out.splitlines() if "accept event" in line)
    assert row.split()[-1] == "azure"
