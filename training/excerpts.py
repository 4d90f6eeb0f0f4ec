"""Single sentences of coded articles, read alone: what a lone sentence tells is what its coder found in it, no more.

A network that has learned from whole articles only takes a lone sentence for the beginning of one and sees acts
everywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

MOST = 4
"""Sentences that are taken from one article."""
SHORTEST = 30
"""Characters; what is shorter is a heading or a scrap."""


def cut_excerpts(
    text: str, bounds: Sequence[tuple[int, int]], reports: Sequence[dict[str, Any]], rng: np.random.Generator
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Some sentences, half-open in characters, each with the reports whose evidence lies in it, counted from its start.

    A sentence that shares its evidence with others is left out: alone it does not say the same.
    """
    whole = [b for b in bounds if b[1] - b[0] >= SHORTEST and not any(_torn(r, *b) for r in reports)]
    for n in sorted(rng.permutation(len(whole))[:MOST]):
        start, end = whole[n]
        yield text[start:end], [_moved(r, -start) for r in reports if _within(r, start, end)]


def _within(row: dict[str, Any], start: int, end: int) -> bool:
    evidence: dict[str, int] = row["evidence"]
    return start <= evidence["start"] and evidence["end"] <= end


def _torn(row: dict[str, Any], start: int, end: int) -> bool:
    evidence: dict[str, int] = row["evidence"]
    return evidence["start"] < end and start < evidence["end"] and not _within(row, start, end)


def _moved(row: dict[str, Any], by: int) -> dict[str, Any]:
    evidence = row["evidence"]
    moved = row | {"evidence": evidence | {"start": evidence["start"] + by, "end": evidence["end"] + by}}
    return moved | {"word": [place + by for place in row["word"]]} if "word" in row else moved
