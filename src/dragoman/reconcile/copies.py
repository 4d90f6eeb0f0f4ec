"""Near-copies: texts that are one text, syndicated, shortened, given another headline or lightly edited.

First the candidates, by MinHash and LSH over triples of words (Broder 1997; Leskovec, Rajaraman & Ullman, *Mining of
Massive Datasets*, ch. 3); then the triples themselves are compared. What is kept of a text, its bands and its sketch,
depends on nothing but the text and the numbers below, so whether two texts are copies hangs neither on the order in
which they came nor on a library's release; that is why the forty lines are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dragoman.record import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

# Chosen in 2026-11 on copies made of 881 articles (Guardian, ECB+) and on 4,016 pairs of ECB+ that tell one event.
SHINGLE = 3
"""Words in a shingle: longer ones do not survive a fifth of the words changed, shorter ones are shared by chance."""
BANDS = 128
ROWS = 2
"""Hashes in a band: two texts are candidates when one band is the same, of likeness ``j`` in 1 - (1 - j²)^128 of cases:
0.99 at 0.19 (a fifth of the words changed and half of the text cut), 0.01 at 0.01."""
LEAST_ESTIMATE = 0.05
"""Likeness, estimated from the sketches, from which two texts are compared at all."""
LEAST_SHARED = 0.3
"""Part of the shorter text's shingles that a copy has from the other; changing a fifth of the words leaves half."""
LEAST_COVERED = 0.75
"""Part of the shorter text's words that stand in or near a shared shingle: one who only takes over the same quotations
and background has long stretches of his own."""
GAP = 8
"""Words between two shared shingles that still count as edited, not as written anew."""
LEAST_LENGTH = 0.25
"""A text shorter than this part of the other is an item of a roundup, whose other items come from elsewhere."""
FEWEST_WORDS = 20
"""Below this only the same words are a copy."""

_WORD = re.compile(r"[^\W_]+")
_BASE = 0x9E3779B97F4A7C15
_KEY_BITS = 48  # of a band: 6 bytes in SQLite, and 33,000 documents share a key by chance not even once


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to find its copies: the keys of its ``bands``, and 16 bits of each of its hashes."""

    bands: tuple[int, ...]
    hashes: bytes


def words_of(text: str, furniture: Iterable[Span] = ()) -> list[str]:
    """The words of a text without its furniture, letter case and marks; how it is broken into paragraphs is lost."""
    kept, at = [], 0
    for span in sorted(furniture):
        kept.append(text[at : max(span.start, at)])
        at = max(at, span.end)
    return _WORD.findall(" ".join((*kept, text[at:])).casefold())


def sketch_of(words: Sequence[str]) -> Sketch | None:
    """The sketch of a text; ``None`` for one without words, which is nobody's copy."""
    if not words:
        return None
    if len(words) < FEWEST_WORDS:
        shingles = _hashes([" ".join(words)])
    else:
        shingles = np.unique(_shingles(words))
    factors, addends = _permutations()
    least = _mix((np.outer(factors, shingles) + addends[:, None]).min(axis=1))
    keys = np.arange(BANDS, dtype=np.uint64)
    for row in least.reshape(BANDS, ROWS).T:
        keys = _mix(keys * np.uint64(_BASE) + row)
    short = (least & np.uint64(0xFFFF)).astype("<u2")
    return Sketch(tuple((keys >> np.uint64(64 - _KEY_BITS)).tolist()), short.tobytes())


def estimated_likeness(hashes: bytes, others: Sequence[bytes]) -> list[float]:
    """The part of all their shingles that a text shares with each of the others, by their sketches: ± 0.03."""
    own = np.frombuffer(hashes, dtype="<u2")
    rows = np.frombuffer(b"".join(others), dtype="<u2").reshape(len(others), -1)
    return [float(share) for share in (rows == own).mean(axis=1)]


def are_copies(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two texts, given by their words, are one text: the shorter is for the most part the other's words.

    So: a wire story with a fifth of its words changed, cut by half and under another headline.
    Not: two reporters' stories of one press conference, though they quote the same sentences.
    """
    shorter, longer = sorted((words, others), key=lambda one: (len(one), list(one)))
    if len(shorter) < FEWEST_WORDS:
        return bool(shorter) and list(shorter) == list(longer)
    if len(shorter) < LEAST_LENGTH * len(longer):
        return False
    own, known = _shingles(shorter), _shingles(longer)
    if np.isin(np.unique(own), known).mean() < LEAST_SHARED:
        return False
    return _covered(np.isin(own, known)) >= LEAST_COVERED


def _covered(shared: NDArray[np.bool_]) -> float:
    """The part of the words that is in a shared shingle or in a gap of at most ``GAP`` words."""
    words = np.zeros(len(shared) + SHINGLE - 1, dtype=bool)
    for n in range(SHINGLE):
        words[n : len(shared) + n] |= shared
    covered = np.flatnonzero(np.concatenate(([True], words, [True])))
    gaps = np.diff(covered) - 1
    return 1 - float(gaps[gaps > GAP].sum()) / len(words)


def _shingles(words: Sequence[str]) -> Hashes:
    """A number for each shingle of a text, in its order."""
    hashes = _hashes(words)
    found: Hashes = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for n in range(SHINGLE):
        found = _mix(found + hashes[n : len(words) - SHINGLE + 1 + n])
    return found


def _hashes(texts: Sequence[str]) -> Hashes:
    return np.fromiter(map(_hash, texts), dtype=np.uint64, count=len(texts))


@lru_cache(maxsize=50_000)
def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _permutations() -> tuple[Hashes, Hashes]:
    """Odd factors and addends: ``a h + b`` orders the 64-bit numbers anew."""
    numbers = _mix(np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(_BASE))
    return numbers[::2] | np.uint64(1), numbers[1::2]


def _mix(values: Hashes) -> Hashes:
    """A random-looking permutation of the 64-bit numbers (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
