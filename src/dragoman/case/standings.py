"""Accounts of states of affairs: who stands where, what holds between whom, by month, and which cannot both be so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.names import among, chunks
from dragoman.case.reports import hydrate
from dragoman.case.tellings import identities_of
from dragoman.reconcile.disputes import accounts, opposed
from dragoman.record import Kind, State

_KINDS = (Kind.POSITION, Kind.RELATION, Kind.STEP, Kind.COMMITMENT)

_Key = tuple[str, str]


def file_accounts(conn: Connection, reports: Collection[int]) -> None:
    """File what these reports (row ids) tell of states of affairs, in place of what was filed before.

    Undated documents are left out: nobody can say that they speak of one time.
    """
    touched: set[_Key] = set()
    for chunk in chunks(sorted(reports)):
        touched |= {(row.key, row.month) for row in conn.execute(_FILED, {"keys": chunk})}
        conn.execute(_FORGET, {"keys": chunk})
        if rows := list(_accounts(conn, chunk)):
            conn.execute(_FILE, rows)
            touched |= {(str(row["key"]), str(row["month"])) for row in rows}
    _compare(conn, touched)


def refile(conn: Connection) -> None:
    """File anew what older rules may have filed otherwise: accounts of merged actors, and whatever is opposed."""
    people, merged, disputed = schema.participants.c, schema.merged.c, schema.opposed_accounts.c
    reports = select(people.report).where(people.actor.in_(select(merged.base))).distinct()
    file_accounts(conn, conn.execute(reports).scalars().all())
    _compare(conn, [(key, month) for key, month in conn.execute(select(disputed.key, disputed.month)).all()])


def _accounts(conn: Connection, wanted: Collection[int]) -> Iterable[dict[str, object]]:
    months = {row.pk: row.month for row in conn.execute(_MONTHS, {"keys": list(wanted)})}
    identities = identities_of(conn, months)
    for pk, stored in zip(months, hydrate(conn, list(months)), strict=True):
        for key, side in accounts(stored.report, identities.get(pk, {})):
            yield {"key": key, "month": months[pk], "side": side, "report": pk}


def _months() -> Select[Any]:
    reports, documents = schema.reports.c, schema.documents.c
    return (
        select(reports.pk, func.substr(documents.published, 1, 7).label("month"))
        .join(schema.documents, documents.pk == reports.document)
        .where(among(reports.pk), reports.kind.in_(_KINDS), reports.state != State.REJECTED)
        .where(func.length(documents.published) >= 7)
    )


_FILED = select(schema.accounts.c.key, schema.accounts.c.month).where(among(schema.accounts.c.report))
_FORGET = delete(schema.accounts).where(among(schema.accounts.c.report))
_FILE = insert(schema.accounts).prefix_with("OR IGNORE")
_MONTHS = _months()


def _compare(conn: Connection, touched: Iterable[_Key]) -> None:
    columns, disputed = schema.accounts.c, schema.opposed_accounts
    told = select(columns.key).group_by(columns.key).having(func.count(columns.side.distinct()) > 1)
    by_month: dict[str, list[str]] = {}
    for key, month in sorted(touched):
        by_month.setdefault(month, []).append(key)
    for month, keys in by_month.items():
        for chunk in chunks(keys):
            conn.execute(delete(disputed).where(disputed.c.month == month, disputed.c.key.in_(chunk)))
            several = conn.execute(told.where(columns.month == month, columns.key.in_(chunk))).scalars().all()
            if rows := [{"key": key, "month": month} for key in several if opposed(_sides(conn, key, month))]:
                conn.execute(insert(disputed), rows)


def _sides(conn: Connection, key: str, month: str) -> dict[str, list[Any]]:
    columns, reports, documents = schema.accounts.c, schema.reports.c, schema.documents.c
    query = (
        select(columns.side, documents.id.label("document"), documents.story, reports.start, reports.end)
        .join(schema.reports, reports.pk == columns.report)
        .join(schema.documents, documents.pk == reports.document)
        .where(columns.key == key, columns.month == month)
    )
    found: dict[str, list[Any]] = {}
    for row in conn.execute(query):
        found.setdefault(row.side, []).append(row)
    return found
