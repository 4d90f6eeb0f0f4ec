"""Actors that a text speaks of without a name: offices, governments and forces of a state, collectives, *the group*.

Third step of the actors stage. A nominal is composed (*Turkish officials*: Turkey), taken up (*the militia*: the one
named last), or an actor of its own, named by its own words (*Kurdish forces*).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.knowledge import PackActor
from dragoman.reading.casting import Casting
from dragoman.reading.name_spans import fold
from dragoman.reading.names import Entity
from dragoman.reading.phrases import Phrase, core_bounds
from dragoman.reading.syntax import case_of, child, children, relation
from dragoman.reading.titles import holder_of, note_body, office_words, state_of
from dragoman.record import ActorKind

LONGEST_NAME = 8
_BODIES = frozenset({ActorKind.MOVEMENT, ActorKind.ORGANIZATION})


def resolve_nominal(casting: Casting, place: int) -> tuple[int, ...]:
    """The entities of the common noun phrase at ``place``.

    Mostly one; none when it is no actor; two in *the Russian and Turkish presidents*.
    """
    phrase = casting.phrases[place]
    noun = casting.doc[phrase.head]
    whole = casting.at.get(share_of(casting, noun))
    if whole is not None and casting.roster[whole].kind != ActorKind.STATE:
        return (whole,)
    kind = kind_of_nominal(casting, noun, phrase)
    if kind is None and not casting.has(noun, "state-anaphors", "person-anaphors"):
        return ()
    owners = casting.modifiers(noun, place)
    if phrase.number == "plur" and len(owners) > 1 and _is_joined(noun):
        several = _of_each(casting, noun, phrase, owners)
        if several:
            return several
    number = _composed(casting, noun, phrase, owners)
    if number is None and not owners:
        number = _taken_up(casting, place, noun, phrase)
    if number is None and kind is not None:
        number = _by_own_words(casting, noun, phrase, owners, kind)
    if number is None:
        return ()
    casting.heads.setdefault(casting.sort_of(noun), []).append(number)
    return (number,)


def _is_joined(noun: Token) -> bool:
    """Whether two modifiers of a noun are coordinated: *Russian and Turkish* presidents."""
    return any(child(part, "conj") is not None for part in children(noun, "amod", "compound", "nmod"))


def _of_each(casting: Casting, noun: Token, phrase: Phrase, owners: list[int]) -> tuple[int, ...]:
    """What the noun composes to with each owner; nothing unless it does with all."""
    singly = replace(phrase, number="sing") if casting.has(noun, "ruler-titles") else phrase
    found = [_composed(casting, noun, singly, [owner]) for owner in owners]
    return tuple(n for n in found if n is not None) if None not in found else ()


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
    if casting.has(noun, "armed-nouns", "state-forces-nouns"):
        services = casting.has(noun, "state-forces-nouns", "law-forces-nouns")
        return ActorKind.ORGANIZATION if services else ActorKind.MOVEMENT
    if casting.has(noun, "office-nouns", "spokes-nouns") and not plural:
        return ActorKind.OFFICE
    if casting.has(noun, "population-nouns") and (
        plural or noun.tag_ == "NNS" or noun.lemma_ in ("population", "public")
    ):
        return ActorKind.POPULATION
    if casting.has(noun, "collective-nouns"):
        return ActorKind.GROUP
    if casting.has(noun, "group-nouns", "office-nouns", "spokes-nouns") and plural:
        return ActorKind.GROUP
    if casting.has(noun, "org-nouns", "body-anaphors", "state-body-nouns", "regime-nouns"):
        return ActorKind.GROUP if plural else ActorKind.ORGANIZATION
    if casting.has(noun, "meeting-nouns"):
        return ActorKind.MEETING
    return ActorKind.GROUP if phrase.being == "person" and plural else None


def _composed(casting: Casting, noun: Token, phrase: Phrase, owners: list[int]) -> int | None:
    """A state's government, a movement's members, a state's forces, an office at a body: from the words themselves."""
    single = phrase.number == "sing"
    holder = holder_of(casting, noun, owners) if single else None
    if (
        holder is not None
        or is_described(casting, noun)
        or (single and casting.has(noun, "office-nouns", "spokes-nouns"))
    ):
        return holder
    if len(owners) > 1:  # the Syrian government of Bashar al-Assad
        owners = [n for n in owners if casting.roster[n].kind != ActorKind.PERSON]
    if len(owners) != 1:
        return None
    owner = casting.roster[owners[0]]
    state = state_of(casting, owners[0])
    if state is not None and casting.has(noun, "state-forces-nouns"):
        return _forces_of(casting, state)
    if owner.kind == ActorKind.PERSON:
        return state if casting.has(noun, "regime-nouns") else None
    if owner.kind == ActorKind.STATE and casting.has(noun, "state-body-nouns", "regime-nouns"):
        return owners[0]
    if owner.kind in _BODIES:
        plural = phrase.number == "plur" and casting.has(noun, "member-nouns", "state-body-nouns")
        if plural or casting.has(noun, "regime-nouns", "body-anaphors"):
            return owners[0]
    return None


