"""The surface forms that a nominal leaves in the list of an actor's mentions."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.actors.own_words import is_framing
from dragoman.reading.actors.phrases import Phrase, core_bounds
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.words import Doc, Token

_TAILS = frozenset({"of", "in", "for", "from", "against", "to", "on", "at", "with", "within"})
_ARTICLES = frozenset({"the", "a", "an"})
LONGEST_TAIL = 7
"""Tokens that a nominal's form may go on after its head's name."""


def forms_of_nominal(doc: Doc, phrase: Phrase) -> Iterator[str]:
    """A nominal without its article, also with a short phrase or clause after it, and with what it is joined to.

    A name goes on with a phrase only (*Afghan missions in Asia*), not with another name or a clause that tells more.
    """
    for start in _beginnings(doc, phrase):
        yield doc[start : phrase.end].text
    yield from forms_of_share(doc, phrase)


def forms_of_share(doc: Doc, phrase: Phrase) -> Iterator[str]:
    """The forms of a nominal that go on after it: *hundreds of aid workers* is one of those, *hundreds* is not."""
    starts = list(_beginnings(doc, phrase))
    after = children(doc[phrase.head], "nmod", *(() if phrase.sort == "name" else ("conj", "acl", "amod")))
    ends = (end for part in after if part.i > phrase.head for end in sorted(_ends(part)))
    for end in ends:
        if phrase.end < end <= phrase.end + LONGEST_TAIL:
            yield from (doc[start:end].text for start in starts)


def forms_of_titled(doc: Doc, phrase: Phrase) -> Iterator[str]:
    """A person's name with what stands before it: *Foreign Minister Amir Khan Muttaqi*."""
    yield doc[next(_beginnings(doc, phrase)) : phrase.end].text


def _ends(part: Token) -> set[int]:
    """Where a form ends that goes on with a part: with its core, or all of it."""
    if relation(part) in ("acl", "amod"):
        return set() if part.left_edge.nbor(-1).text == "," else {part.right_edge.i + 1}
    if relation(part) == "nmod":
        return {core_bounds(part)[1], part.right_edge.i + 1} if case_of(part) in _TAILS else set()
    return {core_bounds(part)[1], part.right_edge.i + 1}


def _beginnings(doc: Doc, phrase: Phrase) -> Iterator[int]:
    """Where its forms begin: at *these* or *some*, after the article, after figures, at each modifier, after a
    participle (*US-backed*)."""
    start = phrase.start
    if doc[start].tag_ in ("DT", "PDT") and doc[start].lower_ not in _ARTICLES:
        yield start
    while start < phrase.head and (doc[start].tag_ in ("DT", "PDT", "CC", "IN") or doc[start].is_punct):
        start += 1
    yield start
    bare = start
    while bare < phrase.head and is_framing(doc[bare]):
        bare += 1
    if bare > start:
        yield bare
    modifiers = (part for part in children(doc[phrase.head], "amod", "compound") if bare < part.i < phrase.head)
    yield from (part.i for part in modifiers if doc[part.i - 1].pos_ != "PROPN" or part.pos_ != "PROPN")
    participles = [part.i for part in children(doc[phrase.head], "amod") if part.tag_ in ("VBN", "VBG")]
    after = max(participles, default=bare - 1) + 1
    if bare < after <= phrase.head:
        yield after
