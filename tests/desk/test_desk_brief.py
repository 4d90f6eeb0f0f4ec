"""The brief on the desk: a period and parts chosen, shown, taken along."""

from __future__ import annotations

import re
from html import unescape

from fastapi.testclient import TestClient


def test_nothing_is_composed_before_it_is_asked_for(client: TestClient) -> None:
    assert client.get("/api/v1/brief").json()["brief"] is None
    assert 'class="record"' not in client.get("/brief").text


def parts_shown(page: str) -> list[str]:
    return re.findall(r'<section id="(?!notes)(\w+)"', page)


def test_the_preview_shows_the_first_part_chosen_and_leads_to_the_others(client: TestClient) -> None:
    asked = {"show": True, "since": "2024-05", "part": ["happened", "forecasts"], "look": "happened"}
    page = client.get("/brief", params=asked).text
    assert parts_shown(page) == ["happened"]
    assert 'href="/reports/' in page
    assert "dragoman show" not in page
    assert '<input type="hidden" name="look" value="happened">' in page
    tabs = [unescape(link) for link in re.findall(r'href="(/brief\?[^"]+look=\w+)"', page)]
    assert [link.rpartition("=")[2] for link in tabs] == ["happened", "forecasts"]
    other = client.get(tabs[1]).text
    assert parts_shown(other) == ["forecasts"]
    assert 'value="2024-05"' in other
    assert re.findall(r'name="part" value="(\w+)" checked', other) == ["happened", "forecasts"]
    told = client.get("/api/v1/brief", params=asked | {"look": "forecasts"}).json()["brief"]["parts"]
    assert [part["id"] for part in told] == ["forecasts"]


def test_the_files_are_whole(client: TestClient) -> None:
    parts = parts_shown(client.get("/brief.html", params={"part": ["happened", "forecasts"]}).text)
    assert parts == ["happened", "forecasts"]


def test_each_file_is_the_brief_of_what_was_asked(client: TestClient) -> None:
    asked = {"since": "2024-05-01", "until": "2024-05-31", "part": "happened"}
    html = client.get("/brief.html", params=asked)
    assert html.headers["content-disposition"] == 'attachment; filename="brief.html"'
    assert "1 May 2024 to 31 May 2024" in html.text
    assert 'id="forecasts"' not in html.text
    assert client.get("/brief.md", params=asked).text.startswith("# ")
    assert client.get("/brief.css").headers["content-type"].startswith("text/css")


def test_the_paper_is_a_pdf(client: TestClient) -> None:
    answer = client.get("/brief.pdf", params={"part": "happened"})
    assert answer.content.startswith(b"%PDF") or "dragoman[pdf]" in answer.text


def test_what_cannot_be_is_told_in_a_sentence(client: TestClient) -> None:
    assert "nknown part" in client.get("/brief", params={"part": "gossip"}).text
    assert "nknown part" in client.get("/brief", params={"look": "gossip"}).text
    assert "2024-13" in client.get("/brief", params={"show": True, "since": "2024-13"}).text


def test_a_brief_is_put_together_anew_once_something_was_decided(client: TestClient) -> None:
    page = client.get("/brief", params={"show": True, "part": "happened"}).text
    id = re.search(r'href="/reports/(\w+)"', page)
    assert id
    assert client.get("/brief", params={"show": True, "part": "happened"}).text == page
    csrf = re.search(r'name="csrf" value="(\w+)"', client.get("/review").text)
    assert csrf
    client.post(f"/reports/{id[1]}/judge", data={"csrf": csrf[1], "action": "reject"})
    assert f'href="/reports/{id[1]}"' not in client.get("/brief", params={"show": True, "part": "happened"}).text


def test_the_twin_of_the_page_has_all_that_is_asked_for(client: TestClient) -> None:
    asked = {"show": True, "since": "2024-05", "part": ["happened", "forecasts"]}
    page = client.get("/brief", params=asked | {"look": "forecasts"}).text
    twin = unescape(page.rpartition('<a href="/api/v1/brief')[2].partition('"')[0])
    whole = client.get(f"/api/v1/brief{twin}").json()["brief"]
    assert [part["id"] for part in whole["parts"]] == ["happened", "forecasts"]
    assert whole == client.get("/api/v1/brief", params=asked).json()["brief"]


def test_a_part_that_is_not_asked_for_is_not_looked_at(client: TestClient) -> None:
    asked = {"show": True, "part": ["happened", "steps"], "look": "forecasts"}
    assert client.get("/api/v1/brief", params=asked).json()["looked"] == "happened"
