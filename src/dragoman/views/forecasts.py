"""Forecasts as a ledger: who predicted what, by when, how surely; what is due; what came of it, as people judged.

The machine never decides an outcome. It suggests later reports that share actors and words with a forecast, best first
and each with its reason; a person resolves. Scores count only what people resolved.

One forecaster's forecasts are one where they are as sure and their words alike (``ALIKE``, see ``views.alike``), so
that what ten papers print is scored once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dragoman.case import Case
from dragoman.case.ledgers import ForecastLine, Party
from dragoman.case.outcomes import Candidate, Named
from dragoman.errors import UsageError
from dragoman.knowledge import load_outline
from dragoman.record import DateRange, Kind, Likelihood, Standing
from dragoman.record.decision import Decision, Resolution
from dragoman.record.words import a
from dragoman.views.alike import Stems, gather, stems_of
from dragoman.views.deadlines import is_past

ALIKE = 0.5
MOST = 1_000
"""Reports that a first look puts together, the latest."""
LEAST_SCORED = 10
"""Resolved forecasts below which nobody is scored: a Brier score of fewer says more of luck than of skill."""
SUGGESTED = 5
OUTCOMES: Mapping[Resolution, float | None] = {
    Resolution.TRUE: 1.0,
    Resolution.FALSE: 0.0,
    Resolution.PARTLY: 0.5,
    Resolution.VOID: None,
}
"""What a resolution counts as in a score; what is void counts nowhere."""


class Due(StrEnum):
    """Where a forecast stands."""

    OPEN = "open"
    DUE = "due"
    """Its horizon is past, and nobody has resolved it."""
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Prediction:
    """One forecast of one forecaster. ``id`` is that of its first report, ``told`` that report's document's date.

    ``probability`` is what the packs make of its ``likelihood``; ``conditional`` forecasts hang on an *if*.
    ``outcome``, ``evidence`` and ``judge`` are those of the person who resolved it.
    """

    id: str
    by: tuple[str, ...]
    what: str
    likelihood: Likelihood
    probability: float
    horizon: DateRange | None
    conditional: bool
    told: str
    due: Due
    outcome: Resolution | None
    evidence: tuple[str, ...]
    judge: str
    documents: int
    sources: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A forecaster's mean Brier score over the resolved forecasts, 0 (always right and certain) to 1; always even odds
    gives 0.25. ``brier`` is ``None`` for fewer than ``LEAST_SCORED``."""

    forecaster: str
    resolved: int
    brier: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often what was put so surely came true: the mean outcome beside the probability of the words."""

    likelihood: Likelihood
    probability: float
    resolved: int
    came_true: float


@dataclass(frozen=True, slots=True)
class Predictions:
    """The forecasts, those told last first; scores and calibration over all that are resolved, empty for fewer than
    ``LEAST_SCORED``. ``undated`` and ``older`` count the reports that are left out."""

    as_of: str | None
    predictions: tuple[Prediction, ...]
    scores: tuple[Score, ...]
    calibration: tuple[Calibration, ...]
    resolved: int
    documents: int
    sources: int
    undated: int
    older: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A later report that may tell the outcome of a forecast: how much it shares with it (0 to 1) and, in words, what.
    It does not say which way."""

    id: str
    kind: Kind
    when: str
    document: str
    published: str
    standing: Standing
    said: bool
    sentence: str
    score: float
    reason: str


