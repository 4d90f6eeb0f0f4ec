"""A pack from a stranger is bounded and never runs or expands anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pack_factory import write_pack

from dragoman.errors import PackError
from dragoman.knowledge import check_pack
from dragoman.knowledge.source import MAX_BYTES, MAX_TEXT

BOMB = "a: {name: A, kind: person, names: &n [x, y]}\nb: {name: B, kind: person, names: *n}\n"

HOSTILE = [
    pytest.param(
        "a: !!python/object/apply:os.getcwd []\n", "the tag 'tag:yaml.org,2002:python/object/apply", id="code"
    ),
    pytest.param("a:\n  name: !secret x\n  kind: person\n", "the tag '!secret' is not allowed", id="custom tag"),
    pytest.param(BOMB, "line 1: this list or mapping is repeated by an alias", id="alias of a list"),
    pytest.param("a: &a {name: A, kind: person, offices: [*a]}\n", "is repeated by an alias", id="endless alias"),
    pytest.param("a: " + "[" * 100_000, "not valid YAML: exceeded maximum nesting depth", id="deep lists"),
    pytest.param("- " * 100_000, "not valid YAML: exceeded maximum nesting depth", id="deep blocks"),
    pytest.param("[a, b]: {name: A, kind: person}\n", "a key must be plain text", id="list as a key"),
    pytest.param("a:\n  <<: {name: A}\n", "unknown key '<<'", id="merge key"),
    pytest.param("a: 1\n---\nb: 2\n", "not valid YAML", id="two documents"),
    pytest.param("a: \0\n", "not valid YAML", id="control character"),
    pytest.param("a:\n  name: " + "x" * (MAX_TEXT + 1) + "\n", "at most 2,000 are allowed", id="long text"),
    pytest.param("a:\n  names: " + "x" * (MAX_TEXT + 1) + "\n", "empty or overlong item", id="long item"),
    pytest.param("#" * (MAX_BYTES + 1), "the file is larger than 2,000,000 bytes", id="large file"),
    pytest.param("x" * 500 + ": {name: A, kind: person}\n", "…' is not an id", id="long key is cut"),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE)
def test_hostile_yaml_is_a_problem_with_a_line(tmp_path: Path, text: str, message: str) -> None:
    problems = [str(problem) for problem in check_pack(write_pack(tmp_path / "strait", actors=text))]
    assert any(message in problem for problem in problems), problems
    assert all(len(problem) < 400 for problem in problems)


def test_bytes_that_are_no_utf8_are_a_problem(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="")
    (folder / "actors.yaml").write_bytes(b"a: {name: A}\nb: \xff\xfe\n")
    assert [(p.file, p.line) for p in check_pack(folder)] == [("strait/actors.yaml", 2)]


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", **{f"frames__f{number}": "" for number in range(201)})
    with pytest.raises(PackError, match="has 201 files; at most 200 are read"):
        check_pack(folder)


def test_scalars_are_the_text_that_was_written(tmp_path: Path) -> None:
    """YAML 1.1 would read *no* as false and 1:20 as eighty."""
    actors = "a: {name: No, kind: person, names: [no, 0123, 1:20, 2014-01-01, null]}\n"
    assert check_pack(write_pack(tmp_path / "strait", actors=actors)) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    section=st.sampled_from(["actors", "issues", "rungs", "words", "frames", "pack"]),
    raw=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text("abc:-[]{}&*!?|>,#'\" \n", max_size=200).map(str.encode),
    ),
)
def test_any_bytes_are_read_or_told_as_problems(tmp_path: Path, section: str, raw: bytes) -> None:
    folder = write_pack(tmp_path / "strait")
    (folder / f"{section}.yaml").write_bytes(raw)
    try:
        for problem in check_pack(folder):
            assert problem.line >= 1
    finally:
        (folder / f"{section}.yaml").unlink()
