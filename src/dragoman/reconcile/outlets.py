"""Outlets that go by several names and may be one source: proposals with reasons and scores, for a person to decide.

One article names its outlet, of another only the page's address is known. Two names are looked at together where they
share a key: all their letters, their initials, what is left without words like *News*, the site's own label.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from dragoman.reconcile.names import initials
from dragoman.record.words import plural

_HOST = re.compile(r"[\w-]+(\.[\w-]+)+\Z")
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"\A(the|a|an)\s+", re.IGNORECASE)
_UNTELLING = frozenset("www co com org net gov ac edu en eng english m amp".split())
"""Labels of an address that are no site's own."""
_GENERIC = frozenset("news press agency newspaper magazine online tv channel network website".split())
"""Words that an outlet's name may have or lack."""
_CROWD = 20
"""Outlets under one key beyond which it tells nothing."""
_SHORT = 3
"""Letters from which initials, or a name without its general words, tell anything."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of a case: every spelling of its name, and how many of its documents are at which site."""

    key: str
    names: tuple[str, ...]
    sites: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two outlets (their keys) that may be one, how surely (0–1, not a probability), and why."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


def is_site(name: str) -> bool:
    """Whether an outlet's name is a page's address rather than a name: *norda-wire.example*."""
    return _HOST.match(name) is not None


def propose_outlets(outlets: Iterable[Outlet]) -> tuple[Alike, ...]:
    """Pairs of outlets that may be one, the surest first.

    Fires: "Norda Wire" and "norda-wire.example"; "Khaama Press" and "khaama.com"; "TOLOnews" and "Tolo News".
    Not: "Kabul Times" and "Khyber Times"; "Ariana News" and "Ariana Press".
    """
    known = {outlet.key: outlet for outlet in outlets}
    forms = {key: {form: what for form, what in _forms(outlet) if form} for key, outlet in known.items()}
    sharing: dict[str, set[str]] = {}
    for key, own in forms.items():
        for letters in own:
            sharing.setdefault(letters, set()).add(key)
    pairs = {pair for keys in sharing.values() if len(keys) <= _CROWD for pair in combinations(sorted(keys), 2)}
    found: list[Alike] = []
    for one, other in sorted(pairs):
        reasons = dict(_reasons(known[one], known[other], forms[one], forms[other]))
        if reasons:
            ordered = tuple(sorted(reasons, key=lambda reason: (-reasons[reason], reason)))
            found.append(Alike(one, other, max(reasons.values()), ordered))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other)))


def _forms(outlet: Outlet) -> Iterator[tuple[str, str]]:
    """The letters by which an outlet is found, the surest last, with what they are of it."""
    names = [name for name in outlet.names if not is_site(name)]
    sites = [name for name in outlet.names if is_site(name)]
    for name in names:
        if len(bare := _without_general(name)) >= _SHORT:
            yield bare, "core"
        yield from ((short, "initials") for short in initials(name) if len(short) >= _SHORT)
    for site in (*outlet.sites, *sites):
        yield _letters(site), "address"
    for site in sites:
        yield from ((label, "site") for label in _labels(site))
    for name in names:
        yield _letters(_ARTICLE.sub("", name)), "name"
        yield _letters(name), "name"


def _reasons(
    one: Outlet, other: Outlet, forms: Mapping[str, str], others: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    for named, site in ((one, other), (other, one)):
        for address in filter(is_site, site.names):
            if number := named.sites.get(address.casefold(), 0):
                yield f"{plural(number, 'document')} of {named.names[0]} at {address}", 0.95
    shared = {frozenset((forms[letters], others[letters])) for letters in forms.keys() & others.keys()}
    yield from [(why, score) for both, why, score in _SHARED if both in shared][:1]


_SHARED: tuple[tuple[frozenset[str], str, float], ...] = (
    (frozenset(("name", "site")), "the site is called as the outlet", 0.9),
    (frozenset(("name", "address")), "the site's address is the outlet's name", 0.9),
    (frozenset(("name",)), "the same letters", 0.85),
    (frozenset(("initials", "site")), "the site is called by the outlet's initials", 0.7),
    (frozenset(("core", "site")), "the site is called as the outlet, but for words like News", 0.7),
    (frozenset(("initials", "name")), "one has the other's initials", 0.65),
    (frozenset(("core", "name")), "the same but for words like News", 0.6),
    (frozenset(("site",)), "the same site's name in two addresses", 0.6),
)
"""What it tells when the letters of one are also these of the other, the surest first."""


def _labels(site: str) -> Iterator[str]:
    """A site's own labels: those of its address without the last, and those that many share."""
    own = [_letters(label) for label in site.split(".")[:-1] if label.casefold() not in _UNTELLING | _GENERIC]
    yield from own
    if len(own) > 1:
        yield "".join(own)


def _without_general(name: str) -> str:
    words = [word for word in map(_letters, _WORD.findall(_ARTICLE.sub("", name))) if word]
    telling = [word for word in words if word not in _GENERIC]
    return "".join(telling) if len(telling) < len(words) else ""


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
