"""Named places of a document, and at which of them an act happened.

A place is a name (*Manbij*), a region (*northern Syria*, *Idlib province*) or ground named by a people (*the Iraqi
border*). Where something was written (the dateline) is not where it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.knowledge import Pack
from dragoman.reading.circumstances.atlas import country_of, is_town
from dragoman.reading.circumstances.calendar import MONTHS, WEEKDAYS
from dragoman.reading.circumstances.governing import LOOSE, clause_of, governors, links_between, seats
from dragoman.reading.syntax import case_of, conjuncts, relation
from dragoman.record import ActorKind

__all__ = ["PlaceMention", "country_of", "find_places", "place_near", "place_of"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A named place: its tokens ``[start, end)``, its syntactic head, its name as the text gives it, without article.

    ``wide`` marks countries and larger parts of the world, ``acts`` the names of countries and of capitals, which stand
    for a government as often as for a place.
    """

    start: int
    end: int
    head: int
    name: str
    wide: bool = False
    acts: bool = False


_STATIC = frozenset("in at near inside within across throughout around outside along over off".split())
_TOWARD = frozenset({"to", "into", "towards", "toward"})
_ABOUT = frozenset({"of", "for", "from", "through", "via", "out"})
_MOVES = frozenset(
    "enter leave visit reach invade quit flee tour cross evacuate bomb shell pound raid occupy capture seize take "
    "besiege".split()
)
"""Verbs whose object, if it is a country or a capital, is where they happen; of a town that holds for any verb."""


def find_places(doc: Doc, pack: Pack) -> tuple[PlaceMention, ...]:
    """The named places of a document, in text order, without overlap."""
    nouns, directions = pack.words["place-nouns"], pack.words["directions"]
    states = [a for a in pack.actors if a.kind is ActorKind.STATE]
    wide = pack.words["broad-places"] | {name.lower() for a in states for name in (a.name, *a.names)}
    capitals = {name.lower() for a in states for name in a.metonyms}
    others = {name.lower() for a in pack.actors if a.kind is not ActorKind.STATE for name in (a.name, *a.names)}
    named = {span for span in _tagged(doc, nouns) if doc[slice(*span)].text.lower() not in others}
    named |= set(_passed_over(doc, wide, nouns))
    named |= set(_named_again(doc, {doc[a:b].text for a, b in named if b - a == 1}))
    spans = {_widened(doc, start, end, nouns, directions) for start, end in named}
    mentions: list[PlaceMention] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not mentions or start >= mentions[-1].end:
            name = doc[start:end].text.lower()
            is_wide, head = name in wide, doc[start:end].root.i
            mentions.append(PlaceMention(start, end, head, doc[start:end].text, is_wide, is_wide or name in capitals))
    return tuple(mentions)


def _tagged(doc: Doc, nouns: frozenset[str]) -> Iterator[tuple[int, int]]:
    """What the pipeline calls places, and names of ground: *Google headquarters*, *the Iraqi border*."""
    for ent in doc.ents:
        if (ent.label_ == "PLACE" and any(t.tag_ != "JJ" for t in ent)) or (
            ent.label_ == "ORG" and ent.end < len(doc) and doc[ent.end].lower_ in nouns
        ):
            yield ent.start, ent.end
    for token in doc[: len(doc) - 2]:
        if token.tag_ == "JJ" and token.is_title and token.nbor().lower_ in nouns and token.nbor(2).lower_ != "of":
            yield token.i, token.i + 1


