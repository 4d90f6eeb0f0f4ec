"""Claims about the ledgers on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.record import Actor, ActorKind
from tests.cli.conftest import Dragoman
from tests.views.ledgers import case_of, foretold, owed, step, told


@pytest.fixture
def ledgers(tmp_path: Path) -> Path:
    """A case with steps, commitments and forecasts, one document without a date."""
    path = tmp_path / "ledgers.case"
    readings = (
        told(
            "a", "2024-05-04", step("Peru", "mission", on="2024-05-03"), owed("Peru", "reopening the pass by 15 June")
        ),
        told(
            "b",
            "2024-08-04",
            step("Peru", "mission", "down", on="2024-08-03"),
            foretold("Chile", "grain", until="2024"),
        ),
        told("c", None, step("Chile", "recognition", voice=("Kabul",))),
    )
    case_of(path, *readings).close()
    return path


@pytest.mark.parametrize("columns", ["80", "100", "160"])
def test_the_ladder_fits_the_terminal(
    dragoman: Dragoman, ledgers: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    result = dragoman("show", ledgers, "ladder")
    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= int(columns)
    assert {word for word in ("Peru", "Chile") if word in result.out} == {"Peru", "Chile"}


def test_the_ladder_as_of_a_date_counts_what_it_leaves_out(dragoman: Dragoman, ledgers: Path) -> None:
    result = dragoman("show", ledgers, "ladder", "Taliban", "--as-of", "2024-06")
    assert "●2024-05-03" in result.out
    assert "(1 document, 1 source)" in result.out
    assert result.err == "Left out: 1 report of documents without a date.\n"


def test_one_state_in_detail_has_each_step_with_its_reports(dragoman: Dragoman, ledgers: Path) -> None:
    out = dragoman("show", ledgers, "ladder", "--actor", "Peru").out
    assert "turned     mission: down on 2024-08-03, against the step of 2024-05-03" in out
    shown = json.loads(dragoman("show", ledgers, "steps", "--actor", "Peru", "--json").out)
    assert all(report["id"][:8] in out for report in shown)


def test_who_is_no_state_and_rungs_of_no_pack_are_shown_apart(dragoman: Dragoman, tmp_path: Path) -> None:
    firm = Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), country="PER", sector="BUS")
    steps = (step("Peru", "visit"), step("Peru", "lighthouse"), step("Harbour Works", "agreement"))
    case_of(tmp_path / "a.case", told("a", "2024-05-04", *steps, cast=(firm,))).close()
    result = dragoman("show", tmp_path / "a.case", "ladder")
    assert result.out.index("Peru") < result.out.index("Apart: not known as states") < result.out.index("Harbour")
    assert "Rungs that no pack of the case has (any more): lighthouse (1 step by Peru)" in result.err
    assert "lighthouse" in dragoman("show", tmp_path / "a.case", "ladder", "--actor", "Peru").out
    firm_alone = dragoman("show", tmp_path / "a.case", "ladder", "--actor", "Harbour Works").out
    assert "no rung: not known as a state, nor to act for one" in firm_alone


def test_a_ledger_as_json_has_all(dragoman: Dragoman, ledgers: Path) -> None:
    ladder = json.loads(dragoman("show", ledgers, "ladder", "--json").out)
    assert [(climb["actor"], climb["highest"], climb["said"]) for climb in ladder["climbs"]] == [
        ("Chile", None, "recognition"),
        ("Peru", None, None),
    ]
    (owed_,) = json.loads(dragoman("show", ledgers, "undertakings", "--json").out)["undertakings"]
    assert (owed_["due"], owed_["overdue"]) == ({"start": None, "end": "2024-06-15"}, True)
    (told_,) = json.loads(dragoman("show", ledgers, "predictions", "--json").out)["predictions"]
    assert (told_["due"], told_["probability"]) == ("due", 0.675)


def test_what_is_due_can_be_asked_for_alone(dragoman: Dragoman, ledgers: Path) -> None:
    assert "reopening the pass" in dragoman("show", ledgers, "undertakings", "--due").out
    result = dragoman("show", ledgers, "undertakings", "--due", "--as-of", "2024-06-14")
    assert (result.out, result.err) == ("", "There are no undertakings that are due.\n")


@pytest.mark.parametrize(("kind", "what"), [("commitments", "undertakings"), ("forecasts", "predictions")])
def test_one_entry_by_the_id_of_a_report(dragoman: Dragoman, ledgers: Path, kind: str, what: str) -> None:
    (report,) = json.loads(dragoman("show", ledgers, kind, "--json").out)
    result = dragoman("show", ledgers, what, report["id"][:6])
    assert result.code == 0
    assert report["what"] in result.out
    assert report["id"][:8] in result.out
    dragoman("decide", ledgers, "reject", report["id"], "--by", "Anna")
    assert f"{report['id'][:8]} was rejected" in dragoman("show", ledgers, what, report["id"]).err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("ladder", "--due"), "not among ladder"),
        (("events", "--due"), "it chooses among predictions and undertakings"),
        (("ladder", "Perru"), "no actor 'Perru' in this case; did you mean 'Peru'?"),
        (("predictions", "--as-of", "24"), "'24' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_what_makes_no_sense_is_refused(
    dragoman: Dragoman, ledgers: Path, arguments: tuple[str, ...], error: str
) -> None:
    result = dragoman("show", ledgers, *arguments)
    assert result.code == 2
    assert error in result.err
