"""Tables read well in a terminal and are sound Markdown."""

from __future__ import annotations

from evaluation.conll18 import Score
from evaluation.tables import Table, scores_to_dict


def test_columns_are_aligned_and_bars_escaped() -> None:
    table = Table("Figures", ("what", "F1", "n"), (("a|b", 0.5, 1200), ("longer name", 1.0, 3)))
    assert table.to_markdown().splitlines() == [
        "### Figures",
        "",
        "| what        |    F1 |     n |",
        "| ----------- | ----: | ----: |",
        "| a\\|b        | 0.500 | 1,200 |",
        "| longer name | 1.000 |     3 |",
    ]


def test_scores_become_plain_objects() -> None:
    assert scores_to_dict({"raw": {"LAS": Score(1, 2, 4)}}) == {
        "raw": {"LAS": {"precision": 0.25, "recall": 0.5, "f1": 0.3333, "correct": 1, "gold": 2, "predicted": 4}}
    }
