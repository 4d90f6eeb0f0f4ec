"""The ladder on the desk: states by rungs as of a date, each cell with its sentences, pictures, hostile names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed")

from fastapi.testclient import TestClient

from dragoman.case import create_case
from dragoman.desk import Settings, create_app
from dragoman.record import Actor, ActorKind
from dragoman.views.ladder import NOBODY
from tests.desk.conftest import ADDRESS
from tests.views.ledgers import case_of, step, told

HOSTILE = "<script>alert(1)</script>=cmd"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Freedonia climbs and falls; Sylvania only plans; a hostile name takes a step."""
    made = tmp_path / "ladder.case"
    with create_case(made, packs=["afghanistan"], title="Ladder") as case:
        case.start_run("test")
        case.add(told("a", "2023-05-01", step("Freedonia", "ambassador", on="2023-05-01")))
        case.add(told("b", "2023-06-01", step("Freedonia", "ambassador", on="2023-05-02")))
        case.add(told("c", "2024-06-01", step("Freedonia", "ambassador", "down", on="2024-05-30")))
        case.add(told("d", "2024-07-01", step("Sylvania", "recognition", standing="planned")))
        case.add(told("e", "2024-08-01", step(HOSTILE, "visit", on="2024-07-30")))
        case.finish_run()
    return made


def test_cells_say_what_the_steps_come_to_and_lead_to_the_sentences(client: TestClient) -> None:
    page = client.get("/ladder").text
    assert "ambassador: undone" in page
    assert "1 planned" in page
    assert "ambassador: down on 2024-05-30, against the step of 2023-05-01" in page
    way = client.get("/ladder/Freedonia", params={"rung": "ambassador"}).text
    assert "0: Freedonia ." in way  # the sentence
    assert "2 documents, 2 sources" in way


def test_each_cell_has_the_sentence_that_tells_it_and_a_link_to_its_report(client: TestClient) -> None:
    told = client.get("/api/v1/ladder").json()
    who = {
        climb["actor"]: sentences for climb, sentences in zip(told["ladder"]["climbs"], told["sentences"], strict=True)
    }
    undone = who["Freedonia"]["ambassador"]
    assert undone["report"]["document"] == "c", "of the step that undid it, not of the one before"
    page = client.get("/ladder").text
    card = page[page.index("ambassador: undone") :].partition("</details>")[0]
    assert undone["report"]["evidence"]["text"] in card
    assert f'href="/reports/{undone["id"]}"' in card
    assert "3 documents, 3 sources" in card
    assert client.get("/ladder.csv").text.partition("\n")[0].endswith(",sentence\r")


def test_what_is_not_told_as_done_leads_to_the_steps_so_told(client: TestClient) -> None:
    there = re.findall(r'href="(/ladder/Sylvania[^"]+standing=planned)">1 planned', client.get("/ladder").text)
    way = client.get(unescape(there[0])).text
    assert "1 step planned" in way
    assert "No such step" in client.get("/ladder/Sylvania?standing=denied").text
    assert client.get("/ladder/Sylvania?standing=sure").status_code == 400


def test_as_of_a_date_the_ladder_is_as_it_was_told_then(client: TestClient) -> None:
    page = client.get("/ladder", params={"as_of": "2023"}).text
    assert "ambassador: stands" in page
    assert "As the documents published by 2023 told it" in page
    assert "Sylvania" not in page
    assert 'data-months="2023-05 ' in client.get("/ladder").text


def test_what_is_not_told_as_done_stands_apart(client: TestClient) -> None:
    way = client.get("/ladder/Sylvania").text
    assert "Not told as done" in way
    assert "Told as done" not in way
    assert "no rung" in way


