"""Actors named by their own words: *Kurdish forces*, *critics of the deal*; one for all phrases of the same words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.name_spans import fold
from dragoman.reading.actors.phrases import Phrase, core_bounds
from dragoman.reading.actors.roster import Entity
from dragoman.reading.actors.titles import note_body
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.words import Token
from dragoman.record import ActorKind

LONGEST_NAME = 8
"""Words that a name of this sort may have before or after its head."""

_QUANTITIES = frozenset("a an the many several some most least few more fewer such various numerous".split())


def name_by_own_words(casting: Casting, noun: Token, phrase: Phrase, owners: list[int], kind: ActorKind) -> int | None:
    """An actor named by its own words, one for all phrases of the same words."""
    start = max(phrase.start, phrase.head - LONGEST_NAME)
    words = [t for t in casting.doc[start : phrase.end] if not is_framing(t)]
    own = sorted({word for t in words if t.i != noun.i for word in _key_words(casting, t)})
    tail = _of_phrase(casting, noun)
    own += [f"of {word}" for t in tail if not is_framing(t) for word in _key_words(casting, t)]
    holder = next((casting.at[c.i] for c in noun.children if c.tag_ == "PRP$" and c.i in casting.at), None)
    own += [f"#{holder}"] if holder is not None else []
    clause = [] if own or owners else _clause(casting, noun, phrase, kind)
    own += [f"of {word}" for t in clause for word in _key_words(casting, t)]
    if not _tells(casting, noun, phrase, bool(own or owners), kind):
        return None
    sort = casting.sort_of(noun)
    if casting.has(noun, "collective-nouns"):  # the political opposition, the democratic opposition
        own = [word for word in own if word.startswith("#")]
    key = (*own, "same-forces" if own and casting.has(noun, "same-forces", "same-militants") else sort)
    if key not in casting.worded:
        head = casting.doc[words[0].i : tail[-1].i + 1 if tail else phrase.end].text if words else noun.text
        text = casting.doc[words[0].i : clause[-1].i + 1].text if words and clause else head
        name = (
            _lowered(casting, text, words)
            if holder is None
            else f"{_lowered(casting, text, words)} of {casting.roster[holder].name}"
        )
        casting.worded[key] = casting.roster.add(Entity(name, kind, fold(head), owners=tuple(owners)))
        if kind == ActorKind.OFFICE and owners:
            note_body(casting, noun, casting.worded[key], owners[0])
    return casting.worded[key]


def name_people(casting: Casting, pronoun: Token) -> int:
    """Those whom only a clause tells of, named by it: *those who fled the camp*."""
    clause = next(children(pronoun, "acl"))
    end = min(clause.right_edge.i, pronoun.i + LONGEST_NAME) + 1
    text = casting.doc[pronoun.i : end].text
    key = ("those", *fold(text))
    if key not in casting.worded:
        name = text[0].lower() + text[1:]
        kind = ActorKind.PERSON if pronoun.lower_ in ("someone", "somebody") else ActorKind.GROUP
        casting.worded[key] = casting.roster.add(Entity(name, kind, fold(text)))
    return casting.worded[key]


def name_by_name(casting: Casting, phrase: Phrase, kind: ActorKind) -> int:
    """An actor named by a name that nothing but a pronoun tells to be somebody's."""
    text = casting.doc[phrase.start : phrase.end].text
    key = ("", *fold(text))
    if key not in casting.worded:
        casting.worded[key] = casting.roster.add(Entity(text, kind, fold(text)))
    return casting.worded[key]


def _of_phrase(casting: Casting, noun: Token) -> list[Token]:
    """The short *of* phrase right after a noun that tells whose they are: critics *of the deal*."""
    for part in children(noun, "nmod"):
        if case_of(part) == "of" and part.i > noun.i:
            end = core_bounds(part)[1]
            return list(casting.doc[noun.i + 1 : end]) if end - noun.i <= LONGEST_NAME else []
    return []


def _clause(casting: Casting, noun: Token, phrase: Phrase, kind: ActorKind) -> list[Token]:
    """The short clause right after a noun that tells who they are: groups *opposed to the deal*, people *who fled*.

    After *the* only where the noun is vague: *the rebels who fled* are the rebels.
    """
    if phrase.article in ("the", "this") and _tells(casting, noun, phrase, False, kind):
        return []
    for part in children(noun, "acl", "amod"):
        end = part.right_edge.i + 1
        if part.i > noun.i and part.left_edge.i == noun.i + 1 and end - noun.i <= LONGEST_NAME:
            return list(casting.doc[noun.i + 1 : end])
    return []


def _key_words(casting: Casting, token: Token) -> tuple[str, ...]:
    """*Syrian* and *Syria's* are one modifier: that of their entity."""
    return (f"#{casting.at[token.i]}",) if token.i in casting.at else fold(token.text)


def _tells(casting: Casting, noun: Token, phrase: Phrase, modified: bool, kind: ActorKind) -> bool:
    """Whether a nominal tells enough to be an actor: *critics* do, *a member* and *the process* do not."""
    if kind == ActorKind.MEETING:
        return any(c.pos_ == "PROPN" for c in children(noun, "compound")) and phrase.number == "sing"
    if kind in (ActorKind.OFFICE, ActorKind.PERSON):
        return modified or phrase.article in ("the", "a", "poss")
    if casting.has(noun, "collective-nouns"):
        return True
    if casting.has(noun, "bare-bodies") or _is_placed_body(noun, kind):
        return True
    if kind == ActorKind.ORGANIZATION and phrase.number == "sing" and casting.has(noun, "vague-nouns"):
        return any(part.i < noun.i and _sets_apart(part) for part in children(noun, "compound", "nmod", "amod"))
    if kind == ActorKind.ORGANIZATION or casting.has(noun, "vague-nouns"):
        return modified or casting.has(noun, "law-forces-nouns", "state-forces-nouns")
    return True


def _is_placed_body(noun: Token, kind: ActorKind) -> bool:
    """A body that its place tells apart: *a court in Dagestan*."""
    places = (part for part in children(noun, "nmod") if case_of(part) in ("in", "at") and part.pos_ == "PROPN")
    return kind == ActorKind.ORGANIZATION and next(places, None) is not None


def _sets_apart(part: Token) -> bool:
    """Whether a modifier says which body is meant: *aid* agency, *Islamist* group; not a *new* or *large* one."""
    return part.pos_ != "ADJ" or part.text[0].isupper()


def is_framing(token: Token) -> bool:
    """Articles, figures and possessive pronouns are no part of a nominal's name."""
    if token.tag_ in ("DT", "CD", "PRP$", "PDT", "POS", "``", "''", ",", "CC", "IN") or token.lower_ in _QUANTITIES:
        return True
    return relation(token) in ("det", "punct", "case", "nummod", "advmod")


def _lowered(casting: Casting, text: str, words: Sequence[Token]) -> str:
    if words and words[0].i in casting.at:  # Syrian rebels
        return text
    if words and words[0].is_sent_start and words[0].pos_ != "PROPN" and not words[0].text.isupper():
        return text[0].lower() + text[1:]
    return text
