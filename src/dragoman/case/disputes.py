"""Disputes asked for: within occurrences, and between accounts of one state of affairs in one month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.asked import iso_date, one_of
from dragoman.case import schema
from dragoman.case.names import find_actors
from dragoman.case.occurrences import Wanted, disputes_within, growing
from dragoman.case.tellings import identities_of
from dragoman.case.text import fold
from dragoman.reconcile.disputes import SEPARATOR, opposed
from dragoman.record.occurrence import Account, Dispute, Matter

_BATCH = 100
_Sides = Mapping[str, Sequence[Any]]


def iter_disputes(conn: Connection, wanted: Wanted, matter: str | None = None) -> Iterator[Dispute]:
    """Disputes, the latest first: those within occurrences that are wanted, and opposed accounts, by month.

    ``wanted.actor`` chooses those that the actor has a part in. Raises ``UsageError`` at once for what cannot be.
    """
    if matter is not None:
        one_of(Matter, "matter", matter)
    if wanted.as_of is not None:
        iso_date(wanted.as_of)
    identities = _identities(conn, wanted.actor) if wanted.actor is not None else None
    both = merge(
        disputes_within(conn, wanted),
        _across(conn, wanted, identities),
        key=lambda one: one.day,
        reverse=True,
    )
    found = (one for one in both if matter is None or one.matter == matter)
    return islice(found, wanted.limit)


def _identities(conn: Connection, name: str) -> frozenset[str]:
    """The identities of an actor that a user names, as accounts have them."""
    actors, names = find_actors(conn, name)
    found = set(conn.execute(select(schema.actors.c.identity).where(schema.actors.c.id.in_(actors))).scalars())
    folded = conn.execute(select(schema.names.c.folded).where(schema.names.c.id.in_(names))).scalars()
    return frozenset(found | {f"~{one}" for one in folded} | {f"~{fold(name)}"})


def _across(conn: Connection, wanted: Wanted, identities: frozenset[str] | None) -> Iterator[Dispute]:
    columns = schema.opposed_accounts.c
    query = select(schema.opposed_accounts).order_by(columns.month.desc(), columns.key)
    if wanted.since is not None:
        query = query.where(columns.month >= wanted.since[:7])
    for bound in (wanted.until, wanted.as_of):
        if bound is not None:
            query = query.where(func.substr(columns.month, 1, len(bound)) <= bound)
    rows = conn.execute(query, execution_options={"yield_per": _BATCH})
    for batch in growing(rows, wanted.limit, _BATCH):
        states = [
            state for state in batch if identities is None or not identities.isdisjoint(state.key.split(SEPARATOR))
        ]
        accounts = _accounts(conn, [(state.key, state.month) for state in states], wanted.as_of)
        disputed = {state: sides for state, told in accounts.items() if (sides := opposed(told))}
        named = identities_of(conn, (row.pk for sides in disputed.values() for rows in sides.values() for row in rows))
        for (key, month), sides in disputed.items():
            yield _dispute(named, key, month, sides)


def _accounts(
    conn: Connection, states: Sequence[tuple[str, str]], as_of: str | None
) -> dict[tuple[str, str], dict[str, list[Any]]]:
    """The reports of these states of affairs (key and month) by what they tell."""
    columns, reports, documents = schema.accounts.c, schema.reports.c, schema.documents.c
    query = (
        select(
            columns.key,
            columns.month,
            columns.side,
            reports.pk,
            reports.id,
            reports.start,
            reports.end,
            documents.id.label("document"),
            documents.story,
            documents.teller,
        )
        .join(schema.reports, reports.pk == columns.report)
        .join(schema.documents, documents.pk == reports.document)
        .where(columns.key.in_([key for key, _ in states]), columns.month.in_({month for _, month in states}))
        .order_by(columns.side, documents.published, documents.id, reports.start)
    )
    if as_of is not None:
        query = query.where(func.substr(documents.published, 1, len(as_of)) <= as_of)
    found: dict[tuple[str, str], dict[str, list[Any]]] = {state: {} for state in states}
    for row in conn.execute(query):
        if (row.key, row.month) in found:
            found[row.key, row.month].setdefault(row.side, []).append(row)
    return found


def _dispute(identities: Mapping[int, Mapping[str, str]], key: str, month: str, sides: _Sides) -> Dispute:
    matter, *parts = key.split(SEPARATOR)
    named = _names(identities.get(row.pk, {}) for rows in sides.values() for row in rows)
    about = " · ".join(named.get(part, part.removeprefix("~")) for part in parts if part)
    accounts = tuple(
        Account(
            field=matter,
            value=side,
            reports=tuple(row.id for row in rows),
            documents=len({row.document for row in rows}),
            sources=len({row.teller or row.document for row in rows}),
        )
        for side, rows in sides.items()
    )
    return Dispute(Matter(matter), about, month, None, accounts)


def _names(identities: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """A name for each identity that reports have."""
    found: dict[str, str] = {}
    for names in identities:
        for name, identity in sorted(names.items()):
            found.setdefault(identity, name)
    return found
