"""A brief written as one self-contained HTML page, or as Markdown."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dragoman.views.brief import Brief

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTHS = "January February March April May June July August September October November December".split()
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_html(brief: Brief) -> str:
    """The page: no script, no request to anywhere, readable on a phone and on paper."""
    return _template("brief.html").render(brief=brief, most=max((n for _, n in brief.months), default=1))


def write_markdown(brief: Brief) -> str:
    """The same as Markdown; text from documents is escaped, so that it stays text."""
    return _template("brief.md").render(brief=brief)


@lru_cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("dragoman.views"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"md": _escape, "count": _count, "month": _month_name}
    return environment.get_template(name)


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _month_name(title: str) -> str:
    """A month as it is read (``2024-05`` as *May 2024*); any other heading as it is."""
    match = _MONTH.fullmatch(title)
    return f"{_MONTHS[int(match[2]) - 1]} {match[1]}" if match else title
