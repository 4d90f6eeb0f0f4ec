"""Web pages: the article's text and the page's own metadata, by trafilatura and htmldate behind this one function."""

from __future__ import annotations

import codecs
import html
import re
from typing import Any

from dragoman.intake.decoding import clean, decode
from dragoman.intake.extract import Extract

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)

_FEWEST_WORDS = 8
"""What is left of a page of menus is less than a sentence."""


def read_page(data: bytes) -> Extract:
    """The article of a page, its headline first; reader comments, menus and scripts are not in it.

    Only a date that the page's markup gives is taken: one found by searching the page may be that of another article.
    """
    import trafilatura  # takes half a second to load, and only pages need it

    markup = _decode_page(data)
    found: Any = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or len((found.text or "").split()) < _FEWEST_WORDS:
        return Extract(problem="no article text was found in it; save the article's text as .txt if it has one")
    title = _line(found.title)
    return Extract(
        text=_under_headline(title, clean(found.text).strip()),
        title=title,
        author=_line(found.author),
        outlet=_as_given(_line(found.sitename), markup) or _line(found.hostname),
        published=_line(found.date),
        url=_line(found.url),
    )


def _as_given(outlet: str | None, markup: str) -> str | None:
    """An outlet's name in the page's own letters: trafilatura writes *amu tv* and *bne IntelliNews* as titles."""
    if outlet is None or outlet in markup:
        return outlet
    given = re.search(rf"""["'>]\s*({re.escape(outlet)})\s*["'<]""", html.unescape(markup), re.IGNORECASE)
    return given[1] if given else outlet


def _decode_page(data: bytes) -> str:
    """The page's markup, in the encoding that it names if that one holds."""
    named = _CHARSET.search(data[:4096])
    if named:
        try:
            encoding = codecs.lookup(named[1].decode("ascii")).name
            # What pages call Latin-1 is Windows-1252, by the HTML standard too.
            return clean(data.decode("cp1252" if encoding in {"iso8859-1", "ascii"} else encoding))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _under_headline(title: str | None, body: str) -> str:
    """The body under its headline, which is part of an article, unless it opens with it already."""
    if not title or body.startswith(title):
        return body
    return f"{title}\n\n{body}"


def _line(value: str | None) -> str | None:
    """A field on one line, of bearable length."""
    text = " ".join(clean(value or "").split())[:1000]
    return text or None
