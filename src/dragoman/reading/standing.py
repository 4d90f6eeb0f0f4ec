"""Standing: how the text asserts an act, read along the path from its trigger to the root of the sentence.

Each step up may meet a cue: a negation, a modal, an *if*, or a predicate that selects its complement (*plans to*,
*failed to*, *demanded that*). The cue nearest to the trigger wins, except that a condition overrides mere possibility
and plans, and a negation turns the plain reading into ``denied``. Which words are cues is pack data (``standing-*``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge import Pack
from dragoman.reading.syntax import case_of, child, children, own_subject, relation
from dragoman.reading.words import Token
from dragoman.record import Standing

_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "acl"})
_NOMINAL = frozenset({"obj", "obl", "nmod", "nsubj", "iobj"})
_MAX_CLIMB = 12
"""Steps up the tree; deeper nesting than this says nothing sure about the act (and a hostile tree stays cheap)."""

_SELECTING = (
    (Standing.DENIED, "denied"),
    (Standing.DEMANDED, "demanded"),
    (Standing.PLANNED, "planned"),
    (Standing.POSSIBLE, "possible"),
)
_KINDS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "ADJ": "adjectives", "ADV": "adjectives"}
_OPEN = frozenset({Standing.POSSIBLE, Standing.PLANNED})
_WISHED = frozenset({Standing.PLANNED, Standing.DEMANDED})


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
    token = trigger
    for _ in range(_MAX_CLIMB):
        if found is None and not _stands_apart(token, pack):
            found = _selected_by(token, pack)
        condition = _condition(token, found, pack)
        if condition is not None:
            return condition
        if token.head == token or _stands_apart(token, pack) or (found is not None and not _passes(token)):
            break
        below, token = token, token.head
        if found is None:
            found = _inherited(below, token, pack)
    return found or StandingReading(Standing.ACTUAL)


def _stands_apart(token: Token, pack: Pack) -> bool:
    """Whether what is said of the head is not said of the token.

    So it is with clauses that modify a noun (*troops fighting there*), and with circumstances: *while they fought*,
    *despite the attack*.
    """
    link = relation(token)
    if token.dep_ == "acl:relcl":
        return True
    if link == "acl":
        return token.tag_ in ("VBG", "VBN") and not _mark_of(token)
    if link == "advcl":
        bound = _is_gerund(token, pack) or _mark_of(token) in pack.words["standing-exception-markers"]
        return not (bound or token.tag_ == "VB")
    return link in ("obl", "nmod") and case_of(token) in pack.words["standing-circumstance-prepositions"]


def _own_cue(token: Token, pack: Pack) -> StandingReading | None:
    """Cues on the trigger itself: negation, modal, *are to*, *whether*, adjective."""
    return (
        _negation(token, pack)
        or _modal(token, pack)
        or _be_to(token)
        or _question(token, pack)
        or _modifier(token, pack)
        or _open(token, pack)
    )


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


def _question(token: Token, pack: Pack) -> StandingReading | None:
    """*It is not known whether they met*; *they asked if he had left*."""
    mark = _mark_of(token)
    if mark not in pack.words["standing-question-markers"]:
        return None
    if relation(token) == "advcl" and mark in pack.words["standing-condition-markers"]:
        return None
    return StandingReading(Standing.POSSIBLE, mark)


def _negation(token: Token, pack: Pack) -> StandingReading | None:
    """*Did not meet*, *without meeting*, *no group met*, *met nobody*; but *may not meet* is open."""
    words = pack.words["standing-negations"]
    for part in children(token, "advmod", "det", "cc", "case", "mark"):
        if (
            part.lower_ in words
            or part.lemma_ in words
            or any(c.lower_ == "no" for c in children(part, "advmod", "det"))
        ):
            return _weakened(token, part, pack)
    nobody = pack.words["standing-negative-phrases"]
    for phrase in children(token, "nsubj", "obj"):
        for word in (*children(phrase, "det"), phrase):
            if word.lower_ in nobody:
                return StandingReading(Standing.DENIED, word.text)
    return None


def _weakened(token: Token, negation: Token, pack: Pack) -> StandingReading:
    open_modals = pack.words["standing-open-modals"]
    modal = next((aux for aux in children(token, "aux") if aux.lower_ in open_modals), None)
    if modal is not None:
        return StandingReading(Standing.POSSIBLE, f"{modal.text} {negation.text}")
    return StandingReading(Standing.DENIED, negation.text)


def _modal(token: Token, pack: Pack) -> StandingReading | None:
    perfect = any(c.lemma_ == "have" for c in children(token, "aux"))
    concessive = _mark_of(token) in pack.words["standing-concessive-markers"]
    for aux in children(token, "aux"):
        word = aux.lower_
        if word in pack.words["standing-open-modals"] and concessive:
            continue  # *while they may deny it* tells that they do
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
    """*A planned visit*, *the talks set for Friday*, *a summit to be held in Lima*."""
    for part in children(token, "amod", "compound", "advmod"):
        for standing, name in _SELECTING:
            if part.lower_ in pack.words.get(f"standing-{name}-adjectives", frozenset()):
                return StandingReading(standing, part.text)
    for clause in children(token, "acl"):
        if clause.dep_ == "acl:relcl" or token.pos_ == "VERB":
            continue
        if clause.tag_ == "VBN" and clause.lemma_.lower() in pack.words["standing-scheduling-verbs"]:
            return StandingReading(Standing.PLANNED, clause.text)
        if any(c.lower_ == "to" for c in children(clause, "mark")) and child(clause, "aux") is not None:
            return StandingReading(Standing.PLANNED, f"to {clause.text}")
    return None


def _open(token: Token, pack: Pack) -> StandingReading | None:
    """*Before any recognition*: an act that may never be."""
    found = (part for part in children(token, "det") if part.lower_ in pack.words["standing-open-determiners"])
    return next((StandingReading(Standing.POSSIBLE, part.text) for part in found), None)


def _selected_by(token: Token, pack: Pack) -> StandingReading | None:
    """What the head says of its complement: a verb or noun of intention, request, doubt or denial above the act."""
    link, head = relation(token), token.head
    clausal = link in _CLAUSAL or link == "advcl"
    kind = _KINDS.get(head.pos_)
    if kind is None or not (clausal or link in _NOMINAL):
        return None
    if kind == "verbs" and link == "nsubj" and token.dep_ != "nsubj:pass":
        return None
    words = set(_wordings(head, token))
    if kind == "verbs" and not clausal and words.isdisjoint(pack.words["standing-nominal-selectors"]):
        return None
    cue = _listed(words, kind, pack)
    if cue is None:
        return _carried_by(token, pack) if kind == "verbs" and token.tag_ == "VB" else None
    if cue in _WISHED and ((link == "ccomp" and _is_past(token)) or (token.tag_ == "VBG" and link == "advcl")):
        return None  # *announced that they had left*, *insisted on leaving*
    return _turned(StandingReading(cue, head.text), head, words, pack)


def _listed(words: set[str], kind: str, pack: Pack) -> Standing | None:
    lists = ((standing, pack.words.get(f"standing-{name}-{kind}", frozenset())) for standing, name in _SELECTING)
    return next((standing for standing, listed in lists if not words.isdisjoint(listed)), None)


def _carried_by(token: Token, pack: Pack) -> StandingReading | None:
    """*Repeated his offer to go*, *put pressure on them to talk*: the noun is the object of the infinitive's head."""
    for noun in children(token.head, "obj"):
        standing = _listed({noun.lemma_.lower()}, "nouns", pack)
        if standing is not None:
            return _turned(StandingReading(standing, noun.text), noun, set(), pack)
    return None


