"""Where names begin and end, what they name, and which of them are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import PackActor
from dragoman.reading.actors.coreference import load_ranker
from dragoman.reading.actors.finding import find_cast
from dragoman.reading.actors.name_spans import find_known, fold, is_placed
from dragoman.reading.actors.unknown_names import find_unknown
from dragoman.record import ActorKind
from tests.reading.casts import ACTORS, PACK, names, pack_of, tree


def unknown(text: str) -> list[tuple[str, str]]:
    """The names that no pack knows, with what they name."""
    doc = tree(text)
    found = find_unknown(doc, find_known(doc, PACK), PACK, load_ranker().nature)
    return [(doc[s.start : s.end].text, s.label) for s in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "erdogan"),
        ("U.N.", "UN"),
        ("al-Qaida", "Al Qaida"),
        ("Yıldırım", "Yildirim"),
        ("People’s", "people's"),
    ],
)
def test_spellings_that_differ_in_case_accents_and_marks_fold_alike(one: str, other: str):
    assert fold(one) == fold(other)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str):
    assert fold(" ".join(fold(text))) == fold(text)


def test_the_longest_form_of_the_pack_wins():
    doc = tree("The/DT/det/2 Republic/NNP/nsubj/5 of/IN/case/4 Norland/NNP/nmod/2 left~leave/VBD/root/5 ././punct/5")
    assert [(s.start, s.end) for s in find_known(doc, PACK)] == [(1, 4)]


def test_a_form_does_not_reach_over_a_comma():
    doc = tree("Republic/NNP/nsubj/6 ,/,/punct/1 of/IN/case/5 ,/,/punct/5 Norland/NNP/nmod/1 left~leave/VBD/root/6")
    assert [doc[s.start : s.end].text for s in find_known(doc, PACK)] == ["Norland"]


def test_a_given_name_makes_a_person_whatever_the_model_says():
    text = "Robert/NNP/nsubj/3@ORG Quillon/NNP/flat/1@ORG left~leave/VBD/root/3 ././punct/3"
    assert unknown(text) == [("Robert Quillon", "PERSON")]


def test_a_head_noun_makes_a_body_and_takes_its_tail():
    text = (
        "The/DT/det/3 Quillon/NNP/compound/3 Council/NNP/nsubj/7 for/IN/case/6 the/DT/det/6 Welfare/NNP/nmod/3 "
        "met~meet/VBD/root/7 ././punct/7"
    )
    assert unknown(text) == [("Quillon Council for the Welfare", "ORG")]


def test_titles_are_no_part_of_a_name():
    text = (
        "Foreign/NNP/compound/2 Minister/NNP/nmod:desc/3 Zorin/NNP/nsubj/5 Quillon/NNP/flat/3 left~leave/VBD/root/5 "
        "././punct/5"
    )
    assert unknown(text) == [("Zorin Quillon", "PERSON")]


def test_a_surname_is_a_person_though_a_town_bears_it():
    text = """
    Zorin/NNP/nsubj/4@PERSON London/NNP/flat/1@PERSON has/VBZ/aux/4 left~leave/VBN/root/4 ././punct/4
    London/NNP/nsubj/2@PLACE spoke~speak/VBD/root/2 ././punct/2
    """
    assert unknown(text)[1] == ("London", "PERSON")


@pytest.mark.parametrize(
    ("name", "label"),
    [("Morvania", "PLACE"), ("Morvan", "PERSON"), ("MORVIA", "ORG"), ("Patricia", "PERSON")],
    ids=["a land's ending", "none", "an acronym", "a given name"],
)
def test_a_name_that_ends_as_lands_do_is_a_lands_whatever_the_model_says(name: str, label: str):
    text = f"They/PRP/nsubj/2 banned~ban/VBD/root/2 {name}/NNP/obj/2@PERSON ././punct/2"
    assert unknown(text) == [(name, label)]


def test_a_word_that_nothing_takes_for_a_name_is_no_lands_for_its_ending():
    assert unknown("The/DT/det/3 Mafia/NNP/compound/3 boss/NN/nsubj/4 died~die/VBD/root/4 ././punct/4") == []


def test_who_is_aimed_at_is_no_place():
    aimed = "They/PRP/nsubj/2 fired~fire/VBD/root/2 at/IN/case/4 Robert/NNP/obl/2@PLACE Quillon/NNP/flat/4@PLACE"
    stayed = "They/PRP/nsubj/2 stayed~stay/VBD/root/2 at/IN/case/4 Robert/NNP/obl/2@PLACE Quillon/NNP/flat/4@PLACE"
    assert unknown(aimed) == [("Robert Quillon", "PERSON")]
    assert unknown(stayed) == [("Robert Quillon", "PLACE")]


def test_weekdays_and_months_are_no_names():
    assert (
        unknown("On/IN/case/2 Tuesday/NNP/obl/4 he/PRP/nsubj/4 left~leave/VBD/root/4 in/IN/case/6 May/NNP/obl/4") == []
    )


def test_a_text_may_begin_with_its_date():
    assert unknown("May/NNP/root/1 2/CD/nummod/1 ,/,/punct/1 2013/CD/nummod/1") == []


def test_capitals_at_the_head_of_a_sentence_are_no_name():
    assert unknown("Among/NNP/case/2 friends~friend/NNS/obl/4 he/PRP/nsubj/4 wept~weep/VBD/root/4 ././punct/4") == []


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("He/PRP/nsubj/2 met~meet/VBD/root/2 in/IN/case/4 Portville/NNP/obl/2", True),
        ("He/PRP/nsubj/2 met~meet/VBD/root/2 near/IN/case/4 Lakeside/NNP/obl/2 ,/,/punct/6 Portville/NNP/conj/4", True),
        ("Talks~talk/NNS/root/1 with/IN/case/3 Portville/NNP/nmod/1", False),
        ("Portville/NNP/nmod:poss/3 ’s/POS/case/1 envoy/NN/root/3", False),
    ],
    ids=["in", "joined to a place", "with", "owner"],
)
def test_prepositions_of_place_tell_where(text: str, placed: bool):
    doc = tree(text)
    assert is_placed([t for t in doc if t.text == "Portville"][-1]) is placed


def test_an_acronym_in_brackets_may_belong_to_a_name_in_small_letters():
    doc = tree(
        """
        The/DT/det/4 high/JJ/amod/4 negotiations~negotiation/NNS/compound/4 council/NN/nsubj/8 (/-LRB-/punct/6 HNC/NNP/appos/4@ORG )/-RRB-/punct/6 met~meet/VBD/root/8 ././punct/8
        """  # noqa: E501
    )
    assert [a.name for a in find_cast(doc, PACK).actors] == ["high negotiations council"]


def test_another_languages_acronym_belongs_to_the_name_before_its_bracket():
    doc = tree(
        """
        The/DT/det/4 National/NNP/amod/4@ORG River/NNP/compound/4@ORG Front/NNP/nsubj/8@ORG (/-LRB-/punct/6 YPX/NNP/appos/4@ORG )/-RRB-/punct/6 attacked~attack/VBD/root/8 ././punct/8
        """  # noqa: E501
    )
    actor = find_cast(doc, PACK).actors[0]
    assert actor.name == "National River Front"
    assert {"YPX", "National River Front ( YPX )"} <= set(actor.mentions)


def test_a_text_may_use_a_known_acronym_for_something_else():
    doc = tree(
        """
        The/DT/det/3 Northern/NNP/amod/3@ORG League/NNP/nsubj/7@ORG (/-LRB-/punct/5 NL/NNP/appos/3@ORG )/-RRB-/punct/5 attacked~attack/VBD/root/7 ././punct/7
        NL/NNP/nsubj/2 withdrew~withdraw/VBD/root/2 ././punct/2
        """  # noqa: E501
    )
    cast = find_cast(doc, PACK)
    assert [a.name for a in cast.actors] == ["Northern League"]


def known(text: str, *others: PackActor) -> list[str]:
    """The names that a pack with some more actors knows."""
    doc = tree(text)
    return [doc[s.start : s.end].text for s in find_known(doc, pack_of(*ACTORS, *others))]


UNITS = PackActor(key="units", name="People's Protection Units", kind=ActorKind.MOVEMENT)
KURDS = PackActor(key="kurds", name="Kurds", kind=ActorKind.POPULATION, names=("Kurdish People",))


def test_a_longer_name_is_not_cut_by_a_shorter_one_that_begins_before_it():
    text = (
        "Kurdish/NNP/compound/5 People/NNP/nmod:poss/5 's/POS/case/2 Protection/NNP/compound/5 Units/NNP/nsubj/6 "
        "left~leave/VBD/root/6 ././punct/6"
    )
    assert known(text, UNITS, KURDS) == ["People 's Protection Units"]


@pytest.mark.parametrize(
    ("first", "found"),
    [("people/NNS/compound/3", ["people protection units"]), ("people/VB/compound/3", [])],
    ids=["a body", "what somebody does"],
)
def test_a_body_of_three_words_may_be_written_small(first: str, found: list[str]):
    units = PackActor(key="units", name="People Protection Units", kind=ActorKind.MOVEMENT)
    text = f"{first} protection/NN/compound/3 units/NNS/nsubj/4 left~leave/VBD/root/4 ././punct/4"
    assert known(text, units) == found


def test_a_given_name_alone_is_a_person():
    assert unknown("They/PRP/nsubj/2 met~meet/VBD/root/2 Susan/NNP/obj/2 ././punct/2") == [("Susan", "PERSON")]


BROTHERS = """
{surname} left~leave/VBD/root/2 ././punct/2
Ada/NNP/nsubj/3@PERSON Quill/NNP/flat/1@PERSON met~meet/VBD/root/3 Abe/NNP/obj/3@PERSON Quill/NNP/flat/4@PERSON ././punct/3
Abe/NNP/nsubj/3@PERSON Quill/NNP/flat/1@PERSON stayed~stay/VBD/root/3 ././punct/3
Ada/NNP/nsubj/6@PERSON Quill/NNP/flat/1@PERSON and/CC/cc/4 Ada/NNP/conj/1@PERSON Quill/NNP/flat/4@PERSON sat~sit/VBD/root/6 ././punct/6
"""  # noqa: E501


@pytest.mark.parametrize("listed", [False, True], ids=["strangers", "known to the pack"])
def test_a_surname_before_any_full_name_is_of_whom_the_text_names_most(listed: bool):
    people = [PackActor(key=name, name=name, kind=ActorKind.PERSON) for name in ("Abe Quill", "Ada Quill")]
    doc = tree(BROTHERS.format(surname="Quill/NNP/nsubj/2@PERSON"))
    cast = find_cast(doc, pack_of(*ACTORS, *people[::-1]) if listed else PACK)
    assert names(cast, doc, "Quill", 0) == ("Ada Quill",)


def test_a_surname_that_two_bear_is_of_whom_the_text_named_last():
    people = [PackActor(key=name, name=name, kind=ActorKind.PERSON) for name in ("Abe Quill", "Ada Quill")]
    doc = tree(BROTHERS.format(surname="Nobody/NN/nsubj/2") + "Quill/NNP/nsubj/2@PERSON left~leave/VBD/root/2")
    last = len([t for t in doc if t.text == "Quill"]) - 1
    assert names(find_cast(doc, pack_of(*ACTORS, *people)), doc, "Quill", last) == ("Ada Quill",)


def test_a_seat_is_listed_with_whose_it_is():
    house = PackActor(key="state/USA", name="Usonia", kind=ActorKind.STATE, metonyms=("White House",))
    doc = tree(
        "The/DT/det/4 Quill/NNP/compound/4@ORG White/NNP/compound/4@ORG House/NNP/nsubj/5@ORG spoke~speak/VBD/root/5"
    )
    (actor,) = (a for a in find_cast(doc, pack_of(*ACTORS, house)).actors if a.name == "Usonia")
    assert actor.mentions == ("White House", "Quill White House")


def test_a_nationality_before_a_name_is_no_language():
    doc = tree("Sudian/NNP/nmod:desc/2 Ida/NNP/nsubj/4@PERSON Quill/NNP/flat/2@PERSON spoke~speak/VBD/root/4")
    assert names(find_cast(doc, PACK), doc, "Sudian") == ("Sudia",)
