"""Named places, and at which of them an act happened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Pack, load_pack
from dragoman.reading.circumstances.places import country_of, find_places, place_near, place_of
from tests.reading.trees import tree, word


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


MET_IN_TOWN = (
    """
    They they PRON PRP nsubj 2
    met meet VERB VBD root 0
    in in ADP IN case 5
    the the DET DT det 5
    town town NOUN NN obl 2
    of of ADP IN case 7
    Termez Termez PROPN NNP nmod 5
    in in ADP IN case 10
    southern southern ADJ JJ amod 10
    Uzbekistan Uzbekistan PROPN NNP nmod 7""",
    ("Termez", "PLACE"),
    ("Uzbekistan", "PLACE"),
)


def test_the_town_is_the_place_not_the_country_around_it(pack: Pack) -> None:
    doc = tree(*MET_IN_TOWN)
    assert place_of(word(doc, "met"), find_places(doc, pack)) == "Termez"


def test_a_direction_belongs_to_the_name(pack: Pack) -> None:
    assert [m.name for m in find_places(tree(*MET_IN_TOWN), pack)] == ["Termez", "southern Uzbekistan"]


def test_coordinated_places_are_joined(pack: Pack) -> None:
    doc = tree(
        """
        Clashes clash NOUN NNS nsubj 2
        erupted erupt VERB VBD root 0
        in in ADP IN case 4
        Kunduz Kunduz PROPN NNP obl 2
        and and CCONJ CC cc 6
        Baghlan Baghlan PROPN NNP conj 4""",
        ("Kunduz", "PLACE"),
        ("Baghlan", "PLACE"),
    )
    assert place_of(word(doc, "Clashes"), find_places(doc, pack)) == "Kunduz; Baghlan"


def test_a_country_that_acts_or_is_blamed_is_no_place(pack: Pack) -> None:
    doc = tree(
        """
        Iran Iran PROPN NNP nsubj 2
        condemned condemn VERB VBD root 0
        Pakistan Pakistan PROPN NNP obj 2""",
        ("Iran", "PLACE"),
        ("Pakistan", "PLACE"),
    )
    assert place_of(word(doc, "condemned"), find_places(doc, pack)) is None


@pytest.mark.parametrize(
    ("verb", "name", "place"),
    [("visited", "Qatar", "Qatar"), ("praised", "Qatar", None), ("captured", "Kunduz", "Kunduz")],
)
def test_an_object_is_the_place_of_moves_and_of_towns(pack: Pack, verb: str, name: str, place: str | None) -> None:
    lemma = {"visited": "visit", "praised": "praise", "captured": "capture"}[verb]
    doc = tree(
        f"""
        They they PRON PRP nsubj 2
        {verb} {lemma} VERB VBD root 0
        {name} {name} PROPN NNP obj 2""",
        (name, "PLACE"),
    )
    assert place_of(word(doc, verb), find_places(doc, pack)) == place


def test_a_visit_is_where_it_goes_not_whence_it_comes(pack: Pack) -> None:
    doc = tree(
        """
        He he PRON PRP nsubj 2
        flew fly VERB VBD root 0
        from from ADP IN case 4
        Doha Doha PROPN NNP obl 2
        to to ADP IN case 6
        Moscow Moscow PROPN NNP obl 2""",
        ("Doha", "PLACE"),
        ("Moscow", "PLACE"),
    )
    assert place_of(word(doc, "flew"), find_places(doc, pack)) == "Moscow"


def test_an_act_that_needs_a_place_takes_the_nearest_town_and_no_capital_that_acts(pack: Pack) -> None:
    doc = tree(
        """
        Moscow Moscow PROPN NNP nsubj 2
        knew know VERB VBD root 0
        how how ADV WRB mark 7
        fighters fighter NOUN NNS nsubj 7
        of of ADP IN case 6
        Kunduz Kunduz PROPN NNP nmod 4
        fell fall VERB VBD ccomp 2""",
        ("Moscow", "PLACE"),
        ("Kunduz", "PLACE"),
    )
    places = find_places(doc, pack)
    assert place_of(word(doc, "fell"), places) is None
    assert place_near(word(doc, "fell"), places) == "Kunduz"


def test_talks_on_a_country_are_not_held_there(pack: Pack) -> None:
    doc = tree(
        """
        Talks talk NOUN NNS nsubj 4
        on on ADP IN case 3
        Afghanistan Afghanistan PROPN NNP nmod 1
        ended end VERB VBD root 0""",
        ("Afghanistan", "PLACE"),
    )
    assert place_of(word(doc, "Talks"), find_places(doc, pack)) is None


def test_a_town_that_the_pipeline_passed_over_is_found_after_a_preposition(pack: Pack) -> None:
    doc = tree("""
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0
        near near ADP IN case 4
        Samarkand Samarkand PROPN NNP obl 2
        today today NOUN NN obl:unmarked 2
        . . PUNCT . punct 2""")
    assert place_of(word(doc, "met"), find_places(doc, pack)) == "Samarkand"


def test_a_month_after_in_is_no_place(pack: Pack) -> None:
    doc = tree("""
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0
        in in ADP IN case 4
        December December PROPN NNP obl 2
        . . PUNCT . punct 2""")
    assert find_places(doc, pack) == ()


LEFT_THE_GROUND = """
    Rebels rebel NOUN NNS nsubj 2
    hold hold VERB VBP root 0
    {name} {name} PROPN NNP obj 2

    Others other NOUN NNS nsubj 2
    left leave VERB VBD root 0
    {det} {det} DET DT det 4
    {noun} {noun} NOUN NN obj 2"""


@pytest.mark.parametrize(
    ("name", "det", "noun", "place"),
    [
        pytest.param("Herat", "the", "city", "Herat", id="a town is the city"),
        pytest.param("Herat", "this", "town", "Herat", id="a town is this town"),
        pytest.param("Qatar", "the", "country", "Qatar", id="a state is the country"),
        pytest.param("Tarn", "the", "enclave", "Tarn", id="a place of unknown kind is the enclave"),
        pytest.param("Qatar", "the", "city", None, id="a state is no city"),
        pytest.param("Herat", "the", "country", None, id="a town is no country"),
        pytest.param("Tarn", "a", "city", None, id="a city is another one"),
    ],
)
def test_definite_ground_stands_for_a_place_named_before(
    pack: Pack, name: str, det: str, noun: str, place: str | None
) -> None:
    doc = tree(LEFT_THE_GROUND.format(name=name, det=det, noun=noun), (name, "PLACE"))
    told = [m.name for m in find_places(doc, pack) if m.told]
    assert told == ([place] if place else [])


def test_ground_that_names_itself_stands_for_nothing_else(pack: Pack) -> None:
    doc = tree(
        """
        They they PRON PRP nsubj 2
        left leave VERB VBD root 0
        Herat Herat PROPN NNP obj 2
        for for ADP IN case 6
        the the DET DT det 6
        city city NOUN NN obl 2
        of of ADP IN case 8
        Kandahar Kandahar PROPN NNP nmod 6""",
        ("Herat", "PLACE"),
        ("Kandahar", "PLACE"),
    )
    assert not [m for m in find_places(doc, pack) if m.told]


def test_the_noun_that_a_place_was_called_by_finds_it_behind_nearer_places(pack: Pack) -> None:
    doc = tree(
        """
        They they PRON PRP nsubj 2
        hold hold VERB VBP root 0
        the the DET DT det 4
        enclave enclave NOUN NN obj 2
        of of ADP IN case 6
        Tarn Tarn PROPN NNP nmod 4
        near near ADP IN case 8
        Herat Herat PROPN NNP nmod 6

        Shells shell NOUN NNS nsubj 2
        hit hit VERB VBD root 0
        the the DET DT det 4
        enclave enclave NOUN NN obj 2""",
        ("Tarn", "PLACE"),
        ("Herat", "PLACE"),
    )
    assert [m.name for m in find_places(doc, pack) if m.told] == ["Tarn"]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        pytest.param("north", "Mali ’s north", id="a direction"),
        pytest.param("deserts", "Mali ’s deserts", id="a noun of ground"),
        pytest.param("army", "Mali", id="no part of the place"),
    ],
)
def test_a_part_of_a_place_belongs_to_its_name(pack: Pack, part: str, name: str) -> None:
    doc = tree(
        f"""
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0
        in in ADP IN case 6
        Mali Mali PROPN NNP nmod:poss 6
        ’s ’s PART POS case 4
        {part} {part} NOUN NN obl 2
        . . PUNCT . punct 2""",
        ("Mali", "PLACE"),
    )
    assert [m.name for m in find_places(doc, pack)] == [name]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Kandahar", "AFG"),
        ("Herat", "AFG"),
        ("Peshawar", "PAK"),
        ("Doha", "QAT"),
        ("Paris", "FRA"),
        ("Helmand", "AFG"),
        ("Russia", "RUS"),
        ("Nowhere-on-Sea", None),
        ("", None),
    ],
)
def test_the_atlas_knows_the_country_of_a_place(place: str, country: str | None) -> None:
    assert country_of(place) == country


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_name_is_survived_by_the_atlas(name: str) -> None:
    found = country_of(name)
    assert found is None or len(found) == 3
