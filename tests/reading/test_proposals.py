"""Of what the frames offer, what wins."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.proposals import Proposal, choose, winners
from dragoman.reading.scorer import Scorer
from dragoman.record import Event, EventType, Evidence, Predicate, Relation, Standing

TYPES = list(EventType)
OFFERS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.floats(0.0, 1.0, allow_nan=False)), min_size=1, max_size=12
)


def offer(word: int, type: int, *sides: str, slot: int | None = None) -> Proposal:
    """A reading of a word as an act of a type with these sides told; of the slot of another word where one is given."""
    told = dict.fromkeys(sides, ("Oman",))
    report = Event(document="d", evidence=Evidence(0, 4, "text"), standing=Standing.ACTUAL, type=TYPES[type], **told)
    return Proposal(report, word, ("event", word if slot is None else slot, str(TYPES[type])), ())


def rated(proposal: Proposal, probability: float) -> Proposal:
    """The proposal with one feature, to which ``SCORER`` gives this probability."""
    return replace(proposal, features=(str(probability),))


SCORER = Scorer({"event": {str(p): math.log(p / (1 - p)) for p in (0.2, 0.35, 0.45)}}, {"event": 0.4})


def tie(word: int, predicate: Predicate) -> Proposal:
    """A reading of a word as a standing relation."""
    report = Relation(
        document="d", evidence=Evidence(0, 4, "text"), standing=Standing.ACTUAL, predicate=predicate,
        subject="Ana Reyes", object="Oman",
    )  # fmt: skip
    return Proposal(report, word, ("relation", word, str(predicate)), ())


@given(OFFERS)
def test_the_likeliest_reading_of_each_word_wins(told: list[tuple[int, int, float]]) -> None:
    proposals, scores = [offer(word, type) for word, type, _ in told], [score for *_, score in told]
    won = {(proposals[n].trigger, scores[n]) for n in winners(proposals, scores)}
    for word in {word for word, *_ in told}:
        assert (word, max(score for other, _, score in told if other == word)) in won


@given(OFFERS)
def test_a_slot_is_won_once_and_only_by_the_best_reading(told: list[tuple[int, int, float]]) -> None:
    proposals, scores = [offer(word, type) for word, type, _ in told], [score for *_, score in told]
    won = winners(proposals, scores)
    assert len({proposals[n].slot for n in won}) == len(won)
    for n in won:
        assert scores[n] >= max(score for word, _, score in told if word == proposals[n].trigger)


def test_a_word_tells_one_act_though_two_are_about_as_likely() -> None:
    assert winners([offer(0, 0), offer(0, 1)], [0.7, 0.8]) == [1]


def test_a_word_may_tell_two_ties_that_are_about_as_likely() -> None:
    leads, serves = tie(0, Predicate.LEADS), tie(0, Predicate.MEMBER_OF)
    assert winners([leads, serves], [0.8, 0.7]) == [0, 1]
    assert winners([leads, serves], [0.8, 0.4]) == [0]


def test_of_two_words_for_one_act_the_one_that_tells_both_sides_wins_if_about_as_likely() -> None:
    held, talks = offer(0, 0, "source"), offer(1, 0, "source", "target", slot=0)
    assert winners([held, talks], [0.8, 0.7]) == [1]
    assert winners([held, talks], [0.8, 0.4]) == [0]


@pytest.mark.parametrize(
    ("gave", "aid", "told"),
    [(0.45, 0.2, 1), (0.35, 0.35, 1), (0.35, 0.2, 0), (0.2, 0.2, 0)],
    ids=["one is likely enough", "both nearly are", "one nearly is", "neither is"],
)
def test_two_words_that_are_nearly_likely_enough_tell_their_act(gave: float, aid: float, told: int) -> None:
    proposals = [rated(offer(0, 0, "source"), gave), rated(offer(1, 0, "source", slot=0), aid)]
    assert len(choose(proposals, SCORER)) == told


def test_two_acts_that_are_nearly_likely_enough_are_not_told() -> None:
    assert choose([rated(offer(0, 0), 0.35), rated(offer(1, 0), 0.35)], SCORER) == []
