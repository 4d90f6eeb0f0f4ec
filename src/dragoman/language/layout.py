"""What a text's lines say about its sentences, before any syntax, and the place of blanks in the finished trees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

import numpy as np
from spacy.attrs import DEP, HEAD, IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[-*•·▪–—>]\s|\(?\d{1,2}[.)]\s)")
_WRAPPED_WIDTH = (35, 110)
"""Median line length, in characters, of a text whose lines were broken to fit a page."""
_FULL_LINE = 0.7
"""A line this long, against the text's full lines, was broken to fit; a shorter one probably ended on purpose."""

FURNITURE = "furniture"
"""Key of `Doc.user_data` for the half-open spans of page furniture."""


def mask_furniture(text: str, furniture: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for page furniture; line breaks stay, so every character keeps its place."""
    pieces = []
    done = 0
    for start, end in sorted(furniture):
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        pieces.append(text[done:start])
        pieces.append(re.sub(r"[^\n]", " ", text[start:end]))
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def usual_width(text: str) -> int | None:
    """How long a full line is if the text was broken to fit a page, else None."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    if len(lengths) < 3 or max(lengths) > 2 * _WRAPPED_WIDTH[1]:
        return None
    middle = median(lengths)
    if not _WRAPPED_WIDTH[0] <= middle <= _WRAPPED_WIDTH[1]:
        return None
    return sorted(lengths)[int(0.9 * (len(lengths) - 1))]


def is_break(before: str, gap: str, after: str, *, width: int | None, masked: bool) -> bool:
    """Whether the line break in `gap` surely ends a sentence.

    Fires: "Talks open in Doha\\n\\nKABUL - The envoys met", "He left.\\nShe stayed."
    Not:   "the envoys of six neigh-\\nbouring states" in a text broken at page width.
    """
    runs_on = bool(after[:1].islower()) and not _TERMINAL.search(before)
    if gap.count("\n") > 1:
        return not (masked and runs_on)
    if _BULLET.match(after):
        return True
    if width is not None and len(before) + len(after.split(" ", 1)[0]) >= _FULL_LINE * width:
        return False
    return not runs_on


@Language.component("paragraphs", assigns=["token.is_sent_start"])
def mark_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after each line break that surely ends one; blanks never begin a sentence."""
    text = doc.text
    width = usual_width(text) if "\n" in text else None
    furniture = doc.user_data.get(FURNITURE, ())
    for index in np.flatnonzero(doc.to_array(IS_SPACE)):
        token = doc[int(index)]
        if token.i > 0:
            token.is_sent_start = False
        if "\n" not in token.text or token.i + 1 == len(doc):
            continue
        start, end = token.idx, token.idx + len(token)
        before = text[text.rfind("\n", 0, start) + 1 : start]
        line_end = text.find("\n", end)
        after = text[end : line_end if line_end >= 0 else len(text)]
        masked = any(a < end and start < b for a, b in furniture)
        if token.i > 0 and is_break(before, token.text, after, width=width, masked=masked):
            doc[token.i + 1].is_sent_start = True
    return doc


@Language.component("blanks", requires=["token.head", "token.dep"], assigns=["token.head", "token.dep", "token.tag"])
def settle_blanks(doc: Doc) -> Doc:
    """Hang blanks on the word before them, below nothing and above nothing, and call roots `root` as UD does."""
    if not len(doc):
        return doc
    blank = doc.to_array(IS_SPACE).astype(bool)
    heads = np.arange(len(doc)) + doc.to_array(HEAD).astype(np.int64)
    labels = doc.to_array(DEP)
    root = doc.vocab.strings.add("root")
    labels[heads == np.arange(len(doc))] = root
    if blank.any():
        _move_blanks(blank, heads, labels, root)
        labels[blank] = doc.vocab.strings.add("space")
    relative = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    doc.from_array([HEAD, DEP], np.stack([relative, labels], axis=1))  # type: ignore[arg-type]
    for index in np.flatnonzero(blank):
        token = doc[int(index)]
        token.tag_, token.pos_, token.lemma_ = "_SP", "SPACE", token.text
        token.set_morph("")  # type: ignore[attr-defined]
    return doc


def _move_blanks(blank: np.ndarray, heads: np.ndarray, labels: np.ndarray, root: int) -> None:
    """Let words that hang on a blank hang on its head, or be roots if it has none, and hang blanks on words."""
    words = np.flatnonzero(~blank)
    if not len(words):
        heads[:] = np.arange(len(heads))
        heads[1:] = 0
        return
    for index in words[blank[heads[words]]]:
        head = int(heads[index])
        while blank[head] and heads[head] != head:
            head = int(heads[head])
        if blank[head]:  # the blank is a root: the first word below it takes its place
            heads[head] = index
            head = int(index)
            labels[index] = root
        heads[index] = head
    blanks = np.flatnonzero(blank)
    before = np.searchsorted(words, blanks) - 1
    heads[blanks] = words[np.maximum(before, 0)]


def split_long(text: str, longest: int) -> list[tuple[int, int]]:
    """Consecutive spans of a text, none much longer than `longest`, each ending at a line or word where one ends.

    Read one by one, they keep memory bounded whatever the length of the text.
    """
    spans = []
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        end = text.rfind("\n", start + longest // 2, limit) + 1
        if not end:
            end = text.rfind(" ", start + longest // 2, limit) + 1
        end = end or limit
        while end < len(text) and text[end].isspace():
            end += 1
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    return spans
