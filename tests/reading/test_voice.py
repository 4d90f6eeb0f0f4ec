"""Voice by the codebook: whose words a token is, nested as deep as the text nests."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.reading.actors.cast import Cast, Mention
from dragoman.reading.voices.cue_model import load_cue_model
from dragoman.reading.voices.finding import (
    UNNAMED,
    Attribution,
    AttributionKind,
    attributions_at,
    find_attributions,
    outermost,
    speaker_at,
    voice_at,
)
from dragoman.record import Actor, ActorKind, Span
from tests.reading.trees import VOCAB
from tests.reading.voices import MODEL, PACK, cast_of, tree, word


def voice(doc: Doc, form: str, *names: str) -> tuple[str, ...]:
    """Voice at the first token of a form."""
    return voice_at(word(doc, form), find_attributions(doc, cast_of(doc, *names), PACK, MODEL))


SAID = "Omar/NNP/nsubj/2 said/VBD/root/0/say Kabul/NNP/nsubj/4 armed/VBD/ccomp/2/arm them/PRP/obj/4 ././punct/2"


def test_what_is_said_has_the_speaker_and_the_saying_itself_has_none() -> None:
    doc = tree(SAID)
    assert voice(doc, "armed", "Omar", "Kabul") == ("Omar",)
    assert voice(doc, "said", "Omar", "Kabul") == ()


def test_quotation_before_an_inverted_cue_belongs_to_its_subject() -> None:
    doc = tree(
        "“/``/punct/3 They/PRP/nsubj/3 fled/VBD/root/0/flee ,/,/punct/3 ”/''/punct/3 said/VBD/parataxis/3/say "
        "Omar/NNP/nsubj/6 ././punct/3"
    )
    assert voice(doc, "fled", "Omar") == ("Omar",)
    assert voice(doc, "Omar", "Omar") == ()


def test_quotation_that_runs_on_in_the_next_sentence_keeps_its_speaker() -> None:
    doc = tree(
        "“/``/punct/3 They/PRP/nsubj/3 fled/VBD/root/0/flee ,/,/punct/3 ”/''/punct/3 said/VBD/parataxis/3/say "
        "Omar/NNP/nsubj/6 ././punct/3",
        "“/``/punct/3 They/PRP/nsubj/3 hid/VBD/root/0/hide ././punct/3 ”/''/punct/3",
    )
    assert voice(doc, "hid", "Omar") == ("Omar",)


def test_quotation_that_goes_on_after_a_pause_keeps_its_speaker_less_certainly() -> None:
    doc = tree(
        "“/``/punct/3 They/PRP/nsubj/3 fled/VBD/root/0/flee ,/,/punct/3 ”/''/punct/3 said/VBD/parataxis/3/say "
        "Omar/NNP/nsubj/6 ././punct/3",
        "He/PRP/nsubj/2 paused/VBD/root/0/pause ././punct/2",
        "“/``/punct/3 They/PRP/nsubj/3 hid/VBD/root/0/hide from/IN/case/5 us/PRP/obl/3 ././punct/3 ”/''/punct/3",
    )
    attributions = find_attributions(doc, cast_of(doc, "Omar"), PACK, MODEL)
    assert [voice_at(word(doc, form), attributions) for form in ("fled", "paused", "hid")] == [("Omar",), (), ("Omar",)]
    assert [a.certain for a in attributions] == [False]


def test_words_held_at_arms_length_do_not_run_on() -> None:
    doc = tree(
        SAID,
        "The/DT/det/4 “/``/punct/4 neutral/NN/compound/4 zone/NN/nsubj/6 ”/''/punct/4 "
        "shrank/VBD/root/0/shrink ././punct/6",
    )
    assert voice(doc, "zone", "Omar", "Kabul") == ()


def test_next_sentence_without_marks_or_cue_is_the_documents_own() -> None:
    doc = tree(SAID, "Kabul/NNP/nsubj/2 attacked/VBD/root/0/attack ././punct/2")
    assert voice(doc, "attacked", "Omar", "Kabul") == ()


def test_voice_nests_outermost_first() -> None:
    doc = tree(
        "Tass/NNP/nsubj/2 said/VBD/root/0/say Omar/NNP/nsubj/4 believed/VBD/ccomp/2/believe Kabul/NNP/nsubj/6 "
        "armed/VBD/ccomp/4/arm them/PRP/obj/6 ././punct/2"
    )
    assert voice(doc, "armed", "Tass", "Omar") == ("Tass", "Omar")
    assert voice(doc, "believed", "Tass", "Omar") == ("Tass",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Tass/NNP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 fled/VBD/ccomp/2/flee ,/,/punct/6 "
            "citing/VBG/advcl/2/cite Omar/NNP/obj/6 ././punct/2",
            id="said, citing",
        ),
        pytest.param(
            "Tass/NNP/nsubj/4 quoting/VBG/acl/1/quote Omar/NNP/obj/2 said/VBD/root/0/say they/PRP/nsubj/6 "
            "fled/VBD/ccomp/4/flee ././punct/4",
            id="quoting, said",
        ),
    ],
)
def test_whom_a_source_cites_is_the_inner_voice(text: str) -> None:
    assert voice(tree(text), "fled", "Tass", "Omar") == ("Tass", "Omar")


def test_one_who_says_what_he_believes_is_one_voice() -> None:
    doc = tree(
        "Omar/NNP/nsubj/2 said/VBD/root/0/say Omar/NNP/nsubj/4 believed/VBD/ccomp/2/believe Kabul/NNP/nsubj/6 "
        "armed/VBD/ccomp/4/arm them/PRP/obj/6 ././punct/2"
    )
    assert voice(doc, "armed", "Omar") == ("Omar",)


def test_of_two_who_speak_jointly_the_first_named_counts() -> None:
    doc = tree(
        "Omar/NNP/nsubj/4 and/CC/cc/3 Zaid/NNP/conj/1 said/VBD/root/0/say Kabul/NNP/nsubj/6 armed/VBD/ccomp/4/arm "
        "them/PRP/obj/6 ././punct/4"
    )
    assert voice(doc, "armed", "Omar", "Zaid") == ("Omar",)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        pytest.param(
            "They/PRP/nsubj/3 reportedly/RB/advmod/3 fled/VBD/root/0/flee ././punct/3",
            "fled",
            (UNNAMED,),
            id="reportedly",
        ),
        pytest.param(
            "They/PRP/nsubj:pass/3 are/AUX/aux:pass/3 said/VBN/root/0/say to/TO/mark/5 flee/VB/xcomp/3 ././punct/3",
            "flee",
            (UNNAMED,),
            id="is said to",
        ),
        pytest.param(
            "Omar/NNP/nsubj/2 plans/VBZ/root/0/plan to/TO/mark/4 flee/VB/xcomp/2 ././punct/2", "flee", (), id="plans to"
        ),
        pytest.param(
            "Omar/NNP/nsubj/2 wants/VBZ/root/0/want Zaid/NNP/obj/2 to/TO/mark/5 flee/VB/xcomp/2 ././punct/2",
            "flee",
            ("Omar",),
            id="wants somebody to",
        ),
        pytest.param(
            "Omar/NNP/nsubj/2 condemned/VBD/root/0/condemn the/DT/det/4 attack/NN/obj/2 ././punct/2",
            "attack",
            (),
            id="condemned the attack",
        ),
        pytest.param(
            "According/VBG/case/3/accord to/IN/fixed/1 Omar/NNP/obl/6 ,/,/punct/3 they/PRP/nsubj/6 "
            "fled/VBD/root/0/flee ././punct/6",
            "fled",
            ("Omar",),
            id="according to",
        ),
        pytest.param(
            "Reports/NNS/nsubj/4/report that/IN/mark/3 fled/VBD/acl/1/flee spread/VBD/root/0/spread ././punct/4",
            "fled",
            (UNNAMED,),
            id="reports that",
        ),
        pytest.param(
            "Omar/NNP/nmod:poss/3 's/POS/case/1 report/NN/nsubj/7/report that/IN/mark/6 they/PRP/nsubj/6 "
            "fled/VBD/acl/3/flee spread/VBD/root/0/spread ././punct/7",
            "fled",
            ("Omar",),
            id="somebody's report that",
        ),
        pytest.param(
            "History/NN/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 fled/VBD/ccomp/2/flee ././punct/2",
            "fled",
            (),
            id="a thing says",
        ),
        pytest.param(
            "A/DT/det/3 Zaid/NNP/compound/3 report/NN/nsubj/7/report that/IN/mark/6 they/PRP/nsubj/6 "
            "fled/VBD/acl/3/flee spread/VBD/root/0/spread ././punct/7",
            "fled",
            ("Zaid",),
            id="a Zaid report that",
        ),
        pytest.param(
            "In/IN/case/3 Omar/NNP/nmod:poss/3 opinion/NN/obl/6 ,/,/punct/3 they/PRP/nsubj/6 "
            "fled/VBD/root/0/flee ././punct/6",
            "fled",
            ("Omar",),
            id="in somebody's opinion",
        ),
        pytest.param(
            "Omar/NNP/nsubj/3 is/AUX/cop/3 aware/JJ/root/0 that/IN/mark/6 they/PRP/nsubj/6 "
            "fled/VBD/ccomp/3/flee ././punct/3",
            "fled",
            ("Omar",),
            id="is aware that",
        ),
        pytest.param(
            "Our/PRP$/nmod:poss/2 report/NN/nsubj/6 that/IN/mark/5 they/PRP/nsubj/5 fled/VBD/acl/2/flee "
            "spread/VBD/root/0/spread ././punct/6",
            "fled",
            (),
            id="our own report that",
        ),
    ],
)
def test_words_that_attribute_carry_voice_and_others_do_not(text: str, at: str, expected: tuple[str, ...]) -> None:
    assert voice(tree(text), at, "Omar", "Zaid") == expected


QUOTED = (
    "Omar/NNP/nsubj/2 said/VBD/root/0/say :/:/punct/2 “/``/punct/6 I/PRP/nsubj/6 believe/VB/ccomp/2/believe "
    "they/PRP/nsubj/8 fled/VBD/ccomp/6/flee ././punct/6 ”/''/punct/6"
)


def test_first_person_in_a_quotation_is_the_speaker() -> None:
    doc = tree(QUOTED)
    attributions = find_attributions(doc, cast_of(doc, "Omar"), PACK, MODEL)
    assert speaker_at(word(doc, "I"), attributions) == ("Omar",)
    assert [a.names for a in attributions] == [("Omar",), ("Omar",)]
    assert voice_at(word(doc, "fled"), attributions) == ("Omar",)


def test_first_person_outside_quotations_is_the_author_and_has_no_voice() -> None:
    doc = tree(
        "I/PRP/nsubj/2 believe/VBD/root/0/believe they/PRP/nsubj/4 fled/VBD/ccomp/2/flee ././punct/2",
    )
    (attribution,) = find_attributions(doc, Cast(), PACK, MODEL)
    assert attribution.kind is AttributionKind.OWN
    assert voice_at(word(doc, "fled"), (attribution,)) == ()
    assert speaker_at(word(doc, "I"), (attribution,)) == ()


def test_source_that_no_actor_is_known_for_gives_its_own_words() -> None:
    doc = tree(
        "A/DT/det/3 senior/NN/compound/3 official/NN/nsubj/4 said/VBD/root/0/say they/PRP/nsubj/6 "
        "fled/VBD/ccomp/4/flee ././punct/4"
    )
    assert voice(doc, "fled") == ("senior official",)


def test_name_of_a_person_beats_the_words_for_him() -> None:
    doc = tree(
        "His/PRP$/nmod:poss/2 father/NN/nsubj/4 Omar/NNP/flat/2 said/VBD/root/0/say they/PRP/nsubj/6 "
        "fled/VBD/ccomp/4/flee ././punct/4"
    )
    assert voice(doc, "fled", "father", "Omar") == ("Omar",)


def test_name_behind_a_preposition_is_not_the_speakers() -> None:
    doc = tree(
        "The/DT/det/2 friend/NN/nsubj/5 of/IN/case/4 Omar/NNP/nmod/2 said/VBD/root/0/say they/PRP/nsubj/7 "
        "fled/VBD/ccomp/5/flee ././punct/5"
    )
    assert voice(doc, "fled", "friend", "Omar") == ("friend",)


def body(doc: Doc, name: str, *mentions: int) -> Cast:
    """A cast of one organization, with mentions of it at token indices."""
    found = tuple(Mention(i, i + 1, i, "name" if doc[i].pos_ == "PROPN" else "nominal", 0) for i in mentions)
    return Cast((Actor(name, ActorKind.ORGANIZATION, (name,)),), found)


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        pytest.param(
            "A/DT/det/3 Nato/NNP/compound/3 official/NN/nsubj/4 said/VBD/root/0/say they/PRP/nsubj/6 "
            "fled/VBD/ccomp/4/flee ././punct/4",
            (1, 2),
            ("Nato official",),
            id="whose he is is told",
        ),
        pytest.param(
            "An/DT/det/2 official/NN/nsubj/3 said/VBD/root/0/say they/PRP/nsubj/5 fled/VBD/ccomp/3/flee ././punct/3",
            (1,),
            ("Nato",),
            id="whose he is is not told",
        ),
    ],
)
def test_official_of_a_body_is_named_by_his_words_or_else_by_the_body(
    text: str, mentions: tuple[int, ...], expected: tuple[str, ...]
) -> None:
    doc = tree(text)
    assert voice_at(word(doc, "fled"), find_attributions(doc, body(doc, "Nato", *mentions), PACK, MODEL)) == expected


def test_document_that_speaks_is_the_body_that_issued_it() -> None:
    doc = tree(
        "A/DT/det/3 Nato/NNP/compound/3 report/NN/nsubj/4 said/VBD/root/0/say they/PRP/nsubj/6 fled/VBD/ccomp/4/flee "
        "././punct/4"
    )
    assert voice(doc, "fled", "Nato") == ("Nato",)


def attribution(start: int, end: int, cue: int, name: str) -> Attribution:
    """Somebody's content at characters `[start, end)` with a one-letter cue."""
    return Attribution((), Span(cue, cue + 1), (Span(start, end),), (name,), True, "say")


