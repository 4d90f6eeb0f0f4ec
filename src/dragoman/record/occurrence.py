"""Occurrences: what happened, put together from the reports of it, and where those do not agree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dragoman.record.evidence import DateRange
from dragoman.record.vocabulary import EventType, Standing

Names = tuple[str, ...]


class Told(StrEnum):
    """How an occurrence is told, by all reports of it together; never stronger than they are.

    ``one source`` and ``several sources`` count independent sources that tell it in their own name. ``claimed``:
    every report that tells it as having happened gives it as somebody's word. ``disputed``: told as so and as not so,
    or with figures, dates, places or doers that do not agree.
    """

    ONE = "one source"
    SEVERAL = "several sources"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    DENIED = "denied"
    PLANNED = "planned"
    ASKED = "asked for"
    POSSIBLE = "possible"


class Matter(StrEnum):
    """What accounts can disagree in."""

    KILLED = "killed"
    INJURED = "injured"
    DATE = "date"
    PLACE = "place"
    DOER = "doer"
    STANDING = "standing"
    STANCE = "stance"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Supporting:
    """A report that is gathered in an occurrence, and why: ``same type``, ``2 of 2 parties``, ``1 day apart``."""

    report: str
    document: str
    teller: str
    published: str | None
    standing: Standing
    voice: Names
    why: Names = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One value of what is told (``killed``: ``20``) and the ids of the reports that tell it so."""

    field: str
    value: str
    reports: Names
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A happening: the best of what its reports tell, and which reports those are.

    ``day`` is the ISO prefix under which it is filed: the first of its date, else of its reports' publication, else
    empty. ``source`` and ``target`` are those whom most reports name first. ``reports`` and ``accounts`` are empty in
    a list; ``number`` counts the reports all the same. ``sources`` counts independent tellers.
    """

    id: str
    type: EventType
    status: Told
    date: DateRange | None
    day: str
    place: str | None
    source: Names
    target: Names
    killed: int | None
    injured: int | None
    number: int
    documents: int
    sources: int
    disputes: tuple[Matter, ...] = ()
    reports: tuple[Supporting, ...] = ()
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Accounts of one matter that do not agree: within an occurrence, whose id it has, or across the record.

    ``about`` says in words what they are of; ``day`` is the ISO prefix under which it is filed.
    """

    matter: Matter
    about: str
    day: str
    occurrence: str | None
    sides: tuple[Account, ...]
