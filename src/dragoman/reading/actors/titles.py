"""Who is what by the text's own words: titles, appositions and *X is the leader of Y*; and offices by the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dragoman.knowledge import Office, Pack, PackActor
from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.name_spans import fold
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.words import Token
from dragoman.record import ActorKind

_FORMER = frozenset({"former", "ex"})
_NOT_OF_THE_TITLE = frozenset({"former", "then", "acting", "new", "outgoing", "late", "ex", "current", "incumbent"})


def describing_nouns(casting: Casting, name: Token) -> list[Token]:
    """The nouns that tell what the bearer of a name is: *aid group Save the Children*, *X, the leader of Y*."""
    number = casting.at[name.i]
    kind = casting.roster[number].kind
    if kind == ActorKind.PERSON:
        told = [*_told(casting, _candidates(name), (*_TITLES, *_PEOPLE)), *_told(casting, _before(name), _TITLES)]
        return list(dict.fromkeys(told))
    if kind in (ActorKind.ORGANIZATION, ActorKind.MOVEMENT):
        return list(_told(casting, _candidates(name), ("body-anaphors", "org-nouns", "armed-nouns")))
    return []


_TITLES = ("office-nouns", "spokes-nouns", "leader-nouns", "person-anaphors")
_PEOPLE = ("people-nouns", "population-nouns")


def _told(casting: Casting, nouns: Iterator[Token], lists: Sequence[str]) -> Iterator[Token]:
    """Those of some nouns that nobody is told by yet and that one of the lists has."""
    return (noun for noun in nouns if noun.i not in casting.at and casting.has(noun, *lists))


def note_title(casting: Casting, name: Token, noun: Token) -> None:
    """Learn from a noun that describes a person which office the person holds, and for whom they speak."""
    person = casting.at[name.i]
    bodies = casting.modifiers(noun)
    bodies += [casting.at[c.i] for c in children(name, "compound", "amod") if c.i in casting.at and c.i < noun.i]
    if not bodies and casting.has(noun, "office-nouns", "spokes-nouns"):
        casting.call(office_words(noun), person)
    note_owners(casting, person, noun, bodies)


def note_owners(casting: Casting, person: int, noun: Token, owners: Sequence[int]) -> None:
    """Learn from a noun that describes a person whose it tells them to be: Turkey's minister, *his* mother."""
    for body in owners:
        if body == person:
            continue
        casting.hold(office_words(noun), body, person)
        if casting.roster[body].kind != ActorKind.PERSON:
            note_body(casting, noun, person, body)


def note_body(casting: Casting, noun: Token, speaker: int, body: int) -> None:
    """Remember for whom a spokesperson or envoy speaks; the first body told is kept."""
    if casting.has(noun, "spokes-nouns") and casting.roster[speaker].body is None:
        casting.roster[speaker].body = casting.roster[body]


def _before(name: Token) -> Iterator[Token]:
    """The noun just before a name, or before a comma and the name, however the two were parsed."""
    start = name.i
    while start and name.doc[start - 1].pos_ == "PROPN" and name.doc[start - 1].ent_type_ == name.ent_type_ != "":
        start -= 1
    comma = start > 1 and name.doc[start - 1].text == ","
    noun = name.doc[start - 2 if comma else start - 1] if start else name
    if noun.pos_ in ("NOUN", "PROPN") and noun.i < start and noun.tag_ in ("NN", "NNP"):
        yield noun


def _candidates(name: Token) -> Iterator[Token]:
    for part in name.children:
        if part.dep_ in ("nmod:desc", "appos", "compound") and part.pos_ in ("NOUN", "PROPN"):
            yield part
    if name.dep_ in ("appos", "flat", "nmod:desc") and name.head.pos_ in ("NOUN", "PROPN"):
        yield name.head
    if relation(name) == "nsubj" and name.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in name.head.children):
        yield name.head


