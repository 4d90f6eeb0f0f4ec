"""Places of a document, and at which of them an act happened.

A place is told by its name (``naming``) or by a noun of ground that stands for one named before (``grounds``). Where
something was written (the dateline) is not where it happened.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge import Pack
from dragoman.reading.circumstances.atlas import country_of
from dragoman.reading.circumstances.governing import LOOSE, clause_of, governors, links_between, seats
from dragoman.reading.circumstances.grounds import find_grounds
from dragoman.reading.circumstances.naming import PlaceMention, find_named_places
from dragoman.reading.syntax import case_of, conjuncts, relation
from dragoman.reading.words import Doc, Token

__all__ = [
    "STATIC",
    "PlaceMention",
    "country_of",
    "find_places",
    "foot_of",
    "place_near",
    "place_of",
    "with_conjuncts",
]

STATIC = frozenset("in at near inside within across throughout around outside along over off".split())
_TOWARD = frozenset({"to", "into", "towards", "toward"})
_ABOUT = frozenset({"of", "for", "from", "through", "via", "out"})
_MOVES = frozenset(
    "enter leave visit reach invade quit flee tour cross evacuate bomb shell pound raid occupy capture seize take "
    "besiege".split()
)
"""Verbs whose object, if it is a country or a capital, is where they happen; of a town that holds for any verb."""


def find_places(doc: Doc, pack: Pack) -> tuple[PlaceMention, ...]:
    """The places of a document, in text order, without overlap."""
    named = find_named_places(doc, pack)
    grounds = find_grounds(doc, named, pack.words)
    return tuple(sorted((*named, *grounds), key=lambda m: m.start))


# --- where an act happened


def place_of(trigger: Token, places: Sequence[PlaceMention]) -> str | None:
    """Where an act happened, by the named places that hang on it; several that are coordinated, joined by ``; ``.

    Fires: *met in Sochi* (Sochi); *the town of Manbij* (Manbij); *a visit to Egypt* (Egypt); *took Raqqa* (Raqqa).
    Not:   the subject (*Turkey attacked*), or a country acted upon (*condemned Turkey*).
    """
    sent = trigger.sent
    near = [(m, *_way_up(trigger.doc[m.head])) for m in places if sent.start <= m.head < sent.end]
    for seat in seats(trigger) if near else ():
        ranked = [
            (chain.index(seat), weight, m.wide, abs(m.head - seat.i), m)
            for m, foot, chain in near
            if seat in chain and (weight := _weight(m, foot, chain, seat)) is not None
        ]
        if ranked:
            return with_conjuncts(min(ranked, key=lambda r: r[:4])[4], trigger.doc, places)
    for mention, foot, chain in sorted(near, key=lambda n: abs(n[0].head - trigger.i)):
        if case_of(foot) in STATIC and chain and _is_joined(clause_of(trigger), chain[-1]):
            return with_conjuncts(mention, trigger.doc, places)
    return None


def place_near(trigger: Token, places: Sequence[PlaceMention]) -> str | None:
    """The nearest town or region that the sentence names, for an act that must have happened somewhere.

    Where ``place_of`` finds nothing, this was right for 35 acts of force, movement or meeting in the build part of the
    coded news (November 2026), wrong for 7, and placed 34 that the coders did not; acts of speech it mostly misplaces.
    """
    sent = trigger.sent
    near = [m for m in places if sent.start <= m.head < sent.end and not m.acts]
    return min(near, key=lambda m: (abs(m.head - trigger.i), m.start)).name if near else None


def _is_joined(clause: Token, other: Token) -> bool:
    links = links_between(clause, other) or links_between(other, clause)
    return clause == other or (bool(links) and links <= LOOSE)


def _way_up(head: Token) -> tuple[Token, list[Token]]:
    """The foot of a place, and all above it in its clause."""
    foot = foot_of(head)
    return foot, governors(foot)


def foot_of(head: Token) -> Token:
    """The word by which a place hangs in its clause: *the town of Manbij* hangs by *town*."""
    foot = head
    while relation(foot) in ("conj", "appos", "flat") or _names_ground(foot):
        foot = foot.head
    return foot


def _names_ground(token: Token) -> bool:
    """Whether a name tells which town, province, resort it is: *the town of Manbij*."""
    return relation(token) == "nmod" and case_of(token) == "of" and token.head.tag_ == "NN" and token.tag_ == "NNP"


def _weight(mention: PlaceMention, foot: Token, chain: Sequence[Token], seat: Token) -> int | None:
    """How plainly a place tells where the seat happened, 0 the plainest; ``None`` if it does not."""
    step = chain.index(seat)
    last = chain[step - 1] if step else foot
    if step and (case_of(foot) not in STATIC or (relation(last) == "nsubj" and last.dep_ != "nsubj:pass")):
        return None
    if step:
        return 1
    link, case = relation(last), case_of(last)
    if link in ("obl", "nmod"):
        if case in STATIC:
            return 0
        if case in _TOWARD:
            return 1
        if case == "on":
            return 0 if not mention.wide else None  # "an attack on Idlib"; "talks on Syria" were held elsewhere
        return 2 if case in _ABOUT and (seat.pos_ == "NOUN" or case in ("from", "out")) else None
    if link == "obj" or last.dep_ == "nsubj:pass":
        return 1 if not mention.acts or seat.lemma_ in _MOVES else None
    if link == "compound" or last.dep_ == "nmod:poss":
        return 3 if not mention.wide else None
    return None


def with_conjuncts(mention: PlaceMention, doc: Doc, places: Sequence[PlaceMention]) -> str:
    """A place and those coordinated with it, joined by ``; ``."""
    group = {t.i for t in conjuncts(_first_conjunct(doc[mention.head]))}
    return "; ".join(dict.fromkeys(m.name for m in places if m is mention or m.head in group))


def _first_conjunct(token: Token) -> Token:
    while relation(token) == "conj":
        token = token.head
    return token
