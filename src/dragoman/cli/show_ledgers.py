"""``show … ladder | undertakings | predictions``: the ledgers on the terminal, as tables or with --json as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.text import Text

from dragoman.cli.output import dump, say
from dragoman.cli.show_occurrences import refuse_occurrence
from dragoman.cli.tables import console, plain, print_fields, print_table, width
from dragoman.errors import UsageError
from dragoman.record import Kind
from dragoman.record.words import a, dated, listed
from dragoman.views.data import to_data
from dragoman.views.ladder import MARKS, Held, told_unranked, turned
from dragoman.views.ledger_words import likelihood_of, state_of, status_of, told_as, why_left_out
from dragoman.views.wording import STATUSES, counted

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.reconcile.steps import TakenStep
    from dragoman.views.commitments import Turn, Undertaking, Undertakings
    from dragoman.views.forecasts import Calibration, Prediction, Predictions
    from dragoman.views.ladder import Cell, Climb, Ladder

ROWS = 100
WIDE = 140
"""Columns from which on a rung has its name above its column, and a whole date in it."""
_LEGEND = "● stands  ○ only said to stand  × undone  ↓ only down  · only planned, asked for, possible or denied"
_APART = "Apart: not known as states or bodies of states, nor to act for one"
_STYLES: Mapping[Held, str] = {Held.STANDS: "bold", Held.UNDONE: "dim", Held.AHEAD: "dim"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a ledger; ``id`` is the authority of a ladder, else a report's."""

    id: str | None = None
    actor: str | None = None
    as_of: str | None = None
    due: bool = False
    limit: int | None = None
    as_json: bool = False

    @property
    def most(self) -> int:
        """Rows of a table."""
        return self.limit or ROWS


def show_ledger(case: Case, what: str, asked: Asked) -> None:
    """One of the three."""
    {"ladder": show_ladder, "undertakings": show_undertakings, "predictions": show_predictions}[what](case, asked)


def show_ladder(case: Case, asked: Asked) -> None:
    """States by rungs; with --actor one state's steps, each with its reports."""
    from dragoman.views.ladder import compose_ladder

    try:
        limit = asked.limit if asked.as_json else None if asked.actor else asked.most
        ladder = compose_ladder(case, asked.id, as_of=asked.as_of, actor=asked.actor, limit=limit)
    except UsageError:  # nobody asked for the packs' own authority by name: a case without steps is no mistake
        if asked.id or asked.actor or asked.as_of or asked.as_json or any(case.reports("step")):
            raise
        say("There are no steps.")
        return
    if asked.as_json:
        dump(ladder)
    elif asked.actor is not None and ladder.climbs:
        for climb in ladder.climbs:
            _print_climb(climb, ladder)
    else:
        _print_ladder(ladder)
    if 0 < len(ladder.climbs) < ladder.all:
        say(f"These are the first {len(ladder.climbs):,} of {ladder.all:,}; --limit shows more.")
    _remark(ladder.undated, 0)


def _as_of(as_of: str | None) -> str:
    return f" as of {as_of}" if as_of else ""


def _print_ladder(ladder: Ladder) -> None:
    if not ladder.climbs:
        say(f"There are no steps toward {ladder.authority}{_as_of(ladder.as_of)}.")
        return
    wide = width() >= WIDE
    out, told = console(), counted(ladder.documents, ladder.sources)
    states, apart = ([climb for climb in ladder.climbs if climb.apart is one] for one in (False, True))
    title = f"Steps toward {plain(ladder.authority)}{_as_of(ladder.as_of)} ({told})"
    for climbs, heading in ((states, title), (apart, _APART if states else f"{title}; {_APART}")):
        print_table([_climb_row(climb, wide) for climb in climbs], heading)
    out.print()
    if not wide:
        numbered = (f"{n}:{rung}" for n, rung in enumerate(ladder.rungs, 1))  # no space, where a line would break
        out.print(Text("  ".join(numbered), "dim"))
    out.print(Text(_LEGEND + ("" if wide else "; ●25: since 2025"), "dim"))
    if ladder.unranked:
        gone = "; ".join(map(told_unranked, ladder.unranked))
        say(f"Rungs that no pack of the case has (any more): {plain(gone)}; --actor and --json show their steps.")
    for change in ladder.changed:
        say(f"Mind: {plain(change)}.")


def _climb_row(climb: Climb, wide: bool) -> dict[str, Any]:
    """A state's row; on a narrow terminal rungs are numbers, and dates are years."""
    cells = {cell.rung if wide else str(n): _cell(cell, wide) for n, cell in enumerate(climb.cells, 1)}
    counts = (climb.documents, climb.sources)
    told = {"documents": counts[0], "sources": counts[1]} if wide else {"docs": counts[0], "src": counts[1]}
    return {"who": climb.actor} | cells | told


