"""Which attributions carry voice by the codebook: what is said or believed to be so, not what is wanted or judged."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.reading.syntax import case_of, children, is_passive, own_subject, relation
from dragoman.reading.voices.attribution import AttributionKind
from dragoman.reading.voices.roles import Filled, is_in_somebodys
from dragoman.reading.words import Token

QUOTE, CLAUSE, CONTROL, OWN, CHARGE, NOUN = "quote", "clause", "control", "own", "charge", "noun"
"""How content is put: in quotation marks; as a clause; *want him to go*; *vow to go*; *accuse of*, *blame for*; as
an object.
"""

_CARRIED: Mapping[str, frozenset[str]] = {
    "say": frozenset({QUOTE, CLAUSE, CONTROL, OWN, CHARGE, NOUN}),
    "write": frozenset({QUOTE, CLAUSE}),
    "ask": frozenset({QUOTE, CLAUSE, CONTROL, CHARGE, NOUN}),
    "deny": frozenset({QUOTE, CLAUSE, CONTROL, OWN}),
    "promise": frozenset({QUOTE, CLAUSE, CONTROL, OWN}),
    "predict": frozenset({QUOTE, CLAUSE, CONTROL, NOUN}),
    "threaten": frozenset({QUOTE, CLAUSE, CONTROL, OWN, CHARGE, NOUN}),
    "warn": frozenset({QUOTE, CLAUSE, CONTROL, OWN, CHARGE, NOUN}),
    "accuse": frozenset({QUOTE, CLAUSE, CONTROL, CHARGE}),
    "claim-nouns": frozenset({QUOTE, CLAUSE, CONTROL, OWN, CHARGE, NOUN}),
    "opinion-nouns": frozenset({QUOTE, CLAUSE}),
    "show": frozenset({QUOTE, CLAUSE}),
    "believe": frozenset({QUOTE, CLAUSE, CONTROL}),
    "voice-adjectives": frozenset({QUOTE, CLAUSE}),
}
_BELIEFS = frozenset({"believe", "voice-adjectives"})
"""For each word list, how its content must be put to be the source's word: *condemned the attack* tells an attack in
the document's own voice, *accused Kabul of the attack* in the accuser's; *plans to go* is no word of the planner's.
"""


_TELLING = ("say", "write", "claim-nouns")


def kind_of(filled: Filled, words: Mapping[str, frozenset[str]], quoted: bool) -> AttributionKind:
    """Speech, belief, or an attitude that carries no voice; ``quoted`` says that the content stands in quotation marks.

    Fires: *Kabul said that it left*, *vowed to leave*, *wants them to leave*, *is said to have left*.
    Not: *plans to leave*, *is expected to leave*, *praised the envoy*.
    """
    if is_plain(filled.cue, words):
        return AttributionKind.SPEECH
    if filled.cue.pos_ == "ADV" or relation(filled.cue) == "case":
        return AttributionKind.ATTITUDE
    if filled.cue.pos_ == "PUNCT" or (quoted and filled.head is not None):
        return AttributionKind.SPEECH
    way, forms = way_of(filled), base_forms(filled.cue)
    lists = [name for name, ways in _CARRIED.items() if way in ways and not forms.isdisjoint(words.get(name, ()))]
    if not lists or (filled.head is None and not _is_unnamed(filled, way, words)):
        return AttributionKind.ATTITUDE
    return AttributionKind.BELIEF if _BELIEFS.issuperset(lists) else AttributionKind.SPEECH


def is_telling(filled: Filled, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word of saying has a clause of its own: *X said they left*, *reports that they left*, *is said to
    leave*.
    """
    way, forms = way_of(filled), base_forms(filled.cue)
    if filled.head is None and is_passive(filled.cue):
        return way in (CLAUSE, CONTROL, OWN) and not forms.isdisjoint(words.get("voice-passives", ()))
    return way == CLAUSE and any(not forms.isdisjoint(words.get(name, ())) for name in _TELLING)


def may_tell(cue: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word tells, known from examples or not: a verb of saying, a noun of reporting with a clause of its own
    (*reports that they left*).
    """
    lemma = cue.lemma_.lower()
    if cue.pos_ == "NOUN":
        return lemma in words.get("voice-nouns", ()) and any(own_subject(c) is not None for c in children(cue, "acl"))
    return cue.pos_ == "VERB" and lemma in words.get("say", ())


def base_forms(token: Token) -> set[str]:
    """The lemma, and what it would be if the lemmatiser had the ending wrong (*insiste* for *insisted*)."""
    form = token.lower_
    stems = {
        form.removesuffix(ending) + tail for ending in ("ed", "ing") for tail in ("", "e") if form.endswith(ending)
    }
    return {token.lemma_.lower(), *stems}


def is_plain(cue: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a cue attributes wherever it stands: *reportedly*, *according to*, *in his opinion*."""
    if cue.pos_ == "NOUN":
        name = "opinion-nouns" if is_in_somebodys(cue) else ""
    else:
        name = "voice-adverbs" if cue.pos_ == "ADV" else "voice-prepositions" if cue.dep_ == "case" else ""
    return bool(name) and not base_forms(cue).isdisjoint(words.get(name, ()))


def _is_unnamed(filled: Filled, way: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a cue that nobody is named for stands for unnamed sources: *is said to*, *reports that*."""
    lemma = filled.cue.lemma_.lower()
    if filled.cue.pos_ == "NOUN":
        return way == CLAUSE and lemma in words.get("voice-nouns", ())
    return not is_passive(filled.cue) or (way != NOUN and lemma in words.get("voice-passives", ()))


def way_of(filled: Filled) -> str:
    """How the content hangs on its cue."""
    reached = {a.relation.removeprefix("up:").partition(":")[0]: a.head for a in filled.told}
    if all(a.relation.startswith("quote:") for a in filled.told):
        return QUOTE
    if "acl" in reached and any(c.lower_ == "to" for c in children(reached["acl"], "mark")):
        return OWN
    if reached.keys() & {"ccomp", "parataxis", "acl", "advcl", "root", "line", "conj", "csubj", "near"}:
        return CLAUSE
    if "obj" in reached and any(case_of(head) == "as" for head in reached.values()):
        return CONTROL
    if "xcomp" in reached:
        return CONTROL if reached.keys() & {"obj", "iobj", "nsubj"} else OWN
    if any(case_of(head) in ("of", "for", "over") for name, head in reached.items() if name in ("obl", "nmod")):
        return CHARGE
    return NOUN
