"""Overlong sentences: a table, a list or a broken page that comes as one sentence is read in pieces.

Much of the reading compares the words of a sentence with one another, so that its work grows with the square of the
sentence's length, in a chain of nested clauses with the cube. News has hardly a sentence of over 100 words; what is
much longer was not written as one. Cut into pieces, any text costs no more a word than the longest real sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.tokens import Doc, Span

LONGEST = 240
"""Tokens of a sentence that is read whole."""
_BESIDE = "parataxis"


def cut_overlong(doc: Doc) -> Doc:
    """The document with no sentence longer than ``LONGEST`` tokens; itself if it has none.

    A copy otherwise, same tokens and offsets: in each piece, words whose head lies in another piece stand beside one
    another under the first of them.
    """
    pieces = [piece for sent in doc.sents if len(sent) > LONGEST for piece in _pieces(sent)]
    if not pieces:
        return doc
    table: Any = doc.to_array([HEAD, DEP])
    heads = table[:, 0].astype(np.int64) + np.arange(len(doc))
    root, beside = (doc.vocab.strings.add(name) for name in ("ROOT", _BESIDE))
    for start, end in pieces:
        orphans = [i for i in range(start, end) if heads[i] == i or not start <= heads[i] < end]
        heads[orphans] = orphans[0]
        table[orphans, 1] = beside
        table[orphans[0], 1] = root
    table[:, 0] = (heads - np.arange(len(doc))).astype(table.dtype)
    return doc.copy().from_array([HEAD, DEP], table)


def _pieces(sent: Span) -> Iterator[tuple[int, int]]:
    """Half-open token bounds of the pieces of a sentence, cut behind punctuation where there is some near the end."""
    start = sent.start
    while sent.end - start > LONGEST:
        last = range(start + LONGEST - 1, start + LONGEST // 2, -1)
        end = 1 + next((i for i in last if sent.doc[i].is_punct or sent.doc[i].is_space), start + LONGEST - 1)
        yield start, end
        start = end
    yield start, sent.end