def _cell(cell: Cell, wide: bool) -> Text:
    since = cell.since if wide else cell.since[2:4]
    return Text(f"{MARKS[cell.held][0]}{plain(since)}" if cell.held else "", _STYLES.get(cell.held, ""))


def _print_climb(climb: Climb, ladder: Ladder) -> None:
    fields: list[tuple[str, Text | str | None]] = [
        ("toward", f"{ladder.authority}{_as_of(ladder.as_of)}"),
        (
            "stands on",
            climb.highest or ("no rung: not known as a state, nor to act for one" if climb.apart else "no rung"),
        ),
        ("by what is said", climb.said),
        ("told by", counted(climb.documents, climb.sources)),
    ]
    fields += [("turned", turned(back)) for back in climb.reversals]
    print_fields(fields, climb.actor)
    console().print()
    print_table([_step_row(step, climb.actor) for step in climb.steps])
    say("dragoman show CASE report ID shows the sentence behind an id.")


def _step_row(step: TakenStep, actor: str) -> dict[str, Any]:
    return {
        "date": step.day if step.is_dated else f"told {step.day}",
        "rung": f"{'↑' if step.direction == 'up' else '↓'} {step.rung}",
        "by": ", ".join(maker for maker in step.makers if maker != actor),
        "told as": told_as(step.standing, step.said, step.voices),
        "docs": step.documents,
        "sources": step.sources,
        "reports": _ids(step.reports),
    }


def _ids(reports: Sequence[str]) -> str:
    return " ".join(id[:8] for id in reports[:6]) + (" …" if len(reports) > 6 else "")


def show_undertakings(case: Case, asked: Asked) -> None:
    """Who owes what, and what is told of it; with an id, one undertaking with all its turns."""
    from dragoman.views.commitments import MOST, compose_undertakings

    actor = asked.actor if asked.id is None else _first_of(case, asked.id, Kind.COMMITMENT)
    found = compose_undertakings(
        case,
        actor=actor,
        as_of=asked.as_of,
        today=date.today().isoformat(),
        due=asked.due,
        most=None if asked.as_json or asked.id else MOST,
    )
    if asked.id is not None:
        stored = case.report(asked.id)
        chosen = next((o for o in found.undertakings if any(stored.id in turn.reports for turn in o.turns)), None)
        if chosen is None:
            raise UsageError(why_left_out(stored, asked.as_of or ""))
        dump(chosen) if asked.as_json else _print_undertaking(chosen)
    elif asked.as_json:
        dump(replace(found, undertakings=found.undertakings[: asked.limit]))
        _say_first(len(found.undertakings[: asked.limit]), len(found.undertakings), "undertakings")
    else:
        _print_undertakings(found, asked)
    _remark(found.undated, found.older)


def _first_of(case: Case, id: str, kind: Kind) -> str | None:
    """Somebody whose ledger has this report."""
    refuse_occurrence(case, id)
    report = case.report(id).report
    if report.kind is not kind:
        raise UsageError(f"{id} tells {a(report.kind)}, not a {kind}; `dragoman show CASE {kind}s` lists them")
    by: tuple[str, ...] = report.by  # type: ignore[attr-defined]
    return next((name for name in by if name != "document"), None)


def _print_undertakings(found: Undertakings, asked: Asked) -> None:
    rows = [_undertaking_row(one) for one in found.undertakings[: asked.most]]
    if rows:
        print_table(rows, f"Undertakings{_as_of(asked.as_of)} ({counted(found.documents, found.sources)})")
    _count(len(rows), len(found.undertakings), "undertakings that are due" if asked.due else "undertakings")


def _undertaking_row(one: Undertaking) -> dict[str, Any]:
    return {
        "id": one.id[:8],
        "told": one.turns[-1].told,
        "status": status_of(one),
        "who": listed(one.by, "–"),
        "to": listed(one.to, ""),
        "what": one.what,
        "under": one.instrument or "",
        "due": dated(one.due),
        "docs": one.documents,
        "sources": one.sources,
    }


def _print_undertaking(one: Undertaking) -> None:
    print_fields(
        [
            ("who", listed(one.by, "–")),
            ("to", listed(one.to, "")),
            ("under", one.instrument),
            ("status", status_of(one)),
            ("due", dated(one.due)),
            ("told by", counted(one.documents, one.sources)),
            ("together by", "; ".join(one.why)),
        ],
        one.what,
    )
    console().print()
    print_table([_turn_row(turn) for turn in one.turns])


def _turn_row(turn: Turn) -> dict[str, Any]:
    return {
        "told": turn.told,
        "what of it": STATUSES[turn.status],
        "told as": told_as(turn.standing, turn.said, turn.voices),
        "docs": turn.documents,
        "sources": turn.sources,
        "reports": _ids(turn.reports),
    }


