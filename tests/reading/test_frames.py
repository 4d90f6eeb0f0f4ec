"""Each frame is tested by its own sentences: it proposes on ``fires``, and reading does not report it from ``not``."""

from __future__ import annotations

from functools import cache

import pytest
from _pytest.mark import ParameterSet

from dragoman import language
from dragoman.intake import document_from_text
from dragoman.knowledge import Frame, load_pack
from dragoman.reading.network import load_network
from dragoman.reading.proposals import Proposal, choose
from dragoman.reading.reader import consult, propose, set_scene
from dragoman.reading.scorer import load_scorer

FRAMES = load_pack(()).frames


def cases(field: str) -> list[ParameterSet]:
    """A frame and one of its sentences each."""
    return [pytest.param(f, sentence, id=f"{f.id}-{n}") for f in FRAMES for n, sentence in enumerate(getattr(f, field))]


FIRES, NEAR_MISSES = cases("fires"), cases("near_misses")


@cache
def proposals(sentence: str) -> tuple[Proposal, ...]:
    document = document_from_text(sentence, published="2024-05-08")
    (doc,) = language.analyse([(sentence, ())])
    return tuple(propose(consult(set_scene(document, doc, load_pack(())), load_network()), load_scorer()))


def claims(proposal: Proposal, frame: Frame) -> bool:
    """Whether a proposal says what the frame yields."""
    row = proposal.report.to_dict()
    return proposal.report.kind is frame.kind and all(row[k] == v for k, v in frame.yields.items() if k in row)


@pytest.mark.parametrize(("frame", "sentence"), FIRES)
def test_frame_fires(frame: Frame, sentence: str) -> None:
    assert any(claims(p, frame) or p.report.frame == frame.id for p in proposals(sentence))


@pytest.mark.parametrize(("frame", "sentence"), NEAR_MISSES)
def test_frame_stays_silent_on_its_near_miss(frame: Frame, sentence: str) -> None:
    assert not [p for p in choose(proposals(sentence), load_scorer()) if p.report.frame == frame.id]
