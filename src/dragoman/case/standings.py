"""Accounts of states of affairs: who stands where, what holds between whom, by month, and which cannot both be so."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from dragoman.case import schema
from dragoman.case.names import chunks
from dragoman.case.reports import hydrate
from dragoman.case.tellings import identities_of
from dragoman.reconcile.disputes import accounts, is_opposed
from dragoman.record import Kind, State

_KINDS = (Kind.POSITION, Kind.RELATION, Kind.STEP, Kind.COMMITMENT)

_Key = tuple[str, str]


def file_accounts(conn: Connection, document: int) -> None:
    """File what the reports of a document tell of states of affairs, in place of what was filed before.

    Undated documents are left out: nobody can say that they speak of one time.
    """
    reports, documents = schema.reports.c, schema.documents.c
    own = schema.accounts.c.report.in_(select(reports.pk).where(reports.document == document))
    filed = conn.execute(select(schema.accounts.c.key, schema.accounts.c.month).where(own))
    touched = {(row.key, row.month) for row in filed}
    conn.execute(delete(schema.accounts).where(own))
    published = conn.execute(select(documents.published).where(documents.pk == document)).scalar_one()
    if published is not None and len(published) >= 7:
        rows = list(_accounts(conn, document, published[:7]))
        if rows:
            conn.execute(insert(schema.accounts).prefix_with("OR IGNORE"), rows)
        touched |= {(str(row["key"]), str(row["month"])) for row in rows}
    _compare(conn, touched)


def _accounts(conn: Connection, document: int, month: str) -> Iterable[dict[str, object]]:
    reports = schema.reports.c
    query = select(reports.pk).where(
        reports.document == document, reports.kind.in_(_KINDS), reports.state != State.REJECTED
    )
    for keys in chunks(conn.execute(query.order_by(reports.position)).scalars().all()):
        identities = identities_of(conn, keys)
        for pk, stored in zip(keys, hydrate(conn, keys), strict=True):
            for key, side in accounts(stored.report, identities.get(pk, {})):
                yield {"key": key, "month": month, "side": side, "report": pk}


def _compare(conn: Connection, touched: Iterable[_Key]) -> None:
    columns, opposed = schema.accounts.c, schema.opposed_accounts
    for key, month in sorted(touched):
        here = (columns.key == key, columns.month == month)
        sides = conn.execute(select(columns.side).where(*here).distinct()).scalars().all()
        if is_opposed(sides):
            conn.execute(insert(opposed).prefix_with("OR IGNORE"), {"key": key, "month": month})
        else:
            conn.execute(delete(opposed).where(opposed.c.key == key, opposed.c.month == month))
