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
_ASIDE_WORDS = 20
_OFFER_WORDS = 30
_POINTER_WORDS = 14
_BOX_LINES = 12
_LINK_WORDS = 30
_MAX_LINKS = 12

_MENU_MARK = re.compile(r"\s*[|·•»›]\s*|\s+[/>]\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+|\[email protected\]", re.IGNORECASE)
_PLACE_ALONE = re.compile(r"[A-Z][A-Z .,'’/-]{2,40}\s*[—–]\Z")
_CREDIT = 400
_STAFF = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing)(?: and \w+)? by\b[^()]*\)\.?$", re.IGNORECASE
)
_STAFF_AT_END = re.compile(
    r"(?:^\W*|(?<=[.!?”\"’)]\s))[Aa]dditional (?:reporting|research) (?:and \w+ )?by"
    r"(?:,? (?:and|in|at|al|bin|de|van|von|[A-Z][\w'’.-]*|al-[A-Z]\w+)){2,30}\.?$"
)
_STAFF_LINE = re.compile(
    r"^(?:additional )?(?:reporting|writing)(?: and \w+)? by\b.{3,300}; (?:additional reporting|writing|editing)\b.*$",
    re.IGNORECASE,
)
# A bullet parts sentences, and so does a note that follows without a full stop.
_SENTENCE = re.compile(
    r".+?(?:[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-z])|(?=\s+[•·▪]\s)"
    r"|(?=\s+This (?:article|story|post|report)\b)|$)",
    re.DOTALL,
)
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
    listed = (*_find_lists(body, phrases), *_find_columns(body), *_find_boxes(body, phrases))
    spans += [Span(line.start, line.end) for line in listed]
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
        or _is_pointer(opening, phrases)
        or (words <= _PROMPT_WORDS and bool(_agency_pattern(phrases.agencies).fullmatch(text)))
        or bool(_PLACE_ALONE.match(text))
        or not _ADDRESS.sub("", text).strip(" ,;|/-–—_*.·•")
    )


def _is_menu(text: str) -> bool:
    """Short words set apart by bars, dots or arrows: *EN|FR|RU*, *Home > World > Asia*."""
    if len(text) > 200:
        return False
    parts = [part.split() for part in _MENU_MARK.split(text) if part]
    if len(parts) == 2:
        return "|" in text and sum(map(len, parts)) <= 4
    return len(parts) > 2 and all(len(part) <= 3 for part in parts)


def _is_pointer(opening: str, phrases: Phrases) -> bool:
    """*Watch the full interview below*: a line that sends the reader elsewhere on the page."""
    words = opening.rstrip(".:!").split()
    return (
        3 <= len(words) <= _POINTER_WORDS
        and opening.startswith(phrases.pointers)
        and "," not in opening
        and words[-1] in phrases.pointing
        and not phrases.pointed.isdisjoint(words[1:])
    )


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


def _find_boxes(lines: Sequence[Line], phrases: Phrases) -> Iterator[Line]:
    """Boxes set into an article, of which the page says where they start and where they end."""
    for first, line in enumerate(lines):
        if bare(line.text) in phrases.box_starts:
            box = lines[first : first + _BOX_LINES]
            last = next((n for n, one in enumerate(box) if bare(one.text) in phrases.box_ends), -1)
            yield from box[: last + 1]


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
    patterns = (_credit_pattern(phrases.credits), _bracket_pattern(phrases.agencies), _STAFF, _STAFF_AT_END)
    match = next((found for found in (one.search(tail) for one in patterns) if found), _STAFF_LINE.search(line.text))
    if match:
        yield Span(line.end - len(match[0]), line.end)


@cache
def _credit_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s.(]))(?:{'|'.join(map(re.escape, words))}):\s[^:]{{2,80}}$", re.IGNORECASE)


@cache
def _agency_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """*Ann Lee via Getty Images*, *Ann Lee/Reuters*."""
    known = "|".join(map(re.escape, names))
    return re.compile(rf"(?:[^.!?:;()]|(?<=\s\w)\.){{2,60}}?(?:\s+via\s+|\s*/\s*)(?:{known})\.?", re.IGNORECASE)


@cache
def _bracket_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\({_agency_pattern(names).pattern}\)\.?$", re.IGNORECASE)


@cache
def _aside_pattern(asides: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(r"\s+".join(map(re.escape, one.split())) for one in asides), re.IGNORECASE)


def _find_sentences(line: Line, phrases: Phrases) -> Iterator[Span]:
    """The sentences of a line that only a page says: *This story has been updated.*"""
    if not _may_hold(line.text, phrases):
        return
    asides = _aside_pattern(phrases.asides)
    for match in _SENTENCE.finditer(line.text):
        sentence = match[0].strip()
        start = line.start + match.start() + match[0].index(sentence)
        if _is_note(sentence, phrases):
            yield Span(start, start + len(sentence))
        else:
            yield from (Span(start + aside.start(), start + aside.end()) for aside in asides.finditer(sentence))


def _may_hold(text: str, phrases: Phrases) -> bool:
    squeezed = squeeze(text)
    return any(phrase in squeezed for phrase in (*phrases.phrases, *phrases.asides, *phrases.offers))


def _is_note(sentence: str, phrases: Phrases) -> bool:
    squeezed, words = squeeze(sentence), len(sentence.split())
    return (
        (words <= _PHRASE_WORDS and any(phrase in squeezed for phrase in phrases.phrases))
        or (words <= _ASIDE_WORDS and any(aside in squeezed for aside in phrases.asides))
        or (words <= _OFFER_WORDS and _is_offer(lead(sentence), phrases))
    )


def _is_offer(opening: str, phrases: Phrases) -> bool:
    """*Sign up to get our morning briefing*: an offer to the reader, not of whom the article tells."""
    return f"{opening} ".startswith(tuple(f"{offer} " for offer in phrases.offers)) and not phrases.offered.isdisjoint(
        re.findall(r"[\w-]+", opening)
    )
