"""Noun phrases with what agreement needs to know of them: number, sort of being, gender, syntactic role.

Second step of the actors stage: names are found already; coreference and the naming of nominals read these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.reading.syntax import child, children, relation
from dragoman.reading.words import Doc, Token

_PARTS_OF_NAMES = frozenset({"compound", "flat", "fixed", "goeswith", "nummod", "det", "case", "punct", "cc", "amod"})
_ROLES = {
    "nsubj": "subj",
    "csubj": "subj",
    "obj": "obj",
    "iobj": "obj",
    "obl": "obl",
    "nmod": "nmod",
    "appos": "appos",
    "conj": "conj",
    "root": "root",
    "parataxis": "root",
}

PRONOUNS: Mapping[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "'em"), "they"),
}
"""Third-person pronouns by the form that stands for their agreement."""


@dataclass(slots=True)
class Phrase:
    """A noun phrase ``[start, end)`` without what follows its head (clauses, prepositional phrases).

    ``sort`` is ``name``, ``common`` or ``pronoun``; ``number`` ``sing``, ``plur`` or ``pair`` (coordinated);
    ``being`` ``person``, ``organization``, ``place``, ``other`` or empty when unknown; ``gender`` ``he``, ``she`` or
    empty; ``article`` how it is introduced; ``quote`` the number of the quotation that holds it, 0 outside;
    ``speaks`` whether it is the subject of a verb of speech; ``entity`` the chain that it belongs to, below 0 while it
    belongs to none.
    """

    start: int
    end: int
    head: int
    sort: str
    number: str
    being: str
    gender: str
    role: str
    article: str
    sentence: int
    quote: int
    speaks: bool = False
    entity: int = -1


@dataclass(frozen=True, slots=True)
class Nature:
    """What words tell of beings: the usual sort of a noun, the usual gender of a given name or a title, and which
    verbs' subjects speak."""

    beings: Mapping[str, str]
    genders: Mapping[str, str]
    speech: frozenset[str] = frozenset()


def find_phrases(doc: Doc, nature: Nature, labels: Mapping[int, str]) -> list[Phrase]:
    """The noun phrases of a document in text order of their heads.

    ``labels`` maps the tokens of names to PERSON, ORG, PLACE or EVENT.
    """
    found: list[Phrase] = []
    quotes = quotation_numbers(doc)
    for number, sent in enumerate(doc.sents):
        for token in sent:
            if _heads_phrase(token) and not token.is_space:
                found.append(_phrase(token, number, quotes[token.i], nature, labels))
    return found


_OPENING = frozenset({"“", "``"})
_CLOSING = frozenset({"”", "''", '"'})


def quotation_numbers(doc: Doc) -> list[int]:
    """For each token the number of the quotation that holds it, 0 outside; a paragraph's end closes what is open."""
    numbers, current, last = [], 0, 0
    for text in [token.text for token in doc]:
        if text in _OPENING or (text == '"' and not current):
            last += 1
            current = last
        elif text in _CLOSING or "\n" in text:
            current = 0
        numbers.append(current)
    return numbers


def _heads_phrase(token: Token) -> bool:
    if is_people(token):
        return True
    if token.pos_ == "PRON":
        return token.lower_ in PRONOUNS and token.dep_ != "expl"
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    if relation(token) == "compound":
        return token.head.pos_ in ("VERB", "AUX")  # only a misread tree says so: a delegation touring
    return relation(token) not in ("flat", "fixed", "goeswith", "amod") and token.dep_ != "nmod:desc"


def is_people(token: Token) -> bool:
    """Whether a pronoun stands for people whom a clause tells of: *those who fled*, *anyone affected*.

    Not: *policies like those that failed*, *anyone*.
    """
    if token.lower_ not in _PEOPLE or token.pos_ not in ("PRON", "DET"):
        return False
    clause = child(token, "acl")
    if clause is None or clause.i < token.i:
        return False
    if token.lower_ == "those" and clause.dep_ == "acl:relcl":
        return any(part.lower_ in ("who", "whom", "whose") for part in clause.children)
    return True


_PEOPLE = frozenset({"those", "anyone", "anybody", "everyone", "everybody", "someone", "somebody"})


