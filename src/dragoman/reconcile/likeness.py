"""How surely two tellings are of one happening, and why, in words.

Evidence is gathered under names; each has a weight, and their sum is the score: the logarithm of the odds that the two
are one. What cannot be of one happening (another sort of act, days too far apart, other countries, no party in common)
is refused before anything is added up. The weights are learned by ``python -m evaluation gathering --learn`` from
``ecbplus/train`` and the build half of ``evaluation/gathering_scenes.jsonl``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dragoman.reconcile.acts import is_alike, is_related, is_saying
from dragoman.reconcile.places import Place, compare_places
from dragoman.reconcile.tellings import UNDATED_REACH, Days, Telling, is_named
from dragoman.record import EventType, Standing

NEAR = 3
"""Days by which two told dates of one happening may differ: the day it was, the day it was told, the next morning."""

FAMILIES: tuple[frozenset[EventType], ...] = tuple(
    frozenset(map(EventType, pair.split("~")))
    for pair in (
        "AGREE~CONSULT AGREE~COOPERATE AGREE~SUPPORT AGREE~CONCEDE AGREE~AID CONSULT~COOPERATE CONSULT~SUPPORT "
        "SUPPORT~COOPERATE SUPPORT~CONCEDE SUPPORT~AID COOPERATE~AID CONCEDE~RETREAT CONCEDE~REJECT REQUEST~ACCUSE "
        "REQUEST~THREATEN REQUEST~PROTEST ACCUSE~REJECT ACCUSE~THREATEN ACCUSE~PROTEST ACCUSE~SANCTION ACCUSE~COERCE "
        "REJECT~SANCTION THREATEN~MOBILIZE SANCTION~COERCE MOBILIZE~ASSAULT MOBILIZE~COERCE COERCE~ASSAULT "
        "COERCE~RETREAT PROTEST~ASSAULT"
    ).split()
)
"""Types between which careful coders differ over one act (a crackdown: COERCE or ASSAULT)."""
RELATED: Mapping[EventType, frozenset[EventType]] = {
    type: frozenset({type}.union(*(family for family in FAMILIES if type in family))) for type in EventType
}
"""The types under which an act of each may be told, its own among them."""

RECIPROCAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE, EventType.ASSAULT})
"""Types that may be told from either side."""

_BLAMED = frozenset({EventType.ASSAULT, EventType.COERCE})
"""Acts of which tellings may differ in who did them."""

ASKED = frozenset({Standing.DEMANDED, Standing.CONDITIONAL})
"""What is asked for or tied to an *if* is not the act itself, even if that is told elsewhere."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The judgement on a pair: ``score`` in log odds (0 is even), ``why`` in words, the weightiest first."""

    score: float
    why: tuple[str, ...]


def judge(one: Telling, other: Telling, *, setting: bool = False) -> Likeness | None:
    """How alike two tellings are; ``None`` for two that cannot be of one happening.

    ``setting``: they are known to be of one matter beforehand (a sub-topic of ECB+), which a case never knows.
    """
    score = weigh(one, other, setting=setting)
    return None if score is None else Likeness(score, tuple(reasons(one, other)))


def weigh(one: Telling, other: Telling, *, setting: bool = False) -> float | None:
    """The score of ``judge`` alone."""
    if is_contradictory(one, other):
        return None
    found = evidence(one, other)
    if setting:
        found["setting"] = 1.0
    weights = load_weights()
    return round(weights["bias"] + sum(weights.get(name, 0.0) * found[name] for name in sorted(found)), 4)


def is_contradictory(one: Telling, other: Telling) -> bool:
    """Whether two tellings cannot be of one happening, however alike they are otherwise."""
    if (one.standing in ASKED) != (other.standing in ASKED):
        return True
    if one.type and other.type and other.type not in RELATED[one.type]:
        return True
    if one.days and other.days and one.days.gap(other.days) > reach(one.days, other.days):
        return True
    if compare_places(one.places, other.places) is Place.APART:
        return True
    return bool(one.type and other.type) and _have_no_party_in_common(one, other)


def reach(one: Days, other: Days) -> int:
    """Days by which the dates of one happening may differ: none where either is only inferred, and wide as it is."""
    return NEAR if one.told and other.told else 0


def _have_no_party_in_common(one: Telling, other: Telling) -> bool:
    """Both tell of parties, none the same; unless one act at one place on one day is told of different doers."""
    if not one.everybody or not other.everybody or one.everybody & other.everybody:
        return False
    same_place = compare_places(one.places, other.places) in (Place.SAME, Place.WITHIN)
    told = one.days and other.days and one.days.told and other.days.told
    return not (same_place and told and one.type is other.type and one.type in _BLAMED)


def evidence(one: Telling, other: Telling) -> dict[str, float]:
    """What speaks for and against one happening, by name; 1 for what holds, a share for what holds in part.

    Two words of which neither hints at the other weigh less where the types agree, and roles mean more where actors
    are known than where a phrase hangs on a word, so both go by other names there.
    """
    typed = bool(one.type and other.type)
    known = _share_somebody_known(one, other)
    word = _compare_words(one.word, other.word)
    found = {word if word != "other word" or not typed else "other word for one type": 1.0}
    found["words around"] = len(one.near & other.near) / (3 + min(len(one.near), len(other.near)))
    sides = tuple(side for side in _compare_sides(one, other) if known or not side.startswith("same "))
    if typed:
        found |= dict.fromkeys((*sides, *_compare_reports(one, other, known=known)), 1.0)
    else:
        found |= {f"{side} phrase": 1.0 for side in sides}
        found["somebody in common"] = float(bool(one.everybody & other.everybody))
        found |= _compare_speech(one, other, sides)
        if one.document == other.document:
            found["same document"] = 1.0
            found["same sentence"] = float(one.start == other.start)
    return {name: value for name, value in found.items() if value}


