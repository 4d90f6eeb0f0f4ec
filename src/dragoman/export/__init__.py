"""The export formats, one module each. ``FORMATS`` names them as the command line does."""

from collections.abc import Callable
from types import MappingProxyType

from dragoman.export.annotations import export_annotations
from dragoman.export.atom import export_atom
from dragoman.export.calendar import export_calendar
from dragoman.export.csv import export_csv
from dragoman.export.decisions import export_decisions
from dragoman.export.dna import export_dna
from dragoman.export.followthemoney import export_followthemoney
from dragoman.export.gdelt import export_gdelt
from dragoman.export.graphs import export_gexf, export_graphml
from dragoman.export.jsonl import export_jsonl, to_bytes
from dragoman.export.parquet import export_parquet
from dragoman.export.plover import export_plover

FORMATS: MappingProxyType[str, Callable[..., tuple[str, ...] | None]] = MappingProxyType(
    {
        "jsonl": export_jsonl,
        "csv": export_csv,
        "parquet": export_parquet,
        "dna": export_dna,
        "graphml": export_graphml,
        "gexf": export_gexf,
        "plover": export_plover,
        "gdelt": export_gdelt,
        "followthemoney": export_followthemoney,
        "annotations": export_annotations,
        "calendar": export_calendar,
        "atom": export_atom,
    }
)
"""What writes each format: ``FORMATS["csv"](case, target, since=…, until=…, as_of=…)``, each of the last three an ISO
prefix or ``None``. Those in ``INTO_PATHS`` need a path, the others also take a stream. What a format cannot say and so
leaves out is returned, a sentence each."""

INTO_PATHS = frozenset({"parquet", "gdelt"})
"""Formats that cannot go to a stream."""

__all__ = [
    "FORMATS",
    "INTO_PATHS",
    "export_annotations",
    "export_atom",
    "export_calendar",
    "export_csv",
    "export_decisions",
    "export_dna",
    "export_followthemoney",
    "export_gdelt",
    "export_gexf",
    "export_graphml",
    "export_jsonl",
    "export_parquet",
    "export_plover",
    "to_bytes",
]
