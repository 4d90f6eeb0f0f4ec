"""Windows: stretches of an analysed text's words that the encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

LONGEST = 120
"""Words of a window: what the encoder was tuned on."""
MOST_PIECES = 320
"""Pieces of a window: words that are no words fall into many."""
_STOPS = frozenset({".", "!", "?", ";", ":"})


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive words: their token indices, forms and pieces, the blanks before each, and whether a sentence begins
    there, where that is settled before."""

    words: tuple[int, ...]
    forms: tuple[str, ...]
    pieces: tuple[tuple[int, ...], ...]
    blanks: tuple[str, ...]
    begins: tuple[bool | None, ...]


def cut_windows(doc: Doc, pieces: Sequence[tuple[int, ...]]) -> Iterator[Window]:
    """The document's words in windows, each as long as it may be and cut where a sentence likely ends.

    ``pieces`` are those of every token. A cut falls at the last settled sentence start, else after the last full stop,
    else where the window is full; blanks are in no window.
    """
    text = doc.text
    tokens = [t for t in doc if not t.is_space]
    ends = [t.idx + len(t) for t in tokens]
    first = 0
    while first < len(tokens):
        last = _cut(tokens, first, _fits(tokens, pieces, first))
        chosen = tokens[first:last]
        between = (text[ends[first + k] : t.idx] for k, t in enumerate(chosen[1:]))
        yield Window(
            words=tuple(t.i for t in chosen),
            forms=tuple(t.text for t in chosen),
            pieces=tuple(pieces[t.i] for t in chosen),
            blanks=("\n\n", *between),
            begins=tuple(t.is_sent_start for t in chosen),
        )
        first = last


def _fits(tokens: Sequence[Token], pieces: Sequence[tuple[int, ...]], first: int) -> int:
    """One past the last word that still fits."""
    held, last = 0, first
    while last < len(tokens) and last - first < LONGEST:
        held += len(pieces[tokens[last].i])
        if held > MOST_PIECES and last > first:
            break
        last += 1
    return last


def _cut(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where a window ends that has room up to ``last``."""
    if last == len(tokens):
        return last
    for i in range(last, first, -1):
        if tokens[i].is_sent_start:
            return i
    for i in range(last - 1, first, -1):
        if tokens[i].text in _STOPS:
            return i + 1
    return last
