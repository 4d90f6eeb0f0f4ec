"""Actors that a text speaks of without a name: offices, governments and forces of a state, collectives, *the group*.

Third step of the actors stage. A nominal is composed (*Turkish officials*: Turkey), taken up (*the militia*: the one
named last), or an actor of its own, named by its own words (*Kurdish forces*).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dragoman.knowledge import Pack, PackActor
from dragoman.reading.name_spans import fold
from dragoman.reading.names import Entity, Roster
from dragoman.reading.phrases import Phrase
from dragoman.reading.syntax import case_of, children, relation
from dragoman.record import ActorKind

LOOK_BACK = 60
"""Phrases over which a definite nominal looks for the actor that it takes up."""
LONGEST_NAME = 8

_MODIFIERS = ("amod", "compound", "nmod", "nmod:poss", "nmod:desc")
_COLLECTIVES = {"armed": ActorKind.MOVEMENT, "population": ActorKind.POPULATION, "group": ActorKind.GROUP}


@dataclass(slots=True)
class Casting:
    """What the walk over a document's phrases knows so far.

    ``at`` maps the token of a name's or phrase's head to its entity's number; ``titled`` offices (*president* of which
    entity) to the person who holds them; ``heads`` a head noun to the entities that it was used for, latest last.
    """

    doc: Doc
    pack: Pack
    roster: Roster
    phrases: Sequence[Phrase]
    published: str | None
    at: dict[int, int] = field(default_factory=dict)
    titled: dict[tuple[str, int], int] = field(default_factory=dict)
    heads: dict[str, list[int]] = field(default_factory=dict)
    worded: dict[tuple[str, ...], int] = field(default_factory=dict)
    forces: dict[int, int] = field(default_factory=dict)

    def has(self, token: Token, *lists: str) -> bool:
        """Whether a noun, or it with the word before, is in one of the pack's word lists."""
        lemma = token.lemma_.lower()
        longer = f"{token.nbor(-1).lower_} {lemma}" if token.i and token.nbor(-1).head.i == token.i else lemma
        return any(
            w in words for name in lists for words in (self.pack.words.get(name, frozenset()),) for w in (lemma, longer)
        )


def modifiers(casting: Casting, head: Token) -> list[int]:
    """Entities that a nominal's own modifiers name: *Turkish* army, *Syria*'s army, army *of Syria*, *his* army."""
    found = []
    for part in head.children:
        if part.dep_ not in _MODIFIERS or part.i not in casting.at:
            continue
        if part.dep_ == "nmod" and case_of(part) not in ("of", "for", "from", ""):
            continue
        found.append(casting.at[part.i])
    return list(dict.fromkeys(found))


def resolve_nominal(casting: Casting, place: int) -> int | None:
    """The entity of the common noun phrase at ``place``, ``None`` when it is no actor."""
    phrase = casting.phrases[place]
    head = casting.doc[phrase.head]
    inner = _partitive(casting, head)
    if inner is not None:
        return inner
    category = _category(casting, head, phrase)
    if category is None:
        return None
    near = modifiers(casting, head)
    number = _composed(casting, head, phrase, near)
    if number is None and phrase.article in ("the", "this") and not near:
        number = _taken_up(casting, place, head, phrase)
    if number is None:
        number = _worded(casting, head, phrase, near, category)
    if number is not None:
        casting.heads.setdefault(head.lemma_.lower(), []).append(number)
    return number


def _partitive(casting: Casting, head: Token) -> int | None:
    """*A group of rebels*, *dozens of civilians*: those whom the of-phrase tells, where they are known already."""
    if not casting.has(head, "partitive-nouns"):
        return None
    for part in children(head, "nmod"):
        if case_of(part) == "of" and part.i in casting.at:
            return casting.at[part.i]
    return None


def _category(casting: Casting, head: Token, phrase: Phrase) -> str | None:
    """What sort of actor a noun can tell of; the first list that has it decides."""
    plural = phrase.number != "sing"
    if casting.has(head, "armed-nouns", "state-forces-nouns"):
        return "armed"
    if casting.has(head, "office-nouns", "spokes-nouns") and not plural:
        return "office"
    if casting.has(head, "state-body-nouns", "regime-nouns") and not plural:
        return "body"
    if casting.has(head, "population-nouns") and (plural or head.lemma_ in ("people", "population", "public")):
        return "population"
    if casting.has(head, "group-nouns", "office-nouns", "spokes-nouns") and plural:
        return "group"
    if casting.has(head, "org-nouns", "body-anaphors", "state-anaphors"):
        return "org"
    if casting.has(head, "meeting-nouns"):
        return "meeting"
    if phrase.being == "person":
        return "group" if plural else "person"
    return None