def test_the_twins_have_the_same(client: TestClient) -> None:
    told = client.get("/api/v1/ladder").json()
    assert told["ladder"]["climbs"][0]["actor"] == HOSTILE
    cells = client.get("/ladder.csv").text.splitlines()
    assert cells[0].startswith("who,apart,rung,held,since,actual,planned")
    assert any(row.startswith("Freedonia,False,ambassador,undone,2024-05-30,2,0") for row in cells)
    steps = client.get("/ladder/Freedonia.csv").text.splitlines()
    assert [row.split(",")[2] for row in steps[1:]] == ["ambassador", "ambassador"]
    assert client.get("/api/v1/ladder/Freedonia").json()["steps"][0]["direction"] == "down"


def test_hostile_names_stay_text(client: TestClient) -> None:
    for address in ("/ladder", f"/ladder/{HOSTILE.replace('/', '%2F')}", "/ladder.svg"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "alert(1)" in answer.text


def test_pictures_are_drawn_for_download(client: TestClient) -> None:
    svg, png = client.get("/ladder.svg"), client.get("/ladder.png")
    assert "Freedonia" in svg.text
    assert "ladder.svg" in svg.headers["content-disposition"]
    assert png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/ladder?as_of=soon", "not a date"),
        ("/ladder?toward=Ruritania", "Ruritania"),
        ("/ladder/Freedonia?rung=throne", "no rung"),
        ("/ladder/Ruritania", "Ruritania"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(client: TestClient, asked: str, sentence: str) -> None:
    answer = client.get(asked)
    assert answer.status_code in (400, 404)
    assert sentence.casefold() in answer.text.casefold()


def test_who_is_not_named_has_a_way_too(client: TestClient) -> None:
    assert "No such step is told" in client.get(f"/ladder/{NOBODY}").text


@pytest.fixture
def apart(tmp_path: Path, settings: Settings) -> Iterator[TestClient]:
    """Peru takes a step on a rung of no pack, a firm and a Peruvian court each one on a rung that there is."""
    firm = Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), country="PER", sector="BUS")
    court = Actor("Lima court", ActorKind.ORGANIZATION, ("Lima court",), country="PER", sector="JUD")
    peru = Actor("Peru", ActorKind.STATE, ("Peru",), key="state/PER", country="PER")
    steps = (step("Peru", "light-house"), step("Harbour Works", "agreement"), step("Lima court", "designation"))
    case_of(made := tmp_path / "apart.case", told("a", "2024-05-04", *steps, cast=(firm, court, peru))).close()
    with TestClient(create_app(made, settings), base_url=ADDRESS) as client:
        client.get("/", params={"token": settings.token})
        yield client


def test_who_is_no_state_stands_below_all_states(apart: TestClient) -> None:
    page = apart.get("/ladder").text
    assert page.index(">Peru<") < page.index("Apart: not known as states") < page.index(">Harbour Works<")
    assert ">Lima court<" not in page  # no row of its own
    assert "<b>a step up</b> by Lima court" in apart.get("/ladder/Peru").text
    assert "no rung: not known as a state" in apart.get("/ladder/Harbour%20Works").text
    assert "Harbour Works" not in apart.get("/ladder.svg").text


def test_rungs_that_no_pack_has_are_listed_with_their_steps(apart: TestClient) -> None:
    page = apart.get("/ladder").text
    assert "<b>light house</b>: 1 step by" in page
    (there,) = re.findall(r'href="(/ladder/Peru[^"]+rung=light-house[^"]*)"', page)
    assert "no rung of any pack" in apart.get(unescape(there)).text


@pytest.fixture
def empty(tmp_path: Path, settings: Settings) -> Iterator[TestClient]:
    made = tmp_path / "empty.case"
    create_case(made, packs=[], title="Empty").close()
    with TestClient(create_app(made, settings), base_url=ADDRESS) as client:
        client.get("/", params={"token": settings.token})
        yield client


def test_without_steps_the_page_says_what_to_do(empty: TestClient) -> None:
    assert "A ladder is toward somebody" in empty.get("/ladder").text
    assert empty.get("/ladder.csv").text == ""
    assert "say toward whom" in empty.get("/ladder.svg").text