def test_outermost_leaves_out_what_stands_in_anothers_content() -> None:
    outer, inner, apart = attribution(2, 30, 0, "A"), attribution(12, 20, 10, "B"), attribution(42, 50, 40, "C")
    assert outermost((outer, inner, apart)) == (outer, apart)


def test_attributions_at_a_token_come_outermost_first() -> None:
    doc = tree(SAID)
    token = word(doc, "armed")
    inner, outer = attribution(token.idx, token.idx + 5, 0, "B"), attribution(2, token.idx + 9, 1, "A")
    assert attributions_at(token, (inner, outer)) == (outer, inner)


def test_shipped_weights_know_that_saying_attributes() -> None:
    doc = tree(SAID)
    (found,) = find_attributions(doc, cast_of(doc, "Omar", "Kabul"), PACK, load_cue_model())
    assert (found.names, found.cue_lemma) == (("Omar",), "say")
    assert [doc.text[s.start : s.end] for s in found.content] == ["Kabul armed them"]


WORD = st.sampled_from(
    ["Omar", "said", "believed", "reportedly", "According", "report", "“", "”", ",", ".", "we", "aware", "\n\n"]
)
TAG = st.sampled_from(
    ["NNP/PROPN", "VBD/VERB", "NN/NOUN", "PRP/PRON", "RB/ADV", "IN/ADP", "JJ/ADJ", "``/PUNCT", "VBG/VERB"]
)
LINK = st.sampled_from(
    ["nsubj", "obj", "ccomp", "parataxis", "advmod", "case", "obl", "acl:relcl", "conj", "nmod:poss", "punct"]
)


