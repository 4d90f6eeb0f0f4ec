"""Pronouns of the third person against GUM's coreference: does each stand for the right one?

Gold are the pronouns for persons, bodies and places whose cluster has a name or noun in the document. A predicted one
is right when most names and nouns of its actor belong, by their head words, to the cluster of the pronoun.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from dragoman import language
from dragoman.knowledge import load_pack
from dragoman.reading.actors.finding import Cast, Mention, find_cast
from evaluation.conll18 import Score
from evaluation.treebank import Place, open_text

PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
ACTOR_TYPES = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class Clusters:
    """A text; for the place of each head word its cluster; and the places of the pronouns to resolve."""

    text: str
    of_head: dict[Place, str]
    pronouns: frozenset[Place]


def score_pronouns(gold: Path, packs: Sequence[str] = ()) -> Score:
    """How many third-person pronouns the product ties to the right actor."""
    golds = list(read_clusters(gold))
    pack = load_pack(packs)
    docs = language.analyse((clusters.text, ()) for clusters in golds)
    casts = ((doc, find_cast(doc, pack)) for doc in docs)
    return sum((score_cast(c, doc, cast) for c, (doc, cast) in zip(golds, casts, strict=True)), Score())


def read_clusters(path: Path) -> Iterator[Clusters]:
    """The documents of GUM's JSON Lines."""
    for line in open_text(path):
        row = json.loads(line)
        text = row["text"]
        words = [(text[m["start"] : m["end"]].lower(), m) for m in row["mentions"]]
        resolvable = {m["cluster"] for word, m in words if word not in PRONOUNS and m["type"] in ACTOR_TYPES}
        pronouns = {
            (m["start"], m["end"])
            for word, m in words
            if word in PRONOUNS and m["type"] in ACTOR_TYPES and m["cluster"] in resolvable
        }
        heads = {(m["head"][0], m["head"][1]): m["cluster"] for _, m in words}
        yield Clusters(text, heads, frozenset(pronouns))


def score_cast(gold: Clusters, doc: Doc, cast: Cast) -> Score:
    """Right, gold and predicted pronouns of one document."""
    predicted = [m for m in cast.mentions if m.kind == "pronoun" and doc[m.head].lower_ in PRONOUNS]
    clusters = _clusters_of_actors(gold, doc, cast.mentions)
    right = 0
    for mention in predicted:
        place = _place(doc, mention)
        actors = (mention.actor, *mention.others)
        right += place in gold.pronouns and any(clusters.get(a) == gold.of_head[place] for a in actors)
    return Score(right, len(gold.pronouns), len(predicted))


def _clusters_of_actors(gold: Clusters, doc: Doc, mentions: Iterable[Mention]) -> dict[int, str]:
    """For each actor the cluster that most of its names and nouns belong to."""
    votes: dict[int, Counter[str]] = {}
    for mention in mentions:
        cluster = gold.of_head.get(_place(doc, mention))
        if mention.kind != "pronoun" and cluster is not None:
            votes.setdefault(mention.actor, Counter())[cluster] += 1
    return {actor: count.most_common(1)[0][0] for actor, count in votes.items()}


def _place(doc: Doc, mention: Mention) -> Place:
    head = doc[mention.head]
    return int(head.idx), int(head.idx) + len(head.text)
