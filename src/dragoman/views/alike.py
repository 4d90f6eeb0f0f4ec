"""Phrases that speak of one thing: their telling words compared, and the reports of one undertaking put together.

The rule is plain, so that it can be told to the reader: two phrases are alike when they share at least a given part of
their telling words (Jaccard), and what is alike, directly or through a third, is one. Which came first does not matter.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from dragoman.knowledge import function_words

T = TypeVar("T")
Stems = frozenset[str]

_WORD = re.compile(r"[^\W_]+")
_STEM = 6
"""Letters of a word that are compared: *recognise* and *recognition*, *withdraw* and *withdrawal* are alike."""
_SHORTEST = 3
"""Letters that are left of a word whose ending is taken off."""


def stems_of(text: str) -> Stems:
    """The telling words of a phrase, cut to their stems; function words are left out."""
    words = (match.group() for match in _WORD.finditer(text.casefold()))
    return frozenset(_stem(word) for word in words if len(word) > 1 and word not in function_words())


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
            break
    return word[:_STEM]


def likeness(a: Stems, b: Stems) -> float:
    """The part of all words of two phrases that both have, 0 to 1."""
    return len(a & b) / len(a | b) if a and b else 0.0


def gather(
    items: Sequence[T],
    *,
    stems: Callable[[T], Stems],
    keys: Callable[[T], Sequence[Hashable]],
    least: float,
    is_one: Callable[[T, T, float], bool],
) -> list[list[T]]:
    """The items in groups, each in the order given: two are together that share a key, whose stems are alike at least
    so much and that ``is_one`` then takes for one."""
    parent = list(range(len(items)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    cut = [stems(item) for item in items]
    for a, b in _pairs(cut, [keys(item) for item in items], least):
        if root(a) != root(b) and (alike := likeness(cut[a], cut[b])) >= least and is_one(items[a], items[b], alike):
            parent[max(root(a), root(b))] = min(root(a), root(b))
    groups: dict[int, list[T]] = {}
    for at, item in enumerate(items):
        groups.setdefault(root(at), []).append(item)
    return list(groups.values())


def _pairs(cut: Sequence[Stems], keys: Sequence[Sequence[Hashable]], least: float) -> Iterator[tuple[int, int]]:
    """Every pair with a common key and enough common words, and some others.

    Sets that are alike by at least ``least`` share one of the rarest words of each: of its words, rarest first, the
    shortest beginning that leaves too few for that (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
    """
    frequency = Counter(stem for words in cut for stem in words)
    seen: dict[tuple[Hashable, str], list[int]] = {}
    for at, words in enumerate(cut):
        rarest = sorted(words, key=lambda stem: (frequency[stem], stem))
        beginning = rarest[: len(rarest) - math.ceil(least * len(rarest)) + 1]
        found: set[int] = set()
        for key in keys[at]:
            for stem in beginning:
                posting = seen.setdefault((key, stem), [])
                found.update(posting)
                posting.append(at)
        yield from ((other, at) for other in found)
