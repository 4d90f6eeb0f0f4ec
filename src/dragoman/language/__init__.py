"""Sentences, tags, syntax and names of English news text, by the tuned encoder that ships in this package.

Stands between intake, which gives text and marks page furniture in it, and reading, which works on the `Doc` made here.
Offsets in the `Doc` are offsets in the text as intake gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from spacy.tokens import Doc

from dragoman.language.annotating import Annotator
from dragoman.language.encoder import Encoder
from dragoman.language.english import DragomanEnglish
from dragoman.language.layout import FURNITURE, mark_paragraphs, mask_furniture, split_long
from dragoman.language.lemmas import load_lemmas

__all__ = ["MODEL", "analyse", "annotate", "load", "same_odds", "tokenise"]

MODEL = "news 2"
"""Name and version of the model that ships; ``docs/model-card.md`` describes it."""
PART_CHARACTERS = 40_000
"""Characters of a text that are read at once, about: memory stays bounded whatever its length."""


@cache
def load() -> Annotator:
    """The trained model, read once from the package."""
    with as_file(files("dragoman.language") / "model") as home:
        return Annotator(Encoder(home), load_lemmas(home / "lemmas.msgpack"), DragomanEnglish())


def analyse(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterator[Doc]:
    """Analyse texts in order, without their page furniture, which is given as half-open spans.

    Furniture becomes blanks of the same length, so `doc.text` is the text with those characters blank, and the
    offset of every token, sentence and name is its offset in the text. Names are labelled PERSON, ORG, PLACE or
    EVENT. `doc.tensor` holds a state for each token, on which `load().encoder.pairs` works. A long text is read part
    by part.
    """
    for text, furniture in texts:
        masked = mask_furniture(text, furniture)
        docs = []
        for start, end in split_long(masked, PART_CHARACTERS):
            doc = tokenise(masked[start:end], _shift(furniture, start, end))
            annotate(doc)
            doc.user_data.clear()
            docs.append(doc)
        yield docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def tokenise(text: str, furniture: Sequence[tuple[int, int]] = ()) -> Doc:
    """The words of a text, with the sentence starts that its lines settle."""
    doc = load().english.make_doc(text)
    doc.user_data[FURNITURE] = tuple(furniture)
    return mark_paragraphs(doc)


def annotate(doc: Doc) -> None:
    """Annotate a tokenised document in place; sentence starts that are settled stay as they are."""
    load().annotate(doc)


def same_odds(states: np.ndarray, place: int, others: Sequence[int]) -> np.ndarray:
    """For each other token, how much speaks for its phrase and that of the token at `place` being of the same thing.

    `states` are those of a document's tokens (`doc.tensor`). Scores, only good for comparing the others with each
    other; zeros for a document that `annotate` did not see.
    """
    if not len(states) or not len(others):
        return np.zeros(len(others), dtype=np.float32)
    encoder = load().encoder
    half = states.shape[1] // 2
    own = states[place : place + 1, :half].astype(np.float32)
    found: np.ndarray = encoder.pairs("same", own, states[list(others), :half].astype(np.float32))[:, 0]
    return found


def _shift(furniture: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(a - start, b - start) for a, b in furniture if a < end and start < b]
