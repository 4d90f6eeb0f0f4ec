"""The closed vocabularies of the codebook, spelt as the exchange format spells them.

Everything downstream names kinds, types and standings through these enums, so that a misspelt value cannot be built.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a report asserts."""

    EVENT = "event"
    POSITION = "position"
    STEP = "step"
    COMMITMENT = "commitment"
    FORECAST = "forecast"
    RELATION = "relation"


class Standing(StrEnum):
    """How a report is asserted: told as so, announced, thought possible, asked for, tied to an if, or denied."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    ORGANIZATION = "organization"
    MOVEMENT = "movement"
    POPULATION = "population"
    GROUP = "group"
    OFFICE = "office"
    MEETING = "meeting"


class EventType(StrEnum):
    """The sixteen PLOVER event types (2023 list)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Role(StrEnum):
    """Parts in an event beside its source and target (the keys of ``others``)."""

    HOST = "host"
    ORGANIZER = "organizer"
    INVITED = "invited"
    ABSENT = "absent"
    MEDIATOR = "mediator"
    VICTIM = "victim"
    INSTRUMENT = "instrument"


class Stance(StrEnum):
    """Where the holder of a position stands."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    MIXED = "mixed"


class Direction(StrEnum):
    """Whether a step goes toward recognition (``up``) or away from it (``down``)."""

    UP = "up"
    DOWN = "down"


class Status(StrEnum):
    """What is told of a commitment."""

    MADE = "made"
    KEPT = "kept"
    BROKEN = "broken"
    UNMET = "unmet"
    REFUSED = "refused"
    CALLED_FOR = "called-for"


class Likelihood(StrEnum):
    """How surely a forecast is put, by its words."""

    CERTAIN = "certain"
    VERY_LIKELY = "very-likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    VERY_UNLIKELY = "very-unlikely"


class Predicate(StrEnum):
    """What a relation says of its subject and object."""

    LEADS = "leads"
    OFFICE = "office"
    MEMBER_OF = "member-of"
    SPEAKS_FOR = "speaks-for"
    BASED_IN = "based-in"
    ALLIED_WITH = "allied-with"
    OPPOSED_TO = "opposed-to"
    PART_OF = "part-of"


SYMMETRIC: frozenset[Predicate] = frozenset({Predicate.ALLIED_WITH, Predicate.OPPOSED_TO})
"""Relations that hold either way round."""

UNNAMED_SOURCES = "unnamed sources"
"""The voice of *reportedly*, *it is claimed*, *is said to*."""
