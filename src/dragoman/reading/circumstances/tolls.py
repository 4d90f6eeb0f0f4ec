"""What one word of harm tells: *killed 12*, *five dead*, *the deaths of two soldiers*, *a toll of 40*.

The count stands after an active verb, before a passive one, a verb of dying, an adjective or a noun.
"""

from __future__ import annotations

from dragoman.reading.circumstances.counts import after, before, count_of, window
from dragoman.reading.syntax import case_of, child, children, relation, subject
from dragoman.reading.words import Token

_KILL = frozenset({"kill", "slay", "murder", "assassinate", "execute", "behead", "massacre", "slaughter", "lynch"})
_DIE = frozenset({"die", "perish", "drown"})
_WOUND = frozenset({"wound", "injure", "hurt", "maim"})
_DEAD_NOUNS = frozenset({"death", "fatality", "killing", "murder", "assassination"})
_HURT_NOUNS = frozenset({"injury"})
_HARM_VERBS = _KILL | _DIE | _WOUND
_MEANS = frozenset({"shoot", "stab", "hack", "gun", "beat", "find"})
"""Verbs that *dead* completes: *shot dead three*, *three were found dead*."""
_FORMS = {
    form: verb
    for verb in _HARM_VERBS
    for stem in (verb, verb.removesuffix("e"))
    for form in (verb, f"{verb}s", f"{stem}ed", f"{stem}ing")
}
"""Inflected forms, for the lemmatizer knows few words of harm."""
_ENDS = frozenset(_FORMS)

Toll = tuple[int | None, int | None]


def toll(word: Token) -> Toll:
    """The killed and the injured that one word tells; ``None`` where it tells no number."""
    text = word.lower_
    lemma = _FORMS.get(text, word.lemma_.lower())
    if lemma in _HARM_VERBS and word.pos_ in ("VERB", "AUX"):
        count = None if _is_lumped(word, lemma) else _victims(word, lemma)
        return (None, count) if lemma in _WOUND else (count, None)
    if text in ("injured", "wounded"):
        return None, count_of(before(word), last=True)
    if text == "dead":
        return _dead(word), None
    if lemma in _DEAD_NOUNS:
        return _harm_told(word), None
    if lemma in _HURT_NOUNS:
        return None, _harm_told(word)
    if lemma == "casualty":
        none = count_of(before(word), last=True) == 0
        return (0, 0) if none else (None, None)
    if text == "lives" and any(t.lemma_ in ("claim", "cost", "take") for t in window(word, -8, 0)):
        told = count_of(before(word), last=True)
        return told if told is not None else _counted_after(word), None
    if lemma == "toll":
        return count_of(window(word, 1, 9), last=False), None
    return None, None


def _victims(verb: Token, lemma: str) -> int | None:
    """How many a verb of harm befell: told before a passive or a dying, after an active."""
    passive = lemma in _DIE or (verb.tag_ == "VBN" and not _is_active_perfect(verb))
    count = count_of(before(verb), last=True) if passive else count_of(after(verb, _ENDS), last=False)
    victim = subject(verb) if passive else child(verb, "obj")
    if count is None and victim is not None:
        count = 1 if _is_one(victim) else _own_count(victim)
    return count + _companions(verb) if count == 1 and passive else count


def _own_count(noun: Token) -> int | None:
    """The numeral that hangs on a noun, however far it stands from the word of harm."""
    numeral = child(noun, "nummod")
    return None if numeral is None else count_of(list(noun.doc[numeral.left_edge.i : numeral.i + 2]), last=False)


def _companions(verb: Token) -> int:
    """Those who died with somebody: *killed with her son* (1), *died alongside his two brothers* (2)."""
    phrases = [p for c in (verb, *children(verb, "obl")) for p in children(c, "obl", "nmod")]
    for phrase in phrases:
        owned = any(c.lower_ in ("his", "her", "their") for c in children(phrase, "nmod"))
        if owned and case_of(phrase) in ("with", "alongside", "together with", "along with"):
            return _own_count(phrase) or (1 if _is_one(phrase) else 0)
    return 0


def _is_active_perfect(verb: Token) -> bool:
    auxiliaries = [t.lemma_ for t in window(verb, -4, 0) if t.pos_ == "AUX"]
    return "have" in auxiliaries and "be" not in auxiliaries


def _is_lumped(verb: Token, lemma: str) -> bool:
    """Whether killed and injured share one number: *killed or wounded 30*."""
    pair = _KILL if lemma in _WOUND else _WOUND
    sides = [t.lower_ for t in window(verb, 1, 3)], [t.lower_ for t in window(verb, -2, 0)][::-1]
    return any(len(side) == 2 and side[0] in ("or", "and") and _FORMS.get(side[1]) in pair for side in sides)


def _dead(word: Token) -> int | None:
    """*at least 14 dead*; *shot dead three men*; *three men were shot dead*."""
    count = count_of(before(word), last=True)
    verb = word.nbor(-1) if word.i else word
    if count is not None or verb.lemma_ not in _MEANS:
        return count
    follows = None if verb.tag_ == "VBN" and not _is_active_perfect(verb) else count_of(after(word, _ENDS), last=False)
    return follows if follows is not None else count_of(before(verb), last=True)


def _harm_told(noun: Token) -> int | None:
    """*12 deaths*, *no injuries or deaths*, *the deaths of two men*, *the death of a journalist*, *Ana’s killing*."""
    count = count_of(before(noun), last=True)
    if count is not None:
        return count
    if relation(noun) == "conj" and noun.head.lemma_ in _DEAD_NOUNS | _HURT_NOUNS:
        return count_of(before(noun.head), last=True)
    victim = child(noun, "nmod")
    if victim is None or (victim.i > noun.i and case_of(victim) != "of"):
        return None
    return _counted_after(noun) or (1 if noun.tag_ == "NN" and _is_one(victim) else None)


def _counted_after(noun: Token) -> int | None:
    """The count in the *of* phrase of a noun: *the lives of 12 people*."""
    if noun.i + 1 >= len(noun.doc) or noun.nbor().lower_ != "of":
        return None
    return count_of(after(noun.nbor(), _ENDS), last=False)


_CROWDS = frozenset("family group number crowd team unit convoy staff force army police community people".split())
_VAGUE = frozenset(
    "scores dozens hundreds thousands tens several many more most some few lot others they them we us it".split()
)


def _is_one(noun: Token) -> bool:
    """Whether a noun phrase without a numeral is one person: a name, or a singular that is not a crowd."""
    if noun.lower_ in _VAGUE or noun.lemma_.lower() in _CROWDS or any(True for _ in children(noun, "conj")):
        return False
    if noun.tag_ == "NNP":
        return noun.ent_type_ == "PERSON"
    return noun.tag_ == "NN"
