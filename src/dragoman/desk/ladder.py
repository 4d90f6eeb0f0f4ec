"""The ladder: states by rungs as told by a date, each cell with the sentence that tells it; and one state's way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from dragoman.asked import one_of
from dragoman.case import Case, StoredReport
from dragoman.desk.charts import MEDIA, Picture, draw, grid
from dragoman.desk.pages import PAGE_ROWS, Download, Page, Row
from dragoman.desk.spans import months_of
from dragoman.errors import UsageError
from dragoman.reconcile.steps import TakenStep
from dragoman.record import Direction, Standing
from dragoman.views.ladder import MARKS, NOBODY, Cell, Climb, Held, Ladder, compose_ladder
from dragoman.views.ledger_words import told_as
from dragoman.views.wording import counted

_QUOTED = 3
"""Sentences shown of a step; the others are led to."""


@dataclass(frozen=True, slots=True)
class Rungs:
    """One page of the ladder; none where no pack names an authority and none is asked for. ``sentences`` has for each
    way, by rung, the report that tells what its cell says; ``months`` are those of the case's documents."""

    ladder: Ladder | None
    sentences: tuple[dict[str, StoredReport], ...]
    number: int
    more: bool
    months: tuple[str, ...]
    signs: tuple[Held, ...] = tuple(held for held in Held if held)


@dataclass(frozen=True, slots=True)
class Way:
    """Steps of one who climbs (of more than one, if they are called alike), the highest rung first.

    On a rung those told as done come first, then what is planned, asked for, possible or denied; the latest first.
    These are one page of ``all`` that were asked for; ``reports`` are those at hand, by id.
    """

    name: str
    ladder: Ladder
    steps: tuple[TakenStep, ...]
    reports: dict[str, StoredReport]
    all: int
    number: int
    more: bool
    quoted: int = _QUOTED


def ladder(
    case: Case, *, toward: str = "", actor: str = "", as_of: str = "", page: int = 1, limit: int = PAGE_ROWS
) -> Rungs:
    """States by rungs, toward the packs' authority or another actor, those who came highest first."""
    page, limit = max(page, 1), max(limit, 1)
    found = _asked_for(case, toward=toward, actor=actor, as_of=as_of, page=page, limit=limit)
    if found is None:
        return Rungs(None, (), page, False, ())
    behind = [{cell.rung: behind_cell(one, cell) for cell in one.cells if cell.reports} for one in found.climbs]
    reports = case.reports_by_id(id for ids in behind for id in ids.values())
    return Rungs(
        ladder=found,
        sentences=tuple({rung: reports[id] for rung, id in ids.items() if id in reports} for ids in behind),
        number=page,
        more=found.all > page * limit,
        months=months_of(case),
    )


def _asked_for(case: Case, *, toward: str, actor: str, as_of: str, page: int, limit: int) -> Ladder | None:
    """One page of the ladder; nothing where none was asked for and no pack names an authority."""
    try:
        return compose_ladder(
            case, toward or None, actor=actor or None, as_of=as_of or None, start=(page - 1) * limit, limit=limit
        )
    except UsageError:  # nobody asked for anything: a case without steps is no mistake
        if toward or actor or as_of:
            raise
        return None


def behind_cell(climb: Climb, cell: Cell) -> str:
    """The report (its id) that tells what a cell says: of the step since which it is so, else of the surest one."""
    for back in climb.reversals:  # the step down may be on another rung
        if (back.rung, back.day, back.direction) == (
            cell.rung,
            cell.since,
            Direction.DOWN,
        ) and cell.held is Held.UNDONE:
            return back.reports[0]
    own = (step for step in climb.steps if step.rung == cell.rung)
    surest = max(own, key=lambda step: (step.standing is Standing.ACTUAL, step.day == cell.since, not step.said))
    return surest.reports[0]


