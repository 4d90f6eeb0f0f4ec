"""What a reported clause asserts, and what it only takes for granted.

In *Omar said that Zaid, the Syrian president, left*, Omar's word is the leaving; that Zaid is president is the
document's own.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.reading.syntax import child, relation
from dragoman.reading.voices.attribution import Attribution
from dragoman.reading.words import Token

_MODIFIES = frozenset({"acl", "amod", "compound", "appos", "flat", "nmod"})
_CLAUSES = frozenset({"root", "ccomp", "xcomp", "csubj", "advcl", "parataxis"})


def asserting(token: Token, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Of the attributions that hold a token, those whose source asserts what it tells.

    A source asserts every word of a quotation, but of reported speech only what its clauses say. Meant for standing
    relations, which reported speech names in passing more often than it tells them.

    Fires: *said that Zaid is president*, *“President Zaid left,” he said*.
    Not: *said that President Zaid left*, *said that rebels backed by Kabul left*.
    """
    clause = is_clause(token)
    return tuple(a for a in attributions if clause or a.quotes_at(token.idx))


def voice_of_act(voice: tuple[str, ...], doers: tuple[str, ...]) -> tuple[str, ...]:
    """The voice of a verbal act that its doer performs in his own words: whoever tells of the words, not the doer.

    *“Kabul lied,” Omar said* tells in the document's own voice that Omar accuses Kabul.
    """
    return voice[:-1] if voice[-1:] == doers else voice


def aside_around(token: Token) -> Token | None:
    """The verb of the outermost relative clause around a token that a comma sets off: *…, which had left, …*."""
    above = [token, *token.ancestors]
    return next((t for t in reversed(above) if t.dep_ == "acl:relcl" and _follows_comma(t)), None)


def is_cued_inside(attribution: Attribution, aside: Token) -> bool:
    """Whether the words that attribute stand in the aside themselves: *…, which Omar said had left*."""
    cue, end = attribution.cue, aside.right_edge
    return cue is not None and aside.left_edge.idx <= cue.start < end.idx + len(end.text)


def _follows_comma(clause: Token) -> bool:
    first = clause.left_edge
    return first.text == "," or (first.i > 0 and clause.doc[first.i - 1].text == ",")


def is_clause(token: Token) -> bool:
    """Whether a word is the predicate of a clause that no noun carries."""
    link = relation(token)
    if link in _MODIFIES:
        return False
    return link in _CLAUSES or token.pos_ == "VERB" or child(token, "cop", "nsubj") is not None
