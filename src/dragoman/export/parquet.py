"""Reports of a case as Parquet, by document: one file of all kinds, or a folder with a file for each kind.

The columns are those of ``dragoman.case.flat``; names are lists of strings, dates are ISO prefixes as strings. Each
column carries its meaning as ``description`` in its metadata; the file's metadata has ``dragoman.schema``, the version
of the columns, which grows when one is renamed, removed or means something else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from dragoman.case import Case, StoredReport
from dragoman.case.tables import iter_batches, schema_of
from dragoman.errors import ExportError
from dragoman.export.target import writing
from dragoman.record import Kind


def export_parquet(
    case: Case,
    target: str | os.PathLike[str],
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> None:
    """Write the reports of a case: to one file when the path ends in ``.parquet``, else to ``event.parquet``,
    ``position.parquet`` and so on in that folder, which is made when it is not there. Needs the extra ``tables``."""
    path = Path(target)
    if path.suffix == ".parquet" and not path.is_dir():
        with writing(path) as stream:
            _write(case.reports(since=since, until=until, as_of=as_of, by_document=True), None, stream)
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"cannot make the folder {path}: {error.strerror}; give a path that can be written"
        ) from error
    for kind in Kind:
        with writing(path / f"{kind}.parquet") as stream:
            _write(case.reports(kind, since=since, until=until, as_of=as_of, by_document=True), kind, stream)


def _write(reports: Iterable[StoredReport], kind: Kind | None, stream: BinaryIO) -> None:
    schema = schema_of(kind)
    import pyarrow.parquet as pq  # optional and heavy; ``schema_of`` has told if it is missing

    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in iter_batches(reports, schema):
            writer.write_batch(batch)
