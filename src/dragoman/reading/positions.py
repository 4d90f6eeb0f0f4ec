"""Positions: who is for or against what, in words of stance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import fsum

from dragoman.knowledge import Issue, Pack
from dragoman.reading.contents import Content, event, opinion, saying
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, is_ruled_out, party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.statements import (
    AUTHOR,
    bag_of,
    cast_holder,
    is_negated,
    matter,
    matters,
    modal_triggers,
    own_places,
    phrase,
)
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token
from dragoman.record import Kind, Position, Stance

_OPPOSITE = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT, Stance.MIXED: Stance.MIXED}


_LEAST = -5.0
"""Log odds under which no saying takes a side: none of 1,300 such in 40 articles would have been kept."""


def propose_positions(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """Proposals for each word of stance, for each *should* and *must*, and for what somebody is quoted to say."""
    for trigger in triggers:
        stance = Stance(trigger.frame.yields["stance"])
        yield from _proposal(trigger, stance, matter(trigger.token), opinion, scene, scorer)
    for trigger in modal_triggers(scene, "position.should", "standing-demanded-modals"):
        yield from _proposal(trigger, Stance.SUPPORT, phrase(trigger.token), event, scene, scorer)
    for trigger in _sayings(scene):
        for stance in (Stance.SUPPORT, Stance.OPPOSE):
            if is_ruled_out(scene, trigger.token, f"position:{stance}", _LEAST):
                continue
            yield from _proposal(trigger, stance, phrase(trigger.token), saying, scene, scorer)


def _sayings(scene: Scene) -> Iterator[Trigger]:
    """The main predicate of each sentence: its words together may take a side though none of them alone does."""
    frame = next((f for f in scene.pack.frames if f.id == "position.said"), None)
    if frame is None:
        return
    for sentence in scene.sentences:
        yield Trigger(frame, sentence.root, "sentence")


def _proposal(
    trigger: Trigger, stance: Stance, told: str, about: Content, scene: Scene, scorer: Scorer
) -> Iterator[Proposal]:
    token, form, frame = trigger.token, trigger.form, trigger.frame.id
    names, candidates = cast_holder(trigger, stance, (Kind.POSITION, "holder"), scene, scorer)
    if names == (AUTHOR,) and form in ("verb", "noun"):
        return  # a verb or noun of stance tells whose it is; only judgements (*it is wrong*) are the author's own
    turned = form != "sentence" and is_negated(token, scene)
    stance = _OPPOSITE[stance] if turned else stance
    issue, reverse = issue_of(token, scene)
    if issue is not None and reverse:
        stance = _OPPOSITE[stance]
    voice = scene.voice(token)
    report = Position(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=voice,
        holder=names,
        stance=stance,
        about=about(token, own_places(names, candidates)),
        issue=issue.id if issue else None,
        frame=frame,
        why=cues(token, "", scene),
    )
    features = (
        *trigger_features(scene, token, form, str(stance), frame),
        *insight_features(scene, token, f"position:{stance}"),
        *party_features(scene, str(stance), (("holder", names),)),
        *bag_of(token, str(stance), scene),
        f"turned={turned}:{stance}",
        f"standing={scene.standing(token).standing}",
        f"voiced={len(voice)}:{form}",
        f"own={voice[-1:] == names[:1]}",
        f"author={names == (AUTHOR,)}",
        f"about={min(len(told.split()) // 3, 4)}",
    )
    yield Proposal(report, token.i, ("position", token.sent.start, stance), features, candidates)


def issue_of(token: Token, scene: Scene) -> tuple[Issue | None, bool]:
    """The pack's issue whose words are spoken of most, and whether it is the reverse of its question that is.

    A word weighs less the more issues list it, and the farther from the stance it is said: in what the stance is about,
    in its clause, in its sentence, in the sentence before.
    """
    if not scene.pack.issues:
        return None, False
    shares = _shares(scene.pack)
    told = [(weight, held) for weight, held in _spoken_about(token, scene) if held]
    said = frozenset[str]().union(*(held for _, held in told))
    best: tuple[float, Issue | None, bool] = (0.0, None, False)
    for issue, *sides in _sides(scene.pack):
        if all(said.isdisjoint(words) for words in sides):
            continue
        plain, reverse = (sum(weight * _weight(held & words, shares) for weight, held in told) for words in sides)
        if plain + reverse > best[0]:
            best = (plain + reverse, issue, reverse > plain)
    return best[1], best[2]


_IN_MATTER, _IN_CLAUSE, _IN_SENTENCE, _BEFORE = 3.0, 1.0, 0.5, 0.2


def _spoken_about(token: Token, scene: Scene) -> Iterator[tuple[float, Words]]:
    """The words of issues that are said, each time with what they weigh there."""
    for head in matters(token)[:1]:
        yield _IN_MATTER, _spoken(head, scene)
    yield _IN_CLAUSE, _spoken(token, scene)
    yield _IN_SENTENCE, _spoken(token.sent.root, scene)
    for sentence in scene.sentences_before(token.sent, 1):
        yield _BEFORE, _spoken(sentence.root, scene)


Words = frozenset[str]
"""Words of issues in lower case, some of them several words between blanks."""


@lru_cache(maxsize=4)
def _sides(pack: Pack) -> tuple[tuple[Issue, Words, Words], ...]:
    """The issues with the words that tell of each, and with those that tell of its reverse."""
    return tuple((i, frozenset(map(str.lower, i.words)), frozenset(map(str.lower, i.reverse))) for i in pack.issues)


@lru_cache(maxsize=4)
def _shares(pack: Pack) -> Mapping[str, float]:
    """For each word of an issue the share that one issue has in it: a word of four issues tells little of any."""
    listed = Counter(word for _, words, reverse in _sides(pack) for word in words | reverse)
    return {word: 1.0 / count for word, count in listed.items()}


def _spoken(head: Token, scene: Scene) -> Words:
    """The words of issues that are said below a token, as they are spelt or as lemmas."""
    key = ("words of issues", head.i)
    if key not in scene.memo:
        tokens = [t for t in head.doc[head.left_edge.i : head.right_edge.i + 1] if not t.is_space]
        spelt, lemmas = [t.lower_ for t in tokens], [t.lemma_.lower() for t in tokens]
        scene.memo[key] = frozenset(chain(_listed(spelt, scene.pack), _listed(lemmas, scene.pack)))
    found: Words = scene.memo[key]
    return found


def _listed(said: Sequence[str], pack: Pack) -> Iterator[str]:
    """The words of issues among these words, of one word or several on end."""
    shares = _shares(pack)
    for length in _lengths(pack):
        for start in range(len(said) - length + 1):
            words = " ".join(said[start : start + length])
            if words in shares:
                yield words


@lru_cache(maxsize=4)
def _lengths(pack: Pack) -> tuple[int, ...]:
    """Of how many words the words of issues are."""
    return tuple(sorted({len(word.split()) for word in _shares(pack)}))


def _weight(held: Words, shares: Mapping[str, float]) -> float:
    """What words of an issue weigh; several words together weigh as many, and none of them again alone."""
    whole = (word for word in held if not any(word != other and f" {word} " in f" {other} " for other in held))
    return fsum(len(word.split()) * shares[word] for word in whole)
