"""Triggers: the tokens on which frames fire.

A frame names its trigger by lemma: a verb, a noun, an adjective, or a verb with a further word that must hang on it
(*call on*, *carry out*). It may ask for an object (*close* an embassy) and name light verbs that carry its noun
(*launch* an attack).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dragoman.knowledge import Frame
from dragoman.reading.syntax import children, objects, relation
from dragoman.reading.words import Doc, Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_NOUN_PLACES = frozenset({"obj", "nmod", "obl"})
"""Where a noun stands, though the tagger may take it for an adjective (*launched an offensive*)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A frame that fires on a token; ``light`` is the verb that carries the act when the token is a noun."""

    frame: Frame
    token: Token
    form: str
    light: Token | None = None

    @property
    def verb(self) -> Token:
        """The verb whose subject acts: the light verb where there is one, else the token itself."""
        return self.light if self.light is not None else self.token


@dataclass(frozen=True, slots=True)
class _Entry:
    frame: Frame
    form: str
    rest: tuple[str, ...]


Lexicon = Mapping[str, tuple[_Entry, ...]]


def build_lexicon(frames: Iterable[Frame]) -> Lexicon:
    """Frames by the first lemma of their triggers."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    for frame in frames:
        for form, words in (("verb", frame.verbs), ("noun", frame.nouns), ("adjective", frame.adjectives)):
            for trigger in words:
                first, *rest = trigger.split()
                found[rest[-1] if form == "noun" and rest else first].append(
                    _Entry(frame, form, tuple([first, *rest[:-1]] if form == "noun" and rest else rest))
                )
    return {lemma: tuple(entries) for lemma, entries in found.items()}


def find_triggers(doc: Doc, lexicon: Lexicon) -> Iterator[Trigger]:
    """Every frame that fires in a document, in text order."""
    for token in doc:
        for entry in lexicon.get(token.lemma_.lower(), ()):
            if not _has_form(token, entry.form) or not _has_rest(token, entry):
                continue
            light = _light_verb(token, entry.frame) if entry.form == "noun" else None
            if entry.form == "verb" and entry.frame.object and not _has_object(token, entry.frame):
                continue
            yield Trigger(entry.frame, token, entry.form, light)


def _has_form(token: Token, form: str) -> bool:
    if form == "verb":
        return token.pos_ in _VERBAL and relation(token) not in ("aux", "cop")
    if form == "noun":
        return (token.pos_ in _NOMINAL or relation(token) in _NOUN_PLACES) and not token.ent_type_
    return token.pos_ == "ADJ" or token.tag_ == "VBN"


def _has_rest(token: Token, entry: _Entry) -> bool:
    """Whether every further word of a multiword trigger hangs on the token, or marks a phrase that does."""
    if not entry.rest:
        return True
    below = {w for c in token.children for w in (c.lower_, c.lemma_.lower())}
    below |= {c.lower_ for phrase in children(token, "obl", "nmod", "advcl") for c in children(phrase, "case", "mark")}
    return all(word in below for word in entry.rest)


def _has_object(token: Token, frame: Frame) -> bool:
    return any(o.lemma_.lower() in frame.object for o in objects(token))


def _light_verb(noun: Token, frame: Frame) -> Token | None:
    head = noun.head
    if head.pos_ in _VERBAL and noun.dep_ in ("obj", "nsubj:pass", "obl") and head.lemma_.lower() in frame.light:
        return head
    return None
