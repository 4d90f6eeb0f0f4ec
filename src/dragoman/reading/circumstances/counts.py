"""How many a phrase counts, read off its words in their order, since parsers are least sure about numerals."""

from __future__ import annotations

import calendar
from collections.abc import Sequence

from dragoman.reading.circumstances.numerals import parse_number
from dragoman.reading.words import Token

_STOPS = frozenset('; : ( ) “ ” " . that when after while who which because'.split())
_ADDS_NOTHING = frozenset({"including", "among"})
"""Words that lead to a part of those counted already: *14 people, including three children*."""
_BESIDE = frozenset("in on at near from during since by with after before for under of".split())
_SUMMED = frozenset({"total", "family", "group", "crew", "team", "convoy"})
"""Nouns whose *of* phrase tells how many they are: *a total of 38*, *a family of five*."""
_UNITS = frozenset(
    "day days hour hours week weeks month months year years % percent per-cent kilometres miles km am pm".split()
)
_MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name)
_OUTCOMES = frozenset({"dead", "injured", "wounded"})
_NOBODY = frozenset({"no", "nobody", "none"})
_LONGEST = 14


def window(word: Token, low: int, high: int) -> Sequence[Token]:
    """Tokens from ``low`` to ``high`` places beside a word, beyond its sentence too: parsers break those at numbers."""
    return list(word.doc[max(0, word.i + low) : max(0, min(len(word.doc), word.i + high))])


def before(word: Token) -> list[Token]:
    """The phrase before a word of harm, back to the verb, mark or word of harm before it, without auxiliaries.

    What stands between commas is passed over: *14 people, including three children, were killed*.
    """
    found: list[Token] = []
    inserted = False
    for token in reversed(window(word, -_LONGEST, 0)):
        if token.pos_ == "AUX" or (token.pos_ == "ADV" and not found):
            continue
        if token.lower_ in _ADDS_NOTHING:
            found, inserted = [], False
        elif token.text == "," and not found:
            inserted = True
        elif token.pos_ == "VERB" or token.lower_ in _STOPS or token.lower_ in _OUTCOMES or token.text == ",":
            break
        else:
            found.append(token)
    # "the sergeant, 45, was killed"
    return [] if inserted and not any(t.pos_ in ("NOUN", "PROPN") for t in found) else found[::-1]


def after(verb: Token, ends: frozenset[str]) -> list[Token]:
    """The phrase after an active verb of harm, up to the next verb or mark or one of the words ``ends``."""
    found: list[Token] = []
    for token in window(verb, 1, _LONGEST):
        if (token.pos_ == "VERB" and token.tag_ != "VBN") or token.lower_ in _STOPS | _ADDS_NOTHING | ends:
            break
        found.append(token)
    return found


def count_of(phrase: Sequence[Token], *, last: bool) -> int | None:
    """The count of a phrase, its coordinated parts summed: *two soldiers and a civilian*; ``None`` without a number.

    Of several counts that do not belong together, the first or the ``last``.
    """
    sums: list[float] = []
    i = 0
    while i < len(phrase):
        value, end = _number_at(phrase, i)
        led = phrase[i - 1].lower_ if i else ""
        if value is not None and _counts(phrase, i, end):
            if sums and led in ("and", ",", "plus") and not _is_span(phrase, i):
                sums[-1] += value
            elif not (sums and _is_span(phrase, i)):
                sums.append(value)
        elif value is None and sums and led == "and" and phrase[i].lower_ in ("a", "an"):
            sums[-1] += 1
        i = max(end, i + 1)
    return round(sums[-1 if last else 0]) if sums else None


def _counts(phrase: Sequence[Token], start: int, end: int) -> bool:
    """Whether a number counts those harmed: not *in 2019*, *three days*, *a 12-year-old*; but *a total of 38*."""
    led = phrase[start - 1].lower_ if start else ""
    if led in _MONTHS:
        return False
    if led in _BESIDE and not (led == "of" and start > 1 and phrase[start - 2].lower_ in _SUMMED):
        return False
    following = [t.lower_ for t in phrase[end : end + 2]]
    if following[:1] == ["-"]:
        following = following[1:]
    return not (following and following[0].partition("-")[0] in _UNITS)


def _is_span(phrase: Sequence[Token], i: int) -> bool:
    """Whether a number is the upper end of *20 to 30* or *between 20 and 30*: the lower one is told for sure."""
    led = [t.lower_ for t in phrase[max(0, i - 3) : i]]
    return led[-1:] == ["to"] or (len(led) == 3 and led[0] == "between" and led[2] == "and")


def _number_at(phrase: Sequence[Token], i: int) -> tuple[float | None, int]:
    """The number that begins at a place of a phrase, with the place after it; a bare article is none."""
    if phrase[i].lower_ in _NOBODY:
        return 0, i + 1
    end = i
    while end < len(phrase) and (
        phrase[end].like_num or parse_number(phrase[end].lower_) is not None or _is_joint(phrase, end)
    ):
        end += 1
    while end > i and phrase[end - 1].lower_ in ("-", "a", "an"):
        end -= 1
    if end == i and phrase[i].lower_ == "another" and not (i + 1 < len(phrase) and phrase[i + 1].like_num):
        return 1, i + 1
    value = parse_number(" ".join(t.lower_ for t in phrase[i:end])) if end > i else None
    return value, max(end, i)


def _is_joint(phrase: Sequence[Token], i: int) -> bool:
    """Whether a hyphen joins two parts of a number: *twenty-five*, not *March 4 - Fifteen people*."""
    return phrase[i].text == "-" and i > 0 and not phrase[i - 1].whitespace_
