"""The words of an analysed document as reading asks for them: what spaCy knows of each, in plain Python.

Names mean what they mean in spaCy's ``Doc``, ``Span`` and ``Token``, and any function that asks for these may be handed
spaCy's as well. But spaCy makes a token anew, and decodes its strings, each time that one is asked for; reading asks
some hundred thousand times a document. So ``set_scene`` has them all made once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import overload

import numpy as np
from spacy import tokens as spacy


class Doc:
    """A document: its text, tokens, sentences and names."""

    __slots__ = ("_is_parsed", "ents", "sents", "tensor", "text", "tokens")

    def __init__(self, doc: spacy.Doc) -> None:
        self.text, self.tensor = doc.text, np.asarray(doc.tensor)
        self.tokens = tokens = tuple(Token(self, token) for token in doc)
        self.sents = tuple(Span(self, sent.start, sent.end) for sent in doc.sents)
        self.ents = tuple(Span(self, ent.start, ent.end, ent.label_) for ent in doc.ents)
        self._is_parsed = doc.has_annotation("DEP")
        for token, given in zip(tokens, doc, strict=True):
            token.head = tokens[given.head.i]
            token.left_edge, token.right_edge = tokens[given.left_edge.i], tokens[given.right_edge.i]
            token.children = tuple(tokens[child.i] for child in given.children)
        for sent in self.sents:
            for token in sent:
                token.sent = sent

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[place]

    def has_annotation(self, name: str) -> bool:
        """Whether words are tied to trees (asked for as ``DEP``); all else there always is."""
        return self._is_parsed or name != "DEP"

    def char_span(self, start: int, end: int, alignment_mode: str = "expand") -> Span:
        """The tokens that some characters of the text lie in, half-open."""
        first, last = self._token_at(start), self._token_at(end - 1)
        if start == first.idx + len(first):
            first = first.nbor()
        return Span(self, first.i, last.i + 1)

    def _token_at(self, character: int) -> Token:
        return self.tokens[bisect_right(self.tokens, character, key=lambda token: token.idx) - 1]


class Span:
    """Consecutive tokens; ``label_`` is the sort of a name."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label_: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label_

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, place: int) -> Token:
        return self.doc.tokens[self.start : self.end][place]

    @property
    def start_char(self) -> int:
        """Where its text starts."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where its text ends."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its text, without a blank behind."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The first token that heads a sentence, else, of those whose heads lie outside, the first with the fewest
        tokens above it; a bare mark or blank only where there is nothing else.
        """
        tokens = self.doc.tokens[self.start : self.end]
        top = next((token for token in tokens if token.head is token), None)
        if top is not None:
            return top
        outer = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(outer or tokens[:1], key=Token.depth)


class Token:
    """A word, mark or blank."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_sent_start",
        "is_space",
        "is_stop",
        "is_title",
        "is_upper",
        "left_edge",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "right_edge",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )
    head: Token
    left_edge: Token
    right_edge: Token
    children: tuple[Token, ...]
    sent: Span

    def __init__(self, doc: Doc, token: spacy.Token) -> None:
        self.doc, self.i, self.idx = doc, token.i, token.idx
        self.text, self.lower_, self.whitespace_ = token.text, token.lower_, token.whitespace_
        self.lemma_, self.pos_, self.tag_, self.dep_ = token.lemma_, token.pos_, token.tag_, token.dep_
        self.ent_type_, self.ent_iob_, self.is_sent_start = token.ent_type_, token.ent_iob_, token.is_sent_start
        self.is_space, self.is_punct, self.is_alpha = token.is_space, token.is_punct, token.is_alpha
        self.is_upper, self.is_title = token.is_upper, token.is_title
        self.is_stop, self.like_num = token.is_stop, token.like_num

    def __len__(self) -> int:
        return len(self.text)

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places on."""
        place = self.i + distance
        if place < 0:
            raise IndexError(f"there is no token {place}")
        return self.doc.tokens[place]

    @property
    def lefts(self) -> tuple[Token, ...]:
        """The children before it."""
        return tuple(child for child in self.children if child.i < self.i)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above it, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def depth(self) -> int:
        """How many tokens are above it; more than any word has for a bare mark or blank."""
        if (self.is_space or self.is_punct) and not self.children:
            return len(self.doc.tokens)
        return sum(1 for _ in self.ancestors)

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all below it."""
        yield self
        for child in self.children:
            yield from child.subtree
