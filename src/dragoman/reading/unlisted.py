"""Unlisted words: triggers that no frame knows, where the report network is sure enough of an act or a tie.

No lexicon foresees every word for an act (*regained ground*). What a frame says beside its words (paths, standing) is
then the plainest there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dragoman.knowledge import Frame
from dragoman.reading.network import CLAIMS, Insight
from dragoman.reading.scene import Scene
from dragoman.reading.syntax import relation
from dragoman.reading.triggers import Trigger
from dragoman.record import EventType, Kind, Predicate

LEAST = 0.0
"""Log odds that the network must give a claim of a word that no frame lists."""
UNLISTED = "unlisted"
_FORMS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_FRAMES = {
    f"{kind}:{value}": Frame(
        id=f"{kind}.{UNLISTED}-{value.lower()}",
        kind=kind,
        yields={field: value},
        source=("subject", "poss", "by", "modifier"),
        target=("object", "of", "on", "against", "with", "to"),
    )
    for kind, field, values in ((Kind.EVENT, "type", EventType), (Kind.RELATION, "predicate", Predicate))
    for value in values
}
_NUMBERS = tuple(n for n, claim in enumerate(CLAIMS) if claim in _FRAMES)


def with_unlisted(scene: Scene, triggers: Mapping[Kind, Sequence[Trigger]]) -> dict[Kind, list[Trigger]]:
    """The frames' triggers and those that the network adds, by kind, in text order."""
    found = {kind: list(known) for kind, known in triggers.items()}
    if scene.insight is None:
        return found
    listed = {(kind, t.token.i) for kind, known in triggers.items() for t in known}
    for trigger in _sure(scene, scene.insight):
        if (trigger.frame.kind, trigger.token.i) not in listed:
            found[trigger.frame.kind].append(trigger)
    return {kind: sorted(known, key=lambda t: t.token.i) for kind, known in found.items()}


def _sure(scene: Scene, insight: Insight) -> Iterator[Trigger]:
    claims = insight.claims[:, _NUMBERS]
    for place, number in np.argwhere(claims >= LEAST).tolist():
        token = scene.doc[place]
        form = _FORMS.get(token.pos_)
        if form is not None and not token.ent_type_ and relation(token) not in ("aux", "cop"):
            yield Trigger(_FRAMES[CLAIMS[_NUMBERS[number]]], token, form)
