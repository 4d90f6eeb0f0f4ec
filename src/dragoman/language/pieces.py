"""Words as the encoder is given them: WordPieces of the lower-cased form, the sort of spelling, and the blanks before.

The encoder's vocabulary is BERT's uncased one. Wu et al. 2016 describe the greedy cut into pieces; BERT (Devlin et al.
2019) first takes accents away and stands each mark alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MOST_PIECES = 12
"""Pieces of one word that are read; what is longer is no word of a language."""
_MOST_CHARACTERS = 64

CASES = 9
GAPS = 5


class WordPieces:
    """The vocabulary, and words cut by it."""

    def __init__(self, path: Path) -> None:
        words = path.read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(words) if word}
        self.begin, self.end, self.unknown = (self.numbers[mark] for mark in (BEGIN, END, UNKNOWN))
        self.cut = lru_cache(maxsize=100_000)(self._cut)

    def _cut(self, form: str) -> tuple[int, ...]:
        """Numbers of the pieces of a word, at least one."""
        found = [number for part in _parts(form) for number in self._greedy(part)]
        return tuple(found[:MOST_PIECES]) or (self.unknown,)

    def _greedy(self, part: str) -> list[int]:
        """The longest known piece from the left, again and again; one unknown piece where that leads nowhere."""
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((e for e in ends if mark + part[start:e] in self.numbers), start)
            if end == start:
                return [self.unknown]
            found.append(self.numbers[mark + part[start:end]])
            start = end
        return found


def _parts(form: str) -> Iterator[str]:
    """The lower-cased word without accents, cut at marks, each mark alone."""
    plain = unicodedata.normalize("NFD", form[:_MOST_CHARACTERS].lower())
    held = ""
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn" or category.startswith("C"):
            continue
        if character.isalnum():
            held += character
            continue
        if held:
            yield held
            held = ""
        if not character.isspace():
            yield _PLAIN.get(character, character)
    if held:
        yield held


_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "…": "."}
"""Marks that the encoder's own texts hardly hold, as the plain ones."""


@lru_cache(maxsize=100_000)
def case_of(form: str) -> int:
    """The sort of spelling, a number under ``CASES``: the vocabulary knows lower case only."""
    if form.islower():
        return 1
    if form.isupper():
        return 2 if len(form) > 1 else 3
    if form[:1].isupper():
        return 4 if form[1:].islower() else 5
    if any(character.isdigit() for character in form):
        return 6
    if any(character.isalpha() for character in form):
        return 7
    return 8 if form in "“”„«»" else 0


def gap_of(blanks: str) -> int:
    """The sort of blanks before a word, a number under ``GAPS``: none, one, several, a line break, an empty line."""
    if "\n" in blanks:
        return 4 if blanks.count("\n") > 1 else 3
    return min(len(blanks), 2)
