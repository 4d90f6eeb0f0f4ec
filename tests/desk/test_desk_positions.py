"""Positions on the desk: the matrix, two periods compared, the network, coalitions, and the sentences behind."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the desk is not installed")

from fastapi.testclient import TestClient

from dragoman.case import create_case
from tests.views.debates import Said, debate

HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Freedonia turns against trade, Sylvania stays for it, a hostile name is with it."""
    made = tmp_path / "debate.case"
    with create_case(made, packs=["afghanistan"], title="Debate") as case:
        case.start_run("test")
        case.add(debate("a", "2023-05-01", "Courier", *(Said(n, "+", "trade") for n in ("Freedonia", "Sylvania"))))
        case.add(debate("b", "2024-05-01", "Herald", Said("Freedonia", "-", "trade"), Said("Sylvania", "+", "trade")))
        case.add(debate("c", "2024-06-01", "Herald", Said(HOSTILE, "+", "trade"), Said(HOSTILE, "0", "un-envoy")))
        case.finish_run()
    return made


def test_the_matrix_has_signs_and_counts_and_leads_to_the_sentences(client: TestClient) -> None:
    page = client.get("/positions").text
    assert "±2·2·2" in page
    assert "un envoy" in page
    (leads,) = re.findall(r'href="(/positions/told\?[^"]*on=trade[^"]*)" title="of two minds', page)
    told = client.get(leads.replace("&amp;", "&")).text
    assert "Freedonia spoke (a 0)." in told
    assert "Freedonia spoke (b 0)." in told
    assert "1 for, 1 against, 0 mixed; 2 documents, 2 sources" in told


def test_two_periods_are_compared_and_it_says_who_moved(client: TestClient) -> None:
    page = client.get("/positions", params={"slice": "2024"}).text
    assert "before 2024" in page
    moved = page.partition("What moved")[2]
    assert "→−1·1·1" in moved
    assert "Sylvania" not in moved
    same = client.get("/positions", params={"slice": "2024", "actor": "Sylvania"}).text
    assert "Nobody is told to hold something else than before" in same


def test_as_of_a_date_only_what_was_told_by_then_counts(client: TestClient) -> None:
    page = client.get("/positions", params={"as_of": "2023"}).text
    assert "+1·1·1" in page
    assert "−1·1·1" not in page


def test_pages_of_the_matrix_and_csv_have_everybody(client: TestClient) -> None:
    first, second = (client.get("/positions", params={"limit": 2, "page": n}).text for n in (1, 2))
    assert 'rel="next"' in first
    assert "The 2 actors with most statements, of 3." in first
    assert "Sylvania" in second
    assert 'rel="next"' not in second
    rows = client.get("/positions.csv", params={"limit": 1}).text.splitlines()
    assert "Freedonia,trade,,mixed,,1,1,0,2,2" in rows
    assert len(rows) == 5


def test_the_network_tells_agreement_from_conflict(client: TestClient) -> None:
    page = client.get("/positions/network", params={"since": "2024"}).text
    assert "3 ties between actors, by agreement less conflict." in page
    assert ">conflict<" in page
    assert ">agreement<" in page
    data = client.get("/api/v1/positions/network", params={"since": "2024"}).json()
    assert {tied["tie"]["weight"]: tied["against"] for tied in data["ties"]} == {1.0: False, -1.0: True}
    assert client.get("/positions/network.csv").text.startswith("one,other,weight")


def test_an_affiliation_counts_documents_and_leads_to_the_sentences(client: TestClient) -> None:
    page = client.get("/positions/network", params={"mode": "affiliation"}).text
    assert "2 documents, 2 sources" in page
    assert "/positions/told?actor=" in page


def test_a_tie_leads_to_the_sentences_of_both(client: TestClient) -> None:
    ties = client.get("/api/v1/positions/network").json()["ties"]
    page = client.get("/positions/network").text
    there = [unescape(where) for where in re.findall(r'href="(/positions/told\?[^"]*beside=[^"]+)"', page)]
    assert len(there) == len(ties) > 0
    for tied, where in zip(ties, there, strict=True):
        told = client.get(where).text
        for one in (tied["one"], tied["other"]):
            assert f"<h2>{escape(one['name']).replace('&quot;', '&#34;')}, " in told
    assert client.get("/positions/told?actor=Freedonia&beside=Ruritania").status_code == 400


