"""Relations: standing ties between actors, told by nouns, adjectives, verbs (*leader of*, *US-backed*, *live in*)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.reading.arguments import (
    Candidate,
    cast_roles,
    chain_of,
    find_candidates,
    find_place_candidates,
    path_between,
)
from dragoman.reading.explaining import cues
from dragoman.reading.features import insight_features, party_features, trigger_features
from dragoman.reading.participants import Names
from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.triggers import Trigger
from dragoman.reading.words import Token
from dragoman.record import ActorKind, Kind, Predicate, Relation, Standing

_LOCATIVE = frozenset(
    {"in", "at", "inside", "across", "throughout", "on", "near", "around", "outside", "from", "within"}
)
_FORMER = frozenset({"former", "ex", "late", "erstwhile", "onetime", "ousted", "deposed", "then"})
_MOST_PAIRS = 6
"""Ties that one trigger may tell: more than this is a list that the tree has lost."""
_MAX_TITLE = 6
"""Words in an office's title; what is longer is a description."""


ROLES = ("subject", "object")


def propose_relations(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    """One proposal for each pair of actors that a trigger ties, and for each actor named with where it is."""
    told: set[tuple[str, Predicate, str]] = set()
    for proposal in (*_from_triggers(scene, triggers, scorer), *_from_places(scene)):
        report = proposal.report
        assert isinstance(report, Relation)
        tie = (report.subject, report.predicate, report.object)
        if tie not in told:
            told.add(tie)
            yield proposal


def _from_triggers(scene: Scene, triggers: Sequence[Trigger], scorer: Scorer) -> Iterator[Proposal]:
    done: set[tuple[int, str]] = set()
    for trigger in triggers:
        predicate = Predicate(trigger.frame.yields["predicate"])
        if (trigger.token.i, predicate) in done:
            continue
        done.add((trigger.token.i, predicate))
        actors = find_candidates(trigger, predicate, scene)
        places = find_place_candidates(trigger, predicate, scene) if predicate is Predicate.BASED_IN else []
        if predicate is Predicate.BASED_IN:
            roles = cast_roles(actors, ROLES, Kind.RELATION, scorer, somebody=True)
            roles["object"] = cast_roles(places, ("place",), Kind.RELATION, scorer, somebody=True)["place"]
        elif predicate in _HELD and trigger.form == "noun":
            roles = _cast_office(trigger.token, actors, scene, scorer)
        else:
            roles = cast_roles(actors, ROLES, Kind.RELATION, scorer, somebody=True)
        pairs = [(s, o) for s in roles["subject"] for o in roles["object"] if s != o]
        for subject, item in pairs[:_MOST_PAIRS]:
            yield _proposal(trigger, subject, predicate, item, scene, tuple(actors), tuple(places))


_HELD = frozenset({Predicate.OFFICE, Predicate.LEADS, Predicate.SPEAKS_FOR})
_ARGUMENTS = frozenset({"nsubj", "csubj", "obj", "iobj", "obl", "ccomp", "advcl", "parataxis"})


def _cast_office(noun: Token, actors: Sequence[Candidate], scene: Scene, scorer: Scorer) -> dict[str, Names]:
    """Who holds an office of whom: of those within reach of its noun; where the noun does not say of whom, of the state
    that its holder serves, else of a state told elsewhere in the sentence."""
    near = [actor for actor in actors if _is_within_reach(noun, scene.doc[actor.place])]
    roles = cast_roles(near, ROLES, Kind.RELATION, scorer, somebody=True)
    if set(roles["object"]) <= set(roles["subject"]):
        roles["object"] = tuple(state for holder in roles["subject"][:1] if (state := scene.state_of(holder)))
    if not roles["object"]:
        far = cast_roles(actors, ("object",), Kind.RELATION, scorer, somebody=True)["object"]
        roles["object"] = tuple(name for name in far if scene.kind_of(name) == ActorKind.STATE)
    return roles


def _is_within_reach(noun: Token, other: Token) -> bool:
    """Whether the noun of an office can tie somebody: not across a verb whose other argument it is.

    Fires: *the minister, Ana Reyes*; *Ana Reyes became minister*; *as minister she*.
    Not:   *the minister met Ana Reyes*; *Ana Reyes said that the minister had left*; *the minister's aide, Ana Reyes*.
    """
    way = path_between(chain_of(noun), other)
    above = [step[1:] for step in way if step.startswith("^")]
    crosses = len(above) < len(way) and any(s == "nmod:poss" or s.partition(":")[0] in _ARGUMENTS for s in above)
    return not crosses or (above == ["obl"] and case_of(noun) == "as") or way in _SMALL_CLAUSES


_SMALL_CLAUSES = (("^nsubj", "nsubj"), ("^obj", "obj"))
"""*The co-chair of the council Ana Reyes tweeted*, *called her the leader*: two arguments of a verb that are one."""


def _from_places(scene: Scene) -> Iterator[Proposal]:
    """*Kurds in northern Syria*: an actor's noun phrase that names where it is."""
    frame = next((f for f in scene.pack.frames if f.id == "relation.based-in-name"), None)
    if frame is None:
        return
    for place in scene.places:
        head = scene.doc[place.head]
        if relation(head) == "nmod" and case_of(head) in _LOCATIVE:
            for subject in scene.cast.names_of(head.head):
                yield _proposal(Trigger(frame, head.head, "name"), subject, Predicate.BASED_IN, place.name, scene)


def _proposal(
    trigger: Trigger,
    subject: str,
    predicate: Predicate,
    item: str,
    scene: Scene,
    actors: tuple[Candidate, ...] = (),
    places: tuple[Candidate, ...] = (),
) -> Proposal:
    token, form = trigger.token, trigger.form
    standing = scene.standing(token)
    office = predicate in (Predicate.OFFICE, Predicate.LEADS) and form == "noun"
    report = Relation(
        document=scene.document.id,
        evidence=scene.evidence(token),
        voice=scene.voice_of_relation(token),
        standing=standing.standing if standing.standing in (Standing.DENIED, Standing.PLANNED) else Standing.ACTUAL,
        subject=subject,
        predicate=predicate,
        object=item,
        title=_title(token, scene) if office else None,
        former=any(c.lower_ in _FORMER for c in children(token, "amod", "compound", "advmod")),
        frame=trigger.frame.id,
        why=cues(token, standing.cue, scene),
    )
    ends = {c.name: c.place for c in (*actors, *places)}
    between = "".join("s" if n == subject else "o" for n in sorted((subject, item), key=lambda n: ends.get(n, -1)))
    features = (
        *trigger_features(scene, token, form, str(predicate), trigger.frame.id),
        *insight_features(scene, token, f"relation:{predicate}"),
        *party_features(scene, str(predicate), (("subject", (subject,)), ("object", (item,)))),
        f"standing={standing.standing}",
        f"voiced={bool(report.voice)}",
        f"order={predicate}:{between}",
        f"far={predicate}:{min(abs(ends.get(subject, token.i) - ends.get(item, token.i)) // 4, 5)}",
        *(
            f"subject:{f}"
            for c in actors
            if c.name == subject
            for f in c.features
            if f.startswith(("tree=", "source-path"))
        ),
        *(
            f"object:{f}"
            for c in (*actors, *places)
            if c.name == item
            for f in c.features
            if f.startswith(("tree=", "target-path"))
        ),
    )
    slot = ("relation", token.i) if actors else ("relation", token.i, subject, item)
    return Proposal(report, token.i, slot, features, actors, places)


def _title(noun: Token, scene: Scene) -> str:
    """The office's name: the noun with the words before it that are no actor's (*national security adviser*)."""
    words = [noun]
    while words[0].i > noun.sent.start and len(words) < _MAX_TITLE:
        before = words[0].nbor(-1)
        if (
            before.head not in words
            or relation(before) not in ("compound", "amod", "punct")
            or before.lower_ in _FORMER
        ):
            break
        if scene.cast.at(before.i) is not None and scene.cast.at(noun.i) is not scene.cast.at(before.i):
            break
        words.insert(0, before)
    while words[0].is_punct:
        words.pop(0)
    start, end = words[0].idx, noun.idx + len(noun)
    return scene.document.text[start:end]
