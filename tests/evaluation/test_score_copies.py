"""Copies are made as the measure says, and pairs are told apart by another method than the product's."""

from __future__ import annotations

import random

from dragoman.reconcile.copies import sketch_of, words_of
from evaluation.copies import _copy, _different, _in_common, copies_table


def test_a_copy_keeps_four_words_of_five() -> None:
    words = [f"word{n}" for n in range(1000)]
    copy = words_of(_copy(" ".join(words), ["other"], random.Random(1), 1.0))
    assert 0.77 < sum(word in set(words) for word in copy) / 1000 < 0.88


def test_pairs_are_labelled_by_the_words_that_they_share_in_order() -> None:
    words = [f"word{n}" for n in range(100)]
    same, other = " ".join(words), " ".join(f"else{n}" for n in range(100))
    sketches = {text: sketch_of(words_of(text)) for text in (same, same + " more", other)}
    counts = _different([list(sketches)], sketches)
    assert (counts["pairs"], counts["copies in the corpus"], counts["taken for copies"]) == (3, 1, 0)
    assert _in_common(words, words[:50]) == 1.0


def test_the_table_tells_recall_and_precision() -> None:
    different = {"pairs": 9, "meet": 1, "copies in the corpus": 0, "in between": 0, "taken for copies": 1}
    result = {"copies": {"changed": {"found": 9, "of": 10, "recall": 0.9}}, "recall": 0.9, "precision": 0.9}
    assert "recall 0.900, precision 0.900" in copies_table(result | {"different": different}).to_markdown()
