"""How many were killed and injured, as told of one act.

The tree tells which words of harm (``tolls``) go with the act; a sentence that takes the act up again (*The blast
killed 12*) tells of it too.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.circumstances.governing import taken_up
from dragoman.reading.circumstances.tolls import Toll, toll
from dragoman.reading.syntax import children, relation
from dragoman.reading.words import Token


def casualties(act: Token) -> Toll:
    """The killed and the injured that the text tells of an act; ``None`` where it gives no number (*dozens*).

    Fires: *killing 12 and wounding 30* (12, 30); *two soldiers and a civilian died* (3); *at least 14 dead* (14); *a
    blast in Oslo. The blast killed two* (2).
    Not:   *killed or wounded 30* (neither number is told).
    """
    told = _sum_up(_words_of_harm(act))
    if told == (None, None):
        again = taken_up(act)
        return told if again is None else _sum_up(_words_of_harm(again))
    return told


def _sum_up(words: Iterator[Token]) -> Toll:
    """The first number told of the killed and of the injured."""
    killed: int | None = None
    injured: int | None = None
    for word in words:
        dead, hurt = toll(word)
        killed, injured = dead if killed is None else killed, hurt if injured is None else injured
    return killed, injured


_DOWN = ("advcl", "acl", "conj", "xcomp", "parataxis", "appos", "obj", "nsubj", "obl", "nmod", "amod")
_UP = frozenset({"nsubj", "obl", "advcl", "nmod", "conj", "acl", "xcomp", "obj", "parataxis"})


def _words_of_harm(act: Token) -> Iterator[Token]:
    """The act and the words that hang together with it, nearest first: up to its verb, and two links down.

    A third link is gone down to a relative clause: *strikes on the suburbs of a city where 69 have been killed*.
    """
    ring = [act]
    while relation(ring[-1]) in _UP and ring[-1].head != ring[-1]:
        ring.append(ring[-1].head)
        if ring[-1].pos_ in ("VERB", "AUX"):
            break
    seen: set[int] = set()
    for node in ring:
        for near in (node, *children(node, *_DOWN)):
            below = [near, *children(near, *_DOWN)]
            clauses = [c for word in below for c in children(word, "acl") if c.dep_ == "acl:relcl"]
            for word in (*below, *clauses):
                if word.i not in seen:
                    seen.add(word.i)
                    yield word
