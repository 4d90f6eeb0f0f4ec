"""The lists of reports and of documents on the desk: what is asked for, and how many there are."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed")

from fastapi.testclient import TestClient

from tests.case.factory import SENTENCES


def test_reports_are_listed_with_their_sentences_and_their_number(client: TestClient) -> None:
    page = client.get("/reports").text
    assert "3 reports in 1 document, 1 source" in page
    assert all(sentence in page.replace("&#39;", "'") for sentence in SENTENCES)
    assert "2 reports" not in client.get("/reports?kind=event").text
    assert "1 report in 1 document" in client.get("/reports", params={"actor": "Freedonia", "role": "source"}).text
    assert "No report meets this" in client.get("/reports", params={"actor": "Freedonia", "role": "target"}).text


def test_documents_are_listed_by_what_they_are_to_an_outlet(client: TestClient) -> None:
    own = client.get("/documents", params={"outlet": "Azure Courier", "story": "own"}).text
    assert "1 document, 1 source" in own
    assert "No document meets this" in client.get("/documents", params={"outlet": "The Gazette"}).text
    assert "1 document, 1 source" in client.get("/documents", params={"actor": "Sylvania", "called": "Sylvania"}).text


def test_the_twins_have_the_same(client: TestClient) -> None:
    told = client.get("/api/v1/reports", params={"kind": "position"}).json()
    assert told["number"] == len(told["reports"]) == 1
    rows = client.get("/reports.csv", params={"kind": "position"}).text.splitlines()
    assert rows[0] == "id,date,kind,what,told,document,outlet,published,sentence"
    assert rows[1].endswith(SENTENCES[2])
    assert client.get("/documents.csv", params={"undated": "true"}).text == ""


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/reports?role=king", "unknown role"),
        ("/reports?actor=Ruritania", "no actor"),
        ("/reports?outlet=The+Sun", "no outlet"),
        ("/reports?came_after=soon", "no place in the order of coming"),
        ("/documents?outlet=Azure+Courier&story=good", "unknown story"),
        ("/documents?story=own", "which outlet"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(client: TestClient, asked: str, sentence: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 400
    assert sentence in answer.text.casefold()
