"""Events: acts in the sixteen PLOVER types, proposed by frames and filled along their role paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dragoman.reading.arguments import cast_roles, find_absent_candidates, find_candidates
from dragoman.reading.circumstances.dates import date_of
from dragoman.reading.circumstances.figures import casualties
from dragoman.reading.circumstances.placing import likeliest_place
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, party_features, trigger_features
from dragoman.reading.participants import Names, fill
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import relation
from dragoman.reading.triggers import Trigger
from dragoman.reading.voices.asserted import voice_of_act
from dragoman.reading.words import Token
from dragoman.record import DateRange, Event, EventType, Kind, Standing

_HARM = frozenset({EventType.ASSAULT})
_VERBAL = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.THREATEN})
"""Acts that somebody quoted performs by his words; what he asks for or refuses, the quotation often tells of others."""

ROLES = ("source", "target")


def propose_events(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """One proposal for each trigger and type, in text order; the scorer casts source and target."""
    seen: Counter[tuple[object, ...]] = Counter()
    acts = _best_frames(triggers, scene)
    types_at: dict[int, set[str]] = {}
    for trigger in acts:
        types_at.setdefault(trigger.token.i, set()).add(trigger.frame.yields["type"])
    for trigger in acts:
        yield _proposal(trigger, scene, scorer, seen, types_at)


def _best_frames(triggers: Sequence[Trigger], scene: Scene) -> list[Trigger]:
    """Triggers in text order, one for each token and type: of several frames the one whose paths reach most actors."""
    rivals: dict[tuple[int, str], list[Trigger]] = {}
    for trigger in triggers:
        rivals.setdefault((trigger.token.i, trigger.frame.yields["type"]), []).append(trigger)
    return [
        some[0] if len(some) == 1 else max(some, key=lambda t: _count_reached(t, scene)) for some in rivals.values()
    ]


def _count_reached(trigger: Trigger, scene: Scene) -> int:
    return len(fill(trigger, trigger.frame.source, scene)) + len(fill(trigger, trigger.frame.target, scene))


def _proposal(
    trigger: Trigger,
    scene: Scene,
    scorer: Scorer,
    seen: Counter[tuple[object, ...]],
    types: Mapping[int, set[str]],
) -> Proposal:
    token, frame = trigger.token, trigger.frame
    kind = EventType(frame.yields["type"])
    candidates = find_candidates(trigger, kind, scene)
    count = len(candidates)
    candidates += find_absent_candidates(trigger, kind, scene, {c.name for c in candidates})
    parties = cast_roles(candidates, ROLES, Kind.EVENT, scorer)
    standing = scene.standing(trigger.verb)
    date = date_of(token, scene.dates)
    killed, injured = casualties(token) if kind in _HARM else (None, None)
    report = Event(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=voice_of_event(scene.voice(token), kind, standing.standing, parties["source"]),
        standing=_standing(standing.standing, frame.standing, date, token, scene),
        type=kind,
        source=parties["source"],
        target=parties["target"],
        date=date,
        place=likeliest_place(token, kind, scene.places),
        killed=killed,
        injured=injured,
        frame=frame.id,
        why=cues(token, standing.cue, scene),
    )
    features = (*_features(trigger, report, scene, types[token.i], count), *_repeats(report, token, seen))
    slot = ("event", told_by(token, str(kind), types), str(kind))
    return Proposal(report, token.i, slot, features, tuple(candidates))


def voice_of_event(voice: Names, kind: EventType, standing: Standing, source: Names) -> Names:
    """The voice of an act at whose word somebody speaks; an act that he performs by speaking is not his to tell."""
    by_words = kind in _VERBAL and standing in (Standing.ACTUAL, Standing.DENIED)
    return voice_of_act(voice, source) if by_words else voice


def told_by(token: Token, kind: str, types: Mapping[int, set[str]]) -> int:
    """The word whose act this is: that of its verb where both tell one type (*held* talks, *travelled* for talks)."""
    depends = token.dep_ == "nsubj:pass" or relation(token) in ("obj", "obl")
    return token.head.i if depends and kind in types.get(token.head.i, ()) else token.i


def _standing(
    told: Standing, by_frame: Standing | None, date: DateRange | None, token: Token, scene: Scene
) -> Standing:
    """An act that the words tell as plain fact is still to come if the frame says so or its date lies ahead.

    A verb in the past tells of the past, whatever date was read beside it.
    """
    if told is not Standing.ACTUAL:
        return told
    published = scene.document.published
    past = token.tag_ in ("VBD", "VBN")
    ahead = (
        not past
        and date is not None
        and date.start is not None
        and published is not None
        and date.start > published.value
    )
    return Standing.PLANNED if ahead else by_frame or told


def _repeats(report: Event, token: Token, seen: Counter[tuple[object, ...]]) -> Iterator[str]:
    """Whether the document has told the like before: the codebook counts one act once."""
    act = (report.type, frozenset(report.source + report.target))
    for name, key in (("act", act), ("type", (report.type,)), ("word", (report.type, token.lemma_.lower()))):
        yield f"seen-{name}={min(seen[key], 4)}"
        yield f"seen-{name}:{report.type}={min(seen[key], 2)}"
        seen[key] += 1


def _features(trigger: Trigger, report: Event, scene: Scene, types: set[str], candidates: int) -> Iterator[str]:
    kind, form = str(report.type), trigger.form
    yield from trigger_features(scene, trigger.token, form, kind, trigger.frame.id)
    yield from insight_features(scene, trigger.token, f"event:{kind}")
    yield from party_features(scene, kind, (("source", report.source), ("target", report.target)))
    yield f"light={trigger.light.lemma_ if trigger.light is not None else ''}"
    yield f"standing={form}:{report.standing}"
    yield f"standing={kind}:{report.standing}"
    yield f"voiced={bool(report.voice)}"
    yield f"rivals={len(types)}"
    yield from (f"rival={kind}:{other}" for other in sorted(types) if other != kind)
    yield f"dated={form}:{report.date is not None}"
    yield f"placed={form}:{report.place is not None}"
    yield f"candidates={form}:{min(candidates, 3)}"
    yield f"candidates={report.type}:{candidates > 0}"
    yield f"casualties={report.killed is not None}"
