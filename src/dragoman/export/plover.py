"""PLOVER event records as JSON Lines, one record an occurrence, in the order of the days.

The fields are those of the PLOVER manual and its coded sentences (``id``, ``date``, ``event``, ``mode``, ``context``,
``text``, ``source``, ``target``, ``reciprocal``, ``event_location``, ``dead``, ``injured``; an actor has ``actorText``,
``code``, ``sector``). ``mode`` and ``context`` are not coded, so they are null. ``code`` is the ISO 3166 country. What
PLOVER has no field for stands under ``dragoman``: how the occurrence is told, its type in our codebook, and each report
with its sentence, voice and standing.

Our codebook departs from PLOVER in three places, which are mapped back: a meeting, visit or invitation to come, and
other acts of goodwill to come, are `AGREE`; a `CONCEDE` by freeing prisoners, resigning, easing or lifting sanctions
and bans is `RETREAT` (lifting a curfew or a state of emergency stays `CONCEDE`).

What is told in no report as having happened, and is no such plan, has no type in PLOVER: it is left out, and counted by
how it is told. An act that is asked for is none of those who would do it (the asking is a `REQUEST` of its own, whose
source is who asks), a hostile act that is announced is no threat, and what is thought possible, tied to an *if* or
denied is no act.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.case import Case, CastReport, Gathered, Participant
from dragoman.case.text import mended
from dragoman.export.target import Target, writing
from dragoman.record import Event, EventType
from dragoman.record.occurrence import Told

GOODWILL = frozenset(
    {
        *(EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE),
        *(EventType.AID, EventType.CONCEDE, EventType.RETREAT),
    }
)
"""Types whose acts to come are ``AGREE`` in PLOVER."""

RETREATS = (
    *("releas", "free", "set free", "pardon", "amnest"),
    *("resign", "step down", "stepped down", "stepping down", "steps down", "step aside", "stepped aside", "abdicat"),
)
"""Beginnings of the words that make a ``CONCEDE`` a ``RETREAT``: prisoners freed, offices given up."""

EASED = ("lift", "delist", "eas", "relax", "unfreez", "waiv", "unblock", "repeal", "revok")
"""Beginnings of those that make it one unless what is eased is a rule over one's own people."""

PENALTIES = ("sanction", "ban", "embargo", "blockade", "asset", "tariff", "restriction on", "siege")
RESTRICTIONS = ("curfew", "state of emergency", "martial law")
"""Words for what is eased; where that which stands nearest to the act is one of these, PLOVER counts `CONCEDE`."""

RECIPROCAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE, EventType.ASSAULT})
"""Types in which several sources without a target act upon each other."""

_WORD = "word: "
_HAPPENED = frozenset({Told.ONE, Told.SEVERAL, Told.CLAIMED, Told.DISPUTED})
LEFT_OUT: Mapping[Told, str] = {
    Told.PLANNED: "only planned, and no goodwill",
    Told.ASKED: "only asked for",
    Told.POSSIBLE: "only possible or tied to an if",
    Told.DENIED: "denied",
}
"""What PLOVER, and so GDELT, has no type for, by how it is told."""


