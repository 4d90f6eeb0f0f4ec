"""Reports in words: the columns of a table and the line of a brief, never stronger than the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.record import (
    Commitment,
    Direction,
    Event,
    EventType,
    Forecast,
    Position,
    Predicate,
    Relation,
    Report,
    Standing,
    Status,
    Step,
)
from dragoman.record.happening import acted
from dragoman.record.occurrence import Matter, Occurrence, Told
from dragoman.record.words import STANCES, dated, listed, plural, slug_in_words

if TYPE_CHECKING:
    from dragoman.case import Tenure

SORTS: dict[EventType, str] = {
    EventType.AGREE: "agreements",
    EventType.CONSULT: "talks and visits",
    EventType.SUPPORT: "support",
    EventType.COOPERATE: "cooperation",
    EventType.AID: "aid",
    EventType.CONCEDE: "concessions",
    EventType.RETREAT: "withdrawals and releases",
    EventType.REQUEST: "demands",
    EventType.ACCUSE: "criticism",
    EventType.REJECT: "refusals",
    EventType.THREATEN: "threats",
    EventType.PROTEST: "protests",
    EventType.SANCTION: "sanctions",
    EventType.MOBILIZE: "forces made ready",
    EventType.COERCE: "coercion",
    EventType.ASSAULT: "attacks",
}
"""What a type holds, as the name of a row."""

TIES: dict[Predicate, str] = {
    Predicate.LEADS: "leads",
    Predicate.OFFICE: "holds an office at",
    Predicate.MEMBER_OF: "belongs to",
    Predicate.SPEAKS_FOR: "speaks for",
    Predicate.BASED_IN: "is in",
    Predicate.ALLIED_WITH: "is allied with",
    Predicate.OPPOSED_TO: "is opposed to",
    Predicate.PART_OF: "is part of",
}
UNNAMED = "(no outlet named)"
"""What the documents that name no outlet are listed under."""
POSTS: dict[Predicate, str] = {
    Predicate.OFFICE: "office",
    Predicate.LEADS: "leader",
    Predicate.SPEAKS_FOR: "speaks for",
    Predicate.MEMBER_OF: "member",
}
"""What somebody is by a relation that is held for a time."""
QUALIFIERS: dict[Standing, str] = {
    Standing.ACTUAL: "",
    Standing.PLANNED: "planned",
    Standing.POSSIBLE: "possible, not told as so",
    Standing.DEMANDED: "asked for",
    Standing.CONDITIONAL: "on a condition",
    Standing.DENIED: "told as not so",
}
STATUSES: dict[Status, str] = {
    Status.MADE: "undertook",
    Status.KEPT: "kept",
    Status.BROKEN: "is told to have broken",
    Status.UNMET: "has not met",
    Status.REFUSED: "refused",
    Status.CALLED_FOR: "is called on to keep",
}
_OF_SEVERAL = {"is": "are", "has": "have"}
_AHEAD = frozenset({Standing.PLANNED, Standing.POSSIBLE, Standing.DEMANDED, Standing.CONDITIONAL})


def undertaken(status: Status, by: Sequence[str]) -> str:
    """What is told of an undertaking, as it stands after those whose it is."""
    verb, blank, rest = STATUSES[status].partition(" ")
    return f"{_OF_SEVERAL.get(verb, verb) if len(by) > 1 else verb}{blank}{rest}"


MATTERS: dict[Matter, str] = {
    Matter.KILLED: "how many were killed",
    Matter.INJURED: "how many were injured",
    Matter.DATE: "when",
    Matter.PLACE: "where",
    Matter.DOER: "who did it",
    Matter.STANDING: "whether it happened",
    Matter.STANCE: "the stance",
    Matter.ACCOUNT: "what is so",
}
"""What accounts differ as to."""
_SIDES: dict[tuple[Matter, str], str] = {
    (Matter.STANDING, "actual"): "told as having happened",
    (Matter.STANDING, "denied"): "told as not so",
    (Matter.STANCE, "support"): "for",
    (Matter.STANCE, "oppose"): "against",
    (Matter.STANCE, "mixed"): "of two minds",
}


def side_told(matter: Matter, value: str) -> str:
    """One side of a dispute, by the value that it has in the record."""
    denied = value.removeprefix("not ") if matter in (Matter.STANCE, Matter.ACCOUNT) else value
    words = _SIDES.get((matter, denied), denied if matter is Matter.DATE else slug_in_words(denied))
    return words if denied == value else f"not so: {words}"


def account_of(about: str) -> str:
    """What a dispute over a state of affairs is about, in words: *tie · Norway · Peru* as *Norway and Peru*."""
    kind, *parts = about.split(" · ")
    match kind, parts:
        case "tie", [one, other]:
            return f"{one} and {other}"
        case "step", [by, toward, rung]:
            return f"{by} toward {toward}: {rung}"
        case "commitment", [by, instrument]:
            return f"{by}: {instrument}"
        case predicate, [one, other, *title] if predicate in TIES and len(title) <= 1:
            return f"whether {one} {TIES[Predicate(predicate)]} {other}{f' as {title[0]}' if title else ''}"
    return about


def headline(report: Report) -> dict[str, str]:
    """The fields of a report that its kind is about, as columns: name to text."""
    match report:
        case Event():
            casualties = [
                f"{n} {what}" for n, what in ((report.killed, "killed"), (report.injured, "injured")) if n is not None
            ]
            where = ", ".join([*([report.place] if report.place else []), *casualties])
            return {
                "type": str(report.type),
                "who": listed(report.source, "–"),
                "whom": listed(report.target, "–"),
                "where": where,
            }
        case Position():
            return {
                "stance": str(report.stance),
                "who": listed(report.holder),
                "about": report.about,
                "issue": report.issue or "",
            }
        case Step():
            arrow = "↑" if report.direction is Direction.UP else "↓"
            return {"rung": f"{arrow} {report.rung}", "who": listed(report.by, "–"), "toward": listed(report.toward)}
        case Commitment():
            return {
                "status": str(report.status),
                "who": listed(report.by, "–"),
                "to": listed(report.to, ""),
                "what": report.what,
            }
        case Forecast():
            return {
                "likelihood": str(report.likelihood),
                "who": listed(report.by, "the author"),
                "what": report.what,
                "horizon": dated(report.horizon),
            }
        case Relation():
            title = f" ({report.title})" if report.title else ""
            former = "formerly " if report.former else ""
            return {"who": report.subject, "predicate": f"{former}{report.predicate}{title}", "whom": report.object}
    raise TypeError(f"no wording for {type(report).__name__}")


def line(report: Report) -> str:
    """A report as one plain line; what only qualifies it (voice, standing) is said beside the line."""
    match report:
        case Event():
            done = acted(report.type, listed(report.target, ""), ahead=report.standing in _AHEAD)
            place = f" ({report.place})" if report.place else ""
            toll = "".join(
                f", {n} {w}" for n, w in ((report.killed, "killed"), (report.injured, "injured")) if n is not None
            )
            return f"{listed(report.source)} {done}{place}{toll}"
        case Position():
            return f"{listed(report.holder)}: {STANCES[report.stance]} {report.about}"
        case Step():
            arrow = "↑" if report.direction is Direction.UP else "↓"
            return f"{listed(report.by)} toward {listed(report.toward)}: {report.rung} {arrow}"
        case Commitment():
            to = f" to {listed(report.to)}" if report.to else ""
            return f"{listed(report.by)} {undertaken(report.status, report.by)}{to}: {report.what}"
        case Forecast():
            return f"{listed(report.by, 'the author')}: {report.what} ({str(report.likelihood).replace('-', ' ')})"
        case Relation():
            title = f" as {report.title}" if report.title else ""
            formerly = "formerly " if report.former else ""
            return f"{report.subject} {formerly}{TIES[report.predicate]} {report.object}{title}"
    raise TypeError(f"no wording for {type(report).__name__}")


def how_told(one: Occurrence) -> str:
    """How an occurrence is told, with what is in dispute."""
    matters = f" ({', '.join(one.disputes)})" if one.status is Told.DISPUTED else ""
    return f"{one.status}{matters}"


def qualification(report: Report) -> str:
    """In words, what keeps the line from being a plain fact: its standing, and who says so."""
    told = isinstance(report, Forecast) and report.standing is Standing.POSSIBLE  # its likelihood has said so
    parts = [] if told or report.standing is Standing.ACTUAL else [QUALIFIERS[report.standing]]
    if report.voice:
        parts.append("says " + ", as told by ".join(reversed(report.voice)))
    return "; ".join(parts)


def tenure_told(one: Tenure) -> str:
    """In words, what keeps an office or another relation from being a plain fact: its standing, who says so, and
    whether anybody else does."""
    parts = [QUALIFIERS[one.standing]] if one.standing is not Standing.ACTUAL else []
    if one.voice:
        parts.append(f"says {', '.join(one.voice)}")
    if one.by is not None:
        parts.append(f"told once, by {one.by}" if one.documents == 1 else f"told by {one.by} alone")
    return "; ".join(parts)


def counted(documents: int, sources: int) -> str:
    """Documents and independent sources, in words."""
    return f"{plural(documents, 'document')}, {plural(sources, 'source')}"
