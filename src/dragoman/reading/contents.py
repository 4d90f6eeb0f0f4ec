"""Contents: the words that say what a statement is about, for people to read beside its sentence.

Nothing is decided by them; they are cut from the text, and put together where a clause leaves its subject to another
(*Kenya is likely to follow*: Kenya to follow).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import chain

from dragoman.reading.syntax import case_of, child, children, is_passive, objects, relation, subject
from dragoman.reading.words import Token

_COMPLEMENTS = ("ccomp", "xcomp", "obj", "obl", "csubj", "nsubj", "advcl", "nmod", "acl")
_MOST_WORDS = 24
"""Words that a content may have: the codebook asks for a few."""
Own = Collection[int]
"""The places of the words that head whose statement it is: these say nothing of what it is about."""


Content = Callable[[Token, Own], str]
"""What tells, of a statement's word, what it is about."""


def undertaking(token: Token, own: Own = ()) -> str:
    """What a word of promise says will be done: its clause, else what it governs; never who promises."""
    return bare(clause) if (clause := _clause(token)) else _governed(token, own)


def opinion(token: Token, own: Own = ()) -> str:
    """What a word of stance is for or against: its clause, else what it governs (*called the move brave*: the move);
    never whose stance it is."""
    return _with_raised(token, _clause(token), own)


def saying(token: Token, own: Own = ()) -> str:
    """What a main predicate says: its clause where it is a word of saying, else all of it."""
    return bare(child(token, "ccomp") or token)


def outcome(token: Token, own: Own = ()) -> str:
    """What a word of expectation says will be, with whoever is to act in it: *Kyrgyzstan to accept an ambassador*."""
    return _with_raised(token, _clause(token) or child(token, "xcomp"), own)


def event(token: Token, own: Own = ()) -> str:
    """What a predicate says will be, with its subject where that stands elsewhere (*and could fail*: Talks could
    fail)."""
    who = None if child(token, "nsubj", "csubj", "expl") else subject(token)
    if who is None or who.pos_ == "PRON" or token.left_edge.i <= who.i <= token.right_edge.i:
        return bare(token)
    return f"{_noun(who, token)} {bare(token)}".strip()


def _with_raised(token: Token, clause: Token | None, own: Own) -> str:
    """A clause with whoever is to act in it, where that stands before it (*urged Peru to sign*: Peru to sign)."""
    if clause is None:
        return _governed(token, own)
    if relation(clause) in ("ccomp", "csubj"):
        return bare(clause)
    said_of = subject(token) if token.pos_ == "ADJ" or is_passive(token) else None
    raised = next(chain(children(token, "obj", "iobj"), _addressed(token)), said_of)
    if raised is None or raised.i > clause.i or raised.i in own or raised.pos_ == "PRON":
        return bare(clause)
    return f"{_noun(raised, clause)} {bare(clause)}".strip()


def _addressed(token: Token) -> Iterator[Token]:
    """Those who are called on."""
    return (c for c in children(token, "obl") if c.i > token.i and case_of(c) in ("on", "upon", "for"))


def _clause(token: Token) -> Token | None:
    """The clause that a word takes: *that it would follow*, *to follow*; of a noun also *of following*."""
    for clause in children(token, "ccomp", "xcomp", "csubj", "acl", "advcl"):
        link, mark = relation(clause), child(clause, "mark")
        if link == "advcl" and (mark is None or mark.lower_ != "to" or not any(_addressed(token))):
            continue
        marked = mark is not None and mark.lower_ in ("to", "that", "if", "whether")
        if link == "ccomp" or (marked and (link != "acl" or token.pos_ in ("NOUN", "PROPN"))):
            return clause
        if link == "acl" and clause.tag_ == "VBG" and mark is not None:
            return clause
    return None


def _governed(token: Token, own: Own) -> str:
    """An object, else what stands after the word, else of what it is said (*an attack is likely*, *a grave mistake*),
    else the word itself."""
    after = [c for c in children(token, *_COMPLEMENTS) if c.i > token.i]
    if relation(token) == "amod" and not after:
        return _noun(token.head, token.head)
    options = chain(objects(token), after, children(token, "nsubj", "csubj"))
    return bare(next((option for option in options if option.i not in own), token))


def bare(head: Token, own: Own = ()) -> str:
    """The words under a token without what ties them to those before, as *and*, *that*, *for*; of a relative clause
    with what it tells of (*which will fall*: the walls will fall)."""
    start = _start(head)
    first = head.doc[start]
    if head.dep_ != "acl:relcl" or not _is_relative(first):
        return _line(head, start)
    is_doer = relation(first) == "nsubj" and first.head.i == head.i and not head.doc[start + 1].is_punct
    return f"{_noun(head.head, head)} {_line(head, start + 1 if is_doer else start)}"


def _noun(head: Token, before: Token) -> str:
    """A noun phrase without what ties it, the clause that it is the predicate of, and a clause that comes after."""
    start, end = _start(head), head.right_edge.i + 1
    for part in children(head, "nsubj", "csubj", "expl", "cop", "aux"):
        start = max(start, part.right_edge.i + 1) if part.i < head.i else start
    if head.i < before.left_edge.i < end:
        end = before.left_edge.i
    return _tidy(head.doc[start:end].text)


def _start(head: Token) -> int:
    """The first word under a token that does more than tie it to what comes before, with a mark that opens there."""
    doc, start = head.doc, head.left_edge.i
    while True:
        word = next((i for i in range(start, head.i) if not doc[i].is_punct), head.i)
        if word == head.i or not _ties(doc[word], head):
            return word - 1 if word > start and doc[word - 1].text in _OPENING else word
        start = word + 1


_HELD = frozenset({"to", "for", "if", "unless", "whether", "until", "before", "after", "once", "when"})
"""Conjunctions that say more of a clause than that it hangs on what comes before."""


def _ties(token: Token, head: Token) -> bool:
    """Whether a word only ties a phrase or clause to what comes before; not what ties a part of it (*at the same
    time*)."""
    if token.dep_ == "fixed":
        return _ties(token.head, head)
    held = token.dep_ == "mark" and token.lower_ in _HELD and not (_is_gerund(head) and token.lower_ == "for")
    return token.head.i == head.i and token.dep_ in ("cc", "case", "mark") and not held


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" and child(verb, "aux") is None


def _is_relative(token: Token) -> bool:
    return token.lower_ in ("which", "that", "who") and token.tag_ in ("WDT", "WP", "IN")


def _line(head: Token, start: int) -> str:
    """The words from one on, cut at a word where they are many."""
    end = head.right_edge.i + 1
    cut = min(end, start + _MOST_WORDS)
    told = _tidy(head.doc[start:cut].text)
    return told if all(word.is_punct for word in head.doc[cut:end]) else f"{told} …"


_OPENING = {"“": "”", "(": ")", "[": "]", "«": "»", '"': '"'}


def _tidy(text: str) -> str:
    """One line without marks at its edges, and without a quotation mark or bracket that has lost its other half."""
    text = " ".join(text.split()).strip(" ,;:.–—-")
    for opening, closing in _OPENING.items():
        inner = text.strip(opening + closing)
        whole = text.startswith(opening) and text.endswith(closing) and not {opening, closing} & set(inner)
        lone = text.count(opening) != text.count(closing) if opening != closing else text.count(opening) % 2
        if whole or (lone and (opening not in inner and closing not in inner)):
            text = inner.strip(" ,;:.–—-")
    return text
