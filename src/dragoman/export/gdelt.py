"""GDELT 2.0: the tables of events (61 columns) and mentions (16), tab-separated, without a header, as GDELT has them.

The target is a folder, in which ``export.CSV`` and ``mentions.CSV`` are written. An occurrence is one event, a report
of it is one mention. A column that the record does not know is empty; nothing is made up. In particular:

- ``GlobalEventID`` is made from the occurrence's id, the same in every export; it is none of GDELT's own.
- ``Day``, ``MonthYear``, ``Year`` and ``FractionDate`` are filled as far as the date is told.
- ``Actor1`` is the first source, ``Actor2`` the first target (of those who act upon each other, the second source). The
  number of occurrences with further actors is said; the PLOVER export has them all.
- ``EventRootCode`` and ``QuadClass`` are CAMEO's for the PLOVER type (see that export), where the PLOVER manual derives
  the type from one root (`ROOTS`). Types that it joined from several roots have none.
  The class of `PROTEST` is that of GDELT's records, verbal; others who use CAMEO count it as material.
- ``EventCode`` and ``EventBaseCode`` are filled for plans alone: CAMEO has a code for the intent to meet, to give aid
  and so on. The finer codes of what happened are not known.
- Country codes are ISO 3166 alpha-3, which CAMEO shares, left out for the few where it differs; types are CAMEO's
  where our sectors have the same.
- Moments are empty: GDELT wants them to the second, and the record knows days.
- In mentions, ``ActionCharOffset`` is where the sentence begins that asserts the event, in code points of the text as
  read; ``Confidence`` is the reader's, in percent.

What has no PLOVER type is left out and counted as there: CAMEO's appeals and demands (02, 10) are acts of who asks, not
of who is asked, and our `REQUEST` is one of both.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from dragoman.case import Case, CastReport, Gathered, Participant
from dragoman.case.text import mend
from dragoman.errors import ExportError
from dragoman.export.csv import guarded
from dragoman.export.plover import is_reciprocal, parties, plover_type, remarks
from dragoman.export.target import writing
from dragoman.record import EventType
from dragoman.record.occurrence import Told

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

EVENT_COLUMNS: tuple[str, ...] = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
"""The 61 columns of GDELT 2.0 events, in order."""

MENTION_COLUMNS: tuple[str, ...] = (
    *("GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
"""The 16 columns of GDELT 2.0 mentions, in order."""

ROOTS: Mapping[EventType, str] = {
    EventType.AGREE: "03",
    EventType.CONSULT: "04",
    EventType.SUPPORT: "05",
    EventType.COOPERATE: "06",
    EventType.AID: "07",
    EventType.CONCEDE: "08",
    EventType.RETREAT: "08",
    EventType.REJECT: "12",
    EventType.THREATEN: "13",
    EventType.PROTEST: "14",
    EventType.MOBILIZE: "15",
    EventType.SANCTION: "16",
    EventType.COERCE: "17",
}
"""The CAMEO root from which the PLOVER manual derives a type, where it is one."""

INTENTS: Mapping[EventType, str] = {
    EventType.CONSULT: "036",
    EventType.SUPPORT: "032",
    EventType.COOPERATE: "031",
    EventType.AID: "033",
    EventType.RETREAT: "035",
}
"""CAMEO's code for the intent to do what our codebook has a type for, where it is one: to meet or negotiate, cooperate
in diplomacy, cooperate materially, provide aid, yield. An intent to `CONCEDE` may be to yield or to reform."""

_QUADS = {"03": 1, "04": 1, "05": 1, "06": 2, "07": 2, "08": 2, "12": 3, "13": 3, "14": 3, "15": 4, "16": 4, "17": 4}
_QUAD_OF_JOINED = {EventType.ASSAULT: 4}

_OTHER_COUNTRIES = frozenset({"ROU", "XKX", "TLS", "COD", "SSD", "MNE", "SRB"})
"""ISO codes that CAMEO, which is older, writes otherwise or does not have."""

_TYPES = frozenset(
    "AGR BUS COP CRM CVL EDU ELI ENV GOV HLH HRI JUD LAB LEG MED MIL OPP REB REF SPY UAF IGO NGO MNC".split()
)
_WEB, _CITATION = "1", "2"


def export_gdelt(
    case: Case,
    target: str | os.PathLike[str],
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> tuple[str, ...]:
    """Write both tables into the folder, which is made when it is not there; returns what a reader should know."""
    folder = Path(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"cannot make the folder {folder}: {error.strerror}; give a path that can be written"
        ) from error
    told: Counter[tuple[Told, bool]] = Counter()
    crowded = 0
    with ExitStack() as stack:
        events = stack.enter_context(writing(folder / "export.CSV"))
        mentions = stack.enter_context(writing(folder / "mentions.CSV"))
        for one in case.gathered(since=since, until=until, as_of=as_of):
            type = plover_type(one)
            told[one.occurrence.status, type is not None] += 1
            if type is not None:
                crowded += _write(one, type, events, mentions)
    more = f"{crowded:,} have more actors than the two that GDELT has columns for; PLOVER has them all."
    return (*remarks(told, "GDELT", "intent to cooperate (03)"), *([more] if crowded else []))


def _write(one: Gathered, type: EventType, events: BinaryIO, mentions: BinaryIO) -> bool:
    """Write an occurrence of this PLOVER type; whether some of its actors had no column."""
    source, target = parties(one, "source"), parties(one, "target")
    pair = [*source[:1], *target[:1]]
    if is_reciprocal(type, source, target):
        pair = list(source[:2])
    first = source[0] if source else None
    second = target[0] if target else (pair[1] if len(pair) > 1 else None)
    _line(events, EVENT_COLUMNS, _event(one, type, first, second))
    for report in one.reports:
        _line(mentions, MENTION_COLUMNS, _mention(one, report))
    return len(source) + len(target) > sum(who is not None for who in (first, second))


def _line(stream: BinaryIO, columns: Iterable[str], values: Mapping[str, object]) -> None:
    stream.write(("\t".join(_cell(values.get(name)) for name in columns) + "\n").encode())


def _cell(value: object) -> str:
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    return guarded(" ".join(mend(str(value)).split()))


def event_id(occurrence: str) -> int:
    """A number for an occurrence that fits 63 bits: the first fifteen hex digits of its id."""
    return int(occurrence[:15], 16)


def _event(one: Gathered, type: EventType, first: Participant | None, second: Participant | None) -> dict[str, object]:
    happening = one.occurrence
    intent = INTENTS.get(happening.type) if happening.status is Told.PLANNED else None
    return {
        "GlobalEventID": event_id(happening.id),
        **_date((happening.date.start or happening.date.end) if happening.date else None),
        **_actor(1, first),
        **_actor(2, second),
        "EventCode": intent,
        "EventBaseCode": intent,
        "EventRootCode": ROOTS.get(type),
        "QuadClass": quad_class(type),
        "NumMentions": len(one.reports),
        "NumSources": happening.sources,
        "NumArticles": happening.documents,
        "ActionGeo_FullName": happening.place,
        "SOURCEURL": next((report.url for report in one.reports if report.url), None),
    }


def quad_class(type: EventType) -> int | None:
    """CAMEO's class of a PLOVER type, where it is one."""
    return _QUADS.get(ROOTS.get(type, ""), _QUAD_OF_JOINED.get(type))


