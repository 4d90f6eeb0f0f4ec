"""How far words that attribute reach: whole sentences, single clauses, quotations of several sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from dragoman.reading.voices.asserted import asserting, is_clause, voice_of_act
from dragoman.reading.voices.finding import UNNAMED, find_attributions, voice_at
from tests.reading.voices import MODEL, PACK, cast_of, tree, word


def voices(text: str, *forms: str, names: tuple[str, ...] = ("Omar",)) -> list[tuple[str, ...]]:
    """Voice at the first token of each form."""
    doc = tree(text)
    found = find_attributions(doc, cast_of(doc, *names), PACK, MODEL)
    return [voice_at(word(doc, form), found) for form in forms]


ACCORDING = "according/VBG/case/{omar}/accord to/IN/fixed/{according} Omar/NNP/obl/{head} ././punct/2"


def test_according_to_after_a_comma_comments_on_the_whole_sentence() -> None:
    text = "They/PRP/nsubj/2 fled/VBD/root/0/flee a/DT/det/4 town/NN/obj/2 that/WDT/nsubj/6 fell/VBD/acl:relcl/4/fall "
    text += ",/,/punct/6 " + ACCORDING.format(omar=10, according=8, head=6)
    assert voices(text, "fled", "fell") == [("Omar",), ("Omar",)]


def test_according_to_at_the_start_comments_on_the_whole_sentence() -> None:
    text = (
        "According/VBG/case/3/accord to/IN/fixed/1 Omar/NNP/nmod/5 ,/,/punct/3 rebels/NNS/nsubj/6 "
        "fled/VBD/root/0/flee ././punct/6"
    )
    assert voices(text, "fled") == [("Omar",)]


def test_according_to_at_the_end_of_an_aside_comments_on_the_aside() -> None:
    text = "They/PRP/nsubj/2 fled/VBD/root/0/flee ,/,/punct/5 which/WDT/nsubj/5 helped/VBD/acl:relcl/2/help "
    text += ",/,/punct/5 " + ACCORDING.format(omar=9, according=7, head=5)
    assert voices(text, "fled", "helped") == [(), ("Omar",)]


def test_according_to_without_a_comma_comments_on_what_it_hangs_on() -> None:
    text = "They/PRP/nsubj/2 fled/VBD/root/0/flee to/TO/mark/4 live/VB/advcl/2 "
    text += ACCORDING.format(omar=7, according=5, head=4)
    assert voices(text, "fled", "live") == [(), ("Omar",)]


def test_reportedly_reaches_its_clause_and_no_aside() -> None:
    text = (
        "Rebels/NNS/nsubj/6 ,/,/punct/4 who/WP/nsubj/4 hid/VBD/acl:relcl/1/hide reportedly/RB/advmod/6 "
        "fled/VBD/root/0/flee after/IN/case/8 attacks/NNS/obl/6 and/CC/cc/10 surrendered/VBD/conj/6 ././punct/6"
    )
    assert voices(text, "hid", "fled", "attacks", "surrendered") == [(), (UNNAMED,), (UNNAMED,), ()]


UP_MODEL = MODEL.__class__(MODEL.shares, {**MODEL.roles, "up:advcl<VERB": (-6.0, 6.0)}, MODEL.keep)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They/PRP/nsubj/2 fled/VBD/root/0/flee as/IN/mark/5 Omar/NNP/nsubj/5 said/VBD/advcl/2/say ././punct/2",
            ("Omar",),
            id="as X said",
        ),
        pytest.param(
            "They/PRP/nsubj/2 fled/VBD/root/0/flee although/IN/mark/5 Omar/NNP/nsubj/5 said/VBD/advcl/2/say "
            "they/PRP/nsubj/7 hid/VBD/ccomp/5/hide ././punct/2",
            (),
            id="although X said that",
        ),
    ],
)
def test_adverbial_clause_that_tells_something_itself_does_not_comment(text: str, expected: tuple[str, ...]) -> None:
    doc = tree(text)
    found = find_attributions(doc, cast_of(doc, "Omar"), PACK, UP_MODEL)
    assert voice_at(word(doc, "fled"), found) == expected


def test_quotation_is_whole_though_syntax_sees_its_first_sentence_only() -> None:
    doc = tree(
        "Omar/NNP/nsubj/2 said/VBD/root/0/say :/:/punct/2 “/``/punct/6 They/PRP/nsubj/6 fled/VBD/ccomp/2/flee "
        "././punct/2",
        "Nobody/NN/nsubj/2 saw/VBD/root/0/see them/PRP/obj/2 leave/VB/xcomp/2 the/DT/det/6 town/NN/obj/4 ././punct/2",
        "Kabul/NNP/nsubj/2 slept/VBD/root/0/sleep ././punct/2 ”/''/punct/2",
    )
    found = find_attributions(doc, cast_of(doc, "Omar"), PACK, MODEL)
    assert [voice_at(word(doc, form), found) for form in ("fled", "saw", "slept")] == [("Omar",)] * 3


FAINT = MODEL.__class__(MODEL.shares, {**MODEL.roles, "lent:advcl<VERB": (-0.5, -6.0)}, MODEL.keep)


def test_source_that_is_only_fairly_likely_is_better_than_none() -> None:
    doc = tree(
        "Omar/NNP/nsubj/2 left/VBD/root/0/leave ,/,/punct/4 saying/VBG/advcl/2/say they/PRP/nsubj/6 "
        "fled/VBD/ccomp/4/flee ././punct/2"
    )
    (found,) = find_attributions(doc, cast_of(doc, "Omar"), PACK, FAINT)
    assert found.names == ("Omar",)


def test_no_source_is_better_than_an_unlikely_one() -> None:
    doc = tree(
        "Omar/NNP/nsubj/2 left/VBD/root/0/leave ,/,/punct/4 saying/VBG/advcl/2/say they/PRP/nsubj/6 "
        "fled/VBD/ccomp/4/flee ././punct/2"
    )
    roles = {**MODEL.roles, "lent:advcl<VERB": (-6.0, -6.0), "up:advcl<VERB": (-6.0, -6.0)}
    (found,) = find_attributions(doc, cast_of(doc, "Omar"), PACK, MODEL.__class__(MODEL.shares, roles, MODEL.keep))
    assert found.names == (UNNAMED,)


def test_deaths_that_were_reported_are_the_documents_word() -> None:
    assert voices("Deaths/NNS/nsubj:pass/3 were/AUX/aux:pass/3 said/VBN/root/0/say ././punct/3", "Deaths") == [()]


REPORTED = "Omar/NNP/nsubj/2 said/VBD/root/0/say {inside} ././punct/2"


@pytest.mark.parametrize(
    ("inside", "form", "clause"),
    [
        pytest.param(
            "Zaid/NNP/nsubj/5 is/AUX/cop/5 president/NN/ccomp/2", "president", True, id="said that X is president"
        ),
        pytest.param("president/NN/compound/4 Zaid/NNP/nsubj/5 left/VBD/ccomp/2", "president", False, id="title"),
        pytest.param(
            "Zaid/NNP/nsubj/7 ,/,/punct/5 president/NN/appos/3 ,/,/punct/5 left/VBD/ccomp/2",
            "president",
            False,
            id="apposition",
        ),
        pytest.param("rebels/NNS/nsubj/5 backed/VBN/acl/3 left/VBD/ccomp/2", "backed", False, id="participle"),
        pytest.param("Zaid/NNP/nsubj/4 leads/VBZ/ccomp/2 them/PRP/obj/4", "leads", True, id="verb"),
    ],
)
def test_reported_speech_asserts_its_clauses_and_takes_the_rest_for_granted(
    inside: str, form: str, clause: bool
) -> None:
    doc = tree(REPORTED.format(inside=inside))
    found = find_attributions(doc, cast_of(doc, "Omar", "Zaid"), PACK, MODEL)
    assert is_clause(word(doc, form)) is clause
    assert voice_at(word(doc, form), asserting(word(doc, form), found)) == (("Omar",) if clause else ())


def test_every_word_of_a_quotation_is_the_speakers() -> None:
    doc: Doc = tree(
        "Omar/NNP/nsubj/2 said/VBD/root/0/say :/:/punct/2 “/``/punct/7 president/NN/compound/6 Zaid/NNP/nsubj/7 "
        "left/VBD/ccomp/2/leave ././punct/7 ”/''/punct/7"
    )
    found = find_attributions(doc, cast_of(doc, "Omar", "Zaid"), PACK, MODEL)
    assert voice_at(word(doc, "president"), asserting(word(doc, "president"), found)) == ("Omar",)


ASIDE = (
    "Omar/NNP/nsubj/2 said/VBD/root/0/say rebels/NNS/nsubj/4 left/VBD/ccomp/2/leave town/NN/obj/4 {comma}"
    "which/WDT/nsubj/{fell} fell/VBD/acl:relcl/5/fall ././punct/2"
)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        pytest.param(ASIDE.format(comma=",/,/punct/8 ", fell=8), "fell", (), id="after a comma"),
        pytest.param(ASIDE.format(comma="", fell=7), "fell", ("Omar",), id="without a comma"),
        pytest.param(
            "Rebels/NNS/nsubj/2 left/VBD/root/0/leave town/NN/obj/2 ,/,/punct/6 Omar/NNP/nsubj/6 "
            "said/VBD/acl:relcl/3/say they/PRP/nsubj/8 fell/VBD/ccomp/6/fall ././punct/2",
            "fell",
            ("Omar",),
            id="with its own cue",
        ),
    ],
)
def test_relative_clause_after_a_comma_is_the_documents_aside(text: str, form: str, expected: tuple[str, ...]) -> None:
    assert voices(text, form) == [expected]


def test_support_that_is_promised_is_told_by_the_document() -> None:
    doc = tree("Omar/NNP/nsubj/2 promised/VBD/root/0/promise support/NN/obj/2 ././punct/2")
    model = MODEL.__class__({**MODEL.shares, "promise VERB": 0.9}, MODEL.roles, MODEL.keep)
    pack = replace(PACK, words={**PACK.words, "promise": frozenset({"promise"})})
    assert voice_at(word(doc, "support"), find_attributions(doc, cast_of(doc, "Omar"), pack, model)) == ()


@pytest.mark.parametrize(
    ("voice", "doers", "expected"),
    [
        pytest.param(("Omar",), ("Omar",), (), id="his own words"),
        pytest.param(("Tass", "Omar"), ("Omar",), ("Tass",), id="his own words, told by another"),
        pytest.param(("Tass",), ("Omar",), ("Tass",), id="another's words"),
        pytest.param(("Omar",), ("Omar", "Zaid"), ("Omar",), id="not his alone"),
        pytest.param((), (), (), id="nobody's"),
    ],
)
def test_verbal_act_in_ones_own_words_is_told_by_whoever_tells_of_them(
    voice: tuple[str, ...], doers: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert voice_of_act(voice, doers) == expected


def test_noun_of_reporting_tells_a_clause_whoever_taught_it_and_no_thing() -> None:
    unknown = MODEL.__class__({}, MODEL.roles, MODEL.keep)
    told = tree(
        "There/PRP/expl/2 were/VBD/root/0/be reports/NNS/nsubj/2/report that/IN/mark/6 they/PRP/nsubj/6 "
        "fled/VBD/acl/3/flee"
    )
    of_a_thing = tree("There/PRP/expl/2 were/VBD/root/0/be reports/NNS/nsubj/2/report of/IN/case/5 raids/NNS/nmod/3")
    (found,) = find_attributions(told, cast_of(told), PACK, unknown)
    assert found.names == (UNNAMED,)
    assert voice_at(word(told, "fled"), [found]) == (UNNAMED,)
    assert find_attributions(of_a_thing, cast_of(of_a_thing), PACK, unknown) == ()
