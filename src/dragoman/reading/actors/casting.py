"""What the actors stage knows of a document while it walks over the noun phrases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.knowledge import Pack
from dragoman.language import same_odds
from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.actors.roster import Roster
from dragoman.reading.syntax import case_of, child, children
from dragoman.reading.words import Doc, Token
from dragoman.record import ActorKind

BODIES = frozenset({ActorKind.MOVEMENT, ActorKind.ORGANIZATION})
LOOK_BACK = 60
"""Phrases over which a definite nominal looks for the actor that it takes up."""

_MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:poss", "nmod:desc", "nmod:unmarked"})
_SAME = ("same-militants", "same-rebels", "same-people")


@lru_cache(maxsize=8)
def lists_of(pack: Pack) -> Mapping[str, frozenset[str]]:
    """The names of a pack's word lists that hold a word, whatever its case."""
    found: dict[str, set[str]] = {}
    for name, words in pack.words.items():
        for word in words:
            found.setdefault(word.lower(), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@dataclass(slots=True)
class Casting:
    """The state of the walk.

    ``at`` maps the head token of a name or phrase to its entity's number; ``titled`` an office at a body (*foreign
    minister*, number of the body) to the person who holds it, ``titles`` the last word of an office to those told so,
    ``called`` a person to their offices' words,
    ``offices`` a person to their offices and bodies; ``heads`` a head noun to the entities that it was used
    for, latest last; ``worded`` an actor's own words to its number; ``forces`` a state to its armed forces;
    ``parts`` are heads of peoples' names that tell of a part (*Syria's Kurds*); ``inner`` are the tokens of
    names beside their heads; ``demonyms`` those of nationality words; ``together`` maps the head of a phrase that
    stands for several to the others.
    """

    doc: Doc
    pack: Pack
    roster: Roster
    phrases: Sequence[Phrase]
    published: str | None
    at: dict[int, int] = field(default_factory=dict)
    titled: dict[tuple[str, int], int] = field(default_factory=dict)
    titles: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    called: dict[int, list[str]] = field(default_factory=dict)
    offices: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    heads: dict[str, list[int]] = field(default_factory=dict)
    worded: dict[tuple[str, ...], int] = field(default_factory=dict)
    together: dict[int, tuple[int, ...]] = field(default_factory=dict)
    forces: dict[int, int] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    inner: set[int] = field(default_factory=set)
    demonyms: set[int] = field(default_factory=set)

    def has(self, noun: Token, *lists: str) -> bool:
        """Whether a noun, by itself or with the word before it, is in one of the pack's word lists."""
        told = lists_of(self.pack)
        lemma = noun.lemma_.lower()
        for word in (lemma, noun.lower_):
            found = told.get(word)
            if found is not None and not found.isdisjoint(lists):
                return True
        if not noun.i or noun.nbor(-1).head.i != noun.i:
            return False
        found = told.get(f"{noun.nbor(-1).lower_} {lemma}")
        return found is not None and not found.isdisjoint(lists)

    def hold(self, title: str, body: int, person: int) -> None:
        """Take note that a person is told to hold an office at a body; who is told first keeps it."""
        if (title, body) not in self.titled:
            self.titled[title, body] = person
            self.offices.setdefault(person, []).append((title, body))
            self.call(title, person)

    def call(self, title: str, person: int) -> None:
        """Take note that a person is called by a title."""
        self.titles.setdefault(title.split(" ")[-1], []).append((title, person))
        self.called.setdefault(person, []).append(title)

    def modifiers(self, noun: Token, place: int | None = None) -> list[int]:
        """Entities that modify a noun: *Turkish* army, *Syria*'s army, army *of Syria*, *his* army, *Syrian* government
        forces; with the phrase's place also the state whose *regime* forces they are.
        """
        found: list[int] = []
        for part in noun.children:
            if part.dep_ not in _MODIFIERS or (part.dep_ == "nmod" and not self._owns(case_of(part), noun)):
                continue
            if part.i in self.at:
                found += (self.at[p.i] for p in (part, *children(part, "conj")) if p.i in self.at)
            elif part.dep_ == "compound" and self.has(part, "plain-modifiers", "regime-nouns"):
                found += self.modifiers(part) or self._by_regime(part, place)
        if not found and noun.dep_ == "conj" and noun.head.i < noun.i and child(noun, "det") is None:
            return self.modifiers(noun.head, place)  # Turkey's president and foreign minister
        return list(dict.fromkeys(found))

    def _owns(self, case: str, noun: Token) -> bool:
        """Whether a preposition makes an owner: a spokesman *for*, refugees *from*, the regime *in*; *of* always."""
        if case == "for":
            return noun.lemma_.lower().startswith("spokes")
        if case == "from":
            return self.has(noun, "population-nouns")
        return case in ("of", "") or (case == "in" and self.has(noun, "regime-nouns"))

    def _by_regime(self, noun: Token, place: int | None) -> list[int]:
        """The state that *government* or *regime* stands for as a modifier."""
        if place is None or not self.has(noun, "regime-nouns"):
            return []
        number = self.ruled_state(noun, place)
        if number is None or self.roster[number].kind != ActorKind.STATE:
            return []
        self.roster[number].forms[noun.text] = None
        return [number]

    def ruled_state(self, noun: Token, place: int) -> int | None:
        """The state whose government *the regime*, *the government* is: as told before, else by salience.

        *Regime* names a government that the text is about: the one that the encoder takes it for, else the one told
        most.
        """
        told = [n for n in self.heads.get(noun.lemma_.lower(), ()) if self.roster[n].kind == ActorKind.STATE]
        if told:
            return told[-1]
        if noun.lemma_.lower() != "regime":
            return self.salient_state(place)
        counts = Counter(n for n in self.at.values() if self.roster[n].kind == ActorKind.STATE)
        odds = self.odds(place, counts)
        return max(counts, key=lambda n: (odds[n], counts[n])) if counts else None

    def sort_of(self, noun: Token) -> str:
        """A noun's lemma, or the list of nouns that one text uses by turns for the same people."""
        lemma = noun.lemma_.lower()
        return next((name for name in _SAME if lemma in self.pack.words.get(name, ())), lemma)

    def likeliest(self, place: int, kinds: Collection[ActorKind], *, apart: bool = False) -> int | None:
        """Of the entities of some kinds that were told of shortly before a phrase the one that the encoder takes it
        for, the latest where it says nothing.

        With ``apart`` one of the phrase's own sentence only when there is no other: *SDF advanced against the
        militants*.
        """
        here = self.phrases[place].sentence
        found = [
            p for p in self.phrases[max(0, place - LOOK_BACK) : place]
            if p.entity >= 0 and self.roster[p.entity].kind in kinds
        ]  # fmt: skip
        own = {p.entity for p in found if p.sentence == here} if apart else set()
        nearest = [p.entity for p in reversed(found) if p.entity not in own] or [p.entity for p in reversed(found)]
        odds = self.odds(place, dict.fromkeys(nearest))
        return max(odds, key=odds.__getitem__, default=None)

    def recent(self, place: int, kinds: Collection[ActorKind]) -> list[int]:
        """The entities of the kinds in the phrase's sentence and the one before, subjects first, the latest first."""
        here = self.phrases[place].sentence
        near = [p for p in self.phrases[max(0, place - LOOK_BACK) : place] if here - p.sentence <= 1]
        found = [p for p in reversed(near) if p.entity >= 0 and self.roster[p.entity].kind in kinds]
        return list(dict.fromkeys(p.entity for p in sorted(found, key=lambda p: p.role != "subj")))

    def odds(self, place: int, entities: Collection[int]) -> dict[int, float]:
        """For each of some entities what speaks for a phrase being theirs, to the encoder, by all their phrases shortly
        before it."""
        near = [p for p in self.phrases[max(0, place - LOOK_BACK) : place] if p.entity in entities]
        scores = same_odds(self.doc.tensor, self.phrases[place].head, [p.head for p in near])
        sums = dict.fromkeys(entities, 0.0)
        for phrase, score in zip(near, scores, strict=True):
            sums[phrase.entity] += math.exp(float(score))
        return sums

    def salient_state(self, place: int) -> int | None:
        """Of the states mentioned in the last sentences, the one that the text speaks of most."""
        start = self.phrases[place].start
        told = ((i, self.at[i]) for i in range(max(0, start - 10 * LOOK_BACK), start) if i in self.at)
        states = [(i, n) for i, n in told if self.roster[n].kind == ActorKind.STATE]
        counts = Counter(n for _, n in states)
        first = self._two_sentences_back(start)
        near = [n for i, n in states if i >= first]
        return max(near, key=lambda n: counts[n]) if near else self.likeliest(place, (ActorKind.STATE,))

    def _two_sentences_back(self, index: int) -> int:
        """The first token of the second sentence before a token's own."""
        first = self.doc[index].sent.start
        for _ in range(2):
            first = self.doc[first - 1].sent.start if first else 0
        return int(first)
