"""Who a source is: the actor behind the words that name it."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.actors.cast import Cast
from dragoman.reading.syntax import case_of, children, conjuncts, relation
from dragoman.reading.voices.attribution import UNNAMED
from dragoman.reading.words import Token
from dragoman.record import ActorKind

_SPEAKERS = ("spokes-nouns", "representative-nouns", "source-nouns", "office-nouns")
_ABLE = (
    *_SPEAKERS,
    "leader-nouns",
    "org-nouns",
    "state-body-nouns",
    "armed-nouns",
    "group-nouns",
    "population-nouns",
    "people-nouns",
    "collective-nouns",
    "document-nouns",
)
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_BEFORE_NAME = frozenset({"det", "nmod:poss", "punct", "case", "cc", "cc:preconj", "advmod", "det:predet"})


def names_of_source(source: Token | None, cast: Cast, words: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The names behind a source, the first speaker first; ``unnamed sources`` where the text leaves the source out.

    A name beats a description of it (*the chairman, X*). A document that speaks is the body that issued it (*a UN
    report*, *a study by X*). Where the cast knows nobody, the source's own words name it (*a senior Turkish
    official*); a pronoun that stands for nobody known gives nothing.
    """
    if source is None:
        return (UNNAMED,)
    head = _antecedent(source)
    known = cast.names_of(head)
    if not known or _is_description(known[0], cast):
        known = _named_beside(head, cast) or known or _issuer(head, cast)
    elif head.pos_ == "NOUN":
        known = _named_beside(head, cast, within_phrase=True) or known
    if head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or (known and not _speaks_for(head, known[0], cast, words)):
        return known
    return tuple(named for part in conjuncts(head) if (named := _words_of(part)))


def is_first_person(token: Token) -> bool:
    """Whether a word is *I*, *we* or a form of theirs; *US*, the state, is none."""
    return token.lower_ in _FIRST_PERSON and token.tag_ in ("PRP", "PRP$") and token.text != "US"


def may_speak(source: Token, cast: Cast, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a source is somebody, or a document, rather than a thing from which something follows (*history
    suggests*).
    """
    head = _antecedent(source)
    if head.pos_ != "NOUN" or cast.names_of(head):
        return True
    lemma = head.lemma_.lower()
    return any(lemma in words.get(name, ()) for name in _ABLE) or bool(_named_beside(head, cast) or _issuer(head, cast))


def _speaks_for(noun: Token, name: str, cast: Cast, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a noun is somebody who speaks for the body that the cast takes him for."""
    actor, lemma = cast.actor(name), noun.lemma_.lower()
    bodies = (ActorKind.STATE, ActorKind.ORGANIZATION, ActorKind.MOVEMENT)
    return (
        actor is not None
        and actor.kind in bodies
        and noun.pos_ == "NOUN"
        and any(lemma in words.get(name, ()) for name in _SPEAKERS)
        and lemma not in words.get("document-nouns", ())
        and _is_told_apart(noun, cast)
    )


def _is_told_apart(noun: Token, cast: Cast) -> bool:
    """Whether a speaker's own words say whose he is: *a Turkish official*, not *a spokesman for the party*."""
    mentions = (cast.at(i) for i in range(noun.left_edge.i, noun.i))
    return any(m is not None and m.kind in ("name", "adjective", "metonym") for m in mentions) or any(
        t.pos_ == "PROPN" for t in noun.doc[noun.left_edge.i : noun.i]
    )


def _is_description(name: str, cast: Cast) -> bool:
    actor = cast.actor(name)
    return actor is not None and actor.kind in (ActorKind.OFFICE, ActorKind.GROUP)


def _named_beside(noun: Token, cast: Cast, *, within_phrase: bool = False) -> tuple[str, ...]:
    """The person whom a description names: *the chairman, X*; *X, the chairman*; *chairman of the council X*.

    ``within_phrase`` asks for a name without a preposition between: *his father X*, not *the government of X*.
    """
    doc, first = noun.doc, noun.left_edge.i
    beside = [c.i for c in children(noun, "appos", "flat")] + ([noun.head.i] if relation(noun) == "appos" else [])
    if first > 1 and doc[first - 1].text == ",":
        beside.append(first - 2)
    for i in range(noun.i + 1, noun.right_edge.i + 1):
        if doc[i].is_punct or doc[i].pos_ == "VERB" or (within_phrase and relation(doc[i]) == "case"):
            break
        beside.append(i)
    mentions = (cast.at(i) for i in beside)
    people = (cast.actors[m.actor] for m in mentions if m is not None and m.kind == "name")
    return next(((actor.name,) for actor in people if actor.kind is ActorKind.PERSON), ())


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "WP$"):
        clause = next((a for a in token.ancestors if a.dep_ == "acl:relcl"), None)
        if clause is not None:
            return clause.head
    return token


def _issuer(noun: Token, cast: Cast) -> tuple[str, ...]:
    """The body behind a document: *the UN report*, *a report by the UN*, *the ministry's statement*."""
    owner = owner_of(noun, cast)
    return cast.names_of(owner) if owner is not None else ()


def owner_of(noun: Token, cast: Cast) -> Token | None:
    """The word for the actor whose a document, a claim or a fear is: *the US announcement*, *Turkish fears*, *a
    report by X*.
    """
    if noun.ent_type_ == "PERSON":
        return None
    for part in [*children(noun, "nmod"), *children(noun, "compound", "amod"), *children(noun, "acl", "obl")]:
        if relation(part) == "nmod" and part.dep_ != "nmod:poss" and case_of(part) not in ("by", "from", "of"):
            continue
        if cast.names_of(part):
            return part
    return None


def _words_of(noun: Token) -> str:
    """A noun with the words that belong before it, article apart."""
    start = noun.i
    while start > noun.left_edge.i and _belongs(noun.doc[start - 1], noun):
        start -= 1
    return " ".join(noun.doc[start : noun.i + 1].text.split())


def _belongs(token: Token, noun: Token) -> bool:
    top = token
    while top.head != noun and top.head != top:
        top = top.head
    return top.dep_ not in _BEFORE_NAME and token.pos_ not in ("DET", "PUNCT", "SPACE")
