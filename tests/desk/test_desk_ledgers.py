"""Commitments and forecasts on the desk: listed, one in full, resolved with what shows it, undone."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.desk import Settings, create_app
from dragoman.desk.resolving import QUOTED
from dragoman.desk.security import form_token
from dragoman.record import Action, Decision
from tests.desk.conftest import ADDRESS
from tests.views.ledgers import case_of, foretold, owed, step, told

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Peru undertook something and is told to have broken it; Chile is owed nothing; a forecast is due."""
    made = tmp_path / "ledgers.case"
    case_of(
        made,
        told("a", "2024-05-04", owed("Peru", "let girls into classrooms by June 2024"), outlet="Courier"),
        told("b", "2024-07-04", owed("Peru", "let girls into the classrooms by June 2024", "broken"), outlet="Herald"),
        told("c", "2024-05-05", owed(HOSTILE, "=1+1 fish quotas")),
        told(
            "d", "2024-05-06", foretold("Peru", "Chile recognises the Taliban", until="2024-06-30", others=("Chile",))
        ),
        told("e", "2024-07-06", foretold(HOSTILE, f"rain {HOSTILE}", "unlikely")),
    ).close()
    return made


@pytest.fixture
def csrf(settings: Settings) -> str:
    return form_token(settings)


def first(client: TestClient, where: str, name: str, actor: str = "Peru") -> str:
    id: str = client.get(f"/api/v1/{where}", params={"actor": actor}).json()["ledger"][name][0]["id"]
    return id


@pytest.mark.parametrize("where", ["commitments", "forecasts"])
def test_a_ledger_is_a_page_json_and_csv_and_harms_nobody(client: TestClient, where: str) -> None:
    page = client.get(f"/{where}").text
    assert "Peru" in page
    assert HOSTILE not in page
    assert client.get(f"/api/v1/{where}").json()["number"] == 2
    lines = client.get(f"/{where}.csv").text.splitlines()
    assert len(lines) == 3
    assert not any(",=1" in line for line in lines)


def test_overdue_is_said_and_asked_for(client: TestClient) -> None:
    assert "overdue" in client.get("/commitments").text
    assert client.get("/api/v1/commitments", params={"due": True}).json()["number"] == 1
    assert client.get("/api/v1/forecasts", params={"due": True}).json()["number"] == 1
    assert "no undertakings" in client.get("/commitments", params={"actor": "Chile"}).text


def test_as_of_tells_what_was_told_by_then(client: TestClient) -> None:
    (one,) = client.get("/api/v1/commitments", params={"actor": "Peru", "as_of": "2024-05"}).json()["shown"]
    assert (one["status"], one["overdue"]) == ("made", False)
    page = client.get("/commitments", params={"as_of": "2024-05"}).text
    assert "?as_of=2024-05" in page
    id = first(client, "forecasts", "predictions")
    assert client.get(f"/forecasts/{id}", params={"as_of": "2024-04"}).status_code == 404


def test_a_commitment_shows_each_turn_with_its_sentences(client: TestClient) -> None:
    id = first(client, "commitments", "undertakings")
    page = client.get(f"/commitments/{id}").text
    assert page.index("2024-05-04: undertook") < page.index("2024-07-04: is told to have broken")
    assert page.count("<blockquote>") == 2
    assert client.get(f"/forecasts/{id}").status_code == 404


@pytest.mark.parametrize(("where", "name"), [("commitments", "undertakings"), ("forecasts", "predictions")])
def test_the_page_of_what_was_rejected_says_that_it_was(client: TestClient, csrf: str, where: str, name: str) -> None:
    id = first(client, where, name)
    assert f"{id[:8]} was not told of by 2024-01" in client.get(f"/{where}/{id}", params={"as_of": "2024-01"}).text
    client.post(f"/reports/{id}/judge", data={"csrf": csrf, "action": "reject"})
    page = client.get(f"/{where}/{id}")
    assert (page.status_code, f"{id[:8]} was rejected" in unescape(page.text)) == (404, True)


