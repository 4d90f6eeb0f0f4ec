"""What a phrase of time or place belongs to: how far up the tree it reaches, and where those of an act may hang."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.syntax import child, children, relation
from dragoman.reading.words import Token

_VERBAL = ("VERB", "AUX")
LOOSE = frozenset({"advcl", "conj", "xcomp", "acl"})
"""Relations between clauses that mostly happen at one time and place."""

_ASPECTUAL = frozenset(
    {"begin", "start", "continue", "resume", "finish", "stop", "cease", "keep", "help", "manage", "fail"}
)


def governors(phrase: Token) -> list[Token]:
    """What a phrase can be about: the words above it, nearest first, up to the verb of its clause."""
    chain: list[Token] = []
    node = phrase
    while node.head != node and not (chain and chain[-1].pos_ in _VERBAL):
        node = node.head
        chain.append(node)
    return chain


def clause_of(word: Token) -> Token:
    """The verb of the clause that a word stands in: itself, or the nearest above; the root where there is none."""
    while word.pos_ not in _VERBAL and word.head != word:
        word = word.head
    return word


def seats(act: Token) -> Iterator[Token]:
    """Where a phrase about an act may hang, the nearest place first.

    The act's word; the clauses that modify a noun (*talks held in Doha*) and the verb it depends on (*launched a
    campaign last month*); the verbs above that happen together with it (*met and signed*; *attacked, killing two*).
    """
    yield act
    node = act
    if act.pos_ not in _VERBAL:
        yield from children(act, "acl")
        node = clause_of(act)
        yield node
    while _happens_with_head(node):
        node = node.head
        yield node


def _happens_with_head(verb: Token) -> bool:
    link = relation(verb)
    if link == "conj" or (link == "xcomp" and verb.head.lemma_ in _ASPECTUAL):
        return True
    return link == "advcl" and verb.tag_ == "VBG" and child(verb, "mark", "nsubj") is None


def links_between(below: Token, above: Token) -> frozenset[str]:
    """The clausal relations on the way up from one token to another; empty where it is not above."""
    found: set[str] = set()
    node = below
    while node != above:
        if node.head == node:
            return frozenset()
        if node.pos_ in _VERBAL or node == below:
            found.add(relation(node))
        node = node.head
    return frozenset(found)


def taken_up(act: Token) -> Token | None:
    """The noun that begins the next sentence and stands for the act: *an attack … The attack left two dead*."""
    end = act.sent.end
    if act.pos_ != "NOUN" or end + 1 >= len(act.doc):
        return None
    pointer, again = act.doc[end], act.doc[end + 1]
    return again if pointer.lower_ in ("the", "this", "that") and again.lemma_ == act.lemma_ else None


def way_between(act: Token, phrase: Token) -> tuple[list[Token], list[Token]]:
    """The way through the tree from an act to a phrase: the words left going up, those gone down (no conjuncts)."""
    chain = [act]
    while chain[-1].head != chain[-1] and len(chain) < _FARTHEST:
        chain.append(chain[-1].head)
    steps = {word.i: n for n, word in enumerate(chain)}
    down: list[Token] = []
    node = phrase
    while node.i not in steps and node.head != node and len(down) < _FARTHEST:
        if relation(node) != "conj":
            down.append(node)
        node = node.head
    return chain[: steps.get(node.i, len(chain) - 1)], down[::-1]


_FARTHEST = 40
"""Words that a way through a tree may have."""
