"""Claims about the ledger of forecasts: what is due, what may have come of it, and who is scored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.knowledge import load_outline
from dragoman.record import Event, EventType, Likelihood, Standing
from dragoman.record.decision import Action, Decision
from dragoman.views.forecasts import LEAST_SCORED, Due, compose_predictions, suggest_outcomes
from tests.views.ledgers import case_of, foretold, owed, step, told

WORDS = "amber birch cedar delta ember fjord grove heath islet joule kayak ledge".split()


def judged(case: Case, outcomes: Mapping[str, str]) -> dict[str, Decision]:
    """Resolutions by what was forecast, as the log would give them."""
    return {
        stored.id: Decision("Ana", Action.RESOLVE, case.about(stored.id), {"outcome": outcomes[stored.report.what]})
        for stored in case.reports("forecast")
        if stored.report.what in outcomes  # type: ignore[attr-defined]
    }


def test_a_forecast_is_due_when_its_horizon_is_past(tmp_path: Path) -> None:
    reading = told(
        "a", "2024-05-04", foretold("Peru", "grain runs out", until="2024-08"), foretold("Peru", "fish return")
    )
    with case_of(tmp_path / "x.case", reading) as case:
        early, late = (compose_predictions(case, today=day) for day in ("2024-08-30", "2024-09-01"))
        chosen = compose_predictions(case, today="2024-09-01", due=True)
    assert {one.due for one in early.predictions} == {Due.OPEN}
    assert [one.what for one in chosen.predictions] == ["grain runs out"]
    assert sorted(one.due for one in late.predictions) == [Due.DUE, Due.OPEN]


def test_one_forecaster_who_repeats_himself_is_told_once(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", foretold("Peru", "the grain will spoil"), outlet="Courier"),
        told("b", "2024-05-05", foretold("Peru", "grain spoiling"), outlet="Herald"),
        told("c", "2024-05-06", foretold("Peru", "grain spoils", "certain"), foretold("Chile", "grain spoils")),
    )
    with case_of(tmp_path / "x.case", *readings) as case:
        found = compose_predictions(case).predictions
    assert sorted((one.by, one.likelihood, one.documents, one.sources) for one in found) == [
        (("Chile",), "likely", 1, 1),
        (("Peru",), "certain", 1, 1),
        (("Peru",), "likely", 2, 2),
    ]


def test_a_forecast_in_the_documents_own_name_is_its_authors(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", foretold(None, "grain runs out"))) as case:
        assert compose_predictions(case).predictions[0].by == ("the author of a",)


def test_as_of_leaves_out_what_was_told_later(tmp_path: Path) -> None:
    readings = (told("a", "2024-05-04", foretold("Peru", "grain")), told("b", None, foretold("Peru", "fish")))
    with case_of(tmp_path / "x.case", *readings) as case:
        before, after = compose_predictions(case, as_of="2024-04"), compose_predictions(case, as_of="2024-05")
    assert (len(before.predictions), len(after.predictions), after.undated) == (0, 1, 1)


def test_nobody_is_scored_by_fewer_than_the_stated_number(tmp_path: Path) -> None:
    assert LEAST_SCORED == 10
    words = WORDS[: LEAST_SCORED - 1]
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", *(foretold("Peru", word) for word in words))) as case:
        found = compose_predictions(case, resolutions=judged(case, dict.fromkeys(words, "true")))
    assert [(score.forecaster, score.resolved, score.brier) for score in found.scores] == [("Peru", 9, None)]
    assert found.calibration == ()


def test_brier_is_the_mean_squared_distance_and_calibration_the_part_that_came_true(tmp_path: Path) -> None:
    """Nine that were certain and true, one and a half of three that were possible; what is void counts nowhere."""
    outcomes = dict.fromkeys(WORDS[:9], "true") | {WORDS[9]: "true", WORDS[10]: "partly", WORDS[11]: "false"}
    made = [foretold("Peru", word, "certain" if n < 9 else "possible") for n, word in enumerate(WORDS)]
    reading = told("a", "2024-05-04", *made, foretold("Peru", "mango", "certain"))
    with case_of(tmp_path / "x.case", reading) as case:
        found = compose_predictions(case, resolutions=judged(case, outcomes | {"mango": "void"}))
    (score,) = found.scores
    assert (score.resolved, found.resolved) == (12, 12)
    assert score.brier == pytest.approx((9 * 0.03**2 + 0.25 + 0 + 0.25) / 12)
    assert [(row.likelihood, row.resolved, row.came_true) for row in found.calibration] == [
        (Likelihood.CERTAIN, 9, 1.0),
        (Likelihood.POSSIBLE, 3, 0.5),
    ]


def test_a_resolution_is_a_decision_of_the_case(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", foretold("Peru", "grain", until="2024"))) as case:
        id = compose_predictions(case).predictions[0].id
        case.decide(Decision("Ana", Action.RESOLVE, case.about(id), {"outcome": "false", "evidence": "harvest report"}))
        (one,) = compose_predictions(case, today="2026-01-01").predictions
    assert (one.due, one.outcome, one.judge, one.evidence) == (Due.RESOLVED, "false", "Ana", ("harvest report",))


@pytest.mark.parametrize(
    ("rests_on", "open_until", "resolved_by"),
    [
        ({"on": "2024-08-03"}, "2024-08-02", "2024-08"),
        ({"evidence": "LATER"}, "2024-09-09", "2024-09-10"),
        ({"on": "2024-08-03", "evidence": ["LATER", "as all know"]}, "2024-08-31", "2024-09-10"),
        ({"evidence": "as all know"}, "2025-01-31", "2025-02-01"),
        ({}, "2025-01-31", "2025"),
    ],
)
def test_a_resolution_counts_from_the_day_on_which_it_could_be_known(
    tmp_path: Path, rests_on: dict[str, object], open_until: str, resolved_by: str
) -> None:
    """That is when it came out so, told by then; without either, when it was judged."""
    readings = (
        told("a", "2024-05-04", foretold("Peru", "grain", until="2024-07")),
        told("b", "2024-09-10", foretold("Peru", "fish")),
    )
    with case_of(tmp_path / "x.case", *readings) as case:
        ids = {stored.report.document: stored.id for stored in case.reports("forecast")}
        given = json.loads(json.dumps({"outcome": "true"} | rests_on).replace("LATER", ids["b"]))
        about = case.about(ids["a"])
        case.decide(Decision("Ana", Action.RESOLVE, about, given, made="2025-02-01T12:00:00+00:00"))
        states = [
            next(one.due for one in compose_predictions(case, as_of=day).predictions if one.id == ids["a"])
            for day in (open_until, resolved_by)
        ]
    assert states == [Due.DUE, Due.RESOLVED]


def test_the_core_pack_has_a_probability_for_every_likelihood_and_more_sure_is_more() -> None:
    numbers = load_outline(["core"]).likelihoods
    assert [numbers[word] for word in Likelihood] == sorted((numbers[word] for word in Likelihood), reverse=True)


FORECAST = told("a", "2024-05-04", foretold("Editor", "Chile will recognise the Council", others=("Chile",)))


def test_later_acts_with_its_actors_and_words_are_suggested_best_first_with_the_reason(tmp_path: Path) -> None:
    act = {"type": EventType.SUPPORT, "source": ("Chile",)}
    readings = (
        FORECAST,
        told("b", "2024-04-04", (Event, act | {"others": ("recognised",)})),
        told("c", "2024-06-04", step("Chile", "recognition", others=("recognition", "of the Council"))),
        told("d", "2024-06-05", (Event, act | {"others": ("council", "fish")}), (Event, act | {"others": ("fish",)})),
        told("e", "2024-06-06", (Event, act | {"source": ("Peru",), "others": ("recognised", "Council")})),
    )
    with case_of(tmp_path / "x.case", *readings) as case:
        id = next(stored.id for stored in case.reports("forecast"))
        found = suggest_outcomes(case, id)
        early = suggest_outcomes(case, id, as_of="2024-06-04")
    assert [(one.document, one.kind) for one in found] == [("c", "step"), ("d", "event")]
    assert found[0].reason == "1 of 1 actors (Chile), 2 of 2 words (Council, recognition)"
    assert [one.document for one in early] == ["c"]


def test_a_denied_act_says_so(tmp_path: Path) -> None:
    act = {"type": EventType.SUPPORT, "source": ("Chile",), "others": ("recognised",), "standing": Standing.DENIED}
    with case_of(tmp_path / "x.case", FORECAST, told("b", "2024-06-04", (Event, act))) as case:
        (one,) = suggest_outcomes(case, next(stored.id for stored in case.reports("forecast")))
    assert one.reason.startswith("told as not so; 1 of 1 actors")


def test_only_a_forecast_has_an_outcome(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", owed("Peru", "grain"))) as case:
        id = next(stored.id for stored in case.reports())
        with pytest.raises(UsageError, match="tells a commitment, not a forecast"):
            suggest_outcomes(case, id)
