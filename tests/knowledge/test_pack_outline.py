"""Claims about rungs that undo others, and about the part of a pack that views read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_factory import write_pack

from dragoman.errors import PackError
from dragoman.knowledge import check_pack, load_outline, load_pack, shipped_packs
from dragoman.record import Likelihood

LADDER = "a: {about: A}\nb: {about: B, undoes: a}\nc: {about: C}\n"

BROKEN = [
    pytest.param(
        {"rungs": LADDER + "d: {about: D, undoes: bb}\n"},
        "strait/rungs.yaml line 4: no entry 'bb' in rungs",
        id="undoes an unknown rung",
    ),
    pytest.param(
        {"rungs": "a: {about: A, undoes: a}\n"},
        "strait/rungs.yaml line 1: 'a' undoes itself; a move down does that anyway, so leave it out",
        id="undoes itself",
    ),
    pytest.param(
        {"rungs": "a: {about: A, above: b}\nb: {about: B, above: a}\n"},
        "strait/rungs.yaml line 1: 'a' stands above itself; correct its 'above'",
        id="a circle",
    ),
    pytest.param(
        {"likelihoods": "likly: {probability: 0.7, source: me}\n"},
        "strait/likelihoods.yaml line 1: 'likly' is not a likelihood of the codebook; did you mean 'likely'?",
        id="misspelt likelihood",
    ),
    pytest.param(
        {"likelihoods": "likely:\n  probability: 70 %\n"},
        "strait/likelihoods.yaml line 2: '70 %' is not a probability; write a number between 0 and 1, such as 0.8",
        id="a probability in per cent",
    ),
    pytest.param(
        {"likelihoods": "likely:\n  probability: 1.0\n"},
        "strait/likelihoods.yaml line 2: '1.0' is not a probability; write a number between 0 and 1, such as 0.8",
        id="no room for error",
    ),
    pytest.param(
        {"head": "id: strait\ntitle: The Strait\nsince: 2021\n"},
        "strait/pack.yaml line 1: since is the day since which the authority has been there; name the authority too",
        id="since when nobody",
    ),
]


@pytest.mark.parametrize(("files", "message"), BROKEN)
def test_break_is_told_with_file_and_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    problems = [str(problem) for problem in check_pack(write_pack(tmp_path / "strait", **files))]
    assert any(problem.startswith(message) for problem in problems), problems


def test_a_pack_may_put_a_rung_between_those_below(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", rungs="liaison: {about: L, above: contact}\nlast: {about: Z}\n")
    assert check_pack(folder, on=["afghanistan"]) == ()
    ids = [rung.id for rung in load_outline(["afghanistan", folder]).rungs]
    assert (ids[1:4], ids[-1]) == (["contact", "liaison", "visit"], "last")


def test_a_pack_replaces_a_probability_of_core(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", likelihoods="possible: {probability: 0.35}\n")
    assert check_pack(folder) == ()
    own, core = load_outline([folder]).likelihoods, load_outline([]).likelihoods
    assert own == {**core, Likelihood.POSSIBLE: 0.35}


@pytest.mark.parametrize("name", shipped_packs())
def test_the_outline_is_what_the_whole_pack_says(name: str) -> None:
    outline, pack = load_outline([name]), load_pack([name])
    assert (outline.authority, outline.rungs, outline.likelihoods) == (pack.authority, pack.rungs, pack.likelihoods)


def test_a_broken_outline_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"strait/rungs\.yaml line 1: unknown key 'abot'"):
        load_outline([write_pack(tmp_path / "strait", rungs="a: {abot: A}\n")])
