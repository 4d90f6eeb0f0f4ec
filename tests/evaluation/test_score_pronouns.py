"""A pronoun is right when its actor's names and nouns are mostly those of its cluster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from dragoman.reading.actors.cast import Cast, Mention
from dragoman.record import Actor, ActorKind
from evaluation.pronouns import Clusters, read_clusters, score_cast

WORDS = ["Berg", "met", "Lund", ".", "He", "thanked", "her", "."]
ACTORS = (Actor("Berg", ActorKind.PERSON), Actor("Lund", ActorKind.PERSON))
NAMES = (Mention(0, 1, 0, "name", 0), Mention(2, 3, 2, "name", 1))
TEXT = "Berg met Lund . He thanked her . "
PLACES = {word: (TEXT.index(word), TEXT.index(word) + len(word)) for word in WORDS}


@pytest.fixture
def doc() -> Doc:
    return Doc(English().vocab, words=WORDS)


@pytest.fixture
def gold() -> Clusters:
    heads = {PLACES["Berg"]: "b", PLACES["Lund"]: "l", PLACES["He"]: "b", PLACES["her"]: "l"}
    return Clusters(TEXT, heads, frozenset({PLACES["He"], PLACES["her"]}))


def test_pronouns_of_the_right_actors_are_right(doc: Doc, gold: Clusters) -> None:
    cast = Cast(ACTORS, (*NAMES, Mention(4, 5, 4, "pronoun", 0), Mention(6, 7, 6, "pronoun", 1)))
    assert score_cast(gold, doc, cast).f1 == 1


def test_swapped_actors_are_wrong_and_silence_costs_recall_only(doc: Doc, gold: Clusters) -> None:
    swapped = Cast(ACTORS, (*NAMES, Mention(4, 5, 4, "pronoun", 1), Mention(6, 7, 6, "pronoun", 0)))
    silent = Cast(ACTORS, (*NAMES, Mention(4, 5, 4, "pronoun", 0)))
    assert score_cast(gold, doc, swapped).correct == 0
    assert (score_cast(gold, doc, silent).precision, score_cast(gold, doc, silent).recall) == (1, 0.5)


def test_actor_without_a_name_in_gold_is_never_right(doc: Doc, gold: Clusters) -> None:
    cast = Cast(ACTORS, (Mention(4, 5, 4, "pronoun", 0),))
    assert (score_cast(gold, doc, cast).correct, score_cast(gold, doc, cast).predicted) == (0, 1)


def test_only_pronouns_with_a_name_or_noun_to_find_are_gold(tmp_path: Path) -> None:
    def mention(word: str, cluster: str, type: str = "person") -> dict[str, object]:
        start, end = PLACES[word]
        return {"start": start, "end": end, "type": type, "cluster": cluster, "head": [start, end]}

    rows = [mention("Berg", "b"), mention("He", "b"), mention("her", "nobody named")]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"text": TEXT, "mentions": rows}), encoding="utf-8")
    (clusters,) = read_clusters(path)
    assert clusters.pronouns == {PLACES["He"]}
