"""Positions: who is for or against what, in words of stance."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.knowledge import Issue
from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene, evidence_of
from dragoman.reading.standing import standing_of
from dragoman.reading.statements import author_of, holders, is_negated, matter, modal_verbs, phrase
from dragoman.reading.triggers import Lexicon, find_triggers
from dragoman.record import Position, Stance, Standing

_OPPOSITE = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT, Stance.MIXED: Stance.MIXED}


def propose_positions(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    """One proposal for each word of stance with a holder, and for each *should* and *must*."""
    for trigger in find_triggers(scene.doc, lexicon):
        names = holders(trigger, scene)
        if names:
            stance = Stance(trigger.frame.yields["stance"])
            yield _proposal(trigger.token, trigger.form, trigger.frame.id, names, stance, matter(trigger.token), scene)
    for verb, modal in modal_verbs(scene, "standing-demanded-modals"):
        names = scene.voice(verb)[-1:] or (author_of(scene),)
        yield _proposal(verb, modal.lower_, "position.should", names, Stance.SUPPORT, phrase(verb), scene)


def _proposal(
    token: Token, form: str, frame: str, names: tuple[str, ...], stance: Stance, about: str, scene: Scene
) -> Proposal:
    cue = standing_of(token, scene.pack)
    turned = is_negated(token, scene)
    stance = _OPPOSITE[stance] if turned else stance
    issue, reverse = issue_of(token, scene)
    if issue is not None and reverse:
        stance = _OPPOSITE[stance]
    report = Position(
        document=scene.document.id,
        evidence=evidence_of(scene.document, token.sent),
        voice=scene.voice(token),
        standing=Standing.ACTUAL,
        holder=names,
        stance=stance,
        about=about,
        issue=issue.id if issue else None,
        frame=frame,
        why=(token.text,),
    )
    features = (
        *trigger_features(token, form, str(stance), frame),
        *party_features(scene, str(stance), (("holder", names),)),
        f"turned={turned}:{stance}",
        f"standing={cue.standing}",
        f"voiced={len(report.voice)}",
        f"own={report.voice[-1:] == names[:1]}",
        f"about={min(len(about.split()) // 3, 4)}",
    )
    return Proposal(report, token.i, ("position", token.sent.start, names, stance), features)


def issue_of(token: Token, scene: Scene) -> tuple[Issue | None, bool]:
    """The pack's issue whose words the clause speaks of most, and whether it names the reverse of the question."""
    if not scene.pack.issues:
        return None, False
    start, end = token.left_edge.i, token.right_edge.i + 1
    lemmas = f" {' '.join(t.lemma_.lower() for t in scene.doc[start:end])} "
    lower = f" {scene.doc[start:end].text.lower()} "
    best: tuple[int, Issue | None] = (0, None)
    for issue in scene.pack.issues:
        hits = sum(len(w.split()) for w in issue.words if f" {w.lower()} " in lemmas or f" {w.lower()} " in lower)
        if hits > best[0]:
            best = (hits, issue)
    found = best[1]
    reverse = found is not None and any(f" {w.lower()} " in lemmas for w in found.reverse)
    return found, reverse
