"""Positions: who stands where on what, actor × issue, in slices of time; and where somebody's stance has changed.

Statements are dated by their documents. What a cell shows as the stance is what the independent sources tell: one that
repeats itself, or is copied, has one voice in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any

from dragoman.case import Case, Concept, Holder, Positions, Scope, Slicing, StanceCount
from dragoman.record import Stance
from dragoman.record.words import plural
from dragoman.views.data import to_data

ACTORS = 25
"""Actors of a matrix unless more are asked for, those with most statements first."""
ACTORS_IN_TIME = 8
"""As many where time is sliced: each has a line for each issue then."""
SLICES = 12
"""Slices of a matrix unless a beginning is given, the last ones."""
CLEAR = 2 / 3
"""Share of the sources that tell of support or opposition beyond which a stance is one of the two, not mixed; chosen,
not measured: it takes more than two against one."""

SIGNS = {Stance.SUPPORT: "+", Stance.OPPOSE: "−", Stance.MIXED: "±"}
LEGEND = "+ for, − against, ± mixed; then statements·documents·independent sources"
LEGEND_IN_TIME = f"{LEGEND}; → a stance that was another"


@dataclass(frozen=True, slots=True)
class Cell:
    """What ``holder`` is told to hold on ``concept``, in a slice of time or in all.

    ``was`` is the stance in the slice before this in which the holder has one, where it is another. ``support``,
    ``oppose`` and ``mixed`` count statements, ``sources`` are independent ones. ``reports`` are ids.
    """

    holder: Holder
    concept: Concept
    slice: str | None
    stance: Stance
    was: Stance | None
    support: int
    oppose: int
    mixed: int
    documents: int
    sources: int
    reports: tuple[str, ...]

    @property
    def statements(self) -> int:
        """Statements behind the cell."""
        return self.support + self.oppose + self.mixed


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells by holder, concept and slice. ``concepts`` are ordered by statements, ``slices`` by time.

    ``all_holders`` counts those who are not in it as well. ``notes`` say in words what is not in it, and where it does
    not go by the issues of a pack.
    """

    holders: tuple[Holder, ...]
    concepts: tuple[Concept, ...]
    slices: tuple[str, ...]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]
    all_holders: int = 0

    @property
    def changes(self) -> tuple[Cell, ...]:
        """The cells in which somebody's stance is not what it was."""
        return tuple(cell for cell in self.cells if cell.was is not None)


def in_signs(cell: Cell) -> str:
    """A cell as ``LEGEND`` has it."""
    changed = "→" if cell.was else ""
    return f"{changed}{SIGNS[cell.stance]}{cell.statements:,}·{cell.documents:,}·{cell.sources:,}"


def compose_matrix(
    case: Case,
    scope: Scope | None = None,
    *,
    slicing: Slicing | None = None,
    most: int | None = None,
    with_reports: bool = False,
) -> Matrix:
    """The matrix of the actors with ``most`` statements, over the last slices unless the scope has a beginning.

    The ids of the reports behind the cells cost time in a large case: they come when asked for.
    """
    scope = scope or Scope()
    slices = SLICES if slicing and scope.since is None else None
    most = most or (ACTORS_IN_TIME if slicing else ACTORS)
    found = case.positions_held(scope, slicing=slicing, slices=slices, most=most, with_reports=with_reports)
    labels = (cell.slice for cell in found.cells if cell.slice is not None)
    ordered = slicing.ordered(labels) if slicing else ()
    return Matrix(
        holders=found.holders,
        concepts=_concepts(found.cells),
        slices=ordered,
        cells=tuple(_cells(found, ordered)),
        all_holders=found.all_holders,
        notes=tuple(_notes(found, slices if len(ordered) == slices else None)),
    )


def stance_of(count: StanceCount) -> Stance:
    """The stance that more than ``CLEAR`` of the sources tell of, else mixed.

    A source that tells of both counts for both; one that tells only of a mixed stance is against either being clear.
    """
    for stance, sources in ((Stance.SUPPORT, count.support_sources), (Stance.OPPOSE, count.oppose_sources)):
        if sources > CLEAR * max(count.support_sources + count.oppose_sources, count.sources):
            return stance
    return Stance.MIXED


def _concepts(cells: Iterable[StanceCount]) -> tuple[Concept, ...]:
    numbers: dict[Concept, int] = {}
    for cell in cells:
        numbers[cell.concept] = numbers.get(cell.concept, 0) + cell.support + cell.oppose + cell.mixed
    return tuple(sorted(numbers, key=lambda concept: (-numbers[concept], concept.key)))


def _cells(found: Positions, slices: tuple[str, ...]) -> Iterator[Cell]:
    holders = {holder.key: (n, holder) for n, holder in enumerate(found.holders)}
    place = {concept.key: n for n, concept in enumerate(_concepts(found.cells))}
    times = {label: n for n, label in enumerate(slices)}

    def line(count: StanceCount) -> tuple[int, int]:
        return holders[count.holder][0], place[count.concept.key]

    ordered = sorted(found.cells, key=lambda count: (*line(count), times.get(count.slice or "", 0)))
    for _, counts in groupby(ordered, key=line):
        before: Stance | None = None
        for count in counts:
            cell = _cell(count, holders[count.holder][1])
            yield replace(cell, was=before) if before not in (None, cell.stance) else cell
            before = cell.stance


def _cell(count: StanceCount, holder: Holder) -> Cell:
    return Cell(
        holder=holder,
        concept=count.concept,
        slice=count.slice,
        stance=stance_of(count),
        was=None,
        support=count.support,
        oppose=count.oppose,
        mixed=count.mixed,
        documents=count.documents,
        sources=count.sources,
        reports=count.reports,
    )


def _notes(found: Positions, slices: int | None) -> Iterator[str]:
    if not found.by_issue and found.statements:
        yield "No position of this case answers an issue of a pack: each stands under the actor, or words, it is about."
    if found.all_holders > len(found.holders):
        yield f"The {len(found.holders):,} actors with most statements, of {found.all_holders:,}."
    if slices:
        yield f"The last {slices} slices; a beginning (since) shows earlier ones."
    for number, why in (
        (found.on_no_issue, "on none of the issues"),
        (found.unheld, "told as not held, or not yet"),
        (found.undated, "in documents with no date, or none that fits a slice"),
    ):
        if number:
            yield f"Left out: {plural(number, 'statement')} {why}."


@to_data.register
def _(matrix: Matrix) -> dict[str, Any]:
    """The matrix as data: holders, concepts, slices, cells with the ids of their reports."""
    return {
        "holders": [{"key": h.key, "name": h.name, "statements": h.statements} for h in matrix.holders],
        "concepts": [asdict(concept) for concept in matrix.concepts],
        "slices": list(matrix.slices),
        "cells": [
            asdict(cell) | {"holder": cell.holder.key, "concept": cell.concept.key, "statements": cell.statements}
            for cell in matrix.cells
        ],
        "notes": list(matrix.notes),
    }
