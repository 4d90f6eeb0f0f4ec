"""Events: acts in the sixteen PLOVER types, proposed by frames and filled along their role paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.dates import date_of
from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.figures import casualties
from dragoman.reading.places import place_of
from dragoman.reading.proposals import Proposal
from dragoman.reading.participants import Names, fill, fill_first
from dragoman.reading.scene import Scene, evidence_of
from dragoman.reading.standing import standing_of
from dragoman.reading.triggers import Lexicon, Trigger, find_triggers
from dragoman.record import Event, EventType, Standing

_HARM = frozenset({EventType.ASSAULT})


def propose_events(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    """One proposal for each trigger and type, in text order."""
    seen: Counter[tuple[object, ...]] = Counter()
    types_at: dict[int, set[str]] = {}
    triggers = list(find_triggers(scene.doc, lexicon))
    for trigger in triggers:
        types_at.setdefault(trigger.token.i, set()).add(trigger.frame.yields["type"])
    done: set[tuple[int, str]] = set()
    for trigger in _with_most_roles_first(triggers, scene):
        key = (trigger.token.i, trigger.frame.yields["type"])
        if key in done:
            continue
        done.add(key)
        yield _proposal(trigger, scene, seen, types_at[trigger.token.i])


def _with_most_roles_first(triggers: list[Trigger], scene: Scene) -> list[Trigger]:
    """Triggers in text order; of several frames on one token the one whose roles are filled comes first."""
    return sorted(triggers, key=lambda t: (t.token.i, -sum(map(bool, _parties(t, scene)))))


def _parties(trigger: Trigger, scene: Scene) -> tuple[Names, Names]:
    """Source and target; parties of a reciprocal act are all source, as the codebook has it."""
    frame = trigger.frame
    if frame.yields.get("reciprocal"):
        return fill(trigger, frame.source, scene), ()
    source = fill_first(trigger, frame.source, scene)
    target = tuple(n for n in fill_first(trigger, frame.target, scene) if n not in source)
    return source, target


def _proposal(trigger: Trigger, scene: Scene, seen: Counter[tuple[object, ...]], types: set[str]) -> Proposal:
    token, frame = trigger.token, trigger.frame
    source, target = _parties(trigger, scene)
    standing = standing_of(trigger.verb if trigger.light is not None else token, scene.pack)
    kind = EventType(frame.yields["type"])
    killed, injured = casualties(token) if kind in _HARM else (None, None)
    report = Event(
        document=scene.document.id,
        evidence=evidence_of(scene.document, token.sent),
        voice=scene.voice(token),
        standing=Standing(frame.standing) if frame.standing and standing.standing is Standing.ACTUAL else standing.standing,
        type=kind,
        source=source,
        target=target,
        date=date_of(token, scene.dates),
        place=place_of(token, scene.places),
        killed=killed,
        injured=injured,
        frame=frame.id,
        why=tuple(w for w in (token.text, standing.cue) if w),
    )
    features = (*_features(trigger, report, scene, types), *_repeats(report, token, seen))
    return Proposal(report, token.i, ("event", token.i, str(kind)), features)


def _repeats(report: Event, token: Token, seen: Counter[tuple[object, ...]]) -> Iterator[str]:
    """Whether the document has told the like before: the codebook counts one act once."""
    act = (report.type, frozenset(report.source + report.target))
    for name, key in (("act", act), ("type", (report.type,)), ("word", (report.type, token.lemma_.lower()))):
        yield f"seen-{name}={min(seen[key], 4)}"
        yield f"seen-{name}:{report.type}={min(seen[key], 2)}"
        seen[key] += 1


def _features(trigger: Trigger, report: Event, scene: Scene, types: set[str]) -> Iterator[str]:
    kind, form = str(report.type), trigger.form
    yield from trigger_features(trigger.token, form, kind, trigger.frame.id)
    yield from party_features(scene, kind, (("source", report.source), ("target", report.target)))
    yield f"light={trigger.light.lemma_ if trigger.light is not None else ''}"
    yield f"standing={form}:{report.standing}"
    yield f"standing={kind}:{report.standing}"
    yield f"voiced={bool(report.voice)}"
    yield f"rivals={len(types)}"
    yield from (f"rival={kind}:{other}" for other in sorted(types) if other != kind)
    yield f"dated={form}:{report.date is not None}"
    yield f"placed={form}:{report.place is not None}"
    yield f"casualties={report.killed is not None}"
