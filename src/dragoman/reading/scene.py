"""The scene: all that is known of a document before its reports are read, handed to every kind's module."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from dragoman.knowledge import Pack
from dragoman.reading.actors.cast import Cast, Mention
from dragoman.reading.circumstances.dates import DateMention
from dragoman.reading.circumstances.places import PlaceMention
from dragoman.reading.network import Insight
from dragoman.reading.standing import StandingReading, standing_of
from dragoman.reading.syntax import children
from dragoman.reading.voices.asserted import asserting
from dragoman.reading.voices.finding import Attribution, attributions_at, speaker_at, voice_at
from dragoman.reading.voices.speakers import is_first_person
from dragoman.reading.voices.weighing import Claim, tellers_of
from dragoman.reading.words import Doc, Token
from dragoman.reading.words import Span as Sentence
from dragoman.record import ActorKind, Document, Evidence, Report

_CUE_REACH = 2
"""Sentences between an assertion and the words that tell whose it is, up to which evidence reaches back or ahead."""
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "AUX", "PART"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One analysed document with its cast, attributions, dates and places."""

    document: Document
    doc: Doc
    pack: Pack
    cast: Cast
    attributions: tuple[Attribution, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    sentences: tuple[Sentence, ...]
    insight: Insight | None = None
    """What the report network sees in the words; nothing while the network is learned."""
    memo: dict[tuple[str, int], Any] = field(default_factory=dict, repr=False, compare=False)
    """Answers about a token or a sentence that several kinds ask for, by question and index."""

    def voice(self, token: Token) -> tuple[str, ...]:
        """Who says what the token is part of, outermost first."""
        key = ("voice", token.i)
        if key not in self.memo:
            self.memo[key] = voice_at(token, self._told_in(token.sent))
        found: tuple[str, ...] = self.memo[key]
        return found

    def told_at(self, token: Token) -> tuple[Attribution, ...]:
        """The attributions that make somebody the voice of a token, outermost first."""
        return attributions_at(token, self._told_in(token.sent))

    def tellers(self, token: Token, report: Report) -> tuple[Attribution, ...]:
        """Whose word it is what a report tells at a token, outermost first."""
        return tellers_of(token, Claim.of(report), self._told_in(token.sent))

    def voice_of_relation(self, token: Token) -> tuple[str, ...]:
        """Who says that a standing relation holds; the document, where reported speech only takes it for granted."""
        return voice_at(token, asserting(token, self._told_in(token.sent)))

    def standing(self, token: Token) -> StandingReading:
        """How the text asserts the act that a token names."""
        key = ("standing", token.i)
        if key not in self.memo:
            self.memo[key] = standing_of(token, self.pack)
        found: StandingReading = self.memo[key]
        return found

    def _told_in(self, sentence: Sentence) -> list[Attribution]:
        """The attributions whose content reaches into a sentence."""
        key = ("told", sentence.start)
        if key not in self.memo:
            start, end = sentence.start_char, sentence.end_char
            reaching = (a for a in self.attributions if any(p.start < end and start < p.end for p in a.content))
            self.memo[key] = list(reaching)
        found: list[Attribution] = self.memo[key]
        return found

    def names(self, phrase: Token) -> tuple[str, ...]:
        """The actors that a noun phrase stands for or belongs to.

        Its own; else those of its owner: *the Taliban's rule* and *Taliban policies* give the Taliban, *the policies of
        Iran* Iran.
        """
        if is_first_person(phrase):
            return speaker_at(phrase, self._told_in(phrase.sent))
        own = self.cast.names_of(phrase)
        if own:
            return own
        for owner in children(phrase, "nmod", "amod", "compound"):
            case = next((c.lower_ for c in children(owner, "case")), "")
            if owner.dep_ == "nmod:poss" or owner.i < phrase.i or case == "of":
                found = self.cast.names_of(owner)
                if found:
                    return found
        return ()

    def mentions_in(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The cast's mentions whose head lies in a sentence, in text order."""
        first = bisect_left(self.cast.mentions, sentence.start, key=lambda m: m.start)
        last = bisect_left(self.cast.mentions, sentence.end, key=lambda m: m.start)
        return self.cast.mentions[first:last]

    def sentences_before(self, sentence: Sentence, count: int) -> list[Sentence]:
        """Up to so many sentences before one, the nearest first."""
        place = bisect_left(self.sentences, sentence.start, key=lambda s: s.start)
        return list(reversed(self.sentences[max(0, place - count) : place]))

    def first_persons_in(self, sentence: Sentence) -> list[Token]:
        """The words *we*, *I* and their forms in a sentence."""
        key = ("first persons", sentence.start)
        if key not in self.memo:
            self.memo[key] = [t for t in sentence if is_first_person(t)]
        found: list[Token] = self.memo[key]
        return found

    def auxiliaries(self) -> list[Token]:
        """The words of the document that help a verb."""
        key = ("auxiliaries", 0)
        if key not in self.memo:
            self.memo[key] = [t for t in self.doc if t.dep_ == "aux"]
        found: list[Token] = self.memo[key]
        return found

    def content_of(self, sentence: Sentence) -> tuple[str, ...]:
        """The lemmas of a sentence's content words, each once, in order of their spelling."""
        key = ("content", sentence.start)
        if key not in self.memo:
            self.memo[key] = tuple(sorted({t.lemma_.lower() for t in sentence if t.pos_ in _CONTENT}))
        found: tuple[str, ...] = self.memo[key]
        return found

    def evidence(self, token: Token) -> Evidence:
        """The sentence of a token as evidence, with those up to the cue where a quotation has run on from there."""
        first, last = self._reach_of_cues(token)
        key = (f"evidence to {last}", first)
        if key not in self.memo:
            self.memo[key] = evidence_of(self.document, self.sentences[first], self.sentences[last])
        found: Evidence = self.memo[key]
        return found

    def _reach_of_cues(self, token: Token) -> tuple[int, int]:
        """The first and the last sentence that hold a token and, near it, what tells who says it."""
        own = self._sentence_at(token.idx)
        cues = (self._sentence_at(a.cue.start) for a in self.told_at(token) if a.cue is not None)
        reached = [own, *(n for n in cues if abs(n - own) <= _CUE_REACH)]
        return min(reached), max(reached)

    def _sentence_at(self, character: int) -> int:
        """The number of the sentence that a character lies in."""
        return max(0, bisect_right(self.sentences, character, key=lambda s: s.start_char) - 1)

    def state_of(self, name: str) -> str:
        """The state of this document's cast whose country is that of an actor; empty for none."""
        actor = self.cast.actor(name)
        if actor is None or actor.country is None or actor.kind is ActorKind.STATE:
            return ""
        states = (a.name for a in self.cast.actors if a.kind is ActorKind.STATE and a.country == actor.country)
        return next(states, "")

    def kind_of(self, name: str) -> str:
        """The kind of the actor of that name; empty for nobody."""
        actor = self.cast.actor(name)
        return str(actor.kind) if actor else ""


def evidence_of(document: Document, first: Sentence, last: Sentence) -> Evidence:
    """A sentence, or some that adjoin, as evidence, without the white space and the blanked furniture around."""
    raw, end = first.text, last.text
    start = first.start_char + len(raw) - len(raw.lstrip())
    return Evidence.slice(document.text, start, last.start_char + len(end.rstrip()))
