"""Actors told in half a word: a noun before a noun, a name behind a prefix."""

from __future__ import annotations

from dragoman.reading.actors.finding import find_cast
from tests.reading.casts import PACK, tree

REBELS = "Sudian/JJ/amod/2 rebels~rebel/NNS/nsubj/3 met~meet/VBD/root/3 Boris/NNP/obj/3@PERSON Petrov/NNP/flat/4@PERSON ././punct/3\n"  # noqa: E501


def who(text: str, word: str) -> str | None:
    """The actor mentioned at the last token of that form."""
    doc = tree(text)
    cast = find_cast(doc, PACK)
    mention = cast.at([t for t in doc if t.text == word][-1].i)
    return None if mention is None else cast.actors[mention.actor].name


def test_a_noun_before_a_noun_is_who_was_told_of_by_it():
    text = "The/DT/det/3 rebel/NN/compound/3 stronghold/NN/nsubj/4 fell~fall/VBD/root/4 ././punct/4"
    assert who(REBELS + text, "rebel") == "Sudian rebels"


def test_a_noun_before_a_noun_that_nobody_was_told_of_by_is_nobody():
    text = "The/DT/det/3 rebel/NN/compound/3 stronghold/NN/nsubj/4 fell~fall/VBD/root/4 ././punct/4"
    assert who(text, "rebel") is None


def test_a_name_behind_a_prefix_is_mentioned():
    text = "anti-Petrov/JJ/amod/2 signs~sign/NNS/nsubj/3 appeared~appear/VBD/root/3 ././punct/3"
    assert who(REBELS + text, "anti-Petrov") == "Boris Petrov"


def test_what_stands_for_somebody_in_half_a_word_is_one_of_their_forms():
    text = "anti-Petrov/JJ/amod/3 rebel/NN/compound/3 signs~sign/NNS/nsubj/4 appeared~appear/VBD/root/4 ././punct/4"
    cast = find_cast(tree(REBELS + text), PACK)
    forms = {actor.name: actor.mentions for actor in cast.actors}
    assert "Petrov" in forms["Boris Petrov"]
    assert "rebel" in forms["Sudian rebels"]


def test_a_prefix_before_a_common_word_names_nobody():
    text = "anti-war/JJ/amod/2 signs~sign/NNS/nsubj/3 appeared~appear/VBD/root/3 ././punct/3"
    assert who(REBELS + text, "anti-war") is None