def _compare_speech(one: Telling, other: Telling, sides: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Words that only say that somebody speaks are one act only where the same one speaks."""
    if is_saying(one.word) and is_saying(other.word):
        yield "speech", 1.0
        yield "speech of one", float("same source" in sides)
        yield "speech of others", float("other source" in sides)


@lru_cache(maxsize=50_000)
def _compare_words(one: str, other: str) -> str:
    if not one or not other:
        return "no word"
    if one == other:
        return "same word"
    if is_related(one, other):
        return "related word"
    return "alike word" if is_alike(one, other) else "other word"


def _compare_sides(one: Telling, other: Telling) -> Iterator[str]:
    """The roles compared; in an act that may be told from either side, all parties are one side."""
    if one.type in RECIPROCAL and other.type in RECIPROCAL:
        crossed = bool(one.source & other.target or one.target & other.source) and not one.source & other.source
        if crossed or not (one.target and other.target):
            yield from _compare_side("party", one.parties, other.parties)
            return
    yield from _compare_side("source", one.source, other.source)
    yield from _compare_side("target", one.target, other.target)
    yield from _compare_side("around", one.around, other.around)


def _compare_side(name: str, one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    if one & other:
        yield f"same {name}"
    elif one and other:
        yield f"other {name}"


def _compare_reports(one: Telling, other: Telling, *, known: bool) -> Iterator[str]:
    """What only whole reports tell: types, all parties, dates, places, figures, standing."""
    yield "same type" if one.type is other.type else "related types"
    yield from _compare_parties_and_days(one, other, known=known)
    yield str(compare_places(one.places, other.places)) or _untied_places(one, other)
    if one.type not in RECIPROCAL and one.source & other.target and one.target & other.source:
        yield "roles reversed"
    for what, a, b in (("killed", one.killed, other.killed), ("injured", one.injured, other.injured)):
        if a is not None and b is not None:
            yield f"same {what}" if a == b else f"other {what}"
    if one.standing is not other.standing:
        yield "other standing"
    elif one.document == other.document:
        yield "told twice in one document"  # where the codebook codes one act once


def _untied_places(one: Telling, other: Telling) -> str:
    """What two places come to that nothing ties: *the northern city* may be any, the Opera House is not the Bank."""
    both_named = any(map(is_named, one.places)) and any(map(is_named, other.places))
    return "other place" if both_named else "no place"


def _compare_parties_and_days(one: Telling, other: Telling, *, known: bool) -> Iterator[str]:
    """All parties and the dates; who has no name tells little of who it was, and the less the vaguer the dates are."""
    fewer = min(len(one.parties), len(other.parties))
    shared = len(one.parties & other.parties)
    days = _compare_days(one, other)
    yield days
    if not fewer:
        yield "no parties"
    elif shared and shared < fewer:
        yield "parties in part"
    elif shared and not known:
        yield "unnamed parties"
    elif shared:
        yield "all parties" if fewer > 1 else "the one party"
    if shared and not known and days not in ("same day", "same week"):
        yield "unnamed parties, no day"
    elif fewer == 1 and days in ("one date told", "no date told", "no date"):
        yield "the one party, undated"


def _share_somebody_known(one: Telling, other: Telling) -> bool:
    """Whether somebody has a part in both who is certainly the same: by name, or within one document.

    Fires: Pakistan in two documents, *gunmen* twice in one. Not: *gunmen* in two documents.
    """
    shared = one.everybody & other.everybody
    return bool(shared) and (one.document == other.document or not shared.isdisjoint(one.named))


def _compare_days(one: Telling, other: Telling) -> str:
    a, b = one.days, other.days
    if a is None or b is None:
        return "no date"
    if not (a.told and b.told):
        return "one date told" if a.told or b.told else "no date told"
    width = max(a.width, b.width)
    if a.gap(b):
        return "days apart"
    if width == 0:
        return "same day"
    if width <= 7:
        return "same week"
    return "same month" if width <= 31 else "same period" if a == b else "wide dates"


def reasons(one: Telling, other: Telling) -> Iterator[str]:
    """The evidence in words that a reader of a page understands; at the figures of this pair."""
    if one.type and other.type:
        yield "same type" if one.type is other.type else f"related types ({one.type}, {other.type})"
        fewer = min(len(one.parties), len(other.parties))
        if fewer:
            shared = len(one.parties & other.parties)
            by_name = ", not by name" if shared and not _share_somebody_known(one, other) else ""
            yield f"{shared} of {fewer} part{'y' if fewer == 1 else 'ies'}{by_name}"
    word = _compare_words(one.word, other.word)
    if word in ("same word", "related word"):
        yield word
    if word == "alike word":
        yield f"{one.word} and {other.word} can tell one act"
    yield from _reasons_of_days(one, other)
    if place := compare_places(one.places, other.places):
        yield str(place)
    for what, a, b in (("killed", one.killed, other.killed), ("injured", one.injured, other.injured)):
        if a is not None and b is not None:
            yield f"{a} {what}" if a == b else f"{a} or {b} {what}"


def _reasons_of_days(one: Telling, other: Telling) -> Iterator[str]:
    if one.days is None or other.days is None:
        return
    if not (one.days.told and other.days.told):
        yield f"published within {UNDATED_REACH} days of {'it' if one.days.told or other.days.told else 'each other'}"
    elif gap := one.days.gap(other.days):
        yield f"{gap} day{'' if gap == 1 else 's'} apart"
    else:
        yield "same day" if max(one.days.width, other.days.width) == 0 else "dates that agree"


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each piece of evidence, in log odds, and the bias."""
    path = files("dragoman.reconcile") / "weights.json"
    weights: Mapping[str, float] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return weights
