"""A text's lines and paragraphs as spans, so that a page's parts can be judged one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]+")
TITLE_WORDS = 30
_PROSE_WORDS = 12
_WRAP = range(50, 91)
"""Widths at which mail and old archives break a paragraph into lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph without the blanks around it; ``text`` is ``[start, end)`` of the document's text."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        """What blanks set apart."""
        return self.text.split()


def is_prose(line: Line) -> bool:
    """Whether a line reads like a paragraph: a dozen words that end in a full stop, or more words than a title has."""
    words = len(line.words)
    return words > TITLE_WORDS or (words >= _PROSE_WORDS and line.text.rstrip("\"'”’)").endswith("."))


def split_lines(text: str, limit: int | None = None) -> list[Line]:
    """The lines that hold something, in order; at most ``limit``."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped)
            lines.append(Line(start, start + len(stripped), stripped))
            if limit is not None and len(lines) == limit:
                break
    return lines


def split_paragraphs(text: str) -> list[Line]:
    """The lines, or, in a text whose paragraphs are wrapped at a page's width, the stretches between empty lines."""
    lines = split_lines(text)
    if not _is_wrapped(lines):
        return lines
    bounds: list[tuple[int, int]] = []
    for line in lines:
        if bounds and not has_empty_line(text[bounds[-1][1] : line.start]):
            bounds[-1] = (bounds[-1][0], line.end)
        else:
            bounds.append((line.start, line.end))
    return [Line(start, end, text[start:end]) for start, end in bounds]


def has_empty_line(gap: str) -> bool:
    """Whether the blanks between two lines hold an empty line."""
    return len(gap.replace("\r\n", "\n").strip(" \t\u00a0")) > 1


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether most lines are as wide as a wrapped paragraph's and hardly one is wider."""
    if len(lines) < 8:
        return False
    full = sum(len(line.text) in _WRAP for line in lines)
    wider = sum(len(line.text) >= _WRAP.stop for line in lines)
    return 2 * full >= len(lines) and 20 * wider <= len(lines)
