"""The report network: what it is told, how a text is cut for it, and that its answers are about the right words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.intake import document_from_text
from dragoman.knowledge import load_pack
from dragoman.language import analyse
from dragoman.reading.network import ABSENT, CLAIMS, CONTEXT, FAR, MAIN, NUMBER, distance, load_network, stretches
from dragoman.reading.reader import consult, set_scene
from dragoman.reading.scene import Scene
from dragoman.record import Kind

STORY = (
    "Peru condemned the bombing of a market in Quito on Monday. Its foreign minister said that Ecuador would ask for "
    "help. Talks between the two governments are planned for next week.\n\n"
)


def scene_of(text: str) -> Scene:
    (doc,) = analyse([(text, ())])
    return set_scene(document_from_text(text), doc, load_pack(()))


def sentences(doc: Doc) -> list[object]:
    return [s for s in doc.sents if s.text.strip()]


def test_every_word_is_read_for_once_with_words_before_it() -> None:
    scene = scene_of(STORY * 12)
    found = list(stretches(scene.doc, scene.sentences))
    words = [t.i for t in scene.doc if not t.is_space]
    assert [i for s in found for i in s.tokens[s.main :]] == words
    assert all(len(s.tokens) <= CONTEXT + 2 * MAIN and s.main <= CONTEXT for s in found)
    assert all(s.main == CONTEXT for s in found[1:])


def test_a_sentence_without_end_is_read_up_to_a_limit() -> None:
    scene = scene_of("the envoys and " * 500)
    assert all(len(s.tokens) <= CONTEXT + 2 * MAIN for s in stretches(scene.doc, scene.sentences))


def test_answers_are_one_row_a_token() -> None:
    scene = consult(scene_of(STORY), load_network())
    insight = scene.insight
    assert insight is not None
    assert insight.claims.shape == (len(scene.doc), len(CLAIMS))
    ways = [("nsubj", ""), ABSENT]
    assert insight.pairs_of(1, [0, 5], ways).roles("event:ACCUSE").shape == (2, 3)
    assert insight.pairs_of(1, [0, 5], [("a path", "nobody"), ("knows", "of")]).roles("event:ACCUSE").shape == (2, 3)


def test_network_tells_the_word_of_an_act_from_others() -> None:
    scene = consult(scene_of(STORY), load_network())
    assert scene.insight is not None
    condemned = next(t for t in scene.doc if t.text == "condemned")
    odds = {t.text: scene.insight.odds(t.i, "event:ACCUSE") for t in condemned.sent}
    assert max(odds, key=odds.__getitem__) == "condemned"


def test_every_kind_but_steps_has_claims() -> None:
    assert {claim.partition(":")[0] for claim in NUMBER} == {str(kind) for kind in Kind} - {"step"}


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_distance_is_bounded_and_has_a_sign(i: int, j: int) -> None:
    far = int(distance(np.array(i), np.array(j)))
    assert 0 <= far <= 2 * FAR
    assert (far > FAR) == (j > i)
    assert (far == FAR) == (i == j)
