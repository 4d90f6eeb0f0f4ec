"""Training pieces: raw text and its analysis, varied in layout and case as real documents are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.treebank import TreebankDoc, Word, add_gum_names, add_uner_names, read_treebank, read_uner

GUM_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")
"""Genres of GUM whose texts have a stated licence that allows commercial use."""


@dataclass(slots=True)
class Piece:
    """A stretch of a document short enough for one training step."""

    words: list[Word]
    gaps: list[str]
    sent_starts: set[int]
    names: list[tuple[int, int, str]] | None


def read_docs(data: Path, part: str, genres: tuple[str, ...] = GUM_GENRES) -> list[TreebankDoc]:
    """EWT with UNER's names, and the chosen genres of GUM with its own."""
    docs = list(read_treebank(data / "ewt" / f"{part}.conllu.gz"))
    uner = read_uner(data / "uner" / f"{part}.iob2.gz")
    for doc in docs:
        add_uner_names(doc, uner)
    gum = [doc for doc in read_treebank(data / "gum" / f"{part}.conllu.gz") if doc.doc_id.split("_")[1] in genres]
    add_gum_names(gum, data / "gum" / f"{part}.jsonl.gz")
    return docs + gum


def cut(doc: TreebankDoc, longest: int) -> Iterator[Piece]:
    """Consecutive sentences together, up to a number of words."""
    gaps = [doc.text[word.end : after.start] for word, after in zip(doc.words, doc.words[1:], strict=False)] + ["\n\n"]
    first = 0
    for number, (_, end) in enumerate(doc.sents):
        following = doc.sents[number + 1][1] if number + 1 < len(doc.sents) else None
        if following is None or following - first > longest:
            yield _piece(doc, gaps, first, end)
            first = end


def _piece(doc: TreebankDoc, gaps: list[str], first: int, end: int) -> Piece:
    words = doc.words[first:end]
    names = None
    if doc.names is not None:
        begins = {word.start: i for i, word in enumerate(words)}
        ends = {word.end: i + 1 for i, word in enumerate(words)}
        names = [(begins[n.start], ends[n.end], n.label) for n in doc.names if n.start in begins and n.end in ends]
    moved = [Word(w.start, w.end, w.form, w.lemma, w.upos, w.tag, w.morph, w.head - first, w.dep) for w in words]
    starts = {s - first for s, _ in doc.sents if first <= s < end}
    return Piece(moved, gaps[first:end], starts, names)


def vary(piece: Piece, rng: random.Random, rates: dict[str, float]) -> Piece:
    """The piece with its lines broken at page width, or its case changed, or its paragraphs run together, by chance."""
    gaps = list(piece.gaps)
    words = piece.words
    if rng.random() < rates["wrap"]:
        width, column = rng.randint(45, 90), 0
        for i, word in enumerate(words):
            column += len(word.form) + len(gaps[i])
            if "\n" in gaps[i]:
                column = 0
            elif gaps[i] == " " and column > width:
                gaps[i], column = rng.choice(("\n", "\n", "\n", " \n", "\n ")), 0
    if rng.random() < rates["double"]:
        gaps = ["  " if gap == " " and rng.random() < 0.1 else gap for gap in gaps]
    if rng.random() < rates["join"]:
        gaps = [" " if "\n" in gap and rng.random() < 0.5 else gap for gap in gaps]
    elif rng.random() < rates["newline"]:
        gaps = ["\n" if gap == "\n\n" else gap for gap in gaps]
    chance = rng.random()
    if chance < rates["lower"]:
        words = [_recased(w, w.form.lower()) for w in words]
    elif chance < rates["lower"] + rates["upper"]:
        words = [_recased(w, w.form.upper()) for w in words]
    elif chance < rates["lower"] + rates["upper"] + rates["title"]:
        words = [_recased(w, w.form[:1].upper() + w.form[1:]) for w in words]
    return Piece(words, gaps, piece.sent_starts, piece.names)


def _recased(word: Word, form: str) -> Word:
    if len(form) != len(word.form):
        form = word.form
    return Word(word.start, word.end, form, word.lemma, word.upos, word.tag, word.morph, word.head, word.dep)
