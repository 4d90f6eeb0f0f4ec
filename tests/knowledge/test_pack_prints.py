"""Claims about what is told of a pack that is not what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import PackError
from dragoman.knowledge import print_packs
from dragoman.knowledge.prints import find_changes, read_entries
from tests.knowledge.pack_factory import HEAD, write_pack

RUNGS = """
visit: {about: officials travel, nouns: visit, up: pay}
mission: {about: an embassy, nouns: embassy, up: open, down: close}
"""
ACTORS = """
north: {name: Northland, kind: state}
south: {name: Southland, kind: state}
"""


def changes(tmp_path: Path, head: str = HEAD, **files: str) -> list[str]:
    """What is told when a pack of these rungs and actors is replaced by this one."""
    write_pack(tmp_path / "old" / "strait", rungs=RUNGS, actors=ACTORS)
    write_pack(tmp_path / "new" / "strait", head, **files)
    before, now = (read_entries(str(tmp_path / which / "strait")) for which in ("old", "new"))
    return [str(change) for change in find_changes(before, now)]


def test_what_was_added_removed_and_altered_is_counted_and_named(tmp_path: Path) -> None:
    rungs = "mission: {about: an embassy, nouns: embassy, up: open}\nseat: {about: a seat, nouns: seat}\n"
    assert changes(tmp_path, rungs=rungs, actors=ACTORS) == [
        "1 rung added (seat), 1 removed (visit), 1 altered (mission), in strait/rungs.yaml"
    ]


def test_an_entry_with_another_id_alone_is_renamed(tmp_path: Path) -> None:
    assert changes(tmp_path, rungs=RUNGS.replace("visit:", "travel:"), actors=ACTORS) == [
        "1 rung renamed (visit is now travel), in strait/rungs.yaml"
    ]


def test_two_that_were_alike_are_not_told_apart(tmp_path: Path) -> None:
    """Of two rungs with the same words, either could be either."""
    alike = "a: {about: one, nouns: seat}\nb: {about: two, nouns: seat}\n"
    before = read_entries(str(write_pack(tmp_path / "old" / "strait", rungs=alike)))
    now = read_entries(
        str(write_pack(tmp_path / "new" / "strait", rungs=alike.replace("a:", "c:").replace("b:", "d:")))
    )
    (change,) = find_changes(before, now)
    assert (change.renamed, change.added, change.removed) == ((), ("c", "d"), ("a", "b"))


def test_many_are_counted_and_the_first_named(tmp_path: Path) -> None:
    more = "".join(f"n{n}: {{name: Nation {n}, kind: state}}\n" for n in range(12))
    assert changes(tmp_path, rungs=RUNGS, actors=ACTORS + more) == [
        "12 actors added (n0, n1, n2 and 9 more), in strait/actors.yaml"
    ]


def test_another_authority_is_a_change_of_the_head(tmp_path: Path) -> None:
    assert changes(tmp_path, f"{HEAD}authority: north\n", rungs=RUNGS, actors=ACTORS) == [
        "1 head altered (strait), in strait/pack.yaml"
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"rungs": RUNGS.replace("officials travel", "ministers travel"), "actors": ACTORS},
        {"rungs": f"# a remark\n{RUNGS}", "actors": ACTORS},
        {"rungs": RUNGS, "actors__north": ACTORS.splitlines()[1], "actors__south": ACTORS.splitlines()[2]},
    ],
    ids=["words for people", "a remark", "another file"],
)
def test_what_nothing_is_read_by_is_no_change(tmp_path: Path, files: dict[str, str]) -> None:
    assert changes(tmp_path, **files) == []


def test_the_print_is_another_when_a_file_is(tmp_path: Path) -> None:
    pack = str(write_pack(tmp_path / "strait", rungs=RUNGS))
    before = print_packs(["core", pack])
    write_pack(tmp_path / "strait", rungs=RUNGS, actors=ACTORS)
    after = print_packs(["core", pack])
    assert (before["core"] == after["core"], before[pack] == after[pack]) == (True, False)


def test_a_pack_that_is_gone_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no pack's folder is at .*strait'; check the path, or put back the pack"):
        print_packs([str(tmp_path / "strait")])
    pack = str(write_pack(tmp_path / "strait", rungs="visit: {abut: x}"))
    with pytest.raises(PackError, match=r"strait/rungs\.yaml line 1: unknown key 'abut'"):
        read_entries(pack)
