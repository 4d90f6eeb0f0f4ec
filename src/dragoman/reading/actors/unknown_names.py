"""Names that no pack knows: where they begin and end, and whether they name a person, a body or a place.

Part of the first step of the actors stage. The language model's mark is one witness among several: a given name, a
title, the head noun, the company that a name keeps; all uses of a name in the document are judged together.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dragoman.knowledge import Pack
from dragoman.reading.actors.casting import lists_of
from dragoman.reading.actors.name_spans import NameSpan, fold
from dragoman.reading.actors.phrases import Nature
from dragoman.reading.circumstances.atlas import country_of, is_town
from dragoman.reading.syntax import case_of, child, relation
from dragoman.reading.words import Doc, Span, Token

_PARTICLES = frozenset("al el bin ibn bint de van von der den di da la le du ul ur dos".split())
_DATES = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name[1:]))
_LINKS = frozenset({"of", "for", "on", "against"})
_PLACED = frozenset("in at near outside inside around across towards throughout".split())
_GROUND = frozenset({"place-nouns"})
_AIMING = frozenset({"aiming-words"})
_BODY_LISTS = frozenset({"org-nouns", "armed-nouns", "body-anaphors"})
_TITLE_LISTS = frozenset({"office-nouns", "person-titles", "spokes-nouns", "person-anaphors"})
LEAST = 1.0
"""What the witnesses must come to before an unmarked run of capitals is taken for a name; set on gold-news, 2026-11."""

Votes = dict[str, float]
Words = tuple[str, ...]


def find_unknown(doc: Doc, known: Sequence[NameSpan], pack: Pack, nature: Nature) -> list[NameSpan]:
    """Names in text order, none overlapping another; they may hold a known one (*Bank of* England)."""
    taken = {i for span in known if not _is_surname(span) for i in range(span.start, span.end)}
    bounds = list(_bounds(doc, taken, pack))
    words = [fold(doc[start:end].text) for start, end, _ in bounds]
    judged: dict[Words, Votes] = defaultdict(dict)
    for spelt, (start, end, mark) in zip(words, bounds, strict=True):
        _add(judged[spelt], _witnesses(doc, start, end, mark, pack, nature))
    _lend_surnames(judged, doc, known)
    labels = {spelt: _verdict(votes) for spelt, votes in judged.items()}
    return [
        NameSpan(start, end, doc[start:end].root.i, labels[spelt])
        for spelt, (start, end, _) in zip(words, bounds, strict=True)
        if spelt and labels[spelt]
    ]


def _is_surname(span: NameSpan) -> bool:
    """A pack's one-word form of a person, which may be the end of somebody else's full name."""
    return span.label == "PERSON" and span.form is not None and len(span.form.pieces) == 1


def _bounds(doc: Doc, taken: set[int], pack: Pack) -> Iterator[tuple[int, int, str]]:
    """Runs of proper nouns and the model's names, trimmed: start, end, the model's label or an empty one.

    A run with one marked name in it is one name; of several, each is as marked.
    """
    marks = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
    marked = {i: mark for mark in marks for i in range(mark[0], mark[1])}
    segments: set[tuple[int, int, str]] = set()
    for start, end in _runs(doc, taken):
        inside = sorted({marked[i] for i in range(start, end) if i in marked})
        if not inside:
            segments.add((start, end, ""))
        elif len(inside) == 1 and start <= inside[0][0] and inside[0][1] <= end:
            segments.add((start, end, inside[0][2]))
            marks.remove(inside[0])
    last = 0
    for start, end, label in sorted(segments.union(marks)):
        trimmed = _trim(doc, *_grown(doc, start, end, taken, pack), pack) if start >= last else None
        if trimmed is not None:
            last = trimmed[1]
            yield *trimmed, label


def _grown(doc: Doc, start: int, end: int, taken: set[int], pack: Pack) -> tuple[int, int]:
    """A body's whole name: *Syrian* National Commission, Council *for the Welfare of Immigrants*."""
    while end > start + 1 and doc[end - 1].lower_ in _LINKS:
        end -= 1
    named, grown = told(pack, doc[end - 1].lower_, _BODY_LISTS | _GROUND), False
    while end < len(doc) and named and doc[end].lower_ in _LINKS:
        after = end + 2 if end + 1 < len(doc) and doc[end + 1].lower_ == "the" else end + 1
        stop = after
        while stop < len(doc) and doc[stop].text[0].isupper() and not _is_date(doc[stop]):
            stop += 1
        if stop == after or (grown and after in taken):
            break
        end, grown = stop, True
    if end - start > 1 and told(pack, doc[end - 1].lower_, _BODY_LISTS):
        while (
            start and start - 1 in taken and doc[start - 1].text[0].isupper() and doc[start - 1].tag_ in ("JJ", "NNP")
        ):
            start -= 1
    return start, end


