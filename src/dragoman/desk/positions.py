"""Positions: who stands where on what, in all or in periods that are compared, what moved; and the sentences behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.case import Case, Concept, Holder, Scope, Slicing, StoredReport
from dragoman.desk.access import Elsewhere
from dragoman.desk.pages import PAGE_ROWS, Page, Row
from dragoman.desk.spans import months_of
from dragoman.errors import UsageError
from dragoman.views.discourse import ACTORS as TIED
from dragoman.views.positions import ACTORS, LEGEND, LEGEND_IN_TIME, Cell, compose_matrix

COLUMNS = 30
"""Issues side by side on the page; data and CSV have all."""
_SIDES = ("support", "oppose", "mixed")


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody is told to hold on each of the concepts: nothing, one cell, or one for each slice of time."""

    holder: Holder
    on: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """One page of the matrix. ``moved`` are the cells of it in which a stance is not what it was."""

    concepts: tuple[Concept, ...]
    slices: tuple[str, ...]
    lines: tuple[Line, ...]
    moved: tuple[Cell, ...]
    notes: tuple[str, ...]
    number: int
    more: bool
    months: tuple[str, ...]
    legend: str
    columns: int = COLUMNS


@dataclass(frozen=True, slots=True)
class Told:
    """One page of the sentences by which somebody holds what: on one ``concept``, on all, or on what an ``other`` one
    holds something on as well, with those of both. Without a ``holder``, by which all hold what who are told to hold
    something on the ``concept`` and on ``too``.

    ``cells`` has what is told on each, in each slice of time, the latest first, with its sentences. ``statements``
    counts all, of which so many ``differ`` in the matter or the stance; ``whole`` has their documents and sources.
    """

    holder: Holder | None
    other: Holder | None
    concept: Concept | None
    too: Concept | None
    cells: tuple[tuple[Cell, tuple[StoredReport, ...]], ...]
    statements: int
    differ: int
    whole: Holder | None
    number: int
    more: bool


def positions(
    case: Case,
    *,
    issue: str = "",
    actor: str = "",
    since: str = "",
    until: str = "",
    slice: str = "",
    as_of: str = "",
    page: int = 1,
    limit: int = ACTORS,
) -> Stances:
    """Who is told to hold what, those with most statements first; ``slice`` cuts time, as at a date into two periods.

    ``slice``: year, quarter, month, or dates parted by commas.
    """
    page, limit = max(page, 1), max(limit, 1)
    scope = Scope(issue or None, actor or None, since or None, until or None, as_of or None)
    slicing = Slicing.parse(slice) if slice else None
    matrix = compose_matrix(case, scope, slicing=slicing, most=page * limit)
    cells: dict[tuple[str, str], list[Cell]] = {}
    for cell in matrix.cells:
        cells.setdefault((cell.holder.key, cell.concept.key), []).append(cell)
    lines = tuple(
        Line(holder, tuple(tuple(cells.get((holder.key, concept.key), ())) for concept in matrix.concepts))
        for holder in matrix.holders[(page - 1) * limit :]
    )
    shown = {line.holder for line in lines}
    return Stances(
        concepts=matrix.concepts,
        slices=matrix.slices,
        lines=lines,
        moved=tuple(cell for cell in matrix.changes if cell.holder in shown),
        notes=matrix.notes,
        number=page,
        more=matrix.all_holders > page * limit,
        months=months_of(case),
        legend=LEGEND_IN_TIME if slicing else LEGEND,
    )


def rows(found: Stances) -> Iterator[Row]:
    """The cells as flat rows."""
    for line in found.lines:
        for cell in (cell for cells in line.on for cell in cells):
            yield {
                "actor": cell.holder.name,
                "on": cell.concept.name,
                "slice": cell.slice or "",
                "stance": str(cell.stance),
                "was": str(cell.was or ""),
                "support": cell.support,
                "oppose": cell.oppose,
                "mixed": cell.mixed,
                "documents": cell.documents,
                "sources": cell.sources,
            }


