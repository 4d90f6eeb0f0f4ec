"""Evidence: the sentence that asserts a report, with the words that tell who says it."""

from __future__ import annotations

import pytest

from dragoman.intake import document_from_text
from dragoman.knowledge import load_pack
from dragoman.language import analyse
from dragoman.reading.reader import set_scene


def evidence_at(text: str, word: str) -> str:
    (doc,) = analyse([(text, ())])
    scene = set_scene(document_from_text(text), doc, load_pack(()))
    return scene.evidence(next(t for t in doc if t.text == word)).text


RUN_ON = "“We met the envoys on Monday. The army will withdraw. We support the treaty,” the minister, Ana Reyes, said."


@pytest.mark.parametrize("word", ["met", "withdraw", "support"])
def test_a_quotation_that_runs_on_is_shown_up_to_its_cue(word: str) -> None:
    assert evidence_at(f"Talks ended in Lima. {RUN_ON} Rain fell.", word).endswith("Ana Reyes, said.")


def test_without_a_cue_elsewhere_evidence_is_the_sentence() -> None:
    text = "Peru met Chile. The army withdrew from the border. Rain fell."
    assert evidence_at(text, "withdrew") == "The army withdrew from the border."


def test_a_cue_far_away_is_not_reached_for() -> None:
    many = " ".join(f"The road number {n} was closed." for n in range(9))
    text = f"Ana Reyes said: “The army will withdraw. {many} The bridge fell.”"
    assert "Ana Reyes" not in evidence_at(text, "bridge")
