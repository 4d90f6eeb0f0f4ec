"""What each document tells in numbers: its reports by kind, and whom it quotes; lists of outlets add these up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select

from dragoman.case import schema
from dragoman.case.outlets import chiefs_of
from dragoman.case.rows import VOICE
from dragoman.case.text import fold
from dragoman.record import Kind

_REJECTED = "rejected"


def recount(conn: Connection, pk: int) -> None:
    """Count a document's reports anew, within the transaction that changes them or what is known of the document."""
    _recount(conn, pk, chiefs_of(conn))


def _recount(conn: Connection, pk: int, chiefs: Mapping[str, str]) -> None:
    here = {"pk": pk}
    for statement in _FORGET:
        conn.execute(statement, here)
    kinds: dict[str, int] = dict(conn.execute(_KINDS, here).all())
    conn.execute(_TALLY, {"document": pk} | {str(kind): kinds.get(kind, 0) for kind in Kind})
    outlet = fold(conn.execute(_OUTLET, here).scalar_one() or "")
    if rows := conn.execute(_QUOTED, here).mappings().all():
        conn.execute(_QUOTE, [{"outlet": chiefs.get(outlet, outlet), "document": pk} | dict(row) for row in rows])


def recount_all(conn: Connection) -> None:
    """Count the reports of all documents of a case that was made before they were counted, or outlets merged."""
    for pk in conn.execute(select(schema.documents.c.pk)).scalars().all():
        _recount(conn, pk, {})


_HERE = bindparam("pk", type_=schema.documents.c.pk.type)
_SHOWN = (schema.reports.c.document == _HERE, schema.reports.c.state != _REJECTED)


def _quoted() -> Select[Any, int]:
    reports, people = schema.reports.c, schema.participants.c
    voice = func.coalesce(people.actor, -people.name)
    return (
        select(voice.label("voice"), func.count().label("reports"))
        .join(schema.reports, reports.pk == people.report)
        .where(*_SHOWN, people.role == VOICE, people.position == 0)  # whom those quote in turn, it does not itself
        .group_by(voice)
    )


_FORGET = tuple(delete(table).where(table.c.document == _HERE) for table in (schema.tallies, schema.quotes))
_KINDS = select(schema.reports.c.kind, func.count()).where(*_SHOWN).group_by(schema.reports.c.kind)
_OUTLET = select(schema.documents.c.outlet).where(schema.documents.c.pk == _HERE)
_QUOTED = _quoted()
_TALLY, _QUOTE = insert(schema.tallies), insert(schema.quotes)
