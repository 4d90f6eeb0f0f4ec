"""The reports of an occurrence as summing up needs them, with one name for each actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dragoman.case import schema
from dragoman.case.names import among, whole_actor
from dragoman.case.rows import VOICE
from dragoman.reconcile.summary import Witness
from dragoman.record import DateRange, Kind, Standing

_Person = tuple[str, str, int | None]
"""Role, name, and the row id of the actor, if it is one."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """The reports of one occurrence in order, and the actors' row ids by the names that are used for them."""

    witnesses: tuple[Witness, ...]
    actors: Mapping[str, int]


def load_testimonies(conn: Connection, groups: Sequence[Sequence[int]]) -> list[Testimony]:
    """For each group of reports (row ids) their testimony, in few queries for all of them."""
    keys = [pk for group in groups for pk in group]
    rows, people = _rows(conn, keys), _people(conn, keys)
    return [_testimony(group, rows, people) for group in groups]


def load_testimony(conn: Connection, group: Sequence[int]) -> Testimony:
    """That of one group."""
    (found,) = load_testimonies(conn, [group])
    return found


def _rows(conn: Connection, keys: Sequence[int]) -> dict[int, Any]:
    return {row.pk: row for row in conn.execute(_WITNESSES, {"keys": list(keys)})}


def _witnesses() -> Select[Any]:
    reports, events, documents = schema.reports.c, schema.details[Kind.EVENT].c, schema.documents.c
    return (
        select(
            reports.pk,
            reports.id,
            documents.id.label("document"),
            reports.start,
            reports.end,
            documents.story,
            func.coalesce(documents.teller, "~" + documents.id).label("teller"),
            documents.published,
            reports.standing,
            reports.date_from,
            reports.date_to,
            events.type,
            events.place,
            events.killed,
            events.injured,
        )
        .join(schema.details[Kind.EVENT], events.report == reports.pk)
        .join(schema.documents, documents.pk == reports.document)
        .where(among(reports.pk))
    )


def _testimony(group: Sequence[int], rows: Mapping[int, Any], people: Mapping[int, Sequence[_Person]]) -> Testimony:
    called = _usual_names([people.get(pk, ()) for pk in group])
    witnesses = []
    for pk in group:
        row = rows[pk]
        named = [(role, called[actor] if actor else name) for role, name, actor in people.get(pk, ())]
        witnesses.append(
            Witness(
                id=row.id,
                document=row.document,
                start=row.start,
                end=row.end,
                story=row.story,
                teller=row.teller,
                published=row.published,
                type=row.type,
                standing=Standing(row.standing),
                voice=tuple(name for role, name in named if role == VOICE),
                date=DateRange(row.date_from, row.date_to) if row.date_from or row.date_to else None,
                place=row.place,
                killed=row.killed,
                injured=row.injured,
                people=tuple((role, name) for role, name in named if role != VOICE),
            )
        )
    return Testimony(tuple(witnesses), {name: actor for actor, name in called.items()})


def _people(conn: Connection, reports: Sequence[int]) -> dict[int, list[_Person]]:
    found: dict[int, list[_Person]] = {}
    for report, role, name, actor in conn.execute(_TAKING_PART, {"keys": list(reports)}):
        found.setdefault(report, []).append((role, name, actor))
    return found


def _taking_part() -> Select[Any]:
    people, names = schema.participants.c, schema.names.c
    return (
        select(people.report, people.role, names.name, whole_actor(people.actor))
        .join(schema.names, names.id == people.name)
        .where(among(people.report))
        .order_by(people.report, people.role, people.position)
    )


_WITNESSES, _TAKING_PART = _witnesses(), _taking_part()


def _usual_names(groups: Iterable[Iterable[_Person]]) -> dict[int, str]:
    """For each actor the name that most of the reports have, of several the first in the alphabet."""
    counts: dict[int, Counter[str]] = {}
    for rows in groups:
        for _, name, actor in rows:
            if actor is not None:
                counts.setdefault(actor, Counter())[name] += 1
    return {actor: min(names, key=lambda name: (-names[name], name)) for actor, names in counts.items()}