def rows(found: Rungs) -> Iterator[Row]:
    """The cells that anything is told of, as flat rows."""
    for climb, sentences in zip(found.ladder.climbs if found.ladder else (), found.sentences, strict=True):
        for cell in climb.cells:
            if cell.reports:
                counts = {str(standing): cell.steps.get(standing, 0) for standing in Standing}
                yield (
                    {
                        "who": climb.actor,
                        "apart": climb.apart,
                        "rung": cell.rung,
                        "held": str(cell.held),
                        "since": cell.since,
                    }
                    | counts
                    | {
                        "documents": cell.documents,
                        "sources": cell.sources,
                        "reports": " ".join(cell.reports),
                        "sentence": sentences[cell.rung].report.evidence.text if cell.rung in sentences else "",
                    }
                )


def climb(
    case: Case,
    name: str,
    *,
    toward: str = "",
    rung: str = "",
    standing: str = "",
    as_of: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Way:
    """The steps of one who climbs, all, or on one rung, or told in one way (``standing``), each with its sentences."""
    page, limit = max(page, 1), max(limit, 1)
    found = compose_ladder(case, toward or None, actor=None if name == NOBODY else name, as_of=as_of or None)
    climbs = tuple(one for one in found.climbs if name != NOBODY or one.actor == NOBODY)
    ranks = {id: rank for rank, id in enumerate(found.rungs)}
    known = (*found.rungs, *(one.rung for one in found.unranked))
    if rung and rung not in known:
        raise UsageError(f"there is no rung {rung!r}; there are {', '.join(known)}")
    wanted = one_of(Standing, "standing", standing) if standing else ""
    steps = [
        step
        for one in climbs
        for step in reversed(one.steps)
        if rung in ("", step.rung) and wanted in ("", step.standing)
    ]
    steps.sort(key=lambda step: (-ranks.get(step.rung, -1), step.rung, step.standing is not Standing.ACTUAL))
    shown = tuple(steps[(page - 1) * limit : page * limit])
    return Way(
        name=name if not climbs else climbs[0].actor,
        ladder=replace(found, climbs=climbs),
        steps=shown,
        reports=case.reports_by_id(id for step in shown for id in step.reports[:_QUOTED]),
        all=len(steps),
        number=page,
        more=len(steps) > page * limit,
    )


def steps_as_rows(way: Way) -> Iterator[Row]:
    """The steps as flat rows."""
    for step in way.steps:
        yield {
            "date": step.day,
            "dated": step.is_dated,
            "rung": step.rung,
            "direction": str(step.direction),
            "standing": str(step.standing),
            "by": "; ".join(step.makers),
            "told as": told_as(step.standing, step.said, step.voices),
            "documents": step.documents,
            "sources": step.sources,
            "reports": " ".join(step.reports),
        }


def _picture(form: Picture) -> Download:
    @wraps(ladder)
    def build(case: Case, **asked: Any) -> bytes:
        found = _asked_for(case, **asked)
        if found is None:
            raise UsageError("there are no steps to draw; say toward whom")
        return draw(_drawn(found), form)

    return Download(f"/ladder.{form}", MEDIA[form], build, name=f"ladder.{form}")


def _drawn(found: Ladder) -> object:
    states = tuple(one for one in found.climbs if not one.apart)
    cells = [(one.actor, cell.rung, MARKS[cell.held][0], cell.since) for one in states for cell in one.cells]
    title = f"Steps toward {found.authority}{f' as of {found.as_of}' if found.as_of else ''}"
    told = f"{counted(found.documents, found.sources)}.  "
    legend = "   ".join(f"{sign} {words}" for sign, words in MARKS.values() if sign)
    return grid([cell for cell in cells if cell[2]], _names(states), found.rungs, (title, told + legend))


def _names(climbs: tuple[Climb, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.actor for one in climbs))


PAGES = (
    Page("/ladder", "ladder.html", ladder, menu="Ladder", rows=rows),
    Page("/ladder/{name:path}", "climb.html", climb, rows=steps_as_rows),
)
DOWNLOADS = (_picture("svg"), _picture("png"))