def office_words(noun: Token) -> str:
    """An office's words without article, body and time: *foreign minister*, *secretary of state*, *president*."""
    words = [
        part.lower_
        for part in children(noun, "compound", "amod")
        if part.i < noun.i and part.ent_type_ == "" and part.lower_ not in _NOT_OF_THE_TITLE and _is_plain(part, noun)
    ]
    tail = [f"of {c.lower_}" for c in children(noun, "nmod") if case_of(c) == "of" and c.lower_ in ("state", "staff")]
    return " ".join([*words, noun.lemma_.lower(), *tail])


def _is_plain(part: Token, noun: Token) -> bool:
    """Nationality words are capitals within a title in small letters; *Foreign Minister* has capitals throughout."""
    return part.text[0].islower() or (noun.text[0].isupper() and part.i + 1 == noun.i and part.pos_ != "ADJ")


def holder_of(casting: Casting, noun: Token, bodies: list[int]) -> int | None:
    """The person who holds the office that a noun names at one of the bodies, by the text or by the pack."""
    title = office_words(noun)
    for body in bodies:
        person = casting.titled.get((title, body))
        if person is not None:
            return person
    for body in bodies:
        person = _holder_by_pack(casting, title, body)
        if person is not None:
            return person
    return None


def _holder_by_pack(casting: Casting, title: str, body: int) -> int | None:
    """Somebody named in the text before anybody else; else who held the office when the text was published."""
    entry = casting.roster[body].entry
    if entry is None:
        return None
    by_pack = holders_of(casting.pack)
    held = [holder for name in (title, *_LEADERS.get(title, ())) for holder in by_pack.get((name, entry.key), ())]
    for actor, _ in held:
        number = casting.roster.number_of(actor.key)
        if number is not None:
            return number
    day = casting.published
    if day is not None:
        for actor, office in held:
            if _covers(office, day):
                return casting.roster.known(actor, casting.pack.by_key)
    return None


def holds(casting: Casting, number: int, noun: Token) -> bool:
    """Whether by the pack somebody held an office of a noun's words when the text was published, or before it where the
    noun is told to be *former*."""
    entry = casting.roster[number].entry
    if entry is None or not entry.offices:
        return False
    title, former = office_words(noun), any(part.lower_ in _FORMER for part in children(noun, "amod"))
    return any(_is_called(office, title) and _covers(office, casting.published, former) for office in entry.offices)


def _is_called(office: Office, title: str) -> bool:
    return " ".join(fold(office.title)) == title


def _covers(office: Office, day: str | None, former: bool = False) -> bool:
    """Whether an office's term holds a day, or ended before it; any term does where no day is known."""
    if day is None:
        return True
    if former:
        return office.until is not None and office.until <= day
    return (office.since or "") <= day and (office.until is None or day <= office.until)


@lru_cache(maxsize=8)
def holders_of(pack: Pack) -> Mapping[tuple[str, str], tuple[tuple[PackActor, Office], ...]]:
    """Who holds or held each office at each body, as the pack lists them."""
    found: dict[tuple[str, str], list[tuple[PackActor, Office]]] = {}
    for actor in pack.actors:
        for office in actor.offices:
            found.setdefault((" ".join(fold(office.title)), office.at), []).append((actor, office))
    return {key: tuple(held) for key, held in found.items()}


_LEADERS = {"leader": ("president", "prime minister", "supreme leader", "chancellor"), "premier": ("prime minister",)}


def state_of(casting: Casting, number: int) -> int | None:
    """The state itself, or the one that a person rules."""
    entity = casting.roster[number]
    if entity.kind == ActorKind.STATE:
        return number
    if entity.kind != ActorKind.PERSON:
        return None
    rulers = casting.pack.words.get("ruler-titles", frozenset())
    for title, body in casting.offices.get(number, ()):
        if casting.roster[body].kind == ActorKind.STATE and title in rulers:
            return body
    for office in entity.entry.offices if entity.entry is not None else ():
        state = casting.pack.by_key.get(office.at)
        if state is not None and state.kind == ActorKind.STATE and " ".join(fold(office.title)) in rulers:
            return casting.roster.known(state, casting.pack.by_key)
    return None
