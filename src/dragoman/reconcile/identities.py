"""Actors whom names keep apart and who may be one: proposals with reasons and scores, for a person to decide.

Nobody is merged here. Each pair that is looked at shares a key (how the surname sounds, initials, an office, a name by
which a document calls the other), so 100,000 actors are compared in seconds, not all with all, and those of one
document with the few that it may mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from dragoman.reconcile.names import (
    ACRONYM,
    MEN,
    SHORT_FORMS,
    SHORTENED,
    WOMEN,
    alike,
    body_words,
    fit_given,
    initials,
    is_same_of_state,
    is_titled,
    name_words,
    person_words,
    plain,
    sound,
)
from dragoman.record import ActorKind
from dragoman.record.words import plural

LEAST = 0.5
"""Score from which a pair is proposed."""
CROWD = 40
"""Actors under one key beyond which it tells nothing (a surname like *Khan*); no pair is looked at for its sake."""
MANY = 15
"""Actors of one surname beyond which it is no matter how many they are."""
SIMULTANEOUS = 366
"""Days between two mentions of an office within which it is taken to have had one holder."""

_BODIES = frozenset({ActorKind.ORGANIZATION, ActorKind.MOVEMENT, ActorKind.GROUP, ActorKind.MEETING, ActorKind.STATE})
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.OFFICE})


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of a case: what documents name it, most often first, and how many; ``key`` if a pack has it."""

    id: int
    names: tuple[str, ...]
    kind: ActorKind
    key: str | None = None
    country: str | None = None
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Post:
    """That an actor holds an office: its folded title, at whom, told in how many documents, from which day to which
    (day numbers; published dates of those that do not tell it as former)."""

    actor: int
    title: str
    at: str
    first: int | None
    last: int | None
    documents: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two actors that may be one, how surely (0–1, not a probability), and why."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a case tells of actors beside their names: their posts; ``called[a, b]``, in how many documents ``b`` is
    called by a name that is ``a``'s own elsewhere; how many actors bear a surname of this sound with a given
    name; and in how many documents both of a pair appear."""

    posts: Mapping[int, Sequence[Post]] = field(default_factory=dict)
    called: Mapping[tuple[int, int], int] = field(default_factory=dict)
    bearers: Mapping[str, int] = field(default_factory=dict)
    together: Callable[[Collection[tuple[int, int]]], Mapping[tuple[int, int], int]] | None = None


def propose(actors: Mapping[int, Known], pairs: Iterable[tuple[int, int]], evidence: Evidence) -> tuple[Proposal, ...]:
    """Those of these pairs that may be one, the surest first; the actors by their ids.

    Fires: "Ahmad Massoud" and "A. Masoud"; "NRF" and "National Resistance Front"; "Hibatullah Akhundzada" and
    "Haibatullah Akhunzada". Not: two Massouds whom one document tells apart; two actors of the packs.
    """
    found = [
        pair
        for one, other in sorted(pairs)
        if one in actors and other in actors and (pair := _judge(actors[one], actors[other], evidence))
    ]
    return tuple(sorted(_not_apart(found, actors, evidence), key=lambda p: (-p.score, actors[p.one].names[0], p.one)))


def keys_of(actor: Known, posts: Iterable[Post] = ()) -> dict[str, bool]:
    """The keys under which an actor is found, and whether it leads there: two that share a key are a pair to look at
    if one of them leads. How many share that of ``bears`` is how many bear a surname and a given name."""
    keys = {f"post {post.title} at {post.at}": True for post in posts}
    for name in actor.names:
        keys |= dict.fromkeys(_keys(actor, name), True)
    if is_person(actor):
        for words in map(person_words, actor.names):
            for word in words[-1:]:
                key = f"surname {sound(word)}"
                keys[key] = keys.get(key, False) or len(words) == 1
        if len(words := person_words(actor.names[0])) > 1:
            keys[bears(sound(words[-1]))] = False
    return keys


def is_person(actor: Known) -> bool:
    """Whether an actor is compared as a person is: one whom a document calls by an office and a name too.

    Fires: "Lawmaker Veldano". Not: "Minister of Education"; "Foreign Office".
    """
    return actor.kind is ActorKind.PERSON or (actor.kind is ActorKind.OFFICE and all(map(is_titled, actor.names)))


def bears(surname: str) -> str:
    """The key of all who bear a surname of this sound with a given name."""
    return f"bears {surname}"


def lone_surnames(actor: Known) -> set[str]:
    """The sounds of the surnames that alone stand for a person."""
    alone = (words for words in map(person_words, actor.names) if len(words) == 1)
    return {sound(*words) for words in alone} if is_person(actor) else set()


def pairs_in(members: Mapping[int, bool]) -> Iterator[tuple[int, int]]:
    """The pairs to look at among those who share a key, and of whom it says who leads; the smaller id first."""
    if len(members) <= CROWD:
        yield from (pair for pair in combinations(sorted(members), 2) if members[pair[0]] or members[pair[1]])


def _keys(actor: Known, name: str) -> Iterator[str]:
    if is_person(actor):
        words = person_words(name)
        if len(words) > 1:
            surname, given = sound(words[-1]), sound(words[0])
            yield f"person {surname} {given[:1]}"
            yield f"whole {surname} {given}"
            yield from (f"whole {surname} {sound(full)}" for short, full in SHORT_FORMS if short == words[0])
    elif words := name_words(name):
        yield f"body {' '.join(sorted(map(sound, words)))}"
        if len(words) > 1:
            yield f"stems {' '.join(sorted(word[:4] for word in body_words(name)))}"
        if ACRONYM.match(name):
            yield f"initials {plain(name)}"
        yield from (f"initials {short}" for short in initials(name))


def _judge(one: Known, other: Known, evidence: Evidence) -> Proposal | None:
    """The proposal that two actors are one, if their names or offices give a reason and nothing stands against it."""
    if not _may_be_one(one, other):
        return None
    posts, called = evidence.posts, evidence.called
    both_persons = is_person(one) and is_person(other)
    reasons = dict(_by_person(one, other, evidence.bearers) if both_persons else _by_body(one, other))
    number = max(called.get((one.id, other.id), 0), called.get((other.id, one.id), 0))
    weight = _weigh_calls(one, other, number)
    if not (reasons or weight or (one.id in posts and other.id in posts)):
        return None
    if both_persons and not reasons and not _share_word(one, other):
        return None  # an office passes from one to the next: alone it makes nobody one with somebody else
    if weight:
        reasons[f"called by the other's name in {plural(number, 'document')}"] = weight
    reasons |= dict(_by_post(posts.get(one.id, ()), posts.get(other.id, ())))
    doubt = 1.0
    for score in reasons.values():
        doubt *= 1 - score
    score = round(1 - doubt, 2)
    if score < LEAST:
        return None
    return Proposal(one.id, other.id, score, tuple(sorted(reasons, key=lambda reason: (-reasons[reason], reason))))


def _weigh_calls(one: Known, other: Known, number: int) -> float:
    """How much it tells that in so many documents one is called by a name that is the other's own.

    Of two described without a name it tells less: whoever writes of *British recruits* calls them *recruits* then, and
    *a Turkish official* of one document is nobody's of another.
    """
    if number and _is_described(one) and _is_described(other):
        if {one.kind, other.kind} <= _PERSONS:
            return 0.0
        words, others = set(name_words(one.names[0])), set(name_words(other.names[0]))
        if words < others or others < words:
            return 0.55 if number > 1 else 0.0
    return min(number, 1) * (0.55 if number == 1 else 0.7)


def _is_described(actor: Known) -> bool:
    return actor.names[0].split()[-1].islower()


def _may_be_one(one: Known, other: Known) -> bool:
    if one.key and other.key:
        return False  # whoever wrote the packs knew them apart
    if one.country and other.country and one.country != other.country:
        return False
    if one.kind in _PERSONS or other.kind in _PERSONS:
        return one.kind in _PERSONS and other.kind in _PERSONS
    return one.kind is other.kind or {one.kind, other.kind} <= _BODIES - {ActorKind.STATE, ActorKind.MEETING}


def _by_person(one: Known, other: Known, bearers: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """What two persons' names tell: the best of any pair of them; nothing as soon as given names contradict."""
    best: tuple[str, float] | None = None
    for name, second in product(one.names, other.names):
        found = compare_persons(name, second, bearers)
        if found is None:
            return
        best = found if best is None or found[1] > best[1] else best
    if best is not None and best[1] > 0:
        yield best