def test_a_tie_between_matters_leads_to_the_sentences_of_those_who_hold_something_on_both(client: TestClient) -> None:
    (tied,) = client.get("/api/v1/positions/network", params={"mode": "concepts", "aggregation": "ignore"}).json()[
        "ties"
    ]
    page = client.get("/positions/network", params={"mode": "concepts", "aggregation": "ignore"}).text
    (where,) = (unescape(found) for found in re.findall(r'href="(/positions/told\?[^"]*too=[^"]+)"', page))
    told = client.get(where).text
    headings = re.findall(r"<h2>(.*), ([^,:]+): ([\w ]+)</h2>", told)
    assert {who for who, *_ in headings} == {escape(HOSTILE).replace("&quot;", "&#34;")}  # nobody else speaks of both
    assert {on.replace(" ", "-") for _, on, _ in headings} == {tied["one"]["name"], tied["other"]["name"]}
    assert client.get("/positions/told?on=trade&too=peace").status_code == 400


def test_all_that_somebody_holds_is_told_at_once(client: TestClient) -> None:
    line = client.get("/api/v1/positions").json()["lines"][0]["holder"]
    told = client.get("/positions/told", params={"actor": line["key"]})
    assert f"{line['statements']} statements in 2 documents, 2 sources" in told.text


def test_the_network_is_drawn(client: TestClient) -> None:
    svg = client.get("/positions/network.svg", params={"mode": "affiliation", "aggregation": "ignore"})
    assert "Freedonia" in svg.text
    assert client.get("/positions/network.png").content.startswith(b"\x89PNG")


def test_coalitions_have_members_and_moves(client: TestClient) -> None:
    page = client.get("/positions/coalitions", params={"slice": "2024"}).text
    assert "before 2024" in page
    assert "trade +2 −0" in page
    rows = client.get("/positions/coalitions.csv", params={"slice": "2024"}).text.splitlines()
    assert "before 2024,A,Freedonia,2,2" in rows


def test_each_who_is_counted_for_or_against_leads_to_the_sentences(client: TestClient) -> None:
    page = client.get("/positions/coalitions", params={"until": "2023"}).text
    assert "trade +2 −0" in page
    listed = re.findall(r'<a href="(/positions/told[^"]+on=trade[^"]*)">(\w+)</a>', page)
    assert [name for _, name in listed] == ["Freedonia", "Sylvania"]
    for where, name in listed:
        told = client.get(unescape(where)).text
        assert f"<h1>{name} on trade</h1>" in told
        assert "1 statement: 1 for, 0 against, 0 mixed" in told


@pytest.mark.parametrize(
    "where", ["/positions", "/positions/network", "/positions/network.svg", "/positions/coalitions"]
)
def test_hostile_names_stay_text(client: TestClient, where: str) -> None:
    answer = client.get(where)
    assert answer.status_code == 200
    assert "<img src=x" not in answer.text
    assert "onerror" in answer.text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/positions?slice=moon", "unknown slice"),
        ("/positions?actor=Ruritania", "Ruritania"),
        ("/api/v1/positions/told", "say whose stance"),
        ("/positions/told?actor=Freedonia&on=peace", "no stance of Freedonia on peace is told"),
        ("/positions/network?mode=moon", "unknown network"),
        ("/positions/network?mode=affiliation&normalisation=cosine", "between two actors"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(client: TestClient, asked: str, sentence: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 400
    assert sentence.casefold() in answer.text.casefold()


def test_a_stance_of_nobody_leads_to_the_positions(client: TestClient) -> None:
    answer = client.get("/positions/told")
    assert (answer.status_code, answer.headers["location"]) == (303, "/positions")


@pytest.mark.parametrize("where", ["/positions", "/positions/network", "/positions/coalitions"])
def test_empty_pages_say_so(client: TestClient, where: str) -> None:
    page = client.get(where, params={"until": "1999"}).text
    assert "There are no" in page
    assert "Show all" in page
