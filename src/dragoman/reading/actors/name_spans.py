"""Names in a document: those that the pack knows by their surface forms, and those that the language model marks.

First step of the actors stage. The longest form wins; where both stand on the same words, the pack does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.knowledge import Pack, PackActor
from dragoman.reading.syntax import case_of, relation
from dragoman.reading.words import Doc, Token
from dragoman.record import ActorKind

FormSort = Literal["name", "adjective", "metonym"]

_PIECE = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\Z")
_GLUE = re.compile(r"[\s\-‐‑–.'’ʼ`/&]*\Z")
_PLACED_IN = frozenset("in at near outside inside around to into across through of".split())
_ACTING = frozenset({"nsubj", "obj", "iobj", "root", "conj", "appos", "parataxis", "ccomp", "xcomp"})


@lru_cache(maxsize=65536)
def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and marks: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", text.replace(".", "") if _DOTTED.match(text) else text)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i")
    return tuple(_PIECE.findall(bare.casefold()))


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of a pack's actor. ``definite`` forms count only after *the*."""

    entry: PackActor
    sort: FormSort
    text: str
    pieces: tuple[str, ...]
    definite: bool


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at tokens ``[start, end)``.

    ``label`` is PERSON, ORG, PLACE or EVENT; ``form`` is the pack's form, ``None`` when no pack knows the name.
    """

    start: int
    end: int
    head: int
    label: str
    form: Form | None = None


@lru_cache(maxsize=8)
def forms_of(pack: Pack) -> Mapping[str, tuple[Form, ...]]:
    """The surface forms of a pack by their first word, longest first.

    A form that several actors bear goes to the first that bears it.
    """
    table: dict[str, dict[tuple[tuple[str, ...], bool], Form]] = defaultdict(dict)
    for entry in pack.actors:
        for form in _entry_forms(entry):
            if form.pieces:
                table[form.pieces[0]].setdefault((form.pieces, form.text.isupper()), form)
    return {first: tuple(sorted(found.values(), key=lambda f: -len(f.pieces))) for first, found in table.items()}


def _entry_forms(entry: PackActor) -> Iterator[Form]:
    groups: tuple[tuple[FormSort, Iterable[str]], ...] = (
        ("name", (entry.name, *entry.names)),
        ("adjective", entry.adjectives),
        ("metonym", entry.metonyms),
    )
    for sort, texts in groups:
        for text in texts:
            bare = text[4:] if text[:4].lower() == "the " else text
            yield Form(entry, sort, bare, fold(bare), definite=bare != text and sort != "metonym")


def find_known(doc: Doc, pack: Pack) -> list[NameSpan]:
    """Names that the pack knows, left to right, the longest at each place."""
    actors = frozenset().union(*(pack.words.get(name, frozenset()) for name in _ACTOR_LISTS))
    return [span for span in _known_names(doc, forms_of(pack)) if _is_meant(doc, span, actors)]


_ACTOR_LISTS = (
    *("group-nouns", "office-nouns", "spokes-nouns", "org-nouns", "armed-nouns", "population-nouns"),
    *("state-body-nouns", "state-forces-nouns", "regime-nouns", "body-anaphors", "people-nouns"),
)


def _is_meant(doc: Doc, span: NameSpan, actors: frozenset[str]) -> bool:
    """Whether a form written small is the actor's: *the state department*, a *french* minister, a *western* ally.

    Not: Pakistan's *foreign office*, the *western* provinces, to *save the children*.
    """
    form, first = span.form, doc[span.start]
    if form is None or not first.text[0].islower() or form.text[0].islower():
        return True
    if first.pos_ == "VERB":
        return False
    if form.sort == "metonym":
        return span.start > 0 and first.nbor(-1).tag_ == "DT"
    return form.sort != "adjective" or (relation(first) == "amod" and first.head.lemma_.lower() in actors)


def nation_within(doc: Doc, span: NameSpan, pack: Pack) -> PackActor | None:
    """The state or people with whose nationality word a body's name begins: *Turkish* forces, *US*-led coalition."""
    if span.label != "ORG" or span.end - span.start < 2 or span.head == span.start:
        return None
    first = fold(doc[span.start].text)
    options = forms_of(pack).get(first[0], ()) if len(first) == 1 else ()
    peoples = (ActorKind.STATE, ActorKind.POPULATION)
    fitting = (f for f in options if f.pieces == first and f.sort != "metonym" and f.entry.kind in peoples)
    return next((f.entry for f in fitting if _same_case(f, doc[span.start].text)), None)


def settle_names(doc: Doc, known: Sequence[NameSpan], others: Sequence[NameSpan], pack: Pack) -> list[NameSpan]:
    """Known and other names in text order, none overlapping another."""
    described: frozenset[str] = frozenset().union(*(pack.words.get(name, frozenset()) for name in _DESCRIBING))
    return sorted(_settle(doc, known, others, described), key=lambda s: s.start)


_DESCRIBING = ("state-body-nouns", "state-forces-nouns", "regime-nouns")
"""Nouns that say with a state's name before them which part of it acts; together they are no name."""


def _known_names(doc: Doc, forms: Mapping[str, tuple[Form, ...]]) -> list[NameSpan]:
    """Pack forms in the text, left to right, the longest at each place."""
    pieces = [(piece, token.i) for token in doc for piece in fold(token.text)]
    found: list[NameSpan] = []
    position = 0
    while position < len(pieces):
        options = forms.get(pieces[position][0])
        fitting = (f for f in options or () if _matches(doc, pieces, position, f))
        form = next((f for f in fitting if not _cuts_longer(doc, pieces, position, f, forms)), None)
        if form is None:
            position += 1
            continue
        start, end = pieces[position][1], pieces[position + len(form.pieces) - 1][1] + 1
        found.append(NameSpan(start, end, doc[start:end].root.i, _LABELS[form.entry.kind], form))
        position += len(form.pieces)
    return found