def is_described(casting: Casting, noun: Token) -> bool:
    """Whether a noun has a modifier that sets a part apart from the whole: *foreign Isis fighters*, *Kurdish forces*.

    Not: *senior Isis members*, *Turkish defence ministry*.
    """
    plain = casting.pack.words.get("plain-modifiers", frozenset())
    for part in children(noun, "amod", "compound"):
        if part.i in casting.at or part.i > noun.i or part.lower_ in plain:
            continue
        if part.i + 1 == noun.i and casting.has(noun, "state-body-nouns", "state-forces-nouns", "body-anaphors"):
            longer = f"{part.lower_} {noun.lemma_.lower()}"
            if any(
                longer in casting.pack.words.get(n, ())
                for n in ("state-body-nouns", "state-forces-nouns", "body-anaphors")
            ):
                continue
        return True
    return False


def _forces_of(casting: Casting, state: int) -> int:
    """The armed forces of a state, one actor that stands apart from it."""
    if state not in casting.forces:
        owner = casting.roster[state]
        key = owner.entry.key if owner.entry is not None else None
        known = next(
            (
                a
                for a in casting.pack.actors
                if key and a.of == key and a.sector == "MIL" and a.name.endswith("Armed Forces")
            ),
            None,
        )
        if known is not None:
            casting.forces[state] = casting.roster.known(known, casting.pack.by_key)
        else:
            adjective = owner.entry.adjectives[0] if owner.entry and owner.entry.adjectives else owner.name
            name = f"{adjective} Armed Forces"
            casting.forces[state] = casting.roster.add(Entity(name, ActorKind.ORGANIZATION, fold(name), of=owner.name))
    return casting.forces[state]


def _is_whole_army(actor: PackActor) -> bool:
    """Whether an actor is all of a state's forces, not a branch of them."""
    return any(fold(name)[-2:] == ("armed", "forces") for name in (actor.name, *actor.names))


def _taken_up(casting: Casting, place: int, noun: Token, phrase: Phrase) -> int | None:
    """The actor that a definite nominal without an owner takes up."""
    definite = phrase.article in ("the", "this")
    described = is_described(casting, noun)
    same = casting.heads.get(casting.sort_of(noun))
    if same and not described and (definite or phrase.number == "plur"):
        return same[-1]
    if not definite:
        return None
    named = None if described else _named_so(casting, noun)
    if named is not None:
        return named
    if phrase.number == "plur":
        return casting.latest(place, (ActorKind.MOVEMENT,)) if casting.has(noun, "fighter-nouns") else None
    if casting.has(noun, "regime-nouns"):
        return casting.ruled_state(noun, place)
    if casting.has(noun, "state-anaphors"):
        return casting.salient_state(place)
    if casting.has(noun, "body-anaphors"):
        return casting.latest(place, _BODIES)
    return _titled_so(casting, noun)


