"""Actors that a text speaks of without a name: offices, governments and forces of a state, collectives, *the group*.

Third step of the actors stage. A nominal is composed (*Turkish officials*: Turkey), taken up (*the militia*: the one
named last), or an actor of its own, named by its own words (*Kurdish forces*).
"""

from __future__ import annotations

from dragoman.reading.actors.casting import BODIES, Casting
from dragoman.reading.actors.companions import find_companions
from dragoman.reading.actors.composition import compose, is_described
from dragoman.reading.actors.own_words import name_by_own_words, name_people
from dragoman.reading.actors.phrases import Phrase, is_people
from dragoman.reading.actors.titles import holds, office_words
from dragoman.reading.syntax import case_of, children
from dragoman.reading.words import Token
from dragoman.record import ActorKind

LATEST_NAMES = 300
"""How many entities back a noun alone is looked for in names; more than an article has."""

LEAST_ODDS = 0.02
"""What must speak for a person before a noun takes them up; set on every other article that we coded, 2026-11."""


def resolve_nominal(casting: Casting, place: int) -> tuple[int, ...]:
    """The entities of the common noun phrase at ``place``.

    Mostly one; none when it is no actor; two in *the Russian and Turkish presidents*.
    """
    phrase = casting.phrases[place]
    noun = casting.doc[phrase.head]
    if is_people(noun):
        return (name_people(casting, noun),)
    several = find_companions(casting, place)
    if several:
        return several
    whole = casting.at.get(share_of(casting, noun))
    if whole is not None and casting.roster[whole].kind != ActorKind.STATE:
        return (whole,)
    if share_of(casting, noun) >= 0 and not casting.has(noun, "body-anaphors"):
        return ()
    kind = kind_of_nominal(casting, noun, phrase)
    if kind is None and not casting.has(noun, "state-anaphors", "person-anaphors"):
        return ()
    owners = casting.modifiers(noun, place)
    found = compose(casting, noun, phrase, owners)
    number = None if owners or found else _taken_up(casting, place, noun, phrase)
    if number is None and not found and kind is not None:
        number = name_by_own_words(casting, noun, phrase, owners, kind)
    if number is not None:
        found = (number,)
    for each in found:
        casting.heads.setdefault(casting.sort_of(noun), []).append(each)
    return found


def share_of(casting: Casting, noun: Token) -> int:
    """The token of those whom a nominal is a share of: *a group of **rebels***; below 0 when it is none."""
    if not casting.has(noun, "partitive-nouns"):
        return -1
    return next((part.i for part in children(noun, "nmod") if case_of(part) == "of"), -1)


def kind_of_nominal(casting: Casting, noun: Token, phrase: Phrase) -> ActorKind | None:
    """What kind of actor a noun tells of; the first list that holds it decides, ``None`` when none does."""
    plural = noun.tag_ in ("NNS", "NNPS")
    if noun.i in casting.parts:
        return ActorKind.POPULATION
    if casting.has(noun, "thing-nouns") or _tells_cause(casting, noun):
        return None
    if casting.has(noun, "armed-nouns", "state-forces-nouns"):
        services = casting.has(noun, "state-forces-nouns", "law-forces-nouns")
        return ActorKind.ORGANIZATION if services else ActorKind.MOVEMENT
    if casting.has(noun, "office-nouns", "spokes-nouns") and not plural:
        return ActorKind.OFFICE
    if casting.has(noun, "population-nouns") and (
        plural or noun.tag_ == "NNS" or noun.lemma_ in ("population", "public")
    ):
        return ActorKind.POPULATION
    if casting.has(noun, "collective-nouns", "gathering-nouns"):
        return ActorKind.GROUP
    if casting.has(noun, "group-nouns", "office-nouns", "spokes-nouns") and plural:
        return ActorKind.GROUP
    if casting.has(noun, "org-nouns", "body-anaphors", "state-body-nouns", "regime-nouns"):
        return ActorKind.GROUP if plural else ActorKind.ORGANIZATION
    if casting.has(noun, "meeting-nouns"):
        return ActorKind.MEETING
    if phrase.being == "person" or casting.has(noun, "person-anaphors", "population-nouns", "people-nouns"):
        return ActorKind.GROUP if plural else ActorKind.PERSON
    return None


