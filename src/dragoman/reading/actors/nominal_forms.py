"""The surface forms that a nominal leaves in the list of an actor's mentions."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.actors.own_words import is_framing
from dragoman.reading.actors.phrases import Phrase, core_bounds
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.words import Doc

_TAILS = frozenset({"of", "in", "for", "from", "against", "to", "on", "at", "with", "within"})
LONGEST_TAIL = 7
"""Tokens that a nominal's form may go on after its head's name."""


def forms_of_nominal(doc: Doc, phrase: Phrase) -> Iterator[str]:
    """A nominal without its article, also with a short prepositional phrase, and with what it is joined to."""
    starts = list(_beginnings(doc, phrase))
    for start in starts:
        yield doc[start : phrase.end].text
    for part in children(doc[phrase.head], "nmod", "conj"):
        if relation(part) == "nmod" and case_of(part) not in _TAILS:
            continue
        ends = {core_bounds(part)[1], part.right_edge.i + 1} if relation(part) == "nmod" else {core_bounds(part)[1]}
        for end in sorted(ends):
            if part.i > phrase.head and phrase.end < end <= phrase.end + LONGEST_TAIL:
                yield from (doc[start:end].text for start in starts)


def _beginnings(doc: Doc, phrase: Phrase) -> Iterator[int]:
    """Where its forms begin: after the article, after figures, at each modifier, after a participle (*US-backed*)."""
    start = phrase.start
    while start < phrase.head and (doc[start].tag_ in ("DT", "PDT", "CC", "IN") or doc[start].is_punct):
        start += 1
    yield start
    bare = start
    while bare < phrase.head and is_framing(doc[bare]):
        bare += 1
    if bare > start:
        yield bare
    yield from (part.i for part in children(doc[phrase.head], "amod", "compound") if bare < part.i < phrase.head)
    participles = [part.i for part in children(doc[phrase.head], "amod") if part.tag_ in ("VBN", "VBG")]
    after = max(participles, default=bare - 1) + 1
    if bare < after <= phrase.head:
        yield after
