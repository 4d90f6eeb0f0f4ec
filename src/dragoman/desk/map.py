"""Where things happened: places by the number of occurrences, drawn on the outlines of the countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from dragoman.case import Case, PlaceCount
from dragoman.desk.pages import Page, Row
from dragoman.knowledge.atlas import Place, place_of
from dragoman.record import EventType

_MOST = 500
_LETTER, _LINE = 0.0075, 0.016
"""How wide a letter and how high a line is, as a share of the width."""
_LEAST_WIDE = 24.0
"""Degrees that the drawing is wide at least: the outlines are coarse."""
_BORDER = 1.25


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is drawn: a country's is in its middle. ``size`` is in degrees, ``named`` spots have their name."""

    count: PlaceCount
    place: Place
    size: float
    named: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is shown, in degrees; north is negative, as in drawings."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Map:
    """Spots, and what is on none: ``elsewhere`` names no place known, ``nowhere`` counts occurrences without one."""

    spots: tuple[Spot, ...]
    elsewhere: tuple[PlaceCount, ...]
    nowhere: int
    frame: Frame
    types: tuple[str, ...] = tuple(EventType)


def map(
    case: Case,
    *,
    actor: str = "",
    type: str = "",
    since: str = "",
    until: str = "",
    as_of: str = "",
    view: str = "",
    limit: int = _MOST,
) -> Map:
    """Where the occurrences happened that meet every condition given; ``view=world`` shows all of it."""
    found = case.count_places(
        actor=actor or None, type=type or None, since=since or None, until=until or None, as_of=as_of or None
    )
    told = [one for one in found if one.place]
    places = [(one, place_of(one.place or "")) for one in told[: max(limit, 1)]]
    known = [(one, place) for one, place in places if place and place.lat is not None and place.lon is not None]
    frame = Frame(-180, -90, 360, 180) if view == "world" or not known else _frame([place for _, place in known])
    return Map(
        spots=tuple(_spots(known, frame)),
        elsewhere=tuple(one for one, place in places if not place or place.lat is None),
        nowhere=sum(one.number for one in found if not one.place),
        frame=frame,
    )


def _spots(known: Sequence[tuple[PlaceCount, Place]], frame: Frame) -> Iterator[Spot]:
    """Names are left out where they would run into that of a place with more."""
    most = max((one.number for one, _ in known), default=1)
    taken: list[tuple[float, float, float]] = []
    for one, place in known:
        size = frame.width * (0.004 + 0.016 * sqrt(one.number / most))
        left, y = (place.lon or 0) - size, place.lat or 0
        right = left + 2 * size + len(one.place or "") * frame.width * _LETTER
        free = all(abs(y - other) > frame.width * _LINE or right < a or left > b for a, b, other in taken)
        if free:
            taken.append((left, right, y))
        yield Spot(one, place, round(size, 3), free)


def _frame(places: Sequence[Place]) -> Frame:
    """What holds these places, twice as wide as high and within the world."""
    lats, lons = [p.lat or 0 for p in places], [p.lon or 0 for p in places]
    wide = max((max(lons) - min(lons)) * _BORDER, (max(lats) - min(lats)) * _BORDER * 2, _LEAST_WIDE)
    width = min(wide, 360)
    left = (max(lons) + min(lons) - width) / 2
    top = -(max(lats) + min(lats) + width / 2) / 2
    left, top = min(max(left, -180), 180 - width), min(max(top, -90), 90 - width / 2)
    return Frame(round(left, 2), round(top, 2), round(width, 2), round(width / 2, 2))


def rows(found: Map) -> Iterator[Row]:
    """The places as flat rows."""
    for spot in found.spots:
        yield {**_row(spot.count), "country": spot.place.country, "lat": spot.place.lat, "lon": spot.place.lon}
    for one in found.elsewhere:
        yield {**_row(one), "country": "", "lat": None, "lon": None}


def _row(one: PlaceCount) -> dict[str, object]:
    types = "; ".join(f"{type} {number}" for type, number in one.types.items())
    return {"place": one.place, "occurrences": one.number, "types": types}


PAGES = (Page("/map", "map.html", map, menu="Map", rows=rows),)
