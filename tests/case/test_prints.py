"""Claims about documents that were read before a pack changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import Case, Outcome, open_case
from dragoman.errors import PackError
from dragoman.knowledge import print_packs
from tests.case.factory import READER, filled, make_reading
from tests.knowledge.pack_factory import write_pack

BEFORE = "visit: {about: officials travel, nouns: visit, up: pay}\n"
AFTER = BEFORE.replace("visit:", "travel:")


@pytest.fixture
def pack(tmp_path: Path) -> str:
    return str(write_pack(tmp_path / "strait", rungs=BEFORE))


def read(case: Case, pack: str, *ids: str) -> list[Outcome]:
    case.start_run(READER, print_packs([pack]))
    outcomes = [case.add(make_reading(id, sentences=(f"This is {id}.",) * 3)).outcome for id in ids]
    case.finish_run()
    return outcomes


def change(pack: str, rungs: str = AFTER) -> None:
    (Path(pack) / "rungs.yaml").write_text(rungs, encoding="utf-8")


def test_what_was_read_with_a_pack_as_it_is_is_not_outdated(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        assert read(case, pack, "a", "a") == [Outcome.NEW, Outcome.KNOWN]
        assert read(case, pack, "a") == [Outcome.KNOWN]
        assert case.outdated(print_packs([pack])).documents == 0


def test_a_changed_pack_is_told_with_what_was_read_before(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a", "b")
        change(pack)
        outdated = case.outdated(print_packs([pack]))
        assert outdated.documents == 2
        assert list(map(str, outdated.changes)) == [
            "the pack strait is not what it was when 2 documents were read: "
            "1 rung renamed (visit is now travel), in strait/rungs.yaml"
        ]
        assert case.outdated(print_packs([pack]), {"issues"}).documents == 0


def test_documents_are_read_again_with_a_pack_that_has_changed(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a", "b")
        change(pack)
        assert read(case, pack, "a") == [Outcome.REREAD]
        (left,) = case.outdated(print_packs([pack])).changes
        assert left.documents == 1
        assert read(case, pack, "a", "b") == [Outcome.KNOWN, Outcome.REREAD]
        assert case.outdated(print_packs([pack])).documents == 0


def test_a_pack_that_is_again_what_it_was_is_not_changed(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a")
        change(pack)
        read(case, pack, "b")
        change(pack, BEFORE)
        assert case.outdated(print_packs([pack])).documents == 1
        assert read(case, pack, "a", "b") == [Outcome.KNOWN, Outcome.REREAD]


def test_what_nothing_is_read_by_makes_nothing_outdated(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a")
        change(pack, f"# a remark\n{BEFORE}")
        assert read(case, pack, "a") == [Outcome.KNOWN]


def test_what_is_asked_for_alone_is_read_of_a_pack(tmp_path: Path, pack: str) -> None:
    """A page on rungs is shown while somebody is at work on the actors."""
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a")
        change(pack)
        (Path(pack) / "actors.yaml").write_text("north: [", encoding="utf-8")
        assert case.outdated(print_packs([pack]), {"rungs"}).documents == 1
        with pytest.raises(PackError, match=r"strait/actors\.yaml line"):
            case.outdated(print_packs([pack]))


def test_of_what_was_read_before_packs_were_noted_nothing_is_said(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case", make_reading("a")) as case:
        assert case.outdated(print_packs([pack])).documents == 0


def test_no_run_begins_with_a_broken_pack_and_nothing_is_lost(tmp_path: Path, pack: str) -> None:
    with filled(tmp_path / "a.case") as case:
        read(case, pack, "a")
        change(pack, "visit: [")
        with pytest.raises(PackError, match=r"strait/rungs\.yaml line"):
            case.start_run(READER, print_packs([pack]))
    with open_case(tmp_path / "a.case") as case:
        assert len(list(case.runs())) == 2  # the one that made the case, and the first
        assert [one.id for one in case.documents()] == ["a"]
