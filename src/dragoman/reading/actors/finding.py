"""Who acts in a document: mentions of every kind, gathered into one actor each (codebook, *Actors*).

Names come first, over the whole document; then the noun phrases in text order, nominals and pronouns, each of which
may take up what stands before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dragoman.knowledge import Pack
from dragoman.reading.actors.cast import Cast, Mention, MentionKind
from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.composition import body_of_state
from dragoman.reading.actors.coreference import Resolver, load_ranker
from dragoman.reading.actors.embedded import find_embedded
from dragoman.reading.actors.name_spans import NameSpan, find_known, is_placed, nation_within, settle_names
from dragoman.reading.actors.names import gather_names
from dragoman.reading.actors.nominal_forms import forms_of_nominal, forms_of_titled
from dragoman.reading.actors.phrase_walk import find_relatives, walk
from dragoman.reading.actors.phrases import Phrase, find_phrases
from dragoman.reading.actors.provenance import country_of, sector_of
from dragoman.reading.actors.roster import Roster
from dragoman.reading.actors.shorthand import find_shorthand
from dragoman.reading.actors.titles import describing_nouns, note_title
from dragoman.reading.actors.unknown_names import ends_like_land, find_unknown, is_aimed_at
from dragoman.reading.circumstances.atlas import country_of as place_country
from dragoman.reading.circumstances.places import STATIC
from dragoman.reading.syntax import agent, case_of, child, relation
from dragoman.reading.words import Doc, Token
from dragoman.record import Actor, ActorKind

__all__ = ["Cast", "Mention", "find_cast"]


def find_cast(doc: Doc, pack: Pack, published: str | None = None, resolver: Resolver | None = None) -> Cast:
    """The actors of a document and their mentions.

    ``published`` (an ISO prefix) tells which of an office's holders is meant where the text names none; ``resolver``
    takes the place of the shipped ranker of antecedents while a new one is taught.
    """
    resolver = resolver or load_ranker()
    roster = Roster()
    known = find_known(doc, pack)
    spans = settle_names(doc, known, find_unknown(doc, known, pack, resolver.nature), pack)
    placed = gather_names(doc, spans, roster, pack.by_key)
    labels = {i: span.label for span in spans for i in range(span.start, span.end)}
    phrases = find_phrases(doc, resolver.nature, labels)
    casting = Casting(doc, pack, roster, phrases, published)
    casting.inner = {i for span in spans for i in range(span.start, span.end) if i != span.head}
    names = list(_name_mentions(doc, spans, placed, casting))
    _enter_names(casting, spans, placed)
    found = [replace(m, actor=casting.at.get(m.head, m.actor)) for m in names if m.head not in casting.parts]
    found += walk(casting, found, resolver)
    found += find_relatives(casting)
    found += find_embedded(casting, names)
    found += find_shorthand(casting, found)
    return _cast(casting, found)


def _name_mentions(doc: Doc, spans: Sequence[NameSpan], placed: dict[int, int], casting: Casting) -> Iterator[Mention]:
    """Names, nationality words and seats as mentions; a place that only tells where is none."""
    titles = frozenset(word.lower() for word in casting.pack.words.get("person-titles", ()))
    doers = {span.head for span in spans if _acts(doc, span)}
    acting = {placed[span.start] for span in spans if span.head in doers}
    for span in spans:
        number = placed[span.start]
        head = doc[span.head]
        if span.form is None and span.label == "PLACE" and not _is_governed(casting, span):
            if not _is_acted_on(casting, span, doers) and (number not in acting or is_placed(head)):
                continue
        if span.form is not None and span.form.sort == "metonym" and is_placed(head):
            continue
        if span.form is not None and span.form.sort == "adjective" and _is_language(head):
            continue
        kind: MentionKind = span.form.sort if span.form is not None else "name"
        if kind == "adjective":
            casting.demonyms.add(span.head)
        casting.at[span.head] = number
        for start in _starts(doc, span, titles):
            casting.roster[number].forms[doc[start : span.end].text] = None
        yield Mention(span.start, span.end, span.head, kind, number)
        nation = nation_within(doc, span, casting.pack)
        if nation is not None and span.form is None:
            casting.roster[number].owners = (casting.roster.known(nation, casting.pack.by_key),)
        if nation is not None and span.form is None and span.end - span.start > 2:
            casting.roster[number].forms[doc[span.start + 1 : span.end].text] = None
        if nation is not None and nation.kind == ActorKind.STATE:
            owner = casting.roster.known(nation, casting.pack.by_key)
            casting.roster[owner].forms[doc[span.start].text] = None
            yield Mention(span.start, span.start + 1, span.start, "adjective", owner)


def _acts(doc: Doc, span: NameSpan) -> bool:
    """Whether an unknown place does something or has something done with it, as a state does.

    Fires: *Zerunia attacked*, *clashed with Zerunia*. Not: *Zerunia fell*, *Zerunia was shelled*, *in Zerunia*.
    """
    head = doc[span.head]
    if not _is_unknown_place(doc, span):
        return False
    if relation(head) == "nsubj" and head.dep_ != "nsubj:pass" and head.head.pos_ == "VERB":
        return any(relation(part) in ("obj", "obl", "xcomp", "ccomp") for part in head.head.children)
    return case_of(head) in _WITH and head.head.pos_ in ("VERB", "NOUN")


_WITH = frozenset({"with", "against", "by"})


def _is_unknown_place(doc: Doc, span: NameSpan) -> bool:
    """Whether a name is a place's that neither pack nor atlas knows."""
    return span.form is None and span.label == "PLACE" and place_country(doc[span.start : span.end].text) is None


