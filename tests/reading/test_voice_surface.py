"""Where syntax was read wrongly, the order of words still tells who says what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.reading.voices.finding import UNNAMED, find_attributions
from dragoman.reading.voices.surface import near_arguments, words_of_name
from tests.reading.voices import CONTENT, MODEL, PACK, SOURCE, cast_of, tree, word

NEAR = replace(MODEL, roles={**MODEL.roles, "near:before<VERB": SOURCE, "near:rest>VERB": CONTENT})


def phrases(text: str) -> dict[str, str]:
    """What stands near the word *said*, by the way to it."""
    doc = tree(text)
    return {a.relation: doc[a.pieces[0][0] : a.pieces[0][1]].text for a in near_arguments(word(doc, "said"))}


FLAT = (
    "The/DT/dep/2 envoy/NN/dep/0 ,/,/dep/2 a/DT/dep/2 Dane/NNP/dep/2 ,/,/dep/2 "
    "said/VBD/dep/2/say they/PRP/dep/2 fled/VBD/dep/2"
)


def test_phrase_before_a_verb_keeps_its_aside() -> None:
    assert phrases(FLAT)["near:before"] == "The envoy, a Dane,"


def test_rest_of_the_sentence_follows_the_verb() -> None:
    assert phrases(FLAT)["near:rest"] == "they fled"


def test_phrase_after_an_inverted_verb_ends_at_the_next_mark() -> None:
    text = "They/PRP/dep/0 fled/VBD/dep/1 ,/,/dep/1 said/VBD/dep/1/say the/DT/dep/1 envoy/NN/dep/1 ,/,/dep/1"
    assert phrases(text)["near:after"] == "the envoy"


def test_source_and_content_are_found_without_syntax() -> None:
    doc = tree("Omar/NNP/dep/2 said/VBD/root/0/say they/PRP/dep/2 fled/VBD/dep/2/flee ././punct/2")
    (found,) = find_attributions(doc, cast_of(doc, "Omar"), PACK, NEAR)
    assert found.names == ("Omar",)
    assert [doc.text[s.start : s.end] for s in found.content] == ["they fled"]


def test_phrase_before_a_passive_is_no_source() -> None:
    doc = tree(
        "Rebels/NNS/nsubj:pass/5 near/IN/case/3 Hama/NNP/nmod/1 are/AUX/aux:pass/5 said/VBD/root/0/say to/TO/mark/8 "
        "have/AUX/aux/8 fled/VBN/xcomp/5/flee"
    )
    (found,) = find_attributions(doc, cast_of(doc, "Hama"), PACK, NEAR)
    assert found.names == (UNNAMED,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Senator/NNP/dep/2 Hill/NNP/dep/0", ["Senator"], id="title and name"),
        pytest.param("the/DT/dep/2 Hill/NNP/dep/0", [], id="article"),
        pytest.param("Senator/NNP/dep/2 he/PRP/dep/0", [], id="no name"),
    ],
)
def test_name_goes_on_to_the_left_over_names_only(text: str, expected: list[str]) -> None:
    doc = tree(text)
    assert [doc[i].text for i in words_of_name(doc, 1, 2)] == expected
