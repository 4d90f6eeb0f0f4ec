"""Whether two place names can be of one place, by the gazetteer that reading uses."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from dragoman.knowledge.atlas import country_of, is_town


class Place(StrEnum):
    """How the places of two tellings stand to each other."""

    SAME = "same place"
    WITHIN = "one place within the other"
    NEAR = "two places of one country"
    APART = "places in different countries"
    UNKNOWN = ""


@lru_cache(maxsize=50_000)
def compare_places(one: tuple[str, ...], other: tuple[str, ...]) -> Place:
    """The closest that any place of one comes to any of the other; unknown names are only ever the same or unknown."""
    found = [_compare(a, b) for a in one for b in other]
    order = (Place.SAME, Place.WITHIN, Place.UNKNOWN, Place.NEAR, Place.APART)
    return min(found, key=order.index, default=Place.UNKNOWN)


def _compare(one: str, other: str) -> Place:
    a, b = " ".join(one.casefold().split()), " ".join(other.casefold().split())
    if a.removeprefix("the ") == b.removeprefix("the "):
        return Place.SAME
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return Place.WITHIN  # the narrower name spells the wider one: Barmal district of Paktika
    first, second = country_of(one), country_of(other)
    if first is None or second is None:
        return Place.UNKNOWN
    if first != second:
        return Place.APART
    return Place.NEAR if is_town(one) == is_town(other) else Place.WITHIN
