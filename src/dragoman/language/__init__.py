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

from dragoman.language import english, lemmas  # noqa: F401  (they register parts of the pipeline)
from dragoman.language.layout import FURNITURE, mask_furniture, split_long

__all__ = ["analyse", "load"]

BATCH_SIZE = 32
"""Texts read together, at most."""
BATCH_CHARACTERS = 40_000
"""Characters read together, about: enough for quick matrix products, few enough for the processor's caches."""


@cache
def load() -> Language:
    """The trained English pipeline, read once from the package."""
    with as_file(files("dragoman.language") / "model") as home:
        nlp = spacy.load(home)
    _widen(nlp)
    return nlp


def _widen(nlp: Language) -> None:
    """Numbers kept in half precision, as the model's files are, in the precision that the layers multiply."""
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32)
    for _, pipe in nlp.pipeline:
        if not isinstance(pipe, TrainablePipe):
            continue
        pipe.model._to_ops(NumpyOps(use_blis=False))  # NumPy's own matrix product is several times faster
        for layer in pipe.model.walk():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(np.float32))


def analyse(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
    """Analyse texts in order, without their page furniture, which is given as half-open spans.

    Furniture becomes blanks of the same length, so `doc.text` is the text with those characters blank, and the
    offset of every token, sentence and name is its offset in the text. Names are labelled PERSON, ORG, PLACE or
    EVENT.
    """
    nlp = load()
    batch: list[Doc] = []
    shares: list[int] = []
    held = 0
    for text, furniture in texts:
        masked = mask_furniture(text, furniture)
        parts = split_long(masked, BATCH_CHARACTERS)
        batch.extend(_tokenise(nlp, masked, part, furniture) for part in parts)
        shares.append(len(parts))
        held += len(masked)
        if len(shares) >= batch_size or held >= BATCH_CHARACTERS:
            yield from _analyse(nlp, batch, shares)
            batch, shares, held = [], [], 0
    yield from _analyse(nlp, batch, shares)


def _tokenise(nlp: Language, text: str, part: tuple[int, int], furniture: Sequence[tuple[int, int]]) -> Doc:
    start, end = part
    doc = nlp.make_doc(text[start:end])
    doc.user_data[FURNITURE] = tuple((a - start, b - start) for a, b in furniture if a < end and start < b)
    return doc


def _analyse(nlp: Language, parts: list[Doc], shares: list[int]) -> Iterator[Doc]:
    """The analysed parts put together again, one `Doc` for each text. A text in many parts is read part by part."""
    made = nlp.pipe(parts, batch_size=len(parts) if len(parts) == len(shares) else 1)
    for share in shares:
        docs = [next(made) for _ in range(share)]
        for doc in docs:
            doc.user_data.clear()
        yield docs[0] if share == 1 else Doc.from_docs(docs, ensure_whitespace=False)
