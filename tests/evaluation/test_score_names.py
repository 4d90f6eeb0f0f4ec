"""Names are scored by characters: exact spans, and for GUM the head word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.names import Marked, Name, read_gum, read_uner, score_exact, score_heads

TEXT = "Anna Berg left Oslo."


def marked(*names: Name) -> list[Marked]:
    return [Marked(TEXT, names)]


ANNA = Name(0, 9, "PERSON", (0, 4))
OSLO = Name(15, 19, "PLACE", (15, 19))


def test_same_names_score_one() -> None:
    scores = score_exact(marked(ANNA, OSLO), marked(ANNA, OSLO))
    assert {label: s.f1 for label, s in scores.items()} == {"PERSON": 1.0, "PLACE": 1.0, "all": 1.0}


def test_wrong_label_is_a_miss_and_a_false_alarm() -> None:
    scores = score_exact(marked(ANNA, OSLO), marked(ANNA, Name(15, 19, "ORG")))
    assert (scores["PLACE"].recall, scores["ORG"].precision) == (0, 0)
    assert scores["all"].f1 == pytest.approx(0.5)


def test_short_span_is_wrong_exactly_and_right_by_head() -> None:
    short = Name(0, 4, "PERSON")
    assert score_exact(marked(ANNA), marked(short))["all"].f1 == 0
    assert score_heads(marked(ANNA), marked(short))["all"].f1 == 1


def test_two_mentions_of_one_head_need_two_names() -> None:
    scores = score_heads(marked(ANNA, ANNA), marked(ANNA))
    assert (scores["all"].correct, scores["all"].gold, scores["all"].predicted) == (1, 2, 1)


def test_iob_tokens_are_found_in_the_raw_sentence(tmp_path: Path) -> None:
    path = tmp_path / "gold.iob2"
    rows = ["Anna\tB-PER", "Berg\tI-PER", "left\tO", "Oslo\tB-LOC", ".\tO"]
    lines = [f"{i}\t{row}\t-\t-" for i, row in enumerate(rows, 1)]
    path.write_text("\n".join([f"# text = {TEXT}", *lines, ""]), encoding="utf-8")
    (sentence,) = read_uner(path)
    assert sentence == Marked(TEXT, (Name(0, 9, "PERSON"), Name(15, 19, "PLACE")))


def test_only_named_mentions_of_the_four_types_are_gold(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    anna = {"start": 0, "end": 9, "type": "person", "named": True, "head": [0, 4]}
    mentions = [anna, anna | {"named": False}, anna | {"type": "abstract"}]
    path.write_text(json.dumps({"text": TEXT, "mentions": mentions}), encoding="utf-8")
    (document,) = read_gum(path)
    assert document.names == (ANNA,)