BLANK_SPEAKER = [
    ("said", "VBD/VERB", "nsubj", 0),
    ("\n\n", "NNP/PROPN", "nsubj", 0),
    ("Omar", "NNP/PROPN", "nsubj", 0),
]


@settings(deadline=None)  # the first example also loads the weights
@example(BLANK_SPEAKER)
@given(st.lists(st.tuples(WORD, TAG, LINK, st.integers(0, 30)), min_size=1, max_size=25))
def test_no_tree_however_odd_breaks_the_finder(rows: list[tuple[str, str, str, int]]) -> None:
    """Heads point leftwards, so that any draw is a tree."""
    words, tags, links, heads = zip(*rows, strict=True)
    doc = Doc(
        VOCAB,
        words=list(words),
        tags=[t.split("/")[0] for t in tags],
        pos=[t.split("/")[1] for t in tags],
        lemmas=[LEMMAS.get(w, w.lower()) for w in words],
        heads=[h % i if i else 0 for i, h in enumerate(heads)],
        deps=["ROOT" if i == 0 else link for i, link in enumerate(links)],
    )
    attributions = find_attributions(doc, cast_of(doc, "Omar"), PACK, load_cue_model())
    for attribution in attributions:
        assert all(piece.end <= len(doc.text) for piece in (*attribution.content, *attribution.source))
    assert all(name for token in doc for name in voice_at(token, attributions))


LEMMAS = {"said": "say", "believed": "believe", "According": "accord"}


def test_text_without_cues_has_no_attributions() -> None:
    assert find_attributions(Doc(VOCAB), Cast(), PACK, MODEL) == ()
