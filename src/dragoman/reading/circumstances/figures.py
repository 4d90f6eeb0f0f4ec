"""How many were killed and injured, as told of one act.

A figure stands beside a word of harm: after an active verb (*killed at least 12*), before a passive one, a verb of
dying, an adjective or a noun (*12 people were killed*, *five dead*, *no deaths*). It is read off the words in their
order, since parsers are least sure about numerals; the tree only tells which words of harm go with the act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.reading.circumstances.numerals import parse_number
from dragoman.reading.syntax import child, children, relation, subject

_KILL = frozenset({"kill", "slay", "murder", "assassinate", "execute", "behead", "massacre", "slaughter", "lynch"})
_DIE = frozenset({"die", "perish", "drown"})
_WOUND = frozenset({"wound", "injure", "hurt", "maim"})
_DEAD_NOUNS = frozenset({"death", "fatality", "killing", "murder", "assassination"})
_HURT_NOUNS = frozenset({"injury"})
_HARM_VERBS = _KILL | _DIE | _WOUND
_FORMS = {
    form: verb
    for verb in _HARM_VERBS
    for stem in (verb, verb.removesuffix("e"))
    for form in (verb, f"{verb}s", f"{stem}ed", f"{stem}ing")
}
"""Inflected forms, for the lemmatizer knows few words of harm."""


def casualties(trigger: Token) -> tuple[int | None, int | None]:
    """The killed and the injured that the text tells of an act; ``None`` where it gives no number (*dozens*).

    Fires: *killing 12 and wounding 30* (12, 30); *two soldiers and a civilian died* (3); *at least 14 dead* (14).
    Not:   *killed or wounded 30* (neither number is told).
    """
    killed: int | None = None
    injured: int | None = None
    for word in _words_of_harm(trigger):
        dead, hurt = _toll(word)
        killed, injured = dead if killed is None else killed, hurt if injured is None else injured
    return killed, injured


# --- which words of harm go with an act

_DOWN = ("advcl", "acl", "conj", "xcomp", "parataxis", "appos", "obj", "nsubj", "obl", "nmod", "amod")
_UP = frozenset({"nsubj", "obl", "advcl", "nmod", "conj", "acl", "xcomp", "obj", "parataxis"})


def _words_of_harm(act: Token) -> Iterator[Token]:
    """The act and the words that hang together with it, nearest first: up to its verb, and two links down."""
    ring = [act]
    while relation(ring[-1]) in _UP and ring[-1].head != ring[-1]:
        ring.append(ring[-1].head)
        if ring[-1].pos_ in ("VERB", "AUX"):
            break
    seen: set[int] = set()
    for node in ring:
        for near in (node, *children(node, *_DOWN)):
            for word in (near, *children(near, *_DOWN)):
                if word.i not in seen:
                    seen.add(word.i)
                    yield word


# --- what one word of harm tells


def _toll(word: Token) -> tuple[int | None, int | None]:
    """The killed and the injured that one word of harm tells."""
    text = word.lower_
    lemma = _FORMS.get(text, word.lemma_.lower())
    if lemma in _HARM_VERBS and word.pos_ in ("VERB", "AUX"):
        count = None if _is_lumped(word, lemma) else _victims(word, lemma)
        return (None, count) if lemma in _WOUND else (count, None)
    if text in ("dead", "injured", "wounded"):
        count = _read(_before(word), last=True)
        return (count, None) if text == "dead" else (None, count)
    if lemma in _DEAD_NOUNS or lemma in _HURT_NOUNS:
        count = _harm_told(word)
        return (count, None) if lemma in _DEAD_NOUNS else (None, count)
    if text == "lives" and any(t.lemma_ in ("claim", "cost", "take") for t in _window(word, -8, 0)):
        return _read(_before(word), last=True), None
    if lemma == "toll":
        return _read(_window(word, 1, 9), last=False), None
    return None, None


def _victims(verb: Token, lemma: str) -> int | None:
    """How many a verb of harm befell: told before a passive or a dying, after an active."""
    passive = lemma in _DIE or (verb.tag_ == "VBN" and not _is_active_perfect(verb))
    count = _read(_before(verb), last=True) if passive else _read(_after(verb), last=False)
    if count is not None:
        return count
    victim = subject(verb) if passive else child(verb, "obj")
    return 1 if victim is not None and _is_one(victim) else None


def _is_active_perfect(verb: Token) -> bool:
    auxiliaries = [t.lemma_ for t in _window(verb, -4, 0) if t.pos_ == "AUX"]
    return "have" in auxiliaries and "be" not in auxiliaries


def _is_lumped(verb: Token, lemma: str) -> bool:
    """Whether killed and injured share one number: *killed or wounded 30*."""
    pair = _KILL if lemma in _WOUND else _WOUND
    sides = [t.lower_ for t in _window(verb, 1, 3)], [t.lower_ for t in _window(verb, -2, 0)][::-1]
    return any(len(side) == 2 and side[0] in ("or", "and") and _FORMS.get(side[1]) in pair for side in sides)


def _harm_told(noun: Token) -> int | None:
    """*12 deaths*, *no injuries or deaths*, *the death of a journalist*, *Khashoggi’s killing*."""
    count = _read(_before(noun), last=True)
    if count is not None:
        return count
    if relation(noun) == "conj" and noun.head.lemma_ in _DEAD_NOUNS | _HURT_NOUNS:
        return _read(_before(noun.head), last=True)
    victim = child(noun, "nmod")
    return 1 if victim is not None and noun.tag_ == "NN" and _is_one(victim) else None


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


# --- numbers in the order of words

_STOPS = frozenset(
    {
        ";",
        ":",
        "(",
        ")",
        "“",
        "”",
        '"',
        ".",
        "that",
        "when",
        "after",
        "while",
        "who",
        "which",
        "because",
        "including",
        "among",
    }
)
_BESIDE = frozenset("in on at near from during since by with after before for under of".split())
_UNITS = frozenset(
    "day days hour hours week weeks month months year years % percent per-cent kilometres miles km am pm".split()
)


def _window(word: Token, low: int, high: int) -> Sequence[Token]:
    """Tokens from ``low`` to ``high`` places beside a word, beyond its sentence too: parsers break those at numbers."""
    return list(word.doc[max(0, word.i + low) : max(0, min(len(word.doc), word.i + high))])


def _before(word: Token) -> list[Token]:
    """The phrase before a word of harm, back to the verb, mark or word of harm before it, without auxiliaries."""
    found: list[Token] = []
    for token in reversed(_window(word, -14, 0)):
        if token.pos_ == "AUX" or (token.pos_ == "ADV" and not found):
            continue
        if token.pos_ == "VERB" or token.lower_ in _STOPS or token.lower_ in ("dead", "injured", "wounded", ","):
            break
        found.append(token)
    return found[::-1]


def _after(verb: Token) -> list[Token]:
    """The phrase after an active verb of harm, up to the next verb or mark."""
    found: list[Token] = []
    for token in _window(verb, 1, 14):
        if (token.pos_ == "VERB" and token.tag_ != "VBN") or token.lower_ in _STOPS or token.lower_ in _FORMS:
            break
        found.append(token)
    return found


def _read(phrase: Sequence[Token], *, last: bool) -> int | None:
    """The count of a phrase, its coordinated parts summed: *two soldiers and a civilian*; ``None`` without a number.

    Of several counts that do not belong together, the first or the ``last``.
    """
    sums: list[float] = []
    i = 0
    while i < len(phrase):
        value, end = _number_at(phrase, i)
        led = phrase[i - 1].lower_ if i else ""
        if value is not None and led not in _BESIDE and (end == len(phrase) or phrase[end].lower_ not in _UNITS):
            if sums and led in ("and", ",", "plus"):
                sums[-1] += value
            else:
                sums.append(value)
        elif value is None and sums and led == "and" and phrase[i].lower_ in ("a", "an"):
            sums[-1] += 1
        i = max(end, i + 1)
    return round(sums[-1 if last else 0]) if sums else None


def _number_at(phrase: Sequence[Token], i: int) -> tuple[float | None, int]:
    """The number that begins at a place of a phrase, with the place after it; a bare article is none."""
    if phrase[i].lower_ in _NOBODY:
        return 0, i + 1
    end = i
    while end < len(phrase) and (
        phrase[end].like_num or parse_number(phrase[end].lower_) is not None or phrase[end].text == "-"
    ):
        end += 1
    while end > i and phrase[end - 1].lower_ in ("-", "a", "an"):
        end -= 1
    value = parse_number(" ".join(t.lower_ for t in phrase[i:end])) if end > i else None
    return value, max(end, i)


_NOBODY = frozenset({"no", "nobody", "none"})
