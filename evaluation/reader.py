"""The product's own reading of many documents at once, as every scorer of reports needs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman import language, reading
from dragoman.knowledge import Pack, load_pack, pick_packs
from dragoman.record import Document, Reading


def choose_pack(documents: Sequence[Document], names: Sequence[str]) -> Pack:
    """The packs asked for, else those whose names the documents are full of, on top of core."""
    return load_pack(tuple(names) or pick_packs(document.text for document in documents))


def read_all(documents: Sequence[Document], names: Sequence[str] = ()) -> Iterator[Reading]:
    """Read documents in order, with the packs asked for or fitting."""
    pack = choose_pack(documents, names)
    docs = language.analyse((d.text, [(span.start, span.end) for span in d.furniture]) for d in documents)
    for document, doc in zip(documents, docs, strict=True):
        yield reading.read(document, doc, pack)