def _titled_so(casting: Casting, noun: Token) -> int | None:
    """The person told last to hold the office that a definite noun names: *the president*."""
    title = office_words(noun)
    found = [person for (words, _), person in casting.titled.items() if words == title]
    found = found or [p for (words, _), p in casting.titled.items() if words.endswith(f" {title}")]
    return found[-1] if found else None


def _named_so(casting: Casting, noun: Token) -> int | None:
    """The body named last with the noun in its name (*the church*: Church of Scientology)."""
    lemma = noun.lemma_.lower()
    if casting.has(noun, "state-anaphors", "vague-nouns") and not casting.has(noun, "body-anaphors"):
        return None
    for number in reversed(range(len(casting.roster.entities))):
        entity = casting.roster[number]
        if entity.kind in _BODIES and len(entity.words) > 1 and lemma in entity.words:
            return number
    return None


def _by_own_words(casting: Casting, noun: Token, phrase: Phrase, owners: list[int], kind: ActorKind) -> int | None:
    """An actor named by its own words, one for all phrases of the same words."""
    start = max(phrase.start, phrase.head - LONGEST_NAME)
    words = [t for t in casting.doc[start : phrase.end] if not is_framing(t)]
    own = sorted({word for t in words if t.i != noun.i for word in _key_words(casting, t)})
    tail = _of_phrase(casting, noun)
    own += [f"of {word}" for t in tail if not is_framing(t) for word in _key_words(casting, t)]
    if not _tells(casting, noun, phrase, bool(own or owners), kind):
        return None
    sort = casting.sort_of(noun)
    key = (*own, "same-forces" if own and casting.has(noun, "same-forces", "same-militants") else sort)
    if key not in casting.worded:
        text = casting.doc[words[0].i : tail[-1].i + 1 if tail else phrase.end].text if words else noun.text
        casting.worded[key] = casting.roster.add(Entity(_lowered(text, words), kind, fold(text)))
        if kind == ActorKind.OFFICE and owners:
            note_body(casting, noun, casting.worded[key], owners[0])
    return casting.worded[key]


def _of_phrase(casting: Casting, noun: Token) -> list[Token]:
    """The short *of* phrase right after a noun that tells whose they are: critics *of the deal*."""
    for part in children(noun, "nmod"):
        if case_of(part) == "of" and part.i > noun.i:
            end = core_bounds(part)[1]
            return list(casting.doc[noun.i + 1 : end]) if end - noun.i <= LONGEST_NAME else []
    return []


def _key_words(casting: Casting, token: Token) -> tuple[str, ...]:
    """*Syrian* and *Syria's* are one modifier: that of their entity."""
    return (f"#{casting.at[token.i]}",) if token.i in casting.at else fold(token.text)


def _tells(casting: Casting, noun: Token, phrase: Phrase, modified: bool, kind: ActorKind) -> bool:
    """Whether a nominal tells enough to be an actor: *critics* do, *a member* and *the process* do not."""
    if kind == ActorKind.MEETING:
        return any(c.pos_ == "PROPN" for c in children(noun, "compound")) and phrase.number == "sing"
    if kind == ActorKind.OFFICE:
        return modified or phrase.article in ("the", "a", "poss")
    if casting.has(noun, "collective-nouns"):
        return True
    if kind == ActorKind.ORGANIZATION or casting.has(noun, "vague-nouns"):
        return modified or casting.has(noun, "law-forces-nouns", "state-forces-nouns")
    return True


def is_framing(token: Token) -> bool:
    """Articles, figures and possessive pronouns are no part of a nominal's name."""
    if token.tag_ in ("DT", "CD", "PRP$", "PDT", "POS", "``", "''", ",", "CC", "IN") or token.lower_ in _QUANTITIES:
        return True
    return relation(token) in ("det", "punct", "case", "nummod", "advmod")


_QUANTITIES = frozenset("a an the many several some most least few more fewer such various numerous".split())


def _lowered(text: str, words: Sequence[Token]) -> str:
    if words and words[0].is_sent_start and words[0].pos_ != "PROPN" and not words[0].text.isupper():
        return text[0].lower() + text[1:]
    return text
