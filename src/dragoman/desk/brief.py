"""The brief: a period and parts chosen, looked at part by part, and taken along whole as HTML, Markdown or PDF."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Query

from dragoman.asked import one_of
from dragoman.case import Case
from dragoman.desk.pages import Download, Page
from dragoman.views import Brief, compose_brief, write_html, write_markdown, write_pdf
from dragoman.views.brief_data import TITLES, PartName
from dragoman.views.pages import record_style

Parts = Annotated[list[str] | None, Query()]
_KEPT = 8
_composed: OrderedDict[tuple[Any, ...], Brief] = OrderedDict()
"""The latest briefs that were asked for: to put one together reads the whole period."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, and once it is asked to be shown the brief of one part, ``looked``: composing it reads the whole
    period."""

    parts: tuple[PartName, ...]
    titles: tuple[tuple[str, str], ...]
    looked: PartName | None
    brief: Brief | None


def brief(
    case: Case,
    *,
    since: str = "",
    until: str = "",
    as_of: str = "",
    part: Parts = None,
    show: bool = False,
    look: str = "",
) -> Chosen:
    """The brief of a period, of all parts or some; looked at whole, or one part at a time."""
    chosen = tuple(one_of(PartName, "part", name) for name in part or ()) or tuple(PartName)
    looked = one_of(PartName, "part", look) if look else None
    if looked is not None and looked not in chosen:
        looked = chosen[0]
    titles = tuple((str(name), title) for name, title in TITLES.items())
    shown = [str(looked)] if looked is not None else part
    return Chosen(chosen, titles, looked, _compose(case, since, until, as_of, shown) if show else None)


def _compose(case: Case, since: str, until: str, as_of: str, part: list[str] | None) -> Brief:
    """The brief, put together once for its preview and all its files, until something is written into the case."""
    asked = (case.path, _state(case.path), since, until, as_of, tuple(part or ()))
    found = _composed.get(asked)
    if found is None:
        found = compose_brief(case, since=since or None, until=until or None, as_of=as_of or None, parts=part or ())
        while len(_composed) >= _KEPT:
            _composed.popitem(last=False)
        _composed[asked] = found
    return found


def _state(path: Path) -> tuple[tuple[int, int], ...]:
    """What differs after anything was written into a case: its file's and its log's time and size."""
    files = (one for one in (path, path.with_name(f"{path.name}-wal")) if one.exists())
    return tuple((told.st_mtime_ns, told.st_size) for told in (one.stat() for one in files))


def _file(form: str, media_type: str, write: Callable[[Brief], bytes]) -> Download:
    def build(case: Case, *, since: str = "", until: str = "", as_of: str = "", part: Parts = None) -> bytes:
        """The brief as a file."""
        return write(_compose(case, since, until, as_of, part))

    return Download(f"/brief.{form}", media_type, build, f"brief.{form}")


def style(case: Case) -> bytes:
    """The style sheet of the brief, for the part of the page that shows it."""
    return f".record {{\n{record_style()}\n}}\n".encode()


PAGES = (Page("/brief", "brief.html", brief, menu="Brief"),)
DOWNLOADS = (
    _file("html", "text/html; charset=utf-8", lambda brief: write_html(brief).encode("utf-8", "replace")),
    _file("md", "text/markdown; charset=utf-8", lambda brief: write_markdown(brief).encode("utf-8", "replace")),
    _file("pdf", "application/pdf", write_pdf),
    Download("/brief.css", "text/css; charset=utf-8", style),
)
