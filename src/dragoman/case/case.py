"""The case: the store of one question, one SQLite file. Everything that a case keeps goes in and comes out here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, select

from dragoman.case import context, documents, reports, runs, schema, search, writing
from dragoman.case.actors import iter_actors
from dragoman.case.overview import overview_of
from dragoman.case.results import (
    Added,
    Hit,
    Overview,
    Remark,
    ReportInContext,
    Run,
    SetAside,
    StoredActor,
    StoredDocument,
    StoredReport,
)
from dragoman.errors import UsageError
from dragoman.record import Document, Kind, Reading

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Case:
    """An open case, made by ``create_case`` or ``open_case``; close it, or use it in ``with``.

    Iterators read as they are taken, and end with the case. A case belongs to the thread that opened it.
    """

    def __init__(self, path: Path, conn: Connection) -> None:
        self.path = path
        self._conn = conn
        self._run: Run | None = None
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file free; safe to call twice."""
        self._conn.close()

    @property
    def packs(self) -> tuple[str, ...]:
        """The packs that this case reads with, as they were named when it was made."""
        return tuple(json.loads(self._setting("packs")))

    @property
    def title(self) -> str:
        """The title that the case was given, else the name of its file."""
        return self._setting("title")

    def _setting(self, name: str) -> str:
        settings = schema.settings.c
        return str(self._conn.execute(select(settings.value).where(settings.name == name)).scalar_one())

    def start_run(self, reader: str) -> Run:
        """Begin a run of this version of the reader; what is added and set aside from now on belongs to it."""
        self._run = runs.start(self._conn, reader, self.packs)
        self._counts.clear()
        return self._run

    def finish_run(self, seconds: Mapping[str, float] | None = None) -> Run:
        """End the run and keep its counts, and the seconds that each stage took."""
        run, self._run = self._in_run(), None
        return runs.finish(self._conn, run.id, self._counts, seconds or {})

    def _in_run(self) -> Run:
        if self._run is None:
            raise UsageError("a case takes documents within a run; call start_run with the reader's version first")
        return self._run

    def has(self, digest: str, reader: str) -> bool:
        """Whether the text with this digest has been read by this version of the reader."""
        columns = schema.documents.c
        query = select(columns.pk).where(columns.digest == digest, columns.reader == reader)
        return self._conn.execute(query).first() is not None

    def add(self, reading: Reading) -> Added:
        """Keep a document and what was read from it: all of it, committed, when this returns; nothing if it fails.

        The same text read by the same reader adds nothing; by another one, it takes the place of what that one read.
        A text that is here under another name or from another source stays one document, and the other name is noted.
        Raises ``CaseBusyError`` when another process keeps the case to itself.
        """
        run = self._in_run()
        added = writing.add_reading(self._conn, reading, run=run.id, reader=run.reader)
        self._counts.update(runs.counts_of(added, reading))
        return added

    def note_source(self, document: Document) -> Added:
        """Note where else the text of a document that the case ``has`` was met."""
        added = writing.note_source(self._conn, document)
        self._counts.update(runs.counts_of(added))
        return added

    def set_aside(self, source: str, reason: str) -> None:
        """Note a source that this run does not read, and why."""
        runs.set_aside(self._conn, self._in_run().id, source, reason)
        self._counts["set aside"] += 1

    def overview(self) -> Overview:
        """The case at a glance."""
        return overview_of(self._conn, self.path, self.title, self.packs)

    def runs(self) -> Iterator[Run]:
        """All runs, oldest first."""
        return runs.iter_runs(self._conn)

    def sources_set_aside(self) -> Iterator[SetAside]:
        """What the runs did not read, and why, in order."""
        return runs.iter_set_aside(self._conn)

    def remarks(self) -> Iterator[Remark]:
        """What the readings found odd, by document."""
        return documents.iter_remarks(self._conn)

    def documents(self) -> Iterator[StoredDocument]:
        """Every document, by id."""
        return documents.iter_documents(self._conn)

    def document(self, id: str) -> Document:
        """A document whole, with its bytes and text. Raises ``UsageError`` for an unknown id."""
        return documents.load_document(self._conn, documents.document_row(self._conn, id))

    def reading(self, id: str) -> Reading:
        """A document with all that was read from it. Raises ``UsageError`` for an unknown id."""
        return documents.load_reading(self._conn, id)

    def readings(self) -> Iterator[Reading]:
        """Every document with all that was read from it, by id, one at a time."""
        return documents.iter_readings(self._conn)

    def actors(self) -> Iterator[StoredActor]:
        """Every actor of the case with all its names, those in most reports first."""
        return iter_actors(self._conn)

    def reports(
        self,
        kind: str | None = None,
        *,
        actor: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        issue: str | None = None,
        standing: str | None = None,
        document: str | None = None,
        limit: int | None = None,
        by_document: bool = False,
    ) -> Iterator[StoredReport]:
        """Reports that meet every condition given, by date or ``by_document``; those of one document in its order.

        ``actor``: a key or any known name, in any role but voice. ``since``, ``until``: ISO prefixes, compared with the
        date that the report tells, else its document's; both ends count. ``type`` of events, ``issue`` of positions.
        Raises ``UsageError`` at once for an actor, document, kind, type, standing or date that cannot be.
        """
        wanted = reports.Filter(
            kind=kind,
            actor=actor,
            since=since,
            until=until,
            type=type,
            issue=issue,
            standing=standing,
            document=None if document is None else documents.document_row(self._conn, document).pk,
            limit=limit,
            by_document=by_document,
        )
        return reports.iter_reports(self._conn, wanted)

    def report(self, id: str) -> ReportInContext:
        """The report whose id begins so, with its sentences in context.

        Raises ``UsageError`` when there is none, or more than one.
        """
        return context.report_in_context(self._conn, id)

    def search(self, query: str) -> Iterator[Hit]:
        """Sentences with all of the words (``ambassador``), phrases (``"special envoy"``) and beginnings (``ambass*``).

        Best first. Raises ``UsageError`` at once for a query that makes no sense.
        """
        return search.find(self._conn, query)

    def to_arrow(self, kind: str) -> pyarrow.Table:
        """The reports of a kind as a table, one column a field (``dragoman.case.flat``); needs the extra ``tables``."""
        from dragoman.case.tables import to_arrow  # pyarrow is heavy and optional

        return to_arrow(self.reports(kind), Kind(kind))

    def to_pandas(self, kind: str) -> pandas.DataFrame:
        """The same table as a data frame; needs the extra ``tables``."""
        from dragoman.case.tables import to_pandas

        return to_pandas(self.reports(kind), Kind(kind))
