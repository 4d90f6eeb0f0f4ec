"""Where source and content of a verb stand by the order of words alone, for sentences whose syntax was read
wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.voices.cues import Argument
from dragoman.reading.words import Doc, Token

_PHRASE = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "JJ", "JJR", "JJS", "CD", "POS", "WP", "WDT", "HYPH"}
)
_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "DT", "CD"})
_BETWEEN = frozenset({"RB", "MD", "AUX", "VBD", "VBZ", "VBP", "TO", "RP", "``", "''"})
_LONGEST_PHRASE = 12
_LONGEST_ASIDE = 25


def near_arguments(cue: Token) -> tuple[Argument, ...]:
    """The noun phrase before a verb and the rest of the sentence after it; the words before, and the phrase after
    it.
    """
    doc, sent = cue.doc, cue.sent
    found = []
    before = _phrase_before(doc, cue.i, sent.start)
    if before is not None:
        found.append(_argument("near:before", doc, *before))
    after = _phrase_after(doc, cue.i + 1, sent.end)
    if after is not None:
        found.append(_argument("near:after", doc, *after))
    if cue.i + 1 < sent.end:
        found.append(_argument("near:rest", doc, cue.i + 1, sent.end))
    lead = before[0] if before is not None else cue.i
    if sent.start < lead:
        found.append(_argument("near:lead", doc, sent.start, lead))
    return tuple(found)


def _argument(relation: str, doc: Doc, start: int, end: int) -> Argument:
    head = next((doc[i] for i in reversed(range(start, end)) if doc[i].tag_ in _HEADS), doc[start])
    return Argument(relation, head, ((start, end),))


def _phrase_before(doc: Doc, at: int, first: int) -> tuple[int, int] | None:
    """The noun phrase that ends just before a verb; an aside between commas after it belongs to it."""
    end = at
    while end > first and (doc[end - 1].tag_ in _BETWEEN or doc[end - 1].pos_ == "AUX"):
        end -= 1
    start = end
    if end > first and doc[end - 1].text == ",":
        comma = next((i for i in range(end - 2, max(first, end - _LONGEST_ASIDE), -1) if doc[i].text == ","), None)
        if comma is None:
            return None
        start = comma
    while start > first and end - start < _LONGEST_ASIDE + _LONGEST_PHRASE and _continues(doc, start - 1):
        start -= 1
    return _nominal(doc, start, end)


def _phrase_after(doc: Doc, at: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that begins just after a verb, up to the next mark or verb."""
    end = at
    while end < last and end - at < _LONGEST_PHRASE and _continues(doc, end):
        end += 1
    return _nominal(doc, at, end)


def _continues(doc: Doc, i: int) -> bool:
    return doc[i].tag_ in _PHRASE or doc[i].lower_ in ("of", "for", "and", "at")


def _nominal(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    while start < end and doc[start].lower_ in ("of", "for", "and", "at"):
        start += 1
    return (start, end) if any(doc[i].tag_ in _HEADS for i in range(start, end)) else None


def words_of_name(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Tokens of the name and title that a source beginning with a name goes on from on its left: *Senator Mary
    [Hill]*.
    """
    if start < end and doc[start].tag_ in ("NNP", "NNPS"):
        while start > 0 and doc[start - 1].tag_ in ("NNP", "NNPS", "HYPH") and doc[start - 1].sent == doc[start].sent:
            start -= 1
            yield start
