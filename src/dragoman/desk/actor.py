"""One actor behind all its names: offices, relations, years, stances, company, who speaks of it; and who it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import cos, pi, sin

from dragoman.case import (
    ActorInDetail,
    Case,
    Counterpart,
    Decided,
    Scope,
    StoredActor,
    StoredDocument,
    StoredReport,
)
from dragoman.case.text import mend_for_xml
from dragoman.desk import pages
from dragoman.desk.access import mark
from dragoman.desk.actors import address, check_seen_as, decided_on
from dragoman.desk.charts import AGAINST, BAR, MEDIA, PAPER, WORDS, Picture, by_year, draw, draw_svg
from dragoman.desk.pages import Download, Form, Page
from dragoman.errors import UsageError
from dragoman.record import Action, Decision, EventType
from dragoman.views.positions import Cell, compose_matrix

FRIENDLY = frozenset(tuple(EventType)[: tuple(EventType).index(EventType.REQUEST)])
"""PLOVER orders its types from cooperation to conflict, which demands begin."""
_DRAWN, _LISTED, _DOCUMENTS, _SENTENCES = 12, 30, 50, 20
_WIDE, _HIGH, _MIDDLE = 600, 380, (300, 190)
"""Of the network of an actor: its size, and where the actor is."""
LINES = "A whole line: mostly cooperation; a dashed one: mostly demands, criticism or force."
_RELATIONS = 30
"""Offices, holders and ties that one page shows of each."""


@dataclass(frozen=True, slots=True)
class Met:
    """A counterpart as it is drawn around the actor: where, and how many of the occurrences are friendly."""

    counterpart: Counterpart
    x: float
    y: float
    friendly: int

    @property
    def hostile(self) -> int:
        """Those that are not."""
        return self.counterpart.occurrences - self.friendly

    @property
    def is_against(self) -> bool:
        """Whether most of them are not."""
        return self.hostile > self.friendly

    @property
    def width(self) -> int:
        """Of the line to it: the more they meet."""
        return min(1 + self.counterpart.occurrences, 8)

    @property
    def name_at(self) -> float:
        """How far down its name stands: away from the middle."""
        return self.y - 11 if self.y < _MIDDLE[1] else self.y + 20


@dataclass(frozen=True, slots=True)
class Figure:
    """All that is shown of one actor; ``seen`` goes back with what is decided on it.

    ``detail`` has the offices, holders and ties of one page; ``page`` says which, ``more`` whether any follow.
    """

    detail: ActorInDetail
    years: tuple[tuple[str, int], ...]
    stances: tuple[Cell, ...]
    company: tuple[Met, ...]
    met: int
    documents: tuple[StoredDocument, ...]
    decided: tuple[Decided, ...]
    seen: str
    page: int
    more: bool
    lines: str = LINES

    @property
    def drawn(self) -> tuple[Met, ...]:
        """Those of the company who are drawn around the actor; the others are only listed."""
        return self.company[:_DRAWN]

    @property
    def is_cut(self) -> bool:
        """Whether there may be documents before those that are shown."""
        return len(self.documents) == _DOCUMENTS


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a name means: one actor, or the several that it may be, or nobody but in the ``reports`` that have it."""

    name: str
    figure: Figure | None
    several: tuple[StoredActor, ...]
    reports: tuple[StoredReport, ...]


def actor(case: Case, name: str, *, as_of: str = "", page: int = 1, limit: int = _RELATIONS) -> Named:
    """Whoever goes by this name or key; so many of its relations a page."""
    found = case.actors_called(name)
    if len(found) == 1:
        return Named(name, _figure(case, found[0].identity, as_of or None, max(page, 1), max(limit, 1)), (), ())
    told = () if found else tuple(case.reports(actor=name, as_of=as_of or None, limit=_SENTENCES))
    return Named(name, None, found, told)


def _figure(case: Case, identity: str, as_of: str | None, page: int, limit: int) -> Figure:
    detail = case.actor(identity, as_of=as_of)
    related = (detail.offices, detail.holders, detail.ties)
    offices, holders, ties = (one[(page - 1) * limit : page * limit] for one in related)
    company = case.counterparts(identity, as_of=as_of)
    held = compose_matrix(case, Scope(actor=identity, as_of=as_of), with_reports=True)
    return Figure(
        detail=replace(detail, offices=offices, holders=holders, ties=ties),
        years=case.count_by_year(actor=identity, as_of=as_of),
        stances=tuple(sorted(held.cells, key=lambda cell: (-cell.statements, cell.concept.name))),
        company=tuple(_placed(company[:_LISTED])),
        met=len(company),
        documents=case.documents_naming(identity, as_of=as_of, limit=_DOCUMENTS),
        decided=tuple(decided_on(case, detail.bases)),
        seen=mark(detail.bases),
        page=page,
        more=any(len(one) > page * limit for one in related),
    )


