"""Real gold, where it lies beside the repository: it is read as its makers describe it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.conll18 import METRICS, score
from evaluation.names import read_gum, read_uner
from evaluation.treebank import open_text, read_conllu

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="needs the development data in shared/ beside the repository"
)


@pytest.mark.parametrize(
    ("name", "documents", "sentences", "words"), [("ewt", 318, 2001, 25147), ("gum", 30, 1575, 28119)]
)
def test_treebank_has_its_published_size_and_agrees_with_itself(
    name: str, documents: int, sentences: int, words: int
) -> None:
    trees = read_conllu(SHARED / "data" / name / "dev.conllu.gz")
    assert len(trees) == documents
    assert sum(len(t.sentences) for t in trees) == sentences
    assert sum(len(t.words) for t in trees) == words
    assert {name: s.f1 for name, s in score(trees, trees).items()} == dict.fromkeys(METRICS, 1.0)


def test_each_sentence_of_the_rebuilt_text_is_its_text_line() -> None:
    path = SHARED / "data" / "ewt" / "dev.conllu.gz"
    lines = [line.removeprefix("# text = ").strip() for line in open_text(path) if line.startswith("# text = ")]
    rebuilt = [tree.text[start:end] for tree in read_conllu(path) for start, end in tree.sentences]
    assert rebuilt == lines


def test_rebuilt_gum_text_equals_the_one_with_the_mentions() -> None:
    rows = [json.loads(line) for line in open_text(SHARED / "data" / "gum" / "dev.jsonl.gz")]
    trees = read_conllu(SHARED / "data" / "gum" / "dev.conllu.gz")
    assert [tree.text for tree in trees] == [row["text"] for row in rows]


def test_names_slice_to_what_was_marked() -> None:
    sentences = list(read_uner(SHARED / "data" / "uner" / "dev.iob2.gz"))
    assert sum(len(s.names) for s in sentences) == 966
    documents = list(read_gum(SHARED / "data" / "gum" / "dev.jsonl.gz"))
    assert len(documents) == 30
    slices = [marked.text[n.start : n.end] for marked in sentences + documents for n in marked.names]
    assert all(words and words == words.strip() for words in slices)