def compose_predictions(
    case: Case,
    *,
    actor: str | None = None,
    as_of: str | None = None,
    today: str | None = None,
    due: bool = False,
    scored: bool = False,
    most: int | None = None,
    resolutions: Mapping[str, Decision] | None = None,
) -> Predictions:
    """The ledger of all forecasts, or of those that an actor makes.

    What is due is judged as of ``as_of``, else ``today`` (ISO); ``due`` asks for those alone, ``scored`` for those
    that are resolved one way or the other. ``most``: put together only so many reports, the latest. ``resolutions`` are
    those of the case unless others are given, by report.
    """
    outline = load_outline(case.packs)
    found = case.latest_forecasts(actor=actor, as_of=as_of, most=most)
    lines: Sequence[ForecastLine] = found.lines
    judged = dict(case.resolutions(as_of=as_of) if resolutions is None else resolutions)
    ledger = _Ledger(outline.likelihoods, judged, as_of or today or "")
    predictions = ledger.predictions(lines)
    resolved = ledger.predictions(_resolved(case, judged, lines, actor, as_of))
    counted = [one for one in resolved if _counted(one) is not None]
    chosen = [one for one in (counted if scored else predictions) if not due or one.due is Due.DUE]
    return Predictions(
        as_of=as_of,
        predictions=tuple(sorted(chosen, key=lambda one: (one.told, one.id), reverse=True)),
        scores=_scores(resolved),
        calibration=_calibration(resolved),
        resolved=len(counted),
        documents=len({line.document for line in lines}),
        sources=len({line.teller for line in lines}),
        undated=found.undated,
        older=found.older,
    )


def _resolved(
    case: Case, judged: Mapping[str, Decision], lines: Sequence[ForecastLine], actor: str | None, as_of: str | None
) -> Sequence[ForecastLine]:
    """All forecasts that are resolved, also those that are too old to be among the lines."""
    here = [line for line in lines if line.id in judged]
    if actor is not None:
        return here
    found: Sequence[ForecastLine] = case.ledger_lines(Kind.FORECAST, judged)
    return [line for line in found if as_of is None or (line.published or "9999")[: len(as_of)] <= as_of]


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What turns reports of forecasts into predictions."""

    likelihoods: Mapping[Likelihood, float]
    judged: Mapping[str, Decision]
    day: str

    def predictions(self, lines: Sequence[ForecastLine]) -> list[Prediction]:
        cut = {what: stems_of(what) for what in {line.what for line in lines}}
        groups = gather(
            lines,
            stems=lambda line: cut[line.what],
            keys=lambda line: [(party.actor, line.likelihood) for party in _forecasters(line)],
            least=ALIKE,
        )
        return [self._prediction(group) for group in groups]

    def _prediction(self, lines: Sequence[ForecastLine]) -> Prediction:
        first = lines[0]
        horizon = next((line.horizon for line in lines if line.horizon), None)
        decision = next((self.judged[line.id] for line in lines if line.id in self.judged), None)
        past = horizon is not None and is_past(horizon.end, self.day)
        names: dict[str, str] = {}
        for party in (party for line in lines for party in _forecasters(line)):
            names.setdefault(party.actor, party.name)
        return Prediction(
            id=first.id,
            by=tuple(names.values()),
            what=first.what,
            likelihood=first.likelihood,
            probability=self.likelihoods[first.likelihood],
            horizon=horizon,
            conditional=any(line.standing is Standing.CONDITIONAL for line in lines),
            told=first.published or "",
            due=Due.RESOLVED if decision else Due.DUE if past else Due.OPEN,
            outcome=Resolution(decision.value["outcome"]) if decision else None,
            evidence=decision.evidence if decision else (),
            judge=decision.author if decision else "",
            documents=len({line.document for line in lines}),
            sources=len({line.teller for line in lines}),
            reports=tuple(line.id for line in lines),
        )


def _forecasters(line: ForecastLine) -> tuple[Party, ...]:
    """Who makes a forecast: those named, else the document's author, else the document itself."""
    if line.by and all(party.name != "document" for party in line.by):
        return line.by
    name = line.author or line.document
    author = Party(f"author {name}", f"the author {name}" if line.author else f"the author of {name}")
    return tuple(author if party.name == "document" else party for party in line.by) or (author,)


def _counted(one: Prediction) -> float | None:
    return None if one.outcome is None else OUTCOMES[one.outcome]