def _composed(casting: Casting, head: Token, phrase: Phrase, near: list[int]) -> int | None:
    """A state's government, a movement's members, a state's forces, an office at a body: from the words themselves."""
    for number in near[:2]:
        holder = casting.titled.get((office_words(head), number))
        if holder is not None:
            return holder
    if len(near) != 1:
        return None
    owner = casting.roster[near[0]]
    state = state_of(casting, near[0])
    if state is not None and casting.has(head, "state-forces-nouns") and not _described(casting, head):
        return _forces_of(casting, state)
    if owner.kind == ActorKind.PERSON:
        return state if casting.has(head, "regime-nouns") else None
    if owner.kind == ActorKind.STATE:
        if casting.has(head, "state-body-nouns", "regime-nouns") and not _described(casting, head):
            return near[0]
        return _office_holder(casting, head, near[0])
    if owner.kind in (ActorKind.MOVEMENT, ActorKind.ORGANIZATION):
        if (
            casting.has(head, "member-nouns", "state-body-nouns")
            and phrase.number == "plur"
            and not _described(casting, head)
        ):
            return near[0]
        if casting.has(head, "regime-nouns", "body-anaphors") and not _described(casting, head):
            return near[0]
    return None


def _described(casting: Casting, head: Token) -> bool:
    """Whether a noun has an adjective that is no name and no part of an office's title: *foreign Isis fighters*."""
    return any(
        part.i not in casting.at and part.tag_.startswith(("JJ", "VBN")) and part.i + 1 != head.i
        for part in children(head, "amod")
    ) or any(
        part.i not in casting.at
        and part.i + 1 == head.i
        and part.tag_.startswith(("JJ", "VBN"))
        and not casting.has(head, "x")
        and f"{part.lower_} {head.lemma_.lower()}" not in _all_words(casting)
        and part.lower_ not in ("military", "armed", "ground", "regular", "special", "senior", "own")
        for part in children(head, "amod")
    )


def _all_words(casting: Casting) -> frozenset[str]:
    words = casting.pack.words
    return words.get("state-body-nouns", frozenset()) | words.get("state-forces-nouns", frozenset())


def state_of(casting: Casting, number: int) -> int | None:
    """The state itself, or the one that a person leads."""
    entity = casting.roster[number]
    if entity.kind == ActorKind.STATE:
        return number
    if entity.kind != ActorKind.PERSON:
        return None
    for (title, body), holder in casting.titled.items():
        if holder == number and casting.roster[body].kind == ActorKind.STATE and title in _LEADING:
            return body
    if entity.entry is not None:
        for office in entity.entry.offices:
            state = casting.pack.by_key.get(office.at)
            if state is not None and state.kind == ActorKind.STATE:
                return casting.roster.known(state, casting.pack.by_key)
    return None


_LEADING = frozenset(
    {"president", "prime minister", "leader", "king", "chancellor", "dictator", "ruler", "emir", "premier"}
)


def _forces_of(casting: Casting, state: int) -> int:
    """The armed forces of a state, one actor that stands apart from it."""
    if state not in casting.forces:
        owner = casting.roster[state]
        known = next((a for a in casting.pack.actors if _is_army(a, owner.entry)), None)
        if known is not None:
            casting.forces[state] = casting.roster.known(known, casting.pack.by_key)
        else:
            adjective = owner.entry.adjectives[0] if owner.entry and owner.entry.adjectives else owner.name
            name = f"{adjective} Armed Forces"
            casting.forces[state] = casting.roster.add(Entity(name, ActorKind.ORGANIZATION, fold(name), of=owner.name))
    return casting.forces[state]


def _is_army(actor: PackActor, state: PackActor | None) -> bool:
    return state is not None and actor.of == state.key and actor.sector == "MIL" and actor.name.endswith("Armed Forces")


def _office_holder(casting: Casting, head: Token, state: int) -> int | None:
    """Who holds an office at a state by the pack: somebody named in the text, else the holder at the time."""
    entry = casting.roster[state].entry
    if entry is None:
        return None
    title = office_words(head)
    holders = [
        (actor, office)
        for actor in casting.pack.actors
        for office in actor.offices
        if office.at == entry.key and title in (" ".join(fold(office.title)), "leader")
    ]
    named = {e.entry.key: n for n, e in enumerate(casting.roster.entities) if e.entry is not None}
    for actor, _ in holders:
        if actor.key in named:
            return named[actor.key]
    return None


def office_words(head: Token) -> str:
    """An office's words without article and body: *foreign minister*, *secretary of state*, *president*."""
    words = [
        part.lower_ if part.i != head.i else part.lemma_.lower()
        for part in [
            *(c for c in children(head, "compound", "amod") if not c.text[0].isupper() or c.i + 1 == head.i),
            head,
        ]
        if part.ent_type_ == "" and part.lower_ not in ("former", "then", "acting", "new", "outgoing")
    ]
    tail = [f"of {c.lower_}" for c in children(head, "nmod") if case_of(c) == "of" and c.lower_ in ("state", "staff")]
    return " ".join(w for word in (*words, *tail) for w in word.split())


