"""The brief on the desk: a period and parts chosen, shown, taken along."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient


def test_nothing_is_composed_before_it_is_asked_for(client: TestClient) -> None:
    assert client.get("/api/v1/brief").json()["brief"] is None
    assert 'class="record"' not in client.get("/brief").text


def test_the_preview_leads_to_the_reports_and_has_the_parts_chosen(client: TestClient) -> None:
    page = client.get("/brief", params={"show": True, "part": ["happened", "disputes"]}).text
    assert "What happened" in page
    assert 'id="forecasts"' not in page
    assert 'href="/reports/' in page
    assert "dragoman show" not in page
    parts = client.get("/api/v1/brief", params={"show": True, "part": "ahead"}).json()["brief"]["parts"]
    assert [part["id"] for part in parts] == ["ahead"]


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
