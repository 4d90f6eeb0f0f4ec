"""Sentences with their trees, written out by hand: one token a line, ``form lemma POS TAG relation head``.

Heads count from 1 within the sentence, 0 is the root; a blank line ends a sentence.
"""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span, Token

VOCAB = spacy.blank("en").vocab


def tree(text: str, *names: tuple[str, str]) -> Doc:
    """The document; ``names`` are (words, label) of its named entities."""
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in text.strip().split("\n\n"):
        first = len(rows)
        for number, line in enumerate(sentence.splitlines(), 1):
            row = line.split()
            rows.append(row)
            heads.append(first + (int(row[5]) or number) - 1)
            starts.append(number == 1)
    columns = list(zip(*rows, strict=True))
    doc = Doc(
        VOCAB,
        words=list(columns[0]),
        lemmas=list(columns[1]),
        pos=list(columns[2]),
        tags=list(columns[3]),
        deps=list(columns[4]),
        heads=heads,
    )
    doc.ents = [_name(doc, words, label) for words, label in names]
    return doc


def _name(doc: Doc, words: str, label: str) -> Span:
    start = next(t.i for t in doc if doc[t.i : t.i + len(words.split())].text == words)
    return Span(doc, start, start + len(words.split()), label)


def word(doc: Doc, form: str) -> Token:
    """The first token of that form."""
    return next(t for t in doc if t.text == form)
