"""Which parts of a page are furniture: menus, share and comment forms, lists of links, author boxes, credits.

Furniture stays in the text and is not read. A sentence of the article taken for furniture is lost, so every rule
asks for a line that no article has: its words are a page's (``knowledge/core/furniture.yaml``), or its shape is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.intake.authors import read_author_box
from dragoman.intake.lines import Line, is_prose, split_paragraphs
from dragoman.intake.phrases import Phrases, bare, lead, load_phrases, squeeze
from dragoman.record import Span

_OPENING_WORDS = 30
_PROMPT_WORDS = 8
_PHRASE_WORDS = 60
_LINK_WORDS = 30
_MAX_LINKS = 12

_MENU_MARK = re.compile(r"\s*[|·•»›]\s*|\s+[/>]\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+|\[email protected\]", re.IGNORECASE)
_PLACE_ALONE = re.compile(r"[A-Z][A-Z .,'’/-]{2,40}\s*[—–]\Z")
_CREDIT = 400
_STAFF = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing)(?: and \w+)? by\b[^()]*\)\.?$", re.IGNORECASE
)
_STAFF_LINE = re.compile(
    r"^(?:reporting|writing)(?: and \w+)? by\b.{3,300}; (?:additional reporting|writing|editing)\b.*$", re.IGNORECASE
)
_SENTENCE = re.compile(r".+?(?:[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-z])|$)", re.DOTALL)
_LINK_END = re.compile(r"[.;:,][\"'”’)]*$|[!?][\"'”’)]+$")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The furniture of a text, sorted and apart from each other, and the author whom a box at its end names."""

    spans: tuple[Span, ...]
    author: str | None = None


def find_furniture(text: str, author: str | None = None) -> Furniture:
    """The furniture of a text; ``author`` helps to know the author's box.

    Fires: "Share this article", "Home | World | Asia", "More on this topic" and the links under it.
    Not: "More on this topic is expected from the ministry on Monday."
    """
    phrases = load_phrases()
    lines = split_paragraphs(text)
    closed = _find_close(lines, len(text), phrases)
    body = lines[:closed]
    spans = [Span(line.start, line.end) for line in lines[closed:]]
    spans += [Span(line.start, line.end) for line in (*_find_lists(body, phrases), *_find_columns(body))]
    for line in body:
        if is_furniture(line.text, phrases):
            spans.append(Span(line.start, line.end))
        else:
            spans += _find_credit(line, phrases)
            spans += _find_sentences(line, phrases)
    taken = {span.start for span in spans}
    box = read_author_box([line for line in body if line.start not in taken], author, phrases)
    spans += [Span(line.start, line.end) for line in box.lines]
    return Furniture(merge_spans(spans), box.name)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def is_furniture(text: str, phrases: Phrases) -> bool:
    """Whether a line is furniture by itself, wherever it stands."""
    if len(text) > 1000:
        return False
    words = len(text.split())
    opening = lead(text)
    return (
        bare(text) in phrases.lines
        or (words <= _OPENING_WORDS and opening.startswith(phrases.openings))
        or (words <= _PROMPT_WORDS and opening.startswith(phrases.prompts) and not text.endswith("."))
        or _is_menu(text)
        or bool(_PLACE_ALONE.match(text))
        or not _ADDRESS.sub("", text).strip(" ,;|/-–—")
    )


def _is_menu(text: str) -> bool:
    """Short words set apart by bars, dots or arrows: *EN|FR|RU*, *Home > World > Asia*."""
    if len(text) > 200:
        return False
    parts = [part.split() for part in _MENU_MARK.split(text) if part]
    if len(parts) == 2:
        return "|" in text and sum(map(len, parts)) <= 4
    return len(parts) > 2 and all(len(part) <= 3 for part in parts)


def _find_close(lines: Sequence[Line], length: int, phrases: Phrases) -> int:
    """The index of the first line after which a page has only reader comments and forms."""
    for index, line in enumerate(lines):
        if 2 * line.start >= length and len(line.text) <= 80 and bare(line.text) in phrases.closers:
            return index
    return len(lines)


def _find_lists(lines: Sequence[Line], phrases: Phrases) -> Iterator[Line]:
    """Headings of lists of links, and, below the first paragraph, the links under them."""
    links, reached_prose = 0, False
    for line in lines:
        reached_prose = reached_prose or is_prose(line)
        if len(line.text) <= 80 and bare(line.text) in phrases.headings:
            links = _MAX_LINKS if reached_prose else 0
            yield line
        elif links and len(line.words) <= _LINK_WORDS and not _LINK_END.search(line.text):
            links -= 1
            yield line
        else:
            links = 0


def _find_columns(lines: Sequence[Line]) -> Iterator[Line]:
    """Menus that stand as a column: three lines on end or more, each of a word or two."""
    column: list[Line] = []
    for line in (*lines, None):
        if line is not None and len(line.words) <= 2 and not line.text.endswith((".", "!", "?", ":", "”", '"')):
            column.append(line)
            continue
        if len(column) >= 3:
            yield from column
        column = []


def _find_credit(line: Line, phrases: Phrases) -> Iterator[Span]:
    """A credit at the end of a line: the photographer of a caption, those who reported and edited in brackets."""
    tail = line.text[-_CREDIT:]
    match = _credit_pattern(phrases.credits).search(tail) or _STAFF.search(tail) or _STAFF_LINE.search(line.text)
    if match:
        yield Span(line.end - len(match[0]), line.end)


@cache
def _credit_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s.(]))(?:{'|'.join(map(re.escape, words))}):\s[^:]{{2,80}}$", re.IGNORECASE)


def _find_sentences(line: Line, phrases: Phrases) -> Iterator[Span]:
    """The sentences of a line that only a page says: *This story has been updated.*"""
    if not _holds_phrase(line.text, phrases):
        return
    for match in _SENTENCE.finditer(line.text):
        sentence = match[0].strip()
        if len(sentence.split()) <= _PHRASE_WORDS and _holds_phrase(sentence, phrases):
            start = line.start + match.start() + match[0].index(sentence)
            yield Span(start, start + len(sentence))


def _holds_phrase(text: str, phrases: Phrases) -> bool:
    squeezed = squeeze(text)
    return any(phrase in squeezed for phrase in phrases.phrases)