def _runs(doc: Doc, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of proper nouns that begin with capitals, particles and hyphens inside, dates apart."""
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and end not in taken and (_is_part(doc[end]) or (end > start and _is_joint(doc, end))):
            end += 1
        while end > start and not _is_part(doc[end - 1]):
            end -= 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _is_part(token: Token) -> bool:
    """A proper noun with a capital, or an acronym or initials that the tagger took for a common noun."""
    text = token.text
    if token.pos_ == "PROPN":
        return (
            text[0].isupper()
            and not _is_date(token)
            and (not token.is_stop or text.isupper() or _is_surname_like(token))
        )
    return token.pos_ == "NOUN" and text.isupper() and text.isalpha() and 1 < len(text) < 6 and not _shouts(token)


def _is_date(token: Token) -> bool:
    """A weekday or month; *May* only beside a figure or after a preposition of time."""
    if token.lower_ not in _DATES:
        return False
    if token.lower_ != "may":
        return True
    beside = (*token.doc[max(token.i - 1, 0) : token.i], *token.doc[token.i + 1 : token.i + 2])
    return any(word.text.isdigit() or word.lower_ in _TIMES for word in beside)


_TIMES = frozenset("in since until till by of last next this early late mid from".split())


def _is_joint(doc: Doc, place: int) -> bool:
    """A particle before a proper noun (*bin* Salman), or a hyphen without blanks (*al-*Assad)."""
    if place + 1 >= len(doc):
        return False
    token, after = doc[place], doc[place + 1]
    if token.text in _HYPHENS:
        return after.pos_ == "PROPN" and not token.whitespace_ and not doc[place - 1].whitespace_
    return token.lower_ in _PARTICLES and (after.pos_ == "PROPN" or after.text in _HYPHENS)


_HYPHENS = frozenset("-‑–")


def _trim(doc: Doc, start: int, end: int, pack: Pack) -> tuple[int, int] | None:
    """A name without articles, marks and titles at its edges."""
    while start < end and (_is_function_word(doc[start]) or not fold(doc[start].text)):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or not fold(doc[end - 1].text)):
        end -= 1
    if start >= end or not any(c.isupper() for c in doc[start:end].text):
        return None
    if not told(pack, doc[end - 1].lower_, _BODY_LISTS):
        titles = [
            i for i in range(start, end - 1) if told(pack, doc[i].lower_, _TITLE_LISTS) and doc[i + 1].text[0].isupper()
        ]
        start = titles[-1] + 1 if titles else start
    return start, end


def _is_function_word(token: Token) -> bool:
    if token.lower_ in ("the", "a", "an"):
        return True
    return token.is_stop and not token.text.isupper() and not _is_surname_like(token)


def _is_surname_like(token: Token) -> bool:
    """A function word that is a name here: Theresa *May*, talks with *May*; not *Many* at a sentence's beginning."""
    return token.tag_ == "NNP" and token.text[0].isupper() and not token.is_sent_start


def told(pack: Pack, word: str, lists: frozenset[str]) -> bool:
    """Whether one of the pack's word lists has a word."""
    return not lists_of(pack).get(word, frozenset()).isdisjoint(lists)


def _witnesses(doc: Doc, start: int, end: int, mark: str, pack: Pack, nature: Nature) -> Votes:
    """What speaks for each label at one use of a name."""
    votes = {"PERSON": 0.0, "ORG": 0.0, "PLACE": 0.0, "EVENT": 0.0}
    if mark in votes:
        votes[mark] += 1.2
    elif end - start == 1 and _acts(doc[start]):
        votes["ORG"] += 1.0
    words = [word for t in doc[start:end] if (word := t.lower_) and fold(t.text)]
    _by_words(votes, doc, start, end, words, pack, nature)
    _by_company(votes, doc, start, end, pack)
    return votes


def _acts(word: Token) -> bool:
    """Whether a name is told to do something: *Zerunia* withdrew."""
    return word.tag_ == "NNP" and word.dep_ == "nsubj" and word.head.tag_ in ("VBD", "VBZ", "VBP")


def _by_words(votes: Votes, doc: Doc, start: int, end: int, words: Sequence[str], pack: Pack, nature: Nature) -> None:
    """A name's own words: given names, head nouns, acronyms, known places."""
    several = len(words) > 1
    if told(pack, words[-1], _BODY_LISTS):
        votes["ORG"] += 3.0 if several else 0.0
        votes["PERSON"] -= 2.0
    elif several and told(pack, words[-1], _GROUND):
        votes["PLACE"] += 3.0
    elif several and told(pack, words[-1], frozenset({"meeting-nouns"})):
        votes["EVENT"] += 3.0
    elif several and f"={words[0]}" in nature.genders:
        votes["PERSON"] += 2.0
    elif 2 <= len(words) <= 4 and doc[end - 1].tag_ != "NNPS" and not _is_common(words, pack, nature):
        votes["PERSON"] += 1.3
    if "of" in words or "for" in words:
        votes["ORG"] += 1.5
    elif not several and told(pack, words[0], frozenset({"sector-LEG"})) and _is_name_here(doc[start]):
        votes["ORG"] += 2.0
        votes["PERSON"] -= 2.0
    elif not several and f"={words[0]}" in nature.genders and _is_name_here(doc[start]):
        votes["PERSON"] += 1.0
    elif not several and words[0] in lists_of(pack):
        votes["ORG"] -= 2.0
    text = doc[start:end].text
    if not several and text.isupper() and text.isalpha() and len(text) > 1 and not _shouts(doc[start]):
        votes["ORG"] += 1.5
    if is_town(text) or country_of(text) is not None:
        votes["PLACE"] += 1.5 if not several else 0.8
    elif max(votes.values()) >= LEAST and f"={words[0]}" not in nature.genders and ends_like_land(doc[start:end], pack):
        votes["PLACE"] += 2.0


def ends_like_land(name: Span, pack: Pack) -> bool:
    """Whether a name is one word and ends as those of lands do: *Zerunia*, *Kurdistan*; not *CIA*."""
    endings = tuple(ending.removeprefix("-") for ending in pack.words.get("land-endings", ()))
    return len(name) == 1 and name.text.endswith(endings)


def _is_name_here(token: Token) -> bool:
    """Whether a body's noun is tagged and spelt as its name: *Congress*; not *congress*, nor among capitals."""
    return token.tag_ == "NNP" and token.text[0].isupper() and not token.text.isupper()


def _is_common(words: Sequence[str], pack: Pack, nature: Nature) -> bool:
    """Whether one of the words is a common noun that we know."""
    return any(word in nature.beings or word in lists_of(pack) for word in words)


def _by_company(votes: Votes, doc: Doc, start: int, end: int, pack: Pack) -> None:
    """What stands around a name: titles, articles, ages, relative clauses, prepositions."""
    head = doc[start:end].root
    before = doc[start - 1] if start else None
    if before is not None and told(pack, before.lower_, _TITLE_LISTS):
        votes["PERSON"] += 2.5
    elif before is not None and before.text == "," and _title_before(doc, start - 1, pack):
        votes["PERSON"] += 1.5
    elif before is not None and before.lower_ in ("the", "a", "an"):
        votes["PERSON"] -= 1.5
        votes["ORG"] += 0.8
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text.isdigit() and len(doc[end + 1].text) == 2:
        votes["PERSON"] += 2.5
    relative = child(head, "acl")
    if relative is not None and any(c.lower_ in ("who", "whose", "whom") for c in relative.children):
        votes["PERSON"] += 2.0
    if any(told(pack, c.lemma_.lower(), _TITLE_LISTS) for c in head.children if relation(c) == "appos"):
        votes["PERSON"] += 2.0
    if relation(head) == "appos" and told(pack, head.head.lemma_.lower(), _TITLE_LISTS):
        votes["PERSON"] += 2.0
    if relation(head) == "nsubj" and told(pack, head.head.lemma_.lower(), frozenset({"say"})):
        votes["PERSON"] += 0.7
        votes["ORG"] += 0.3
    if end < len(doc) and head.head.i == end and told(pack, doc[end].lemma_.lower(), _BODY_LISTS):
        votes["ORG"] += 1.0
    if head.head.i >= end and any(told(pack, t.lower_, _GROUND) for t in doc[end : end + 2]):
        votes["PLACE"] += 2.0
    if case_of(head).split(" ")[0] in _PLACED and not is_aimed_at(head, pack):
        votes["PLACE"] += 1.0


def is_aimed_at(noun: Token, pack: Pack) -> bool:
    """Whether *at* tells whom something is aimed at: *fired missiles at Ana Reyes*; not *met at Chatham House*."""
    return case_of(noun) == "at" and told(pack, noun.head.lemma_.lower(), _AIMING)


def _title_before(doc: Doc, comma: int, pack: Pack) -> bool:
    """Whether a comma ends an office without its holder: *the head of the council,* …"""
    first = doc[comma].sent.start
    for place in range(comma - 1, max(first - 1, comma - 10), -1):
        if doc[place].pos_ in ("VERB", "AUX") or doc[place].text == ",":
            return False
        if doc[place].pos_ == "NOUN" and told(pack, doc[place].lower_, _TITLE_LISTS):
            return True
    return False


def _add(total: Votes, votes: Mapping[str, float]) -> None:
    for label, weight in votes.items():
        total[label] = total.get(label, 0.0) + weight


def _lend_surnames(judged: dict[Words, Votes], doc: Doc, known: Sequence[NameSpan]) -> None:
    """A name that is the last word of a person's full name is that person's."""
    full = [words for words, votes in judged.items() if len(words) > 1 and _verdict(votes) == "PERSON"]
    full += [fold(doc[s.start : s.end].text) for s in known if s.label == "PERSON" and s.end - s.start > 1]
    for surname in {words[-1:] for words in full}:
        if surname in judged:
            judged[surname] = {"PERSON": max(LEAST, *judged[surname].values())}


def _verdict(votes: Votes) -> str:
    """The label with most weight, empty when none has enough."""
    label, weight = max(votes.items(), key=lambda item: (item[1], item[0])) if votes else ("", 0.0)
    return label if weight >= LEAST else ""


def _shouts(token: Token) -> bool:
    """Whether the whole sentence is in capitals, so that they tell nothing."""
    letters = [t for t in token.sent if t.is_alpha and len(t) > 1]
    return sum(t.is_upper for t in letters) * 2 > len(letters) > 2
