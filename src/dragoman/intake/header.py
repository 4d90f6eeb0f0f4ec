"""What the head of a text says about the document: labelled lines, title, byline, date line, dateline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from dragoman.intake.dates import choose_reading, find_days, find_figures, tidy_published
from dragoman.intake.furniture import is_furniture
from dragoman.intake.lines import Line, has_empty_line, is_prose, split_lines
from dragoman.intake.names import is_name
from dragoman.intake.phrases import Phrases, load_phrases, squeeze
from dragoman.record import Fact, Span

_TOP_LINES = 16
_LABEL = re.compile(r"([A-Za-z][A-Za-z ]{1,20}?)\s*:\s+(\S.*)", re.DOTALL)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\b\.?|\b)|\b\d{1,2}\s*[ap]m\b|\b(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\s|,;()]*")
_PUBLISHED = re.compile(r"\b(?:published|posted|updated)\b(?:\s+on|\s+at|:)?\s+(?=\S*\d|[A-Z])", re.IGNORECASE)
_LONE_BY = {"by", "by:", "written by"}
_TITLE_FEWEST = 4
_SUMMARY_LINES = 4
_BY = re.compile(r"(?:by|written by)\s+(.+)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
_PLACE = r"[A-Z][\w.'’-]*(?:[ ,/]+[A-Z][\w.'’-]*){0,5}"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?:,\s*(?P<date>[^()/]{{4,30}}?))?\s*)?"
    rf"(?:\((?P<round>[^()]{{2,30}})\)\s*[-–—:]+|/(?P<slash>[A-Z][A-Za-z ]{{1,20}})/\.?)\s+"
)


@dataclass(frozen=True, slots=True)
class Header:
    """Facts by name (``title``, ``author``, ``outlet``, ``published``, ``url``), and the spans that are only header."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()


class _Kind(Enum):
    """What a line at the head of a text is."""

    DATE = auto()
    BYLINE = auto()
    FURNITURE = auto()
    PROSE = auto()
    OTHER = auto()


@dataclass(slots=True)
class _Found:
    """Facts and spans as they turn up; the first of a name stays."""

    facts: dict[str, Fact] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    def add(self, name: str, value: str | None, origin: str) -> None:
        if value:
            self.facts.setdefault(name, Fact(value, origin))

    def mark(self, line: Line) -> None:
        self.spans.append(Span(line.start, line.end))


def read_header(text: str) -> Header:
    """The header of a text. Header lines, date lines and bylines are furniture; the title is part of the article.

    Fires: "Published: 2023-12-22", "By Ann Lee", "Ann Lee, December 22, 2023", "KABUL, Nov. 27 (Reuters) - ".
    Not: "By Friday, both sides had withdrawn." (a sentence)
    """
    phrases = load_phrases()
    lines = split_lines(text, limit=_TOP_LINES)
    found = _Found()
    rest = lines[_read_labels(lines, found, phrases) :]
    top = _before_second_paragraph(rest)
    kinds = [_read_line(line, text, found, phrases) for line in top]
    _read_names(top, kinds, found, phrases)
    _read_title(text, top, kinds, rest, found)
    for line, kind in zip(top, kinds, strict=True):
        if kind is _Kind.PROSE:
            _read_dateline(line, found)
    return Header(found.facts, tuple(sorted(found.spans)))


def _read_labels(lines: Sequence[Line], found: _Found, phrases: Phrases) -> int:
    """Read ``Label: value`` lines from the first line on; how many there are."""
    for count, line in enumerate(lines):
        match = _LABEL.match(line.text)
        name = phrases.labels.get(" ".join(match[1].casefold().split())) if match else None
        if not match or not name or not _take_label(name, match[2].strip(), found, phrases):
            return count
        found.mark(line)
    return len(lines)


def _take_label(name: str, value: str, found: _Found, phrases: Phrases) -> bool:
    """Keep a header's value if it can be one: *Source: Taliban to send envoy next week* is a headline."""
    if name == "published":
        published = tidy_published(value)
        found.add(name, published, "text")
        return published is not None or not re.search(r"[a-z]{4}.*\s.*[a-z]{4}", value)
    if name == "url":
        found.add(name, value if re.match(r"https?://\S+\Z", value) else None, "text")
        return " " not in value
    if name == "outlet" and not all(word[0].isupper() or word in phrases.english for word in value.split()):
        return False
    most = {"title": 60, "author": 15, "outlet": 5, "language": 3}[name]
    if len(value.split()) > most:
        return False
    found.add(name, value, "text")
    return True


def _before_second_paragraph(lines: Sequence[Line]) -> Sequence[Line]:
    """The head of a page: up to a few lines past its first paragraph, which may be a summary over the byline."""
    prose = [index for index, line in enumerate(lines) if is_prose(line)]
    if not prose:
        return lines
    return lines[: min(prose[0] + _SUMMARY_LINES, *prose[1:2], len(lines)) + 1]


def _read_line(line: Line, text: str, found: _Found, phrases: Phrases) -> _Kind:
    """Take what one line of the head says by itself."""
    if is_prose(line):
        return _Kind.PROSE
    if _read_date_line(line, text, found, phrases):
        return _Kind.DATE
    if squeeze(line.text) in _LONE_BY:
        found.mark(line)
        return _Kind.BYLINE
    if author := _byline(line.text, phrases):
        found.add("author", author, "text")
        found.mark(line)
        return _Kind.BYLINE
    return _Kind.FURNITURE if is_furniture(line.text, phrases) else _Kind.OTHER


