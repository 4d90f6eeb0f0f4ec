"""Which country a place name belongs to, from the tables that ship with the package, loaded at first use."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

_TABLE = "places.tsv"
_BLANKS = str.maketrans("-'‘’ʻʼ`´", " " * 8)


def country_of(place: str) -> str | None:
    """The country of a town, province or country by its name, ISO 3166 alpha-3; ``None`` for an unknown one.

    Of places that share a name it is the most populous one's.
    """
    key, table = _key(place), _countries_by_name()
    return next((table[kind][key] for kind in ("T", "C", "P") if key in table[kind]), None)


def is_town(name: str) -> bool:
    """Whether a name is that of a town of 15,000 people or more, and of no country."""
    key, table = _key(name), _countries_by_name()
    return key in table["T"] and key not in table["C"]


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return _plain_key("".join(c for c in decomposed if not unicodedata.combining(c))).strip().removeprefix("the ")


def _plain_key(name: str) -> str:
    return name.translate(_BLANKS).casefold()


@cache
def _countries_by_name() -> dict[str, dict[str, str]]:
    """Country codes by name, of towns (T), countries (C) and first-level provinces (P).

    The table's names are without accents already, and each stands once in its kind.
    """
    found: dict[str, dict[str, str]] = {"T": {}, "C": {}, "P": {}}
    text = (files("dragoman.knowledge") / "core" / _TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, country, kind = line.split("\t")
            found[kind].setdefault(_plain_key(name), country)
    return found
