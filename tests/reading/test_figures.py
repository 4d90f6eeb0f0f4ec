"""Casualty figures as told of one act."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.circumstances.figures import casualties
from dragoman.reading.circumstances.numerals import parse_number
from tests.reading.trees import tree, word

STRIKE = """
    The the DET DT det 2
    strike strike NOUN NN nsubj 3
    killed kill VERB VBD root 0
    at at ADP IN case 5
    least least ADJ JJS nmod 6
    12 12 NUM CD nummod 7
    people people NOUN NNS obj 3
    and and CCONJ CC cc 9
    wounded wound VERB VBD conj 3
    30 30 NUM CD obj 9"""

PASSIVE = """
    Two two NUM CD nummod 2
    soldiers soldier NOUN NNS nsubj:pass 7
    and and CCONJ CC cc 5
    a a DET DT det 5
    civilian civilian NOUN NN conj 2
    were be AUX VBD aux:pass 7
    killed kill VERB VBN root 0
    in in ADP IN case 10
    the the DET DT det 10
    raid raid NOUN NN obl 7"""

LEFT_DEAD = """
    The the DET DT det 2
    blast blast NOUN NN nsubj 3
    left leave VERB VBD root 0
    five five NUM CD obj 3
    dead dead ADJ JJ xcomp 3
    and and CCONJ CC cc 8
    12 12 NUM CD nummod 8
    injured injured ADJ JJ conj 5"""

TOLL = """
    The the DET DT det 3
    death death NOUN NN compound 3
    toll toll NOUN NN nsubj 8
    of of ADP IN case 6
    the the DET DT det 6
    siege siege NOUN NN nmod 3
    later later ADV RB advmod 8
    rose rise VERB VBD root 0
    to to ADP IN case 10
    40 40 NUM CD obl 8"""

NONE_HURT = """
    No no DET DT det 2
    deaths death NOUN NNS nsubj:pass 6
    or or CCONJ CC cc 4
    injuries injury NOUN NNS conj 2
    were be AUX VBD aux:pass 6
    reported report VERB VBN root 0
    in in ADP IN case 9
    the the DET DT det 9
    attack attack NOUN NN obl 6"""

DOZENS = """
    The the DET DT det 2
    strike strike NOUN NN nsubj 3
    killed kill VERB VBD root 0
    dozens dozen NOUN NNS obj 3
    of of ADP IN case 6
    people people NOUN NNS nmod 4"""

LUMPED = """
    The the DET DT det 2
    strike strike NOUN NN nsubj 3
    killed kill VERB VBD root 0
    or or CCONJ CC cc 5
    wounded wound VERB VBD conj 3
    30 30 NUM CD nummod 7
    people people NOUN NNS obj 3"""

LONG_AGO = """
    They they PRON PRP nsubj:pass 3
    were be AUX VBD aux:pass 3
    killed kill VERB VBN root 0
    three three NUM CD nummod 5
    days day NOUN NNS obl:unmarked 6
    ago ago ADV RB advmod 3"""

LIVES = """
    The the DET DT det 2
    attack attack NOUN NN nsubj 3
    claimed claim VERB VBD root 0
    144 144 NUM CD nummod 5
    lives life NOUN NNS obj 3"""

INSERTED = """
    Fourteen fourteen NUM CD nummod 2
    villagers villager NOUN NNS nsubj:pass 9
    , , PUNCT , punct 6
    including include VERB VBG case 6
    three three NUM CD nummod 6
    children child NOUN NNS nmod 2
    , , PUNCT , punct 6
    were be AUX VBD aux:pass 9
    killed kill VERB VBN root 0"""

AGED = """
    The the DET DT det 2
    sergeant sergeant NOUN NN nsubj:pass 7
    , , PUNCT , punct 4
    45 45 NUM CD appos 2
    , , PUNCT , punct 4
    was be AUX VBD aux:pass 7
    killed kill VERB VBN root 0"""

TOTAL = """
    A a DET DT det 2
    total total NOUN NN nsubj:pass 7
    of of ADP IN case 5
    38 38 NUM CD nummod 5
    people people NOUN NNS nmod 2
    were be AUX VBD aux:pass 7
    killed kill VERB VBN root 0"""

FAMILY = """
    The the DET DT det 2
    bomb bomb NOUN NN nsubj 3
    killed kill VERB VBD root 0
    a a DET DT det 5
    family family NOUN NN obj 3
    of of ADP IN case 7
    five five NUM CD nmod 5"""

YEARS_OLD = """
    The the DET DT det 2
    bomb bomb NOUN NN nsubj 3
    killed kill VERB VBD root 0
    a a DET DT det 9
    12 12 NUM CD nummod 7
    - - PUNCT HYPH punct 7
    year year NOUN NN compound 9
    - - PUNCT HYPH punct 9
    boy boy NOUN NN obj 3"""

SPAN = """
    The the DET DT det 2
    bomb bomb NOUN NN nsubj 3
    killed kill VERB VBD root 0
    between between ADP IN case 8
    20 20 NUM CD nummod 8
    and and CCONJ CC cc 7
    30 30 NUM CD conj 5
    people people NOUN NNS obj 3"""

SHOT_DEAD = """
    Gunmen gunman NOUN NNS nsubj 2
    shot shoot VERB VBD root 0
    dead dead ADJ JJ xcomp 2
    three three NUM CD nummod 5
    guards guard NOUN NNS obj 2"""

WERE_SHOT_DEAD = """
    Three three NUM CD nummod 2
    guards guard NOUN NNS nsubj:pass 4
    were be AUX VBD aux:pass 4
    shot shoot VERB VBN root 0
    dead dead ADJ JJ xcomp 4"""

DEATHS_OF = """
    The the DET DT det 2
    raid raid NOUN NN nsubj 3
    caused cause VERB VBD root 0
    the the DET DT det 5
    deaths death NOUN NNS obj 3
    of of ADP IN case 8
    five five NUM CD nummod 8
    guards guard NOUN NNS nmod 5"""

LIVES_OF = """
    The the DET DT det 2
    raid raid NOUN NN nsubj 3
    claimed claim VERB VBD root 0
    the the DET DT det 5
    lives life NOUN NNS obj 3
    of of ADP IN case 8
    five five NUM CD nummod 8
    guards guard NOUN NNS nmod 5"""

ANOTHER = """
    The the DET DT det 2
    raid raid NOUN NN nsubj 3
    killed kill VERB VBD root 0
    two two NUM CD nummod 5
    guards guard NOUN NNS obj 3
    and and CCONJ CC cc 7
    wounded wound VERB VBD conj 3
    another another DET DT obj 7"""

WITH_HER_SON = """
    A a DET DT det 2
    nurse nurse NOUN NN nsubj:pass 4
    was be AUX VBD aux:pass 4
    killed kill VERB VBN root 0
    with with ADP IN case 7
    her her PRON PRP$ nmod:poss 7
    son son NOUN NN obl 4"""

WITH_A_KNIFE = WITH_HER_SON.replace("her her PRON PRP$ nmod:poss", "a a DET DT det").replace("son son", "knife knife")

NO_CASUALTIES = """
    The the DET DT det 2
    raid raid NOUN NN nsubj 3
    caused cause VERB VBD root 0
    no no DET DT det 5
    casualties casualty NOUN NNS obj 3"""

WHERE_KILLED = """
    A a DET DT det 2
    siege siege NOUN NN nsubj 3
    continued continue VERB VBD root 0
    in in ADP IN case 6
    the the DET DT det 6
    suburbs suburb NOUN NNS obl 3
    of of ADP IN case 8
    Tarn Tarn PROPN NNP nmod 6
    where where ADV WRB advmod 13
    69 69 NUM CD nummod 11
    people people NOUN NNS nsubj:pass 13
    were be AUX VBD aux:pass 13
    killed kill VERB VBN acl:relcl 8"""

TAKEN_UP = """
    A a DET DT det 2
    blast blast NOUN NN nsubj 3
    shook shake VERB VBD root 0
    Tarn Tarn PROPN NNP obj 3

    The the DET DT det 2
    blast blast NOUN NN nsubj 3
    killed kill VERB VBD root 0
    12 12 NUM CD nummod 5
    guards guard NOUN NNS obj 3"""

ANOTHER_ACT = TAKEN_UP.replace("The the DET DT det 2\n    blast blast", "The the DET DT det 2\n    raid raid")


@pytest.mark.parametrize(
    ("text", "act", "figures"),
    [
        pytest.param(STRIKE, "strike", (12, 30), id="the subject of killing"),
        pytest.param(STRIKE, "killed", (12, 30), id="the killing itself"),
        pytest.param(PASSIVE, "raid", (3, None), id="killed in a raid, victims summed"),
        pytest.param(LEFT_DEAD, "blast", (5, 12), id="left dead and injured"),
        pytest.param(TOLL, "siege", (40, None), id="a death toll"),
        pytest.param(NONE_HURT, "attack", (0, 0), id="nobody hurt is a figure"),
        pytest.param(LIVES, "attack", (144, None), id="lives claimed"),
        pytest.param(DOZENS, "strike", (None, None), id="dozens are no number"),
        pytest.param(LUMPED, "strike", (None, None), id="killed or wounded together"),
        pytest.param(LONG_AGO, "killed", (None, None), id="days are no victims"),
        pytest.param(INSERTED, "killed", (14, None), id="a part of the victims told between commas"),
        pytest.param(AGED, "killed", (1, None), id="an age between commas"),
        pytest.param(TOTAL, "killed", (38, None), id="a total of"),
        pytest.param(FAMILY, "bomb", (5, None), id="a family of"),
        pytest.param(YEARS_OLD, "bomb", (1, None), id="years of age are no victims"),
        pytest.param(SPAN, "bomb", (20, None), id="the lower end of a span"),
        pytest.param(SHOT_DEAD, "shot", (3, None), id="shot dead"),
        pytest.param(WERE_SHOT_DEAD, "shot", (3, None), id="were shot dead"),
        pytest.param(DEATHS_OF, "raid", (5, None), id="the deaths of"),
        pytest.param(LIVES_OF, "raid", (5, None), id="the lives of"),
        pytest.param(ANOTHER, "raid", (2, 1), id="another one"),
        pytest.param(WITH_HER_SON, "killed", (2, None), id="killed with a relative"),
        pytest.param(WITH_A_KNIFE, "killed", (1, None), id="killed with a thing"),
        pytest.param(NO_CASUALTIES, "raid", (0, 0), id="no casualties"),
        pytest.param(WHERE_KILLED, "siege", (69, None), id="at a place where people were killed"),
        pytest.param(TAKEN_UP, "blast", (12, None), id="taken up in the next sentence"),
        pytest.param(ANOTHER_ACT, "blast", (None, None), id="the next sentence tells of another act"),
    ],
)
def test_figures_go_with_the_act_they_are_told_of(text: str, act: str, figures: tuple[int | None, int | None]) -> None:
    assert casualties(word(tree(text), act)) == figures


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,000", 2000),
        ("1.5 million", 1_500_000),
        ("twenty-one", 21),
        ("two hundred and fifty", 250),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("two and a half", 2.5),
        ("a couple of", 2),
        ("dozens", None),
        ("12-15", None),
        ("several", None),
        ("", None),
    ],
)
def test_number_phrases_have_their_value(text: str, number: float | None) -> None:
    assert parse_number(text) == number


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_grouped_numeral_reads_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_survived_by_the_number_reader(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


def test_the_day_of_a_dateline_is_no_part_of_a_count() -> None:
    doc = tree("""
    March March PROPN NNP nsubj:pass 7
    4 4 NUM CD nummod 1
    - - PUNCT HYPH punct 1
    Fifteen fifteen NUM CD nummod 5
    people people NOUN NNS nsubj:pass 7
    were be AUX VBD aux:pass 7
    killed kill VERB VBN root 0""")
    assert casualties(word(doc, "killed")) == (15, None)
