"""Arguments: which actors of a sentence take part in an act, and on which side.

Frames name the paths on which source and target are usually told; what the text leaves to control, coordination or
the sentence's topic they do not reach. So every actor of the sentence is a candidate, described by its path to the
trigger (and by the frame's path that reaches it), and logistic models learned from coded articles decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.reading.actors.cast import Mention
from dragoman.reading.features import last_steps, steps
from dragoman.reading.network import ABSENT, ROLES, Pairs, Way
from dragoman.reading.participants import Names, phrases
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import case_of, own_subject, relation
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token
from dragoman.record import Kind

MOST_CANDIDATES = 24
"""Actors of one sentence that are weighed; a list longer than this is an enumeration, not an act."""
NEAR_BEST = 0.6
"""Share of the likeliest candidate's probability that another needs to stand beside it (folds of the build part)."""
_LONGEST_PATH = 6
_SENTENCES_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may take part in the act of a trigger, with what speaks for it."""

    name: str
    place: int
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Actor:
    """An actor of a trigger's sentence, with the bearing and the form of its nearest mention."""

    name: str
    kind: str
    form: str
    bearing: _Bearing


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a sentence offers a trigger: actors, what the report network has of them, and first persons."""

    chain: tuple[Token, ...]
    actors: tuple[_Actor, ...]
    pairs: Pairs | None
    first_persons: tuple[tuple[str, str, Token, tuple[str, ...]], ...]


def find_candidates(trigger: Trigger, key: str, scene: Scene) -> list[Candidate]:
    """Every actor that the trigger's sentence mentions, each by its mention nearest in the tree, in text order.

    ``key`` is what the trigger yields (an event type, a stance); the models know paths by it.
    """
    key, form = str(key), trigger.form  # a member of an enum is slow to put into a feature
    reach = _reach_of(trigger.token, scene)
    reached = _reached(trigger, scene)
    speakers = scene.voice(trigger.token)
    rivals = len(reach.actors)
    found = []
    for actor, seen in zip(reach.actors, _seen(trigger, key, reach.pairs, rivals), strict=True):
        speaks = actor.name in speakers
        features = (
            *_describe(form, key, actor.bearing),
            f"kind={actor.kind}",
            f"kind={key}:{actor.kind}",
            f"form={actor.form}",
            f"form={actor.form}:{actor.bearing.link}",
            f"rivals={min(rivals, 6)}",
            f"rivals={key}:{min(rivals, 4)}",
            *reached.get(actor.name, _UNREACHED),
            f"speaker={speaks}",
            f"speaker={key}:{speaks}",
            *_role_features(*seen),
        )
        found.append(Candidate(actor.name, actor.bearing.head, features))
    for name, how, token, path in reach.first_persons:
        described = _describe(form, key, _bearing(trigger.token, token, path, scene))
        features = (*described, f"first={how}:{token.lower_}", f"first={key}:{how}")
        found.append(Candidate(name, token.i, features))
    return found


_UNREACHED = ("path=none",)


def find_absent_candidates(trigger: Trigger, key: str, scene: Scene, present: set[str]) -> list[Candidate]:
    """Actors of the sentences just before that the trigger's own does not mention, each by its last mention."""
    key = str(key)
    sentence = trigger.token.sent
    before = scene.sentences_before(sentence, _SENTENCES_BEFORE)
    last: dict[int, tuple[int, Mention]] = {}
    for distance, earlier in enumerate(before, 1):
        for mention in scene.mentions_in(earlier):
            for actor in (mention.actor, *mention.others):
                if actor not in last or last[actor][0] == distance:
                    last[actor] = (distance, mention)
    speakers = scene.voice(trigger.token)
    absent = [(scene.cast.actors[actor].name, *found) for actor, found in last.items()]
    absent = [item for item in absent if item[0] not in present]
    pairs = _pairs(trigger.token, [(mention.head, ABSENT) for _, _, mention in absent], scene)
    found = []
    for (name, distance, mention), seen in zip(absent, _seen(trigger, key, pairs, len(absent)), strict=True):
        head = scene.doc[mention.head]
        kind = scene.kind_of(name)
        features = (
            f"absent={distance}",
            f"absent={key}:{trigger.form}",
            f"absent={distance}:{relation(head)}",
            f"absent={key}:{kind}",
            f"absent-kind={kind}",
            f"absent-present={min(len(present), 4)}",
            f"absent-rivals={min(len(absent), 6)}",
            f"absent-topic={head.dep_.startswith('nsubj')}:{distance}",
            f"absent-subject={own_subject(trigger.verb) is not None}:{trigger.form}",
            f"speaker={name in speakers}",
            f"speaker={key}:{name in speakers}",
            *_absent_role_features(*seen),
        )
        found.append(Candidate(name, mention.head, features))
    return found


