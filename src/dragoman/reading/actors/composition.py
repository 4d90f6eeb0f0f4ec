"""What a nominal comes to by its own words and its owner: *Turkish officials* are Turkey, *HTS fighters* HTS."""

from __future__ import annotations

from dragoman.knowledge import PackActor
from dragoman.reading.actors.casting import BODIES, Casting, lists_of
from dragoman.reading.actors.name_spans import fold
from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.actors.roster import Entity
from dragoman.reading.actors.titles import holder_of, state_of
from dragoman.reading.syntax import child, children
from dragoman.reading.words import Token
from dragoman.record import ActorKind

_ASIDE = frozenset({ActorKind.PERSON, ActorKind.POPULATION})
"""Owners that give way to a body beside them."""


def compose(casting: Casting, noun: Token, phrase: Phrase, owners: list[int]) -> tuple[int, ...]:
    """A state's government, a movement's members, a state's forces, an office at a body: from the words themselves.

    One for each owner where they are joined (*the Russian and Turkish presidents*), else one or none.
    """
    if phrase.number == "plur" and len(owners) > 1 and _is_joined(noun):
        single = casting.has(noun, "ruler-titles")
        each = [_compose_one(casting, noun, [owner], single) for owner in owners]
        found = tuple(n for n in each if n is not None)
        if len(found) == len(owners):
            return found
    single = noun.tag_ not in ("NNS", "NNPS")
    if (
        single
        and phrase.article == "a"
        and casting.has(noun, "office-nouns")
        and not casting.has(noun, "state-body-nouns")
    ):
        return ()  # a Turkish minister is one of several
    number = _compose_one(casting, noun, owners, single)
    return () if number is None else (number,)


def _compose_one(casting: Casting, noun: Token, owners: list[int], single: bool) -> int | None:
    if single:
        holder = holder_of(casting, noun, owners)
        if holder is not None or casting.has(noun, "office-nouns", "spokes-nouns"):
            return holder
    deciding = _deciding(casting, owners)
    if len(deciding) != 1 or is_described(casting, noun):
        return None
    return compose_words(casting, noun, deciding[0], members=not single)


def compose_words(casting: Casting, noun: Token, number: int, *, members: bool = False) -> int | None:
    """What a noun comes to with its owner alone; ``members`` when it is a plural that stands for its body."""
    owner = casting.roster[number]
    state = state_of(casting, number)
    if state is not None and casting.has(noun, "state-forces-nouns"):
        return _forces_of(casting, state)
    if owner.kind == ActorKind.PERSON:
        return state if casting.has(noun, "regime-nouns") else None
    if owner.kind == ActorKind.STATE:
        return state if casting.has(noun, "state-body-nouns", "regime-nouns") else None
    if owner.kind in BODIES:
        lists = ("member-nouns", "state-body-nouns") if members else ("regime-nouns", "body-anaphors")
        return number if casting.has(noun, *lists) else None
    return None


def body_of_state(casting: Casting, name: Token) -> int | None:
    """The state or movement whose ministry a name tells of: *Ministry of Culture of the Taliban*."""
    number = casting.at[name.i]
    if casting.roster[number].entry is not None or not casting.has(name, "state-body-nouns"):
        return None
    owners = [n for n in casting.modifiers(name) if n != number]
    kinds = [casting.roster[n].kind for n in owners]
    return owners[0] if len(owners) == 1 and kinds[0] in (ActorKind.STATE, ActorKind.MOVEMENT) else None


def _is_joined(noun: Token) -> bool:
    """Whether two modifiers of a noun are coordinated: *Russian and Turkish* presidents."""
    return any(child(part, "conj") is not None for part in children(noun, "amod", "compound", "nmod"))


def _deciding(casting: Casting, owners: list[int]) -> list[int]:
    """The owner that decides: in *Kurdish PKK forces* the PKK, in *the Syrian government of Assad* Syria."""
    kinds = {n: casting.roster[n].kind for n in owners}
    bodies = [n for n in owners if kinds[n] in BODIES]
    if bodies and all(kinds[n] in _ASIDE for n in owners if n not in bodies):
        return bodies
    return [n for n in owners if kinds[n] != ActorKind.PERSON] if len(owners) > 1 else owners


def is_described(casting: Casting, noun: Token) -> bool:
    """Whether a noun has a modifier that sets a part apart from the whole: *foreign Isis fighters*, *Kurdish forces*.

    Not: *senior Isis members*, *Turkish defence ministry*, *the terror group*.
    """
    told = lists_of(casting.pack)
    for part in children(noun, "amod", "compound"):
        if part.i in casting.at or part.i > noun.i or "plain-modifiers" in told.get(part.lower_, ()):
            continue
        longer = told.get(f"{part.lower_} {noun.lemma_.lower()}", frozenset()) if part.i + 1 == noun.i else frozenset()
        if longer.isdisjoint(("state-body-nouns", "state-forces-nouns", "body-anaphors")):
            return True
    return False


def _forces_of(casting: Casting, state: int) -> int:
    """The armed forces of a state, one actor that stands apart from it."""
    if state not in casting.forces:
        owner = casting.roster[state]
        key = owner.entry.key if owner.entry is not None else None
        services = (a for a in casting.pack.actors if key and a.of == key and a.sector == "MIL")
        known = next(filter(_is_whole_army, services), None)
        if known is not None:
            casting.forces[state] = casting.roster.known(known, casting.pack.by_key)
        else:
            adjective = owner.entry.adjectives[0] if owner.entry and owner.entry.adjectives else owner.name
            name = f"{adjective} Armed Forces"
            casting.forces[state] = casting.roster.add(Entity(name, ActorKind.ORGANIZATION, fold(name), of=owner.name))
    return casting.forces[state]


def _is_whole_army(actor: PackActor) -> bool:
    """Whether an actor is all of a state's forces, not a branch of them."""
    return any(fold(name)[-1] in ("forces", "military") for name in (actor.name, *actor.names))
