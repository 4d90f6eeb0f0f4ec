"""Forecasts: what will be, outside the forecaster's own power, and how surely it is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.circumstances.dates import horizon_of
from dragoman.reading.contents import Content, event, outcome
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.statements import AUTHOR, bag_of, cast_holder, is_negated, modal_triggers, own_places
from dragoman.reading.syntax import child, subject
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token
from dragoman.record import DateRange, Forecast, Kind, Likelihood, Standing

_NEGATED = {
    Likelihood.CERTAIN: Likelihood.VERY_UNLIKELY,
    Likelihood.LIKELY: Likelihood.UNLIKELY,
    Likelihood.POSSIBLE: Likelihood.UNLIKELY,
}


def propose_forecasts(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """One proposal for each word of expectation, and for each *will*, *would*, *may* and *could*."""
    for trigger in triggers:
        likelihood = Likelihood(trigger.frame.yields["likelihood"])
        yield _proposal(trigger, likelihood, outcome, scene, scorer)
    sure = scene.pack.words["standing-planned-modals"]
    for trigger in modal_triggers(scene, "forecast.modal", "standing-planned-modals", "standing-possible-modals"):
        likelihood = Likelihood.CERTAIN if trigger.form in sure else Likelihood.POSSIBLE
        yield _proposal(trigger, likelihood, event, scene, scorer)


def _proposal(trigger: Trigger, likelihood: Likelihood, what: Content, scene: Scene, scorer: Scorer) -> Proposal:
    token, form, key = trigger.token, trigger.form, str(likelihood)
    cue = scene.standing(token)
    negated = is_negated(token, scene)
    voice = scene.voice(token)
    by, candidates = cast_holder(trigger, likelihood, (Kind.FORECAST, "by"), scene, scorer)
    who = subject(token)
    doer = scene.names(who) if who is not None else ()
    report = Forecast(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=voice,
        standing=Standing.CONDITIONAL if cue.standing is Standing.CONDITIONAL else Standing.POSSIBLE,
        by=() if by == (AUTHOR,) else by,
        what=what(token, own_places(by, candidates)),
        likelihood=_NEGATED.get(likelihood, likelihood) if negated else likelihood,
        horizon=_horizon(token, scene),
        frame=trigger.frame.id,
        why=cues(token, cue.cue, scene, word=f"{form} {token.text}" if trigger.frame.id == "forecast.modal" else ""),
    )
    features = (
        *trigger_features(scene, token, form, key, trigger.frame.id),
        *insight_features(scene, token, "forecast:"),
        *party_features(scene, key, (("doer", doer),)),
        *bag_of(token, key, scene),
        f"negated={negated}",
        f"standing={cue.standing}:{form}",
        f"voiced={len(voice)}",
        f"own={voice[-1:] == doer[:1]}",
        f"tense={form}:{token.tag_}",
    )
    return Proposal(report, token.i, ("forecast", told_of(token, form)), features, candidates)


def _horizon(token: Token, scene: Scene) -> DateRange | None:
    """By when it is to be; what was over when the document came out is something else's date (*a war like that of the
    1990s*)."""
    when, published = horizon_of(token, scene.dates), scene.document.published
    if when is None or when.end is None or published is None:
        return when
    return when if when.end >= published.value[: len(when.end)] else None


def told_of(token: Token, form: str) -> int:
    """The word that tells what will be: of an expectation the predicate of its clause (*believe that it will fall*:
    fall), so that a modal there makes no second forecast of it."""
    clause = child(token, "ccomp", "csubj") if form in ("verb", "noun", "adjective") else None
    return token.i if clause is None else clause.i
