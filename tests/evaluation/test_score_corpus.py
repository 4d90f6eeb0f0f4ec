"""A corpus is a folder of gold and a folder of articles, whole or one part of a split."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.corpus import Corpus
from evaluation.errors import GoldError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("gold", "texts"):
        (tmp_path / folder).mkdir()
    for name in ("one", "two"):
        (tmp_path / "gold" / f"{name}.jsonl").write_text("", encoding="utf-8")
        (tmp_path / "texts" / f"{name}.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "split.json").write_text(json.dumps({"build": ["one"], "check": ["two"]}), encoding="utf-8")
    return tmp_path


def names_of(corpus: Corpus) -> list[str]:
    return [article.name for article in corpus.articles]


def test_whole_corpus_and_its_parts(home: Path) -> None:
    assert names_of(Corpus.open([home / "gold"], [home / "texts"])) == ["one", "two"]
    assert names_of(Corpus.open([home / "gold"], [home / "texts"], "check")) == ["two"]


def test_part_is_gathered_from_several_folders(home: Path) -> None:
    for folder, name in (("gold", "two.jsonl"), ("texts", "two.txt")):
        (home / f"more-{folder}").mkdir()
        (home / folder / name).rename(home / f"more-{folder}" / name)
    golds, texts = [home / "gold", home / "more-gold"], [home / "texts", home / "more-texts"]
    assert names_of(Corpus.open(golds, texts, "check")) == ["two"]


def test_linked_folders_hold_the_part_only(home: Path) -> None:
    Corpus.open([home / "gold"], [home / "texts"], "build").link(home / "g", home / "t")
    assert [path.name for path in (home / "g").iterdir()] == ["one.jsonl"]
    assert [path.read_text(encoding="utf-8") for path in (home / "t").iterdir()] == ["Words."]


def test_part_that_the_split_lacks_is_named(home: Path) -> None:
    with pytest.raises(GoldError, match="'test'"):
        Corpus.open([home / "gold"], [home / "texts"], "test")


def test_gold_without_its_article_is_named(home: Path) -> None:
    (home / "texts" / "two.txt").unlink()
    with pytest.raises(GoldError, match="no text for two"):
        Corpus.open([home / "gold"], [home / "texts"])
