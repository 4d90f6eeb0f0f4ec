"""Reports: one assertion in one document each, by kind, and their exchange form.

A report is built valid or not at all. Its id hashes what it asserts and where, so reading again adds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from dragoman.errors import RecordError
from dragoman.record.evidence import DateRange, Evidence
from dragoman.record.vocabulary import (
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

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What all kinds share: document, evidence, voice (outermost first), standing, and how it was read.

    ``frame`` is the id of the frame that proposed it, ``confidence`` the calibrated probability that a careful coder
    would code the same, and ``reader`` the version of the reader that made it. ``why`` tells how it was read (shown by
    ``show … report``): ``word: met``, ``standing: may``, ``voice: said``, ``source: Peru, as subject (0.91)``.
    """

    kind: ClassVar[Kind]
    document: str
    evidence: Evidence
    voice: Names = ()
    standing: Standing = Standing.ACTUAL
    frame: str = ""
    confidence: float = 1.0
    why: Names = ()
    reader: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise RecordError(f"confidence {self.confidence} is not between 0 and 1")

    @property
    def id(self) -> str:
        """Sixteen hex digits over document and all that is asserted; confidence, frame and reader do not count."""
        return id_of(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """The codebook's exchange form, with ``frame``, ``confidence``, ``why`` and ``reader`` beside it (no id)."""
        row: dict[str, Any] = {
            "document": self.document,
            "kind": str(self.kind),
            "evidence": self.evidence.to_dict(),
            "voice": list(self.voice),
            "standing": str(self.standing),
        }
        for name in _FIELDS[self.kind]:
            if name not in _SHARED:
                row |= _field_to_dict(name, getattr(self, name))
        return row | {
            "frame": self.frame,
            "confidence": round(self.confidence, 4),
            "why": list(self.why),
            "reader": self.reader,
        }


def id_of(row: Mapping[str, Any]) -> str:
    """The id of the report with this exchange form."""
    asserted = {name: value for name, value in row.items() if name not in _HOW_READ}
    packed = json.dumps(asserted, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_HOW_READ = frozenset({"frame", "confidence", "why", "reader"})
_SHARED = frozenset(f.name for f in fields(Report))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Report):
    """An act that the text tells, in one of the sixteen PLOVER types."""

    kind: ClassVar[Kind] = Kind.EVENT
    type: EventType
    source: Names = ()
    target: Names = ()
    date: DateRange | None = None
    place: str | None = None
    killed: int | None = None
    injured: int | None = None
    others: tuple[tuple[Role, Names], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Report):
    """Who is for or against what, in words of stance."""

    kind: ClassVar[Kind] = Kind.POSITION
    holder: Names
    stance: Stance
    about: str
    issue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Report):
    """A move on the way between isolation and recognition."""

    kind: ClassVar[Kind] = Kind.STEP
    by: Names
    toward: Names
    rung: str
    direction: Direction
    date: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Report):
    """An undertaking that the text presents as one, and what is told of it."""

    kind: ClassVar[Kind] = Kind.COMMITMENT
    by: Names
    to: Names = ()
    instrument: str | None = None
    what: str = ""
    status: Status = Status.MADE


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Report):
    """What will be, outside the forecaster's own power; ``by`` is empty for the document's author."""

    kind: ClassVar[Kind] = Kind.FORECAST
    by: Names = ()
    what: str = ""
    likelihood: Likelihood = Likelihood.POSSIBLE
    horizon: DateRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Report):
    """A standing tie between two actors (or an actor and a place)."""

    kind: ClassVar[Kind] = Kind.RELATION
    subject: str
    predicate: Predicate
    object: str
    title: str | None = None
    former: bool = False
    since: str | None = None
    until: str | None = None


CLASSES: dict[Kind, type[Report]] = {c.kind: c for c in (Event, Position, Step, Commitment, Forecast, Relation)}
_FIELDS = {kind: tuple(spec.name for spec in fields(cls)) for kind, cls in CLASSES.items()}

_NAMES = frozenset({"source", "target", "holder", "by", "toward", "to", "voice", "why"})
_DATES = frozenset({"date", "horizon"})
_ENUMS: dict[str, type[Any]] = {
    "type": EventType,
    "stance": Stance,
    "direction": Direction,
    "status": Status,
    "likelihood": Likelihood,
    "predicate": Predicate,
    "standing": Standing,
}
OMITTED = frozenset({"date", "place", "killed", "injured", "others", "title", "since", "until"})
"""Fields that the exchange form leaves out where the text gives nothing (the rest are written as null or [])."""


def _field_to_dict(name: str, value: Any) -> dict[str, Any]:
    if value is None or value == ():
        if name in OMITTED:
            return {}
        return {name: [] if name in _NAMES else None}
    if name in _DATES:
        return {name: value.to_dict()}
    if name in _ENUMS:
        return {name: str(value)}
    if name == "others":
        return {name: {str(role): list(names) for role, names in value}}
    if name in _NAMES:
        return {name: list(value)}
    return {name: value}


def _field_from_dict(name: str, value: Any, where: str) -> Any:
    if name in _NAMES:
        return (value,) if isinstance(value, str) else tuple(value or ())
    if value is None:
        return None
    if name in _DATES:
        return DateRange.from_dict(value)
    if name == "others":
        return tuple((_to_enum(Role, role, where), tuple(names)) for role, names in value.items())
    if name in _ENUMS:
        return _to_enum(_ENUMS[name], value, where)
    return value


def _to_enum(enum: type[Any], value: Any, where: str) -> Any:
    try:
        return enum(value)
    except ValueError:
        allowed = ", ".join(str(value) for value in enum)
        what = "event type" if enum is EventType else enum.__name__.lower()
        raise RecordError(f"{where}: unknown {what} {value!r}; allowed are {allowed}") from None


def report_from_dict(row: dict[str, Any]) -> Report:
    """Build a report from its exchange form.

    Unknown fields (another reader's own) are ignored. Raises ``RecordError`` naming the document and the field.
    """
    where = f"report of {row.get('document', '?')}"
    kind = _to_enum(Kind, row.get("kind"), where)
    cls = CLASSES[kind]
    values: dict[str, Any] = {}
    for name in _FIELDS[kind]:
        if name == "evidence":
            values["evidence"] = Evidence.from_dict(row["evidence"])
        elif name in row:
            value = _field_from_dict(name, row[name], where)
            if value is not None:
                values[name] = value
    try:
        return cls(**values)
    except TypeError as error:
        raise RecordError(f"{where}: {kind} lacks a field: {error}") from error