def _is_gerund(token: Token, pack: Pack) -> bool:
    """*Stopped short of recognising them*, *hinted at leaving*: a complement that hangs on by a preposition."""
    return (
        token.tag_ == "VBG"
        and relation(token) == "advcl"
        and _mark_of(token) in pack.words["standing-complement-prepositions"]
    )


def _is_past(clause: Token) -> bool:
    return clause.tag_ == "VBD" or any(
        c.tag_ == "VBD" or c.lemma_ == "have" for c in children(clause, "aux", "cop") if c.tag_ != "MD"
    )


def _wordings(head: Token, complement: Token) -> Iterator[str]:
    """The head's lemma, alone and with a particle, an adverb or its complement's preposition (*call off*)."""
    lemma = head.lemma_.lower()
    yield lemma
    yield from (f"{lemma} {c.lower_}" for c in children(head, "compound", "advmod"))
    yield f"{lemma} {case_of(complement)}"
    yield from (f"{lemma} {c.lower_}" for c in children(complement, "mark"))


def _turned(cue: StandingReading, head: Token, words: set[str], pack: Pack) -> StandingReading:
    """The cue as a negation on its own word leaves it."""
    negated = _negation(head, pack)
    if negated is None or negated.standing is not Standing.DENIED:
        return cue
    told = f"{negated.cue} {cue.cue}"
    if cue.standing is Standing.DENIED:
        is_open = not words.isdisjoint(pack.words["standing-open-when-negated"])
        return StandingReading(Standing.POSSIBLE if is_open else Standing.ACTUAL, told)
    if cue.standing in _WISHED or not words.isdisjoint(pack.words["standing-raising-verbs"]):
        return StandingReading(Standing.DENIED, told)
    return cue


