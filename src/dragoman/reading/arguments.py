"""Arguments: which actors of a sentence take part in an act, and on which side.

Frames name the paths on which source and target are usually told; what the text leaves to control, coordination or
the sentence's topic they do not reach. So every actor of the sentence is a candidate, described by its path to the
trigger (and by the frame's path that reaches it), and logistic models learned from coded articles decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.reading.cast import Mention
from dragoman.reading.participants import Names, phrases
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import case_of, relation
from dragoman.reading.triggers import Trigger

MOST_CANDIDATES = 24
"""Actors of one sentence that are weighed; a list longer than this is an enumeration, not an act."""
_LONGEST_PATH = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may take part in the act of a trigger, with what speaks for it."""

    name: str
    place: int
    features: tuple[str, ...]


def find_candidates(trigger: Trigger, key: str, scene: Scene) -> list[Candidate]:
    """Every actor that the trigger's sentence mentions, each by its mention nearest in the tree, in text order.

    ``key`` is what the trigger yields (an event type, a stance); the models know paths by it.
    """
    reached = _reached(trigger, scene)
    best: dict[int, tuple[int, Mention]] = {}
    chain = _chain(trigger.token)
    for mention in scene.mentions_in(trigger.token.sent):
        if mention.head == trigger.token.i:
            continue
        length = len(path_between(chain, scene.doc[mention.head]))
        for actor in (mention.actor, *mention.others):
            if actor not in best or length < best[actor][0]:
                best[actor] = (length, mention)
    speaker = set(scene.voice(trigger.token))
    found = []
    for actor, (_, mention) in sorted(best.items(), key=lambda item: item[1][1].head)[:MOST_CANDIDATES]:
        name = scene.cast.actors[actor].name
        features = (*_describe(trigger, key, mention, name, len(best), chain, scene), *reached.get(name, ("path=none",)))
        features = (*features, f"speaker={name in speaker}", f"speaker={key}:{name in speaker}")
        found.append(Candidate(name, mention.head, features))
    return found


def cast_roles(
    candidates: list[Candidate], roles: tuple[str, ...], kind: str, scorer: Scorer
) -> dict[str, Names]:
    """The candidates whose probability for a role passes its threshold; one that passes for several takes the likeliest."""
    found: dict[str, list[str]] = defaultdict(list)
    for candidate in candidates:
        scores = {role: scorer.margin(f"{kind}/{role}", candidate.features) for role in roles}
        role = max(scores, key=lambda r: scores[r])
        if scores[role] >= 0.0:
            found[role].append(candidate.name)
    return {role: tuple(dict.fromkeys(found[role])) for role in roles}


def _reached(trigger: Trigger, scene: Scene) -> Mapping[str, tuple[str, ...]]:
    """The frame's paths that reach each actor, as features."""
    found: dict[str, list[str]] = defaultdict(list)
    frame = trigger.frame
    for role, paths in (("source", frame.source), ("target", frame.target)):
        for path in paths:
            for phrase in phrases(trigger, path):
                own = scene.cast.names_of(phrase)
                how = "is" if own else "owns"
                for name in own or scene.names(phrase):
                    found[name] += [
                        f"reached={role}",
                        f"{role}-path={path}:{how}",
                        f"{role}-path={path}:{trigger.form}",
                        f"{role}-path={frame.id}:{path}",
                    ]
    return {name: tuple(features) for name, features in found.items()}


def _chain(token: Token) -> tuple[Token, ...]:
    """The token and the heads above it, up to the root of its sentence."""
    chain = [token]
    while chain[-1].head != chain[-1] and len(chain) < 40:
        chain.append(chain[-1].head)
    return tuple(chain)


def path_between(chain: tuple[Token, ...], other: Token) -> tuple[str, ...]:
    """Relations from a trigger up to the common head and down to another token; coordination is passed over."""
    places = {t.i: n for n, t in enumerate(chain)}
    down: list[str] = []
    token = other
    while token.i not in places and token.head != token and len(down) < 40:
        if relation(token) != "conj":
            down.append(token.dep_)
        token = token.head
    up = [f"^{t.dep_}" for t in chain[: places.get(token.i, len(chain) - 1)]]
    return (*up, *reversed(down))


def _describe(
    trigger: Trigger, key: str, mention: Mention, name: str, rivals: int, chain: tuple[Token, ...], scene: Scene
) -> Iterator[str]:
    head, token = scene.doc[mention.head], trigger.token
    path = path_between(chain, head)
    shape = "/".join(path[:_LONGEST_PATH])
    marker = case_of(head)
    kind = scene.kind_of(name)
    yield f"tree={shape}"
    yield f"tree={trigger.form}:{shape}"
    yield f"tree={key}:{shape}"
    yield f"tree={key}:{trigger.form}:{shape}:{marker}"
    yield f"ends={key}:{'/'.join(path[-2:])}:{marker}"
    yield f"length={min(len(path), 8)}"
    yield f"link={key}:{relation(head)}:{marker}"
    yield f"link={relation(head)}:{marker}"
    side = "before" if mention.head < token.i else "after"
    yield f"side={side}"
    yield f"side={key}:{trigger.form}:{side}"
    yield f"side={side}:{relation(head)}"
    yield f"far={side}:{min(abs(mention.head - token.i) // 4, 6)}"
    yield f"kind={kind}"
    yield f"kind={key}:{kind}"
    yield f"form={mention.kind}"
    yield f"form={mention.kind}:{relation(head)}"
    yield f"rivals={min(rivals, 6)}"
    yield f"rivals={key}:{min(rivals, 4)}"
    yield f"lemma={token.lemma_.lower()}:{side}:{relation(head)}"
    yield f"lemma={token.lemma_.lower()}:{side}:{marker}"
    yield f"subject-of-root={head.dep_.startswith('nsubj') and head.head.dep_.lower() == 'root'}"
