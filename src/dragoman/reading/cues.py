"""Where a text may attribute something: cue words with the source and the content that syntax offers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.reading.syntax import agent, child, relation, subtree_bounds

Bounds = tuple[int, int]
"""Half-open token indices."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue word, the head of its source (none when the text leaves it out), and the token bounds of its content."""

    cue: Token
    source: Token | None
    content: tuple[Bounds, ...]


def find_candidates(doc: Doc, words: Mapping[str, frozenset[str]]) -> Iterator[Candidate]:
    """Verbs of saying and believing with a clause, before or after them."""
    cues = words.get("say", frozenset()) | words.get("believe", frozenset())
    for token in doc:
        if token.lemma_.lower() in cues and token.pos_ == "VERB":
            content = _clause(token)
            if content:
                yield Candidate(token, agent(token), content)


def _clause(verb: Token) -> tuple[Bounds, ...]:
    clause = child(verb, "ccomp")
    if clause is not None:
        return (subtree_bounds(clause),)
    if relation(verb) == "parataxis":
        start, end = subtree_bounds(verb.head)
        first, last = subtree_bounds(verb)
        return tuple((a, b) for a, b in ((start, first), (last, end)) if a < b)
    return ()
