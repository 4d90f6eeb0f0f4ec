"""Where things happened: places by the number of occurrences, drawn on the outlines of the countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from html import escape
from importlib import resources
from math import sqrt
from typing import Any

from dragoman.case import Case, PlaceCount
from dragoman.case.text import mend_for_xml
from dragoman.desk.charts import BAR, MEDIA, PAPER, WORDS, Picture, draw_svg
from dragoman.desk.pages import Download, Page, Row
from dragoman.knowledge.atlas import Place, place_of
from dragoman.record import EventType

_MOST = 500
_LETTER, _LINE = 0.0075, 0.016
"""How wide a letter and how high a line is, as a share of the width."""
LARGER = 2.4
"""So many times larger are spots and names on a phone; the style sheet has it too."""
_LEAST_WIDE = 24.0
"""Degrees that the drawing is wide at least: the outlines are coarse."""
_BORDER = 1.25
_WIDTH = 1000
"""Of the map as a picture."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is drawn: a country's is in its middle. ``size`` is in degrees; ``named`` spots have their name,
    those that are so ``widely`` even where names are as large as a phone needs them."""

    count: PlaceCount
    place: Place
    size: float
    named: bool
    widely: bool


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
    larger: float = LARGER


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
    most = max((one.number for one, _ in known), default=1)
    names, large = _Names(frame), _Names(frame, LARGER)
    for one, place in known:
        size = frame.width * (0.004 + 0.016 * sqrt(one.number / most))
        named = names.fits(one.place or "", place, size)
        yield Spot(one, place, round(size, 3), named, named and large.fits(one.place or "", place, size))


class _Names:
    """Names as they are written beside their places, so many times larger: none runs into one before it or is cut."""

    def __init__(self, frame: Frame, times: float = 1) -> None:
        self.end, self.width, self.times = frame.left + frame.width, frame.width * times, times
        self.taken: list[tuple[float, float, float]] = []

    def fits(self, name: str, place: Place, size: float) -> bool:
        """Whether there is room for a name; it then is taken."""
        left, y = (place.lon or 0) - size * self.times, place.lat or 0
        right = left + 2 * size * self.times + len(name) * self.width * _LETTER
        free = right < self.end and all(
            abs(y - other) > self.width * _LINE or right < a or left > b for a, b, other in self.taken
        )
        if free:
            self.taken.append((left, right, y))
        return free


def _frame(places: Sequence[Place]) -> Frame:
    """What holds these places, twice as wide as high and within the world."""
    lats, lons = [p.lat or 0 for p in places], [p.lon or 0 for p in places]
    wide = max((max(lons) - min(lons)) * _BORDER, (max(lats) - min(lats)) * _BORDER * 2, _LEAST_WIDE)
    width = min(wide, 360)
    left = (max(lons) + min(lons) - width) / 2
    top = -(max(lats) + min(lats) + width / 2) / 2
    left, top = min(max(left, -180), 180 - width), min(max(top, -90), 90 - width / 2)
    return Frame(round(left, 2), round(top, 2), round(width, 2), round(width / 2, 2))


def _picture(form: Picture) -> Download:
    @wraps(map)
    def build(case: Case, **asked: Any) -> bytes:
        return draw_svg(mend_for_xml(_drawn(map(case, **asked))), form)

    return Download(f"/map.{form}", MEDIA[form], build, f"map.{form}")


def _drawn(found: Map) -> str:
    """The map by itself, on a ground of its own."""
    world = (resources.files("dragoman.desk") / "static" / "world.svg").read_text(encoding="utf-8")
    outlines = world.partition(">")[2].rpartition("</svg>")[0]  # it is drawn in degrees, too
    frame, spots = found.frame, "".join(_spot(spot) for spot in found.spots)
    step = frame.width / 300
    names = "".join(
        f'<text x="{(spot.place.lon or 0) + spot.size + step:.3f}" y="{step - (spot.place.lat or 0):.3f}" '
        f'font-size="{frame.width / 80:.3f}">{escape(spot.count.place or "")}</text>'
        for spot in found.spots
        if spot.named
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_WIDTH // 2}" '
        f'viewBox="{frame.left} {frame.top} {frame.width} {frame.height}" font-family="system-ui, sans-serif">'
        f'<rect x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}" fill="{PAPER}"/>'
        f'{outlines}<g fill="{BAR}" fill-opacity=".7">{spots}</g>'
        f'<g fill="{WORDS}" paint-order="stroke" stroke="{PAPER}" stroke-width="{step:.3f}">{names}</g></svg>'
    )


def _spot(spot: Spot) -> str:
    x, y, size = spot.place.lon or 0, -(spot.place.lat or 0), spot.size
    told = f"<title>{escape(spot.count.place or '')}: {spot.count.number}</title>"
    if spot.place.kind == "T":
        return f'<circle cx="{x}" cy="{y}" r="{size}">{told}</circle>'
    return f'<rect x="{x - size:.3f}" y="{y - size:.3f}" width="{2 * size}" height="{2 * size}">{told}</rect>'


def rows(found: Map) -> Iterator[Row]:
    """The places as flat rows."""
    for spot in found.spots:
        yield {**_row(spot.count), "country": spot.place.country, "lat": spot.place.lat, "lon": spot.place.lon}
    for one in found.elsewhere:
        yield {**_row(one), "country": "", "lat": None, "lon": None}


def _row(one: PlaceCount) -> dict[str, object]:
    types = "; ".join(f"{type} {number}" for type, number in one.types.items())
    return {"place": one.place, "occurrences": one.number, "types": types}


DOWNLOADS = (_picture("svg"), _picture("png"))
PAGES = (Page("/map", "map.html", map, menu="Map", rows=rows),)