def _is_acted_on(casting: Casting, span: NameSpan, doers: Collection[int]) -> bool:
    """Whether an unknown place is a state that something is done to: a land by its name, else one acted on by a state
    as unknown, since invented states keep each other's company.

    Fires: *Chile attacked Marvania*, *Zerunia paid a visit to Tarn*. Not: *in Marvania*, *Chile shelled Tarn*.
    """
    doc, head = casting.doc, casting.doc[span.head]
    if not _is_unknown_place(doc, span) or (case_of(head) in STATIC and not is_aimed_at(head, casting.pack)):
        return False
    if ends_like_land(doc[span.start : span.end], casting.pack) and not casting.has(head, "broad-places"):
        return relation(head) != "compound"
    thing = head.head if relation(head) == "nmod" and relation(head.head) == "obj" else head
    doer = agent(thing.head) if relation(thing) in ("obj", "iobj", "obl") else None
    return doer is not None and doer.i in doers


def _is_governed(casting: Casting, span: NameSpan) -> bool:
    """Whether somebody is told to hold an office at a place: *Ohio* governor, mayor of *London*, *Palmer* police."""
    head = casting.doc[span.head]
    if relation(head) not in ("compound", "nmod") or case_of(head) not in ("", "of", "'s", "’s"):
        return False
    governing = ("local-offices", "law-forces-nouns")
    beside = casting.doc[span.end] if span.end < len(casting.doc) else head
    return casting.has(head.head, *governing) or (beside.i <= head.head.i and casting.has(beside, *governing))


def _is_language(noun: Token) -> bool:
    """*In English*, *speaks Dari*: a nationality word as a bare singular noun."""
    if noun.dep_ == "nmod:desc":  # Republican Christine Todd Whitman
        return False
    return noun.tag_ in ("NN", "NNP") and relation(noun) in ("obj", "obl", "nmod") and child(noun, "det") is None


def _starts(doc: Doc, span: NameSpan, titles: Collection[str]) -> Iterator[int]:
    """Where the forms of a name begin: the name itself, and with the title before it (*Mr Key*), a seat's with whose it
    is (*Trump White House*)."""
    yield span.start
    start = span.start
    while span.form is not None and span.form.sort == "metonym" and start and _is_inside(doc[start - 1], span.head):
        start -= 1
    while span.label == "PERSON" and start and doc[start - 1].lower_ in titles and doc[start - 1].text[0].isupper():
        start -= 1
    if start < span.start:
        yield start


