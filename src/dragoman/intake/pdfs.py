"""PDF files: the text of their pages as paragraphs, running heads and page numbers known as furniture."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.intake.decoding import clean
from dragoman.intake.extract import Extract

if TYPE_CHECKING:
    import pypdf

_ENDED = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"[^\W\d_]-$")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?\Z", re.IGNORECASE)
_MADE_BY_PROGRAM = re.compile(r"untitled|microsoft word|\.(?:docx?|indd|pdf|qxd|rtf)\b|^[\w-]+$", re.IGNORECASE)


def read_pdf(data: bytes, max_characters: int) -> Extract:
    """The text of a PDF, at most one page more than ``max_characters``.

    The date in a PDF tells when the file was made, not when the article was published, so it is not taken.
    """
    import pypdf  # only PDFs need it
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Extract(problem="it is encrypted; save a copy without a password")
        pages = _page_lines(reader, max_characters)
        info = reader.metadata
    except (PyPdfError, ImportError) as error:
        if "encrypt" in str(error).casefold() or "crypto" in str(error).casefold():
            return Extract(problem="it is encrypted; save a copy without a password")
        return Extract(problem="it is not a whole PDF; get the file again or save its text as .txt")
    text, furniture = join_pages(pages)
    if not text.strip():
        return Extract(problem="its pages hold no text, only pictures; run text recognition (OCR) on it first")
    title = str(info.title) if info and info.title else ""
    author = str(info.author) if info and info.author else ""
    return Extract(
        text=text,
        title=None if _MADE_BY_PROGRAM.search(title) else " ".join(title.split())[:1000] or None,
        author=" ".join(author.split())[:1000] or None,
        furniture=furniture,
    )


def _page_lines(reader: pypdf.PdfReader, max_characters: int) -> list[list[str]]:
    pages: list[list[str]] = []
    total = 0
    for page in reader.pages:
        text = clean(page.extract_text())
        total += len(text)
        pages.append([line.strip() for line in text.splitlines() if line.strip()])
        if total > max_characters:
            break
    return pages


def join_pages(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Pages of lines as paragraphs, one a line, and the bounds of running heads and page numbers among them.

    A paragraph that runs over a page's end stays whole: the head of the next page comes after it.
    """
    heads = _running_heads(pages)
    width = _width([line for page in pages for line in page])
    paragraphs: list[tuple[str, bool]] = []
    current, waiting = "", []
    for page in pages:
        for index, line in enumerate(page):
            at_edge = index in {0, len(page) - 1}
            if at_edge and (_PAGE_NUMBER.match(line) or _same_head(line) in heads):
                waiting.append(line)
            elif current and _goes_on(current, line, width):
                current = current[:-1] + line if _HYPHEN.search(current) and line[0].islower() else f"{current} {line}"
            else:
                paragraphs += [(current, False)] if current else []
                paragraphs += [(head, True) for head in waiting]
                current, waiting = line, []
    paragraphs += [(current, False)] if current else []
    paragraphs += [(head, True) for head in waiting]
    return _lay_out(paragraphs)


def _lay_out(paragraphs: Iterable[tuple[str, bool]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    position, bounds, parts = 0, [], []
    for text, is_head in paragraphs:
        if is_head:
            bounds.append((position, position + len(text)))
        parts.append(text)
        position += len(text) + 1
    return "\n".join(parts), tuple(bounds)


def _same_head(line: str) -> str:
    return _NUMBER.sub("#", line.casefold())


def _running_heads(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines at the top or foot of at least three pages and a third of all, numbers aside."""
    edges = Counter(head for page in pages if page for head in {_same_head(page[0]), _same_head(page[-1])})
    return frozenset(head for head, count in edges.items() if count >= 3 and 3 * count >= len(pages))


def _width(lines: Sequence[str]) -> int:
    """How long a full line is: nine lines in ten are no longer."""
    lengths = sorted(map(len, lines))
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(current: str, line: str, width: int) -> bool:
    """Whether a line continues the paragraph before it; that one's last line is what follows its last joint."""
    last = len(current) if len(current) <= width else width
    if line[0].islower():
        return True
    return not _ENDED.search(current) and 10 * last >= 6 * width
