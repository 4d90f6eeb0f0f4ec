"""Counted phrases stand for the actors told just before, as many as they count."""

from __future__ import annotations

import pytest

from dragoman.reading.actors.finding import find_cast
from tests.reading.casts import PACK, names, tree

MET = """
Norland/NNP/nsubj/4@PLACE and/CC/cc/3 Sudia/NNP/conj/1@PLACE met~meet/VBD/root/4 Anna/NNP/obj/4@PERSON Berg/NNP/flat/5@PERSON ././punct/4
"""  # noqa: E501


@pytest.mark.parametrize(
    "phrase",
    [
        "Both/DT/det/2 countries~country/NNS/nsubj/3 signed~sign/VBD/root/3 ././punct/3",
        "The/DT/det/3 two/CD/nummod/3 countries~country/NNS/nsubj/4 signed~sign/VBD/root/4 ././punct/4",
    ],
    ids=["both", "the two"],
)
def test_two_countries_are_the_two_told_before(phrase: str):
    doc = tree(MET + phrase)
    assert set(names(find_cast(doc, PACK), doc, "countries")) == {"Norland", "Sudia"}


@pytest.mark.parametrize(
    "phrase",
    [
        "Two/CD/nummod/2 countries~country/NNS/nsubj/3 signed~sign/VBD/root/3 ././punct/3",
        "The/DT/det/3 three/CD/nummod/3 countries~country/NNS/nsubj/4 signed~sign/VBD/root/4 ././punct/4",
        "The/DT/det/4 two/CD/nummod/4 other/JJ/amod/4 countries~country/NNS/nsubj/5 signed~sign/VBD/root/5 ././punct/5",
    ],
    ids=["new ones", "more than were told", "others"],
)
def test_countries_that_were_not_told_before_are_not_those(phrase: str):
    doc = tree(MET + phrase)
    assert not {"Norland", "Sudia"} & set(names(find_cast(doc, PACK), doc, "countries"))


def test_two_leaders_are_persons():
    doc = tree(
        """
        Anna/NNP/nsubj/3@PERSON Berg/NNP/flat/1@PERSON met~meet/VBD/root/3 Boris/NNP/obj/3@PERSON Petrov/NNP/flat/4@PERSON in/IN/case/7 Norland/NNP/obl/3@PLACE ././punct/3
        The/DT/det/3 two/CD/nummod/3 leaders~leader/NNS/nsubj/4 signed~sign/VBD/root/4 ././punct/4
        """  # noqa: E501
    )
    assert set(names(find_cast(doc, PACK), doc, "leaders")) == {"Anna Berg", "Boris Petrov"}


def test_they_stands_for_all_of_those_counted():
    doc = tree(
        MET
        + """
        The/DT/det/3 two/CD/nummod/3 countries~country/NNS/nsubj/4 signed~sign/VBD/root/4 ././punct/4
        They/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2
        """
    )
    cast = find_cast(doc, PACK)
    they = names(cast, doc, "They")
    assert len(they) in (1, 2)
    assert set(they) <= {"Norland", "Sudia", "Anna Berg"}
    if "Norland" in they:
        assert set(they) == {"Norland", "Sudia"}


def test_a_counted_phrase_is_no_surface_form():
    doc = tree(MET + "Both/DT/det/2 countries~country/NNS/nsubj/3 signed~sign/VBD/root/3 ././punct/3")
    forms = {form for actor in find_cast(doc, PACK).actors for form in actor.mentions}
    assert not {"countries", "Both countries"} & forms
