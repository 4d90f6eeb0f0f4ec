"""Whom a nominal takes up that names nobody: somebody told of before, by kind, office and whose they are."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Office, PackActor, load_pack
from dragoman.language import analyse
from dragoman.reading.actors.finding import find_cast
from dragoman.reading.words import Doc
from dragoman.record import ActorKind
from tests.reading.casts import ACTORS, PACK, names, pack_of, tree

PETROV = """
Boris/NNP/nsubj/3@PERSON Petrov/NNP/flat/1@PERSON left~leave/VBD/root/3 ././punct/3
"""


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("The/DT/det/2 teenager/NN/nsubj/3 returned~return/VBD/root/3 ././punct/3", "Boris Petrov"),
        ("A/DT/det/2 teenager/NN/nsubj/3 returned~return/VBD/root/3 ././punct/3", "teenager"),
        (
            "The/DT/det/2 teenager/NN/nsubj/5 who/WP/nsubj/4 fled~flee/VBD/acl:relcl/2 returned~return/VBD/root/5",
            "teenager",
        ),
    ],
    ids=["definite", "indefinite", "told apart by a clause"],
)
def test_a_definite_noun_of_persons_is_the_person_told_of_just_before(phrase: str, who: str):
    doc = tree(PETROV + phrase)
    assert names(find_cast(doc, PACK), doc, "teenager") == (who,)


@pytest.mark.parametrize("owner", ["Petrov/NNP/nmod:poss/3 's/POS/case/1", "his/PRP$/nmod:poss/2"])
def test_whose_mother_somebody_is_told_to_be_names_her_from_then_on(owner: str):
    size = len(owner.split())
    doc = tree(
        f"{PETROV}\n{owner} mother/NN/nsubj/{size + 4} ,/,/punct/{size + 1} Ida/NNP/appos/{size + 1}@PERSON "
        f"stayed~stay/VBD/root/{size + 4} ././punct/{size + 4}\n"
        "His/PRP$/nmod:poss/2 mother/NN/nsubj/3 spoke~speak/VBD/root/3 ././punct/3"
    )
    assert names(find_cast(doc, PACK), doc, "mother", 1) == ("Ida",)


@pytest.mark.parametrize(
    ("noun", "day", "who"),
    [
        ("president/NN/nsubj/3", "2021-05-01", "Carl Holm"),
        ("president/NN/nsubj/3", "2019-05-01", "president"),
    ],
)
def test_an_office_alone_is_its_holder_by_the_pack_whom_the_text_has_named(noun: str, day: str, who: str):
    doc = tree(
        "Carl/NNP/nsubj/3@PERSON Holm/NNP/flat/1@PERSON left~leave/VBD/root/3 ././punct/3\n"
        f"The/DT/det/2 {noun} returned~return/VBD/root/3 ././punct/3"
    )
    assert names(find_cast(doc, PACK, day), doc, "president") == (who,)


def test_a_former_office_is_that_of_whoever_held_it_before():
    berg = PackActor(
        key="anna-berg",
        name="Anna Berg",
        kind=ActorKind.PERSON,
        offices=(Office("president", "state/SUD", since="2010", until="2020"),),
    )
    doc = tree(
        "Anna/NNP/nsubj/5@PERSON Berg/NNP/flat/1@PERSON and/CC/cc/4 Holm/NNP/conj/1@PERSON met~meet/VBD/root/5\n"
        "The/DT/det/3 former/JJ/amod/3 president/NN/nsubj/4 left~leave/VBD/root/4 ././punct/4"
    )
    pack = pack_of(*ACTORS, berg)
    assert names(find_cast(doc, pack, "2021-05-01"), doc, "president") == ("Anna Berg",)


def test_police_alone_are_those_of_the_place_that_was_told_of():
    doc = tree(
        "Norish/JJ/amod/2 police/NN/nsubj/3 came~come/VBD/root/3 ././punct/3\n"
        "Police~police/NN/nsubj/2 left~leave/VBD/root/2 ././punct/2"
    )
    assert names(find_cast(doc, PACK), doc, "Police") == ("Norish police",)


BODIES = """
The/DT/det/3 Marrow/NNP/compound/3@ORG Coalition/NNP/nsubj/4@ORG met~meet/VBD/root/4 Quill/NNP/compound/6@ORG Front/NNP/obj/4@ORG ././punct/4
"""  # noqa: E501


@pytest.mark.parametrize(("noun", "who"), [("coalition", "Marrow Coalition"), ("front", "Quill Front")])
def test_a_bodys_noun_alone_is_the_body_with_the_noun_in_its_name(noun: str, who: str):
    doc = tree(f"{BODIES}The/DT/det/2 {noun}/NN/nsubj/3 left~leave/VBD/root/3 ././punct/3")
    assert names(find_cast(doc, PACK), doc, noun) == (who,)


def test_a_nominal_may_be_told_apart_by_a_clause_alone():
    doc = tree(
        "Forces~force/NNS/nsubj/5 loyal/JJ/amod/1 to/IN/case/4 Petrov/NNP/obl/2@PERSON left~leave/VBD/root/5\n"
        "Forces~force/NNS/nsubj/5 hostile/JJ/amod/1 to/IN/case/4 Petrov/NNP/obl/2@PERSON stayed~stay/VBD/root/5"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Forces", 0) == ("forces loyal to Petrov",)
    assert names(cast, doc, "Forces", 1) == ("forces hostile to Petrov",)


@pytest.mark.parametrize(("case", "who"), [("in", ("source",)), ("of", ())])
def test_a_source_of_something_is_nobody(case: str, who: tuple[str, ...]):
    doc = tree(
        f"A/DT/det/2 source/NN/nsubj/5 {case}/IN/case/4 income/NN/nmod/2 dried~dry/VBD/root/5 up/RP/compound:prt/5"
    )
    assert names(find_cast(doc, PACK), doc, "source") == who


def test_some_of_many_are_listed_as_what_follows_the_number():
    doc = tree("Dozens~dozen/NNS/nsubj/4 of/IN/case/3 refugees~refugee/NNS/nmod/1 left~leave/VBD/root/4 ././punct/4")
    (actor,) = find_cast(doc, PACK).actors
    assert actor.mentions == ("refugees", "Dozens of refugees")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Islamic State's Afghan branch, IS-K, claimed the bombing. The group struck again.", "Islamic State Khorasan"),
        ("Islamic State claimed the bombing. The group struck again.", "Islamic State"),
    ],
)
def test_the_group_is_the_branch_that_was_told_of_not_the_body_whose_branch_it_is(text: str, who: str):
    (analysed,) = analyse([(text, ())])
    doc = Doc(analysed)
    assert names(find_cast(doc, load_pack(())), doc, "group") == (who,)
