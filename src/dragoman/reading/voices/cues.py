"""Where a text may attribute something: cue words, and the places where syntax and quotation marks put their
arguments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.reading.syntax import child, own_subject, relation, subject, subtree_bounds
from dragoman.reading.voices.quotes import Quotation
from dragoman.reading.words import Doc, Token

Bounds = tuple[int, int]
"""Half-open token indices."""

_NO_ARGUMENTS = frozenset(
    {"punct", "aux", "det", "cc", "fixed", "cop", "mark", "case", "nummod", "compound", "flat", "goeswith"}
)
_LOOKS_UP = frozenset(
    {
        "parataxis",
        "advcl",
        "acl",
        "conj",
        "ccomp",
        "advmod",
        "appos",
        "discourse",
        "amod",
        "obl",
        "nmod",
        "dep",
        "nsubj",
    }
)
_BESIDE = frozenset({"nsubj", "obj", "obl", "ccomp", "xcomp", "advcl", "csubj", "iobj"})
_SETS_OFF = frozenset({",", ";", "-", "–", "—", "--", ")", "”", '"', "''"})
_SPEAKER_LINE = 8
"""Tokens that may stand before the colon of a line like *Q:* or *Senator Smith (R):*."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A place that may hold source or content of a cue: how it is reached, its head, and its token bounds."""

    relation: str
    head: Token
    pieces: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class QuoteIndex:
    """The quotations of a document by token: their pieces, in order of start, and the quotation around each token.

    ``full`` are the ends of those that end with a full stop, so that no words after them can say whose they are;
    ``unfinished`` are those that end with a comma, so that words after them do.
    """

    pieces: tuple[tuple[Bounds, ...], ...]
    around: dict[int, int]
    starts: tuple[int, ...]
    by_end: tuple[tuple[int, int], ...]
    full: tuple[tuple[int, int], ...]
    unfinished: frozenset[int]

    @classmethod
    def of(cls, doc: Doc, quotations: Iterable[Quotation]) -> QuoteIndex:
        """Index quotations; marks inside a token belong to that token."""
        offsets = [t.idx for t in doc]
        pieces = tuple(
            tuple((bisect_right(offsets, p.start) - 1, bisect_left(offsets, p.end)) for p in q.pieces)
            for q in quotations
        )
        around = {i: n for n, parts in enumerate(pieces) for a, b in parts for i in range(a, b)}
        starts = tuple(parts[0][0] for parts in pieces)
        by_end = tuple(sorted((parts[-1][1], n) for n, parts in enumerate(pieces)))
        full = tuple((end, n) for end, n in by_end if _ends_with_stop(doc, pieces[n][-1]))
        unfinished = frozenset(n for end, n in by_end if _last_word(doc, pieces[n][-1]).text == ",")
        return cls(pieces, around, starts, by_end, full, unfinished)

    def beginning(self, cue: Token) -> int:
        """The first token that words of a cue can be about: what stands before the end of a quotation with a full stop
        (*“We left.” Omar spoke of …*) is told by others.
        """
        level = self.around.get(cue.i)
        last = bisect_right(self.full, (cue.i, len(self.starts))) - 1
        ended = (self.full[at] for at in range(last, -1, -1))
        return next((end for end, n in ended if self.around.get(self.starts[n] - 1) == level), 0)

    def is_anothers(self, token: int, cue: Token) -> bool:
        """Whether a token stands in a quotation of a later sentence whose comma says that words after it tell whose it
        is: *“We left,” said Omar.*
        """
        n = self.around.get(token)
        return n is not None and n in self.unfinished and self.starts[n] >= cue.sent.end


_CLOSING = frozenset({"”", '"', "’", "'", "''", "»", "›"})


def _ends_with_stop(doc: Doc, piece: Bounds) -> bool:
    """Whether a quotation ends with a full stop and a new sentence begins after it."""
    end = piece[1]
    after = doc[end].text[:1] if end < len(doc) else ""
    return _last_word(doc, piece).text == "." and not after.islower()


def _last_word(doc: Doc, piece: Bounds) -> Token:
    """The last word or mark of a quotation before its closing marks."""
    start, end = piece
    return next((doc[i] for i in range(end - 1, start, -1) if doc[i].text not in _CLOSING), doc[start])


