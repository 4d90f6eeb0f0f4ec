"""Commitments: undertakings that the text presents as such, and what is told of keeping them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.participants import fill_first
from dragoman.reading.scene import Scene, evidence_of
from dragoman.reading.standing import standing_of
from dragoman.reading.statements import holders, is_negated, matter, modal_verbs, phrase
from dragoman.reading.syntax import subject
from dragoman.reading.triggers import Lexicon, find_triggers
from dragoman.record import Commitment, Standing, Status


def propose_commitments(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    """One proposal for each word of undertaking with somebody bound, and for each *will* of somebody who can act."""
    for trigger in find_triggers(scene.doc, lexicon):
        by = holders(trigger, scene)
        status = Status(trigger.frame.yields["status"])
        if by:
            to = tuple(n for n in fill_first(trigger, trigger.frame.target, scene) if n not in by)
            yield _proposal(trigger.token, trigger.form, trigger.frame.id, by, to, status, matter(trigger.token), scene)
    for verb, modal in modal_verbs(scene, "standing-planned-modals"):
        who = subject(verb)
        by = scene.names(who) if who is not None else ()
        if by:
            yield _proposal(verb, modal.lower_, "commitment.will", by, (), Status.MADE, phrase(verb), scene)


def _proposal(
    token: Token, form: str, frame: str, by: tuple[str, ...], to: tuple[str, ...], status: Status, what: str, scene: Scene
) -> Proposal:
    cue = standing_of(token, scene.pack)
    negated = is_negated(token, scene)
    report = Commitment(
        document=scene.document.id,
        evidence=evidence_of(scene.document, token.sent),
        voice=scene.voice(token),
        standing=Standing.DEMANDED if status is Status.CALLED_FOR else Standing.ACTUAL,
        by=by,
        to=to,
        instrument=None,
        what=what,
        status=status,
        frame=frame,
        why=tuple(w for w in (token.text, cue.cue) if w),
    )
    key = str(status)
    features = (
        *trigger_features(token, form, key, frame),
        *party_features(scene, key, (("by", by), ("to", to))),
        f"negated={key}:{negated}",
        f"standing={key}:{cue.standing}",
        f"voiced={len(report.voice)}",
        f"own={report.voice[-1:] == by[:1]}:{key}",
    )
    return Proposal(report, token.i, ("commitment", token.sent.start, by, status), features)
