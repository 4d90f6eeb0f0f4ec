"""Outlets on the desk: compared, and each with whose voice it gives, what it alone tells and what it leaves out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.record import Fact
from tests.case.factory import SENTENCES, make_reading

HOSTILE = '=HYPERLINK("x")/<b>Post</b>'


@pytest.fixture(autouse=True)
def others(path: Path) -> None:
    """Two more outlets, which tell the same happening in other words, and something else."""
    with open_case(path, write=True) as case:
        case.start_run("test")
        for id, outlet in (("second", "Harbour Times"), ("third", HOSTILE)):
            words = (SENTENCES[0], *(f"{sentence} ({id})" for sentence in SENTENCES[1:]))
            case.add(make_reading(id, sentences=words, outlet=Fact(outlet, "page"), published="2024-06-02"))
        case.finish_run()


def test_outlets_are_compared(client: TestClient) -> None:
    found = client.get("/api/v1/sources").json()
    assert {one["name"] for one in found["sources"]} >= {"Azure Courier", "Harbour Times", HOSTILE}
    page = client.get("/sources").text
    assert "Own stories" in page
    assert "<b>Post</b>" not in page
    lines = client.get("/sources.csv").text.splitlines()
    assert lines[0].startswith("source,documents,own_stories")
    assert not any(line.startswith(("=", '"=')) for line in lines)


def test_each_spelling_of_an_outlet_leads_to_the_documents_that_use_it(client: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        case.start_run("test")
        case.add(
            make_reading(
                "shouted", sentences=(f"Loudly. {SENTENCES[0]}", *SENTENCES[1:]), outlet=Fact("HARBOUR TIMES", "page")
            )
        )
        case.finish_run()
    page = client.get("/sources/Harbour%20Times").text
    where = unescape(*re.findall(r'HARBOUR TIMES <a [^>]*href="([^"]+)">1</a>', page))
    shown = client.get(where).text
    assert "1 document, 1 source, the latest first; only those that name it HARBOUR TIMES." in shown
    assert "/documents/shouted" in shown
    assert "/documents/second" not in shown


def test_an_outlet_tells_whose_voice_it_gives(client: TestClient) -> None:
    (voice,) = client.get("/api/v1/sources/Harbour%20Times").json()["voices"]
    assert voice == {"name": "Ambassador", "reports": 1, "share": 1.0}
    assert "100 %" in client.get("/sources/Harbour%20Times").text


def test_an_outlet_with_a_hostile_name_has_its_page(client: TestClient) -> None:
    where = "/sources/%3DHYPERLINK%28%22x%22%29/%3Cb%3EPost%3C/b%3E"
    page = client.get(where)
    assert page.status_code == 200
    assert "<b>Post</b>" not in page.text
    assert client.get(f"{where}.csv").headers["content-type"].startswith("text/csv")


def test_as_of_a_date_later_outlets_are_not_there(client: TestClient) -> None:
    assert "Harbour Times" not in client.get("/sources", params={"as_of": "2024-05"}).text
    assert client.get("/sources/Harbour%20Times", params={"as_of": "2024-05"}).status_code == 404
    assert "There are no sources by then" in client.get("/sources", params={"as_of": "1999"}).text


def test_an_outlet_that_is_not_there_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/sources/Harbor%20Times")
    assert answer.status_code == 404
    assert "Harbour Times" in answer.text


def test_two_outlets_are_made_one_and_the_page_tells_who_said_so(client: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        case.start_run("test")
        words = ("Rain fell on the quay.", "The king is in the south.", "A guild of fishermen sang.")
        case.add(make_reading("site", sentences=words, outlet=Fact("harbour-times.example", "page")))
        case.finish_run()
    page = client.get("/outlets").text
    assert "the site is called as the outlet" in page
    assert 'href="/outlets"' in client.get("/sources").text
    assert "harbour-times.example" in client.get("/outlets.csv").text
    (pair,) = client.get("/api/v1/outlets").json()["merges"]
    csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]
    form = {"csrf": csrf, "one": pair["one"]["name"], "other": pair["other"]["name"], "next": "outlets"}
    assert client.post("/sources", data={**form, "other": ""}).status_code == 400
    assert client.post("/sources", data={**form, "action": "merge", "other": "Harbor Timez"}).status_code in (400, 404)
    seen = client.get("/api/v1/sources/Harbour%20Times").json()["seen"]
    assert client.post("/sources", data={**form, "action": "merge"}).headers["location"] == "/outlets"
    assert client.get("/api/v1/outlets").json()["merges"] == []
    one = client.get("/sources/harbour-times.example").text
    assert "merge outlets: Harbour Times = harbour-times.example" in one
    assert "Lena Fischer" in one
    late = client.post("/sources", data={**form, "seen": seen, "action": "apart"})
    assert (late.status_code, "since you opened the page" in late.text) == (409, True)