def find_arguments(cue: Token, quotes: QuoteIndex) -> tuple[Argument, ...]:
    """All places that may hold source or content of a cue word, in no order of merit."""
    if cue.tag_ == ":":
        return tuple(_around_colon(cue))
    found = [*_below(cue), *_lent_subject(cue), *_above(cue)]
    if relation(cue) == "case":
        found += _around_preposition(cue)
    if cue.pos_ in ("NOUN", "PROPN"):
        found += _beside(cue)
    if quotes.pieces:
        found += _quotations(cue, quotes)
    return tuple(found)


def _below(cue: Token) -> Iterator[Argument]:
    for part in cue.children:
        if relation(part) not in _NO_ARGUMENTS or (part.dep_ == "compound" and cue.pos_ == "NOUN"):
            yield Argument(part.dep_, part, (subtree_bounds(part),))


def _lent_subject(cue: Token) -> Iterator[Argument]:
    """The subject that a verb shares with the clause or noun above it."""
    if cue.pos_ not in ("VERB", "AUX", "ADJ") or own_subject(cue) is not None:
        return
    lender = _quoted(cue) or subject(cue)
    if lender is not None and lender.i != cue.i:
        yield Argument(f"lent:{relation(cue)}", lender, without(subtree_bounds(lender), subtree_bounds(cue)))


def _quoted(cue: Token) -> Token | None:
    """*X* in *quoted X as saying*."""
    marker = child(cue, "mark", "case")
    return child(cue.head, "obj") if marker is not None and marker.lower_ == "as" and cue.tag_ == "VBG" else None


def _above(cue: Token) -> Iterator[Argument]:
    """What a parenthesis, relative clause, adverb or attribute hangs on."""
    if relation(cue) not in _LOOKS_UP or cue.head == cue or _has_clause_of_its_own(cue):
        return
    if cue.pos_ == "ADV":
        yield Argument(f"up:{cue.dep_}", cue.head, tuple(_plain_clause(cue.head)))
    else:
        yield Argument(f"up:{cue.dep_}", cue.head, without(subtree_bounds(cue.head), subtree_bounds(cue)))


def _has_clause_of_its_own(cue: Token) -> bool:
    """Whether an adverbial clause tells something itself: *although X found that they left*, not *as X said*."""
    return relation(cue) == "advcl" and child(cue, "mark") is not None and child(cue, "ccomp", "obj") is not None


def _plain_clause(head: Token) -> Iterator[Bounds]:
    """A clause without its asides, which an adverb does not reach: relative and coordinate clauses, parentheses."""
    tokens = [head]
    for token in tokens:
        tokens.extend(c for c in token.children if not _is_aside(c))
    for i in sorted(t.i for t in tokens):
        yield i, i + 1


def _is_aside(part: Token) -> bool:
    return (
        relation(part) == "parataxis"
        or part.dep_ == "acl:relcl"
        or (relation(part) == "conj" and part.pos_ in ("VERB", "AUX"))
    )


def _around_preposition(cue: Token) -> Iterator[Argument]:
    """*according to X*, *for X*: the noun, and the clause that the phrase hangs on."""
    noun = cue.head
    inside = subtree_bounds(noun)
    markers = [c.right_edge.i + 1 for c in noun.children if relation(c) == "case"]
    yield Argument("case:noun", noun, without(inside, (inside[0], max(markers))))
    if noun.head != noun:
        clause = _commented(noun)
        yield Argument("case:clause", clause, without(subtree_bounds(clause), inside))


def _commented(phrase: Token) -> Token:
    """What a phrase comments on: the word it hangs on; set off by a comma or opening the sentence, its whole sentence,
    or the clause after a comma that it ends: *Kabul armed them, which helped, according to Omar*.
    """
    head = phrase.head
    if phrase.left_edge.i != phrase.sent.start and not _follows_mark(phrase):
        return head
    while head.head != head and relation(head) != "parataxis" and not _is_set_off(head, phrase):
        head = head.head
    return head


