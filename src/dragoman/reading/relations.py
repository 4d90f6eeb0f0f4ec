"""Relations: standing ties between actors, told by nouns, adjectives and verbs (*leader of*, *US-backed*, *live in*)."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.reading.features import party_features, trigger_features
from dragoman.reading.places import place_of
from dragoman.reading.proposals import Proposal
from dragoman.reading.participants import fill
from dragoman.reading.scene import Scene, evidence_of
from dragoman.reading.standing import standing_of
from dragoman.reading.syntax import case_of, children, relation
from dragoman.reading.triggers import Lexicon, Trigger, find_triggers
from dragoman.record import SYMMETRIC, Predicate, Relation, Standing

_LOCATIVE = frozenset({"in", "at", "inside", "across", "throughout", "on", "near", "around", "outside", "from", "within"})
_FORMER = frozenset({"former", "ex", "late", "erstwhile", "onetime", "ousted", "deposed", "then"})
_MAX_TITLE = 6
"""Words in an office's title; what is longer is a description."""


def propose_relations(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    """One proposal for each pair of actors that a trigger ties, and for each actor named with where it is."""
    told: set[tuple[str, Predicate, str]] = set()
    for proposal in (*_from_triggers(scene, lexicon), *_from_places(scene)):
        report = proposal.report
        assert isinstance(report, Relation)
        tie = (report.subject, report.predicate, report.object)
        if tie not in told:
            told.add(tie)
            yield proposal


def _from_triggers(scene: Scene, lexicon: Lexicon) -> Iterator[Proposal]:
    for trigger in find_triggers(scene.doc, lexicon):
        predicate = Predicate(trigger.frame.yields["predicate"])
        subjects = fill(trigger, trigger.frame.source, scene)
        if predicate is Predicate.BASED_IN:
            place = place_of(trigger.token, scene.places)
            objects: tuple[str, ...] = (place,) if place else ()
        else:
            objects = fill(trigger, trigger.frame.target, scene)
        if predicate in SYMMETRIC and not objects:
            subjects, objects = subjects[:1], subjects[1:]
        for subject in subjects:
            for item in objects:
                if subject != item:
                    yield _proposal(trigger.token, trigger.form, trigger.frame.id, subject, predicate, item, scene)


def _from_places(scene: Scene) -> Iterator[Proposal]:
    """*Kurds in northern Syria*: an actor's noun phrase that names where it is."""
    for place in scene.places:
        head = scene.doc[place.head]
        if relation(head) == "nmod" and case_of(head) in _LOCATIVE:
            for subject in scene.cast.names_of(head.head):
                yield _proposal(head.head, "name", "relation.based-in-name", subject, Predicate.BASED_IN, place.name, scene)


def _proposal(token: Token, form: str, frame: str, subject: str, predicate: Predicate, item: str, scene: Scene) -> Proposal:
    standing = standing_of(token, scene.pack)
    office = predicate in (Predicate.OFFICE, Predicate.LEADS) and form == "noun"
    report = Relation(
        document=scene.document.id,
        evidence=evidence_of(scene.document, token.sent),
        voice=scene.voice(token),
        standing=standing.standing if standing.standing in (Standing.DENIED, Standing.PLANNED) else Standing.ACTUAL,
        subject=subject,
        predicate=predicate,
        object=item,
        title=_title(token, scene) if office else None,
        former=any(c.lower_ in _FORMER for c in children(token, "amod", "compound", "advmod")),
        frame=frame,
        why=tuple(w for w in (token.text, standing.cue) if w),
    )
    features = (
        *trigger_features(token, form, str(predicate), frame),
        *party_features(scene, str(predicate), (("subject", (subject,)), ("object", (item,)))),
        f"standing={standing.standing}",
        f"voiced={bool(report.voice)}",
    )
    return Proposal(report, token.i, ("relation", token.i, subject, item), features)


def _title(noun: Token, scene: Scene) -> str:
    """The office's name: the noun with the words before it that are no actor's (*national security adviser*)."""
    words = [noun]
    while words[0].i > noun.sent.start and len(words) < _MAX_TITLE:
        before = words[0].nbor(-1)
        if before.head not in words or relation(before) not in ("compound", "amod", "punct") or before.lower_ in _FORMER:
            break
        if scene.cast.at(before.i) is not None and scene.cast.at(noun.i) is not scene.cast.at(before.i):
            break
        words.insert(0, before)
    start, end = words[0].idx, noun.idx + len(noun)
    return str(noun.doc.text[start:end])
