"""The vocabulary of the record: plain data, no I/O. Every other room speaks in these types."""

from dragoman.record.actor import Actor
from dragoman.record.decision import Action, Decision, Resolution, State
from dragoman.record.document import Document, Fact
from dragoman.record.evidence import DateRange, Evidence, Span
from dragoman.record.reading import Reading, parse_jsonl
from dragoman.record.reports import (
    Commitment,
    Event,
    Forecast,
    Position,
    Relation,
    Report,
    Step,
    report_from_dict,
)
from dragoman.record.vocabulary import (
    SYMMETRIC,
    UNNAMED_SOURCES,
    ActorKind,
    Direction,
    EventType,
    Kind,
    Likelihood,
    Predicate,
    Role,
    Stance,
    Standing,
    Status,
)

__all__ = [
    "SYMMETRIC",
    "UNNAMED_SOURCES",
    "Action",
    "Actor",
    "ActorKind",
    "Commitment",
    "DateRange",
    "Decision",
    "Direction",
    "Document",
    "Event",
    "EventType",
    "Evidence",
    "Fact",
    "Forecast",
    "Kind",
    "Likelihood",
    "Position",
    "Predicate",
    "Reading",
    "Relation",
    "Report",
    "Resolution",
    "Role",
    "Span",
    "Stance",
    "Standing",
    "State",
    "Status",
    "Step",
    "parse_jsonl",
    "report_from_dict",
]