def export_plover(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write the occurrences of a case; returns what a reader should know about the ones left out and the plans."""
    told: Counter[tuple[Told, bool]] = Counter()
    with writing(target) as stream:
        for one in case.gathered(since=since, until=until, as_of=as_of):
            type = plover_type(one)
            told[one.occurrence.status, type is not None] += 1
            if type is not None:
                stream.write(json.dumps(to_record(one, type), ensure_ascii=False).encode() + b"\n")
    return tuple(remarks(told, "PLOVER", "AGREE"))


def remarks(told: Mapping[tuple[Told, bool], int], format: str, intent: str) -> Iterator[str]:
    """What to say of the occurrences that a format leaves out, and of the plans, which it has as ``intent``; ``told``
    counts them by how they are told and whether they are written."""
    out = [(number, why) for status, why in LEFT_OUT.items() if (number := told.get((status, False)))]
    if out:
        kinds = "; ".join(f"{number:,} {why}" for number, why in out)
        yield f"Left out {sum(number for number, _ in out):,} that {format} has no type for: {kinds}."
    if plans := told.get((Told.PLANNED, True)):
        yield f"{plans:,} only planned, as {intent}."


def plover_type(one: Gathered) -> EventType | None:
    """The PLOVER type of an occurrence (see this module), ``None`` where it has none."""
    type, told = one.occurrence.type, one.occurrence.status
    if told not in _HAPPENED:
        return EventType.AGREE if told is Told.PLANNED and type in GOODWILL else None
    if type is EventType.CONCEDE:
        words = [_is_retreat(report) for report in one.reports]
        return EventType.RETREAT if 2 * sum(words) > len(words) else type
    return type


def _is_retreat(report: CastReport) -> bool:
    words = [why.removeprefix(_WORD).casefold() for why in report.stored.report.why if why.startswith(_WORD)]
    sentence = report.stored.report.evidence.text.casefold()
    return any(
        word.startswith(RETREATS) or (word.startswith(EASED) and not _is_at_home(word, sentence)) for word in words
    )


def _is_at_home(word: str, sentence: str) -> bool:
    """Whether what is eased by this word of the sentence is a rule over one's own people."""
    acts = [found.span() for found in re.finditer(rf"\b{re.escape(word)}\b", sentence)]
    eased = [
        (min((max(start - found.end(), found.start() - end) for start, end in acts), default=0), what in RESTRICTIONS)
        for what in (*RESTRICTIONS, *PENALTIES)
        for found in re.finditer(rf"\b{what}", sentence)
    ]
    return min(eased, default=(0, False))[1]


def parties(one: Gathered, role: str) -> tuple[Participant, ...]:
    """Who stands in a role of an occurrence, those whom most reports name first, each under its usual name there."""
    named: dict[str, list[Participant]] = {}
    for report in one.reports:
        for who in {who.identity: who for who in report.people.get(role, ())}.values():
            named.setdefault(who.identity, []).append(who)
    ranked = sorted(named.values(), key=lambda found: -len(found))  # stable: of several the first told
    return tuple(_merged(found) for found in ranked)


def _merged(found: list[Participant]) -> Participant:
    names = Counter(who.name for who in found)
    name = min(names, key=lambda name: (-names[name], name))
    country = next((who.country for who in found if who.country), None)
    return Participant(
        found[0].identity, name, found[0].kind, country, next((w.sector for w in found if w.sector), None)
    )


def is_reciprocal(type: EventType, source: tuple[Participant, ...], target: tuple[Participant, ...]) -> bool:
    """Whether those who act do so upon each other."""
    return type in RECIPROCAL and len(source) > 1 and not target


def to_record(one: Gathered, type: EventType) -> dict[str, Any]:
    """An occurrence as a PLOVER record of this type."""
    happening = one.occurrence
    source, target = parties(one, "source"), parties(one, "target")
    first = one.reports[0].stored.report if one.reports else None
    record: dict[str, Any] = {
        "id": happening.id,
        "date": (happening.date.start or happening.date.end) if happening.date else None,
        "event": str(type),
        "mode": None,
        "context": None,
        "text": first.evidence.text if first else None,
        "source": [_actor(who) for who in source],
        "target": [_actor(who) for who in target],
        "reciprocal": is_reciprocal(type, source, target),
    }
    if happening.place is not None:
        record["event_location"] = {"name": happening.place}
    record |= {"dead": happening.killed} if happening.killed is not None else {}
    record |= {"injured": happening.injured} if happening.injured is not None else {}
    whole: dict[str, Any] = mended(record | {"dragoman": _ours(one)})
    return whole


def _actor(who: Participant) -> dict[str, str | None]:
    return {"actorText": who.name, "code": who.country, "sector": who.sector}


def _ours(one: Gathered) -> dict[str, Any]:
    happening = one.occurrence
    return {
        "type": str(happening.type),
        "status": str(happening.status),
        "from": happening.date.start if happening.date else None,
        "to": happening.date.end if happening.date else None,
        "documents": happening.documents,
        "sources": happening.sources,
        "disputes": [str(matter) for matter in happening.disputes],
        "reports": [_report(report) for report in one.reports],
    }


def _report(told: CastReport) -> dict[str, Any]:
    report = told.stored.report
    row: dict[str, Any] = {
        "id": told.stored.id,
        "document": report.document,
        "title": told.stored.title,
        "outlet": told.stored.outlet,
        "published": told.stored.published,
        "url": told.url,
        "voice": list(report.voice),
        "standing": str(report.standing),
        "confidence": round(report.confidence, 4),
        **report.evidence.to_dict(),
    }
    if isinstance(report, Event) and (report.killed is not None or report.injured is not None):
        row |= {"dead": report.killed, "injured": report.injured}
    return row
