"""A text with a fifth of its words changed is a copy; another text is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile.copies import (
    BANDS,
    FEWEST_WORDS,
    Sketch,
    are_copies,
    estimated_likeness,
    sketch_of,
    words_of,
)
from dragoman.record import Span

EXPECTED = (153640547684645, 253018418036749, BANDS, "d98bf17e")
WORDS = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in "lmnrst"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=120)


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], share: float, seed: int = 0) -> list[str]:
    draw = random.Random(seed)
    return [draw.choice(WORDS) if draw.random() < share else word for word in words]


def sketch(words: list[str]) -> Sketch:
    found = sketch_of(words)
    assert found is not None
    return found


@pytest.mark.parametrize("keep", [1.0, 0.75, 0.5], ids=["whole", "three quarters", "half"])
@pytest.mark.parametrize("seed", range(5))
def test_a_fifth_of_the_words_changed_is_a_copy_even_if_cut(seed: int, keep: float) -> None:
    words = text(seed)
    copy = changed(words, 0.2, seed)[: int(300 * keep)]
    assert are_copies(words, copy)
    assert set(sketch(words).bands) & set(sketch(copy).bands)


def test_long_stretches_of_ones_own_between_shared_quotations_are_no_copy() -> None:
    shared = text(1, 160)
    one, other = text(2), text(3)
    for place in range(0, 160, 40):
        one[place * 2 : place * 2 + 40] = other[place * 2 : place * 2 + 40] = shared[place : place + 40]
    assert not are_copies(one, other)


def test_an_item_of_a_roundup_does_not_make_the_roundup_a_copy() -> None:
    item = text(4, 60)
    assert not are_copies(item, text(5, 200) + item + text(6, 200))


def test_the_sketch_of_a_text_is_the_same_for_ever() -> None:
    """Cases keep it: another number here would leave the copies in old cases unfound."""
    found = sketch(
        "the envoys met the ministers of the other side in the old harbour town on friday to talk".split() * 3
    )
    assert (found.bands[0], found.bands[-1], len(found.bands), found.hashes[:4].hex()) == EXPECTED


@given(texts)
def test_a_text_is_its_own_copy(words: list[str]) -> None:
    assert are_copies(words, list(words))
    assert estimated_likeness(sketch(words).hashes, [sketch(list(words)).hashes]) == [1.0]


@given(texts, texts)
def test_being_copies_is_mutual(words: list[str], others: list[str]) -> None:
    assert are_copies(words, others) == are_copies(others, words)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=FEWEST_WORDS - 1), texts)
def test_of_a_handful_of_words_only_the_same_are_a_copy(words: list[str], others: list[str]) -> None:
    assert are_copies(words, others) == (words == others)


@given(st.text(st.characters()))
def test_any_text_has_words_or_none_and_never_fails(text: str) -> None:
    assert (sketch_of(words_of(text)) is None) == (not words_of(text))


def test_paragraphs_case_marks_and_furniture_do_not_count() -> None:
    menu = "Home | World | Sports "
    said = 'The envoys — all "five" — MET.\n\nThey talked.'
    assert words_of(menu + said, [Span(0, len(menu))]) == words_of("the envoys, all five, met. They talked!")
