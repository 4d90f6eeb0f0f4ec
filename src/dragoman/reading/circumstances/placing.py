"""At which of the places told in its sentence an act happened, weighed by a model learned from coded articles.

Syntax alone (``places.place_of``) misses what hangs a clause away and gives acts of speech the place of their matter.
Here every place of the sentence is an option; the answer by syntax, the way through the tree, the preposition and the
type of act speak for or against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.reading.circumstances.governing import way_between
from dragoman.reading.circumstances.places import (
    STATIC,
    PlaceMention,
    foot_of,
    place_near,
    place_of,
    with_conjuncts,
)
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import case_of, relation
from dragoman.reading.words import Doc, Token

MODEL = "place"
_MOST_OPTIONS = 16
"""Places of one sentence that are weighed; more are an enumeration."""
_LONGEST_WAY = 5
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class PlaceOption:
    """A place where an act may have happened, with what speaks for and against it."""

    place: PlaceMention
    features: tuple[str, ...]


def likeliest_place(act: Token, kind: str, places: Sequence[PlaceMention]) -> str | None:
    """Where an act of a type happened, as narrowly as it is named; places coordinated with the likeliest go with it.
    ``None`` if none is likely.

    Fires: *said that rebels near Hama had shelled the camp* (shelled: Hama); *held in Didim in western Turkey* (Didim).
    Not:   *condemned the attack in Hama* (condemned).
    """
    model = load_model()
    rated = [(model.probability(MODEL, o.features), o.place) for o in place_options(act, kind, places)]
    if not rated:
        return None
    best, place = max(rated, key=lambda pair: (pair[0], -pair[1].start))
    if best < model.thresholds[MODEL]:
        return None
    return with_conjuncts(_narrowest(place, act.doc, places), act.doc, places)


def _narrowest(place: PlaceMention, doc: Doc, places: Sequence[PlaceMention]) -> PlaceMention:
    """A place, or the town or region named just before that lies in it: *Didim in western Turkey*."""
    inner = (m for m in places if m.end + 1 == place.start and doc[m.end].lower_ == "in")
    return next((m for m in inner if not m.wide and doc[m.head].pos_ == "PROPN"), place)


@lru_cache(maxsize=1)
def load_model() -> Scorer:
    """The model that ships with the package."""
    data = json.loads(resources.files("dragoman.reading").joinpath("model/places.json").read_text(encoding="utf-8"))
    return Scorer({MODEL: data["weights"]}, {MODEL: data["threshold"]})


def place_options(act: Token, kind: str, places: Sequence[PlaceMention]) -> list[PlaceOption]:
    """The places of an act's sentence, in text order, each described as it lies to the act."""
    sentence = act.sent
    near = [m for m in places if sentence.start <= m.head < sentence.end][:_MOST_OPTIONS]
    if not near:
        return []
    by_syntax = (place_of(act, near) or "").split("; ")
    nearest = place_near(act, near)
    ranks = {m.start: n for n, m in enumerate(sorted(near, key=lambda m: (abs(m.head - act.i), m.start)))}
    found = []
    for place in near:
        rule = "yes" if place.name in by_syntax else "other" if by_syntax[0] else "none"
        features = (
            *_describe_way(act, kind, place, rule),
            *_describe_name(kind, place, near, act),
            f"rank={min(ranks[place.start], 3)}",
            f"rank={min(ranks[place.start], 3)}:{min(len(near), 3)}",
            f"nearest={place.name == nearest}:{_size(place)}",
        )
        found.append(PlaceOption(place, features))
    return found


def _describe_way(act: Token, kind: str, place: PlaceMention, rule: str) -> Iterator[str]:
    """How the place hangs: its way from the act, its preposition, what syntax says."""
    foot = foot_of(act.doc[place.head])
    up, down = way_between(act, foot)
    steps = [f"^{relation(t)}" for t in up] + [relation(t) for t in down]
    way, form = "/".join(steps[:_LONGEST_WAY]), "verb" if act.pos_ in _VERBAL else "noun"
    case, link, size = case_of(foot), relation(foot), _size(place)
    verbs = min(sum(t.pos_ in _VERBAL for t in (*up[1:], *down)), 3)
    side = "before" if place.head < act.i else "after"
    yield from (f"way={way}", f"way={form}:{way}:{case}", f"way={kind}:{way}")
    yield from (f"case={case}:{size}", f"case={kind}:{case}", f"verbs={verbs}", f"length={min(len(steps), 7)}")
    yield from (f"link={link}:{size}", f"link={kind}:{link}", f"link={link}:{case}")
    yield from (f"turn={len(up)}:{min(len(down), 3)}:{case}", f"still={case in STATIC}:{size}:{min(verbs, 2)}")
    yield from (f"side={side}:{form}:{link}", f"far={side}:{min(abs(place.head - act.i) // 4, 6)}")
    yield from (
        f"rule={rule}",
        f"rule={rule}:{size}",
        f"rule={rule}:{kind}",
        f"rule={rule}:{form}:{min(len(steps), 4)}",
    )


def _describe_name(kind: str, place: PlaceMention, near: Sequence[PlaceMention], act: Token) -> Iterator[str]:
    """What kind of place it is, and whether a larger one around it is told beside it: *Irving, Texas*."""
    size, doc = _size(place), act.doc
    yield from (f"kind={kind}", f"size={size}", f"size={kind}:{size}")
    after = any(place.end < other.start <= place.end + 2 for other in near)
    before = any(other.end < place.start <= other.end + 2 for other in near)
    yield f"inside={doc[place.end].lower_ if after else ''}"
    yield f"around={doc[place.start - 1].lower_ if before else ''}:{size}"


def _size(place: PlaceMention) -> str:
    if place.told:
        return "told"
    return "wide" if place.wide else "capital" if place.acts else "narrow"
