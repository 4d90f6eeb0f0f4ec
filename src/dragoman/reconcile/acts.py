"""Words for acts: which two may stand for one happening (*arrest* and *detained*, *quake* and *earthquake*)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

_ENDINGS = tuple(
    "ations ation itions ition ements ement ments ment ings ing sions sion ions ion als al ers "
    "ies ied ed es e s y".split()
)
_LEAST = 4
"""Letters that a stem keeps."""
_SHARED = 5
"""Letters with which related words begin alike, at least (*acquire*, *acquisition*)."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, so that its forms compare equal; rough, and only good for comparing."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "ls" else word


def is_related(one: str, other: str) -> bool:
    """Whether two words are forms of one another or made from one another, by their letters."""
    if stem(one) == stem(other):
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _SHARED and shared >= 0.6 * max(len(one), len(other))


def is_alike(one: str, other: str) -> bool:
    """Whether two words are on one line of the table of acts."""
    return bool(_senses(one) & _senses(other))


def is_saying(word: str) -> bool:
    """Whether a word only tells that somebody says something (*said*, *statement*)."""
    return bool(_senses(word) & _senses("say"))


@lru_cache(maxsize=50_000)
def _senses(word: str) -> frozenset[int]:
    """The lines of the table that a word, in whatever form, stands on."""
    table = _table()
    return table.get(word) or table.get(stem(word)) or frozenset()


@cache
def _table() -> dict[str, frozenset[int]]:
    """Line numbers by word, and by stem for forms that are not listed."""
    found: dict[str, set[int]] = {}
    text = (files("dragoman.knowledge") / "core" / "acts.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for word in line.split("\t"):
                for form in (word, stem(word)):
                    found.setdefault(form, set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}
