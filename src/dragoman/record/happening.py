"""What happened, in plain words."""

from __future__ import annotations

from dragoman.record.occurrence import Occurrence, Told
from dragoman.record.vocabulary import EventType
from dragoman.record.words import listed

ACTS: dict[EventType, str] = {
    EventType.AGREE: "agreed with",
    EventType.CONSULT: "talked with",
    EventType.SUPPORT: "supported",
    EventType.COOPERATE: "worked together with",
    EventType.AID: "gave aid to",
    EventType.CONCEDE: "yielded to",
    EventType.RETREAT: "pulled back from",
    EventType.REQUEST: "urged",
    EventType.ACCUSE: "criticised or accused",
    EventType.REJECT: "rebuffed",
    EventType.THREATEN: "threatened",
    EventType.PROTEST: "protested against",
    EventType.SANCTION: "cut ties with or punished",
    EventType.MOBILIZE: "readied forces against",
    EventType.COERCE: "held or repressed",
    EventType.ASSAULT: "attacked",
}
ALONE: dict[EventType, str] = {
    EventType.AGREE: "agreed",
    EventType.CONSULT: "held talks",
    EventType.SUPPORT: "gave support",
    EventType.COOPERATE: "worked together",
    EventType.AID: "gave aid",
    EventType.CONCEDE: "yielded",
    EventType.RETREAT: "withdrew",
    EventType.REQUEST: "made a demand",
    EventType.ACCUSE: "made an accusation",
    EventType.REJECT: "refused",
    EventType.THREATEN: "made a threat",
    EventType.PROTEST: "protested",
    EventType.SANCTION: "imposed a sanction",
    EventType.MOBILIZE: "readied forces",
    EventType.COERCE: "held or repressed people",
    EventType.ASSAULT: "attacked",
}
"""Plain words for the PLOVER types, with and without somebody at whom the act is aimed."""
TO_ACT: dict[EventType, tuple[str, str]] = {
    EventType.AGREE: ("agree with", "agree"),
    EventType.CONSULT: ("talk with", "hold talks"),
    EventType.SUPPORT: ("support", "give support"),
    EventType.COOPERATE: ("work together with", "work together"),
    EventType.AID: ("give aid to", "give aid"),
    EventType.CONCEDE: ("yield to", "yield"),
    EventType.RETREAT: ("pull back from", "withdraw"),
    EventType.REQUEST: ("urge", "make a demand"),
    EventType.ACCUSE: ("criticise or accuse", "make an accusation"),
    EventType.REJECT: ("rebuff", "refuse"),
    EventType.THREATEN: ("threaten", "make a threat"),
    EventType.PROTEST: ("protest against", "protest"),
    EventType.SANCTION: ("cut ties with or punish", "impose a sanction"),
    EventType.MOBILIZE: ("ready forces against", "ready forces"),
    EventType.COERCE: ("hold or repress", "hold or repress people"),
    EventType.ASSAULT: ("attack", "attack"),
}
"""The same for acts that are only planned or asked for."""
_NAMED = 6  # parties of a side
_AHEAD = frozenset({Told.PLANNED, Told.ASKED, Told.POSSIBLE})


def acted(type: EventType, whom: str, *, ahead: bool) -> str:
    """What was done to whom (nobody where that is empty), or in the infinitive what is only to be."""
    aimed, alone = TO_ACT[type] if ahead else (ACTS[type], ALONE[type])
    return f"{'to ' if ahead else ''}{f'{aimed} {whom}' if whom else alone}"


def is_ahead(one: Occurrence) -> bool:
    """Whether an occurrence is only planned, asked for or possible."""
    return one.status in _AHEAD


def happening(one: Occurrence) -> str:
    """An occurrence in one plain line; figures in dispute are left out, since no one of them is the record's."""
    figures = ((one.killed, "killed"), (one.injured, "injured"))
    toll = ", ".join(f"{n:,} {what}" for n, what in figures if n is not None and what not in one.disputes)
    where = f" ({one.place})" if one.place else ""
    done = acted(one.type, listed(one.target, "", most=_NAMED), ahead=is_ahead(one))
    return f"{listed(one.source, most=_NAMED)} {done}{where}{f', {toll}' if toll else ''}"
