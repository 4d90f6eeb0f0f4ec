"""The case: the store of one question, one SQLite file. The only room that knows SQL; callers get plain types."""

from dragoman.case.case import Case
from dragoman.case.opening import create_case, open_case
from dragoman.case.results import (
    Added,
    Alias,
    Hit,
    Outcome,
    Overview,
    Remark,
    ReportInContext,
    Run,
    SetAside,
    StoredActor,
    StoredDocument,
    StoredReport,
)

__all__ = [
    "Added",
    "Alias",
    "Case",
    "Hit",
    "Outcome",
    "Overview",
    "Remark",
    "ReportInContext",
    "Run",
    "SetAside",
    "StoredActor",
    "StoredDocument",
    "StoredReport",
    "create_case",
    "open_case",
]
