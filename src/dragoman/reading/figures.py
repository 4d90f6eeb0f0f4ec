"""How many were killed and injured, as told of one act.

A figure stands with a word of harm (*killed*, *wounding*, *died*, *dead*, *lives*, *death toll*) that is the act itself
or hangs together with it: *a strike killed 12*, *attacked the town, killing four*, *were killed in a raid*.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.numerals import parse_number
from dragoman.reading.syntax import case_of, child, children, conjuncts, is_passive, relation, subject

_KILL = frozenset({"kill", "slay", "murder", "assassinate", "execute", "behead", "massacre", "slaughter", "lynch"})
_DIE = frozenset({"die", "perish", "drown"})
_WOUND = frozenset({"wound", "injure", "hurt", "maim"})
_DEAD = frozenset({"dead", "kill", "killed"})
_HURT = frozenset({"injured", "wounded", "wound", "injure", "hurt"})
_DEATH_NOUNS = frozenset({"death", "fatality", "killing", "murder", "assassination"})
_INJURY_NOUNS = frozenset({"injury", "wounded", "injured"})
_NOBODY = frozenset({"nobody", "none", "no"})
_CROWDS = frozenset({"family", "group", "number", "crowd", "team", "unit", "group", "people", "civilian", "convoy", "staff", "force"})
"""Nouns whose singular is not one person."""

_LINKS_DOWN = ("advcl", "acl", "conj", "xcomp", "parataxis", "appos")
_LINKS_UP = ("nsubj", "obl", "advcl", "nmod", "conj", "acl", "xcomp", "obj", "parataxis")


def casualties(trigger: Token) -> tuple[int | None, int | None]:
    """The killed and the injured that the text tells of an act; ``None`` where it gives no number (*dozens*).

    Fires: *killing 12 and wounding 30* (12, 30); *two soldiers and a civilian died* (3); *at least 14 dead* (14).
    Not:   *killed or wounded 30* (neither number is told).
    """
    killed: int | None = None
    injured: int | None = None
    for word in _words_of_harm(trigger):
        dead, hurt = _toll(word)
        killed, injured = dead if killed is None else killed, hurt if injured is None else injured
    return killed, injured


def _words_of_harm(trigger: Token) -> Iterator[Token]:
    """The trigger and what hangs together with it, nearest first: at most two clauses down, one up and its siblings."""
    seen = {trigger.i}
    yield trigger
    ring = [trigger]
    above = trigger
    while above.head != above and relation(above) in _LINKS_UP:
        above = above.head
        ring.append(above)
        if above.pos_ in ("VERB", "AUX"):
            break
    for node in ring:
        for near in (node, *children(node, *_LINKS_DOWN)):
            for word in (near, *children(near, *_LINKS_DOWN, "obj", "nsubj", "obl")):
                if word.i not in seen:
                    seen.add(word.i)
                    yield word


def _toll(word: Token) -> tuple[int | None, int | None]:
    """The killed and injured that one word of harm tells."""
    lemma = word.lemma_.lower()
    if lemma in _KILL or lemma in _WOUND or lemma in _DIE:
        count = _count(_victim(word))
        if count is None or _lumped(word):
            return None, None
        return (None, count) if lemma in _WOUND else (count, None)
    if lemma in _DEATH_NOUNS or lemma in _INJURY_NOUNS:
        count = _count_of_harm(word)
        return (None, count) if lemma in _INJURY_NOUNS else (count, None)
    if lemma in ("life", "live") and word.head.lemma_ in ("claim", "cost", "take"):
        return _count(word), None
    if lemma == "toll":
        return _tally(word), None
    if lemma in ("dead", "injured", "wounded"):
        count = _count(_victim(word))
        return (count, None) if lemma == "dead" else (None, count)
    return None, None


def _victim(word: Token) -> Token | None:
    """Whom a word of harm befell: object, passive subject, subject of dying, the noun that it modifies."""
    link = relation(word)
    if word.lemma_ in _DIE or word.pos_ == "ADJ":
        if link in ("amod", "acl"):
            return word.head
        if link == "xcomp":
            return child(word.head, "obj") or subject(word)
        numeral = child(word, "nummod")
        return word if numeral is not None else subject(word)
    own = child(word, "obj")
    if own is not None:
        return own
    if is_passive(word) or link == "acl" or word.tag_ == "VBN":
        return subject(word)
    return None


def _lumped(verb: Token) -> bool:
    """Whether one number is told for killed and injured together: *killed or wounded 30*."""
    group = conjuncts(verb) if relation(verb) != "conj" else conjuncts(verb.head)
    lemmas = {v.lemma_ for v in group}
    victims = {id(v) for v in map(_own_victim, group) if v is not None}
    return len(group) > 1 and bool(lemmas & _KILL) and bool(lemmas & _WOUND) and len(victims) < 2


def _own_victim(verb: Token) -> Token | None:
    return child(verb, "obj") or next((c for c in verb.children if c.dep_ == "nsubj:pass"), None)


def _count_of_harm(noun: Token) -> int | None:
    """*12 deaths*, *no injuries*, *the death of a journalist*, *Khashoggi’s killing*."""
    own = _numeral(noun)
    if own is not None:
        return own
    victim = next((c for c in children(noun, "nmod") if c.dep_ == "nmod:poss" or case_of(c) == "of"), None)
    return _count(victim)


def _tally(toll: Token) -> int | None:
    """*a death toll of 40*, *the toll rose to 40*."""
    above = toll.head if relation(toll) == "nsubj" else toll
    for phrase in (*children(toll, "nmod", "appos", "nummod"), *children(above, "obl", "nummod", "xcomp", "obj")):
        count = _numeral(phrase)
        if count is not None:
            return count
    return None


def _count(noun: Token | None) -> int | None:
    """How many a noun phrase with its coordinated parts stands for; ``None`` as soon as one part has no number."""
    if noun is None:
        return None
    total = 0
    for part in _summed(noun):
        own = _numeral(part)
        if own is None:
            own = 1 if _is_one(part) else None
        if own is None:
            return None if part == noun else total
        total += own
    return total


def _summed(noun: Token) -> Iterator[Token]:
    """The noun and what *and* adds to it; *as well as* tells the others apart."""
    yield noun
    for part in children(noun, "conj"):
        link = child(part, "cc")
        if link is None or link.lower_ in ("and", "plus", "&"):
            yield part


def _numeral(noun: Token) -> int | None:
    """The number in a noun phrase: its numeral, or the noun itself where it is one (*four*, *a million of them*)."""
    if any(c.lower_ in _NOBODY for c in children(noun, "det")) or noun.lower_ in _NOBODY:
        return 0
    number = child(noun, "nummod")
    if parse_number(noun.lower_) is not None and noun.lower_ not in ("a", "an"):
        number = noun
    if number is None:
        return None
    words = [t for t in number.subtree if t.i <= number.i and (t == number or relation(t) in _NUMERAL_PARTS)]
    value = parse_number(" ".join(t.lower_ for t in words))
    return round(value) if value is not None else None


_NUMERAL_PARTS = frozenset({"nummod", "compound", "flat", "det", "punct", "conj", "cc"})


def _is_one(noun: Token) -> bool:
    """Whether a noun phrase without a numeral is one person: a name, or a singular that is not a crowd."""
    if noun.tag_ in ("NNP", "PRP"):
        return noun.lower_ not in ("they", "them", "we", "us", "it")
    return noun.tag_ == "NN" and noun.lemma_.lower() not in _CROWDS and not any(True for _ in children(noun, "compound:prt"))
