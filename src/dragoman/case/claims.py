"""When two reports of one document are the same claim: the rule of the codebook's scorer, for tying and for agreement.

They stand in the same place (their evidence shares at least half of the shorter), are of one kind and say the same kind
of thing (an event's type, a position's stance …), and in each main role at least half of the actors are the same.
"""

from __future__ import annotations

from typing import Any

from dragoman.case.text import fold
from dragoman.record import SYMMETRIC, Event, EventType, Evidence, Kind, Relation, Report

KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("type",),
    Kind.POSITION: ("stance",),
    Kind.STEP: ("rung", "direction"),
    Kind.COMMITMENT: ("status",),
    Kind.FORECAST: (),
    Kind.RELATION: ("predicate",),
}
"""The fields that tell what kind of thing a report says."""

MAIN_ROLES: dict[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("source", "target"),
    Kind.POSITION: ("holder",),
    Kind.STEP: ("by", "toward"),
    Kind.COMMITMENT: ("by",),
    Kind.FORECAST: ("by",),
    Kind.RELATION: ("subject", "object"),
}

HALF = 0.5
_RECIPROCAL = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})


def same_keys(one: Report, other: Report) -> bool:
    """Whether two reports are of one kind and say the same kind of thing."""
    return one.kind is other.kind and all(getattr(one, key) == getattr(other, key) for key in KEYS[one.kind])


def overlap(one: Evidence, other: Evidence) -> float:
    """The shared part of two stretches of text, as a share of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / min(one.end - one.start, other.end - other.start)


def alike_in_roles(one: Report, other: Report) -> float:
    """How far two reports of one kind have the same actors: the lowest Jaccard index of their main roles.

    Ties that hold either way round, and acts that both sides do, are compared without the roles.
    """
    roles = MAIN_ROLES[one.kind]
    pairs = [(_names(one, role), _names(other, role)) for role in roles]
    everybody = jaccard(set().union(*(a for a, _ in pairs)), set().union(*(b for _, b in pairs)))
    if isinstance(one, Relation) and one.predicate in SYMMETRIC:
        return everybody
    least = min(jaccard(a, b) for a, b in pairs)
    if isinstance(one, Event) and isinstance(other, Event) and one.type in _RECIPROCAL:
        return least if one.target and other.target else max(least, everybody)
    return least


def is_same_claim(one: Report, other: Report) -> bool:
    """Whether two reports of one document are the same claim."""
    return (
        same_keys(one, other) and overlap(one.evidence, other.evidence) >= HALF and alike_in_roles(one, other) >= HALF
    )


def jaccard(one: set[Any], other: set[Any]) -> float:
    """The shared members of two sets as a share of all; 1 for two empty ones."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _names(report: Report, role: str) -> set[str]:
    value = getattr(report, role)
    return {fold(name) for name in ((value,) if isinstance(value, str) else value)}
