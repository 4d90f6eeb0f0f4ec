"""Reports as Arrow tables and pandas data frames; the extra ``tables`` brings the libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.case.flat import VERSION, columns_of, flatten
from dragoman.case.results import StoredReport
from dragoman.case.text import mend
from dragoman.errors import UsageError
from dragoman.record import Kind

if TYPE_CHECKING:
    import pandas
    import pyarrow

BATCH = 2000
"""Reports in one record batch: few enough to be small in memory, enough for Parquet to compress."""


def require(name: str) -> None:
    """Raise ``UsageError`` unless an optional library can be imported."""
    try:
        __import__(name)
    except ImportError:
        raise UsageError(f"tables need {name}, which is not installed; run `pip install 'dragoman[tables]'`") from None


def schema_of(kind: Kind | None) -> pyarrow.Schema:
    """The Arrow schema of one kind's table, or of the table of all."""
    require("pyarrow")
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), list: pa.list_(pa.string())}
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.about}) for column in columns_of(kind)
    ]
    return pa.schema(fields, metadata={"dragoman.schema": VERSION, "dragoman.kind": kind or "all"})


def iter_batches(reports: Iterable[StoredReport], schema: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    """The reports as record batches of this schema."""
    import pyarrow as pa

    rows = iter(reports)
    while batch := list(islice(rows, BATCH)):
        yield pa.RecordBatch.from_pylist([{k: _mended(v) for k, v in flatten(s).items()} for s in batch], schema=schema)


def _mended(value: object) -> object:
    if isinstance(value, str):
        return mend(value)
    return [mend(name) for name in value] if isinstance(value, list) else value


def to_arrow(reports: Iterable[StoredReport], kind: Kind) -> pyarrow.Table:
    """The reports, all of one kind, as a table."""
    schema = schema_of(kind)
    import pyarrow as pa

    return pa.Table.from_batches(iter_batches(reports, schema), schema=schema)


def to_pandas(reports: Iterable[StoredReport], kind: Kind) -> pandas.DataFrame:
    """The reports, all of one kind, as a data frame."""
    require("pandas")
    frame: pandas.DataFrame = to_arrow(reports, kind).to_pandas()
    return frame
