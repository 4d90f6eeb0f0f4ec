"""Nominals inside a longer noun phrase: the *Iranian military* of *a large Iranian military presence*.

They head no phrase of their own, so the tree does not tell of them; the words side by side do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.actors.cast import Mention
from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.composition import compose_words
from dragoman.reading.syntax import relation
from dragoman.reading.words import Token


def find_embedded(casting: Casting, names: Sequence[Mention]) -> Iterator[Mention]:
    """Governments and forces told by an owner's name and one or two nouns that modify another noun."""
    doc = casting.doc
    for name in names:
        for noun in doc[name.end : name.end + 2]:
            if not _modifies(noun) or noun.i in casting.at or noun.i in casting.inner:
                break
            number = compose_words(casting, noun, name.actor)
            if number is not None:
                casting.roster[number].forms[doc[name.start : noun.i + 1].text] = None
                yield Mention(name.start, noun.i + 1, noun.i, "nominal", number)
                break


def _modifies(noun: Token) -> bool:
    return relation(noun) in ("compound", "amod") and noun.head.i > noun.i
