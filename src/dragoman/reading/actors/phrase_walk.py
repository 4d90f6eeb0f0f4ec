"""The walk over a document's noun phrases in text order: each nominal and pronoun takes up what stands before it.

Third step of the actors stage, when names are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.actors.antecedent_features import History
from dragoman.reading.actors.cast import Mention
from dragoman.reading.actors.casting import Casting
from dragoman.reading.actors.coreference import Resolver
from dragoman.reading.actors.nominal_forms import forms_of_nominal, forms_of_share
from dragoman.reading.actors.nominals import resolve_nominal, share_of
from dragoman.reading.actors.own_words import name_by_name, name_by_own_words
from dragoman.reading.actors.phrases import Phrase
from dragoman.reading.actors.titles import note_owners
from dragoman.reading.syntax import conjuncts
from dragoman.record import ActorKind


def walk(casting: Casting, names: Sequence[Mention], resolver: Resolver) -> Iterator[Mention]:
    """Nominals and pronouns in text order; every phrase that stands for an actor is told to the history."""
    history = History()
    named = {m.head for m in names}
    for place in _order(casting):
        phrase = casting.phrases[place]
        others: tuple[int, ...] = ()
        if phrase.sort == "pronoun":
            source = resolver.antecedent(casting.doc, casting.phrases, place, history)
            if source is not None:
                yield from _come_to_be(casting, phrase, source)
                phrase.entity = source.entity
                others = _others(casting, source) if phrase.article == "they" else ()
        elif phrase.entity < 0:
            numbers = resolve_nominal(casting, place)
            phrase.entity, others = (numbers[0], numbers[1:]) if numbers else (-1, ())
        elif phrase.sort == "common" and casting.roster[phrase.entity].kind == ActorKind.PERSON:
            noun = casting.doc[phrase.head]
            note_owners(casting, phrase.entity, noun, casting.modifiers(noun))
        if others:
            casting.together[phrase.head] = others
        if phrase.sort != "pronoun" and phrase.entity >= 0:
            phrase.being = being_of(casting.roster[phrase.entity].kind, phrase)
        history.add(phrase)
        if phrase.entity < 0:
            continue
        casting.at.setdefault(phrase.head, phrase.entity)
        if phrase.head not in named and phrase.head not in casting.inner:
            yield _mention(casting, phrase, others)


def _come_to_be(casting: Casting, pronoun: Phrase, source: Phrase) -> Iterator[Mention]:
    """What *he* or *she* takes up, and many persons that *they* takes up, are actors though no list told so."""
    several = source.number == "plur"
    if source.entity >= 0 or source.sort == "pronoun" or source.head in casting.inner or pronoun.article == "it":
        return
    if pronoun.article == "they" and not (several and source.being == "person"):
        return
    noun = casting.doc[source.head]
    kind = ActorKind.GROUP if several else ActorKind.PERSON
    if source.sort == "name":
        number: int | None = name_by_name(casting, source, kind)
    else:
        number = name_by_own_words(casting, noun, source, casting.modifiers(noun), kind)
    if number is not None:
        source.entity = casting.at[source.head] = number
        yield _mention(casting, source, ())


_BEINGS = {
    ActorKind.PERSON: "person",
    ActorKind.OFFICE: "person",
    ActorKind.ORGANIZATION: "organization",
    ActorKind.MOVEMENT: "organization",
    ActorKind.STATE: "place",
    ActorKind.MEETING: "other",
}


def being_of(kind: ActorKind, phrase: Phrase) -> str:
    """What sort of being a phrase for an actor of that kind tells of: many are persons, one body of many is none."""
    return _BEINGS.get(kind, "person" if phrase.number == "plur" else "organization")


def _order(casting: Casting) -> Iterator[int]:
    """Text order, but for *dozens of rebels*: the rebels first, whom the dozens are."""
    places = {p.head: place for place, p in enumerate(casting.phrases)}
    seen: set[int] = set()
    for place, phrase in enumerate(casting.phrases):
        inner = places.get(share_of(casting, casting.doc[phrase.head]), place)
        for each in (inner, place):
            if each not in seen:
                seen.add(each)
                yield each


def find_relatives(casting: Casting) -> Iterator[Mention]:
    """Relative pronouns stand for the noun that their clause modifies: the envoys *who* left."""
    for token in casting.doc:
        if token.tag_ in ("WP", "WDT", "WP$") and token.lower_ in ("who", "whom", "whose", "which", "that"):
            clause = next((a for a in (token, *token.ancestors) if a.dep_ == "acl:relcl"), None)
            number = casting.at.get(clause.head.i) if clause is not None else None
            if number is not None and token.i not in casting.at:
                yield Mention(token.i, token.i + 1, token.i, "pronoun", number)


def _others(casting: Casting, source: Phrase) -> tuple[int, ...]:
    """Who else is meant by *they* that takes up a phrase: *Turkey and Russia*, *the two leaders*."""
    if source.head in casting.together or source.number != "pair":
        return casting.together.get(source.head, ())
    return _partners(casting, source)


def _partners(casting: Casting, pair: Phrase) -> tuple[int, ...]:
    numbers = (casting.at.get(t.i) for t in conjuncts(casting.doc[pair.head]))
    return tuple(dict.fromkeys(n for n in numbers if n is not None and n != pair.entity))


def _mention(casting: Casting, phrase: Phrase, others: tuple[int, ...]) -> Mention:
    if phrase.sort == "pronoun":
        return Mention(phrase.start, phrase.end, phrase.head, "pronoun", phrase.entity, others)
    if others and phrase.sort == "common":  # Russian and Turkish forces: the last owner stands beside its noun
        if not casting.modifiers(casting.doc[phrase.head]):
            return Mention(phrase.start, phrase.end, phrase.head, "nominal", phrase.entity, others)
        last = [part.i for part in casting.doc[phrase.head].lefts if part.i in casting.at]
        last += [part.right_edge.i for part in casting.doc[phrase.head].lefts if part.right_edge.i in casting.at]
        text = casting.doc[max(last, default=phrase.start) : phrase.end].text
        casting.roster[others[-1]].forms[text] = None
    else:
        share = share_of(casting, casting.doc[phrase.head]) >= 0
        forms = forms_of_share(casting.doc, phrase) if share else forms_of_nominal(casting.doc, phrase)
        casting.roster[phrase.entity].forms |= dict.fromkeys(forms)
    return Mention(phrase.start, phrase.end, phrase.head, "nominal", phrase.entity, others)