def _date(day: str | None) -> dict[str, object]:
    if day is None:
        return {}
    digits = day.replace("-", "")
    values: dict[str, object] = {"Year": digits[:4]}
    if len(digits) >= 6:
        values["MonthYear"] = digits[:6]
    if len(digits) == 8:
        # GDELT counts 30 days a month. Its codebook says so of the month itself, its records have the months before it.
        part = ((int(digits[4:6]) - 1) * 30 + int(digits[6:])) / 365
        values |= {"Day": digits, "FractionDate": f"{int(digits[:4]) + part:.4f}"}
    return values


def _actor(number: int, who: Participant | None) -> dict[str, object]:
    if who is None:
        return {}
    country = who.country if who.country not in _OTHER_COUNTRIES else None
    sector = who.sector if who.sector in _TYPES else None
    row = {
        "Name": who.name.upper(),
        "CountryCode": country,
        "Type1Code": sector,
        "Code": (country or "") + (sector or ""),
    }
    return {f"Actor{number}{name}": value or None for name, value in row.items()}


def _mention(one: Gathered, report: CastReport) -> dict[str, object]:
    stored = report.stored
    return {
        "GlobalEventID": event_id(one.occurrence.id),
        "MentionType": _WEB if report.url else _CITATION,
        "MentionSourceName": stored.outlet,
        "MentionIdentifier": report.url or stored.title or stored.report.document,
        "ActionCharOffset": stored.report.evidence.start,
        "Confidence": round(100 * stored.report.confidence),
        "MentionDocLen": report.characters,
    }
