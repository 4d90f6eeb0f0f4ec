"""Sentences cut out of a coded article tell what was coded in them, at the same words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.excerpts import MOST, SHORTEST, cut_excerpts

SENTENCES = [f"In sentence {n} the minister met the envoy once more. " for n in range(12)]
TEXT = "".join(SENTENCES)
BOUNDS = [(n * len(SENTENCES[0]), n * len(SENTENCES[0]) + len(SENTENCES[0]) - 1) for n in range(10)]


def report(start: int, end: int) -> dict[str, object]:
    word = TEXT.index("met", start)
    return {"evidence": {"start": start, "end": end, "text": TEXT[start:end]}, "word": [word, word + 3]}


@given(st.lists(st.sampled_from(BOUNDS), max_size=8), st.integers(0, 99))
def test_offsets_of_a_cut_report_slice_the_same_words(coded: list[tuple[int, int]], seed: int) -> None:
    for text, rows in cut_excerpts(TEXT, BOUNDS, [report(*b) for b in coded], np.random.default_rng(seed)):
        for row in rows:
            assert text[row["evidence"]["start"] : row["evidence"]["end"]] == row["evidence"]["text"]
            assert text[slice(*row["word"])] == "met"


@given(st.integers(0, 99))
def test_every_report_of_a_cut_sentence_comes_with_it(seed: int) -> None:
    cuts = list(cut_excerpts(TEXT, BOUNDS, [report(*b) for b in BOUNDS for _ in "ab"], np.random.default_rng(seed)))
    assert len(cuts) == MOST
    assert all(len(rows) == 2 for _, rows in cuts)


def test_a_sentence_that_shares_its_evidence_is_left_out() -> None:
    shared = report(BOUNDS[0][0], BOUNDS[1][1])
    cuts = list(cut_excerpts(TEXT, BOUNDS[:3], [shared], np.random.default_rng(1)))
    assert [text for text, _ in cuts] == [TEXT[slice(*BOUNDS[2])]]


def test_a_scrap_is_no_sentence() -> None:
    assert not list(cut_excerpts(TEXT, [(0, SHORTEST - 1)], [], np.random.default_rng(1)))
