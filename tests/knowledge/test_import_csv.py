"""Actors from a table, into a pack that is sound whatever the table holds."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_factory import brought

from dragoman.errors import PackError, UsageError
from dragoman.knowledge import load_pack
from dragoman.knowledge.importers import import_pack
from dragoman.record import ActorKind

HEADER = "name,kind,aliases,country,sector\n"


def test_a_row_is_an_actor(tmp_path: Path) -> None:
    rows = "Ines Halloran,person,Halloran; I. Halloran,Norway,\nStrait Corps,organization,,NOR,mil\n"
    made, actors = brought(tmp_path, HEADER + rows)
    assert (made.actors, made.aside) == (2, ())
    halloran = actors["Ines Halloran"]
    assert (halloran.names, halloran.country, halloran.kind) == (("Halloran", "I. Halloran"), "NOR", ActorKind.PERSON)
    assert actors["Strait Corps"].sector == "MIL"


def test_a_known_actor_is_extended_and_not_made_anew(tmp_path: Path) -> None:
    _, actors = brought(
        tmp_path, HEADER + "Norway,state,Harbour House,no,\nUnited Nations,organization,The Glass House,,\n"
    )
    assert "Harbour House" in load_pack([tmp_path / "pack"]).by_key["state/NOR"].names
    assert "The Glass House" in actors["United Nations"].names
    assert actors["United Nations"].key == "un"


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = 'A,persn,,,\n,person,,,\nB,person,,Atlantis,\nC,organization,,,XXX\n"D\nE",group,,,\nF,person,,,\n'
    made, actors = brought(tmp_path, HEADER + rows)
    assert [(one.line, one.reason.split(";")[0]) for one in made.aside] == [
        (2, "unknown kind 'persn' of 'A'"),
        (3, "no name, or one of more than 200 characters"),
        (4, "unknown country 'Atlantis' of 'B'"),
        (5, "unknown sector 'XXX' of 'C'"),
    ]
    assert {"D E", "F"} <= actors.keys()


def test_two_bearers_of_a_name_share_it(tmp_path: Path) -> None:
    rows = "Ann Halloran,person,Halloran,,\nBen Halloran,person,Halloran,,\nNew Order,movement,Norway,,\n"
    _, actors = brought(tmp_path, HEADER + rows)
    assert actors["Ann Halloran"].shared == actors["Ben Halloran"].shared == ("Halloran",)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_seen(tmp_path: Path, delimiter: str) -> None:
    text = (HEADER + "Ines Halloran,person,Halloran|I. H.,NO,\n").replace(",", delimiter)
    _, actors = brought(tmp_path, text)
    assert actors["Ines Halloran"].names == ("Halloran", "I. H.")


def test_a_table_without_its_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no column 'kind'"):
        brought(tmp_path, "name,kin\nA,person\n")


def test_nothing_to_import_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="nothing that a pack can hold"):
        brought(tmp_path, HEADER)
    assert not (tmp_path / "pack").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine")
    with pytest.raises(PackError, match="is there already"):
        brought(tmp_path, HEADER + "A,person,,,\n")
    assert [file.name for file in (tmp_path / "pack").iterdir()] == ["mine.txt"]


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'csv'"):
        import_pack(tmp_path / "a.csv", tmp_path / "pack", "cvs")


def test_a_line_that_is_no_text_is_set_aside(tmp_path: Path) -> None:
    made, _ = brought(tmp_path, HEADER.encode() + b"\xff\xfe,person,,,\nA,person,,,\n")
    assert [(one.line, one.reason) for one in made.aside] == [(2, "not UTF-8; save the file as UTF-8")]


@pytest.mark.parametrize(
    "name", ["!!python/object:os.system", "*alias", "&anchor", "no", "2014", "{a: b}", "- x", "'", "#x"]
)
def test_yaml_in_a_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    _, actors = brought(tmp_path, HEADER + f'"{name}",person,,,\n')
    assert name in actors


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.text(max_size=20), st.sampled_from(ActorKind), st.text(max_size=20)), min_size=1, max_size=6)
)
def test_any_table_makes_a_sound_pack_or_a_sentence(
    tmp_path_factory: Any, rows: list[tuple[str, ActorKind, str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("name", "kind", "aliases"), *rows])
    with contextlib.suppress(PackError):  # nothing in it that a pack can hold
        brought(tmp_path_factory.mktemp("any"), text.getvalue().encode("utf-8", "replace"))
