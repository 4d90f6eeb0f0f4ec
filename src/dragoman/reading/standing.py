"""Standing: how the text asserts an act, read along the path from its trigger to the root of the sentence.

Each step up may meet a cue: a negation, a modal, an *if*, or a predicate that selects its complement (*plans to*,
*failed to*, *demanded that*). The cue nearest to the trigger wins, except that a condition overrides mere possibility
and plans, and a negation turns the plain reading into ``denied``. Which words are cues is pack data (``standing-*``).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.knowledge import Pack
from dragoman.reading.syntax import child, children, relation
from dragoman.record import Standing

_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "acl"})
_NOMINAL = frozenset({"obj", "obl", "nmod", "nsubj", "iobj"})
_THROUGH = frozenset({"conj", "parataxis", "appos", "acl:relcl", "advcl"})
_MAX_CLIMB = 12
"""Steps up the tree; deeper nesting than this says nothing sure about the act (and a hostile tree stays cheap)."""

_SELECTING = (
    (Standing.DENIED, "denied"),
    (Standing.DEMANDED, "demanded"),
    (Standing.PLANNED, "planned"),
    (Standing.POSSIBLE, "possible"),
)


@dataclass(frozen=True, slots=True)
class StandingReading:
    """A standing and the words that set it (empty when nothing did and the act is told as so)."""

    standing: Standing
    cue: str = ""


def standing_of(trigger: Token, pack: Pack) -> StandingReading:
    """How the sentence asserts the act that the trigger names.

    Fires: *Kabul refused to free them* (free: denied); *they may meet* (possible); *a planned visit* (planned).
    Not:   *Kabul denied visas to envoys* (the act is the refusal itself, told as actual).
    """
    found = _own_cue(trigger, pack)
    token, steps = trigger, 0
    while token.head != token and steps < _MAX_CLIMB:
        if found is None:
            found = _selected_by(token, pack)
        condition = _condition(token, pack)
        if condition is not None and (found is None or found.standing in (Standing.POSSIBLE, Standing.PLANNED)):
            return condition
        if token.dep_ == "acl:relcl" or (found is not None and not _passes(token)):
            break  # what is said of the noun that a relative clause modifies is not said of the clause
        token, steps = token.head, steps + 1
        if found is None and _inherits(token, trigger):
            found = _modal(token, pack)
    return found or StandingReading(Standing.ACTUAL)


def _own_cue(token: Token, pack: Pack) -> StandingReading | None:
    """Cues on the trigger itself: negation, modal, *are to*, adjective."""
    return _negation(token, pack) or _modal(token, pack) or _be_to(token) or _modifier(token, pack)


def _be_to(token: Token) -> StandingReading | None:
    """*They are to meet* is planned; *they have yet to meet* is not so."""
    if token.tag_ != "VB" or not any(c.lower_ == "to" for c in children(token, "mark")):
        return None
    yet = next((c for c in (*token.children, *token.head.children) if c.lower_ == "yet" and c.i < token.i), None)
    if yet is not None and token.head.lemma_ in ("have", "be"):
        return StandingReading(Standing.DENIED, f"{yet.text} to")
    is_to = (
        token.head.lemma_ == "be"
        if relation(token) in ("xcomp", "ccomp")
        else any(c.lemma_ == "be" for c in children(token, "aux", "cop"))
    )
    return StandingReading(Standing.PLANNED, "to") if is_to else None


def _negation(token: Token, pack: Pack) -> StandingReading | None:
    words = pack.words["standing-negations"]
    for part in children(token, "advmod", "det", "cc", "case", "mark"):
        if part.lower_ in words or part.lemma_ in words:
            return StandingReading(Standing.DENIED, part.text)
    subject = child(token, "nsubj")
    determiner = child(subject, "det") if subject is not None else None
    if determiner is not None and determiner.lower_ in ("no", "neither"):
        return StandingReading(Standing.DENIED, determiner.text)
    if subject is not None and subject.lower_ in ("nobody", "none", "neither", "no-one"):
        return StandingReading(Standing.DENIED, subject.text)
    return None


def _modal(token: Token, pack: Pack) -> StandingReading | None:
    perfect = any(c.lemma_ == "have" for c in children(token, "aux"))
    for aux in children(token, "aux"):
        word = aux.lower_
        if word in pack.words["standing-possible-modals"]:
            return StandingReading(Standing.POSSIBLE, aux.text)
        if word in pack.words["standing-demanded-modals"]:
            return StandingReading(Standing.POSSIBLE if perfect and word == "must" else Standing.DEMANDED, aux.text)
        if word in pack.words["standing-planned-modals"] and not (perfect and word in ("would", "'d")):
            return StandingReading(Standing.PLANNED, aux.text)
    for adverb in children(token, "advmod"):
        if adverb.lower_ in pack.words["standing-possible-adverbs"]:
            return StandingReading(Standing.POSSIBLE, adverb.text)
    return None


def _modifier(token: Token, pack: Pack) -> StandingReading | None:
    for part in children(token, "amod", "compound", "advmod"):
        for standing, name in _SELECTING:
            if part.lower_ in pack.words.get(f"standing-{name}-adjectives", frozenset()):
                return StandingReading(standing, part.text)
    return None


def _selected_by(token: Token, pack: Pack) -> StandingReading | None:
    """What the head says of its complement: a verb or noun of intention, request, doubt or denial above the act."""
    link, head = relation(token), token.head
    clausal = link in _CLAUSAL and token.dep_ != "acl:relcl"
    if not clausal and link not in _NOMINAL:
        return None
    kind = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "ADJ": "adjectives"}.get(head.pos_)
    if kind is None or (link == "nsubj" and kind == "verbs" and not _is_passive_subject(token)):
        return None
    cue = StandingReading(Standing.ACTUAL)
    lemma = head.lemma_.lower()
    if not clausal and kind == "verbs" and lemma not in pack.words["standing-nominal-selectors"]:
        return None
    for standing, name in _SELECTING:
        if lemma in pack.words.get(f"standing-{name}-{kind}", frozenset()):
            cue = StandingReading(standing, head.text)
            break
    else:
        return None
    negated = _negation(head, pack)
    if cue.standing is Standing.DENIED and negated is not None:
        return StandingReading(Standing.ACTUAL, f"{negated.cue} {cue.cue}")
    if negated is not None and cue.standing in (Standing.PLANNED, Standing.DEMANDED):
        return StandingReading(Standing.DENIED, f"{negated.cue} {cue.cue}")
    return cue


def _is_passive_subject(token: Token) -> bool:
    return bool(token.dep_ == "nsubj:pass")


def _condition(token: Token, pack: Pack) -> StandingReading | None:
    """An *if* on the clause, or a conditional clause hanging on it."""
    markers = pack.words["standing-condition-markers"]
    for clause in (token, *children(token, "advcl")):
        if relation(clause) != "advcl":
            continue
        mark = child(clause, "mark")
        if mark is not None and mark.lower_ in markers and mark.lower_ != "until":
            return StandingReading(Standing.CONDITIONAL, mark.text)
    return None


def _passes(token: Token) -> bool:
    """Whether a condition further up still bears on the act below."""
    return relation(token) in ("xcomp", "conj", "obj", "obl", "nmod")


def _inherits(head: Token, trigger: Token) -> bool:
    """Whether a modal on the head covers the trigger below it: light verbs, shared auxiliaries, nominal objects."""
    below = trigger
    while below.head != head and below.head != below:
        below = below.head
    link = relation(below)
    return link in ("obj", "conj", "xcomp") or below.dep_ == "nsubj:pass"