def told(
    case: Case,
    *,
    actor: str = "",
    on: str = "",
    beside: str = "",
    too: str = "",
    issue: str = "",
    since: str = "",
    until: str = "",
    slice: str = "",
    as_of: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Told:
    """The sentences that tell what an actor (by key or name) holds: on an issue or another matter (``on``, its key), on
    everything, or on whatever another one (``beside``) is told to hold something on too, with the sentences of both.

    Without an actor, what those hold who are told to hold something on two matters, ``on`` and ``too``, of the actors
    whom the network ties.
    """
    if not actor and not (on and too):
        raise Elsewhere("say whose stance; the cells of the positions lead here", "/positions")
    page, limit = max(page, 1), max(limit, 1)
    scope = Scope(issue or None, actor or None, since or None, until or None, as_of or None)
    found = _held(case, scope, Slicing.parse(slice) if slice else None, on, "" if actor else too, beside)
    if not found:
        matters = " and on ".join(one for one in (on, "" if actor else too) if one)
        whose = f"of {actor}" if actor else "of anybody"
        told_on = f" on {matters}" if matters else ""
        raise UsageError(f"no stance {whose}{told_on} is told{f' as of {as_of}' if as_of else ''}")
    ids = [(cell, id) for cell in found for id in cell.reports]
    shown = ids[(page - 1) * limit : page * limit]
    reports = case.reports_by_id(id for _, id in shown)
    cells = dict.fromkeys(cell for cell, _ in shown)
    whole = () if on or beside else case.affiliations(scope, most=1).holders
    return Told(
        holder=found[0].holder if actor else None,
        other=next((cell.holder for cell in found if actor and cell.holder != found[0].holder), None),
        concept=next((cell.concept for cell in found if on in _called(cell)), None),
        too=None if actor else next((cell.concept for cell in found if too in _called(cell)), None),
        cells=tuple(
            (cell, _latest_first(reports[id] for one, id in shown if one is cell and id in reports)) for cell in cells
        ),
        statements=sum(cell.statements for cell in found),
        differ=len({(cell.concept.key, side) for cell in found for side in _SIDES if getattr(cell, side)}),
        whole=next(iter(whole), None),
        number=page,
        more=len(ids) > page * limit,
    )


def _held(case: Case, scope: Scope, slicing: Slicing | None, on: str, too: str, beside: str) -> list[Cell]:
    """What is told on the matters that are meant, the latest first; see ``told``."""
    held = compose_matrix(case, scope, slicing=slicing, most=TIED if too else None, with_reports=True).cells
    if too:
        both = [{cell.holder.key for cell in held if one in _called(cell)} for one in (on, too)]
        held = tuple(cell for cell in held if cell.holder.key in both[0] & both[1])
    if beside:
        others = compose_matrix(case, replace(scope, actor=beside), slicing=slicing, with_reports=True).cells
        held = _shared(held, others)
    return [cell for cell in reversed(held) if not on or _called(cell) & {on, too}]


def _called(cell: Cell) -> set[str]:
    """How an address may call the matter of a cell."""
    return {cell.concept.key, cell.concept.name}


def _shared(some: Iterable[Cell], others: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of two holders on what both are told to hold something on, side by side."""
    mine = tuple(some)
    both = {cell.concept.key for cell in mine} & {cell.concept.key for cell in others}
    return tuple(
        sorted((c for c in (*mine, *others) if c.concept.key in both), key=lambda c: c.concept.name, reverse=True)
    )


def _latest_first(reports: Iterator[StoredReport]) -> tuple[StoredReport, ...]:
    return tuple(sorted(reports, key=lambda stored: (stored.published or "", stored.id), reverse=True))


PAGES = (
    Page("/positions", "positions.html", positions, menu="Positions", rows=rows),
    Page("/positions/told", "told.html", told),
)
