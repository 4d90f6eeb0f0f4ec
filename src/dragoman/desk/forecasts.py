"""Forecasts: who predicted what, what is due, how well each forecaster did; one of them with what may tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.asked import one_of
from dragoman.case import Case, StoredReport
from dragoman.desk.access import seen
from dragoman.desk.charts import MEDIA, Picture, calibration, draw
from dragoman.desk.pages import PAGE_ROWS, Download, Page, Row
from dragoman.desk.resolving import QUOTED, Resolved, resolved
from dragoman.errors import UsageError
from dragoman.record import Kind, Likelihood
from dragoman.record.decision import Resolution
from dragoman.record.words import a, dated, listed
from dragoman.views.forecasts import (
    LEAST_SCORED,
    MOST,
    Prediction,
    Predictions,
    Suggestion,
    compose_predictions,
    suggest_outcomes,
)
from dragoman.views.ledger_words import likelihood_of, state_of, why_left_out


@dataclass(frozen=True, slots=True)
class Forecasts:
    """One page of the ledger: ``shown`` of the predictions that were asked for, ``number`` in all."""

    ledger: Predictions
    shown: tuple[Prediction, ...]
    number: int
    page: int
    more: bool
    least: int = LEAST_SCORED


def forecasts(
    case: Case,
    *,
    actor: str = "",
    due: bool = False,
    resolved: bool = False,
    likelihood: str = "",
    as_of: str = "",
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Forecasts:
    """Predictions, those told last first; those that are due and unresolved where ``due`` asks for them, those that
    came true or did not where ``resolved`` does; those of one ``likelihood``."""
    page, limit = max(page, 1), max(limit, 1)
    wanted = one_of(Likelihood, "likelihood", likelihood) if likelihood else ""
    ledger = _ledger(case, actor, as_of, due=due, scored=resolved)
    found = tuple(one for one in ledger.predictions if wanted in ("", one.likelihood))
    return Forecasts(ledger, found[(page - 1) * limit : page * limit], len(found), page, len(found) > page * limit)


def _ledger(
    case: Case, actor: str, as_of: str, *, due: bool = False, scored: bool = False, most: int | None = MOST
) -> Predictions:
    return compose_predictions(
        case,
        actor=actor or None,
        as_of=as_of or None,
        today=date.today().isoformat(),
        due=due,
        scored=scored,
        most=most,
    )


def rows(found: Forecasts) -> Iterator[Row]:
    """The predictions as flat rows."""
    for one in found.shown:
        yield {
            "id": one.id,
            "told": one.told,
            "likelihood": likelihood_of(one),
            "who": listed(one.by, ""),
            "what": one.what,
            "by when": dated(one.horizon),
            "state": state_of(one),
            "documents": one.documents,
            "sources": one.sources,
        }


@dataclass(frozen=True, slots=True)
class Foretold:
    """One prediction with its sentences, how a person resolved it, and later reports that may tell of it, by id."""

    prediction: Prediction
    reports: dict[str, StoredReport]
    suggestions: tuple[Suggestion, ...]
    suggested: dict[str, StoredReport]
    resolved: Resolved | None
    seen: str
    page: int
    more: bool
    outcomes: tuple[str, ...] = tuple(Resolution)


def forecast(case: Case, id: str, *, as_of: str = "", page: int = 1, limit: int = QUOTED) -> Foretold:
    """The prediction of which the report whose id begins so tells; so many of its sentences a page."""
    page, limit = max(page, 1), max(limit, 1)
    report = case.report(id)
    if report.report.kind is not Kind.FORECAST:
        raise UsageError(f"{id} tells {a(report.report.kind)}, not a forecast; the page Forecasts lists them")
    by: tuple[str, ...] = report.report.by  # type: ignore[attr-defined]
    ledger = _ledger(case, next((name for name in by if name != "document"), ""), as_of, most=None)
    one = next((one for one in ledger.predictions if report.id in one.reports), None)
    if one is None:
        raise UsageError(why_left_out(report, as_of))
    first = report if report.id == one.id else case.report(one.id)
    suggestions = suggest_outcomes(case, one.id, as_of=as_of or None)
    return Foretold(
        prediction=one,
        reports=case.reports_by_id(one.reports[(page - 1) * limit : page * limit]),
        suggestions=suggestions,
        suggested=case.reports_by_id([suggestion.id for suggestion in suggestions]),
        resolved=resolved(case, one.reports, as_of),
        seen=seen(first),
        page=page,
        more=len(one.reports) > page * limit,
    )


def _picture(form: Picture) -> Download:
    def build(case: Case, *, as_of: str = "") -> bytes:
        """How often what was put so surely came true, as a picture."""
        found = _ledger(case, "", as_of).calibration
        if not found:
            raise UsageError(f"fewer than {LEAST_SCORED} forecasts are resolved, too few to draw")
        words = [(str(one.likelihood), one.probability, one.came_true, one.resolved) for one in found]
        below = "On the line, words were worth what they said; a larger dot rests on more forecasts."
        return draw(calibration(words), form, ("How often what was said came true", below))

    path = "/calibration-page.svg" if form == "page" else f"/calibration.{form}"
    return Download(path, MEDIA[form], build, "" if form == "page" else f"calibration.{form}")


PAGES = (
    Page("/forecasts", "forecasts.html", forecasts, menu="Forecasts", rows=rows),
    Page("/forecasts/{id}", "forecast.html", forecast),
)
DOWNLOADS = (_picture("page"), _picture("svg"), _picture("png"))
