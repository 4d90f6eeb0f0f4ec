"""Arguments: which actors of a sentence take part in an act, and on which side.

Frames name the paths on which source and target are usually told; what the text leaves to control, coordination or
the sentence's topic they do not reach. So every actor of the sentence is a candidate, described by its path to the
trigger (and by the frame's path that reaches it), and logistic models learned from coded articles decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.reading.actors.cast import Mention
from dragoman.reading.features import odds_features
from dragoman.reading.network import ABSENT, ROLES, Way
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
class _Reach:
    """What a sentence offers a trigger: actors with their nearest mention, and first persons, each with its path."""

    chain: tuple[Token, ...]
    actors: tuple[tuple[str, Mention, Token, tuple[str, ...]], ...]
    first_persons: tuple[tuple[str, str, Token, tuple[str, ...]], ...]


def find_candidates(trigger: Trigger, key: str, scene: Scene) -> list[Candidate]:
    """Every actor that the trigger's sentence mentions, each by its mention nearest in the tree, in text order.

    ``key`` is what the trigger yields (an event type, a stance); the models know paths by it.
    """
    key = str(key)  # a member of an enum is slow to put into a feature
    reach = _reach_of(trigger.token, scene)
    reached = _reached(trigger, scene)
    speakers = scene.voice(trigger.token)
    found = []
    bearings = [_bearing(trigger.token, head, path, scene) for _, _, head, path in reach.actors]
    ways = [(head.i, bearing.way) for (_, _, head, _), bearing in zip(reach.actors, bearings, strict=True)]
    seen = _insight(trigger, key, ways, scene)
    for (name, mention, head, _), bearing, insight in zip(reach.actors, bearings, seen, strict=True):
        features = (
            *_describe(trigger.form, key, bearing),
            *_describe_actor(key, mention, scene.kind_of(name), head, len(reach.actors)),
            *reached.get(name, ("path=none",)),
            f"speaker={name in speakers}",
            f"speaker={key}:{name in speakers}",
            *insight,
        )
        found.append(Candidate(name, mention.head, features))
    for name, how, token, path in reach.first_persons:
        described = _describe(trigger.form, key, _bearing(trigger.token, token, path, scene))
        features = (*described, f"first={how}:{token.lower_}", f"first={key}:{how}")
        found.append(Candidate(name, token.i, features))
    return found


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
    seen = _insight(trigger, key, [(mention.head, ABSENT) for _, _, mention in absent], scene)
    found = []
    for (name, distance, mention), insight in zip(absent, seen, strict=True):
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
            *(f"absent-{f}" for f in insight),
        )
        found.append(Candidate(name, mention.head, features))
    return found


def _insight(trigger: Trigger, key: str, actors: list[tuple[int, Way]], scene: Scene) -> list[list[str]]:
    """What the report network takes each actor's part in a claim to be."""
    if scene.insight is None or not actors:
        return [[] for _ in actors]
    claim = "forecast:" if trigger.frame.kind is Kind.FORECAST else f"{trigger.frame.kind}:{key}"
    heads, ways = zip(*actors, strict=True)
    rows = scene.insight.roles(trigger.token.i, heads, ways, claim).tolist()
    return [
        [f for role, odds in zip(ROLES, row, strict=True) for f in odds_features(f"network-{role}", odds)]
        for row in rows
    ]


def _reach_of(token: Token, scene: Scene) -> _Reach:
    """The reach of a trigger, found once for all the kinds that ask."""
    memo = ("reach", token.i)
    if memo not in scene.memo:
        chain = _chain(token)
        actors = tuple(_nearest(chain, scene))
        named = {name for name, *_ in actors}
        scene.memo[memo] = _Reach(chain, actors, tuple(_first_persons(chain, named, scene)))
    found: _Reach = scene.memo[memo]
    return found


def _nearest(chain: tuple[Token, ...], scene: Scene) -> Iterator[tuple[str, Mention, Token, tuple[str, ...]]]:
    best: dict[int, tuple[Mention, Token, tuple[str, ...]]] = {}
    for mention in scene.mentions_in(chain[0].sent):
        head = scene.doc[mention.head]
        path = path_between(chain, head)
        for actor in (mention.actor, *mention.others):
            if actor not in best or len(path) < len(best[actor][2]):
                best[actor] = (mention, head, path)
    for actor, found in sorted(best.items(), key=lambda item: item[1][0].head)[:MOST_CANDIDATES]:
        yield scene.cast.actors[actor].name, *found


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
    for candidate in candidates:
        rated = {role: scorer.probability(f"{kind}/{role}", candidate.features) for role in roles}
        role = max(rated, key=lambda r: rated[r])
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


def _shape(path: tuple[str, ...]) -> str:
    return "/".join(path[:_LONGEST_PATH])


def way_between(token: Token, head: Token) -> Way:
    """How a noun phrase lies to a word of its sentence."""
    return _shape(path_between(_chain(token), head)), case_of(head)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """How a noun phrase lies to a word: its way, the end of its path, its relation, its side, and all that as features
    that do not hang on what the word claims."""

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
        scene.memo[memo] = _Bearing((shape, marker), "/".join(path[-2:]), link, side, features)
    found: _Bearing = scene.memo[memo]
    return found


def _describe(form: str, key: str, bearing: _Bearing) -> Iterator[str]:
    """How a noun phrase lies to the trigger: its path, its side, its preposition."""
    shape, marker = bearing.way
    yield from bearing.features
    yield f"tree={form}:{shape}"
    yield f"tree={key}:{shape}"
    yield f"tree={key}:{form}:{shape}:{marker}"
    yield f"ends={key}:{bearing.end}:{marker}"
    yield f"link={key}:{bearing.link}:{marker}"
    yield f"side={key}:{form}:{bearing.side}"


def _describe_actor(key: str, mention: Mention, kind: str, head: Token, rivals: int) -> Iterator[str]:
    """What is mentioned, and how: a person by pronoun, a state by its adjective."""
    yield f"kind={kind}"
    yield f"kind={key}:{kind}"
    yield f"form={mention.kind}"
    yield f"form={mention.kind}:{relation(head)}"
    yield f"rivals={min(rivals, 6)}"
    yield f"rivals={key}:{min(rivals, 4)}"
