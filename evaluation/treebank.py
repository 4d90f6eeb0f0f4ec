"""CoNLL-U documents as raw text with the places of their words: what the parsing scores compare.

Gold trees and the product's trees take the same shape, so that one scorer reads both.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Place = tuple[int, int]
"""Half-open code points in a document's text."""


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. ``place`` is that of its surface token; ``multiword`` tells that the token holds others too.

    ``head`` counts words of the document from 0, ``None`` for the root of a sentence. ``feats`` is ``Name=Value|…`` or
    empty.
    """

    form: str
    place: Place
    multiword: bool
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int | None
    deprel: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's analysis: its text, places of its surface tokens and sentences, and its words.

    ``sentence_starts`` holds, for each sentence, the index of its first word.
    """

    id: str
    text: str
    tokens: tuple[Place, ...]
    sentences: tuple[Place, ...]
    words: tuple[Word, ...]
    sentence_starts: tuple[int, ...]


def open_text(path: Path) -> Iterator[str]:
    """Lines of a file, unpacked where its name ends in ``.gz``, without their line ends."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def read_conllu(path: Path) -> list[Tree]:
    """The documents of a CoNLL-U file; a file without ``# newdoc`` is one document."""
    documents: list[_Builder] = []
    for comments, rows in _blocks(open_text(path)):
        if not documents or any(c.startswith("# newdoc") for c in comments):
            documents.append(_Builder(f"{path.name}#{len(documents)}"))
        documents[-1].add_sentence(comments, rows)
    return [builder.build() for builder in documents]


def _blocks(lines: Iterable[str]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The comments and the rows of each sentence."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


class _Builder:
    """Gathers one document: text grows by the surface tokens, with the blanks that ``SpaceAfter`` tells."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.text = ""
        self.tokens: list[Place] = []
        self.sentences: list[Place] = []
        self.words: list[Word] = []
        self.starts: list[int] = []

    def add_sentence(self, comments: list[str], rows: list[list[str]]) -> None:
        if self.text and any(c.startswith("# newpar") for c in comments):
            self.text = self.text.rstrip(" ") + "\n\n"
        first = len(self.words)
        start = len(self.text)
        left = 0
        for row in rows:
            if "." in row[0]:
                continue
            if "-" in row[0]:
                begin, end = row[0].split("-")
                left = int(end) - int(begin) + 1
                self._add_token(row)
                continue
            if not left:
                self._add_token(row)
            self.words.append(_word(row, self.tokens[-1], left > 0, first))
            left = max(0, left - 1)
        self.starts.append(first)
        self.sentences.append((start, self.tokens[-1][1]))

    def _add_token(self, row: list[str]) -> None:
        start = len(self.text)
        self.tokens.append((start, start + len(row[1])))
        self.text += row[1] + ("" if "SpaceAfter=No" in row[9].split("|") else " ")

    def build(self) -> Tree:
        return Tree(
            self.id,
            self.text.rstrip(" "),
            tuple(self.tokens),
            tuple(self.sentences),
            tuple(self.words),
            tuple(self.starts),
        )


def _word(row: list[str], place: Place, multiword: bool, first: int) -> Word:
    head = int(row[6])
    return Word(
        form=row[1],
        place=place,
        multiword=multiword,
        lemma=row[2],
        upos=row[3],
        xpos=row[4],
        feats="" if row[5] == "_" else row[5],
        head=first + head - 1 if head else None,
        deprel=row[7],
    )
