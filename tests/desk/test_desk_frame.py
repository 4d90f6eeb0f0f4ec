"""The desk's frame: who gets in, what every answer carries, how errors are told."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from fastapi.testclient import TestClient

from dragoman.desk import Settings
from dragoman.desk.pages import as_csv
from dragoman.desk.security import form_token
from dragoman.desk.words import in_path

PLACES = re.compile(r'(?:href|src|srcset)="([^"#]+)')


def links(html: str) -> set[str]:
    """Addresses within the desk that a page names."""
    return {unescape(found) for found in PLACES.findall(html) if found.startswith("/")}


def test_the_printed_address_lets_in_and_hides_its_token(stranger: TestClient, settings: Settings) -> None:
    assert stranger.get("/").status_code == 403
    answer = stranger.get("/timeline", params={"token": settings.token, "actor": "Freedonia"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?actor=Freedonia")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "ü"])
def test_a_wrong_token_lets_nobody_in(stranger: TestClient, token: str) -> None:
    assert stranger.get("/", params={"token": token}).status_code == 403


def test_a_stranger_learns_nothing_of_the_case_where_a_style_sheet_is_missing(stranger: TestClient) -> None:
    answer = stranger.get("/static/none.css")
    assert answer.status_code == 404
    assert "Who meets whom?" not in answer.text
    assert "Lena Fischer" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "[", ""])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


def test_every_answer_forbids_what_comes_from_elsewhere(client: TestClient) -> None:
    for where in ("/", "/timeline", "/static/desk.css", "/api/v1/timeline", "/nowhere"):
        policy = client.get(where).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_what_is_not_there_is_told_in_a_sentence(client: TestClient) -> None:
    page = client.get("/occurrences/ffff")
    assert page.status_code == 404
    assert 'role="alert"' in page.text
    problem = client.get("/api/v1/occurrences/ffff")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 404


def test_a_page_leads_back_to_its_own_address_whatever_is_in_it(client: TestClient) -> None:
    page = client.get("/actors/100%25%3F?as_of=2024-05-05")
    assert '<a href="/actors/100%25%3F">Show all</a>' in page.text


def test_no_address_makes_a_link_to_another_host(client: TestClient) -> None:
    page = client.get("http://127.0.0.1//evil.example/x?as_of=2024-05-05").text
    assert '<a href="/evil.example/x">Show all</a>' in page


def test_names_that_a_browser_would_take_for_a_way_up_lead_where_they_are() -> None:
    assert in_path("state/FRE") == "state/FRE"
    assert in_path("../../read") == "..%2F..%2Fread"


def test_a_form_from_elsewhere_changes_nothing(client: TestClient) -> None:
    id = client.get("/api/v1/timeline").json()["occurrences"][0]["id"]
    report = client.get(f"/api/v1/occurrences/{id}").json()["occurrence"]["reports"][0]["report"]
    assert client.post(f"/reports/{report}/judge", data={"action": "reject"}).status_code == 403
    assert client.get(f"/api/v1/reports/{report}").json()["report"]["state"] == "read"


def test_every_page_has_its_twin_and_every_link_leads_somewhere(client: TestClient) -> None:
    found, todo = set(), ["/"]
    while todo:
        where = todo.pop()
        answer = client.get(where)
        assert answer.status_code in (200, 303), where
        if answer.headers["content-type"].startswith("text/html"):
            twin = client.get(f"/api/v1{where}".rstrip("/"))
            assert (twin.status_code, twin.headers["content-type"]) == (200, "application/json"), where
            new = links(answer.text) - found
            found |= new
            todo += sorted(new)
    assert any(place.startswith("/occurrences/") for place in found)
    assert any(place.startswith("/timeline/density.svg") for place in found)


@pytest.mark.parametrize(
    "asked", ["page=-1", "page=x", "limit=99999999999999999999", "since=yesterday", "actor=Nobody"]
)
def test_an_address_that_makes_no_sense_is_told_in_a_sentence(client: TestClient, asked: str) -> None:
    answer = client.get(f"/timeline?{asked}")
    assert answer.status_code == client.get(f"/api/v1/timeline?{asked}").status_code == 400
    assert 'role="alert"' in answer.text
    assert "Input should" not in answer.text
    assert '<a href="/timeline">Without filters</a>' in answer.text


def test_a_filter_that_cannot_be_is_told_from_a_page_that_is_not_there(client: TestClient) -> None:
    assert client.get("/actors/Freedonia?as_of=yesterday").status_code == 400
    assert client.get("/actors/Chico?as_of=2024").status_code == 404


def test_who_may_have_been_meant_is_one_click_away(client: TestClient) -> None:
    page = unescape(client.get("/timeline", params={"actor": "Fredonia", "since": "2024"}).text)
    assert 'did you mean <a href="/timeline?actor=Freedonia&since=2024">Freedonia</a>?</p>' in page
    page = unescape(client.get("/timeline", params={"type": "CONSULTT"}).text)
    assert 'did you mean <a href="/timeline?type=CONSULT">CONSULT</a>?</p>' in page
    page = unescape(client.get("/documents/azur?as_of=2025").text)
    assert 'did you mean <a href="/documents/azure?as_of=2025">azure</a>?</p>' in page
    assert client.get("/timeline", params={"actor": "did you mean 'x"}).status_code == 400


BACK = "Back to the page with the form"


@pytest.mark.parametrize(
    ("referer", "link"),
    [
        ("http://127.0.0.1/review?kind=event&place=1", f'<a href="/review?kind=event&amp;place=1">{BACK}</a>'),
        ("http://evil.example/review", ""),
        ("http://127.0.0.1//evil.example/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_what_a_form_sent_in_vain_is_shown_with_the_way_back(
    client: TestClient, settings: Settings, referer: str, link: str
) -> None:
    id = client.get("/api/v1/review?kind=event").json()["at_hand"]["id"]
    long = "<b>why</b> " * 20
    sent = {"csrf": form_token(settings), "seen": "", "at": "77", "date": "gestern", "place": "Port", "reason": long}
    answer = client.post(f"/review/{id}/correct", data=sent, headers={"referer": referer})
    assert answer.status_code == 400
    assert '<input value="gestern" readonly>' in answer.text
    assert f'<textarea rows="4" readonly>\n{escape(long)}</textarea>' in answer.text
    shown = answer.text.partition("What you sent")[2]
    assert sent["csrf"] not in shown
    assert 'value="77"' not in shown
    assert link in answer.text
    assert (BACK in answer.text) == bool(link)


def test_what_no_page_of_the_desk_sent_is_not_shown(client: TestClient) -> None:
    answer = client.post("/merges", data={"reason": "sent from elsewhere"})
    assert (answer.status_code, "sent from elsewhere" in answer.text) == (403, False)


def test_errors_are_in_the_words_of_the_desk(client: TestClient) -> None:
    page = unescape(client.get("/timeline", params={"page": 10**6}).text)
    assert "Page in the address must be a whole number from 0 to 10,000." in page
    page = unescape(client.get("/documents/none").text)
    assert "`dragoman" not in page
    assert '<a href="/documents">Show all that there are</a>' in page
    page = client.get("/timeline", params={"as_of": "2024-13"}).text
    assert "As the documents published by" not in page


def test_a_list_is_also_csv_whose_cells_are_no_formulas() -> None:
    assert as_csv([{"what": "=1+1", "documents": 2}]).splitlines()[1].startswith("'=1+1")


@pytest.mark.parametrize(
    "where",
    [
        "/documents",
        "/actors",
        "/timeline",
        "/positions",
        "/positions/network",
        "/positions/coalitions",
        "/sources",
        "/ladder",
        "/commitments",
        "/forecasts",
        "/decisions",
        "/decisions/conflicts",
        "/decisions/untied",
        "/search?q=met",
    ],
)
def test_a_page_after_the_last_of_a_list_says_so(client: TestClient, where: str) -> None:
    page = client.get(where, params={"page": 500} | ({"q": "met"} if "?" in where else {})).text
    assert "The list ends before this page." in page
    assert page.count('class="empty"') == 1
    (first,) = re.findall(r'<a href="([^"]*page=1[^"]*)">To its first page', page)
    assert client.get(unescape(first)).status_code == 200
