"""Every row of heads is one tree, and no tree scores higher."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.language.trees import best_tree

SCORES = st.integers(1, 4).flatmap(
    lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-5, 5, width=32, allow_subnormal=False))
)


def is_tree(heads: tuple[int, ...]) -> bool:
    """One word hangs on the root, and every word reaches it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word and word not in seen:
            seen.add(word)
            word = heads[word - 1]
        if word:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@given(SCORES)
def test_heads_are_the_best_tree(scores: np.ndarray) -> None:
    found = tuple(int(head) for head in best_tree(scores.copy()))
    size = len(scores)
    trees = [heads for heads in product(range(size + 1), repeat=size) if is_tree(heads)]
    assert is_tree(found)
    assert total(scores, found) >= max(total(scores, t) for t in trees) - 1e-3


@given(st.integers(6, 60), st.integers(0, 5))
def test_long_sentences_are_trees_too(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(tuple(int(head) for head in best_tree(scores)))
