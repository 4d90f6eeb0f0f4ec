"""Forecasts: what will be, outside the forecaster's own power, and how surely it is put."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.dates import date_of
from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene, evidence_of
from dragoman.reading.standing import standing_of
from dragoman.reading.statements import is_negated, matter, modal_verbs, phrase
from dragoman.reading.syntax import subject
from dragoman.reading.triggers import Lexicon, find_triggers
from dragoman.record import Forecast, Likelihood, Standing

_NEGATED = {Likelihood.CERTAIN: Likelihood.VERY_UNLIKELY, Likelihood.LIKELY: Likelihood.UNLIKELY, Likelihood.POSSIBLE: Likelihood.UNLIKELY}


def propose_forecasts(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    """One proposal for each word of expectation, and for each *will*, *would*, *may* and *could*."""
    for trigger in find_triggers(scene.doc, lexicon):
        likelihood = Likelihood(trigger.frame.yields["likelihood"])
        yield _proposal(trigger.token, trigger.form, trigger.frame.id, likelihood, matter(trigger.token), scene)
    for verb, modal in modal_verbs(scene, "standing-planned-modals", "standing-possible-modals"):
        sure = modal.lower_ in scene.pack.words["standing-planned-modals"]
        likelihood = Likelihood.CERTAIN if sure else Likelihood.POSSIBLE
        yield _proposal(verb, modal.lower_, "forecast.modal", likelihood, phrase(verb), scene)


def _proposal(token: Token, form: str, frame: str, likelihood: Likelihood, what: str, scene: Scene) -> Proposal:
    cue = standing_of(token, scene.pack)
    negated = is_negated(token, scene)
    voice = scene.voice(token)
    who = subject(token)
    doer = scene.names(who) if who is not None else ()
    report = Forecast(
        document=scene.document.id,
        evidence=evidence_of(scene.document, token.sent),
        voice=voice,
        standing=Standing.CONDITIONAL if cue.standing is Standing.CONDITIONAL else Standing.POSSIBLE,
        by=voice[-1:],
        what=what,
        likelihood=_NEGATED.get(likelihood, likelihood) if negated else likelihood,
        horizon=date_of(token, scene.dates),
        frame=frame,
        why=tuple(w for w in (form if frame == "forecast.modal" else "", token.text, cue.cue) if w),
    )
    key = str(likelihood)
    features = (
        *trigger_features(token, form, key, frame),
        *party_features(scene, key, (("doer", doer),)),
        f"negated={negated}",
        f"standing={cue.standing}:{form}",
        f"voiced={len(voice)}",
        f"own={voice[-1:] == doer[:1]}",
        f"tense={form}:{token.tag_}",
    )
    return Proposal(report, token.i, ("forecast", token.sent.start, token.head.i if form == "verb" else token.i), features)
