"""Names of people and bodies made comparable: by sound, without titles and small words, by their initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_OF = re.compile(r"\s(?:of|for|in)\s")
_SMALL = frozenset("an and at by de du for in la le of on the to und".split())
_TITLES = frozenset(
    """mr mrs ms miss mister madame sir lord lady dame dr prof professor president premier chancellor minister secretary
    ambassador envoy governor mayor senator congressman congresswoman lawmaker speaker judge justice king queen prince
    princess sheikh shaikh sheik general gen colonel col maj captain capt lieutenant lt commander brigadier admiral
    marshal sergeant sgt mullah mulla mawlawi maulvi maulawi molavi maulana mufti imam ayatollah haji hajji qari ustad
    reverend rev bishop archbishop cardinal pope rabbi prime foreign defence defense interior deputy vice former special
    chief""".split()
)
"""What stands before a person's name, and what stands before that; not what is a given name too (*Sultan*, *Sayed*)."""
ACRONYM = re.compile(r"(?:[A-Z]|[A-Z][a-z]?[A-Z])[A-Z&-]{1,6}\Z")
"""A body's initials as they are written: *NRF*, *MoFA*."""
MEN = frozenset("mr sir lord king prince".split())
WOMEN = frozenset("mrs ms miss madame lady dame queen princess".split())
"""Titles that no woman, or no man, has."""
_GIVEN = """
    jim james, joe joseph, bill william, bob robert, mike michael, tom thomas, tony anthony antony, dick
    richard, dan daniel, ben benjamin, sam samuel, dave david, steve stephen steven, chris christopher, nick
    nicholas, alex alexander, andy andrew, matt matthew, pat patrick, ted edward, ken kenneth, liz elizabeth,
    kate katherine catherine, sue susan, greg gregory, jeff jeffrey, ron ronald, don donald, rob robert, will
    william, tim timothy, vlad vladimir
"""
SHORT_FORMS = frozenset((short, full) for short, *fulls in map(str.split, _GIVEN.split(",")) for full in fulls)
"""Given names and what they are short for, as English papers have both."""
_OF_A_STATE = frozenset("n an ian i ni stan istan ese y".split())
"""Ends by which a state's name and its adjective differ: *Iran*, *Iranian*; *Afghan*, *Afghanistan*."""
_PARTICLES = frozenset("al ad an ar as ash at az el ul ur bin ibn bint de van von der di da abu".split())
_SOUNDS = (
    *(("kh", "x"), ("gh", "g"), ("sh", "$"), ("ch", "$"), ("zh", "j"), ("dj", "j"), ("th", "t"), ("ph", "f")),
    *(("ck", "k"), ("dh", "d"), ("dz", "z"), ("ts", "s"), ("tz", "s"), ("q", "k"), ("c", "k"), ("w", "v")),
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("o", "u"), ("e", "i")),
)
"""Letters that one Arabic, Persian, Pashto or Cyrillic letter is written with; *kh* before *k*."""
_VOWELS = (
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "e"), ("ai", "e"), ("ay", "e"), ("ey", "e")),
    *(("y", "i"), ("o", "u")),
)


def is_titled(name: str) -> bool:
    """Whether a name is a title and a person's name: *Lawmaker Veldano*, not *Minister of Education*."""
    words = _WORD.findall(name)
    own = words[len(words) - len(_untitled(tuple(map(plain, words)))) :]
    return 0 < len(own) < len(words) and all(word[0].isupper() or plain(word) in _PARTICLES for word in own)


SHORTENED = 0.7
"""How well a given name fits what it is short for."""


def fit_given(one: str, other: str) -> float:
    """How well two given names fit: 1 the same, 0.8 sounding alike, 0.7 short for the other, 0.5 an initial, 0 not."""
    if len(one) == 1 or len(other) == 1:
        return 0.5 if one[0] == other[0] else 0.0
    if (one, other) in SHORT_FORMS or (other, one) in SHORT_FORMS:
        return SHORTENED
    return alike(one, other) or 0.0


def alike(one: str, other: str) -> float | None:
    """1 for the same word, 0.8 for two spellings of one sound; ``None`` else."""
    if one == other:
        return 1.0
    return 0.8 if sound(one) == sound(other) and _vowels_fit(one, other) else None


def is_same_of_state(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two bodies' names are the same words but that one has a state's name where the other has its adjective.

    Fires: "Norlandian Supreme Court", "Supreme Court of Norland", "Norland's Supreme Court". Not: "Norlandian court".
    """
    if not 1 < len(words) == len(others):
        return False
    pairs = [pair for pair in zip(sorted(words), sorted(others), strict=True) if pair[0] != pair[1]]
    return len(pairs) < len(words) and all(_is_of_state(*sorted(pair, key=len)) for pair in pairs)


def _is_of_state(short: str, long: str) -> bool:
    return len(short) > 3 and long.startswith(short) and long[len(short) :] in _OF_A_STATE


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A key that the usual Latin spellings of one name share: *Massoud* and *Masoud*, *Mohammad* and *Muhammad*.

    Consonants alone, each by what it sounds like, after the first letter; an end in *h* is silent.
    """
    letters = plain(word)
    for written, spoken in _SOUNDS:
        letters = letters.replace(written, spoken)
    if len(letters) > 2 and letters.endswith("h"):
        letters = letters[:-1]
    bare = letters[:1] + "".join(letter for letter in letters[1:] if letter not in "aiu")
    return re.sub(r"(.)\1+", r"\1", bare)


def _vowels_fit(one: str, other: str) -> bool:
    """Whether two words have the same vowels as far as spelling tells: *o* is *u*, *y* is *i*, *e* may be any.

    Fires: *Ahmad*, *Ahmed*; *Hussein*, *Husayn*. Not: *Karim*, *Karam*; *Karim*, *Karimi*.
    """
    vowels, others = _vowels(one), _vowels(other)
    return len(vowels) == len(others) and all(a == b or "e" in (a, b) for a, b in zip(vowels, others, strict=True))


@lru_cache(maxsize=200_000)
def _vowels(word: str) -> str:
    letters = plain(word).rstrip("h")
    for written, vowel in _VOWELS:
        letters = letters.replace(written, vowel)
    return re.sub(r"[^aeiu]", "", re.sub(r"([aeiu])\1+", r"\1", letters))


def plain(word: str) -> str:
    """Letters and digits alone, without case and accents."""
    folded = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


@lru_cache(maxsize=200_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell: without articles and particles (*al-*, *bin*), plain and small."""
    spaced = re.sub(r"['’`ʼʿ‘]", "", name)
    words = tuple(plain(word) for word in _WORD.findall(spaced))
    telling = tuple(word for word in words if word and word not in _SMALL and word not in _PARTICLES)
    return telling or words


def body_words(name: str) -> tuple[str, ...]:
    """The words of a body's name, with *Norland's* as *Norland*."""
    return name_words(_POSSESSIVE.sub("", name))


def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name, without titles before it."""
    return _untitled(name_words(name))


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    first = next((n for n, word in enumerate(words[:-1]) if word not in _TITLES), len(words) - 1)
    return words[first:]


def initials(name: str) -> tuple[str, ...]:
    """The acronyms that a name of several words may have: with and without its small words, and, of three letters or
    more, without of whom it is (*NRF*, *National Resistance Front of Afghanistan*)."""
    full, short = (
        [letters for word in _WORD.findall(part) if (letters := plain(word))] for part in (name, _OF.split(name)[0])
    )
    bare = [word for word in full if word not in _SMALL]
    forms = ("".join(word[0] for word in some) for some in (bare, full, short if len(short) > 2 else ()))
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))
