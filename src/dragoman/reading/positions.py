"""Positions: who is for or against what, in words of stance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from dragoman.knowledge import Issue
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, party_features, trigger_features
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.standing import standing_of
from dragoman.reading.statements import AUTHOR, bag_of, cast_holder, is_negated, matter, matters, modal_triggers, phrase
from dragoman.reading.triggers import Trigger
from dragoman.record import Kind, Position, Stance

_OPPOSITE = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT, Stance.MIXED: Stance.MIXED}


def propose_positions(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """Proposals for each word of stance, for each *should* and *must*, and for what somebody is quoted to say."""
    for trigger in triggers:
        yield from _proposal(trigger, Stance(trigger.frame.yields["stance"]), matter(trigger.token), scene, scorer)
    for trigger in modal_triggers(scene, "position.should", "standing-demanded-modals"):
        yield from _proposal(trigger, Stance.SUPPORT, phrase(trigger.token), scene, scorer)
    for trigger in _sayings(scene):
        for stance in (Stance.SUPPORT, Stance.OPPOSE):
            yield from _proposal(trigger, stance, phrase(trigger.token), scene, scorer)


def _sayings(scene: Scene) -> Iterator[Trigger]:
    """The main predicate of each sentence: its words together may take a side though none of them alone does."""
    frame = next((f for f in scene.pack.frames if f.id == "position.said"), None)
    if frame is None:
        return
    for sentence in scene.sentences:
        yield Trigger(frame, sentence.root, "sentence")


def _proposal(trigger: Trigger, stance: Stance, about: str, scene: Scene, scorer: Scorer) -> Iterator[Proposal]:
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
        evidence=scene.evidence(token.sent),
        voice=voice,
        holder=names,
        stance=stance,
        about=about,
        issue=issue.id if issue else None,
        frame=frame,
        why=cues(token, "", scene),
    )
    features = (
        *trigger_features(token, form, str(stance), frame),
        *insight_features(scene, token, f"position:{stance}"),
        *party_features(scene, str(stance), (("holder", names),)),
        *bag_of(token, str(stance), scene),
        f"turned={turned}:{stance}",
        f"standing={standing_of(token, scene.pack).standing}",
        f"voiced={len(voice)}:{form}",
        f"own={voice[-1:] == names[:1]}",
        f"author={names == (AUTHOR,)}",
        f"about={min(len(about.split()) // 3, 4)}",
    )
    yield Proposal(report, token.i, ("position", token.sent.start, stance), features, candidates)


def issue_of(token: Token, scene: Scene) -> tuple[Issue | None, bool]:
    """The pack's issue whose words the clause speaks of most, and whether it names the reverse of the question.

    What the stance is about counts twice: it stands in the clause, and alone.
    """
    if not scene.pack.issues:
        return None, False
    texts = [_spoken(head) for head in (token, *matters(token)[:1])]
    best: tuple[int, Issue | None, bool] = (0, None, False)
    for issue in scene.pack.issues:
        plain, reverse = (sum(_mentions(text, words) for text in texts) for words in (issue.words, issue.reverse))
        if plain + reverse > best[0]:
            best = (plain + reverse, issue, reverse > plain)
    return best[1], best[2]


def _spoken(head: Token) -> tuple[str, str]:
    """The words below a token as they are spelt and as lemmas, in lower case between blanks."""
    tokens = [t for t in head.doc[head.left_edge.i : head.right_edge.i + 1] if not t.is_space]
    return f" {' '.join(t.lower_ for t in tokens)} ", f" {' '.join(t.lemma_.lower() for t in tokens)} "


def _mentions(text: tuple[str, str], words: Iterable[str]) -> int:
    """How many words of the list's entries a text holds."""
    return sum(len(w.split()) for w in words if any(f" {w.lower()} " in spelt for spelt in text))