def compare_persons(name: str, other: str, bearers: Mapping[str, int]) -> tuple[str, float] | None:
    """Why two names may be one person's, and how surely; ``None`` when they cannot be."""
    short, full = sorted((person_words(name), person_words(other)), key=len)
    if not short or alike(short[-1], full[-1]) is None:
        return "", 0.0
    told = {*name_words(name), *name_words(other)}
    if told & MEN and told & WOMEN:
        return None
    spelling = "same surname" if short[-1] == full[-1] else "surname sounds alike"
    sure = 0.0 if short[-1] == full[-1] else 0.05
    if len(short) == 1:
        others = bearers.get(sound(full[-1]), 0)
        if short[-1] != full[-1] and len(sound(short[-1])) < 3:
            sure += 0.1  # of two consonants many names are made
        number = str(others) if others <= MANY else f"more than {MANY}"
        many = "" if others <= 1 else f", which {number} actors bear"
        return f"{spelling}{many}", (0.6 if others <= 1 else max(0.2, 0.5 - others / 50)) - sure
    given, matched = full[:-1], []
    for word in short[:-1]:
        fit = max((fit_given(word, other) for other in given), default=0.0)
        if fit == 0.0:
            return None
        matched.append(fit)
    least = min(matched)
    if short == full:
        return "same name", 0.9
    if least == SHORTENED:
        return f"{spelling}, one given name is short for the other", 0.65 - sure
    if least < 0.6:
        return f"{spelling}, an initial that fits", 0.6 - sure
    how = "same given names" if least == 1.0 else "given names sound alike"
    return f"{spelling}, {how}{'' if len(short) == len(full) else ' as far as both have them'}", (
        0.85 if len(short) == len(full) else 0.75
    ) - sure


