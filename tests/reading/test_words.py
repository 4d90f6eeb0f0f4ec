"""Our words say what spaCy's say, of any part of a document."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from spacy import tokens as spacy

from dragoman import language
from dragoman.reading.words import Doc, Token
from tests.reading.trees import tree

SAMPLE = Path(__file__).parents[2] / "examples" / "recognition" / "2024-07-02-doha-third-round.txt"
CROSSING = tree(
    """
    A a DET DT det 2
    hearing hearing NOUN NN nsubj:pass 4
    is be AUX VBZ aux:pass 4
    scheduled schedule VERB VBN root 0
    on on ADP IN case 7
    the the DET DT det 7
    issue issue NOUN NN nmod 2
    today today NOUN NN obl:tmod 4
    . . PUNCT . punct 4
    """
)
"""A sentence whose tree has arcs that cross."""
PLAIN = [name for name in Token.__slots__ if name not in ("children", "doc", "head", "left_edge", "right_edge", "sent")]


@pytest.fixture(scope="module", params=["sample", "crossing"])
def both(request: pytest.FixtureRequest) -> tuple[spacy.Doc, Doc]:
    given = CROSSING
    if request.param == "sample":
        given = next(language.analyse([(SAMPLE.read_text(encoding="utf-8")[:1500] + "\n\n Ours . \n", ())]))
    return given, Doc(given)


def test_words_are_spelt_tagged_and_hung_alike(both: tuple[spacy.Doc, Doc]) -> None:
    given, own = both
    assert (len(own), own.text) == (len(given), given.text)
    for theirs, ours in zip(given, own, strict=True):
        assert {n: getattr(ours, n) for n in PLAIN} == {n: getattr(theirs, n) for n in PLAIN}
        assert _ties(ours) == _ties(theirs)


def _ties(token: Token | spacy.Token) -> tuple[object, ...]:
    lone = (token.head, token.left_edge, token.right_edge, token.sent.root, token.doc[token.sent.end - 1])
    several = (token.children, token.lefts, token.ancestors, sorted(token.subtree, key=lambda t: t.i))
    return len(token), *(t.i for t in lone), *([t.i for t in tokens] for tokens in several)


def test_every_stretch_has_the_same_text_and_root(both: tuple[spacy.Doc, Doc]) -> None:
    given, own = both
    for start, length in product(range(len(given)), (1, 2, 3, 5, 8, 13, 40)):
        theirs, ours = given[start : start + length], own[start : start + length]
        assert (ours.start, ours.end, len(ours)) == (theirs.start, theirs.end, len(theirs))
        assert (ours.text, ours.start_char, ours.end_char) == (theirs.text, theirs.start_char, theirs.end_char)
        assert ours.root.i == theirs.root.i


def test_characters_lie_in_the_same_tokens(both: tuple[spacy.Doc, Doc]) -> None:
    given, own = both
    for start, length in product(range(0, len(given.text), 3), (1, 4, 19)):
        end = min(start + length, len(given.text))
        theirs, ours = given.char_span(start, end, alignment_mode="expand"), own.char_span(start, end)
        assert (ours.start, ours.end) == (theirs.start, theirs.end)


def test_names_and_sentences_are_the_same(both: tuple[spacy.Doc, Doc]) -> None:
    given, own = both
    assert [(e.start, e.end, e.label_) for e in own.ents] == [(e.start, e.end, e.label_) for e in given.ents]
    assert [(s.start, s.end) for s in own.sents] == [(s.start, s.end) for s in given.sents]


def test_there_is_no_token_before_the_first() -> None:
    with pytest.raises(IndexError):
        Doc(CROSSING)[0].nbor(-1)