def _brier(predictions: Iterable[tuple[float, float]]) -> float:
    """The mean of squared distances between probability and outcome (Brier 1950, in its common half form)."""
    distances = [(probability - outcome) ** 2 for probability, outcome in predictions]
    return sum(distances) / len(distances)


def _scores(predictions: Sequence[Prediction]) -> tuple[Score, ...]:
    """Each forecaster's, best first; those with too few resolved forecasts last, unscored."""
    made: dict[str, list[tuple[float, float]]] = {}
    for one in predictions:
        outcome = _counted(one)
        if outcome is not None:
            for name in one.by:
                made.setdefault(name, []).append((one.probability, outcome))
    scores = [
        Score(name, len(own), _brier(own) if len(own) >= LEAST_SCORED else None) for name, own in sorted(made.items())
    ]
    return tuple(sorted(scores, key=lambda score: (score.brier is None, score.brier or 0.0, -score.resolved)))


def _calibration(predictions: Sequence[Prediction]) -> tuple[Calibration, ...]:
    """By words, surest first; nothing at all for fewer than ``LEAST_SCORED`` resolved forecasts."""
    outcomes: dict[Likelihood, list[float]] = {}
    probabilities: dict[Likelihood, float] = {}
    for one in predictions:
        outcome = _counted(one)
        if outcome is not None:
            outcomes.setdefault(one.likelihood, []).append(outcome)
            probabilities[one.likelihood] = one.probability
    if sum(map(len, outcomes.values())) < LEAST_SCORED:
        return ()
    return tuple(
        Calibration(word, probabilities[word], len(outcomes[word]), sum(outcomes[word]) / len(outcomes[word]))
        for word in Likelihood
        if word in outcomes
    )


def suggest_outcomes(case: Case, id: str, *, as_of: str | None = None, most: int = SUGGESTED) -> tuple[Suggestion, ...]:
    """Later events and steps that share actors and words with a forecast, those that share most first.

    A forecast whose words name no actor takes those of its sentence. Raises ``UsageError`` for an id that is none.
    """
    stored = case.report(id)
    forecast = stored.report
    if forecast.kind is not Kind.FORECAST:
        raise UsageError(
            f"{stored.id} tells {a(forecast.kind)}, not a forecast; `dragoman show CASE forecasts` lists them"
        )
    if stored.published is None:
        return ()
    what: str = forecast.what  # type: ignore[attr-defined]
    named = case.named_in(stored.id, what) or case.named_in(stored.id, forecast.evidence.text)
    names = frozenset(stem for one in named for form in one.forms for stem in stems_of(form))
    words = stems_of(what) - names
    found = case.told_later(after=stored.published, named=named, stems=sorted(words), as_of=as_of)
    suggestions = (_suggestion(candidate, named, words) for candidate in found)
    return tuple(sorted(suggestions, key=lambda one: (-one.score, one.when, one.id))[:most])


def _suggestion(candidate: Candidate, named: Sequence[Named], words: Stems) -> Suggestion:
    shared = sorted(words & stems_of(candidate.sentence))
    score = len(candidate.actors) / len(named) / 2 + len(shared) / len(words) / 2
    told = "told as not so; " if candidate.standing is Standing.DENIED else ""
    return Suggestion(
        id=candidate.id,
        kind=candidate.kind,
        when=candidate.when,
        document=candidate.document,
        published=candidate.published,
        standing=candidate.standing,
        said=candidate.said,
        sentence=candidate.sentence,
        score=score,
        reason=(
            f"{told}{len(candidate.actors)} of {len(named)} actors ({', '.join(p.name for p in candidate.actors)}), "
            f"{len(shared)} of {len(words)} words ({', '.join(_spelt(stem, candidate.sentence) for stem in shared)})"
        ),
    )


def _spelt(stem: str, sentence: str) -> str:
    """The word of the sentence with this stem."""
    return next((word.strip(".,;:“”\"'’()") for word in sentence.split() if stem in stems_of(word)), stem)
