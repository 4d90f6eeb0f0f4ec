"""The log of decisions and the review on the desk."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import create_case, open_case
from dragoman.desk import Settings
from dragoman.desk.security import form_token
from dragoman.record import Action, Decision
from dragoman.views.wording import line
from tests.case.factory import make_reading


@pytest.fixture
def csrf(settings: Settings) -> str:
    return form_token(settings)


def at_hand(client: TestClient, **asked: object) -> dict[str, object]:
    report: dict[str, object] = client.get("/api/v1/review", params=asked).json()["at_hand"]  # type: ignore[arg-type]
    return report


def rejected_by(path: Path, author: str) -> str:
    """A decision to reject the first report of the queue."""
    with open_case(path, write=True) as case:
        id = case.review_queue()[0].stored.id
        case.decide(Decision(author, Action.REJECT, case.about(id), reason="a <b>misreading</b>"))
    return id


def test_an_empty_log_says_where_to_begin(client: TestClient) -> None:
    assert "/review" in client.get("/decisions").text
    assert "Nobody disagrees" in client.get("/decisions/conflicts").text
    assert "find nothing" in client.get("/decisions/untied").text


def test_the_log_tells_who_decided_what_and_undoes_it(client: TestClient, path: Path, csrf: str) -> None:
    id = rejected_by(path, "Ana")
    rejected_by(path, "Bo")
    page = client.get("/decisions", params={"by": "Ana"}).text
    with open_case(path) as case:
        words = line(case.report(id).report)
    assert f'<a href="/reports/{id}">{escape(words)}</a>' in page
    assert "<b>misreading" not in page
    (one,) = client.get("/api/v1/decisions", params={"by": "Ana"}).json()["decisions"]
    assert client.post(f"/decisions/{one['decision']['decision']}/undo", data={"csrf": csrf}).status_code == 303
    assert "undone" in client.get("/decisions", params={"by": "Ana"}).text
    assert re.search(r"undo: reject \w+, by Ana", client.get("/decisions").text)
    assert client.get(f"/api/v1/reports/{id}").json()["report"]["state"] == "read"
    assert len(client.get("/decisions.csv").text.splitlines()) == 4


def test_undoing_leads_nowhere_else(client: TestClient, path: Path, csrf: str) -> None:
    rejected_by(path, "Ana")
    (one,) = client.get("/api/v1/decisions").json()["decisions"]
    form = {"csrf": csrf, "back": "//evil.example/"}
    answer = client.post(f"/decisions/{one['decision']['decision']}/undo", data=form)
    assert answer.headers["location"] == "/decisions"


def test_people_who_differ_are_shown_side_by_side(client: TestClient, path: Path) -> None:
    id = rejected_by(path, "Ana")
    with open_case(path, write=True) as case:
        case.decide(Decision("Bo", Action.ACCEPT, case.about(id)))
    page = client.get("/decisions/conflicts").text
    assert page.index("Ana") < page.index("Bo")
    assert "Ana: reject; Bo: accept" in client.get("/decisions/conflicts.csv").text


def test_what_one_desk_hands_on_another_takes_in(client: TestClient, path: Path, csrf: str, tmp_path: Path) -> None:
    id = rejected_by(path, "Ana")
    handed = client.get("/decisions.jsonl").content
    (one,) = client.get("/api/v1/decisions").json()["decisions"]
    client.post(f"/decisions/{one['decision']['decision']}/undo", data={"csrf": csrf})
    answer = client.post("/decisions/import", data={"csrf": csrf}, files={"decisions": ("d.jsonl", handed)})
    assert answer.headers["location"] == "/decisions?added=0&known=1"
    with create_case(tmp_path / "other.case", packs=["afghanistan"]) as other:
        assert other.import_decisions(handed.decode().splitlines()).added == 1
    assert client.get(f"/api/v1/reports/{id}").json()["report"]["state"] == "read"


@pytest.mark.parametrize("data", [b"{}", b"\xff\xfe", b""])
def test_a_file_that_holds_no_decisions_changes_nothing(client: TestClient, csrf: str, data: bytes) -> None:
    answer = client.post("/decisions/import", data={"csrf": csrf}, files={"decisions": ("d.jsonl", data)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.get("/api/v1/decisions").json()["decisions"] == []


def test_too_large_a_file_is_not_even_kept(client: TestClient) -> None:
    form = {"content-type": "multipart/form-data; boundary=x", "content-length": str(10**9)}
    answer = client.post("/decisions/import", content=b"--x--", headers=form)
    assert (answer.status_code, "take it in with `dragoman` instead" in answer.text) == (413, True)


def test_decisions_that_find_nothing_are_listed(client: TestClient, path: Path, tmp_path: Path) -> None:
    with create_case(tmp_path / "other.case", packs=["afghanistan"]) as other:
        other.start_run("test")
        other.add(make_reading("elsewhere", sentences=("One here.", "Two there.", "Three.")))
        other.finish_run()
        other.decide(Decision("Ana", Action.REJECT, other.about(other.review_queue()[0].stored.id)))
        lines = [json.dumps(one.decision.to_dict()) for one in other.decisions()]
    with open_case(path, write=True) as case:
        case.import_decisions(lines)
    assert "elsewhere" in client.get("/decisions/untied").text
    assert len(client.get("/decisions/untied.csv").text.splitlines()) == 2


def test_review_goes_on_to_the_next_and_counts(client: TestClient, csrf: str) -> None:
    report = at_hand(client)
    answer = client.post(f"/review/{report['id']}/judge", data={"csrf": csrf, "action": "accept", "at": "0"})
    assert answer.headers["location"] == "/review"
    assert at_hand(client)["id"] != report["id"]
    page = client.get("/review").text
    assert "1 report decided of 3" in page
    assert "100% left as read" in page
    assert "Your last: accept" in page
    assert "passed over" not in page
    passed = client.get("/review?place=1").text
    assert '1 passed over: <a href="/review?kind=">' in passed
    titles = {re.search("<title>(.*?) · Review", one)[1] for one in (page, passed)}  # type: ignore[index]
    assert len(titles) == 2, "who does not see the page hears what is at hand by its title"


def test_the_key_u_undoes_ones_own_last_decision_on_what_is_reviewed(client: TestClient, path: Path, csrf: str) -> None:
    own = at_hand(client, kind="position")
    client.post(f"/review/{own['id']}/judge", data={"csrf": csrf, "action": "accept", "kind": "position"})
    with open_case(path, write=True) as case:
        case.decide(Decision("Lena Fischer", Action.NOTE, case.about(own["id"]), reason="no judgement"))
    rejected_by(path, "Ana")
    assert client.get("/api/v1/review").json()["last"]["action"] == "accept"
    assert client.get("/api/v1/review?kind=event").json()["last"] is None
    last = client.get("/api/v1/review?kind=position").json()["last"]
    assert client.post(f"/decisions/{last['decision']}/undo", data={"csrf": csrf}).status_code == 303
    assert client.get("/api/v1/review").json()["last"] is None, "what is undone is not undone again"


def test_what_is_passed_over_stays_for_later(client: TestClient, csrf: str) -> None:
    first, second = at_hand(client), at_hand(client, place=1)
    data = {"csrf": csrf, "action": "reject", "at": "1", "kind": ""}
    assert client.post(f"/review/{second['id']}/judge", data=data).headers["location"] == "/review?place=1"
    assert at_hand(client)["id"] == first["id"]
    assert at_hand(client, place=99)["id"] == first["id"]


def test_a_field_is_corrected_in_the_queue(client: TestClient, csrf: str) -> None:
    report = at_hand(client, kind="position")
    data = {"csrf": csrf, "stance": "support", "kind": "position", "at": "0"}
    answer = client.post(f"/review/{report['id']}/correct", data=data)
    assert answer.headers["location"] == "/review?kind=position"
    assert client.get(f"/api/v1/reports/{report['id']}").json()["row"]["stance"] == "support"


def test_what_was_decided_in_the_review_leads_to_the_sentences(client: TestClient, path: Path, csrf: str) -> None:
    accepted = at_hand(client)["id"]
    client.post(f"/review/{accepted}/judge", data={"csrf": csrf, "action": "accept"})
    rejected = rejected_by(path, "Ana")
    page = client.get("/review").text
    (where,) = re.findall(r'<a href="([^"]+)">1</a> accepted', page)
    assert (
        "1 report in 1 document, 1 source, the latest first; only those that people accepted." in client.get(where).text
    )
    assert [one["id"] for one in client.get(f"/api/v1{where}").json()["reports"]] == [accepted]
    (where,) = re.findall(r'<a href="([^"]+)">1</a> rejected', page)
    assert f"/reports/{rejected}" in client.get(where).text
    assert "0 corrected" in page
    assert client.get("/reports?state=rejected").status_code == 400


def test_review_does_not_decide_over_what_was_not_seen(client: TestClient, path: Path, csrf: str) -> None:
    seen = client.get("/api/v1/review").json()["seen"]
    id = rejected_by(path, "Ana")
    answer = client.post(f"/review/{id}/judge", data={"csrf": csrf, "seen": seen, "action": "accept"})
    assert answer.status_code == 409
    assert "Ana" in answer.text


def test_a_review_that_is_done_says_so(client: TestClient, csrf: str) -> None:
    while report := at_hand(client):
        client.post(f"/review/{report['id']}/judge", data={"csrf": csrf, "action": "accept"})
    assert "Everything is decided" in client.get("/review").text
    assert "Everything of this kind is decided" in client.get("/review", params={"kind": "event"}).text


def test_agreement_counts_what_was_left_as_read(client: TestClient, path: Path) -> None:
    assert "Nobody has decided" in client.get("/review/agreement").text
    with open_case(path, write=True) as case:
        (event,), (position,) = case.reports("event"), case.reports("position")
        case.decide(Decision("Ana", Action.CORRECT, case.about(event.id), {"type": "AGREE"}))
        case.decide(Decision("Ana", Action.REJECT, case.about(position.id)))
    lines = client.get("/api/v1/review/agreement").json()["lines"]
    alike = {(line["kind"], line["field"]): (line["alike"], line["units"]) for line in lines}
    assert (alike["event", "report"], alike["event", "type"], alike["event", "place"]) == ((1, 1), (0, 1), (1, 1))
    assert (alike["position", "report"], alike[None, "report"]) == ((0, 1), (1, 2))
    assert client.get("/review/agreement.csv").text.startswith("kind,field")
    assert "event" in client.get("/review/agreement").text


def test_the_queue_is_csv_too(client: TestClient) -> None:
    assert len(client.get("/review.csv").text.splitlines()) == 4
    assert "nknown kind" in client.get("/review", params={"kind": "rumour"}).text