def _placed(company: tuple[Counterpart, ...]) -> Iterable[Met]:
    """The first of them in a circle, the one met most on top."""
    number = min(len(company), _DRAWN)
    for n, one in enumerate(company):
        turn = 2 * pi * n / max(number, 1) - pi / 2
        friendly = sum(times for type, times in one.types.items() if type in FRIENDLY)
        x, y = _MIDDLE
        yield Met(one, round(x + 175 * cos(turn), 1), round(y + 145 * sin(turn), 1), friendly)


def split(case: Case, form: Form, author: str, name: str) -> str:
    """Decide that an actor is somebody else in the documents that were ticked."""
    documents = [field.removeprefix("in:") for field in form if field.startswith("in:")]
    if not documents:
        raise UsageError("tick the documents in which it is somebody else")
    check_seen_as(case, name, form.get("seen", ""))
    subject = case.about_split(name, documents)
    case.decide(Decision(author, Action.SPLIT, subject, reason=form.get("reason", "")))
    return address(name)


def _years(form: Picture) -> Download:
    def build(case: Case, *, actor: str, as_of: str = "") -> bytes:
        """The occurrences of an actor by year, as a picture."""
        counts = case.count_by_year(actor=actor, as_of=as_of or None)
        if not counts:
            raise UsageError(f"nothing that happened in a year is told of {actor}; there is nothing to draw")
        return draw(
            by_year(counts), form, (f"{case.name_of(actor)}: occurrences by year", f"as of {as_of}" if as_of else "")
        )

    return Download(f"/actor-years.{form}", MEDIA[form], build, f"years.{form}")


def _network(form: Picture) -> Download:
    def build(case: Case, *, actor: str, as_of: str = "") -> bytes:
        """An actor and those whom it meets most, as a picture."""
        met = tuple(_placed(case.counterparts(actor, as_of=as_of or None)[:_DRAWN]))
        if not met:
            raise UsageError(f"{actor} is told to meet nobody; there is nothing to draw")
        return draw_svg(mend_for_xml(_drawn(case.name_of(actor), met)), form)

    return Download(f"/actor-network.{form}", MEDIA[form], build, f"counterparts.{form}")


def _drawn(name: str, company: Sequence[Met]) -> str:
    """The network by itself, on a ground of its own and with a word of what its lines mean."""
    lines = "".join(
        f'<line x1="{_MIDDLE[0]}" y1="{_MIDDLE[1]}" x2="{one.x}" y2="{one.y}" stroke-width="{one.width}" '
        + (f'stroke="{AGAINST}" stroke-dasharray="6 5"/>' if one.is_against else f'stroke="{BAR}"/>')
        for one in company
    )
    dots = "".join(f'<circle cx="{one.x}" cy="{one.y}" r="6"/>' for one in company)
    names = "".join(_text(one.x, one.name_at, one.counterpart.name, 22) for one in company)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{_HIGH + 30}" '
        f'viewBox="0 0 {_WIDE} {_HIGH + 30}" font-family="system-ui, sans-serif" font-size="13" text-anchor="middle">'
        f'<rect width="{_WIDE}" height="{_HIGH + 30}" fill="{PAPER}"/><g stroke-opacity=".6">{lines}</g>'
        f'<g fill="{BAR}"><circle cx="{_MIDDLE[0]}" cy="{_MIDDLE[1]}" r="9"/>{dots}</g>'
        f'<g fill="{WORDS}" paint-order="stroke" stroke="{PAPER}" stroke-width="4">'
        f"{_text(_MIDDLE[0], _MIDDLE[1] + 23, name, 24)}{names}"
        f"{_text(_MIDDLE[0], _HIGH + 15, LINES, len(LINES))}</g></svg>"
    )


def _text(x: float, y: float, words: str, most: int) -> str:
    shown = words if len(words) <= most else f"{words[: most - 1]}…"
    return f'<text x="{x}" y="{y}">{escape(shown)}</text>'


PAGES = (Page("/actors/{name:path}", "actor.html", actor),)
DOWNLOADS = (_years("svg"), _years("png"), _network("svg"), _network("png"))
ACTIONS = (pages.Action("/actors/{name:path}/split", split),)
