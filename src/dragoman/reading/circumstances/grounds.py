"""Ground told without its name: *the city*, *the enclave*, *the country* stand for a place named before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.reading.circumstances.atlas import country_of, is_town
from dragoman.reading.circumstances.naming import PlaceMention
from dragoman.reading.syntax import case_of, children
from dragoman.reading.words import Doc, Token

_REACH = 6
"""Sentences back that a place may have been named; set on the build part of the coded news, November 2026."""
_POINTERS = frozenset({"the", "this", "that"})


def find_grounds(
    doc: Doc, places: Sequence[PlaceMention], words: Mapping[str, frozenset[str]]
) -> Iterator[PlaceMention]:
    """Definite ground of the document, each under the name of the place before it that it stands for.

    Fires: *Raqqa … left the city* (Raqqa); *the Rukban camp … reached the camp* (Rukban camp).
    Not:   *the city of Homs* (which names itself); *the city* where only countries were named.
    """
    nouns = words["country-nouns"] | words["town-nouns"] | words["land-nouns"]
    named = sorted(places, key=lambda m: m.head)
    heads = [m.head for m in named]
    taken = {i for m in named for i in range(m.start, m.end)}
    starts = [s.start for s in doc.sents]
    for token in doc:
        noun = token.lower_
        if noun not in nouns or token.i in taken or not _points_back(token):
            continue
        first = starts[max(0, bisect_right(starts, token.i) - 1 - _REACH)]
        before = [m for m in named[: bisect_right(heads, token.i)] if m.head >= first and m.head not in _inside(token)]
        origin = next((m for m in reversed(before) if _is_called(doc, m, noun)), None)
        origin = origin or next((m for m in reversed(before) if _can_be(doc, m, noun, words)), None)
        if origin is not None:
            yield replace(origin, start=token.i, end=token.i + 1, head=token.i, told=True)


def _points_back(noun: Token) -> bool:
    """Whether a noun phrase is definite and has no name in it that would tell which ground it is."""
    if not any(c.lower_ in _POINTERS for c in children(noun, "det")):
        return False
    return not any(t.tag_ in ("NNP", "NNPS") for t in noun.subtree if t.i in _inside(noun))


def _inside(noun: Token) -> range:
    """The tokens of a noun phrase up to what follows its head, and its *of* phrase."""
    last = max((c.right_edge.i for c in children(noun, "nmod") if case_of(c) == "of"), default=noun.i)
    return range(noun.left_edge.i, last + 1)


def _is_called(doc: Doc, place: PlaceMention, noun: str) -> bool:
    """Whether the text calls a place by that noun: *Idlib province*, *the enclave of Afrin*, *Hama, a city*."""
    head = doc[place.head]
    around = {t.lower_ for t in doc[place.start : place.end]} | {c.lower_ for c in children(head, "appos")}
    return noun in around | {head.head.lower_ if head.dep_ in ("nmod", "appos", "nmod:desc", "compound") else ""}


def _can_be(doc: Doc, place: PlaceMention, noun: str, words: Mapping[str, frozenset[str]]) -> bool:
    if noun in words["country-nouns"]:
        return place.wide and country_of(place.name) is not None
    if noun in words["town-nouns"]:
        return is_town(place.name) or any(_is_called(doc, place, other) for other in words["town-nouns"])
    return noun in words["land-nouns"] and not place.wide
