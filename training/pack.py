"""Pack word states into the pipeline's vectors: fewer dimensions, half precision, looked up by lower-cased word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.vectors import Vectors

from training.treebank import TreebankDoc
from training.vectors import GENERAL_WORDS, common_words


def reduce_states(path: Path, data: Path, *, layers: list[int], width: int, least: int) -> tuple[list[str], np.ndarray]:
    """Words and their vectors: the mean of some layers, centred, along the directions of largest variance.

    Of the words that are not in general use, those seen less than `least` times in training text are left out: their
    vectors would tell the very sentence that the pipeline learns from, and at work rare words have no vector either.
    """
    held = np.load(path)
    counts = held["counts"]
    common = common_words(data, least)
    chosen = np.array([row < GENERAL_WORDS or word in common for row, word in enumerate(held["words"])])
    states = held["states"][chosen][:, layers].astype(np.float32)
    states /= np.linalg.norm(states, axis=2, keepdims=True) + 1e-6
    mean = states.mean(axis=1)
    weights = np.sqrt(counts[chosen]).astype(np.float32)
    mean -= np.average(mean, axis=0, weights=weights)
    spread = (mean * weights[:, None]).T @ mean / weights.sum()
    _, axes = np.linalg.eigh(spread)
    reduced = mean @ axes[:, ::-1][:, :width]
    reduced /= reduced.std()
    return [str(word) for word in held["words"][chosen]], reduced


def set_vectors(nlp: Language, words: list[str], vectors: np.ndarray) -> None:
    """Give the pipeline its vectors."""
    keys = np.array([nlp.vocab.strings.add(word) for word in words], dtype=np.uint64)
    rounded = vectors.astype(np.float16).astype(np.float32)
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=rounded, keys=keys, name="words", attr="LOWER")


SETTLED = 0.97
"""Share of a form's occurrences under one tag that must have the same lemma for the table to settle it."""


def settled_lemmas(docs: Iterable[TreebankDoc]) -> dict[str, dict[str, str]]:
    """For each tag, the lemma of each form that leaves no doubt, as spelt and in lower case."""
    seen: dict[tuple[str, str], Counter[str]] = {}
    for doc in docs:
        for word in doc.words:
            for form in {word.form, word.form.lower()}:
                seen.setdefault((word.tag, form), Counter())[word.lemma] += 1
    table: dict[str, dict[str, str]] = {}
    for (tag, form), counts in sorted(seen.items()):
        lemma, count = counts.most_common(1)[0]
        if count >= SETTLED * counts.total():
            table.setdefault(tag, {})[form] = lemma
    return table