def _phrase(token: Token, sentence: int, quote: int, nature: Nature, labels: Mapping[int, str]) -> Phrase:
    speaks = relation(token) == "nsubj" and token.head.lemma_ in nature.speech
    if token.lower_ in PRONOUNS and token.pos_ == "PRON":
        key = PRONOUNS[token.lower_]
        gender = key if key in ("he", "she") else ""
        being = "person" if gender else ""
        number = "plur" if key == "they" else "sing"
        role = _role(token)
        return Phrase(
            token.i, token.i + 1, token.i, "pronoun", number, being, gender, role, key, sentence, quote, speaks
        )
    start, end = core_bounds(token)
    sort = "name" if token.pos_ == "PROPN" or token.i in labels else "common"
    return Phrase(
        start=start,
        end=end,
        head=token.i,
        sort=sort,
        number=_number(token),
        being=_being(token, nature, labels),
        gender=_gender(token, start, end, nature, labels),
        role=_role(token),
        article=_article(token),
        sentence=sentence,
        quote=quote,
        speaks=speaks,
    )


def core_bounds(head: Token) -> tuple[int, int]:
    """Half-open bounds of a noun phrase up to the end of its head's name: *the Turkish army* of *… in Idlib*."""
    start, end = head.i, head.i + 1
    for part in head.children:
        if part.i < head.i and relation(part) not in (
            "case",
            "cc",
            "punct",
            "mark",
            "nsubj",
            "cop",
            "advcl",
            "parataxis",
        ):
            start = min(start, part.left_edge.i)
        elif part.i > head.i and relation(part) in ("flat", "compound", "goeswith"):
            end = max(end, part.right_edge.i + 1)
    while start < head.i and (head.doc[start].tag_ in _NO_BEGINNING or head.doc[start].is_space):
        start += 1
    return start, end


_NO_BEGINNING = frozenset(
    {*("IN", "TO", "CC", "WRB", "WDT", "WP$", "UH", "MD", "RB", "RBR", "RBS"), *("VB", "VBD", "VBP", "VBZ")}
    | {",", ":", ".", "-LRB-", "-RRB-"}
)


def _number(token: Token) -> str:
    if token.lower_ == "those":
        return "plur"
    partner = child(token, "conj")
    if partner is not None and partner.pos_ in ("NOUN", "PROPN", "PRON"):
        return "pair"
    return "plur" if token.tag_ in ("NNS", "NNPS") else "sing"


_BEINGS = {"PERSON": "person", "ORG": "organization", "PLACE": "place", "EVENT": "other"}


def _being(token: Token, nature: Nature, labels: Mapping[int, str]) -> str:
    if token.lower_ in _PEOPLE:
        return "person"
    if token.i in labels:
        return _BEINGS.get(labels[token.i], "")
    return nature.beings.get(token.lemma_.lower(), "")


def _gender(token: Token, start: int, end: int, nature: Nature, labels: Mapping[int, str]) -> str:
    """By a title or a noun of one gender (*Mrs*, *king*, *mother*), else by the given name of a person."""
    words = [token.doc[i].lower_.rstrip(".") for i in range(start, end)]
    own = nature.genders.get(token.lemma_.lower(), "") if token.pos_ == "NOUN" else ""
    if own or labels.get(token.i) != "PERSON":
        return own
    titled = (nature.genders.get(f"{word}.", "") for word in words)
    return next((g for g in titled if g), "") or nature.genders.get(f"={words[token.i - start]}", "")


def _role(token: Token) -> str:
    if token.dep_ == "nmod:poss":
        return "poss"
    return _ROLES.get(relation(token), "other")


def _article(token: Token) -> str:
    for part in children(token, "det"):
        if part.lower_ in ("a", "an", "some", "any", "no", "another", "every", "each"):
            return "a"
        return "this" if part.lower_ in ("this", "that", "these", "those") else "the"
    if any(part.lower_ == "one" for part in children(token, "nummod")):
        return "a"
    return "poss" if child(token, "nmod") is not None and any(c.dep_ == "nmod:poss" for c in token.children) else "bare"
