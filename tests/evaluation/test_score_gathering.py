"""The labelled scenes are sound, and gathering keeps its floor on them."""

from __future__ import annotations

from evaluation.gathering import b_cubed, load_scenes, score_scenes

FLOOR = 0.90
"""B-cubed F1 on the half that nothing was learned from; never lowered unasked."""


def test_clusters_that_are_gold_score_one_and_a_part_of_them_loses_recall() -> None:
    gold = {"a": "x", "b": "x", "c": "y"}
    assert b_cubed(gold, [("a", "b"), ("c",)]) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed(gold, [("a",), ("b",), ("c",)])
    assert (precision, round(recall, 3)) == (1.0, 0.667)


def test_no_scene_is_in_both_halves() -> None:
    build, check = ({row.scene for row in load_scenes(part)} for part in ("build", "check"))
    assert build.isdisjoint(check)


def test_gathering_keeps_its_floor_on_the_half_that_it_was_not_built_on() -> None:
    build, check = score_scenes("build"), score_scenes("check")
    assert build.pairs + check.pairs >= 200
    assert check.b_cubed[2] >= FLOOR