def _tells_cause(casting: Casting, noun: Token) -> bool:
    """Whether a noun of persons is used of a cause: *a source of income*, not *a source in the ministry*."""
    return casting.has(noun, "cause-nouns") and any(case_of(part) == "of" for part in children(noun, "nmod"))


def _taken_up(casting: Casting, place: int, noun: Token, phrase: Phrase) -> int | None:
    """The actor that a definite nominal without an owner takes up."""
    definite = phrase.article in ("the", "this")
    apart = phrase.article == "bare" and any(part.left_edge.i == noun.i + 1 for part in children(noun, "acl", "amod"))
    described = apart or is_described(casting, noun)
    plural = phrase.number == "plur" or is_shorthand(noun)
    same = None if described or not (definite or plural) else _told_so(casting, noun, plural)
    if definite and not described and not plural and casting.has(noun, "body-anaphors"):
        same = _body_near(casting, place, noun, same)
    if same is not None:
        return same
    if noun.lemma_.lower() == "police" and not described and phrase.article != "a":
        return _police_told(casting)
    if phrase.article == "bare" and not plural and casting.has(noun, "office-nouns", "spokes-nouns"):
        return _titled_so(casting, place, noun)
    if not definite:
        return None
    named = None if described else _named_so(casting, noun)
    if named is not None:
        return named
    if plural:
        fighters = casting.has(noun, "fighter-nouns")
        return casting.likeliest(place, (ActorKind.MOVEMENT,), apart=True) if fighters else None
    if casting.has(noun, "regime-nouns"):
        return casting.ruled_state(noun, place)
    if casting.has(noun, "state-anaphors"):
        return casting.salient_state(place)
    if casting.has(noun, "body-anaphors"):
        return casting.likeliest(place, BODIES)
    if casting.has(noun, "state-body-nouns") and not casting.has(noun, "office-nouns"):
        return casting.salient_state(place)
    titled = _titled_so(casting, place, noun)
    return titled if titled is not None else _meant_person(casting, place, noun, phrase)


def _body_near(casting: Casting, place: int, noun: Token, same: int | None) -> int | None:
    """The body told of in a noun's sentence or the one before that it takes up: the one that it was ``same`` as before,
    if that is there too or no body is, else the one that the encoder takes it for."""
    recent = casting.recent(place, BODIES)
    owners = {n for n in recent if _owns_another(casting, place, n, recent)}
    recent = [n for n in recent if n not in owners]
    if not recent or same in recent:
        return same
    odds = casting.odds(place, _fitting(casting, noun, recent))
    return max(odds, key=odds.__getitem__)


def _owns_another(casting: Casting, place: int, body: int, bodies: list[int]) -> bool:
    """Whether a body was told of last only as the one that another is of: *Northfield's youth wing, NYW, marched*."""
    last = next(p for p in reversed(casting.phrases[:place]) if p.entity == body)
    owner = casting.doc[last.head]
    owned = (owner.head, *children(owner.head, "appos"))
    return owner.dep_ == "nmod:poss" and any(casting.at.get(t.i, body) in set(bodies) - {body} for t in owned)


def _meant_person(casting: Casting, place: int, noun: Token, phrase: Phrase) -> int | None:
    """The person told of just before whom a noun of persons takes up: *the teenager*, *the billionaire*.

    Not: *the man who fled*, nor an office (*the senator*), which has holders of its own.
    """
    if kind_of_nominal(casting, noun, phrase) != ActorKind.PERSON or any(
        part.i > noun.i for part in children(noun, "acl", "nmod", "appos")
    ):
        return None
    if phrase.being != "person" and not casting.has(noun, "person-anaphors", "people-nouns"):
        return None
    odds = casting.odds(place, casting.recent(place, (ActorKind.PERSON,)))
    best = max(odds, key=odds.__getitem__, default=None)
    return best if best is not None and odds[best] > LEAST_ODDS else None