def _is_set_off(clause: Token, phrase: Token) -> bool:
    """Whether a relative or coordinate clause that follows a mark holds the phrase at its end."""
    if relation(clause) not in ("acl", "conj") or clause.pos_ not in ("VERB", "AUX"):
        return False
    return clause.left_edge.i < phrase.left_edge.i and _follows_mark(clause)


def _follows_mark(part: Token) -> bool:
    """Whether a comma, dash or closing mark stands before a part of a sentence; parsers hang it on either side."""
    first = part.left_edge.i
    return part.doc[first].text in _SETS_OFF or (first > 0 and part.doc[first - 1].text in _SETS_OFF)


def _beside(noun: Token) -> Iterator[Argument]:
    """What stands beside a noun under its verb: *X* in *X made the claim*, *drew criticism from X*."""
    verb = noun.head
    if verb == noun or verb.pos_ not in ("VERB", "AUX"):
        return
    for part in verb.children:
        if part != noun and relation(part) in _BESIDE:
            yield Argument(f"beside:{relation(noun)}:{part.dep_}", part, (subtree_bounds(part),))
    if own_subject(verb) is None:
        lender = subject(verb)
        if lender is not None:
            yield Argument(
                f"beside:{relation(noun)}:lent", lender, without(subtree_bounds(lender), subtree_bounds(verb))
            )


def _around_colon(cue: Token) -> Iterator[Argument]:
    """A line that names its speaker: *Q: …*, *Senator Smith: …*; within a line, only the sentence is introduced."""
    doc, start = cue.doc, line_start(cue)
    end, last = cue.i + 1, len(doc) if _begins_line(doc, start) else cue.sent.end
    while end < last and "\n" not in doc[end - 1].whitespace_ and "\n" not in doc[end].text:
        end += 1
    if start < cue.i:
        yield Argument("line:before", doc[start : cue.i].root, ((start, cue.i),))
    if cue.i + 1 < end:
        yield Argument("line:after", doc[cue.i + 1 : end].root, ((cue.i + 1, end),))


def _begins_line(doc: Doc, start: int) -> bool:
    return start == 0 or "\n" in doc[start - 1].text


def line_start(token: Token) -> int:
    """Index of the first token of the token's line, looking back as far as a speaker's name may be long."""
    doc, start = token.doc, token.i
    while start > max(0, token.i - _SPEAKER_LINE) and "\n" not in doc[start - 1].text:
        start -= 1
    return start


def _quotations(cue: Token, quotes: QuoteIndex) -> Iterator[Argument]:
    """The quotation before the cue and the ones after it, in its sentence or touching it, on its own level of
    nesting.
    """
    doc, sent = cue.doc, cue.sent
    level = quotes.around.get(cue.i)
    at = bisect_right(quotes.by_end, (cue.i, len(doc)))
    for end, n in reversed(quotes.by_end[:at]):
        if end < sent.start - 1:
            break
        if quotes.around.get(quotes.starts[n] - 1) == level:
            place = "sentence" if end > sent.start else "earlier"
            yield _quotation(f"quote:before:{place}:{_gap(cue.i - end)}", doc, quotes.pieces[n])
            break
    after = 0
    for n in range(bisect_right(quotes.starts, cue.i), len(quotes.starts)):
        start = quotes.starts[n]
        if start > sent.end + 1 or after == 2:
            break
        if quotes.around.get(start - 1) == level:
            place = "sentence" if start < sent.end else "later"
            yield _quotation(f"quote:after{after}:{place}:{_gap(start - cue.i)}", doc, quotes.pieces[n])
            after += 1


def _quotation(reached: str, doc: Doc, pieces: tuple[Bounds, ...]) -> Argument:
    start, end = pieces[0]
    return Argument(reached, doc[start:end].root, pieces)


def _gap(distance: int) -> str:
    return "near" if distance <= 3 else "off" if distance <= 8 else "far"


def without(whole: Bounds, hole: Bounds) -> tuple[Bounds, ...]:
    """What is left of token bounds when others are cut out."""
    (start, end), (first, last) = whole, hole
    parts = ((start, min(end, first)), (max(start, last), end))
    return tuple((a, b) for a, b in parts if a < b)
