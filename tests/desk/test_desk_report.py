"""One report: what is decided on it, seen on every page, and never over somebody unseen."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.desk import Settings
from dragoman.desk.security import form_token


@pytest.fixture
def csrf(settings: Settings) -> dict[str, str]:
    return {"csrf": form_token(settings)}


@pytest.fixture
def event(client: TestClient) -> str:
    """The id of the event that the document azure tells."""
    reports = client.get("/api/v1/documents/azure").json()["reports"]
    return next(stored["id"] for stored in reports if stored["report"]["kind"] == "event")


def shown(client: TestClient, id: str) -> dict[str, Any]:
    page: dict[str, Any] = client.get(f"/api/v1/reports/{id}").json()
    return page


def as_shown(client: TestClient, id: str) -> dict[str, str]:
    """What its form sends if nothing is touched."""
    page = shown(client, id)
    return {field["name"]: field["text"] for field in page["fields"]} | {"seen": page["seen"]}


def test_what_is_corrected_is_seen_on_every_page(client: TestClient, csrf: dict[str, str], event: str) -> None:
    sent = as_shown(client, event) | csrf | {"place": "Port Vermilion", "killed": "2", "reason": "misread"}
    assert client.post(f"/reports/{event}/correct", data=sent).headers["location"] == f"/reports/{event}"
    page = shown(client, event)
    assert (page["report"]["state"], page["row"]["place"], page["row"]["killed"]) == ("corrected", "Port Vermilion", 2)
    (decision,) = page["report"]["decisions"]
    assert set(decision["value"]) == {"place", "killed"}, "only what was changed is decided"
    for where in (f"/reports/{event}", "/documents/azure", f"/occurrences/{page['occurrence']}", "/search?q=Freedonia"):
        assert "Port Vermilion" in client.get(where).text, where


def test_a_form_in_which_nothing_is_changed_decides_nothing(
    client: TestClient, csrf: dict[str, str], event: str
) -> None:
    sent = {name: text.replace(" ", "\r\n") for name, text in as_shown(client, event).items()}
    answer = client.post(f"/reports/{event}/correct", data=sent | csrf)
    assert (answer.status_code, "no field was changed" in answer.text.lower()) == (400, True)
    assert shown(client, event)["report"]["decisions"] == []


@pytest.mark.parametrize(("name", "text"), [("killed", "many"), ("date", "2024-99"), ("type", "MEET"), ("type", "")])
def test_a_value_that_the_codebook_does_not_know_is_refused(
    client: TestClient, csrf: dict[str, str], event: str, name: str, text: str
) -> None:
    answer = client.post(f"/reports/{event}/correct", data=as_shown(client, event) | csrf | {name: text})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert shown(client, event)["report"]["state"] == "read"


def test_what_is_rejected_leaves_the_record_and_can_be_brought_back(
    client: TestClient, csrf: dict[str, str], event: str
) -> None:
    sent = csrf | {"action": "reject", "back": "document", "seen": shown(client, event)["seen"]}
    assert client.post(f"/reports/{event}/judge", data=sent).headers["location"] == f"/documents/azure#r{event}"
    article = client.get("/api/v1/documents/azure").json()
    assert [stored["id"] for stored in article["rejected"]] == [event]
    assert event not in {stored["id"] for stored in article["reports"]}
    page = shown(client, event)
    undo = csrf | {"decision": page["report"]["decisions"][0]["decision"], "seen": page["seen"]}
    assert client.post(f"/reports/{event}/undo", data=undo).status_code == 303
    assert shown(client, event)["report"]["state"] == "read"


def test_a_note_is_kept_with_its_author(client: TestClient, csrf: dict[str, str], event: str) -> None:
    client.post(f"/reports/{event}/judge", data=csrf | {"action": "note", "reason": "ask <the> desk"})
    html = client.get(f"/reports/{event}").text
    assert "ask &lt;the&gt; desk" in html
    assert "Lena Fischer" in html
    assert client.post(f"/reports/{event}/judge", data=csrf | {"action": "note"}).status_code == 400


@pytest.mark.parametrize("action", ["judge", "correct", "undo"])
def test_nobody_decides_over_another_unseen(client: TestClient, csrf: dict[str, str], event: str, action: str) -> None:
    opened = as_shown(client, event) | csrf
    client.post(f"/reports/{event}/correct", data=opened | {"place": "Port Vermilion"})
    sent = opened | {"action": "reject", "place": "Elsewhere", "decision": "x"}
    answer = client.post(f"/reports/{event}/{action}", data=sent)
    assert answer.status_code == 409
    assert "correct event: place = Port Vermilion" in answer.text
    assert f'href="/reports/{event}"' in answer.text
    assert shown(client, event)["row"]["place"] == "Port Vermilion"
