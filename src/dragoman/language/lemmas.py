"""Lemmas that the treebanks settle: a form and its tag, where they leave no doubt, before what the model guesses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc

_FILE = "lemmas.msgpack"


class LemmaTable:
    """Sets the lemma of a word whose form and tag always had one lemma in the treebanks; leaves the others alone."""

    def __init__(self) -> None:
        self.table: dict[str, dict[str, str]] = {}

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            of_tag = self.table.get(token.tag_)
            if of_tag is not None:
                lemma = of_tag.get(token.text) or of_tag.get(token.lower_)
                if lemma is not None:
                    token.lemma_ = lemma
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the table into the pipeline's folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_msgpack(Path(path) / _FILE, self.table)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LemmaTable:
        """Read the table from the pipeline's folder."""
        self.table = srsly.read_msgpack(Path(path) / _FILE)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The table as bytes."""
        packed: bytes = srsly.msgpack_dumps(self.table)
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> LemmaTable:
        """Read the table from bytes."""
        self.table = srsly.msgpack_loads(data)
        return self


@Language.factory("lemma_table", requires=["token.tag"], assigns=["token.lemma"])
def make_lemma_table(nlp: Language, name: str) -> Any:
    """An empty table; training fills it."""
    return LemmaTable()