def _by_body(one: Known, other: Known) -> Iterator[tuple[str, float]]:
    for name, second in product(one.names, other.names):
        words, others = name_words(name), name_words(second)
        if words and sorted(words) == sorted(others):
            yield "same words", 0.85
        elif (
            words
            and len(words) == len(others)
            and all(alike(*pair) for pair in zip(sorted(words, key=sound), sorted(others, key=sound), strict=True))
        ):
            yield "sounds alike", 0.75
        elif is_same_of_state(body_words(name), body_words(second)):
            yield "same words, a state's name for its adjective", 0.8
        for short, full in ((name, second), (second, name)):
            if ACRONYM.match(short) and plain(short) in initials(full):
                yield f"{short} are the initials of {full}", 0.6 if len(short) == 2 else 0.7


def _by_post(posts: Sequence[Post], others: Sequence[Post]) -> Iterator[tuple[str, float]]:
    for post, other in product(posts, others):
        if (post.title, post.at) != (other.title, other.at):
            continue
        number = post.documents + other.documents
        where = f"{post.title} at {post.at.removeprefix('~')}"
        if _at_one_time(post, other):
            yield f"both told to be {where} at one time, in {number} documents", 0.4 if number < 4 else 0.5
        else:
            yield f"both told to be {where}, at different times", 0.1


def _at_one_time(post: Post, other: Post) -> bool:
    if post.first is None or post.last is None or other.first is None or other.last is None:
        return False
    return max(post.first, other.first) - min(post.last, other.last) <= SIMULTANEOUS


def _share_word(one: Known, other: Known) -> bool:
    words = (
        {sound(word) for name in actor.names for word in name_words(name) if len(word) > 2} for actor in (one, other)
    )
    return bool(set.intersection(*words))


def _not_apart(found: Sequence[Proposal], actors: Mapping[int, Known], evidence: Evidence) -> Iterator[Proposal]:
    """Without persons whom one document keeps apart: it names both, so its writer knew that they are two."""
    if evidence.together is None or not found:
        yield from found
        return
    together = evidence.together([(proposal.one, proposal.other) for proposal in found])
    for proposal in found:
        number = together.get((proposal.one, proposal.other), 0)
        if not number:
            yield proposal
        elif actors[proposal.one].kind is not ActorKind.PERSON and actors[proposal.other].kind is not ActorKind.PERSON:
            score = round(proposal.score * 0.7, 2)  # a body's name and its initials may have escaped the reader
            if score >= LEAST:
                told = f"but {plural(number, 'document')} {'has' if number == 1 else 'have'} both"
                yield Proposal(proposal.one, proposal.other, score, (*proposal.reasons, told))
