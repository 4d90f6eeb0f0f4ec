"""What each document tells in numbers: its reports by kind, and whom it quotes; lists of outlets add these up."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.rows import VOICE
from dragoman.case.text import fold
from dragoman.record import Kind

_REJECTED = "rejected"


def recount(conn: Connection, pk: int) -> None:
    """Count a document's reports anew, within the transaction that changes them or what is known of the document."""
    _forget(conn, pk)
    reports, documents, people = schema.reports.c, schema.documents.c, schema.participants.c
    shown = (reports.document == pk, reports.state != _REJECTED)
    counted = select(reports.kind, func.count()).where(*shown).group_by(reports.kind)
    kinds: dict[str, int] = dict(conn.execute(counted).all())
    conn.execute(insert(schema.tallies), {"document": pk} | {str(kind): kinds.get(kind, 0) for kind in Kind})
    voice = func.coalesce(people.actor, -people.name)
    quoted = (
        select(voice.label("voice"), func.count().label("reports"))
        .join(schema.reports, reports.pk == people.report)
        .where(*shown, people.role == VOICE, people.position == 0)  # whom those quote in turn, it does not quote itself
        .group_by(voice)
    )
    outlet = conn.execute(select(documents.outlet).where(documents.pk == pk)).scalar_one()
    if rows := conn.execute(quoted).mappings().all():
        conn.execute(
            insert(schema.quotes), [{"outlet": fold(outlet or ""), "document": pk} | dict(row) for row in rows]
        )


def recount_all(conn: Connection) -> None:
    """Count the reports of all documents of a case that was made before they were counted."""
    for pk in conn.execute(select(schema.documents.c.pk)).scalars().all():
        recount(conn, pk)


def _forget(conn: Connection, pk: int) -> None:
    for table in (schema.tallies, schema.quotes):
        conn.execute(delete(table).where(table.c.document == pk))
