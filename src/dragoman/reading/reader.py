"""Reading one document: the stages in order, each handing plain results to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy import tokens as spacy

from dragoman.knowledge import Pack
from dragoman.reading import READER
from dragoman.reading.actors.finding import Cast, find_cast
from dragoman.reading.circumstances.dates import find_dates
from dragoman.reading.circumstances.dating import Story, likeliest_date
from dragoman.reading.circumstances.places import PlaceMention, find_places
from dragoman.reading.commitments import propose_commitments
from dragoman.reading.events import propose_events, voice_of_event
from dragoman.reading.explaining import with_voices
from dragoman.reading.forecasts import propose_forecasts
from dragoman.reading.network import Network, load_network, lower_states, mark, stretches
from dragoman.reading.overlong import cut_overlong
from dragoman.reading.positions import propose_positions
from dragoman.reading.proposals import Proposal, choose
from dragoman.reading.relations import propose_relations
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import Scorer, load_scorer
from dragoman.reading.steps import propose_steps
from dragoman.reading.triggers import Lexicon, Trigger, build_lexicon, find_triggers
from dragoman.reading.unlisted import with_unlisted
from dragoman.reading.voices.finding import find_attributions, names_of
from dragoman.reading.words import Doc
from dragoman.reading.words import Span as Sentence
from dragoman.record import ActorKind, Document, Event, Kind, Reading, Report, Span


def read(document: Document, doc: spacy.Doc, pack: Pack) -> Reading:
    """The actors and reports of one analysed document.

    ``doc`` covers ``document.text`` character for character (furniture blanked). The same input gives the same output.
    """
    scene = consult(set_scene(document, doc, pack), load_network())
    scorer = load_scorer()
    sentences = tuple(_bounds(s) for s in scene.sentences)
    chosen = (voice_by_tellers(proposal, scene) for proposal in choose(propose(scene, scorer), scorer))
    reports = {report.id: replace(report, reader=READER) for report in date_by_story(chosen, scene)}
    return Reading(document, sentences, scene.cast.actors, tuple(reports.values()))


def set_scene(document: Document, doc: spacy.Doc, pack: Pack) -> Scene:
    """Everything that the kinds' modules look things up in; sentences of the scene are never overlong."""
    words = Doc(cut_overlong(doc))
    published = document.published.value if document.published else None
    cast = find_cast(words, pack, published)
    attributions = find_attributions(words, cast, pack)
    dates = find_dates(words, published)
    told = find_places(words, pack)
    places = sorted((*_as_cast(told, cast), *_unknown_states(told, words, cast)), key=lambda place: place.start)
    sentences = tuple(s for s in words.sents if s.text.strip())
    return Scene(document, words, pack, cast, attributions, dates, tuple(places), sentences)


def _as_cast(places: Sequence[PlaceMention], cast: Cast) -> Iterator[PlaceMention]:
    """Places without the names of persons and bodies (drove *Ana Reyes* out of the valley); what acts as a state is one
    (*Zerunia* seized power)."""
    kinds = {place.name: _kind_at(place, cast) for place in places if not place.told}
    for place in places:
        if kinds.get(place.name) in _SOMEBODY:
            continue
        yield replace(place, wide=True, acts=True) if _kind_at(place, cast) is ActorKind.STATE else place


def _unknown_states(places: Sequence[PlaceMention], doc: Doc, cast: Cast) -> Iterator[PlaceMention]:
    """The names of states that no pack knows and that were not taken for places, which they are as well."""
    told = {i for place in places for i in range(place.start, place.end)}
    for name in cast.mentions:
        actor = cast.actors[name.actor]
        if name.kind == "name" and actor.kind is ActorKind.STATE and actor.key is None and name.head not in told:
            yield PlaceMention(name.start, name.end, name.head, doc[name.start : name.end].text, wide=True, acts=True)


def _kind_at(place: PlaceMention, cast: Cast) -> ActorKind | None:
    """The kind of the actor whose name a place's is."""
    mention = cast.at(place.head)
    return cast.actors[mention.actor].kind if mention is not None and mention.kind == "name" else None


_SOMEBODY = frozenset({ActorKind.PERSON, ActorKind.ORGANIZATION, ActorKind.MOVEMENT})


def consult(scene: Scene, network: Network) -> Scene:
    """The scene with what the report network sees in it."""
    marks = mark(scene.doc, scene.cast, scene.attributions, triggers_of(scene))
    insight = network.see(lower_states(scene.doc), marks, list(stretches(scene.doc, scene.sentences)))
    return replace(scene, insight=insight, memo={})


def triggers_of(scene: Scene) -> dict[Kind, list[Trigger]]:
    """The frames that fire, by kind."""
    triggers: dict[Kind, list[Trigger]] = {kind: [] for kind in Kind}
    for trigger in find_triggers(scene.doc, _lexicon(scene.pack)):
        triggers[trigger.frame.kind].append(trigger)
    return triggers


def propose(scene: Scene, scorer: Scorer) -> Iterator[Proposal]:
    """What the frames of every kind offer, kind by kind."""
    triggers = with_unlisted(scene, triggers_of(scene))
    yield from propose_events(scene, triggers[Kind.EVENT], scorer)
    yield from propose_relations(scene, triggers[Kind.RELATION], scorer)
    yield from propose_positions(scene, triggers[Kind.POSITION], scorer)
    yield from propose_steps(scene)
    yield from propose_commitments(scene, triggers[Kind.COMMITMENT], scorer)
    yield from propose_forecasts(scene, triggers[Kind.FORECAST], scorer)


def voice_by_tellers(proposal: Proposal, scene: Scene) -> Proposal:
    """A proposal whose report has for its voice those whose word it is, of all who speak around its word."""
    report = proposal.report
    tellers = scene.tellers(scene.doc[proposal.trigger], report)
    voice = names_of(tellers)
    if isinstance(report, Event):
        voice = voice_of_event(voice, report.type, report.standing, report.source)
    why = with_voices(report.why, tellers, scene)
    return replace(proposal, report=replace(report, voice=voice, why=why))


def date_by_story(chosen: Iterable[Proposal], scene: Scene) -> Iterator[Report]:
    """The reports of some proposals; events that their own clauses do not date are dated by the story."""
    story = Story.of(scene.document, scene.dates, scene.sentences)
    for proposal in chosen:
        report = proposal.report
        if isinstance(report, Event) and report.date is None:
            act = scene.doc[proposal.trigger]
            told = likeliest_date(act, str(report.type), str(report.standing), story)
            if told is not None:
                words = scene.doc[told.start : told.end].text
                report = replace(report, date=told.range, why=(*report.why, f"date: {words}, told in the story"))
        yield report


@lru_cache(maxsize=4)
def _lexicon(pack: Pack) -> Lexicon:
    """The pack's frames by trigger; built once for a pack."""
    return build_lexicon(pack.frames)


def _bounds(sentence: Sentence) -> Span:
    raw = sentence.text
    start = sentence.start_char + len(raw) - len(raw.lstrip())
    return Span(start, start + len(raw.strip()))
