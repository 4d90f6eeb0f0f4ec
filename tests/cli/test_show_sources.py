"""Claims about ``show … sources``, ``actor`` and ``merges``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.record import DateRange, EventType, Standing
from tests.case.factory import filled, make_reading
from tests.case.test_occurrences import told
from tests.case.test_stories import PAPER, WIRE
from tests.cli.conftest import Dragoman


@pytest.fixture
def wires(tmp_path: Path) -> Path:
    path = tmp_path / "wires.case"
    filled(path, WIRE, PAPER).close()
    return path


def test_sources_are_shown_with_whose_copies_they_print(dragoman: Dragoman, wires: Path) -> None:
    result = dragoman("show", wires, "sources")
    assert result.code == 0
    assert "Norda Wire 1" in result.out
    one = dragoman("show", wires, "sources", "norda wire")
    assert "copied by" in one.out
    assert "The Courier 1" in one.out


def test_what_an_outlet_alone_tells_is_worded_as_among_occurrences_the_latest_first(
    dragoman: Dragoman, tmp_path: Path
) -> None:
    case = tmp_path / "alone.case"
    protest = {"type": EventType.PROTEST, "source": ("Norland",), "target": ("Suthia",), "standing": Standing.PLANNED}
    lasting = {"type": EventType.AID, "date": DateRange("2021", None)}
    later = told("later", lasting, published="2024-05-06", outlet="Azure Courier")
    filled(case, told("plan", protest, published="2024-05-04", outlet="Azure Courier"), later).close()
    out = dragoman("show", case, "sources", "Azure Courier").out
    rows = [line.split(maxsplit=1)[1] for line in out[out.index("What it alone tells") :].splitlines()[3:5]]
    occurrences = dragoman("show", case, "occurrences").out
    assert all(" ".join(row.split()) in " ".join(occurrences.split()) for row in rows)
    assert "Norland to protest against Suthia" in rows[0]
    assert "planned" in rows[0]
    assert rows[1].startswith("from 2021")


def test_documents_without_an_outlet_are_shown_as_they_are_listed(dragoman: Dragoman, tmp_path: Path) -> None:
    case = tmp_path / "unnamed.case"
    reading = told("plan", {"voice": ("document",)}, {"voice": ("Norland",)})
    filled(case, replace(reading, document=replace(reading.document, outlet=None))).close()
    row = dragoman("show", case, "sources").out
    assert "(no outlet named)" in row
    assert "Norland 1" in row
    assert "document 1" not in row
    one = dragoman("show", case, "sources", "(no outlet named)")
    assert (one.code, "(no outlet named)" in one.out) == (0, True)


def test_documents_are_listed_with_their_whole_names(dragoman: Dragoman, tmp_path: Path) -> None:
    name = "gazette.example-the-long-way-to-the-conference-4"
    filled(case := tmp_path / "long.case", told(name, {})).close()
    assert name in "".join(dragoman("show", case, "documents").out.split())
    assert name not in dragoman("show", case, "events").out


def test_documents_say_whose_copies_they_are(dragoman: Dragoman, wires: Path) -> None:
    assert "copy of" in dragoman("show", wires, "documents").out


def test_outlets_that_may_be_one_are_listed_with_the_command_that_makes_them_one(
    dragoman: Dragoman, tmp_path: Path
) -> None:
    case = tmp_path / "outlets.case"
    protest = {"type": EventType.PROTEST, "source": ("Norland",), "target": ("Suthia",)}
    named = told("named", protest, published="2024-05-04", outlet="Norda Wire")
    filled(case, named, told("page", protest, published="2024-05-05", outlet="norda-wire.example")).close()
    assert "may be one outlet, such as Norda Wire and norda-wire.example" in dragoman("show", case, "sources").err
    listed = dragoman("show", case, "merges")
    assert "the site is called as the outlet" in listed.out
    assert "merge --outlets 'Norda Wire' norda-wire.example" in listed.err
    (pair,) = json.loads(dragoman("show", case, "merges", "--json").out)
    assert pair["one"] == {"name": "Norda Wire", "documents": 1}
    done = dragoman("decide", case, "merge", "--outlets", "Norda Wire", "norda-wire.example", "--by", "Anna")
    assert "merge outlets: Norda Wire = norda-wire.example" in done.out
    assert "named as" in dragoman("show", case, "sources", "norda-wire.example").out
    assert dragoman("decide", case, "split", "--outlets", "Norda Wire").code == 2


def test_an_actor_is_shown_with_its_names(dragoman: Dragoman, azure: Path) -> None:
    result = dragoman("show", azure, "actor", "Freedonia")
    assert result.code == 0
    assert "1 document, 1 independent source" in result.out


def test_who_was_split_off_is_shown_with_the_key_that_tells_it_apart(dragoman: Dragoman, tmp_path: Path) -> None:
    case = tmp_path / "a.case"
    sentences = ("Sylvania met Freedonia.", "It left.", "Rain.")
    filled(case, make_reading(), make_reading("rose", sentences=sentences)).close()
    split = dragoman("decide", case, "split", "Sylvania", "--documents", "rose", "--by", "Anna")
    key = f"~sylvania~{split.out[:8]}"
    assert f"now {key}" in split.out
    actors = dragoman("show", case, "actors").out
    assert re.search(rf"^Sylvania +{key} ", actors, re.MULTILINE)
    assert re.search(r"^Sylvania +~sylvania ", actors, re.MULTILINE)
    asked = dragoman("show", case, "actor", "Sylvania")
    assert asked.code == 2
    assert f"Sylvania (~sylvania), Sylvania ({key}); give what stands in brackets" in asked.err
    assert key in dragoman("show", case, "actor", key).out


@pytest.mark.parametrize(
    "asked", [("sources",), ("sources", "Azure Courier"), ("actor", "Freedonia"), ("merges",)], ids=" ".join
)
def test_all_of_it_is_shown_as_json_too(dragoman: Dragoman, azure: Path, asked: tuple[str, ...]) -> None:
    result = dragoman("show", azure, *asked, "--json")
    assert result.code == 0
    assert isinstance(json.loads(result.out), list if asked == ("merges",) else dict)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("sources", "Azur Courier"), "did you mean"),
        (("actor",), "say which actor"),
        (("actor", "Fredonia"), "did you mean 'Freedonia'"),
        (("merges", "Freedonia"), "takes no id"),
        (("merges", "--actor", "Freedonia"), "not among merges"),
        (("sources", "--as-of", "May"), "YYYY-MM-DD"),
    ],
)
def test_what_makes_no_sense_is_refused(dragoman: Dragoman, azure: Path, asked: tuple[str, ...], told: str) -> None:
    result = dragoman("show", azure, *asked)
    assert result.code == 2
    assert told in result.err
