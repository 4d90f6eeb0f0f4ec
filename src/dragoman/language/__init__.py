"""Sentences, tags, syntax and names of English news text, by the pipeline that ships in this package.

Stands between intake, which gives text and marks page furniture in it, and reading, which works on the `Doc` made here.
Offsets in the `Doc` are offsets in the text as intake gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from thinc.api import NumpyOps

from dragoman.language import english, layers, lemmas  # noqa: F401  (they register parts of the pipeline)
from dragoman.language.layout import FURNITURE, mask_furniture, split_long

__all__ = ["analyse", "load"]

BATCH_SIZE = 16
"""Documents read together; a batch of news articles stays well below 1 GB."""


@cache
def load() -> Language:
    """The trained English pipeline, read once from the package."""
    with as_file(files("dragoman.language") / "model") as home:
        nlp = spacy.load(home)
    vectors = nlp.vocab.vectors
    vectors.data = vectors.data.astype(np.float32)  # kept in half precision, which the layers do not multiply
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, TrainablePipe):
            pipe.model._to_ops(NumpyOps(use_blis=False))  # NumPy's own matrix product is several times faster
    return nlp


def analyse(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
    """Analyse texts in order, without their page furniture, which is given as half-open spans.

    Furniture becomes blanks of the same length, so `doc.text` is the text with those characters blank, and the
    offset of every token, sentence and name is its offset in the text. Names are labelled PERSON, ORG, PLACE or
    EVENT.
    """
    nlp = load()
    batch: list[Doc] = []
    shares: list[int] = []
    for text, furniture in texts:
        masked = mask_furniture(text, furniture)
        parts = split_long(masked)
        for start, end in parts:
            doc = nlp.make_doc(masked[start:end])
            doc.user_data[FURNITURE] = tuple((a - start, b - start) for a, b in furniture if a < end and start < b)
            batch.append(doc)
        shares.append(len(parts))
        if len(batch) >= batch_size:
            yield from _joined(nlp, batch, shares, batch_size)
            batch, shares = [], []
    yield from _joined(nlp, batch, shares, batch_size)


def _joined(nlp: Language, parts: list[Doc], shares: list[int], batch_size: int) -> Iterator[Doc]:
    """The analysed parts put together again, one `Doc` for each text."""
    made = nlp.pipe(parts, batch_size=batch_size)
    for share in shares:
        docs = [next(made) for _ in range(share)]
        for doc in docs:
            doc.user_data.clear()
        yield docs[0] if share == 1 else Doc.from_docs(docs, ensure_whitespace=False)
