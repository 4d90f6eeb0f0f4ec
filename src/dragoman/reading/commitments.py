"""Commitments: undertakings that the text presents as such, and what is told of keeping them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.contents import Content, bare, undertaking
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, is_ruled_out, party_features, trigger_features
from dragoman.reading.participants import fill_first
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.statements import AUTHOR, bag_of, cast_holder, is_negated, modal_triggers, own_places
from dragoman.reading.triggers import Trigger
from dragoman.record import Commitment, Kind, Standing, Status

_LEAST = -6.0
"""Log odds under which no word tells an undertaking (one of 575 in 40 articles would have been kept, just)."""


def propose_commitments(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """One proposal for each word of undertaking with somebody bound, and for each *will* of somebody who can act."""
    for trigger in triggers:
        status = Status(trigger.frame.yields["status"])
        yield from _proposal(trigger, status, undertaking, scene, scorer)
    for trigger in modal_triggers(scene, "commitment.will", "standing-planned-modals"):
        yield from _proposal(trigger, Status.MADE, bare, scene, scorer)


def _proposal(trigger: Trigger, status: Status, what: Content, scene: Scene, scorer: Scorer) -> Iterator[Proposal]:
    token, form, key = trigger.token, trigger.form, str(status)
    if is_ruled_out(scene, token, f"commitment:{status}", _LEAST):
        return
    by, candidates = cast_holder(trigger, status, (Kind.COMMITMENT, "by"), scene, scorer)
    if by == (AUTHOR,):
        return
    cue = scene.standing(token)
    report = Commitment(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=scene.voice(token),
        standing=Standing.DEMANDED if status is Status.CALLED_FOR else Standing.ACTUAL,
        by=by,
        to=tuple(n for n in fill_first(trigger, trigger.frame.target, scene) if n not in by),
        instrument=None,
        what=what(token, own_places(by, candidates)),
        status=status,
        frame=trigger.frame.id,
        why=cues(token, cue.cue, scene),
    )
    features = (
        *trigger_features(scene, token, form, key, trigger.frame.id),
        *insight_features(scene, token, f"commitment:{status}"),
        *party_features(scene, key, (("by", by), ("to", report.to))),
        *bag_of(token, key, scene),
        f"negated={key}:{is_negated(token, scene)}",
        f"standing={key}:{cue.standing}",
        f"voiced={len(report.voice)}",
        f"own={report.voice[-1:] == by[:1]}:{key}",
    )
    yield Proposal(report, token.i, ("commitment", token.sent.start, by, status), features, candidates)
