"""Actors told in half a word: *rebel*-held, *opposition* leader, *regime* jets, pro-*Assad* militias, anti-*Taliban*.

They modify another noun and head no phrase of their own; each is the actor that the text told of by that noun or name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from dragoman.reading.actors.cast import Mention
from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.name_spans import fold
from dragoman.reading.syntax import relation
from dragoman.reading.words import Token
from dragoman.record import ActorKind

_PREFIXES = ("pro-", "anti-", "non-", "counter-")


def find_shorthand(casting: Casting, mentions: list[Mention]) -> Iterator[Mention]:
    """Nouns that modify another, and names behind a prefix, as mentions of who was told of by them."""
    taken = {i for m in mentions for i in range(m.start, m.end) if m.kind != "nominal"} | {m.head for m in mentions}
    told = _told_by_noun(casting)
    numbered = list(enumerate(casting.roster.entities))
    named = {entity.words[-1:]: number for number, entity in reversed(numbered) if entity.kind == ActorKind.PERSON}
    named |= {fold(form): number for number, entity in reversed(numbered) for form in entity.forms}
    for token in casting.doc:
        if token.i in taken:
            continue
        name = _prefixed(token)
        number = named.get(fold(name)) if name else None
        if number is not None:
            casting.roster[number].forms[name] = None
            yield Mention(token.i, token.i + 1, token.i, "adjective", number)
        elif _modifies(token) and casting.has(token, "shorthand-nouns"):
            number = _nearest(token, told.get(casting.sort_of(token), []))
            if number is not None:
                casting.roster[number].forms[token.text] = None
                yield Mention(token.i, token.i + 1, token.i, "nominal", number)


def _told_by_noun(casting: Casting) -> Mapping[str, list[tuple[int, int]]]:
    """For each sort of noun, the places where a phrase headed by it stands for somebody."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for phrase in casting.phrases:
        if phrase.sort == "common" and phrase.entity >= 0:
            found[casting.sort_of(casting.doc[phrase.head])].append((phrase.head, phrase.entity))
    return found


def _nearest(token: Token, told: list[tuple[int, int]]) -> int | None:
    """The entity told last before a token, else first after it."""
    if not told:
        return None
    place = bisect_left(told, (token.i, -1))
    return told[max(0, place - 1)][1]


def _modifies(token: Token) -> bool:
    head = token.head
    return (
        token.tag_ in ("NN", "NNP", "JJ")
        and head.i > token.i
        and relation(token) in ("compound", "amod", "obl", "nmod")
    )


def _prefixed(token: Token) -> str:
    """The name in a word like *anti-Taliban*; empty where there is none."""
    prefix = next((p for p in _PREFIXES if token.lower_.startswith(p)), "")
    rest = token.text[len(prefix) :]
    return rest if prefix and rest[:1].isupper() else ""
