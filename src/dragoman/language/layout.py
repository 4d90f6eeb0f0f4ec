"""What a text's lines say about its sentences, before any syntax, and the place of blanks in the finished trees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

import numpy as np
from spacy.attrs import IS_SPACE
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
