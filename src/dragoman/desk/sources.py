"""Outlets as sources: what each tells first, copies, tells alone and leaves out, and whose voice it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.case import Case, Source, SourceInDetail, ToldOf
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.views.wording import UNNAMED, line

_VOICES = 15


@dataclass(frozen=True, slots=True)
class Outlets:
    """One page of outlets; ``outlets`` counts all, ``undated`` documents are left out of what was told by a date."""

    sources: tuple[Source, ...]
    outlets: int
    undated: int
    number: int
    more: bool
    unnamed: str = UNNAMED


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whom an outlet quotes, in how many reports, and the share of all that it quotes."""

    name: str
    reports: int
    share: float


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet; ``name`` is what its address has."""

    name: str
    detail: SourceInDetail
    voices: tuple[Voice, ...]
    quoted: int


def sources(case: Case, *, as_of: str = "", page: int = 1, limit: int = PAGE_ROWS) -> Outlets:
    """Outlets, those with most documents first."""
    page, limit = max(page, 1), max(limit, 1)
    found = case.sources(as_of=as_of or None, limit=page * limit)
    shown = found.sources[(page - 1) * limit :]
    return Outlets(shown, found.outlets, found.undated, page, found.outlets > page * limit)


def rows(found: Outlets) -> Iterator[Row]:
    """The outlets as flat rows."""
    for one in found.sources:
        yield {
            "source": one.name or UNNAMED,
            "documents": one.documents,
            "own_stories": one.stories,
            "further_versions": one.again,
            "copies": sum(number for _, number in one.copies),
            **{f"{kind}s": number for kind, number in one.reports.items()},
            "quotes_most": "; ".join(f"{name} {number}" for name, number in one.quoted),
            "first_published": one.first_published or "",
            "last_published": one.last_published or "",
        }


def source(case: Case, name: str, *, as_of: str = "", limit: int = PAGE_ROWS) -> Outlet:
    """The outlet of this name."""
    detail = case.source("" if name == UNNAMED else name, as_of=as_of or None, limit=max(limit, 1))
    quoted = sum(number for _, number in detail.source.quoted)
    voices = tuple(Voice(who, number, number / quoted) for who, number in detail.source.quoted[:_VOICES])
    return Outlet(detail.source.name or UNNAMED, detail, voices, quoted)


def told_rows(found: Outlet) -> Iterator[Row]:
    """What an outlet alone tells and what it leaves out, as flat rows."""
    for how, listed in (("alone", found.detail.alone), ("left out", found.detail.left_out)):
        for told in listed:
            yield {"told": how, **_row(told)}


def _row(told: ToldOf) -> Row:
    return {
        "occurrence": told.occurrence,
        "date": told.report.when or "",
        "what": line(told.report.report),
        "documents": told.documents,
        "sources": told.sources,
    }


PAGES = (
    Page("/sources", "sources.html", sources, menu="Sources", rows=rows),
    Page("/sources/{name:path}", "source.html", source, rows=told_rows),
)
