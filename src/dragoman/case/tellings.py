"""Tellings of the reports in a case, and how they are kept beside them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from dragoman.case import schema
from dragoman.case.names import among, chunks, whole_actor
from dragoman.case.reports import hydrate
from dragoman.case.text import fold
from dragoman.reconcile.tellings import UNNAMED, Days, Telling, is_named, telling_of
from dragoman.record import Event, EventType, Kind, Standing

_SETS = ("source", "target", "around", "near")


def to_json(telling: Telling) -> str:
    """A telling in few characters: what is empty is left out."""
    row: dict[str, object] = {
        "id": telling.id,
        "document": telling.document,
        "start": telling.start,
        "published": telling.published,
        "word": telling.word,
        "type": telling.type,
        "days": [telling.days.first, telling.days.last, int(telling.days.told)] if telling.days else None,
        "places": list(telling.places),
        "killed": telling.killed,
        "injured": telling.injured,
        "standing": telling.standing,
    }
    row |= {name: sorted(getattr(telling, name)) for name in _SETS}
    kept = {name: value for name, value in row.items() if value not in (None, "", [])}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=5_000)
def from_json(text: str) -> Telling:
    """The telling that ``to_json`` wrote; of a month that many documents tell of, each meets the same ones."""
    row = json.loads(text)
    days = row.get("days")
    return Telling(
        id=row["id"],
        document=row["document"],
        start=row["start"],
        published=row.get("published"),
        word=row.get("word", ""),
        type=EventType(row["type"]),
        days=Days(days[0], days[1], bool(days[2])) if days else None,
        places=tuple(row.get("places", ())),
        killed=row.get("killed"),
        injured=row.get("injured"),
        standing=Standing(row["standing"]),
        source=frozenset(row.get("source", ())),
        target=frozenset(row.get("target", ())),
        around=frozenset(row.get("around", ())),
        near=frozenset(row.get("near", ())),
    )


def load_tellings(conn: Connection, reports: Collection[int]) -> dict[int, Telling]:
    """The tellings of those of these reports (row ids) that are events and not rejected."""
    found: dict[int, Telling] = {}
    for chunk in chunks(sorted(reports)):
        keys = conn.execute(_EVENTS, {"keys": chunk}).scalars().all()
        identities = identities_of(conn, keys)
        for pk, stored in zip(keys, hydrate(conn, keys), strict=True):
            if isinstance(stored.report, Event):
                identify = partial(_identify, identities.get(pk, {}))
                found[pk] = telling_of(stored.report, id=stored.id, published=stored.published, identify=identify)
    return found


def kept_tellings(conn: Connection, reports: Collection[int]) -> dict[int, Telling]:
    """The tellings that are kept of these reports (row ids)."""
    told = kept_values(conn, schema.occurrence_reports.c.telling, reports)
    return {pk: from_json(text) for pk, text in told.items()}


def kept_values(conn: Connection, column: ColumnElement[Any], reports: Collection[int]) -> dict[int, Any]:
    """What a column of ``occurrence_reports`` has of those of these reports (row ids) that are gathered."""
    return dict(conn.execute(_kept(column), {"keys": sorted(reports)}).all()) if reports else {}


@cache
def _kept(column: ColumnElement[Any]) -> Select[Any]:
    kept = schema.occurrence_reports.c
    return select(kept.report, column).where(among(kept.report))


def identities_of(conn: Connection, reports: Iterable[int]) -> dict[int, dict[str, str]]:
    """For each report the identity behind each of its names: that of the actor, as decided; a body that serves a
    state stands for the state."""
    found: dict[int, dict[str, str]] = {}
    for report, name, identity, of, country in conn.execute(_IDENTITIES, {"keys": list(reports)}):
        found.setdefault(report, {})[name] = _served(of, country) or identity
    return found


def _identities() -> Select[Any]:
    people, names, rows, cast = (
        schema.participants.c,
        schema.names.c,
        schema.reports.c,
        schema.document_actors.c,
    )
    return (
        select(people.report, names.name, schema.actors.c.identity, cast.of, cast.country)
        .join(schema.names, names.id == people.name)
        .join(schema.reports, rows.pk == people.report)
        .join(schema.actors, schema.actors.c.id == whole_actor(people.actor))
        .outerjoin(schema.document_actors, (cast.document == rows.document) & (cast.actor == people.actor))
        .where(among(people.report))
    )


_EVENTS = select(schema.details[Kind.EVENT].c.report).where(among(schema.details[Kind.EVENT].c.report))
_IDENTITIES = _identities()


def _identify(identities: Mapping[str, str], name: str) -> str:
    """The identity behind a name; a name that is no actor's stands for itself, and what is no name is marked as such
    unless a person has said who it is."""
    own = "~" + fold(name)
    identity = identities.get(name, own)
    return identity if identity != own or is_named(name) else UNNAMED + own[1:]


def _served(of: str | None, country: str | None) -> str | None:
    """The state that a body is ``of``, by its country where that is known."""
    if of is None:
        return None
    return f"state/{country}" if country else "~" + fold(of)