def is_shorthand(noun: Token) -> bool:
    """Whether a singular stands for many before a hyphen: *rebel*-held, *opposition*-run."""
    return noun.i + 1 < len(noun.doc) and noun.nbor(1).text in ("-", "‑", "–") and not noun.whitespace_


def _told_so(casting: Casting, noun: Token, plural: bool) -> int | None:
    """The actor for which the noun, or one of its sort, was used last."""
    told = casting.heads.get(casting.sort_of(noun), [])[-5:]
    if plural:
        told = [n for n in told if _may_be_many(casting, noun, n)]
    elif casting.has(noun, "body-anaphors"):
        told = [n for n in told if casting.roster[n].kind in BODIES]
    return told[-1] if told else None


def _may_be_many(casting: Casting, noun: Token, number: int) -> bool:
    """Whether a plural can take up an actor: *the leaders* are not the leader, *the countries* not the country."""
    kind = casting.roster[number].kind
    return kind not in (ActorKind.PERSON, ActorKind.OFFICE) and not casting.has(noun, "state-anaphors")


def _titled_so(casting: Casting, place: int, noun: Token) -> int | None:
    """The person who holds the office that a noun alone names, by the text or by the pack: *the president*.

    Of several the one that the encoder takes it for, else the one told last.
    """
    title = office_words(noun)
    told = casting.titles.get(title.split(" ")[-1], [])
    found = [person for words, person in told if words == title]
    found = found or [person for words, person in told if words.endswith(f" {title}")]
    before = {phrase.entity for phrase in casting.phrases[:place]}
    found = [*(n for n in sorted(before) if n >= 0 and holds(casting, n, noun)), *found]
    odds = casting.odds(place, dict.fromkeys(found))
    best = max(odds, key=odds.__getitem__, default=None)
    return best if best is not None and odds[best] else (found[-1] if found else None)


def _fitting(casting: Casting, noun: Token, bodies: list[int]) -> list[int]:
    """Of some bodies those with the noun in their names (*the coalition*), else those that bear arms if the noun tells
    of arms (*the militia*), else all."""
    words = {n: casting.roster[n].words for n in bodies}
    named = [n for n in bodies if len(words[n]) > 1 and _head_word(words[n]) == noun.lemma_.lower()]
    armed = [n for n in bodies if casting.roster[n].kind == ActorKind.MOVEMENT]
    return named or (armed if casting.has(noun, "armed-nouns") else []) or bodies


def _police_told(casting: Casting) -> int | None:
    """The police of the place that a text tells of, named or described: *Surrey Police*, *the Greek police*."""
    told = [n for n, entity in enumerate(casting.roster.entities) if "police" in entity.words and len(entity.words) > 1]
    return told[-1] if told else None


def _head_word(words: tuple[str, ...]) -> str:
    """The head of a body's name: the *Church* of Scientology, the Irving Police *Department*."""
    links = [n for n, word in enumerate(words) if word in _LINKS]
    return words[links[0] - 1] if links and links[0] else words[-1]


_LINKS = frozenset({"of", "for", "on", "in", "against", "and"})


def _named_so(casting: Casting, noun: Token) -> int | None:
    """The body named last with the noun in its name (*the church*: Church of Scientology)."""
    lemma = noun.lemma_.lower()
    if casting.has(noun, "state-anaphors", "vague-nouns") and not casting.has(noun, "body-anaphors"):
        return None
    if casting.has(noun, "population-nouns", "people-nouns"):
        return None
    count = len(casting.roster.entities)
    for number in range(count - 1, max(-1, count - 1 - LATEST_NAMES), -1):
        entity = casting.roster[number]
        if entity.kind in BODIES and len(entity.words) > 1 and lemma == _head_word(entity.words):
            return number
    return None
