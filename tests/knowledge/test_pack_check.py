"""Every way to break the schema is told with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_factory import HEAD, write_pack

from dragoman.errors import PackError
from dragoman.knowledge import check_pack, load_pack

FRAME = """
- id: close
  kind: event
  yields: {type: SANCTION}
  verbs: close
  fires: ["They closed the strait."]
  not: ["The shop closed."]
"""

BROKEN = [
    pytest.param(
        {"actors": "pilot:\n  name: Pilot\n  kind: person\n  nmaes: P\n"},
        "strait/actors.yaml line 4: unknown key 'nmaes'; did you mean 'names'?",
        id="misspelt key",
    ),
    pytest.param(
        {"actors": "pilot:\n  name: Pilot\n  zzz: P\n"},
        "strait/actors.yaml line 3: unknown key 'zzz'; keys are name, kind, names, adjectives, metonyms, shared, of, "
        "country, sector, offices",
        id="unknown key far from all",
    ),
    pytest.param(
        {"actors": "pilot:\n  name: Pilot\n  kind: persom\n"},
        "strait/actors.yaml line 3: unknown actor kind 'persom'; did you mean 'person'?",
        id="misspelt kind",
    ),
    pytest.param(
        {"actors": "pilot:\n  kind: person\n"},
        "strait/actors.yaml line 1: 'pilot': the key 'name' is missing",
        id="no name",
    ),
    pytest.param(
        {"actors": "a b:\n  name: Pilot\n  kind: person\n"},
        "strait/actors.yaml line 1: 'a b' is not an id; use letters, digits and . / - (at most 80)",
        id="blank in an id",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\na:\n  name: B\n  kind: person\n"},
        "strait/actors.yaml line 4: 'a' stands here for the second time, first on line 1",
        id="same key twice in a file",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n", "actors__more": "a:\n  name: B\n  kind: person\n"},
        "strait/actors/more.yaml line 1: 'a' stands here for the second time, first in strait/actors.yaml line 1",
        id="same key in two files",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n  country: Norway\n"},
        "strait/actors.yaml line 4: 'Norway' is not a country code; write ISO 3166 alpha-3, such as AFG",
        id="country by name",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n  of: state/NORR\n"},
        "strait/actors.yaml line 1: no entry 'state/NORR' in actors; did you mean 'state/NOR'?",
        id="dangling reference",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n  offices:\n    - {title: t, at: un, since: 12.3.2024}\n"},
        "strait/actors.yaml line 5: '12.3.2024' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
        id="date not ISO",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n  offices:\n    - {title: pilot}\n"},
        "strait/actors.yaml line 5: the key 'at' is missing",
        id="office of nobody",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n  kind: person\n  names: {b: c}\n"},
        "strait/actors.yaml line 4: expected a list here, one item a line after '- '",
        id="mapping for a list",
    ),
    pytest.param(
        {"actors": "a:\n  name: [A]\n  kind: person\n"},
        "strait/actors.yaml line 2: expected text here, found a list or mapping",
        id="list for a text",
    ),
    pytest.param(
        {"actors": "just text\n"},
        "strait/actors.yaml line 1: expected a mapping here ('key: value' lines)",
        id="text for a file",
    ),
    pytest.param(
        {"actors": "a:\n  name: A\n   kind: person\n"},
        "strait/actors.yaml line 3: not valid YAML: mapping values are not allowed in this context",
        id="not YAML",
    ),
    pytest.param(
        {"actors": "a: {name: Same, kind: person}\nb: {name: B, kind: person, names: Same}\n"},
        "strait/actors.yaml line 2: 'Same' of 'b' stands for 'a' already; drop one, or list it under 'shared' of both",
        id="one form, two actors",
    ),
    pytest.param(
        {"actors": "b: {name: B, kind: person, names: Norway}\n"},
        "strait/actors.yaml line 1: 'Norway' of 'b' stands for 'state/NOR' already; drop one, or list it under "
        "'shared' of both",
        id="the very name of a core actor",
    ),
    pytest.param(
        {"frames": FRAME.replace("SANCTION", "SANKTION")},
        "strait/frames.yaml line 4: unknown event type 'SANKTION'; did you mean 'SANCTION'?",
        id="misspelt event type",
    ),
    pytest.param(
        {"frames": FRAME.replace('  not: ["The shop closed."]\n', "")},
        "strait/frames.yaml line 2: 'close': the key 'not' is missing",
        id="frame without near miss",
    ),
    pytest.param(
        {"frames": FRAME.replace("  verbs: close\n", "")},
        "strait/frames.yaml line 2: 'close': a frame needs a trigger: verbs, nouns or adjectives",
        id="frame without trigger",
    ),
    pytest.param(
        {"frames": FRAME.replace("kind: event", "kind: position")},
        "strait/frames.yaml line 2: 'close': a frame of kind 'position' must yield 'stance'",
        id="frame that yields another kind's field",
    ),
    pytest.param(
        {"rungs": "lights: {about: Lights}\n", "frames": FRAME.replace("{type: SANCTION}", "{rung: lihgts}")},
        "strait/frames.yaml line 2: no entry 'lihgts' in rungs; did you mean 'lights'?",
        id="frame on an unknown rung",
    ),
    pytest.param(
        {"words": "hails:\n  words: hail\n"},
        "strait/words.yaml line 1: 'hails': the key 'source' is missing",
        id="words without source",
    ),
    pytest.param(
        {"actorz": "a: b\n"},
        "strait/actorz.yaml line 1: 'actorz.yaml' is not a file of a pack; did you mean 'actors.yaml'?",
        id="misspelt file",
    ),
]


@pytest.mark.parametrize(("files", "message"), BROKEN)
def test_break_of_the_schema_is_told_with_file_and_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    folder = write_pack(tmp_path / "strait", **files)
    assert message in [str(problem) for problem in check_pack(folder)]


def test_sound_pack_has_no_problems(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="a: {name: A, kind: person, of: state/NOR}\n", frames=FRAME)
    assert check_pack(folder) == ()


def test_all_problems_are_listed_not_only_the_first(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="a: {nmae: A}\nb: {kidn: person}\n", issues="i: {qestion: x}\n")
    assert [(p.file, p.line) for p in check_pack(folder)] == [
        ("strait/actors.yaml", 1),
        ("strait/actors.yaml", 2),
        ("strait/issues.yaml", 1),
    ]


def test_loading_a_broken_pack_tells_the_first_problem_and_how_many_more(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="a: {nmae: A}\nb: {kidn: person}\n")
    with pytest.raises(PackError) as raised:
        load_pack([str(folder)])
    assert str(raised.value) == (
        "strait/actors.yaml line 1: unknown key 'nmae'; did you mean 'name'? "
        "(and 1 more; `dragoman pack check` lists them)"
    )


def test_extending_a_core_entry_needs_neither_name_nor_kind(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="state/NOR: {metonyms: Harbour House}\n")
    assert check_pack(folder) == ()


def test_pack_on_another_topic_pack_may_refer_to_its_actors(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", actors="a: {name: A, kind: person, of: nrf}\n")
    assert [p.line for p in check_pack(folder)] == [1]
    assert check_pack(folder, on=["afghanistan"]) == ()


def test_folder_given_as_a_dot_is_named_in_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_pack(tmp_path / "strait", actors="a: {nmae: A}\n"))
    assert [problem.file for problem in check_pack(".")] == ["strait/actors.yaml"]


def test_empty_head_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", head="")
    assert str(check_pack(folder)[0]) == "strait/pack.yaml line 1: the file is empty; it needs id and title"


def test_head_without_title_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "strait", head="id: strait\n")
    assert str(check_pack(folder)[0]) == "strait/pack.yaml line 1: the key 'title' is missing"


@pytest.mark.parametrize("make", ["nothing", "file", "empty folder"])
def test_what_is_no_pack_is_an_error(tmp_path: Path, make: str) -> None:
    path = tmp_path / "strait"
    if make == "file":
        path.write_text(HEAD)
    elif make == "empty folder":
        path.mkdir()
    with pytest.raises(PackError, match=r"is not a folder|has no pack\.yaml"):
        check_pack(path)
