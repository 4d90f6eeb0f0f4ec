"""Entities as OpenSanctions publishes them, into a pack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from import_factory import brought

from dragoman.knowledge.importers import entries
from dragoman.knowledge.pack import Office
from dragoman.record import ActorKind


def entity(id: str, schema: str, **properties: Any) -> str:
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": id, "schema": schema, "properties": listed})


def lines(*entities: str) -> str:
    return "\n".join(entities) + "\n"


HALLORAN = entity("Q1", "Person", name=["Ines Halloran", "Инес Халлоран"], alias="I. Halloran", country="no")


def test_persons_bodies_and_countries_become_actors(tmp_path: Path) -> None:
    text = lines(
        HALLORAN,
        entity("Q2", "PublicBody", name="Strait Pilotage Office", abbreviation="SPO", country="no"),
        entity("Q3", "Company", name="Merrow Lines", country="pe"),
        entity("Q4", "Organization", name="Friends of the Strait"),
        entity("Q5", "Country", name="Kingdom of Norway", country="no"),
        entity("Q6", "Vessel", name="Merrow Star"),
    )
    made, actors = brought(tmp_path, text, "entities.ftm.json")
    assert (made.actors, made.aside) == (5, ())
    assert (actors["Ines Halloran"].names, actors["Ines Halloran"].country) == (("I. Halloran",), "NOR")
    assert (actors["Strait Pilotage Office"].sector, actors["Merrow Lines"].sector) == ("GOV", "BUS")
    assert "Kingdom of Norway" in actors["Norway"].names
    assert "Merrow Star" not in actors


def test_offices_have_their_time_in_whatever_order_they_come(tmp_path: Path) -> None:
    text = lines(
        entity("o1", "Occupancy", holder="Q1", post="p1", startDate="2022-03-01", endDate="2024"),
        entity("o2", "Occupancy", holder="Q1", post="p2", startDate="2024-05-01T00:00:00"),
        entity("d1", "Directorship", director="Q1", organization="Q2", role="harbour master"),
        entity("p1", "Position", name="special envoy", country="no"),
        entity("p2", "Position", name="chief pilot", organization="Q2"),
        entity("Q2", "Organization", name="Strait Pilotage Office"),
        HALLORAN,
    )
    made, actors = brought(tmp_path, text, "entities.jsonl")
    body = actors["Strait Pilotage Office"].key
    assert actors["Ines Halloran"].offices == (
        Office("special envoy", "state/NOR", "2022-03-01", "2024"),
        Office("chief pilot", body, "2024-05-01", None),
        Office("harbour master", body, None, None),
    )
    assert made.aside == ()


def test_nested_entities_are_read_too(tmp_path: Path) -> None:
    post = {"id": "p1", "schema": "Position", "properties": {"name": ["envoy"], "country": ["no"]}}
    occupancy = {"id": "o1", "schema": "Occupancy", "properties": {"post": [post], "startDate": ["2022"]}}
    person = {
        "id": "Q1",
        "schema": "Person",
        "properties": {"name": ["Ines Halloran"], "positionOccupancies": [occupancy]},
    }
    _, actors = brought(tmp_path, lines(json.dumps(person)), "nested.json")
    assert actors["Ines Halloran"].offices == (Office("envoy", "state/NOR", "2022", None),)


def test_bad_lines_are_named_with_number_and_reason(tmp_path: Path) -> None:
    text = lines(
        "{not json",
        HALLORAN,
        "[1, 2]",
        json.dumps({"schema": "Person", "properties": {}}),
        entity("Q9", "Person", country="no"),
        entity("o1", "Occupancy", holder="Q1", post="nowhere"),
        entity("d1", "Directorship", director="Q1", organization="Q77", role="chief"),
        entity("d2", "Directorship", director="Q1", organization="Q1", role="x", startDate="2024", endDate="2020"),
    )
    made, actors = brought(tmp_path, text, "a.json")
    assert {one.line for one in made.aside} >= {1, 3, 4, 5, 6, 8}
    reasons = {one.line: one.reason for one in made.aside}
    assert reasons[1].startswith("not JSON")
    assert "has no name" in reasons[5]
    assert "ends before it begins" in reasons[8]
    assert any("at nobody in the file or in core" in one.reason for one in made.aside)
    assert actors["Ines Halloran"].offices == ()


def test_two_people_of_one_name_stay_two(tmp_path: Path) -> None:
    text = lines(
        entity("Q1", "Person", name="John Rowe", country="no"), entity("Q2", "Person", name="John Rowe", country="pe")
    )
    made, _ = brought(tmp_path, text, "a.json")
    assert made.actors == 2


def test_nesting_without_end_and_lines_without_end_are_only_data(tmp_path: Path) -> None:
    deep = '{"id":"a","schema":"Person","properties":{"x":[' * 3000
    long = entity("Q8", "Person", name="x" * (entries.MAX_LINE + 1))
    made, _ = brought(tmp_path, lines(deep, long, HALLORAN), "a.json")
    assert [one.line for one in made.aside] == [1, 2]
    assert made.actors == 1


def test_an_actor_has_no_more_names_than_it_may(tmp_path: Path) -> None:
    many = entity("Q1", "Person", name=[f"Name Number {n} Halloran" for n in range(entries.MAX_NAMES + 50)])
    made, actors = brought(tmp_path, lines(many), "a.json")
    assert len(actors["Name Number 0 Halloran"].names) == entries.MAX_NAMES
    assert "49 names more than 200" in made.aside[0].reason


def test_many_actors_fill_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.knowledge.importers import writing

    monkeypatch.setattr(writing, "_FULL", 2_000)
    text = lines(*(entity(f"Q{n}", "Person", name=f"Person Halloran {n}") for n in range(100)))
    made, actors = brought(tmp_path, text, "a.json")
    assert made.actors == 100
    assert len(list((tmp_path / "pack").glob("actors-*.yaml"))) > 2
    assert actors["Person Halloran 99"].kind is ActorKind.PERSON


def test_what_is_exported_can_be_imported(tmp_path: Path) -> None:
    from dragoman.export import export_followthemoney
    from tests.case.factory import filled
    from tests.export.told import first

    with filled(tmp_path / "a.case", first()) as case:
        export_followthemoney(case, tmp_path / "out.json")
    made, actors = brought(tmp_path, (tmp_path / "out.json").read_bytes(), "again.json")
    assert actors["Kari Berg"].offices[0].since == "2021-10"
    assert made.actors >= 5
