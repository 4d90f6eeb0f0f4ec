"""Crowds: tellings so much alike that the first few speak for all; each of the others follows the likest of these.

Gathering weighs every pair, which a happening that thousands tell would make endless. Up to ``CROWD`` tellings of one
type, dates and parties are all weighed. Beyond that only the first by id, and those that a person has
put together or parted, are; each of the rest is weighed with these alone, and is of whatever happening the likest is
of. One that none of them is like enough stays by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from dragoman.reconcile.gathering import JOIN
from dragoman.reconcile.likeness import ASKED, weigh
from dragoman.reconcile.tellings import Telling

CROWD = 20
"""Tellings of a crowd that speak."""


def crowd_of(telling: Telling) -> str:
    """The crowd that a telling belongs to, as a short digest; it hangs on nothing but the telling."""
    days = telling.days
    when = [days.first, days.last, days.told] if days else None
    packed = json.dumps([telling.type, telling.standing in ASKED, when, *sorted(telling.parties)])
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def likest(telling: Telling, speakers: Iterable[Telling]) -> Telling | None:
    """The speaker that a telling is surest to be of one happening with, of several the first by id."""
    weighed = ((weigh(telling, speaker), speaker) for speaker in sorted(speakers, key=lambda one: one.id))
    like = [(score, speaker) for score, speaker in weighed if score is not None and score >= JOIN]
    return max(like, key=lambda pair: pair[0])[1] if like else None
