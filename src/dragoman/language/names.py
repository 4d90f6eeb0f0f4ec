"""Names from scores of their parts: the likeliest row of labels in which every name is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np


def decode_names(scores: np.ndarray, labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """``(first, one past the last, label)`` of each name of a sentence.

    ``scores`` holds a row for each word and a column for each label: ``O``, and begin, inside, end and single (BIES) of
    each kind of name. A row of labels must hold whole names only (Viterbi over hard constraints).
    """
    best = scores.argmax(1)
    if not best.any():
        return
    allowed, opening, closing = _constraints(tuple(labels))
    if not (opening[best[0]] and closing[best[-1]] and allowed[best[:-1], best[1:]].all()):
        best = _viterbi(scores, allowed, opening, closing)
    begun = 0
    for i, number in enumerate(best):
        place, _, label = labels[number].partition("-")
        if place in "BS":
            begun = i
        if place in "ES":
            yield begun, i + 1, label


def _viterbi(scores: np.ndarray, allowed: np.ndarray, opening: np.ndarray, closing: np.ndarray) -> np.ndarray:
    step = np.where(allowed, 0.0, -1e9)
    total = scores[0] + np.where(opening, 0.0, -1e9)
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        table = total[:, None] + step
        back[i] = table.argmax(0)
        total = table.max(0) + scores[i]
    path = [int((total + np.where(closing, 0.0, -1e9)).argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return np.array(path[::-1])


@lru_cache(maxsize=4)
def _constraints(labels: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which label may follow which, open a sentence, close it."""
    parts = [label.partition("-") for label in labels]
    opening = np.array([place in "OBS" for place, _, _ in parts])
    closing = np.array([place in "OES" for place, _, _ in parts])
    goes_on = np.array([[a[0] in "BI" and b[0] in "IE" and a[2] == b[2] for b in parts] for a in parts])
    return goes_on | (closing[:, None] & opening[None, :]), opening, closing
