"""Actors from a table: CSV whose header has ``name`` and ``kind``, and maybe ``aliases``, ``country``, ``sector``.

Cells may be parted by commas, semicolons or tabs; aliases in a cell by ``;`` (or ``|``). Countries are ISO codes of two
or three letters or English names, sectors are PLOVER's. Further columns are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import PackError
from dragoman.knowledge.countries import alpha3
from dragoman.knowledge.importers.entries import MAX_LINE, Entry, Found, clean_name, iter_lines
from dragoman.knowledge.schema import SECTORS
from dragoman.knowledge.source import clip, did_you_mean
from dragoman.record import ActorKind

COLUMNS = ("name", "kind", "aliases", "country", "sector")
REQUIRED = ("name", "kind")


def read_csv(path: Path) -> Found:
    """The actors of a table. Raises ``PackError`` for one without the columns that are needed."""
    found = Found()
    numbers: list[int] = []
    lines = _noting(iter_lines(path, found), numbers)
    first = next(lines, "")
    delimiter = max(",;\t", key=first.count)
    header = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    for name in REQUIRED:
        if name not in header:
            hint = did_you_mean(name, header)
            raise PackError(f"{path} has no column {name!r}; the first line names {', '.join(COLUMNS)}{hint}")
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    while True:
        begin = len(numbers)
        try:
            row = next(rows)
        except StopIteration:
            return found
        except csv.Error as error:
            found.set_aside(numbers[-1], f"not a row of a table: {error}")
            continue
        line = numbers[begin] if begin < len(numbers) else numbers[-1]
        if any(cell.strip() for cell in row):
            _take(found, line, dict(zip(header, row, strict=False)))


def _noting(lines: Iterator[tuple[int, str]], numbers: list[int]) -> Iterator[str]:
    """The lines, whose numbers are noted as they are taken: a row of a table may be several."""
    for number, line in lines:
        numbers.append(number)
        yield line


def _take(found: Found, line: int, cells: dict[str, str]) -> None:
    name, kind = clean_name(cells.get("name", "")), cells.get("kind", "").strip().casefold()
    if name is None:
        found.set_aside(line, "no name, or one of more than 200 characters")
        return
    if kind not in list(ActorKind):
        hint = did_you_mean(kind, list(ActorKind)) or f"; kinds are {', '.join(ActorKind)}"
        found.set_aside(line, f"unknown kind {clip(kind)} of {clip(name)}{hint}")
        return
    country, sector = cells.get("country", "").strip(), cells.get("sector", "").strip().upper()
    code = alpha3(country) if country else None
    if country and code is None:
        found.set_aside(
            line, f"unknown country {clip(country)} of {clip(name)}; write an ISO 3166 code or English name"
        )
        return
    if sector and sector not in SECTORS:
        found.set_aside(line, f"unknown sector {clip(sector)} of {clip(name)}; sectors are {', '.join(SECTORS)}")
        return
    aliases = [
        clean_name(alias) for alias in (cells.get("aliases") or "").replace("|", ";").split(";") if alias.strip()
    ]
    names = list(dict.fromkeys(alias for alias in aliases if alias and alias != name))
    key = f"state/{code}" if kind == ActorKind.STATE and code else None
    found.add(Entry(line, name, ActorKind(kind), names=names, country=code, sector=sector or None, key=key))
