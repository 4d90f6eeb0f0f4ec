"""Country and sector of actors that no pack knows, by the text."""

from __future__ import annotations

import pytest

from dragoman.reading.actors.finding import find_cast
from dragoman.record import Actor
from tests.reading.casts import PACK, tree


def actor_of(text: str, name: str) -> Actor:
    found = find_cast(tree(text), PACK).actor(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("Norish/JJ/amod/2 refugees~refugee/NNS/nsubj/3 left~leave/VBD/root/3", "Norish refugees", "NLD", "REF"),
        ("Some/DT/det/2 refugees~refugee/NNS/nsubj/3 left~leave/VBD/root/3", "refugees", None, "REF"),
        ("Some/DT/det/2 rebels~rebel/NNS/nsubj/3 left~leave/VBD/root/3", "rebels", None, "REB"),
        ("Some/DT/det/2 envoys~envoy/NNS/nsubj/3 left~leave/VBD/root/3", "envoys", None, None),
    ],
    ids=["owner and noun", "no owner", "movement", "nothing told"],
)
def test_a_collective_is_what_its_own_words_tell(text: str, name: str, country: str | None, sector: str | None):
    actor = actor_of(text, name)
    assert (actor.country, actor.sector) == (country, sector)


def test_a_person_is_of_the_state_whose_office_they_hold():
    text = """
    The/DT/det/3 Norish/JJ/amod/3 president/NN/nsubj/8 ,/,/punct/5 Anna/NNP/appos/3@PERSON Berg/NNP/flat/5@PERSON ,/,/punct/8 left~leave/VBD/root/8 ././punct/8
    """  # noqa: E501
    actor = actor_of(text, "Anna Berg")
    assert (actor.country, actor.sector) == ("NLD", "GOV")


def test_a_person_of_whom_nothing_is_told_has_neither():
    actor = actor_of("Anna/NNP/nsubj/3@PERSON Berg/NNP/flat/1@PERSON left~leave/VBD/root/3", "Anna Berg")
    assert (actor.country, actor.sector) == (None, None)


def test_the_packs_word_stands_for_those_it_knows():
    actor = actor_of("Norland/NNP/nsubj/2@PLACE left~leave/VBD/root/2", "Norland")
    assert (actor.country, actor.sector) == ("NLD", "GOV")
