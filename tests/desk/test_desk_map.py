"""Where things happened, on the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.record import DateRange, Event
from tests.case.factory import SENTENCES, make_reading

NOWHERE = '=1+1"><b>Nowhere</b>'


def tell(path: Path, id: str, place: str | None, published: str = "2024-05-04", on: str = "2024-05-03") -> None:
    """One more document, whose event is at this place."""
    made = make_reading(id, sentences=tuple(f"{one} ({id})" for one in SENTENCES), published=published)
    moved = tuple(
        replace(one, place=place, date=DateRange.on(on)) if isinstance(one, Event) else one for one in made.reports
    )
    with open_case(path, write=True) as case:
        case.start_run("test")
        case.add(replace(made, reports=moved))
        case.finish_run()


def test_a_town_is_drawn_where_it_lies_and_leads_to_what_happened_there(client: TestClient, path: Path) -> None:
    tell(path, "kabul", "Kabul")
    (spot,) = client.get("/api/v1/map").json()["spots"]
    assert (spot["place"]["country"], round(spot["place"]["lat"])) == ("AFG", 35)
    page = client.get("/map", params={"type": "CONSULT"}).text
    assert "/timeline?type=CONSULT&amp;place=Kabul" in page
    assert "/static/world.svg" in page
    assert client.get("/static/world.svg").headers["content-type"].startswith("image/svg+xml")


def test_the_map_is_a_picture_by_itself_too(client: TestClient, path: Path) -> None:
    tell(path, "kabul", "Kabul")
    svg = client.get("/map.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert "Kabul: 1" in "".join(ElementTree.fromstring(svg.content).itertext())
    assert client.get("/map.png").content.startswith(b"\x89PNG")


def test_a_name_that_would_be_cut_on_a_phone_is_left_out_there(client: TestClient, path: Path) -> None:
    for place, on in (("Kabul", "2021-01-01"), ("Oslo", "2022-01-01"), ("Jalalabad", "2023-01-01")):
        tell(path, place, place, on=on)
    named = {spot["count"]["place"]: spot["widely"] for spot in client.get("/api/v1/map").json()["spots"]}
    assert named == {"Kabul": False, "Oslo": True, "Jalalabad": False}  # both lie at the edge


def test_a_place_that_is_not_known_is_listed_all_the_same(client: TestClient, path: Path) -> None:
    tell(path, "odd", NOWHERE)
    page = client.get("/map").text
    assert "not on the map" in page
    assert "<b>Nowhere" not in page
    assert "'=1+1" in client.get("/map.csv").text


def test_the_map_is_of_what_was_told_by_a_date(client: TestClient, path: Path) -> None:
    tell(path, "later", "Doha", published="2025-01-02")
    assert "Doha" in client.get("/map").text
    assert "Doha" not in client.get("/map", params={"as_of": "2024"}).text
    assert "Nothing that happened meets this" in client.get("/map", params={"since": "2030"}).text


def test_the_frame_holds_all_places_and_stays_in_the_world(client: TestClient, path: Path) -> None:
    for id, place in (("a", "Suva"), ("b", "Oslo")):
        tell(path, id, place)
    frame = client.get("/api/v1/map").json()["frame"]
    for spot in client.get("/api/v1/map").json()["spots"]:
        assert frame["left"] <= spot["place"]["lon"] <= frame["left"] + frame["width"]
        assert frame["top"] <= -spot["place"]["lat"] <= frame["top"] + frame["height"]
    assert frame["left"] >= -180
    assert frame["left"] + frame["width"] <= 180
    assert client.get("/api/v1/map", params={"view": "world"}).json()["frame"]["width"] == 360