def _condition(token: Token, found: StandingReading | None, pack: Pack) -> StandingReading | None:
    """An *if* on the clause, or a conditional clause hanging on it, where it bears on what was found below.

    A refusal is conditional with *unless* or *until* (*will not leave unless they do*), not with *if*.
    """
    denied = found is not None and found.standing is Standing.DENIED
    if found is not None and not denied and found.standing not in _OPEN:
        return None
    markers = pack.words["standing-exception-markers" if denied else "standing-condition-markers"]
    modal = any(aux.tag_ == "MD" for aux in children(token, "aux"))
    for clause in (token, *children(token, "advcl")):
        mark = _mark_of(clause)
        if relation(clause) == "advcl" and mark in markers and (modal or not denied):
            return StandingReading(Standing.CONDITIONAL, mark)
    return None


def _mark_of(clause: Token) -> str:
    """The subordinator of a clause (or a fixed chain: *in case*), lower-cased; empty when there is none."""
    mark = child(clause, "mark")
    return "" if mark is None else " ".join([mark.lower_, *(c.lower_ for c in children(mark, "fixed"))])


def _passes(token: Token) -> bool:
    """Whether a condition further up still bears on the act below."""
    return relation(token) in ("xcomp", "conj", "obj", "obl", "nmod")


def _inherited(below: Token, head: Token, pack: Pack) -> StandingReading | None:
    """What is said of the head and holds of the act below it.

    A modal covers light verbs' objects, shared auxiliaries and complements; what is said of *take place* or *begin*
    is said of its subject, of *manage to* of its complement, *not believed to* is *believed not to*, and what something
    does not *amount to* is not.
    """
    link = relation(below)
    words = set(_wordings(head, below))
    occurs = link == "nsubj" and not words.isdisjoint(pack.words["standing-occurrence-verbs"])
    if occurs or (link == "xcomp" and not words.isdisjoint(pack.words["standing-actual-verbs"])):
        return _negation(head, pack) or _modal(head, pack) or _be_to(head)
    if link in ("xcomp", "ccomp") and not words.isdisjoint(pack.words["standing-raising-verbs"]):
        return _negation(head, pack)
    if link in ("obj", "obl", "ccomp") and not words.isdisjoint(pack.words["standing-equating-verbs"]):
        return _negation(head, pack) or _modal(head, pack)
    if link == "conj" and (own_subject(below) is not None or below.tag_ in ("VBD", "VBZ", "VBP")):
        return None
    if link in ("obj", "conj", "xcomp", "advcl") or below.dep_ == "nsubj:pass":
        return _modal(head, pack)
    return None
