"""Quotations in running text: which stretches stand between quotation marks, whatever marks the text uses.

Works on characters alone, so that a wrong sentence boundary cannot break a quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.record import Span

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛']|\n\s*")
_FAMILY = (
    dict.fromkeys(("“", "”", "„", "‟", "``", "''", '"'), '"') | dict.fromkeys("«»", "«") | dict.fromkeys("‘’‚‛'‹›", "'")
)
"""Marks that may open and close one quotation together; a text that mixes straight and curly ones is not rare."""

_ONLY_OPENS = frozenset({"“", "„", "‟", "``", "«", "‘", "‚", "‛", "‹"})
_ONLY_CLOSES = frozenset({"”", "»", "’", "›"})
_EITHER_WAY = frozenset({'"', "''"})
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u2009\u202f([{—–-/…“‘\"'«‹„")
_ELISION = re.compile(r"['’‘](?:\d\ds?|em|til|tis|twas|cause|n|bout|round)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[A-Z\"“‘«]|\s*\Z)")

_LONGEST_UNCLOSED = 600
"""Characters within which a quotation that nobody closes is taken to have ended with a sentence: a paragraph of
news.
"""

_DEEPEST = 4
"""Marks beyond this depth are noise; the bound also keeps a page of nothing but quotation marks from costing
quadratic time.
"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between one pair of quotation marks, the marks included.

    ``pieces`` are several where every paragraph of a running quotation opens with a mark of its own. ``closed`` is
    false where the closing mark is missing; the end is then a guess. ``depth`` is 0 for an outermost quotation, 1 for
    one inside it.
    """

    pieces: tuple[Span, ...]
    closed: bool = True
    depth: int = 0

    @property
    def start(self) -> int:
        """Offset of the first opening mark."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Offset after the last closing mark."""
        return self.pieces[-1].end


@dataclass(slots=True)
class _Open:
    """A quotation whose closing mark has not come yet; ``start`` is that of its current piece."""

    family: str
    start: int
    pieces: list[Span] = field(default_factory=list)

    def quotation(self, end: int, *, closed: bool, depth: int) -> Quotation:
        return Quotation((*self.pieces, Span(self.start, end)), closed, depth)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text by their start, a nested one after the one that holds it.

    Fires: *“We will go,” he said*; *'We will go,' he said*; paragraphs that each open with a mark and close once, at
    the end. Not: *the envoys' visit*, *the ’90s*, *5' 11"*.
    """
    found: list[Quotation] = []
    stack: list[_Open] = []
    only_blank_lines = "\n\n" in text
    for match in _MARK.finditer(text):
        mark, start = match.group(), match.start()
        if mark[0] == "\n":
            if stack and (not only_blank_lines or mark.count("\n") > 1) and not _runs_on(text, match.end(), stack[0]):
                _give_up(text, stack, start, found)
        elif _closes(text, match, stack):
            _close(match, stack, found)
        elif _opens(text, match):
            if stack and stack[-1].family == _FAMILY[mark] and _ends_sentence(text, start):
                stack[-1].pieces.append(Span(stack[-1].start, _end_of_words(text, start)))
                stack[-1].start = start
            elif len(stack) < _DEEPEST:
                stack.append(_Open(_FAMILY[mark], start))
    _give_up(text, stack, len(text), found)
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _opens(text: str, match: re.Match[str]) -> bool:
    mark, start, after = match.group(), match.start(), text[match.end() : match.end() + 1]
    if mark in _ONLY_CLOSES or not after or after.isspace():
        return False
    if mark in ("“", "„", "‟", "``", "«"):
        return True
    at_word_start = start == 0 or text[start - 1] in _BEFORE_OPENING
    return at_word_start and not _ELISION.match(text, start)


def _closes(text: str, match: re.Match[str], stack: list[_Open]) -> bool:
    mark, start = match.group(), match.start()
    if mark in _ONLY_OPENS or not any(o.family == _FAMILY[mark] and o.start < start for o in stack):
        return False
    before, after = text[start - 1], text[match.end() : match.end() + 1]
    if _FAMILY[mark] == "'":
        return not before.isspace() and not after.isalnum() and not _is_genitive(text, match)
    return mark not in _EITHER_WAY or not before.isspace() or not after or after.isspace()


def _is_genitive(text: str, match: re.Match[str]) -> bool:
    """Whether a mark after *s* is the plural's genitive: a word follows, and a better closing mark comes in the
    same line.
    """
    if text[match.start() - 1] not in "sS" or not re.match(r" [\w]", text[match.end() : match.end() + 2]):
        return False
    rest = text[match.end() : match.end() + _LONGEST_UNCLOSED].partition("\n")[0]
    return re.search(rf"[\w,.!?]{re.escape(match.group())}(?!\w)", rest) is not None


def _close(match: re.Match[str], stack: list[_Open], found: list[Quotation]) -> None:
    """End the innermost quotation of the mark's family; those still open inside it were no quotations."""
    while stack:
        opened = stack.pop()
        if opened.family == _FAMILY[match.group()]:
            found.append(opened.quotation(match.end(), closed=True, depth=len(stack)))
            return


def _runs_on(text: str, paragraph: int, opened: _Open) -> bool:
    """Whether the paragraph that starts at an offset opens with the mark that goes on with an open quotation."""
    match = _MARK.match(text, paragraph)
    return match is not None and _FAMILY.get(match.group()) == opened.family and _opens(text, match)


def _give_up(text: str, stack: list[_Open], limit: int, found: list[Quotation]) -> None:
    """End what is still open at the end of a paragraph: single marks were apostrophes, double ones lack their
    partner.
    """
    while stack:
        opened = stack.pop()
        if opened.family == "'":
            continue
        end = _end_of_words(text, limit)
        if end - opened.start > _LONGEST_UNCLOSED:
            sentence = _SENTENCE_END.search(text, opened.start, opened.start + _LONGEST_UNCLOSED)
            end = sentence.end() if sentence else opened.start + _LONGEST_UNCLOSED
        found.append(opened.quotation(max(end, opened.start + 1), closed=False, depth=len(stack)))


def _ends_sentence(text: str, offset: int) -> bool:
    """Whether the words before an offset end a sentence, with white space after them."""
    end = _end_of_words(text, offset)
    return 0 < end < offset and text[end - 1] in ".!?…"


def _end_of_words(text: str, offset: int) -> int:
    """The offset after the last character before ``offset`` that is not white space."""
    while offset > 0 and text[offset - 1].isspace():
        offset -= 1
    return offset
