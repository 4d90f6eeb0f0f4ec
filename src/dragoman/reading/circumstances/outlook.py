"""Which way a clause looks from the day of publication: what was, or what is to come."""

from __future__ import annotations

from itertools import chain

from dragoman.reading.circumstances.moments import Outlook
from dragoman.reading.syntax import child, children, relation
from dragoman.reading.words import Token

_MODALS = frozenset(
    {"will", "’ll", "'ll", "wo", "shall", "would", "’d", "may", "might", "can", "could", "should", "must"}
)
_PLANNED = frozenset(
    {"plan", "schedule", "set", "due", "slate", "expect", "intend", "upcoming", "forthcoming", "planned", "scheduled"}
)
_CARRIED_OUT = frozenset(
    {
        "manage",
        "fail",
        "begin",
        "start",
        "continue",
        "force",
        "refuse",
        "go",
        "help",
        "decline",
        "use",
        "forget",
        "compel",
        "oblige",
    }
)
"""Verbs whose infinitive tells what came about: *managed to flee* lies behind, *agreed to meet* ahead."""


def outlook_of(token: Token) -> Outlook:
    """The outlook of the clause that a token stands in; an untensed or present one asks the clause above."""
    for node in chain((token,), token.ancestors):
        found = _own_outlook(node)
        if found is not Outlook.OPEN:
            return found
    return Outlook.OPEN


def is_perfect(token: Token) -> bool:
    """Whether the clause that a token stands in is in the perfect tense: *has been jailed for 20 years*."""
    verb = next((node for node in token.ancestors if node.pos_ in ("VERB", "AUX")), None)
    return verb is not None and any(c.lemma_ == "have" for c in children(verb, "aux"))


def _own_outlook(node: Token) -> Outlook:
    if any(c.lower_ in _PLANNED for c in children(node, "amod")):
        return Outlook.AHEAD
    if node.pos_ not in ("VERB", "AUX", "ADJ"):
        return Outlook.OPEN
    auxiliaries = {c.lower_: c.tag_ for c in children(node, "aux", "cop")}
    if not _MODALS.isdisjoint(auxiliaries) or (node.tag_ in ("VBN", "JJ") and node.lemma_ in _PLANNED):
        return Outlook.AHEAD
    if _is_infinitive(node):
        return Outlook.OPEN if relation(node) == "xcomp" and node.head.lemma_ in _CARRIED_OUT else Outlook.AHEAD
    if node.tag_ == "VBD" or "VBD" in auxiliaries.values():
        return Outlook.BEHIND
    if node.tag_ == "VBN" and not {"is", "are", "’s", "'s", "being"} & set(auxiliaries):
        return Outlook.BEHIND
    if node.tag_ == "VBG" and "VBP" in auxiliaries.values():
        return Outlook.AHEAD  # "leaders are meeting on Friday"
    return Outlook.OPEN


def _is_infinitive(node: Token) -> bool:
    marker = child(node, "mark")
    return marker is not None and marker.lower_ == "to" and (node.tag_ == "VB" or child(node, "aux", "cop") is not None)
