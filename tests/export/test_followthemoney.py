"""FollowTheMoney: valid by its published schema, every reference leads somewhere, no tie is stronger than told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case
from dragoman.export import export_followthemoney
from dragoman.record import Action, Decision

PUBLISHED = json.loads((Path(__file__).parent / "followthemoney-schema.json").read_text("utf-8"))["schemata"]


def entities(case: Case, folder: Path) -> dict[str, dict[str, Any]]:
    export_followthemoney(case, folder / "out.json")
    rows = [json.loads(line) for line in (folder / "out.json").read_bytes().splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def of(found: dict[str, dict[str, Any]], schema: str) -> list[dict[str, Any]]:
    return [row["properties"] for row in found.values() if row["schema"] == schema]


def test_every_entity_is_valid_by_the_published_schema(told: Case, tmp_path: Path) -> None:
    found = entities(told, tmp_path)
    for row in found.values():
        schema = PUBLISHED[row["schema"]]
        assert set(row["properties"]) <= set(schema["properties"]), row
        assert all(row["properties"].get(name) for name in schema["required"]), row
        for name, values in row["properties"].items():
            assert values
            assert all(isinstance(value, str) for value in values)
            if (wanted := schema["properties"][name].get("range")) is not None:
                for value in values:
                    assert wanted in PUBLISHED[found[value]["schema"]]["ancestors"], (row, name)


def test_its_own_package_takes_every_entity_and_cleans_nothing_away(told: Case, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed; see developing.md")
    for row in entities(told, tmp_path).values():
        proxy = ftm.model.get_proxy(row)
        proxy.schema.validate(proxy.to_dict())
        cleaned = ftm.model.make_entity(row["schema"])
        for name, values in row["properties"].items():
            if name == "proof" and name not in proxy.schema.properties:
                continue  # ties have it since the schema of release 4
            cleaned.add(name, values, cleaned=False)
            assert len(cleaned.get(name)) == len(values), (name, values)


def test_actors_have_their_schema_names_and_country(told: Case, tmp_path: Path) -> None:
    found = entities(told, tmp_path)
    assert of(found, "Person")[0]["name"] == ["Kari Berg"]
    norway = next(p for p in of(found, "PublicBody") if p["name"] == ["Norway"])
    assert (norway["country"], norway["weakAlias"]) == (["no"], ["Norwegians"])
    assert {p["name"][0] for p in of(found, "Organization")} == {"Nordic Council", "Peruvian rebels"}


def test_an_office_is_a_position_and_who_occupies_it(told: Case, tmp_path: Path) -> None:
    found = entities(told, tmp_path)
    (occupancy,) = of(found, "Occupancy")
    assert occupancy["startDate"] == ["2021-10"]
    assert found[occupancy["holder"][0]]["properties"]["name"] == ["Kari Berg"]
    assert found[occupancy["post"][0]]["properties"]["name"] == ["foreign minister, Norway"]
    assert found[occupancy["proof"][0]]["properties"]["title"] == ["Title of first"]
    (membership,) = of(found, "Membership")
    assert found[membership["organization"][0]]["properties"]["name"] == ["Nordic Council"]


def test_events_say_how_they_are_told(told: Case, tmp_path: Path) -> None:
    events = of(entities(told, tmp_path), "Event")
    assert sorted(event["keywords"][-1] for event in events) == ["one source", "planned", "several sources"]
    assert all(event["name"][0].startswith("planned: ") for event in events if "planned" in event["keywords"])


def test_every_document_is_an_article_that_mentions_its_actors(told: Case, tmp_path: Path) -> None:
    found = entities(told, tmp_path)
    assert {article["publisher"][0] for article in of(found, "Article")} == {"Azure Courier", "Norda Wire"}
    assert len(of(found, "Mention")) == 12


def test_two_actors_of_a_document_who_are_one_are_mentioned_once(told: Case, tmp_path: Path) -> None:
    told.decide(Decision("Anna", Action.MERGE, told.about_merge(("Norway", "Nordic Council"))))
    mentions = of(entities(told, tmp_path), "Mention")
    assert [mention["name"] for mention in mentions if "Nordic Council" in mention["name"]] == [
        ["Norway", "Norwegians", "Nordic Council"],
        ["Norway", "Norwegians", "Nordic Council"],
    ]


def test_what_it_cannot_say_is_left_out_and_counted(told: Case, tmp_path: Path) -> None:
    assert export_followthemoney(told, tmp_path / "out.json") == (
        "Left out occurrences told only as denied: 1.",
        "Left out relations that tell where somebody is based: 1.",
    )
