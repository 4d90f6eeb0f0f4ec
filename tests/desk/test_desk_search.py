"""Search: sentences with what is read there, actors by name, and queries that make no sense."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("query", ["envoys met", '"of freedonia"', "AMBASS*"])
def test_words_phrases_and_beginnings_find_sentences(client: TestClient, query: str) -> None:
    found = client.get("/api/v1/search", params={"q": query}).json()
    assert {hit["document"] for hit in found["hits"]} == {"azure"}
    for hit in found["hits"]:
        assert set(hit["reports"]) <= set(found["reports"])


def test_a_result_leads_to_the_sentence_and_to_its_reports(client: TestClient) -> None:
    html = client.get("/search", params={"q": "critics"}).text
    assert "<mark>Critics</mark>" in html
    start = client.get("/api/v1/search", params={"q": "critics"}).json()["hits"][0]["span"]["start"]
    where = f"/documents/azure?at={start}"
    assert where in html
    assert '<mark id="here">' in client.get(where).text
    assert "Critics: against the envoy" in html


def test_actors_are_found_by_a_part_of_any_name(client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": "freedonians"}).json()
    assert [one["name"] for one in found["actors"]] == ["Freedonia"]


@pytest.mark.parametrize("query", ['"open', "!!", "\0", "*", '"'])
def test_a_query_that_makes_no_sense_is_told_on_the_page(client: TestClient, query: str) -> None:
    page = client.get("/search", params={"q": query})
    assert page.status_code == 200
    assert 'role="alert"' in page.text


def test_what_is_found_nowhere_says_what_to_try(client: TestClient) -> None:
    assert "Try fewer" in client.get("/search", params={"q": "<b>zebra</b>"}).text
    assert "<b>zebra" not in client.get("/search", params={"q": "<b>zebra</b>"}).text
    assert "autofocus" in client.get("/search").text
    assert "autofocus" not in client.get("/search", params={"q": "zebra"}).text


def test_the_list_is_cut_into_pages_and_given_as_csv(client: TestClient) -> None:
    first = client.get("/api/v1/search", params={"q": "envoy*", "limit": 1}).json()
    second = client.get("/api/v1/search", params={"q": "envoy*", "limit": 1, "page": 2}).json()
    assert first["more"]
    assert first["hits"] != second["hits"]
    assert "page=2" in client.get("/search", params={"q": "envoy*", "limit": 1}).text
    assert client.get("/search.csv", params={"q": "critics"}).text.count("Critics of the special envoy") == 1


def test_as_of_a_date_only_what_was_published_by_then_is_found(client: TestClient) -> None:
    asked = {"q": "freedonia"}
    then, before = (
        client.get("/api/v1/search", params=asked | {"as_of": day}).json() for day in ("2024-05", "2024-04")
    )
    assert then == client.get("/api/v1/search", params=asked).json()
    assert (before["hits"], before["actors"]) == ([], [])
    page = client.get("/search", params=asked | {"as_of": "2024-05"}).text
    assert '<a href="/search?q=freedonia">Show all</a>' in page
    assert 'href="/actors/state/FRE?as_of=2024-05"' in page
    assert "is not a date" in client.get("/search", params=asked | {"as_of": "May"}).text
