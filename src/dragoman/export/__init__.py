"""The export formats, one module each. ``FORMATS`` names them as the command line does."""

from collections.abc import Callable
from types import MappingProxyType

from dragoman.export.csv import export_csv
from dragoman.export.jsonl import export_jsonl, to_bytes
from dragoman.export.parquet import export_parquet

FORMATS: MappingProxyType[str, Callable[..., None]] = MappingProxyType(
    {"jsonl": export_jsonl, "csv": export_csv, "parquet": export_parquet}
)
"""What writes each format, ``FORMATS["csv"](case, target)``; Parquet needs a path, the others also take a stream."""

__all__ = ["FORMATS", "export_csv", "export_jsonl", "export_parquet", "to_bytes"]
