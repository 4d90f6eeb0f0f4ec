"""A brief written as a PDF, laid out by Typst: no browser, no network, and the same bytes for the same brief.

All text goes to the template as JSON, and so is text there, whatever signs it has; nothing of it is ever markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from itertools import islice
from typing import Any

from dragoman.errors import ExportError
from dragoman.record.words import plural
from dragoman.views.brief_data import Brief
from dragoman.views.ladder import MARKS
from dragoman.views.pages import date_in_words
from dragoman.views.wording import counted

_LONG = re.compile(r"\S{31,}")
_PIECE = 10
_BREAK = "\u200b"
"""Where a line may end within a word: a name of 10,000 letters would else run off the paper."""
_DATES = frozenset({"date", "period", "as_of", "hedge", "note", "published", "source", "value", "bins"})
"""Fields in which ISO dates are read out."""


def write_pdf(brief: Brief) -> bytes:
    """The paper. Raises ``ExportError`` where the extra ``pdf`` is not installed."""
    try:
        import typst  # 34 MB, and only papers need it
    except ImportError:
        raise ExportError(
            "a PDF needs the typst package; install it with pip install 'dragoman[pdf]', or write .html or .md"
        ) from None
    template = files("dragoman.views").joinpath("templates", "brief.typ").read_bytes()
    try:
        made: bytes = typst.compile(template, format="pdf", sys_inputs={"brief": _data(brief)})
    except (RuntimeError, typst.TypstError) as error:
        raise ExportError(f"the brief cannot be set as a PDF ({error}); write .html or .md instead") from error
    return made


def _data(brief: Brief) -> str:
    """The brief as JSON, with what the other writers work out in their templates."""
    row = _ready(asdict(brief), "")
    row["extent"] = f"{plural(brief.documents, 'document')} from {plural(brief.sources, 'independent source')}"
    row["left_out"] = f"{plural(brief.undated, 'document')} without a date"
    row["marks"] = {str(held): words for held, (_, words) in MARKS.items() if held}
    for part, made in zip(brief.parts, row["parts"], strict=True):
        made["title"], made["number"] = part.title, part.number
        if part.chart is not None:
            for strip, drawn in zip(part.chart.strips, made["chart"]["strips"], strict=True):
                drawn["number"] = strip.number
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode()


def _ready(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return _breakable(date_in_words(value) if name in _DATES else value)
    if isinstance(value, Mapping):
        row = {str(key): _ready(inner, str(key)) for key, inner in value.items()}
        if {"documents", "sources"} <= row.keys():
            row["counted"] = counted(value["documents"], value["sources"])
        return row
    if isinstance(value, list | tuple):
        return [_ready(inner, name) for inner in value]
    return value


def _breakable(text: str) -> str:
    return _LONG.sub(lambda match: _BREAK.join(_pieces(match[0])), text)


def _pieces(word: str) -> list[str]:
    letters = iter(word)
    return ["".join(piece) for piece in iter(lambda: list(islice(letters, _PIECE)), [])]
