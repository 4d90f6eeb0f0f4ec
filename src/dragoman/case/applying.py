"""What decisions change, carried through all that is kept of the record: within the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection, func, select

from dragoman.case import schema
from dragoman.case.climbs import refresh
from dragoman.case.decisions import undone
from dragoman.case.effective import rebuild
from dragoman.case.figures import count_document, recount_actors
from dragoman.case.gathering import keep_ties, regather, regather_actors, sum_up_anew
from dragoman.case.merging import merge_anew, recast
from dragoman.case.names import chunks
from dragoman.case.outlets import merge_outlets_anew, tie_outlets
from dragoman.case.proposing import revise
from dragoman.case.standings import file_accounts
from dragoman.case.stories import retell
from dragoman.case.tallies import recount
from dragoman.record import Action
from dragoman.record.decision import pairs_of


def apply_to_document(conn: Connection, digest: str) -> None:
    """Put what people decided before onto a document that has just been read; it is counted and gathered after this."""
    recast(conn, digest)
    tie_outlets(conn)
    if actors := merge_anew(conn):
        recount_actors(conn, actors)
        revise(conn, actors)
        regather_actors(conn, actors)
    list(rebuild(conn, [digest]))


def apply_to_documents(conn: Connection, reports: Iterable[str], actors: Iterable[str], *, merges: bool) -> None:
    """Work out anew the documents (digests) where decisions about reports, or about who an actor is, were made."""
    changed = [change for digest in sorted(set(actors)) if (change := recast(conn, digest))]
    split = {change.document for change in changed}
    merged = merge_anew(conn) if merges else frozenset()
    changed += rebuild(conn, reports)
    documents = {change.document for change in changed if change.reports or change.gone}
    for pk in sorted(documents):
        recount(conn, pk)
    if merged:
        recount_actors(conn, merged)
    named = merged.union(*(count_document(conn, pk) for pk in sorted(documents | split)))
    revise(conn, named, documents | split)
    reports_of = schema.reports.c
    for chunk in chunks(sorted(documents)):  # whole documents: a report's mark depends on its likes in the document
        own = conn.execute(select(reports_of.pk).where(reports_of.document.in_(chunk))).scalars().all()
        regather(conn, own)
        file_accounts(conn, own)
    if merged:
        regather_actors(conn, merged)
    tie_reports(conn)
    refresh(conn)


def apply_to_outlets(conn: Connection) -> None:
    """Work out anew whose stories are told by which source, where decisions about outlets were made."""
    sum_up_anew(conn, retell(conn, merge_outlets_anew(conn)))
    tie_outlets(conn)
    refresh(conn)


def tie_reports(conn: Connection, digest: str | None = None) -> None:
    """Bring what is put together or parted by decision in line with the decisions that stand; of two on one pair of
    reports the later counts. With a ``digest``, only where such a decision is about that document."""
    table, part = schema.decisions.c, schema.decision_parts.c
    about = select(table.id).where(table.action.in_((str(Action.JOIN), str(Action.PART))), part.decision == table.id)
    if digest is not None and conn.execute(about.where(part.digest == digest).limit(1)).first() is None:
        return
    keep_ties(conn, _told_of_pairs(conn))


def _told_of_pairs(conn: Connection) -> dict[tuple[int, int], bool]:
    """The pairs of reports (row ids) that decisions that stand are about, and whether the last one parts them."""
    table, part = schema.decisions.c, schema.decision_parts.c
    own = func.json_array_length(table.subject, "$.reports")
    query = select(table.id, table.action, (part.position < own).label("own"), part.report).where(
        table.action.in_((str(Action.JOIN), str(Action.PART))), part.decision == table.id, part.report.is_not(None)
    )
    rows = conn.execute(query.order_by(table.made, table.id, part.position)).all()
    fallen = undone(conn) if rows else frozenset()
    told: dict[tuple[int, int], bool] = {}
    for (id, action), found in groupby(rows, key=lambda row: (row.id, row.action)):
        if id in fallen:
            continue
        parts = list(found)
        reports, others = ([row.report for row in parts if row.own == mine] for mine in (1, 0))
        for one, other, together in pairs_of(Action(action), reports, others):
            if one != other:
                told[min(one, other), max(one, other)] = not together
    return told