def _cuts_longer(
    doc: Doc, pieces: list[tuple[str, int]], position: int, form: Form, forms: Mapping[str, tuple[Form, ...]]
) -> bool:
    """Whether a longer name begins inside a match: *Kurdish People* in *Kurdish People's Protection Units*."""
    return any(
        len(other.pieces) > len(form.pieces) and _matches(doc, pieces, inside, other)
        for inside in range(position + 1, min(position + len(form.pieces), len(pieces)))
        for other in forms.get(pieces[inside][0], ())
    )


_LABELS = dict.fromkeys(ActorKind, "ORG") | {
    ActorKind.PERSON: "PERSON",
    ActorKind.STATE: "PLACE",
    ActorKind.MEETING: "EVENT",
}


def _matches(doc: Doc, pieces: list[tuple[str, int]], position: int, form: Form) -> bool:
    last = position + len(form.pieces) - 1
    if last >= len(pieces) or pieces[last][0] != form.pieces[-1]:
        return False
    if any(pieces[position + k][0] != piece for k, piece in enumerate(form.pieces)):
        return False
    start, end = pieces[position][1], pieces[last][1] + 1
    if (position and pieces[position - 1][1] == start) or (last + 1 < len(pieces) and pieces[last + 1][1] == end - 1):
        return False
    if form.definite and not (start and doc[start - 1].lower_ == "the"):
        return False
    return _same_case(form, doc[start:end].text) and _unbroken(doc, pieces, position, last)


def _unbroken(doc: Doc, pieces: list[tuple[str, int]], position: int, last: int) -> bool:
    """Whether only blanks, hyphens, apostrophes and the like stand between the words of a match."""
    inside = {i for _, i in pieces[position : last + 1]}
    return all(_GLUE.match(doc[i].text) for i in range(min(inside), max(inside)) if i not in inside)


def _same_case(form: Form, text: str) -> bool:
    """*US* is not *us* and *May* not *may*; *Nato* is NATO; what the pack writes small may be written large.

    Seats of several words and bodies of three may be written small: *the white house*, *the federal security service*.
    """
    if form.definite or form.text[0].islower() or (form.sort == "metonym" and len(form.pieces) > 1):
        return True
    if len(form.pieces) > 2 and form.entry.kind != ActorKind.PERSON:
        return True
    letters = [c for c in text if c.isalpha()]
    if form.text.isupper():
        if len(form.pieces) == 1 and len(form.pieces[0]) <= 3:
            return all(c.isupper() for c in letters)
        return letters[0].isupper()
    if form.sort == "adjective" and letters[0].islower():
        return len(letters) > 4
    shouted = len(form.pieces) == 1 and 1 < len(letters) <= 3 and letters[-1].isupper()
    return letters[0].isupper() and not shouted


def _settle(
    doc: Doc, known: Sequence[NameSpan], marked: Sequence[NameSpan], described: frozenset[str]
) -> Iterator[NameSpan]:
    """Known names, save those inside a longer marked name of another actor; then the marked names beside them."""
    by_token = {i: span for span in marked for i in range(span.start, span.end)}
    taken: set[int] = set()
    told = {i for span in known for i in range(span.start, span.end)}
    for span in known:
        over = by_token.get(span.start)
        if over is not None and over is by_token.get(span.end - 1):
            rest = (i for i in range(over.start, over.end) if i not in told and doc[i].text[0].isupper())
            if _swallows(doc, over, span, described) and next(rest, None) is not None:
                continue
            taken.update(range(over.start, over.end))
            if over.label == span.label == "PERSON" and over.end == span.end:
                span = NameSpan(over.start, over.end, over.head, span.label, span.form)
        taken.update(range(span.start, span.end))
        yield span
    for span in marked:
        if taken.isdisjoint(range(span.start, span.end)):
            yield span


def _swallows(doc: Doc, over: NameSpan, known: NameSpan, described: frozenset[str]) -> bool:
    """Whether a marked name says more than the known one inside it: *Jordan Peterson*, *Bank of England*.

    Not when the rest only describes: the *Kurdish* of *Kurdish Democratic Union Party*, the *ministry* of *Syrian
    defence ministry*.
    """
    if (over.start, over.end) == (known.start, known.end):
        return False
    if over.end == known.end and doc[known.start - 1].lower_ == "of" and doc[known.start - 2].lower_ in _REALMS:
        return False
    if over.end == known.end and known.form is not None and known.form.sort == "metonym" and len(known.form.pieces) > 1:
        return False
    rest = doc[known.end : over.end].text.lower()
    if over.start == known.start and rest in described:
        return False
    if known.form is not None and known.form.sort == "name" and known.label == over.label and over.end == known.end:
        if over.label != "PERSON" or len(known.form.pieces) > 1:
            return False
        return not set(fold(doc[over.start : known.start].text)) <= set(fold(known.form.entry.name))
    if over.label == "PERSON":
        return known.label != "PERSON"
    return over.label in ("ORG", "EVENT")


_REALMS = frozenset({"republic", "kingdom", "state", "government", "emirate"})


def is_placed(token: Token) -> bool:
    """Whether a name of a place or seat only tells where: *in Ankara*, not *Ankara said* nor *talks with Ankara*."""
    while relation(token) in ("conj", "appos") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("nmod:poss", "compound") or relation(token) in _ACTING:
        return False
    case = case_of(token)
    return not case or case.split(" ")[0] in _PLACED_IN
