"""Which country a place name belongs to, from the tables that ship with the package, loaded at first use."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_TABLE = "places.tsv"


def country_of(place: str) -> str | None:
    """The country of a town, province or country by its name, ISO 3166 alpha-3; ``None`` for an unknown one.

    Of places that share a name it is the most populous one's.
    """
    key = _key(place)
    found = _towns().get(key) or _countries().get(key)
    return found or _provinces().get(key)


def is_town(name: str) -> bool:
    """Whether a name is that of a town of 15,000 people or more, and of no country."""
    key = _key(name)
    return key in _towns() and key not in _countries()


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[‘’ʻʼ`´'-]", " ", letters).casefold().strip().removeprefix("the ")


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    text = (files("dragoman.knowledge") / "core" / _TABLE).read_text(encoding="utf-8")
    return tuple(
        (name, country, kind)
        for line in text.splitlines()
        if line[:1] != "#"
        for name, country, kind in [line.split("\t")]
    )


@cache
def _towns() -> dict[str, str]:
    return {_key(name): country for name, country, kind in reversed(_table()) if kind == "T"}


@cache
def _countries() -> dict[str, str]:
    return {_key(name): country for name, country, kind in _table() if kind == "C"}


@cache
def _provinces() -> dict[str, str]:
    """First-level provinces; a name that two countries use is left out."""
    return {_key(name): country for name, country, kind in _table() if kind == "P"}
