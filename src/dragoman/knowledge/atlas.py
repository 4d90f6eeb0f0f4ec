"""Which country a place name belongs to, and where it lies, from tables of the package, loaded at first use."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TABLE = "places.tsv"


@dataclass(frozen=True, slots=True)
class Place:
    """A town (``T``), country (``C``) or province (``P``) of a country, with the middle of it where that is known."""

    kind: str
    country: str
    lat: float | None
    lon: float | None


_BLANKS = str.maketrans("-'‘’ʻʼ`´", " " * 8)


def country_of(place: str) -> str | None:
    """The country of a town, province or country by its name, ISO 3166 alpha-3; ``None`` for an unknown one.

    Of places that share a name it is the most populous one's.
    """
    found = place_of(place)
    return found.country if found else None


def place_of(name: str) -> Place | None:
    """The town, else country, else province of this name; ``None`` for an unknown one."""
    key, table = _key(name), _places_by_name()
    return next((_place(kind, table[kind][key]) for kind in ("T", "C", "P") if key in table[kind]), None)


def _place(kind: str, row: str) -> Place:
    country, _, lat, lon = row.split("\t")
    return Place(kind, country, float(lat) if lat else None, float(lon) if lon else None)


def is_town(name: str) -> bool:
    """Whether a name is that of a town of 15,000 people or more, and of no country."""
    key, table = _key(name), _places_by_name()
    return key in table["T"] and key not in table["C"]


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return _plain_key("".join(c for c in decomposed if not unicodedata.combining(c))).strip().removeprefix("the ")


def _plain_key(name: str) -> str:
    return name.translate(_BLANKS).casefold()


@cache
def _places_by_name() -> dict[str, dict[str, str]]:
    """The rows of the table but for the name, by name, of towns (T), countries (C) and first-level provinces (P).

    The table's names are without accents already, and each stands once in its kind.
    """
    found: dict[str, dict[str, str]] = {"T": {}, "C": {}, "P": {}}
    text = (files("dragoman.knowledge") / "core" / _TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, row = line.partition("\t")
            found[row[4]].setdefault(_plain_key(name), row)  # after a code of three letters and a tab
    return found