def _pairs(token: Token, actors: Sequence[tuple[int, Way]], scene: Scene) -> Pairs | None:
    """What the report network has of a word and of actors, given by their mentions' heads and their ways from it."""
    if scene.insight is None or not actors:
        return None
    return scene.insight.pairs_of(token.i, *zip(*actors, strict=True))


def _seen(trigger: Trigger, key: str, pairs: Pairs | None, actors: int) -> list[list[int]]:
    """What the report network takes each actor's part in a claim to be: of each role, the last step that its odds
    reach."""
    if pairs is None:
        return [[] for _ in range(actors)]
    claim = "forecast:" if trigger.frame.kind is Kind.FORECAST else f"{trigger.frame.kind}:{key}"
    return last_steps(pairs.roles(claim))


@cache
def _role_features(*last: int) -> tuple[str, ...]:
    """The odds of an actor's roles as features, from the last step that each reaches."""
    return tuple(f for role, step in zip(ROLES, last, strict=False) for f in steps(f"network-{role}", step))


@cache
def _absent_role_features(*last: int) -> tuple[str, ...]:
    return tuple(f"absent-{f}" for f in _role_features(*last))


def _reach_of(token: Token, scene: Scene) -> _Reach:
    """The reach of a trigger, found once for all the kinds that ask."""
    memo = ("reach", token.i)
    if memo not in scene.memo:
        chain = chain_of(token)
        actors = tuple(_nearest(chain, scene))
        named = {actor.name for actor in actors}
        pairs = _pairs(token, [(actor.bearing.head, actor.bearing.way) for actor in actors], scene)
        scene.memo[memo] = _Reach(chain, actors, pairs, tuple(_first_persons(chain, named, scene)))
    found: _Reach = scene.memo[memo]
    return found


def _nearest(chain: tuple[Token, ...], scene: Scene) -> Iterator[_Actor]:
    best: dict[int, tuple[Mention, Token, tuple[str, ...]]] = {}
    for mention in scene.mentions_in(chain[0].sent):
        head = scene.doc[mention.head]
        path = path_between(chain, head)
        for actor in (mention.actor, *mention.others):
            if actor not in best or len(path) < len(best[actor][2]):
                best[actor] = (mention, head, path)
    for actor, (mention, head, path) in sorted(best.items(), key=lambda item: item[1][0].head)[:MOST_CANDIDATES]:
        name = scene.cast.actors[actor].name
        yield _Actor(name, scene.kind_of(name), mention.kind, _bearing(chain[0], head, path, scene))


def _first_persons(
    chain: tuple[Token, ...], present: set[str], scene: Scene
) -> Iterator[tuple[str, str, Token, tuple[str, ...]]]:
    """Whom *we* and *I* of a quotation stand for: the speaker, and the state that an official speaks for."""
    for token in scene.first_persons_in(chain[0].sent):
        for name in scene.names(token):
            for who, how in ((name, "speaker"), (scene.state_of(name), "state")):
                if who and who not in present:
                    present.add(who)
                    yield who, how, token, path_between(chain, token)


def find_place_candidates(trigger: Trigger, key: str, scene: Scene) -> list[Candidate]:
    """Every named place of the trigger's sentence, in text order."""
    chain = _reach_of(trigger.token, scene).chain
    sentence = trigger.token.sent
    places = [p for p in scene.places if sentence.start <= p.head < sentence.end][:MOST_CANDIDATES]
    found = []
    for place in places:
        head = scene.doc[place.head]
        bearing = _bearing(trigger.token, head, path_between(chain, head), scene)
        features = (*_describe(trigger.form, key, bearing), f"rivals={key}:{min(len(places), 4)}")
        found.append(Candidate(place.name, place.head, features))
    return found


