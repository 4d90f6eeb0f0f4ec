"""Mangled and hostile text: reading ends, keeps its offsets, and takes no more work a word for more words."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman import language
from dragoman.knowledge import load_pack
from dragoman.pipeline import read_documents
from dragoman.reading import read
from dragoman.reading.overlong import LONGEST, cut_overlong
from dragoman.record import Document, Reading
from tests.reading.trees import VOCAB

WORDS = """The minister said that Kabul will attack Paris and Moscow met envoys who signed a treaty in July with Ana
Reyes , according to rebels ; it condemned the strike on Monday if 12 people were not killed""".split()
ODD = [
    "“", "”", '"', "'", "‘", "’", "«", "(", ")", "[", "{", "|", "—", "...", ",", ";", ":", "\t", "\n", "\n\n", "\r\n",
    "\x00", "\x07", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "\u2028", "e\u0301\u0301", "🙂", "🇦🇫", "Москва заявила",
    "ابراهيم", "北京", "नमस्ते", "x" * 300, "a-" * 40, "1,2,3,4", "99999999999999999999", "31 February 2023",
    "KABUL, Nov. 27 (Reuters) -", "http://example.org/?q=%22", "<b>", "&amp;", "\\", "%s", "the president of the",
]  # fmt: skip
FRAGMENTS = st.lists(st.sampled_from([*WORDS, *ODD]) | st.text(max_size=8), max_size=40)
JOINTS = st.sampled_from([" ", "\n", "\n\n", "", " | ", ", ", " “", " (", " said that ", " and "])
SHAPES = st.sampled_from([str, str.upper, str.title, lambda text: text * 12, lambda text: text[::-1]])

HOSTILE = {
    "one word a line": lambda n: "\n".join(WORDS[i % len(WORDS)] for i in range(n)),
    "no full stop": lambda n: " ".join(WORDS[i * i % len(WORDS)] for i in range(n)),
    "nested clauses": lambda n: "Kabul said that " * (n // 3),
    "chain of nouns": lambda n: " of ".join(["the attack"] * (n // 3)),
    "quotes that never close": lambda n: " ".join(f"“{WORDS[i % len(WORDS)]}" for i in range(n // 2)),
}


def analysed(text: str) -> tuple[Document, Doc]:
    (doc,) = language.analyse([(text, ())])
    return Document(id="mangled", text=text), doc


@given(FRAGMENTS, JOINTS, SHAPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mangled_text_is_read_with_exact_offsets(parts: list[str], joint: str, shape: Callable[[str], str]) -> None:
    text = shape(joint.join(parts)) or "x"
    (outcome,) = read_documents([Document(id="mangled", text=text)], ("core",), workers=1)
    assert isinstance(outcome, Reading)
    assert all(text[r.evidence.start : r.evidence.end] == r.evidence.text for r in outcome.reports)
    bounds = [place for sentence in outcome.sentences for place in (sentence.start, sentence.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= place <= len(text) for place in bounds)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_length_of_the_text(text: Callable[[int], str]) -> None:
    """Calls are counted, not seconds. Squared growth would make four times as many of twice the words."""
    once, twice = (calls(text(n)) for n in (2 * LONGEST, 4 * LONGEST))
    assert twice < 2.6 * once


def calls(text: str) -> int:
    document, doc = analysed(text)
    profile = cProfile.Profile()
    profile.runcall(read, document, doc, load_pack(()))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4 * LONGEST))
@settings(max_examples=30, deadline=None)
def test_overlong_sentences_are_cut_into_trees_of_the_same_words(numbers: list[int]) -> None:
    heads = [number % (i + 1) for i, number in enumerate(numbers)]
    doc = Doc(VOCAB, words=["word"] * len(heads), heads=heads, deps=["dep"] * len(heads))
    cut = cut_overlong(doc)
    assert max(len(sentence) for sentence in cut.sents) <= max(LONGEST, 1)
    assert [(t.idx, t.text) for t in cut] == [(t.idx, t.text) for t in doc]
    assert all(sum(t.head == t for t in sentence) == 1 for sentence in cut.sents)
    assert all(t.head.i == doc[t.i].head.i or t.dep_ in ("parataxis", "ROOT") for t in cut)


def test_a_real_sentence_stays_whole() -> None:
    _, doc = analysed("The minister said that Kabul will not attack. Paris condemned it.")
    assert cut_overlong(doc) is doc