def _read_names(top: Sequence[Line], kinds: Sequence[_Kind], found: _Found, phrases: Phrases) -> None:
    """An author whose name stands alone next to the date or after a lone *By*, furniture between them aside."""
    shown = [n for n, kind in enumerate(kinds) if kind is not _Kind.FURNITURE]
    for before, here, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        if kinds[here] is not _Kind.OTHER or before is None or not is_name(top[here].text, phrases):
            continue
        dated = kinds[before] is _Kind.DATE or (after is not None and kinds[after] is _Kind.DATE)
        if dated or squeeze(top[before].text) in _LONE_BY:
            found.add("author", top[here].text, "text")
            found.mark(top[here])


def _read_title(text: str, top: Sequence[Line], kinds: Sequence[_Kind], rest: Sequence[Line], found: _Found) -> None:
    """The first line with the length of a title, else the first that is set apart at all."""
    taken = {span.start for span in found.spans}
    titles = []
    for index, (line, kind) in enumerate(zip(top, kinds, strict=True)):
        if kind is _Kind.PROSE:
            break
        if (
            kind is _Kind.OTHER
            and line.start not in taken
            and _is_title(text, line, rest, kinds[index + 1 : index + 2])
        ):
            titles.append(line.text)
    long_enough = [title for title in titles if len(title.split()) >= _TITLE_FEWEST]
    found.add("title", next(iter(long_enough or titles), None), "text")


def _is_title(text: str, line: Line, rest: Sequence[Line], next_kind: Sequence[_Kind]) -> bool:
    """Whether a line is set apart above what follows: an empty line, a date or byline, a paragraph in one line."""
    after = next((other for other in rest if other.start > line.start), None)
    if after is None or line.text.endswith((".", ",", ":", ";")):
        return False
    if set(next_kind) & {_Kind.DATE, _Kind.BYLINE, _Kind.FURNITURE}:
        return True
    return has_empty_line(text[line.end : after.start]) or len(after.text) > 200


def _read_date_line(line: Line, text: str, found: _Found, phrases: Phrases) -> bool:
    """Read a line that is only a date, a name and a date, or that says *Published* before one; whether it is one."""
    if len(line.text) > 120 or (parsed := _split_date(line.text)) is None:
        return False
    readings, remainder = parsed
    words = [word for word in _WORD.findall(remainder) if word.casefold().strip(".:") not in phrases.date_words]
    name = _byline(" ".join(words), phrases) or " ".join(words)
    named = is_name(name, phrases)
    if words and not named and not (_PUBLISHED.search(line.text) and all(word[0].isupper() for word in words)):
        return False
    if named:
        found.add("author", name, "text")
    if len(readings) == 1:
        found.add("published", tidy_published(readings[0]), "text")
    elif readings:
        chosen = choose_reading(readings, text)
        found.add("published", tidy_published(chosen), "inferred" if len(chosen) == 10 else "text")
    found.mark(line)
    return True


def _split_date(text: str) -> tuple[tuple[str, ...], str] | None:
    """What the first full date of a line can be, and the line without its dates and times; ``None`` without a date.

    A line with a day and a time, but no year, has no readings.
    """
    days = find_days(text)
    full: list[tuple[int, int, tuple[str, ...]]]
    full = [(day.start, day.end, (day.iso(day.year),)) for day in days if day.year is not None]
    full += list(find_figures(text))
    spans = [(start, end) for start, end, _ in full] + [(day.start, day.end) for day in days if day.year is None]
    remainder = text
    for start, end in sorted(spans, reverse=True):
        remainder = remainder[:start] + " " + remainder[end:]
    timeless = _TIME.sub(" ", remainder)
    if not full and (not spans or timeless == remainder):
        return None
    return (min(full)[2] if full else ()), timeless


def _byline(text: str, phrases: Phrases) -> str | None:
    """The names of *By Ann Lee*, *By Ann Lee and Bob Roy in Kabul*; ``None`` for anything else."""
    match = _BY.fullmatch(text)
    if not match or len(text) > 120:
        return None
    people = re.split(r"\s+(?:in|at|for|from)\s+|\s*[|(]", match[1])[0].rstrip(" ,:")
    names = [name for name in _AND.split(people) if name]
    if names and is_name(names[0], phrases):
        return ", ".join(name for name in names if is_name(name, phrases))
    return None


def _read_dateline(line: Line, found: _Found) -> None:
    """The dateline before the first sentence: outlet, and the day where it names the year."""
    match = _DATELINE.match(line.text)
    if not match:
        return
    outlet = (match["round"] or match["slash"]).strip()
    days = find_days(match[0])
    if not all(word[0].isupper() or word[0].isdigit() for word in outlet.split()) or len(outlet.split()) > 4:
        return
    if match["place"] and not days and not match["place"].split(",")[0].isupper():
        return
    found.add("outlet", outlet, "dateline")
    for day in days:
        if day.year is not None:
            found.add("published", tidy_published(day.iso(day.year)), "dateline")
    found.spans.append(Span(line.start, line.start + len(match[0].rstrip())))
