"""The cast of a document by the codebook: every way of naming somebody leads to one actor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.errors import RecordError
from dragoman.reading.actors.cast import Cast, Mention
from dragoman.reading.actors.finding import find_cast
from dragoman.record import Actor, ActorKind
from tests.reading.casts import PACK, POS, names, spans_of, tree
from tests.reading.trees import VOCAB

BERG = """
The/DT/det/3 Norish/JJ/amod/3 president/NN/nsubj/8 ,/,/punct/5 Anna/NNP/appos/3@PERSON Berg/NNP/flat/5@PERSON ,/,/punct/8 met~meet/VBD/root/8 Boris/NNP/obj/8@PERSON Petrov/NNP/flat/9@PERSON ././punct/8
The/DT/det/3 Norish/JJ/amod/3 president/NN/nsubj/4 thanked~thank/VBD/root/4 Petrov/NNP/obj/4@PERSON ././punct/4
She/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2
"""  # noqa: E501


def test_a_title_in_apposition_names_its_holder_from_then_on():
    doc = tree(BERG)
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "president", 0) == ("Anna Berg",)
    assert names(cast, doc, "president", 1) == ("Anna Berg",)


def test_a_surname_is_the_person_introduced_by_full_name():
    doc = tree(BERG)
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Petrov", 1) == ("Boris Petrov",)
    actor = cast.actor("Boris Petrov")
    assert actor is not None
    assert actor.mentions == ("Boris Petrov", "Petrov")


def test_a_pronoun_agrees_with_whom_it_stands_for():
    doc = tree(BERG)
    assert names(find_cast(doc, PACK), doc, "She") == ("Anna Berg",)


def test_pronouns_are_no_surface_forms():
    doc = tree(BERG)
    forms = {form for actor in find_cast(doc, PACK).actors for form in actor.mentions}
    assert "She" not in forms


def test_an_office_known_to_the_pack_is_its_holder_at_the_time():
    doc = tree("The/DT/det/3 Sudian/JJ/amod/3 president/NN/nsubj/4 left~leave/VBD/root/4 ././punct/4")
    assert names(find_cast(doc, PACK, "2021-05-01"), doc, "president") == ("Carl Holm",)
    assert names(find_cast(doc, PACK, "2019-05-01"), doc, "president") == ("Sudian president",)


def test_two_presidents_told_in_one_breath_are_two():
    doc = tree(
        """
        Carl/NNP/nsubj/3@PERSON Holm/NNP/flat/1@PERSON spoke~speak/VBD/root/3 ././punct/3
        Norish/JJ/amod/2 president/NN/nmod:desc/3 Anna/NNP/nsubj/5@PERSON Berg/NNP/flat/3@PERSON spoke~speak/VBD/root/5 ././punct/5
        The/DT/det/5 Norish/JJ/amod/5 and/CC/cc/4 Sudian/JJ/conj/2 presidents~president/NNS/nsubj/6 met~meet/VBD/root/6 ././punct/6
        """  # noqa: E501
    )
    assert set(names(find_cast(doc, PACK), doc, "presidents")) == {"Anna Berg", "Carl Holm"}


def test_a_states_officials_are_the_state_and_its_army_is_not():
    doc = tree(
        "Norish/JJ/amod/2 officials~official/NNS/nsubj/3 said~say/VBD/root/3 that/IN/mark/8 the/DT/det/7 "
        "Norish/JJ/amod/7 army/NN/nsubj/8 left~leave/VBD/ccomp/3 ././punct/3"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "officials") == ("Norland",)
    army = cast.actor(names(cast, doc, "army")[0])
    assert army is not None
    assert (army.kind, army.of) == (ActorKind.ORGANIZATION, "Norland")


def test_one_official_is_an_office_not_the_state():
    doc = tree("A/DT/det/3 Norish/JJ/amod/3 official/NN/nsubj/4 left~leave/VBD/root/4 ././punct/4")
    cast = find_cast(doc, PACK)
    assert [a.kind for a in cast.actors if a.name == "Norish official"] == [ActorKind.OFFICE]


def test_a_spokesman_speaks_for_the_body():
    doc = tree("A/DT/det/3 Norish/JJ/amod/3 spokesman/NN/nsubj/4 left~leave/VBD/root/4 ././punct/4")
    assert find_cast(doc, PACK).body_of("Norish spokesman") == "Norland"


FRONT = """
The/DT/det/4 National/JJ/amod/4@ORG River/NNP/compound/4@ORG Front/NNP/nsubj/8@ORG (/-LRB-/punct/6 NRF/NNP/appos/4@ORG )/-RRB-/punct/6 attacked~attack/VBD/root/8 ././punct/8
NRF/NNP/compound/2@ORG fighters~fighter/NNS/nsubj/3 withdrew~withdraw/VBD/root/3 ././punct/3
The/DT/det/2 front/NN/nsubj/3 accused~accuse/VBD/root/3 NL/NNP/obj/3 ././punct/3
"""  # noqa: E501


def test_an_acronym_in_brackets_is_the_name_before_it():
    doc = tree(FRONT)
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Front") == names(cast, doc, "NRF", 1) == ("National River Front",)
    actor = cast.actor("National River Front")
    assert actor is not None
    assert "NRF" in actor.mentions


def test_a_bodys_members_and_its_noun_alone_are_the_body():
    doc = tree(FRONT)
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "fighters") == ("National River Front",)
    assert names(cast, doc, "front") == ("National River Front",)


def test_two_people_of_one_surname_stay_two():
    doc = tree(
        """
        Anna/NNP/nsubj/6@PERSON Berg/NNP/flat/1@PERSON and/CC/cc/4 Ivan/NNP/conj/1@PERSON Berg/NNP/flat/4@PERSON spoke~speak/VBD/root/6 ././punct/6
        """  # noqa: E501
    )
    cast = find_cast(doc, PACK)
    assert [a.name for a in cast.actors] == ["Anna Berg", "Ivan Berg"]
    assert names(cast, doc, "Anna") == ("Anna Berg", "Ivan Berg")


def test_another_bearer_of_a_known_surname_keeps_it():
    doc = tree(
        """
        Nora/NNP/nsubj/3@PERSON Holm/NNP/flat/1@PERSON spoke~speak/VBD/root/3 ././punct/3
        Holm/NNP/nsubj/2@PERSON left~leave/VBD/root/2 ././punct/2
        """
    )
    assert names(find_cast(doc, PACK), doc, "Holm", 1) == ("Nora Holm",)


def test_spellings_of_one_surname_are_one_person():
    doc = tree(
        """
        Ahmad/NNP/nsubj/3@PERSON Massoud/NNP/flat/1@PERSON spoke~speak/VBD/root/3 ././punct/3
        Masoud/NNP/nsubj/2@PERSON left~leave/VBD/root/2 ././punct/2
        """
    )
    assert names(find_cast(doc, PACK), doc, "Masoud") == ("Ahmad Massoud",)


def test_a_seat_that_acts_is_the_government_and_one_that_tells_where_is_nobody():
    doc = tree(
        "Portville/NNP/nsubj/2@PLACE said~say/VBD/root/2 that/IN/mark/5 envoys~envoy/NNS/nsubj/5 met~meet/VBD/ccomp/2 "
        "in/IN/case/7 Portville/NNP/obl/5@PLACE ././punct/2"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Portville", 0) == ("Norland",)
    assert names(cast, doc, "Portville", 1) == ()


def test_a_place_that_no_pack_knows_is_no_actor():
    doc = tree("Envoys~envoy/NNS/nsubj/2 met~meet/VBD/root/2 in/IN/case/4 Lakeside/NNP/obl/2@PLACE ././punct/2")
    assert [a.name for a in find_cast(doc, PACK).actors] == ["envoys"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quill/NNP/nsubj/2@PLACE attacked~attack/VBD/root/2 Tarn/NNP/obj/2@PLACE ././punct/2", ("Tarn",)),
        ("Norland/NNP/nsubj/2@PLACE attacked~attack/VBD/root/2 Tarn/NNP/obj/2@PLACE ././punct/2", ()),
        ("Norland/NNP/nsubj/2@PLACE attacked~attack/VBD/root/2 Tarnia/NNP/obj/2@PLACE ././punct/2", ("Tarnia",)),
        ("Norland/NNP/nsubj/2@PLACE left~leave/VBD/root/2 Asia/NNP/obj/2@PLACE ././punct/2", ()),
        (
            "Quill/NNP/nsubj/2@PLACE held~hold/VBD/root/2 talks~talk/NNS/obj/2 in/IN/case/5 Tarnia/NNP/obl/2@PLACE "
            "././punct/2",
            (),
        ),
        (
            "Quill/NNP/nsubj/2@PLACE paid~pay/VBD/root/2 a/DT/det/4 visit/NN/obj/2 to/IN/case/6 Tarn/NNP/nmod/4@PLACE "
            "././punct/2",
            ("Tarn",),
        ),
    ],
    ids=["by a state as unknown", "by a known one", "a land by name", "a part of the world", "where", "visited"],
)
def test_an_unknown_place_that_something_is_done_to_may_be_a_state(text: str, told: tuple[str, ...]):
    doc = tree(text)
    last = [token.text for token in doc if token.ent_type_][-1]
    assert names(find_cast(doc, PACK), doc, last) == told


def test_they_said_of_two_are_two():
    doc = tree(
        """
        Norland/NNP/nsubj/4 and/CC/cc/3 Sudia/NNP/conj/1 met~meet/VBD/root/4 ././punct/4
        They/PRP/nsubj/2 left~leave/VBD/root/2 ././punct/2
        """
    )
    assert names(find_cast(doc, PACK), doc, "They") == ("Norland", "Sudia")


def test_collectives_bear_their_own_words_without_article_and_figure():
    doc = tree(
        "Critics~critic/NNS/nsubj/2 fled~flee/VBD/root/2 with/IN/case/6 3,000/CD/nummod/6 Sudian/JJ/amod/6 "
        "refugees~refugee/NNS/obl/2 ././punct/2"
    )
    cast = find_cast(doc, PACK)
    assert [(a.name, a.kind) for a in cast.actors if a.kind != ActorKind.STATE] == [
        ("critics", ActorKind.GROUP),
        ("Sudian refugees", ActorKind.POPULATION),
    ]


def test_a_number_of_people_are_the_people():
    doc = tree(
        """
        The/DT/det/2 rebels~rebel/NNS/nsubj/3 came~come/VBD/root/3 ././punct/3
        Dozens~dozen/NNS/nsubj/4 of/IN/case/3 them/PRP/nmod/1 fled~flee/VBD/root/4 ././punct/4
        """
    )
    assert names(find_cast(doc, PACK), doc, "Dozens") == ("rebels",)


def test_a_relative_pronoun_is_the_noun_before_it():
    doc = tree(
        "The/DT/det/2 rebels~rebel/NNS/nsubj/5 who/WP/nsubj/4 fled~flee/VBD/acl:relcl/2 returned~return/VBD/root/5 "
        "././punct/5"
    )
    assert names(find_cast(doc, PACK), doc, "who") == ("rebels",)


def test_a_rulers_government_is_the_state():
    doc = tree("The/DT/det/3 Holm/NNP/compound/3@PERSON government/NN/nsubj/4 fell~fall/VBD/root/4 ././punct/4")
    assert names(find_cast(doc, PACK), doc, "government") == ("Sudia",)


def test_possessive_pronouns_own_like_names():
    doc = tree(
        """
        Norland/NNP/nsubj/2 fell~fall/VBD/root/2 ././punct/2
        Its/PRP$/nmod:poss/2 soldiers~soldier/NNS/nsubj/3 left~leave/VBD/root/3 ././punct/3
        """
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "soldiers") == ("Norish Armed Forces",)


def test_the_pack_wins_over_the_model_and_a_longer_name_over_the_pack():
    doc = tree("Sudia/NNP/nsubj/4@PERSON and/CC/cc/3 Norland/NNP/conj/1@PERSON met~meet/VBD/root/4 ././punct/4")
    assert [a.kind for a in find_cast(doc, PACK).actors] == [ActorKind.STATE, ActorKind.STATE]
    doc = tree("Sudia/NNP/nsubj/3@PERSON Jones/NNP/flat/1@PERSON left~leave/VBD/root/3 ././punct/3")
    assert [a.name for a in find_cast(doc, PACK).actors] == ["Sudia Jones"]


def test_small_letters_are_no_acronym():
    doc = tree("They/PRP/nsubj/2 left~leave/VBD/root/2 nl/NN/obj/2 ././punct/2")
    assert find_cast(doc, PACK).actors == ()


def test_an_empty_document_has_an_empty_cast():
    assert find_cast(Doc(VOCAB, words=[]), PACK) == Cast()


TOKENS = st.sampled_from(
    [
        "Norish",
        "NRF",
        "(",
        ")",
        "Berg",
        "the",
        "army",
        "of",
        "Portville",
        "he",
        "they",
        "rebels",
        "and",
        "’s",
        "\n\n",
        "ﷺ",
    ]
)
TAGS = st.sampled_from(["NNP", "NN", "NNS", "JJ", "PRP", "DT", "IN", "VBD", "POS"])
DEPS = st.sampled_from(
    ["nsubj", "obj", "nmod", "nmod:poss", "compound", "amod", "appos", "conj", "flat", "case", "acl:relcl"]
)
LABELS = st.sampled_from(["", "", "PERSON", "ORG", "PLACE", "EVENT"])


@st.composite
def documents(draw: st.DrawFn) -> Doc:
    size = draw(st.integers(1, 14))
    columns = [draw(st.lists(part, min_size=size, max_size=size)) for part in (TOKENS, TAGS, DEPS, LABELS)]
    heads = [draw(st.integers(0, i)) for i in range(size)]
    doc = Doc(
        VOCAB,
        words=columns[0], tags=columns[1], deps=columns[2], heads=heads, lemmas=columns[0],
        pos=[POS.get(tag, "X") for tag in columns[1]],
    )  # fmt: skip
    doc.ents = list(spans_of(doc, columns[3]))
    return doc


@settings(deadline=None, max_examples=150)
@given(documents())
def test_any_analysis_yields_a_sound_cast(doc: Doc):
    cast = find_cast(doc, PACK)
    assert list(cast.mentions) == sorted(cast.mentions, key=lambda m: (m.start, m.end))
    for mention in cast.mentions:
        assert mention.end <= len(doc)
        assert all(n < len(cast.actors) for n in (mention.actor, *mention.others))
    assert {n for m in cast.mentions for n in (m.actor, *m.others)} == set(range(len(cast.actors)))
    assert find_cast(doc, PACK) == cast


@pytest.mark.parametrize("bounds", [(3, 3, 3), (0, 2, 2), (-1, 2, 0)])
def test_an_impossible_mention_cannot_be_built(bounds: tuple[int, int, int]):
    with pytest.raises(RecordError, match="impossible mention"):
        Mention(*bounds, "name", 0)


def test_the_innermost_mention_is_found_at_a_token():
    whole, inner = Mention(0, 3, 2, "nominal", 0), Mention(0, 1, 0, "adjective", 1)
    cast = Cast((Actor("a", ActorKind.GROUP), Actor("b", ActorKind.STATE)), (inner, whole))
    assert cast.at(0) == inner
    assert cast.at(1) == cast.at(2) == whole
    assert cast.at(3) is None


def test_a_ministry_is_its_state():
    doc = tree(
        "The/DT/det/2 Ministry/NNP/nsubj/8@ORG of/IN/case/4@ORG Culture/NNP/nmod/2@ORG of/IN/case/7 the/DT/det/7 "
        "Sudia/NNP/nmod/2 agreed~agree/VBD/root/8 ././punct/8"
    )
    assert names(find_cast(doc, PACK), doc, "Ministry") == ("Sudia",)


def test_forces_are_found_inside_a_longer_phrase():
    doc = tree(
        "A/DT/det/5 large/JJ/amod/5 Norish/JJ/amod/5 army/NN/compound/5 presence/NN/nsubj/6 remains~remain/VBZ/root/6"
    )
    cast = find_cast(doc, PACK)
    mention = cast.at(3)
    assert mention is not None
    assert cast.actors[mention.actor].name == "Norish Armed Forces"


def test_people_of_a_nation_that_are_acted_upon_are_not_its_state():
    doc = tree(
        """
        Critics~critic/NNS/nsubj/2 helped~help/VBD/root/2 poor/JJ/amod/4 Norlanders/NNPS/obj/2 ././punct/2
        The/DT/det/2 Norlanders/NNPS/nsubj/3 agreed~agree/VBD/root/3 ././punct/3
        """
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Norlanders", 0) == ("poor Norlanders",)
    assert names(cast, doc, "Norlanders", 1) == ("Norland",)


def test_leaders_are_not_the_leader():
    doc = tree(
        """
        The/DT/det/2 leader/NN/nsubj/5 ,/,/punct/4 Anna/NNP/appos/2@PERSON left~leave/VBD/root/5 ././punct/5
        The/DT/det/2 leaders~leader/NNS/nsubj/3 met~meet/VBD/root/3 ././punct/3
        """
    )
    assert names(find_cast(doc, PACK), doc, "leaders") == ("leaders",)


def test_those_whom_only_a_clause_tells_of_are_an_actor():
    doc = tree(
        "They/PRP/nsubj/2 freed~free/VBD/root/2 those/DT/obj/2 who/WP/nsubj/5 fled~flee/VBD/acl:relcl/3 ././punct/2"
    )
    doc[2].pos_ = "PRON"
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "those") == ("those who fled",)
    actor = cast.actor("those who fled")
    assert actor is not None
    assert actor.kind is ActorKind.GROUP


def test_those_may_be_things():
    doc = tree(
        "They/PRP/nsubj/2 left~leave/VBD/root/2 those/DT/obj/2 that/WDT/nsubj/5 failed~fail/VBD/acl:relcl/3 ././punct/2"
    )
    doc[2].pos_ = "PRON"
    assert names(find_cast(doc, PACK), doc, "those") == ()


def test_a_minister_of_a_state_is_not_the_one_who_holds_the_office():
    doc = tree("A/DT/det/3 Sudian/JJ/amod/3 president/NN/nsubj/4 left~leave/VBD/root/4 ././punct/4")
    assert names(find_cast(doc, PACK, "2021-05-01"), doc, "president") != ("Carl Holm",)


def test_a_town_whose_mayor_is_told_of_is_a_body():
    doc = tree(
        "The/DT/det/2 mayor/NN/nsubj/5 of/IN/case/4 Quillton/NNP/nmod/2@PLACE left~leave/VBD/root/5 in/IN/case/7 "
        "Marrow/NNP/obl/5@PLACE ././punct/5"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Quillton") == ("Quillton",)
    assert names(cast, doc, "Marrow") == ()


def test_a_place_whose_governor_is_told_of_is_a_body():
    doc = tree(
        "Quillton/NNP/nmod:poss/3@PLACE 's/POS/case/1 mayor/NN/nsubj/4 left~leave/VBD/root/4 "
        "Marrow/NNP/nmod:poss/7@PLACE 's/POS/case/5 streets~street/NNS/obj/4 ././punct/4"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "Quillton") == ("Quillton",)
    assert names(cast, doc, "Marrow") == ()


def test_a_body_may_be_told_apart_by_its_place_or_need_no_word_beside_it():
    doc = tree(
        "A/DT/det/2 council/NN/nsubj/5 in/IN/case/4 Quillton/NNP/nmod/2@PLACE met~meet/VBD/root/5 ././punct/5\n"
        "Authorities~authority/NNS/nsubj/2 left~leave/VBD/root/2 ././punct/2"
    )
    cast = find_cast(doc, PACK)
    assert names(cast, doc, "council") == ("council",)
    assert names(cast, doc, "Authorities") == ("authorities",)


def test_a_nominal_is_listed_with_what_follows_it_and_with_its_pointer():
    doc = tree(
        "These/DT/det/2 rebels~rebel/NNS/nsubj/6 who/WP/nsubj/4 fled~flee/VBD/acl:relcl/2 home/RB/advmod/4 "
        "left~leave/VBD/root/6 ././punct/6"
    )
    (actor,) = (a for a in find_cast(doc, PACK).actors if "rebels" in a.name)
    assert {"rebels", "These rebels", "rebels who fled home"} <= set(actor.mentions)
