"""What is most worth a person's look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.record import Action, Decision, State
from tests.case.factory import filled, make_reading


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """An event on two actors, a forecast of nobody, a position of one; the event is read least surely."""
    reading = make_reading("azure")
    sure = {"event": 0.3, "forecast": 0.3, "position": 0.9}
    reports = tuple(replace(one, confidence=sure[one.kind]) for one in reading.reports)
    return filled(tmp_path / "a.case", replace(reading, reports=reports))


def test_the_least_sure_about_the_most_told_comes_first(case: Case) -> None:
    assert [doubt.stored.report.kind for doubt in case.review_queue()] == ["event", "forecast", "position"]
    assert [doubt.told for doubt in case.review_queue()] == [1, 0, 1]


def test_a_queue_is_of_one_kind_and_from_a_place_on(case: Case) -> None:
    assert [doubt.stored.report.kind for doubt in case.review_queue("position")] == ["position"]
    assert [doubt.stored.report.kind for doubt in case.review_queue(start=1, limit=1)] == ["forecast"]
    with pytest.raises(UsageError, match="unknown kind"):
        case.review_queue("rumour")


def test_what_is_decided_leaves_the_queue_and_is_counted(case: Case) -> None:
    event, forecast, _ = (doubt.stored.id for doubt in case.review_queue())
    case.decide(Decision("Lena", Action.REJECT, case.about(event)))
    case.decide(Decision("Lena", Action.ACCEPT, case.about(forecast)))
    assert [doubt.stored.report.kind for doubt in case.review_queue()] == ["position"]
    counts = case.count_states()
    assert (counts[State.READ], counts[State.REJECTED], counts[State.ACCEPTED]) == (1, 1, 1)
