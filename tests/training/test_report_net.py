"""How windows of coded and uncoded articles become lessons of the report network."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: `make train` brings it")
pytest.importorskip("onnx", reason="onnx is not installed: `make train` brings it")

from dragoman.reading.network import CLAIMS, NUMBER, KnownWays, Marks, Stretch  # noqa: E402
from training.report_lessons import Lesson, Pieces, Told  # noqa: E402
from training.report_net import SHORT, Answers, ReportNet, answers_of, ask, batches, loss_of  # noqa: E402

ATTACK, AID = NUMBER["event:ASSAULT"], NUMBER["event:AID"]
KNOWN = KnownWays.of(["absent", "nsubj"], ["by"])


def lesson(size: int = 6, told: tuple[Told, ...] = ()) -> Lesson:
    """Words of two pieces each in one sentence: actor 0 and actor 3, a frame that fires at 1."""
    claims = np.zeros((size, len(CLAIMS)), np.float32)
    claims[1, ATTACK] = 1.0
    marks = Marks(np.zeros(size, np.int64), claims, np.zeros(size, np.int64))
    pieces = Pieces(np.arange(2 * size), np.full(size, 2), np.ones(size, np.int64), np.ones(size, np.int64))
    return Lesson(
        np.zeros((size, 384), np.float32),
        pieces,
        marks,
        [Stretch(tuple(range(size)), 0)],
        {0: ("Kenya",), 3: ("Norway",)},
        {(1, 0): ("nsubj", "")},
        [(0, size)],
        list(told),
        np.zeros(claims.shape, bool),
    )


def window(size: int = 6, *told: Told, coded: bool = True) -> Answers:
    taught = lesson(size, told)
    answers = answers_of(taught, taught.stretches[0], KNOWN)
    answers.coded = coded
    return answers


ROLES = {"first": frozenset({"Kenya"}), "second": frozenset({"Norway"}), "voice": frozenset[str]()}


def test_a_told_word_is_wanted_and_its_actors_are_asked_for() -> None:
    answers = window(6, Told(ATTACK, 1, (0, 1, 2), 0, ROLES))
    assert np.argwhere(answers.wanted).tolist() == [[1, ATTACK]]
    assert {(row[1], tuple(has)) for row, has in zip(answers.pairs, answers.roles, strict=True)} == {
        (0, (1, 0, 0)),
        (3, (0, 1, 0)),
    }


def test_where_only_the_evidence_is_known_no_word_of_it_is_wrong() -> None:
    answers = window(6, Told(AID, None, (1, 2), 0, None))
    assert answers.anywhere == [([1, 2], AID)]
    assert not answers.wanted.any()
    assert np.flatnonzero(answers.counted[:, AID] == 0).tolist() == [1, 2]


def test_what_frames_could_claim_is_offered_with_each_actor() -> None:
    assert [tuple(row[:3]) for row in window().offered] == [(1, 3, ATTACK), (1, 0, ATTACK)]


def test_pieces_stand_in_order_under_their_words() -> None:
    pieces = window().pieces
    assert pieces[:, 0].tolist() == list(range(12))
    assert pieces[:, 3].tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_each_window_is_learned_once_among_its_like() -> None:
    items = [window(size, coded=coded) for size in (6, 6, SHORT, SHORT + 4) for coded in (True, False)]
    found = batches(items, np.random.default_rng(1))
    assert sorted(id(item) for group in found for item in group) == sorted(map(id, items))
    assert all(len({(item.coded, len(item.kinds) < SHORT) for item in group}) == 1 for group in found)


def test_the_teachers_word_is_learned_where_nobody_coded() -> None:
    torch.manual_seed(1)
    net = ReportNet(torch.nn.ModuleList(), KNOWN).eval()
    taught = window(coded=False)
    ((taught.likely, taught.parts),) = ask(net, [taught])
    at_rest = float(loss_of(net, [taught]).detach())
    taught.likely, taught.parts = taught.likely.copy(), 1 - taught.parts
    taught.likely[1, ATTACK] = 1.0
    assert float(loss_of(net, [taught]).detach()) > at_rest
    taught.likely = taught.parts = None
    assert float(loss_of(net, [taught]).detach()) == 0.0
