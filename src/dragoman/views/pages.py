"""A brief written as one self-contained HTML page, or as Markdown."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from dragoman.record.words import plural
from dragoman.views.brief_data import Brief
from dragoman.views.ladder import MARKS
from dragoman.views.wording import counted

_ISO = r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\w-])"
_DATE = re.compile(_ISO)
_RANGE = re.compile(f"{_ISO} – {_ISO}")
_MONTHS = "January February March April May June July August September October November December".split()
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")
_BLOCK = re.compile(r"\A(\s*)([-+=:]|\d+(?=[.)]))")


def write_html(brief: Brief) -> str:
    """The page: one file, no script, no request to anywhere, readable on a phone and on paper.

    Its content security policy lets nothing in but its own style sheet, which it knows by its digest.
    """
    style = _template("brief.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template("brief.html").render(brief=brief, style=Markup(style), digest=digest, marks=MARKS)


def write_record(brief: Brief, reports: str) -> Markup:
    """What the page has below its title, for a page that frames it; ``reports`` is the address before a report's id."""
    record: Any = _template("brief_record.html").module
    return Markup(record.head(brief) + record.parts(brief, MARKS, reports))


def record_style() -> str:
    """The style sheet of what ``write_record`` gives."""
    return _template("brief_record.css").render()


def write_markdown(brief: Brief) -> str:
    """The same as Markdown with footnotes; text from documents is escaped, so that it stays text."""
    return _template("brief.md").render(brief=brief, marks=MARKS)


@lru_cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("dragoman.views"),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"md": _escape, "count": plural, "date": date_in_words, "told": counted}
    return environment


@lru_cache
def _template(name: str) -> Template:
    return _environment(html=not name.endswith(".md")).get_template(name)


def _escape(text: str) -> str:
    """Text that Markdown shows as it is, also at the beginning of a line."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(
        lambda match: f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}", escaped
    )


def date_in_words(text: str) -> str:
    """ISO prefixes in a text as they are read: *2024-05-03* as *3 May 2024*, and what both ends of a range share once:
    *2024-05-03 – 2024-05-05* as *3–5 May 2024*."""
    return _DATE.sub(_one_date, _RANGE.sub(_one_range, text))


def _one_range(match: re.Match[str]) -> str:
    year, month, day, last_year, last_month, last_day = match.groups()
    if year != last_year or bool(day) != bool(last_day):
        return match[0]
    last = _in_words(last_year, last_month, last_day)
    if month == last_month:
        return f"{int(day)}–{last}" if day else last
    first = f"{int(day)} " if day else ""
    return f"{first}{_MONTHS[int(month) - 1]} – {last}"


def _one_date(match: re.Match[str]) -> str:
    return _in_words(*match.groups())


def _in_words(year: str, month: str, day: str | None) -> str:
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
