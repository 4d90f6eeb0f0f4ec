"""At which of the places of its sentence an act happened."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Pack, load_pack
from dragoman.reading.circumstances.places import find_places
from dragoman.reading.circumstances.placing import likeliest_place, place_options
from tests.reading.trees import tree, word


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


CLAUSES_AWAY = (
    """
    Envoys envoy NOUN NNS nsubj 2
    met meet VERB VBD root 0
    in in ADP IN case 4
    Termez Termez PROPN NNP obl 2
    and and CCONJ CC cc 6
    Herat Herat PROPN NNP conj 4
    , , PUNCT , punct 8
    saying say VERB VBG advcl 2
    Iran Iran PROPN NNP nsubj 10
    agreed agree VERB VBD ccomp 8""",
    ("Termez", "PLACE"),
    ("Herat", "PLACE"),
    ("Iran", "PLACE"),
)


def test_every_place_of_the_sentence_is_an_option_and_none_of_another_sentence(pack: Pack) -> None:
    doc = tree(
        CLAUSES_AWAY[0] + "\n\n    Kabul Kabul PROPN NNP nsubj 2\n    fell fall VERB VBD root 0",
        *CLAUSES_AWAY[1:],
        ("Kabul", "PLACE"),
    )
    options = place_options(word(doc, "met"), "CONSULT", find_places(doc, pack))
    assert [o.place.name for o in options] == ["Termez", "Herat", "Iran"]


def test_the_likeliest_place_brings_those_coordinated_with_it(pack: Pack) -> None:
    doc = tree(*CLAUSES_AWAY)
    assert likeliest_place(word(doc, "met"), "CONSULT", find_places(doc, pack)) == "Termez; Herat"


def test_of_a_place_and_the_larger_one_it_lies_in_the_narrower_counts(pack: Pack) -> None:
    doc = tree(
        """
        Envoys envoy NOUN NNS nsubj 2
        met meet VERB VBD root 0
        in in ADP IN case 4
        Termez Termez PROPN NNP nmod 2
        in in ADP IN case 7
        southern southern ADJ JJ amod 7
        Uzbekistan Uzbekistan PROPN NNP obl 2""",
        ("Termez", "PLACE"),
        ("Uzbekistan", "PLACE"),
    )
    assert likeliest_place(word(doc, "met"), "CONSULT", find_places(doc, pack)) == "Termez"


def test_a_state_that_agrees_is_not_where_it_does(pack: Pack) -> None:
    doc = tree(
        """
        Iran Iran PROPN NNP nsubj 2
        agreed agree VERB VBD root 0""",
        ("Iran", "PLACE"),
    )
    assert likeliest_place(word(doc, "agreed"), "AGREE", find_places(doc, pack)) is None


def test_a_sentence_without_places_gives_none(pack: Pack) -> None:
    doc = tree("""
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0""")
    assert likeliest_place(word(doc, "met"), "CONSULT", find_places(doc, pack)) is None
