"""One occurrence on the desk: taking reports out of it, and putting others in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.desk import Settings
from dragoman.desk.security import form_token
from tests.case.test_happenings import NAMES, READINGS


@pytest.fixture
def csrf(settings: Settings) -> str:
    return form_token(settings)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five documents that tell of one meeting."""
    from tests.case.factory import filled

    made = tmp_path / "desk.case"
    filled(made, *(READINGS[name] for name in NAMES)).close()
    return made


def occurrences(client: TestClient) -> list[Any]:
    listed = client.get("/api/v1/timeline").json()["occurrences"]
    return sorted((client.get(f"/api/v1/occurrences/{one['id']}").json() for one in listed), key=documents)


def documents(page: Any) -> str:
    return "".join(sorted(report["document"][0] for report in page["occurrence"]["reports"]))


def reports(page: Any, letters: str) -> list[str]:
    return [one["report"] for one in page["occurrence"]["reports"] if one["document"][0] in letters]


def take_out(client: TestClient, csrf: str, page: Any, letters: str, **form: str) -> Any:
    ticked = {f"out-{id}": "on" for id in reports(page, letters)}
    where = f"/occurrences/{page['occurrence']['id']}/part"
    return client.post(where, data={"csrf": csrf, "seen": page["seen"], "reason": "another day"} | ticked | form)


def test_ticked_reports_are_taken_out_and_put_back_by_undoing(client: TestClient, csrf: str) -> None:
    (page,) = occurrences(client)
    answer = take_out(client, csrf, page, "bd")
    assert answer.status_code == 303
    assert list(map(documents, occurrences(client))) == ["ace", "bd"]
    shown = client.get(answer.headers["location"]).text
    assert "Lena Fischer: part 2 reports from 3 of one occurrence – another day" in " ".join(
        re.sub("<[^>]+>", "", shown).split()
    )
    undo = re.search(r'action="(/decisions/[0-9a-f]+/undo)"', shown)
    assert undo is not None
    assert client.post(undo[1], data={"csrf": csrf}).status_code == 303
    assert list(map(documents, occurrences(client))) == ["abcde"]


def test_an_occurrence_of_these_days_is_put_in_by_a_tick_and_a_report_by_its_address(
    client: TestClient, csrf: str
) -> None:
    take_out(client, csrf, occurrences(client)[0], "bd")
    rest, out = occurrences(client)
    assert [one["id"] for one in rest["near"]] == [out["occurrence"]["id"]]
    form = {"csrf": csrf, "seen": rest["seen"], f"with-{out['occurrence']['id']}": "on"}
    answer = client.post(f"/occurrences/{rest['occurrence']['id']}/join", data=form)
    assert answer.status_code == 303
    (page,) = occurrences(client)
    take_out(client, csrf, page, "e")
    rest, out = occurrences(client)
    other = f"http://127.0.0.1/reports/{reports(out, 'e')[0]}"
    form = {"csrf": csrf, "seen": rest["seen"], "other": other}
    assert client.post(f"/occurrences/{rest['occurrence']['id']}/join", data=form).status_code == 303
    assert list(map(documents, occurrences(client))) == ["abcde"]


def test_nobody_parts_what_changed_since_he_saw_it(client: TestClient, csrf: str, path: Path) -> None:
    (page,) = occurrences(client)
    take_out(client, csrf, page, "e")
    answer = take_out(client, csrf, page, "b")
    assert (answer.status_code, "look at it again" in answer.text) == (409, True)
    assert list(map(documents, occurrences(client))) == ["abcd", "e"]
    with open_case(path) as case:
        assert len(list(case.decisions())) == 1


@pytest.mark.parametrize(
    ("what", "form", "told"),
    [
        ("part", {}, "nothing is ticked"),
        ("join", {}, "nothing is ticked"),
        ("join", {"other": "the one of May"}, "give the id or the address"),
        ("join", {"other": "/occurrences/ffffffff"}, "no occurrence"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(
    client: TestClient, csrf: str, what: str, form: dict[str, str], told: str
) -> None:
    (page,) = occurrences(client)
    where = f"/occurrences/{page['occurrence']['id']}/{what}"
    answer = client.post(where, data={"csrf": csrf, "seen": page["seen"]} | form)
    assert (answer.status_code, told.lower() in answer.text.lower()) == (400, True)
    assert take_out(client, csrf, page, "abcde").status_code == 400
    assert list(map(documents, occurrences(client))) == ["abcde"]


def test_as_of_a_date_nothing_is_decided_for_not_all_of_it_is_seen(client: TestClient) -> None:
    (page,) = occurrences(client)
    where = f"/occurrences/{page['occurrence']['id']}"
    assert 'type="checkbox"' in client.get(where).text
    assert 'type="checkbox"' not in client.get(f"{where}?as_of=2024-05-30").text
