"""A small made-up world and hand-made trees for the tests of the actors stage."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from dragoman.knowledge import Office, Pack, PackActor
from dragoman.reading.actors.cast import Cast
from dragoman.record import ActorKind
from tests.reading.trees import VOCAB

WORDS = {
    "person-titles": {"Mr", "Dr", "President"},
    "office-nouns": {"president", "official", "spokesman", "leader", "minister", "foreign minister"},
    "spokes-nouns": {"spokesman"},
    "leader-nouns": {"leader"},
    "org-nouns": {"front", "council", "party", "ministry", "coalition"},
    "state-body-nouns": {"government", "ministry", "official", "officials", "embassy"},
    "armed-nouns": {"army", "rebel", "fighter", "militia", "force", "soldier", "police"},
    "state-forces-nouns": {"army", "soldier", "force", "troops"},
    "fighter-nouns": {"fighter", "rebel"},
    "group-nouns": {"critic", "envoy", "official", "authority"},
    "population-nouns": {"refugee", "woman", "people"},
    "meeting-nouns": {"conference"},
    "regime-nouns": {"government", "regime"},
    "body-anaphors": {"front", "group", "militia", "party", "coalition"},
    "state-anaphors": {"country"},
    "member-nouns": {"fighter"},
    "partitive-nouns": {"dozen"},
    "plain-modifiers": {"government"},
    "ruler-titles": {"president"},
    "same-rebels": {"rebel", "insurgent"},
    "shorthand-nouns": {"rebel", "regime"},
    "gathering-nouns": {"delegation"},
    "sector-REF": {"refugee"},
    "sector-GOV": {"president", "minister"},
    "person-anaphors": {"leader", "man"},
    "local-offices": {"mayor"},
    "bare-bodies": {"authorities"},
    "vague-nouns": {"authorities"},
    "people-nouns": {"mother", "source", "teenager"},
    "cause-nouns": {"source"},
    "law-forces-nouns": {"police"},
    "land-endings": {"-ia"},
    "broad-places": {"asia"},
    "aiming-words": {"fire"},
}
ACTORS = (
    PackActor(
        key="state/NOR",
        name="Norland",
        kind=ActorKind.STATE,
        names=("Republic of Norland", "NL"),
        adjectives=("Norish", "Norlanders"),
        metonyms=("Portville",),
        country="NLD",
        sector="GOV",
    ),
    PackActor(key="state/SUD", name="Sudia", kind=ActorKind.STATE, adjectives=("Sudian",)),
    PackActor(
        key="carl-holm",
        name="Carl Holm",
        kind=ActorKind.PERSON,
        names=("Holm",),
        offices=(Office("president", "state/SUD", since="2020"),),
    ),
)


def pack_of(*actors: PackActor) -> Pack:
    words = {name: frozenset(found) for name, found in WORDS.items()}
    by_key = {actor.key: actor for actor in actors}
    return Pack(("core",), "t", "", actors, by_key, (), (), None, (), words)


PACK = pack_of(*ACTORS)
POS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "JJ": "ADJ",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WP": "PRON",
}


def tree(text: str) -> Doc:
    """A parsed text, a sentence a line, words as ``form~lemma/tag/dep/head@LABEL`` with heads counted from 1."""
    words, tags, deps, heads, lemmas, labels, starts = [], [], [], [], [], [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        base = len(words)
        for i, cell in enumerate(line.split()):
            cell, _, label = cell.partition("@")
            form, tag, dep, head = cell.rsplit("/", 3)
            form, _, lemma = form.partition("~")
            words.append(form)
            lemmas.append(lemma or (form if tag.startswith("NNP") else form.lower()))
            tags.append(tag)
            deps.append(dep)
            heads.append(base + int(head) - 1)
            labels.append(label)
            starts.append(i == 0)
    pos = [POS.get(tag, "VERB" if tag.startswith("VB") else "X") for tag in tags]
    doc = Doc(
        VOCAB,
        words=words, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=lemmas, sent_starts=starts,
    )  # fmt: skip
    doc.ents = list(spans_of(doc, labels))
    return doc


def spans_of(doc: Doc, labels: list[str]) -> Iterator[Span]:
    """One span for each run of a label within a sentence."""
    start = 0
    for i in range(1, len(doc) + 1):
        if i == len(doc) or labels[i] != labels[start] or doc[i].is_sent_start:
            if labels[start]:
                yield Span(doc, start, i, label=labels[start])
            start = i


def names(cast: Cast, doc: Doc, word: str, nth: int = 0) -> tuple[str, ...]:
    """Whom the nth token of that form stands for."""
    return cast.names_of([t for t in doc if t.text == word][nth])