def show_predictions(case: Case, asked: Asked) -> None:
    """Who predicted what, and how well; with an id, one prediction and what later reports may say of it."""
    from dragoman.views.forecasts import MOST, compose_predictions

    actor = asked.actor if asked.id is None else _first_of(case, asked.id, Kind.FORECAST)
    found = compose_predictions(
        case,
        actor=actor,
        as_of=asked.as_of,
        today=date.today().isoformat(),
        due=asked.due,
        most=None if asked.as_json or asked.id else MOST,
    )
    if asked.id is not None:
        _show_prediction(case, asked, found)
    elif asked.as_json:
        dump(replace(found, predictions=found.predictions[: asked.limit]))
        _say_first(len(found.predictions[: asked.limit]), len(found.predictions), "predictions")
    else:
        _print_predictions(found, asked)
    _remark(found.undated, found.older)


def _print_predictions(found: Predictions, asked: Asked) -> None:
    from dragoman.views.forecasts import LEAST_SCORED

    rows = [_prediction_row(one) for one in found.predictions[: asked.most]]
    if rows:
        print_table(rows, f"Predictions{_as_of(asked.as_of)} ({counted(found.documents, found.sources)})")
    _count(len(rows), len(found.predictions), "predictions that are due" if asked.due else "predictions")
    scored = [
        {"forecaster": score.forecaster, "Brier": f"{score.brier:.3f}", "resolved": score.resolved}
        for score in found.scores
        if score.brier is not None
    ]
    print_table(scored, "Scores (0 is best; always even odds gives 0.25)")
    print_table([_calibration_row(row) for row in found.calibration], "Calibration")
    if 0 < found.resolved and not scored:
        number = f"{found.resolved} {'is' if found.resolved == 1 else 'are'} resolved"
        say(f"Nobody is scored yet: {number}, and a score needs {LEAST_SCORED} of one forecaster.")


def _calibration_row(row: Calibration) -> dict[str, Any]:
    return {
        "likelihood": str(row.likelihood),
        "scored as": f"{row.probability:.3g}",
        "came true": f"{row.came_true:.2f}",
        "resolved": row.resolved,
    }


def _prediction_row(one: Prediction) -> dict[str, Any]:
    return {
        "id": one.id[:8],
        "told": one.told,
        "likelihood": likelihood_of(one),
        "who": listed(one.by),
        "what": one.what,
        "by when": dated(one.horizon),
        "state": state_of(one),
        "docs": one.documents,
        "sources": one.sources,
    }


def _show_prediction(case: Case, asked: Asked, found: Predictions) -> None:
    from dragoman.views.forecasts import suggest_outcomes

    stored = case.report(asked.id or "")
    one = next((one for one in found.predictions if stored.id in one.reports), None)
    if one is None:
        raise UsageError(why_left_out(stored, asked.as_of or ""))
    suggestions = suggest_outcomes(case, stored.id, as_of=asked.as_of)
    if asked.as_json:
        dump(to_data(one) | {"suggestions": suggestions})
        return
    print_fields(_prediction_fields(one), one.what)
    console().print()
    rows = [
        {"id": s.id[:8], "date": s.when, "shares": s.reason, "sentence": s.sentence, "document": s.document}
        for s in suggestions
    ]
    if rows:
        print_table(rows, "Later reports that may tell of it; whether they do, and which way, is for you to say")
    else:
        say("No later report shares an actor and a word with it.")


def _prediction_fields(one: Prediction) -> Iterator[tuple[str, Text | str | None]]:
    yield "who", listed(one.by)
    condition = ", on a condition" if one.conditional else ""
    yield "likelihood", f"{str(one.likelihood).replace('-', ' ')} (scored as {one.probability:.3g}){condition}"
    yield "by when", dated(one.horizon)
    yield "told", one.told
    yield "told by", counted(one.documents, one.sources)
    yield "reports", _ids(one.reports)
    yield "state", f"{one.outcome}, says {one.judge}" if one.outcome else str(one.due)
    yield "evidence", "; ".join(one.evidence)


def _count(shown: int, there: int, what: str) -> None:
    if not there:
        say(f"There are no {what}.")
    _say_first(shown, there, what)


def _say_first(shown: int, there: int, what: str) -> None:
    if shown < there:
        say(f"These are the first {shown:,} of {there:,} {what}; --limit shows more.")


def _remark(undated: int, older: int) -> None:
    if undated:
        say(f"Left out: {undated:,} report{'' if undated == 1 else 's'} of documents without a date.")
    if older:
        say(f"Put together from the latest reports; {older:,} older ones are left out, which --json reads too.")
