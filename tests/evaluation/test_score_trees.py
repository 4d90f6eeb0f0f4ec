"""A spaCy document becomes a tree of the treebank's shape."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from evaluation.parsing import tree_of


@pytest.fixture
def doc() -> Doc:
    words = ["They", "did", "n't", "go", ".", "\n\n", "We", "’ll", "see", "."]
    spaces = [True, False, True, False, False, False, False, True, False, False]
    starts: list[bool | int | None] = [i in (0, 6) for i in range(len(words))]
    heads = [3, 3, 3, 3, 3, 4, 8, 8, 8, 8]
    deps = ["nsubj", "aux", "advmod", "root", "punct", "space", "nsubj", "aux", "root", "punct"]
    return Doc(English().vocab, words=words, spaces=spaces, sent_starts=starts, heads=heads, deps=deps)


def test_blanks_are_no_words_and_heads_count_without_them(doc: Doc) -> None:
    tree = tree_of(doc)
    assert [w.form for w in tree.words] == ["They", "did", "n't", "go", ".", "We", "’ll", "see", "."]
    assert [w.head for w in tree.words] == [3, 3, 3, None, 3, 7, 7, None, 7]


def test_clitics_join_their_host_in_one_surface_token(doc: Doc) -> None:
    tree = tree_of(doc)
    assert [tree.text[a:b] for a, b in tree.tokens] == ["They", "didn't", "go", ".", "We’ll", "see", "."]
    assert [w.form for w in tree.words if w.multiword] == ["did", "n't", "We", "’ll"]


def test_sentences_run_from_first_to_last_word(doc: Doc) -> None:
    tree = tree_of(doc)
    assert [tree.text[a:b] for a, b in tree.sentences] == ["They didn't go.", "We’ll see."]
    assert tree.sentence_starts == (0, 5)