@pytest.mark.parametrize(("where", "name"), [("commitments", "undertakings"), ("forecasts", "predictions")])
def test_what_is_resolved_is_shown_and_can_be_undone(client: TestClient, csrf: str, where: str, name: str) -> None:
    id = first(client, where, name)
    told_so = client.get("/api/v1/commitments").json()["shown"][0]["id"]
    seen = client.get(f"/api/v1/{where}/{id}").json()["seen"]
    form = {"csrf": csrf, "seen": seen, "outcome": "false", "on": "2024-07-01", f"shows.{told_so}": "on"}
    answer = client.post(f"/reports/{id}/resolve", data=form | {"evidence": "as all papers say\n", "reason": "late"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{where}/{id}")
    page = client.get(f"/{where}/{id}").text
    assert "Resolved as false" in page
    assert f'href="/reports/{told_so}"' in page
    assert "as all papers say" in page
    assert "false (Lena Fischer)" in client.get(f"/{where}").text
    decision = client.get(f"/api/v1/{where}/{id}").json()["resolved"]["id"]
    client.post(f"/decisions/{decision}/undo", data={"csrf": csrf, "back": f"/{where}/{id}"})
    assert client.get(f"/api/v1/{where}/{id}").json()["resolved"] is None


def test_nobody_resolves_over_what_he_has_not_seen(client: TestClient, csrf: str) -> None:
    id = first(client, "forecasts", "predictions")
    form = {"csrf": csrf, "seen": client.get(f"/api/v1/forecasts/{id}").json()["seen"], "outcome": "true"}
    assert client.post(f"/reports/{id}/resolve", data=form).status_code == 303
    assert client.post(f"/reports/{id}/resolve", data=form | {"outcome": "false"}).status_code == 409
    assert client.get(f"/api/v1/forecasts/{id}").json()["prediction"]["outcome"] == "true"


def test_an_outcome_must_be_chosen(client: TestClient, csrf: str) -> None:
    id = first(client, "forecasts", "predictions")
    answer = client.post(f"/reports/{id}/resolve", data={"csrf": csrf})
    assert answer.status_code == 400
    assert "true, false, partly or void" in answer.text


def links_of(page: str, words: str) -> list[str]:
    """The addresses of links with these words."""
    return [unescape(where) for where in re.findall(rf'href="([^"]+)"{words}', page)]


class TestScores:
    """Ten resolved forecasts are scored, fewer are not."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        made = tmp_path / "scores.case"
        words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett".split()
        with case_of(made, told("a", "2024-05-04", *(foretold("Peru", f"{w} {w}side falls") for w in words))) as case:
            reports = [stored.id for stored in case.reports("forecast")]
            for id in reports[:9]:
                case.decide(Decision("Lena", Action.RESOLVE, case.about(id), {"outcome": "true"}))
        return made

    def test_fewer_than_the_stated_number_are_not_scored(self, client: TestClient) -> None:
        page = client.get("/forecasts").text
        assert "Nobody is scored yet: 9 are resolved, and a score needs 10" in re.sub(r"</?a[^>]*>", "", page)
        assert "9 predictions that came true or did not" in client.get(links_of(page, ">9<")[0]).text
        assert "calibration.svg" not in page
        assert "too few to draw" in client.get("/calibration.svg").text

    def test_enough_are_scored_and_drawn(self, client: TestClient, csrf: str) -> None:
        left = next(one["id"] for one in client.get("/api/v1/forecasts").json()["shown"] if one["outcome"] is None)
        client.post(f"/reports/{left}/resolve", data={"csrf": csrf, "outcome": "false"})
        page = client.get("/forecasts").text
        assert "likely, said" in page
        assert "came true 90 % of 10" in page
        assert {"/forecasts?resolved=true&likelihood=likely", "/forecasts?actor=Peru&resolved=true"} == set(
            links_of(page, ">10<")
        )
        for where in links_of(page, ">10<"):
            assert "10 predictions" in client.get(where).text
        assert "unknown likelihood" in client.get("/forecasts?likelihood=sure").text.casefold()
        assert client.get("/calibration.svg").text.startswith("<svg")
        picture = unescape(re.findall(r'href="([^"]+\.png[^"]*)"', page)[0])
        assert client.get(picture).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("where", ["/brief?show=true&look=forecasts", "/review", "/decisions"])
def test_hostile_names_stay_text_where_people_decide(client: TestClient, csrf: str, where: str) -> None:
    for report in client.get("/api/v1/review").json()["coming"][:1]:
        data = {"csrf": csrf, "action": "accept", "reason": HOSTILE}
        client.post(f"/review/{report['stored']['id']}/judge", data=data)
    page = client.get(where).text
    assert HOSTILE not in page
    assert "alert(1)" in page


@pytest.mark.parametrize("where", ["commitments", "forecasts"])
def test_what_is_told_often_is_read_page_by_page(tmp_path: Path, settings: Settings, where: str) -> None:
    path = tmp_path / "often.case"
    one = owed("Peru", "open its schools") if where == "commitments" else foretold("Peru", "Chile opens its schools")
    case_of(path, *(told(f"d{n}", "2024-05-06", one) for n in range(QUOTED + 3))).close()
    with TestClient(create_app(path, settings), base_url=ADDRESS) as client:
        client.get("/", params={"token": settings.token})
        (shown,) = client.get(f"/api/v1/{where}").json()["shown"]
        page = client.get(f"/{where}/{shown['id']}").text
        assert page.count("<blockquote>") == QUOTED
        following = unescape(re.findall(r'rel="next" href="([^"]+)"', page)[0])
        rest = client.get(following).text
    assert rest.count("<blockquote>") == 3
    assert 'rel="next"' not in rest
    assert "What became of it" in rest


def test_what_may_tell_of_a_forecast_is_told_in_words(tmp_path: Path, settings: Settings) -> None:
    made = tmp_path / "later.case"
    case_of(
        made,
        told("a", "2024-05-04", foretold("Editor", "Chile will recognise the Council", others=("Chile",))),
        told(
            "c", "2024-06-04", step("Chile", "recognition", others=("recognition", "of the Council")), outlet="Herald"
        ),
    ).close()
    with TestClient(create_app(made, settings), base_url=ADDRESS) as client:
        client.get("/", params={"token": settings.token})
        page = client.get(f"/forecasts/{first(client, 'forecasts', 'predictions', 'Editor')}").text
    row = page.partition("Later reports that may tell of it")[2]
    assert re.search(r'<span class="says">Chile toward [^<]*: recognition ↑</span>', row)
    assert ">c</a>, Herald, " in row
