"""Which phrase a pronoun takes up, by agreement, role and nearness."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from dragoman.reading.actors.antecedent_features import History
from dragoman.reading.actors.coreference import LONGEST_LIST, SENTENCES_BACK, Ranker, candidates, load_ranker
from dragoman.reading.actors.phrases import find_phrases, quotation_numbers
from tests.reading.casts import tree


def taken_up(text: str, pronoun: str) -> str | None:
    """The head of the phrase that the last such pronoun takes up."""
    doc = tree(text)
    ranker = load_ranker()
    labels = {t.i: t.ent_type_ for t in doc if t.ent_type_}
    phrases = find_phrases(doc, ranker.nature, labels)
    history = History()
    found = None
    for place, phrase in enumerate(phrases):
        if phrase.sort == "pronoun":
            found = ranker.antecedent(doc, phrases, place, history)
            if doc[phrase.head].text == pronoun:
                result = found
    return None if result is None else doc[result.head].text


COUPLE = """
Mary/NNP/nsubj/3@PERSON Quillon/NNP/flat/1@PERSON met~meet/VBD/root/3 Robert/NNP/obj/3@PERSON Zorin/NNP/flat/4@PERSON in/IN/case/8 the/DT/det/8 city/NN/obl/3 ././punct/3
{}/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2
"""  # noqa: E501


@pytest.mark.parametrize(("pronoun", "who"), [("She", "Mary"), ("He", "Robert")])
def test_he_and_she_follow_given_names(pronoun: str, who: str):
    assert taken_up(COUPLE.format(pronoun), pronoun) == who


def test_a_pronoun_beside_a_subject_is_somebody_else():
    text = """
    Robert/NNP/nsubj/3@PERSON Zorin/NNP/flat/1@PERSON spoke~speak/VBD/root/3 ././punct/3
    James/NNP/nsubj/3@PERSON Quillon/NNP/flat/1@PERSON thanked~thank/VBD/root/3 him/PRP/obj/3 ././punct/3
    """
    assert taken_up(text, "him") == "Robert"


def test_they_are_many():
    text = """
    The/DT/det/2 president/NN/nsubj/3 praised~praise/VBD/root/3 the/DT/det/5 soldiers~soldier/NNS/obj/3 ././punct/3
    They/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2
    """
    assert taken_up(text, "They") == "soldiers"


@pytest.mark.parametrize(
    ("first", "pronoun"),
    [
        ("Robert/NNP/nsubj/3@PERSON Zorin/NNP/flat/1@PERSON slept~sleep/VBD/root/3 ././punct/3", "She"),
        ("Robert/NNP/nsubj/3@PERSON Zorin/NNP/flat/1@PERSON slept~sleep/VBD/root/3 ././punct/3", "It"),
        ("Robert/NNP/nsubj/3@PERSON Zorin/NNP/flat/1@PERSON slept~sleep/VBD/root/3 ././punct/3", "They"),
        ("Velm/NNP/compound/2@ORG Institute/NNP/nsubj/3@ORG closed~close/VBD/root/3 ././punct/3", "She"),
        ("The/DT/det/2 idea/NN/nsubj/3 failed~fail/VBD/root/3 ././punct/3", "He"),
        ("The/DT/det/2 women~woman/NNS/nsubj/3 slept~sleep/VBD/root/3 ././punct/3", "She"),
    ],
    ids=["man", "person", "one person", "body", "thing", "many"],
)
def test_a_pronoun_does_not_take_up_what_disagrees_with_it(first: str, pronoun: str):
    assert taken_up(f"{first}\n{pronoun}/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2", pronoun) is None


def test_a_pronoun_with_nothing_before_it_takes_up_nothing():
    assert taken_up("They/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2", "They") is None


def test_only_the_last_sentences_are_searched():
    far = "Mary/NNP/nsubj/2@PERSON left~leave/VBD/root/2 ././punct/2\n"
    filler = "It/PRP/expl/2 rained~rain/VBD/root/2 ././punct/2\n" * (SENTENCES_BACK["she"] + 1)
    assert taken_up(far + filler + "She/PRP/nsubj/2 left~leave/VBD/root/2", "She") is None


def test_a_long_sentence_offers_a_bounded_list():
    doc = tree(" ".join(f"men~man/NNS/nsubj/{i + 1}" for i in range(200)) + " they/PRP/nsubj/1")
    phrases = find_phrases(doc, load_ranker().nature, {})
    assert len(candidates(doc, phrases, len(phrases) - 1, History())) <= LONGEST_LIST + 5


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["“", "No", ",", "”", "he", "said"], [1, 1, 1, 0, 0, 0]),
        (['"', "No", '"', "and", '"', "yes", '"'], [1, 1, 0, 0, 2, 2, 0]),
        (["“", "No", "\n\n", "He", "left"], [1, 1, 0, 0, 0]),
    ],
    ids=["curly", "straight", "left open"],
)
def test_quotations_are_numbered_and_end_with_the_paragraph(words: list[str], numbers: list[int]):
    doc = Doc(load_vocab(), words=words)
    assert quotation_numbers(doc) == numbers


def load_vocab():
    return tree("x/NN/root/1").vocab


@pytest.mark.parametrize(
    ("things", "found"),
    [("a/DT/det/5 car/NN/obj/3 ,/,/punct/7 bus/NN/conj/5", None), ("", "company")],
    ids=["among things", "alone"],
)
def test_it_is_an_actor_only_where_that_is_likelier_than_all_else(things: str, found: str | None):
    doc = tree(f"The/DT/det/2 company/NN/nsubj/3 sold~sell/VBD/root/3 {things}\nIt/PRP/nsubj/2 left~leave/VBD/root/2")
    ranker = Ranker({}, load_ranker().nature)
    phrases = find_phrases(doc, ranker.nature, {})
    phrases[0].entity = 0
    phrases.insert(len(phrases) - 2, phrases.pop(0))
    taken = ranker.antecedent(doc, phrases, len(phrases) - 1, History())
    assert (None if taken is None else doc[taken.head].text) == found
