"""Country codes told from each other: ISO 3166 alpha-2, alpha-3, and English names (CLDR's tables, through babel)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.core import get_global

_ALONE = {"XKX": "XK"}
"""Kosovo has no code of ISO's own."""


@lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    """Alpha-2 by alpha-3; CLDR keeps the latter as other spellings of the former."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    pairs = {code: to[0] for code, to in aliases.items() if len(code) == 3 and code.isalpha() and len(to) == 1}
    return {**{three: two for three, two in pairs.items() if len(two) == 2 and two.isalpha()}, **_ALONE}


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    found: dict[str, str] = {}
    for three, two in sorted(_alpha2().items()):
        if _is_current(three, two):
            found[two] = three
    return found


def _is_current(three: str, two: str) -> bool:
    """CLDR also has codes that are no more (``ZAR`` for Congo, ``BUR`` for Myanmar) and ones of its own (``QMM``)."""
    return (three not in _WITHDRAWN and not three.startswith("Q")) or three == "QAT"


_WITHDRAWN = frozenset(
    {"ANT", "BUR", "CSK", "DDR", "FXX", "NTZ", "PUS", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"}
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    territories = Locale("en").territories
    return {str(territories[two]).casefold(): three for two, three in _alpha3().items() if two in territories}


def alpha2(code: str) -> str | None:
    """The alpha-2 code (capitals) of an alpha-3 one, if there is one."""
    return _alpha2().get(code.upper())


def name_of(code: str) -> str | None:
    """The English name of the country with this alpha-3 code, if there is one."""
    name = Locale("en").territories.get(alpha2(code) or "")
    return None if name is None else str(name)


def alpha3(text: str) -> str | None:
    """The alpha-3 code that is meant by a code of either length or an English name, if any is."""
    word = text.strip()
    if len(word) == 2:
        return _alpha3().get(word.upper())
    if len(word) == 3 and word.upper() in _alpha3().values():
        return word.upper()
    return _names().get(word.casefold())