def cast_roles(
    candidates: Sequence[Candidate], roles: tuple[str, ...], kind: str, scorer: Scorer, *, somebody: bool = False
) -> dict[str, Names]:
    """Who fills each role: candidates likely enough for it, not far behind the likeliest; nobody stands on two sides.

    With ``somebody`` a role that nobody is likely enough for goes to the likeliest.
    """
    scores: dict[str, dict[str, float]] = {role: {} for role in roles}
    models = {role: f"{kind}/{role}" for role in roles}
    for candidate in candidates:
        rated = {role: scorer.probability(model, candidate.features) for role, model in models.items()}
        role = max(rated, key=rated.__getitem__)
        scores[role][candidate.name] = max(rated[role], scores[role].get(candidate.name, 0.0))
    cast: dict[str, Names] = {}
    for role, rated in scores.items():
        best = max(rated.values(), default=0.0)
        least = max(scorer.thresholds.get(f"{kind}/{role}", 0.5), NEAR_BEST * best)
        if somebody:
            least = min(least, best)
        cast[role] = tuple(name for name, score in rated.items() if score >= least)
    return cast


def _reached(trigger: Trigger, scene: Scene) -> Mapping[str, tuple[str, ...]]:
    """The frame's paths that reach each actor, as features; found once for all that the trigger may claim."""
    memo = (f"reached by {trigger.frame.id} as {trigger.form}", trigger.token.i)
    if memo not in scene.memo:
        reached: dict[str, list[str]] = defaultdict(list)
        for name, features in _reaching(trigger, scene):
            reached[name] += features
        scene.memo[memo] = {name: tuple(features) for name, features in reached.items()}
    found: Mapping[str, tuple[str, ...]] = scene.memo[memo]
    return found


def _reaching(trigger: Trigger, scene: Scene) -> Iterator[tuple[str, tuple[str, ...]]]:
    frame = trigger.frame
    for role, paths in (("source", frame.source), ("target", frame.target)):
        for path in paths:
            for phrase in phrases(trigger, path):
                own = scene.cast.names_of(phrase)
                how = "is" if own else "owns"
                for name in own or scene.names(phrase):
                    yield (
                        name,
                        (
                            f"reached={role}",
                            f"{role}-path={path}:{how}",
                            f"{role}-path={path}:{trigger.form}",
                            f"{role}-path={frame.id}:{path}",
                        ),
                    )


def chain_of(token: Token) -> tuple[Token, ...]:
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


def _shape(path: tuple[str, ...]) -> str:
    return "/".join(path[:_LONGEST_PATH])


def way_between(token: Token, head: Token) -> Way:
    """How a noun phrase lies to a word of its sentence."""
    return _shape(path_between(chain_of(token), head)), case_of(head)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """How a noun phrase lies to a word: its head and way, the end of its path, its relation, its side, and all that as
    features that do not hang on what the word claims."""

    head: int
    way: Way
    end: str
    link: str
    side: str
    features: tuple[str, ...]


def _bearing(token: Token, head: Token, path: tuple[str, ...], scene: Scene) -> _Bearing:
    """The bearing of a noun phrase, found once for all that a word may claim."""
    memo = (f"bearing from {token.i}", head.i)
    if memo not in scene.memo:
        shape, marker, link = _shape(path), case_of(head), relation(head)
        side = "before" if head.i < token.i else "after" if head.i > token.i else "itself"
        lemma = token.lemma_.lower()
        features = (
            f"tree={shape}",
            f"length={min(len(path), 8)}",
            f"link={link}:{marker}",
            f"side={side}",
            f"side={side}:{link}",
            f"far={side}:{min(abs(head.i - token.i) // 4, 6)}",
            f"lemma={lemma}:{side}:{link}",
            f"lemma={lemma}:{side}:{marker}",
            f"subject-of-root={head.dep_.startswith('nsubj') and head.head.dep_.lower() == 'root'}",
        )
        scene.memo[memo] = _Bearing(head.i, (shape, marker), "/".join(path[-2:]), link, side, features)
    found: _Bearing = scene.memo[memo]
    return found


def _describe(form: str, key: str, bearing: _Bearing) -> tuple[str, ...]:
    """How a noun phrase lies to the trigger: its path, its side, its preposition."""
    shape, marker = bearing.way
    return (
        *bearing.features,
        f"tree={form}:{shape}",
        f"tree={key}:{shape}",
        f"tree={key}:{form}:{shape}:{marker}",
        f"ends={key}:{bearing.end}:{marker}",
        f"link={key}:{bearing.link}:{marker}",
        f"side={key}:{form}:{bearing.side}",
    )
