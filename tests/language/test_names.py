"""Names are whole, whatever the scores of their parts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.language.names import decode_names

LABELS = ["O", *(f"{place}-{kind}" for kind in ("PERSON", "ORG") for place in "BIES")]


def scores_of(*labels: str) -> np.ndarray:
    found = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    for row, label in enumerate(labels):
        found[row, LABELS.index(label)] = 2.0
    return found


def test_whole_names_are_read_as_they_are() -> None:
    scores = scores_of("B-PERSON", "E-PERSON", "O", "S-ORG", "B-ORG", "I-ORG", "E-ORG")
    assert list(decode_names(scores, LABELS)) == [(0, 2, "PERSON"), (3, 4, "ORG"), (4, 7, "ORG")]


def test_name_that_is_never_closed_is_mended() -> None:
    scores = scores_of("O", "B-PERSON", "I-PERSON")
    scores[2, LABELS.index("E-PERSON")] = 1.5
    assert list(decode_names(scores, LABELS)) == [(1, 3, "PERSON")]


@given(st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=st.floats(-4, 4, width=32))))
def test_names_are_in_order_and_do_not_overlap(scores: np.ndarray) -> None:
    found = list(decode_names(scores, LABELS))
    ends = [0, *(end for _, end, _ in found)]
    assert all(before <= start < end <= len(scores) for before, (start, end, _) in zip(ends, found, strict=False))