def note_titles(casting: Casting, phrase: Phrase, person: int) -> Iterator[Token]:
    """Learn which office a person is told to hold, by title, apposition or copula; yields the nouns that tell it."""
    name = casting.doc[phrase.head]
    for noun in _title_nouns(name):
        if casting.has(noun, "office-nouns", "spokes-nouns", "leader-nouns", "person-anaphors"):
            for body in modifiers(casting, noun) + [
                casting.at[c.i] for c in children(name, "compound", "amod") if c.i in casting.at and c.i < noun.i
            ]:
                if body != person:
                    casting.titled.setdefault((office_words(noun), body), person)
                    if casting.has(noun, "spokes-nouns") and casting.roster[person].body is None:
                        casting.roster[person].body = casting.roster[body]
            yield noun


def _title_nouns(name: Token) -> Iterator[Token]:
    for part in name.children:
        if part.dep_ in ("nmod:desc", "appos", "compound") and part.pos_ in ("NOUN", "PROPN"):
            yield part
    if name.dep_ in ("appos", "flat", "nmod:desc") and name.head.pos_ in ("NOUN", "PROPN"):
        yield name.head
    if relation(name) == "nsubj" and name.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in name.head.children):
        yield name.head


def _taken_up(casting: Casting, place: int, head: Token, phrase: Phrase) -> int | None:
    """The actor that a definite nominal without an owner takes up."""
    lemma = head.lemma_.lower()
    same = casting.heads.get(lemma)
    if same and not _described(casting, head):
        return same[-1]
    named = _named_so(casting, lemma)
    if named is not None:
        return named
    if phrase.number == "sing":
        if casting.has(head, "state-anaphors", "regime-nouns"):
            return _latest(casting, place, {ActorKind.STATE})
        if casting.has(head, "body-anaphors"):
            return _latest(casting, place, {ActorKind.MOVEMENT, ActorKind.ORGANIZATION})
        title = office_words(head)
        holders = [
            person for (words, _), person in casting.titled.items() if words == title or words.endswith(f" {title}")
        ]
        if holders:
            return holders[-1]
    elif casting.has(head, "fighter-nouns"):
        return _latest(casting, place, {ActorKind.MOVEMENT})
    return None


def _named_so(casting: Casting, lemma: str) -> int | None:
    """The body named last whose name ends in the noun (*the coalition*: Syrian National Coalition)."""
    for number in reversed(range(len(casting.roster.entities))):
        entity = casting.roster[number]
        if (
            entity.kind in (ActorKind.ORGANIZATION, ActorKind.MOVEMENT)
            and len(entity.words) > 1
            and entity.words[-1] == lemma
        ):
            return number
    return None


def _latest(casting: Casting, place: int, kinds: set[ActorKind]) -> int | None:
    for before in reversed(casting.phrases[max(0, place - LOOK_BACK) : place]):
        if before.entity >= 0 and before.entity < len(casting.roster.entities):
            if casting.roster[before.entity].kind in kinds:
                return before.entity
    return None


def _worded(casting: Casting, head: Token, phrase: Phrase, near: list[int], category: str) -> int | None:
    """An actor named by its own words, one for all phrases of the same words."""
    lemma = head.lemma_.lower()
    start = max(phrase.start, phrase.head - LONGEST_NAME)
    words = [t for t in casting.doc[start : phrase.end] if not _is_framing(t)]
    own = [t for t in words if t.i != head.i]
    plural = phrase.number != "sing"
    kind = _COLLECTIVES.get(category)
    if kind is None:
        if category in ("office", "person") and (own or phrase.article in ("the", "a")):
            kind = ActorKind.OFFICE if category == "office" else None
        elif category in ("org", "body") and (own or near):
            kind = ActorKind.GROUP if plural else ActorKind.ORGANIZATION
        elif category == "meeting" and any(t.pos_ == "PROPN" for t in own):
            kind = ActorKind.MEETING
    if kind is None or (kind in (ActorKind.GROUP, ActorKind.MOVEMENT) and not plural and category != "armed"):
        return None
    key = (*sorted(fold(" ".join(t.text for t in own))), lemma)
    if not own and casting.heads.get(lemma):
        return casting.heads[lemma][-1]
    if key not in casting.worded:
        text = casting.doc[words[0].i : phrase.end].text if words else head.text
        casting.worded[key] = casting.roster.add(Entity(_lowered(text, words), kind, fold(text)))
    return casting.worded[key]


def _is_framing(token: Token) -> bool:
    """Articles, figures and possessive pronouns are no part of a nominal's name."""
    return token.tag_ in ("DT", "CD", "PRP$", "PDT", "POS", "``", "''", ",") or relation(token) in (
        "det",
        "punct",
        "case",
    )


def _lowered(text: str, words: Sequence[Token]) -> str:
    if words and words[0].is_sent_start and words[0].pos_ != "PROPN" and not words[0].text.isupper():
        return text[0].lower() + text[1:]
    return text
