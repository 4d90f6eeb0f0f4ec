"""Dragoman reads news coverage of a political question and keeps the record, each mark traceable to exact words.

import dragoman
reports = dragoman.read_text("Peru's envoy met the rebels in Lima on Monday.", published="2024-05-08")
with dragoman.open_case("peru.case") as case:
    table = case.to_pandas("event")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.case import Case, create_case, open_case
    from dragoman.errors import DragomanError
    from dragoman.intake import iter_documents
    from dragoman.pipeline import Failure, read_documents, read_text
    from dragoman.record import Actor, Document, Reading, Report

__version__ = "0.1.0"

_HOMES = {
    "Actor": "dragoman.record",
    "Case": "dragoman.case",
    "Document": "dragoman.record",
    "DragomanError": "dragoman.errors",
    "Failure": "dragoman.pipeline",
    "Reading": "dragoman.record",
    "Report": "dragoman.record",
    "create_case": "dragoman.case",
    "iter_documents": "dragoman.intake",
    "open_case": "dragoman.case",
    "read_documents": "dragoman.pipeline",
    "read_text": "dragoman.pipeline",
}

__all__ = [
    "Actor",
    "Case",
    "Document",
    "DragomanError",
    "Failure",
    "Reading",
    "Report",
    "create_case",
    "iter_documents",
    "open_case",
    "read_documents",
    "read_text",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name when it is first asked for: ``dragoman --help`` must not wait for the language model."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
