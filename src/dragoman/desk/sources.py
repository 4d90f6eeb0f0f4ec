"""Outlets as sources: what each tells first, copies, tells alone and leaves out, and whose voice it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.case import Case, Decided, OutletMerge, Source, SourceInDetail, ToldOf
from dragoman.desk import pages
from dragoman.desk.access import Conflict, mark
from dragoman.desk.pages import PAGE_ROWS, Form, Page, Row
from dragoman.desk.words import in_path
from dragoman.errors import UsageError
from dragoman.record import Action, Decision
from dragoman.views.wording import UNNAMED, line

_VOICES = 15


@dataclass(frozen=True, slots=True)
class Outlets:
    """One page of outlets; ``outlets`` counts all, ``nameless`` the documents that name none, which stand together;
    ``undated`` documents are left out of what was told by a date."""

    sources: tuple[Source, ...]
    outlets: int
    nameless: int
    undated: int
    number: int
    more: bool
    unnamed: str = UNNAMED


@dataclass(frozen=True, slots=True)
class OutletPairs:
    """Pairs of outlets that may be one, the surest first."""

    merges: tuple[OutletMerge, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whom an outlet quotes, in how many reports, and the share of all that it quotes."""

    name: str
    reports: int
    share: float


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet; ``name`` is what its address has, ``decided`` who said which outlets it is one with, or is not."""

    name: str
    detail: SourceInDetail
    voices: tuple[Voice, ...]
    quoted: int
    decided: tuple[Decided, ...]
    seen: str
    unnamed: str = UNNAMED


def sources(case: Case, *, as_of: str = "", page: int = 1, limit: int = PAGE_ROWS) -> Outlets:
    """Outlets, those with most documents first."""
    page, limit = max(page, 1), max(limit, 1)
    found = case.sources(as_of=as_of or None, limit=page * limit)
    shown = found.sources[(page - 1) * limit :]
    nameless = case.documents_behind(outlet="", as_of=as_of or None, limit=0).number
    return Outlets(
        sources=shown,
        outlets=found.outlets - bool(nameless),
        nameless=nameless,
        undated=found.undated,
        number=page,
        more=found.outlets > page * limit,
    )


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
            "named_as": "; ".join(name for name, _ in one.names),
        }


def outlets(case: Case, *, as_of: str = "", limit: int = PAGE_ROWS) -> OutletPairs:
    """Pairs of outlets that may be one and that nobody decided on yet."""
    limit = max(limit, 1)
    found = case.outlet_merges(as_of=as_of or None, limit=limit + 1)
    return OutletPairs(found[:limit], len(found) > limit)


def pair_rows(found: OutletPairs) -> Iterator[Row]:
    """The pairs as flat rows."""
    for one in found.merges:
        yield {
            "score": round(one.score, 2),
            "one": one.one.name,
            "other": one.other.name,
            "why": "; ".join(one.reasons),
        }


def source(case: Case, name: str, *, as_of: str = "", limit: int = PAGE_ROWS) -> Outlet:
    """The outlet of this name."""
    detail = case.source("" if name == UNNAMED else name, as_of=as_of or None, limit=max(limit, 1))
    quoted = sum(number for _, number in detail.source.quoted)
    voices = tuple(Voice(who, number, number / quoted) for who, number in detail.source.quoted[:_VOICES])
    decided = case.decisions_on_outlet(name)
    return Outlet(detail.source.name or UNNAMED, detail, voices, quoted, decided, _seen(decided))


def _seen(decided: Iterable[Decided]) -> str:
    return mark(one.decision.id for one in decided)


def decide(case: Case, form: Form, author: str) -> str:
    """Decide that two outlets are one source, or are not."""
    action, one, other = (form.get(name, "").strip() for name in ("action", "one", "other"))
    if action not in ("merge", "apart"):
        raise UsageError("choose whether the two are one or not")
    if not one or not other:
        raise UsageError("say which outlet the other one is, by its name")
    seen = form.get("seen", "")
    if seen and seen != _seen(case.decisions_on_outlet(one)):
        raise Conflict(
            f"nothing was changed: somebody decided on {one} since you opened the page; look again", _at(one)
        )
    case.decide(Decision(author, Action(action), case.about_outlets([one, other]), reason=form.get("reason", "")))
    return PAIRS if form.get("next") == "outlets" else _at(one)


def _at(name: str) -> str:
    return f"{WHERE}/{in_path(name)}"


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


WHERE, PAIRS = "/sources", "/outlets"
PAGES = (
    Page(WHERE, "sources.html", sources, menu="Sources", rows=rows),
    Page("/sources/{name:path}", "source.html", source, rows=told_rows),
    Page(PAIRS, "outlets.html", outlets, rows=pair_rows),
)
ACTIONS = (pages.Action(WHERE, decide),)
