"""Make the outlines of the countries that the desk's map is drawn on, from Natural Earth as world-atlas hands it out.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/countries-110m.json    # writes src/dragoman/desk/static/world.svg

Natural Earth (naturalearthdata.com) is in the public domain; world-atlas 2.0.2 is under the ISC licence.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

_POLE = -80
"""Degrees beyond which a ring goes round the pole, and not back over the date line."""
OUTPUT = Path(__file__).parents[1] / "src/dragoman/desk/static/world.svg"
Ring = list[tuple[float, float]]
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-180 -90 360 180">
<!-- Natural Earth, public domain, through world-atlas 2.0.2; made by training/outlines.py -->
<path fill="#7d8790" fill-opacity=".28" stroke="#7d8790" stroke-opacity=".7" stroke-width=".12" d=\""""


def countries(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Each country by its numeric code, with the outer rings of its parts as longitude and latitude."""
    world = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, world["transform"]) for arc in world["arcs"]]
    for one in world["objects"]["countries"]["geometries"]:
        parts = one.get("arcs", []) if one.get("type") == "MultiPolygon" else [one.get("arcs", [[]])]
        yield str(one.get("id", "")), [_ring(part[0], arcs) for part in parts if part and part[0]]


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """An arc of TopoJSON: steps from point to point, on a grid."""
    (sx, sy), (dx, dy) = transform["scale"], transform["translate"]
    return [(x * sx + dx, y * sy + dy) for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])]


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    """Arcs end to end; a negative index means one the other way round."""
    points: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points if min(lat for _, lat in points) < _POLE else _whole(points)


def _whole(ring: Ring) -> Ring:
    """A ring that crosses the date line, in one piece: its longitudes go on beyond 180."""
    turns = [0, *(round((a[0] - b[0]) / 360) for a, b in pairwise(ring))]
    return [(lon + 360 * turn, lat) for (lon, lat), turn in zip(ring, accumulate(turns), strict=True)]


def middle(rings: list[Ring]) -> tuple[float, float]:
    """Longitude and latitude of the middle of a country's greatest part."""
    return max((_centre(ring) for ring in rings), key=lambda found: found[0])[1]


def _centre(ring: Ring) -> tuple[float, tuple[float, float]]:
    """The area of a ring and the centre of it."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not area:
        return 0.0, ring[0]
    return abs(area / 2), (x / (3 * area), y / (3 * area))


def main() -> None:
    """Write the picture; the argument is the file of countries."""
    rings = [ring for _, parts in countries(Path(sys.argv[1])) for ring in parts]
    beyond = [
        [(lon - turn, lat) for lon, lat in ring]
        for ring in rings
        for turn in (360, -360)
        if any(abs(lon - turn) < abs(turn / 2) for lon, _ in ring)
    ]
    path = "".join(f"M{'L'.join(f'{x:.1f} {-y:.1f}' for x, y in ring)}Z" for ring in rings + beyond)
    OUTPUT.write_text(f'{_HEAD}{path}"/>\n</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main()
