"""Phrases that speak of one thing: their telling words compared, and the reports of one undertaking put together.

The rule is plain, so that it can be told to the reader: two phrases are alike when they share at least a given part of
their telling words (Jaccard), and what is alike, directly or through a third, is one. Which came first does not matter.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

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
    trait: Callable[[T], Hashable] = lambda item: None,
    least: float,
    is_one: Callable[[Any, Any, float], bool] = lambda one, other, alike: True,
) -> list[list[T]]:
    """The items in groups, each in the order given: two are together that share a key, whose stems are alike at least
    so much and whose traits ``is_one`` then takes for those of one.

    Those that have the same key, stems and trait are one, and are looked at once: papers repeat phrases word for word.
    """
    told: dict[Hashable, list[int]] = {}
    for at, item in enumerate(items):
        words, own = stems(item), tuple(keys(item))
        told.setdefault((words, own, trait(item)) if words and own else at, []).append(at)
    phrases = list(told.values())
    firsts = [items[at] for at, *_ in phrases]
    homes = _joined([stems(one) for one in firsts], [keys(one) for one in firsts], [*map(trait, firsts)], least, is_one)
    home_of = {at: home for home, same in zip(homes, phrases, strict=True) for at in same}
    groups: dict[int, list[T]] = {}
    for at, item in enumerate(items):
        groups.setdefault(home_of[at], []).append(item)
    return list(groups.values())


def _joined(
    cut: Sequence[Stems],
    keys: Sequence[Sequence[Hashable]],
    traits: Sequence[Hashable],
    least: float,
    is_one: Callable[[Any, Any, float], bool],
) -> list[int]:
    """For each phrase the number of the first that it is one with."""
    parent = list(range(len(cut)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in _pairs(cut, keys, least):
        a, b = sorted((root(one), root(other)))
        if a != b and (alike := likeness(cut[one], cut[other])) >= least and is_one(traits[one], traits[other], alike):
            parent[b] = a
    return [root(at) for at in range(len(cut))]


def _pairs(cut: Sequence[Stems], keys: Sequence[Sequence[Hashable]], least: float) -> Iterator[tuple[int, int]]:
    """Every pair with a common key and enough common words, and some others.

    Sets that are alike by at least ``least`` share one of the rarest words of each: of its words, rarest first, the
    shortest beginning that leaves too few for that (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
    """
    frequency = Counter(stem for words in cut for stem in words)
    seen: dict[tuple[Hashable, str], list[int]] = {}
    beginnings: dict[Stems, list[str]] = {}
    for words in set(cut):
        rarest = sorted(words, key=lambda stem: (frequency[stem], stem))
        beginnings[words] = rarest[: len(rarest) - math.ceil(least * len(rarest)) + 1]
    for at, words in enumerate(cut):
        found: set[int] = set()
        for key in keys[at]:
            for stem in beginnings[words]:
                posting = seen.setdefault((key, stem), [])
                found.update(posting)
                posting.append(at)
        yield from ((other, at) for other in found)
