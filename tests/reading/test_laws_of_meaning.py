"""Laws of meaning, on the event frames' own sentences: they hold of plain ones, and of most."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.knowledge import load_pack
from evaluation.laws import LAWS, Law, Outcome, shares, try_laws

PLAIN = frozenset({"request.ask", "reject.refuse"})
FLOOR, PLAIN_FLOOR = 0.7, 0.6
"""Loose: the share over all frames is what `python -m evaluation laws` tells."""


@cache
def outcomes(law: Law, plain: bool) -> tuple[Outcome, ...]:
    """What becomes of the plain frames, or of a fixed third of all."""
    frames = load_pack(()).frames
    return tuple(try_laws([law], [f for f in frames if f.id in PLAIN] if plain else frames[::3]))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_law_holds_of_plain_sentences(law: Law) -> None:
    cases = outcomes(law, plain=True)
    assert len(cases) >= 4
    assert sum(not o.broken for o in cases) >= PLAIN_FLOOR * len(cases)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_law_holds_of_most_sentences(law: Law) -> None:
    kept, of = shares(outcomes(law, plain=False))[law.name]
    assert of >= 20
    assert kept >= FLOOR * of