def _passed_over(doc: Doc, wide: frozenset[str], nouns: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Names that the pipeline did not take for places, but that the words around or the atlas do.

    *in Sochi*, *the Sochi talks*; unknown names only in *near Hajin*, *the Barmal district*.
    """
    for token in doc[1 : len(doc) - 1]:
        before = token.nbor(-1)
        if token.tag_ != "NNP" or token.ent_iob_ == "I" or before.tag_ == "NNP" or token.lower_ in _CALENDAR:
            continue
        end = token.i + 1
        while end < len(doc) - 1 and doc[end].tag_ == "NNP":
            end += 1
        name, untyped, led = doc[token.i : end].text, not token.ent_type_, before.tag_ in ("IN", "TO")
        known = name.lower() in wide or is_town(name)
        if led and before.lower_ in _WITHIN and (known or (untyped and not name.isupper())):
            yield token.i, end
        elif untyped and doc[end].lower_ in nouns:
            yield token.i, end
        elif known and untyped and ((led and before.lower_ in _LOCATIVE) or doc[end].tag_ in ("NN", "NNS")):
            yield token.i, end


_WITHIN = frozenset({"in", "near", "inside", "outside"})
_LOCATIVE = frozenset({"at", "to", "from", "around", "for", "of", "on", "across", "into", "through"})
_CALENDAR = frozenset(WEEKDAYS) | frozenset(MONTHS) | frozenset(month[:3] for month in MONTHS)


def _named_again(doc: Doc, names: set[str]) -> Iterator[tuple[int, int]]:
    """Places by one-word names that the text uses for a place elsewhere."""
    for token in doc:
        if token.tag_ == "NNP" and not token.ent_type_ and token.text in names:
            yield token.i, token.i + 1


def _widened(doc: Doc, start: int, end: int, nouns: frozenset[str], directions: frozenset[str]) -> tuple[int, int]:
    """A name with its direction and its noun: *northern Syria*, *Idlib province*; without article and genitive."""
    if doc[start].lower_ in ("the", "a") and start + 1 < end:
        start += 1
    while start >= 1 and (doc[start - 1].lower_ in directions or _joins_directions(doc, start - 1)):
        start -= 1
    if end - start > 1 and doc[end - 1].tag_ == "POS":
        end -= 1
    if end < len(doc) and doc[end].lower_ in nouns and doc[end].lower_ not in directions:
        end += 1
    return start, end


def _joins_directions(doc: Doc, i: int) -> bool:
    """Whether a token stands between two halves of a direction: *north-western*, *northern and eastern*."""
    return i >= 1 and doc[i].lower_ in ("-", "and") and doc[i - 1].lower_[:5] in ("north", "south", "easte", "weste")


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
            return _with_conjuncts(min(ranked, key=lambda r: r[:4])[4], trigger.doc, places)
    for mention, foot, chain in sorted(near, key=lambda n: abs(n[0].head - trigger.i)):
        if case_of(foot) in _STATIC and chain and _is_joined(clause_of(trigger), chain[-1]):
            return _with_conjuncts(mention, trigger.doc, places)
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
    """The word by which a place hangs in its clause, and all above it: *the town of Manbij* hangs by *town*."""
    foot = head
    while relation(foot) in ("conj", "appos", "flat") or _names_ground(foot):
        foot = foot.head
    return foot, governors(foot)


def _names_ground(token: Token) -> bool:
    """Whether a name tells which town, province, resort it is: *the town of Manbij*."""
    return relation(token) == "nmod" and case_of(token) == "of" and token.head.tag_ == "NN" and token.tag_ == "NNP"


def _weight(mention: PlaceMention, foot: Token, chain: Sequence[Token], seat: Token) -> int | None:
    """How plainly a place tells where the seat happened, 0 the plainest; ``None`` if it does not."""
    step = chain.index(seat)
    last = chain[step - 1] if step else foot
    if step and (case_of(foot) not in _STATIC or (relation(last) == "nsubj" and last.dep_ != "nsubj:pass")):
        return None
    if step:
        return 1
    link, case = relation(last), case_of(last)
    if link in ("obl", "nmod"):
        if case in _STATIC:
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


def _with_conjuncts(mention: PlaceMention, doc: Doc, places: Sequence[PlaceMention]) -> str:
    group = {t.i for t in conjuncts(_first_conjunct(doc[mention.head]))}
    return "; ".join(m.name for m in places if m is mention or m.head in group)


def _first_conjunct(token: Token) -> Token:
    while relation(token) == "conj":
        token = token.head
    return token
