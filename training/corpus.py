"""Training pieces: raw text and its analysis, varied in layout and case as real documents are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from dragoman.language.layout import mark_paragraphs
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


def to_example(nlp: Language, piece: Piece) -> Example:
    """What the pipeline would see beside what it should find. Blanks of more than one space are words of their own."""
    forms: list[str] = []
    spaces: list[bool] = []
    place: list[int] = []
    owner: list[Word | None] = []
    for i, word in enumerate(piece.words):
        place.append(len(forms))
        forms.append(word.form)
        owner.append(word)
        gap = piece.gaps[i] if i + 1 < len(piece.words) else ""
        spaces.append(gap.startswith(" "))
        rest = gap[1:] if gap.startswith(" ") else gap
        if rest:
            forms.append(rest)
            owner.append(None)
            spaces.append(False)
    heads = []
    last = 0
    for i, word in enumerate(owner):
        if word is None:
            heads.append(last)
        else:
            heads.append(place[word.head])
            last = i
    starts = {place[i] for i in piece.sent_starts}
    reference = Doc(
        nlp.vocab,
        words=forms,
        spaces=spaces,
        tags=[w.tag if w else "" for w in owner],
        pos=[w.upos if w else "" for w in owner],
        morphs=["" if w is None or w.morph == "_" else w.morph for w in owner],
        lemmas=[w.lemma if w else "" for w in owner],
        heads=heads,
        deps=["dep" if w is None else "ROOT" if w.dep == "root" else w.dep for w in owner],
    )
    for i, token in enumerate(reference):
        if token.is_sent_start != (i in starts) and i > 0 and (i in starts):
            raise ValueError(f"sentence start lost at {token.text!r} in {reference.text[:80]!r}")
    if piece.names is not None:
        spans = [reference[place[a] : place[b - 1] + 1] for a, b, _ in piece.names]
        reference.ents = [
            type(span)(reference, span.start, span.end, label=name[2])
            for span, name in zip(spans, piece.names, strict=True)
        ]
    predicted = mark_paragraphs(nlp.make_doc(reference.text))
    begins = {token.idx for token in reference if token.is_sent_start}
    for token in predicted:
        if token.is_sent_start and token.i and token.idx not in begins:
            token.is_sent_start = None
    return Example(predicted, reference)
