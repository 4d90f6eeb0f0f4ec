"""Several actors told as one by their number: *the two leaders*, *both countries*, *the pair*, *the three sides*."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.reading.actors.casting import BODIES, Casting
from dragoman.reading.syntax import children, conjuncts, relation
from dragoman.reading.words import Token
from dragoman.record import ActorKind

TOKENS_BACK = 160
"""How far before such a phrase its actors are looked for: about six sentences."""

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_GATHERED = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4}
_PERSON_LISTS = ("person-anaphors", "leader-nouns", "office-nouns")
_PERSONS = frozenset({ActorKind.PERSON})
_STATES = frozenset({ActorKind.STATE})
_SIDES = BODIES | _STATES


def find_companions(casting: Casting, place: int) -> tuple[int, ...]:
    """The entities that a counted definite phrase takes up; empty when it counts others than were just told.

    Fires: *Turkey and Russia … the two countries*. Not: *two countries*, *the two leaders of the party*, *the two other
    men*.
    """
    phrase = casting.phrases[place]
    noun = casting.doc[phrase.head]
    if phrase.article not in ("the", "this") or casting.modifiers(noun) or _is_narrowed(noun):
        return ()
    count = _count(noun)
    if not count or any(child.lower_ in _OTHERS for child in noun.children):
        return ()
    before = [(i, casting.at[i]) for i in range(max(0, phrase.start - TOKENS_BACK), phrase.start) if i in casting.at]
    for kinds in _kinds(casting, noun):
        told = [(i, n) for i, n in before if casting.roster[n].kind in kinds]
        found = _joined(casting, told, count) or _latest(told, count)
        if found:
            return found
    return ()


def _is_narrowed(noun: Token) -> bool:
    """Whether a clause tells which ones are meant: *the two men who fled*, not *the two men, who fled*."""
    return any(clause.left_edge.nbor(-1).text != "," for clause in children(noun, "acl") if clause.left_edge.i > noun.i)


_OTHERS = frozenset({"other", "another", "more", "further", "last", "next", "first"})


def _count(noun: Token) -> int:
    """How many a phrase says that there are; 0 when it does not say."""
    if any(relation(part) == "nmod" and part.i > noun.i for part in noun.children):
        return 0
    told = (_NUMBERS.get(part.lower_, 0) for part in children(noun, "nummod", "det", "amod"))
    plural = max(told, default=0) if noun.tag_ in ("NNS", "NNPS") else 0
    return plural or _GATHERED.get(noun.lemma_.lower(), 0)


def _kinds(casting: Casting, noun: Token) -> Iterator[Collection[ActorKind]]:
    """The kinds of actors that the noun may count, the likelier first."""
    lemma = noun.lemma_.lower()
    if lemma in _GATHERED:
        yield from (_PERSONS, _STATES)
    elif lemma in ("side", "party"):
        yield _SIDES
    elif casting.has(noun, "state-anaphors") or lemma in ("power", "capital", "government", "neighbour", "neighbor"):
        yield _STATES
    elif casting.has(noun, *_PERSON_LISTS):
        yield _PERSONS
    elif casting.has(noun, "body-anaphors"):
        yield BODIES


def _joined(casting: Casting, told: list[tuple[int, int]], count: int) -> tuple[int, ...]:
    """Those told last in one breath: *Turkey and Russia*."""
    fitting = {n for _, n in told}
    for i, _ in reversed(told):
        heads = [t.i for t in conjuncts(casting.doc[i])]
        group = tuple(dict.fromkeys(casting.at[h] for h in heads if h in casting.at))
        if len(group) == count and fitting.issuperset(group):
            return group
    return ()


def _latest(told: list[tuple[int, int]], count: int) -> tuple[int, ...]:
    """As many as are counted, the latest told."""
    latest = tuple(dict.fromkeys(n for _, n in reversed(told)))[:count]
    return tuple(sorted(latest)) if len(latest) == count else ()
