"""Links between reports that are likely of one happening: keys find the candidates, and each pair is judged once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from dragoman.case import schema
from dragoman.case.names import among, chunks
from dragoman.case.tellings import kept_tellings
from dragoman.reconcile.gathering import LINK
from dragoman.reconcile.likeness import reasons, weigh
from dragoman.reconcile.neighbours import Neighbours
from dragoman.reconcile.tellings import Telling

_PARTIES = 6
"""Parties of a report by which others are looked for: those of a summit need not all be paired."""
_PAD = 2
"""Days on either side of a telling's in whose months it is looked for, so that neighbours over a month's end meet."""
_LONG = 62
"""Days from which a date is so wide that only tellings of the very same dates are looked at."""


def link(conn: Connection, tellings: Mapping[int, Telling]) -> None:
    """Judge tellings that speak now with each other and with their candidates, and keep the links."""
    keys = [{"key": key, "report": pk} for pk, telling in tellings.items() for key in sorted(set(_keys(telling)))]
    if keys:
        conn.execute(_FILE, keys)
    near = _candidates(conn, tellings)
    rows: list[dict[str, Any]] = []
    for pk, found in near.items():
        for other, telling in found.items():
            if other in tellings and other <= pk:
                continue  # judged from the other side
            one, two = sorted((tellings[pk], telling), key=lambda t: t.id)
            score = weigh(one, two)
            if score is not None and score >= LINK:
                rows.append({"a": min(pk, other), "b": max(pk, other), "score": score, "why": list(reasons(one, two))})
    if rows:
        conn.execute(insert(schema.links), rows)


def silence(conn: Connection, reports: Collection[int]) -> None:
    """Take out the keys and links of these reports (row ids)."""
    if reports:
        for statement in _SILENCE:
            conn.execute(statement, {"keys": sorted(reports)})


_FILE = insert(schema.gathering_keys)
_SILENCE = (
    delete(schema.gathering_keys).where(among(schema.gathering_keys.c.report)),
    *(delete(schema.links).where(among(end)) for end in (schema.links.c.a, schema.links.c.b)),
)


def _candidates(conn: Connection, tellings: Mapping[int, Telling]) -> dict[int, dict[int, Telling]]:
    """For each telling those that share a key with it and may be of one happening by type and dates, itself too."""
    keys = schema.gathering_keys.c
    by_key: dict[str, list[int]] = {}
    for pk, telling in tellings.items():
        for key in set(_sought(telling)):
            # Its own kind of single key is for those with fewer parties, unless it has fewer itself.
            if "|2|" not in key or _has_few(telling):
                by_key.setdefault(key, []).append(pk)
    filed: dict[str, list[int]] = {}
    for chunk in chunks(sorted(by_key)):
        for key, report in conn.execute(select(keys.key, keys.report).where(keys.key.in_(chunk))):
            filed.setdefault(key, []).append(report)
    known = {**kept_tellings(conn, {pk for same in filed.values() for pk in same} - tellings.keys()), **tellings}
    found: dict[int, dict[int, Telling]] = {pk: {} for pk in tellings}
    for key, same in filed.items():
        neighbours = Neighbours((pk, known[pk]) for pk in same)
        for pk in by_key[key]:
            found[pk] |= {other: known[other] for other in neighbours.near(tellings[pk])}
    return found


def _has_few(telling: Telling) -> bool:
    return len(telling.parties | telling.around) < 2


def _keys(telling: Telling) -> Iterator[str]:
    """The keys under which a telling is kept; ``_sought`` are those under which its likes are looked for."""
    parties = sorted(telling.parties)
    both = (parties + sorted(telling.around - telling.parties))[:_PARTIES]
    few = "1" if len(both) < 2 else "2"
    for month in _months(telling):
        yield from (f"{month}|{a}|{b}" for a, b in combinations(sorted(both), 2))
        yield from (f"{month}|{few}|{telling.type}|{party}" for party in both)
        yield from (f"{month}|@|{telling.type}|{place.casefold()}" for place in telling.places)


def _sought(telling: Telling) -> Iterator[str]:
    """Two tellings with two parties each meet by a pair of parties; one with fewer meets all with one of its own."""
    for key in _keys(telling):
        yield key
        month, _, rest = key.partition("|")
        if rest.startswith("1|"):
            yield f"{month}|2|{rest[2:]}"
        elif rest.startswith("2|"):
            yield f"{month}|1|{rest[2:]}"


def _months(telling: Telling) -> list[str]:
    """Months, counted from the year 0, in which a telling is looked for; its very days where those are many."""
    days = telling.days
    if days is None:
        return ["?"]
    if days.width > _LONG:
        return [f"{days.first}-{days.last}"]
    ends = [date.fromordinal(min(max(day, 1), date.max.toordinal())) for day in (days.first - _PAD, days.last + _PAD)]
    first, last = (12 * end.year + end.month for end in ends)
    return [str(month) for month in range(first, last + 1)]
