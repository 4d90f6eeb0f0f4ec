"""Features: what a scorer may know of a trigger, as short named strings.

``key`` is what the proposal claims (an event type, a stance, a predicate); features come both bare and joined with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from dragoman.reading.scene import Scene
from dragoman.reading.syntax import case_of, children, own_subject, relation
from dragoman.reading.words import Token

_CONTEXT = (
    "obj",
    "nsubj",
    "xcomp",
    "ccomp",
    "obl",
    "compound",
    "amod",
    "nmod",
    "det",
    "aux",
    "mark",
    "advmod",
    "cop",
    "appos",
)
_WORDED = frozenset({"obj", "compound", "amod", "xcomp", "det", "aux", "mark", "advmod"})


_LEAST, _MOST = -7, 6
"""Log odds below and above which the network's answers are not told apart."""


def odds_features(name: str, odds: float) -> tuple[str, ...]:
    """Log odds as steps: one feature for each whole number that they reach."""
    return steps(name, max(_LEAST - 1, min(_MOST, math.floor(odds))))


def last_steps(odds: np.ndarray) -> list[list[int]]:
    """For rows of log odds, the whole numbers that they reach last, as ``steps`` takes them."""
    last: list[list[int]] = np.minimum(np.maximum(np.floor(odds), _LEAST - 1), _MOST).astype(np.int64).tolist()
    return last


@cache
def steps(name: str, last: int) -> tuple[str, ...]:
    """The features of log odds that reach a whole number last."""
    return tuple(f"{name}>={step}" for step in range(_LEAST, last + 1))


def insight_features(scene: Scene, token: Token, claim: str) -> Iterator[str]:
    """How surely the report network takes a word to assert a claim, alone and beside its sentence's other words."""
    if scene.insight is None:
        return
    odds = scene.insight.odds(token.i, claim)
    sentence = token.sent
    best = scene.insight.most(sentence.start, sentence.end, claim)
    yield from odds_features("network", odds)
    yield f"network-best={odds >= best}"
    yield from odds_features("network-sentence", best)


def is_ruled_out(scene: Scene, token: Token, claim: str, least: float) -> bool:
    """Whether the report network takes a claim of a word to be so unlikely that nothing else makes it a report."""
    return scene.insight is not None and scene.insight.odds(token.i, claim) < least


def trigger_features(scene: Scene, token: Token, form: str, key: str, frame: str) -> Iterator[str]:
    """The trigger's word, form and place in the tree, and the words around it that tell its sense."""
    lemma, start = token.lemma_.lower(), token.sent.start
    yield f"key={key}"
    yield f"form={key}:{form}"
    yield f"lemma={key}:{form}:{lemma}"
    yield f"lemma={lemma}"
    yield f"frame={frame}"
    yield f"dep={form}:{token.dep_}"
    yield f"dep={key}:{relation(token)}"
    yield f"tag={token.tag_}"
    yield f"head={form}:{token.head.lemma_.lower()}:{relation(token)}"
    yield f"sentence={min(start // 60, 5)}"
    yield from _neighbours(token, form, key)
    if token.i > start:
        yield f"before={form}:{token.nbor(-1).lower_}"


def _neighbours(token: Token, form: str, key: str) -> Iterator[str]:
    for part in children(token, *_CONTEXT):
        link = relation(part)
        yield f"has={form}:{part.dep_}"
        if link in _WORDED:
            yield f"child={link}:{part.lemma_.lower()}"
            yield f"child={key}:{link}:{part.lemma_.lower()}"
        elif link in ("obl", "nmod"):
            yield f"prep={key}:{case_of(part)}"
    subject = own_subject(token)
    if subject is not None and subject.pos_ == "PRON":
        yield f"pronoun={key}:{subject.lower_}"


def party_features(scene: Scene, key: str, parties: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Whether each role is filled, and by actors of which kinds."""
    filled = []
    for role, names in parties:
        filled.append(f"{role[0]}{bool(names):d}")
        for kind in {scene.kind_of(name) for name in names}:
            yield f"{role}={kind}"
            yield f"{role}={key}:{kind}"
    pattern = "".join(filled)
    yield f"filled={pattern}"
    yield f"filled={key}:{pattern}"