def _is_inside(word: Token, head: int) -> bool:
    return word.dep_ == "compound" and word.head.i == head


def _enter_names(casting: Casting, spans: Sequence[NameSpan], placed: dict[int, int]) -> None:
    """Give the phrases that names head their entities, and learn from titles and appositions who is what."""
    number_at = {i: placed[s.start] for s in spans for i in range(s.start, s.end) if s.head in casting.at}
    for phrase in casting.phrases:
        number = number_at.get(phrase.head)
        if number is None:
            continue
        kind = casting.roster[number].kind
        if phrase.head in casting.at and _tells_of_part(casting, phrase, kind):
            casting.parts.add(phrase.head)
            del casting.at[phrase.head]
            continue
        phrase.entity = number
        if kind in _NAMED_WITH_MODIFIERS and phrase.head in casting.at:
            casting.roster[number].forms |= dict.fromkeys(forms_of_nominal(casting.doc, phrase))
        if kind == ActorKind.PERSON and phrase.head in casting.at:
            casting.roster[number].forms |= dict.fromkeys(forms_of_titled(casting.doc, phrase))
        if kind == ActorKind.ORGANIZATION and phrase.head in casting.at:
            owner = body_of_state(casting, casting.doc[phrase.head])
            if owner is not None:
                phrase.entity = casting.at[phrase.head] = owner
    _enter_descriptions(casting)


def _tells_of_part(casting: Casting, phrase: Phrase, kind: ActorKind) -> bool:
    """Whether a people's name tells of a part or of people, not of the whole or its government.

    Fires: *Syria's Kurds*, *many Afghans*, *helped Afghans*. Not: *the Kurds*, *the Russians agreed*.
    """
    noun = casting.doc[phrase.head]
    if kind == ActorKind.POPULATION:
        return bool(casting.modifiers(noun))
    if noun.i not in casting.demonyms or noun.tag_ not in ("NNS", "NNPS"):
        return False
    described = any(relation(part) in ("amod", "nummod", "acl") for part in noun.children)
    return described or (phrase.role not in ("subj", "poss") and case_of(noun) not in ("by", "with", "between"))


_NAMED_WITH_MODIFIERS = frozenset({ActorKind.ORGANIZATION, ActorKind.MOVEMENT, ActorKind.GROUP})


def _enter_descriptions(casting: Casting) -> None:
    by_head = {p.head: p for p in casting.phrases}
    for name in [p.head for p in casting.phrases if p.head in casting.at]:
        for noun in describing_nouns(casting, casting.doc[name]):
            note_title(casting, casting.doc[name], noun)
            casting.at[noun.i] = casting.at[name]
            if noun.i in by_head:
                by_head[noun.i].entity = casting.at[name]


def _cast(casting: Casting, found: Sequence[Mention]) -> Cast:
    """The cast, with actors in the order in which the text brings them up."""
    roster = casting.roster
    ordered = sorted(found, key=lambda m: (m.start, m.end))
    order: dict[int, int] = {}
    for mention in ordered:
        for number in (mention.actor, *mention.others):
            order.setdefault(number, len(order))
    actors = tuple(_actor(casting, number) for number in order)
    mentions = tuple(
        Mention(m.start, m.end, m.head, m.kind, order[m.actor], tuple(order[n] for n in m.others)) for m in ordered
    )
    speaks_for = {roster[n].name: body.name for n in order if (body := roster[n].body) is not None}
    return Cast(actors, mentions, speaks_for)


def _actor(casting: Casting, number: int) -> Actor:
    entity = casting.roster[number]
    return Actor(
        name=entity.name,
        kind=entity.kind,
        mentions=tuple(entity.forms),
        of=entity.of,
        key=entity.entry.key if entity.entry else None,
        country=country_of(casting, number),
        sector=sector_of(casting, number),
    )
