"""Steps: moves toward or away from recognition, by the rungs of the pack."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge import Rung
from dragoman.reading.circumstances.dates import date_of
from dragoman.reading.explaining import cues
from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.syntax import agent, children, prepositional, relation
from dragoman.reading.words import Token
from dragoman.record import ActorKind, Direction, Step

_DOERS = frozenset({ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.GROUP, ""})


def propose_steps(scene: Scene) -> Iterator[Proposal]:
    """One proposal for each word of a rung in a sentence that names the authority of the pack and somebody else."""
    authority = scene.pack.by_key.get(scene.pack.authority or "")
    if authority is None or scene.cast.actor(authority.name) is None:
        return
    for sentence in scene.sentences:
        present = _present(scene, sentence.start, sentence.end)
        if authority.name not in present:
            continue
        for token in sentence:
            if _qualifies_others(token, authority.name, scene):
                continue
            for rung, direction in _moves(token, scene.pack.rungs):
                yield _proposal(token, rung, direction, authority.name, present, scene)


def _present(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """Actors mentioned between two tokens, in the order of their mention."""
    found = (scene.cast.actors[m.actor].name for m in scene.cast.mentions if start <= m.start < end)
    return tuple(dict.fromkeys(found))


def _qualifies_others(token: Token, authority: str, scene: Scene) -> bool:
    """Whether a participle only says what sort of others somebody is: the list of *banned* organisations."""
    return token.tag_ in ("VBN", "JJ") and relation(token) == "amod" and authority not in scene.names(token.head)


def _moves(token: Token, rungs: tuple[Rung, ...]) -> Iterator[tuple[Rung, Direction]]:
    """Rungs that the token is a move on, by itself or with a noun of the rung in its phrase."""
    lemma = token.lemma_.lower()
    for rung in rungs:
        if lemma in rung.alone_up:
            yield rung, Direction.UP
        if lemma in rung.alone_down:
            yield rung, Direction.DOWN
        is_thing = token.pos_ == "NOUN" and lemma in rung.nouns  # the list, not to list
        if (lemma in rung.up or lemma in rung.down) and not is_thing:
            nearby = {t.lemma_.lower() for c in token.children for t in (c, *c.children)}
            if nearby & set(rung.nouns):
                yield rung, Direction.UP if lemma in rung.up else Direction.DOWN


def _proposal(
    token: Token, rung: Rung, direction: Direction, authority: str, present: tuple[str, ...], scene: Scene
) -> Proposal:
    own = (authority, scene.state_of(authority))
    by = tuple(n for n in _doers(token, scene) if n not in own)
    if not by:
        by = tuple(n for n in present if n not in own and scene.kind_of(n) in _DOERS)[:1]
    cue = scene.standing(token)
    report = Step(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=scene.voice(token),
        standing=cue.standing,
        by=by,
        toward=(authority,),
        rung=rung.id,
        direction=direction,
        date=date_of(token, scene.dates),
        frame=f"step.{rung.id}.{direction}",
        why=cues(token, cue.cue, scene),
    )
    key = f"{rung.id}:{direction}"
    features = (
        *trigger_features(scene, token, token.pos_, key, report.frame),
        *party_features(scene, key, (("by", by),)),
        f"standing={cue.standing}",
    )
    return Proposal(report, token.i, ("step", token.sent.start, rung.id, direction), features)


def _doers(token: Token, scene: Scene) -> tuple[str, ...]:
    """Who makes the move: the agent of the verb; the owner, the *by* or *from* phrase of the noun."""
    if token.pos_ == "VERB":
        phrases = [a for a in (agent(token),) if a is not None]
    else:
        before = (c for c in children(token, "nmod", "amod", "compound") if c.dep_ == "nmod:poss" or c.i < token.i)
        origin = (p for p in prepositional(token, "from") if scene.cast.names_of(p))  # from China, not from the list
        phrases = [*before, *prepositional(token, "by"), *origin]
    return tuple(dict.fromkeys(name for phrase in phrases for name in scene.names(phrase)))
