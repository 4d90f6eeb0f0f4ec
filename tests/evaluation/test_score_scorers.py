"""Predictions take the form that the shared scorers read, and the scorers are run by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.record import Actor, ActorKind, Document, Event, EventType, Evidence, Reading
from evaluation.errors import ScorerError
from evaluation.scorers import events_row, run_scorer


def test_events_carry_names_and_countries() -> None:
    event = Event(
        document="s1", evidence=Evidence(0, 1, "x"), type=EventType.AID, source=("Norland",), target=("some villagers",)
    )
    actors = (Actor("Norland", ActorKind.STATE, country="NOR"),)
    row = events_row(Reading(Document("s1", "x"), actors=actors, reports=(event,)))
    assert row == {
        "id": "s1",
        "events": [
            {
                "type": "AID",
                "source": [{"name": "Norland", "country": "NOR"}],
                "target": [{"name": "some villagers", "country": None}],
            }
        ],
    }


def test_scorer_gets_gold_and_predictions_by_path(tmp_path: Path) -> None:
    script = tmp_path / "scorer.py"
    script.write_text("import json, sys\nprint(json.dumps({'asked': sys.argv[1:]}))\n", encoding="utf-8")
    result = run_scorer(script, Path("gold"), Path("pred"), "--texts", "texts")
    assert result == {"asked": ["--gold", "gold", "--pred", "pred", "--json", "--texts", "texts"]}


def test_missing_scorer_is_named_with_the_option_that_helps(tmp_path: Path) -> None:
    with pytest.raises(ScorerError, match=r"nowhere\.py is not there.*--tools"):
        run_scorer(tmp_path / "nowhere.py", Path("gold"), Path("pred"))


def test_failing_scorer_tells_its_last_line(tmp_path: Path) -> None:
    script = tmp_path / "scorer.py"
    script.write_text("raise SystemExit('gold is odd')\n", encoding="utf-8")
    with pytest.raises(ScorerError, match="gold is odd"):
        run_scorer(script, Path("gold"), Path("pred"))
