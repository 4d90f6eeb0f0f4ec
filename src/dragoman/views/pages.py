"""A brief written as one self-contained HTML page, or as Markdown."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dragoman.views.brief import Brief

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
    environment.filters["md"] = lambda text: _MARKDOWN.sub(r"\\\1", text)
    return environment.get_template(name)
