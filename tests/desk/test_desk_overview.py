"""The first page: what is new to who looks, and what is due."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.desk import Settings
from dragoman.desk.visits import PAUSE, Visits
from dragoman.record import Commitment, Evidence
from tests.case.factory import make_reading

SHORTLY, LATER = timedelta(minutes=5), PAUSE + timedelta(seconds=1)
SEASIDE = ("Envoys of Freedonia met Sylvania in Lima on 1 June 2024.", "The envoys left.", "It rained in Lima.")


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.at = datetime(2024, 6, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(clock: Clock) -> Settings:
    return Settings("Lena Fischer", now=clock)


Look = Callable[[timedelta], Any]


@pytest.fixture
def look(client: TestClient, clock: Clock) -> Look:
    """What is new, to who looks so much later."""

    def later(pause: timedelta) -> Any:
        clock.at += pause
        assert client.get("/").status_code == 200
        return client.get("/api/v1").json()["new"]

    return later


def read(path: Path, name: str, sentences: tuple[str, ...], published: str = "2024-05-04") -> None:
    with open_case(path, write=True) as case:
        case.start_run("test-1")
        case.add(make_reading(name, sentences=sentences, published=published))
        case.finish_run()


def test_a_first_visit_is_told_of_nothing_new(look: Look, client: TestClient) -> None:
    assert look(SHORTLY) is None
    assert look(SHORTLY) is None
    assert "Since your last visit" not in client.get("/").text


def test_what_came_in_is_new_until_the_visit_ends(look: Look, client: TestClient, path: Path) -> None:
    look(SHORTLY)
    read(path, "seaside", SEASIDE)
    for pause in (LATER, SHORTLY, timedelta()):
        new = look(pause)
        assert new["since"] == "2024-06-01T09:05:00+00:00"
        assert (new["came"]["documents"], new["came"]["reports"]["event"]) == (1, 1)
        assert [one["day"] for one in new["occurrences"]] == ["2024-05-03"]
    page = client.get("/").text
    assert "Since your last visit, 2024-06-01 09:05 UTC" in page
    there = re.search(r'<a href="(/reports\?came_after=\d+)">3 reports</a>', page)
    assert there
    assert "3 reports in 1 document, 1 source" in client.get(there[1]).text
    new = look(LATER)
    assert (new["came"]["documents"], new["occurrences"]) == (0, [])
    assert "Nothing has come in since then." in client.get("/").text


def test_what_is_read_during_a_visit_is_new_in_it_and_old_in_the_next(look: Look, path: Path) -> None:
    look(SHORTLY)
    look(LATER)
    read(path, "seaside", SEASIDE)
    assert look(SHORTLY)["came"]["documents"] == 1
    assert look(LATER)["came"]["documents"] == 0


def test_a_program_that_asks_is_no_visit(client: TestClient, clock: Clock, look: Look) -> None:
    look(SHORTLY)
    clock.at += LATER
    assert client.get("/api/v1").json()["new"] is None
    assert look(timedelta())["since"] == "2024-06-01T09:05:00+00:00"


def test_visits_are_kept_by_person_beside_the_case_for_its_owner_alone(look: Look, path: Path, clock: Clock) -> None:
    look(SHORTLY)
    look(LATER)
    kept = path.with_name("desk.case.visits.json")
    assert list(json.loads(kept.read_text())) == ["Lena Fischer"]
    assert kept.stat().st_mode & 0o077 == 0
    assert Visits(path, clock).before("Lena Fischer") is not None
    assert Visits(path, clock).look("Anna Weber", 2) is None


@pytest.mark.parametrize(
    "broken",
    [
        *("", "[]", "null", '{"Lena Fischer": 3}', '{"Lena Fischer": [{"x": 1}, null]}'),
        *('{"Lena Fischer": [{"at": 3, "last": 1}, null]}', '{"Lena Fischer": [{"at": "May", "last": 1}, null]}'),
        '{"Lena Fischer": [{"at": "2024-05-01T09:00:00+00:00", "last": "all"}, null]}',
    ],
)
def test_a_broken_file_of_visits_costs_no_more_than_the_visits(look: Look, path: Path, broken: str) -> None:
    path.with_name("desk.case.visits.json").write_text(broken)
    assert look(SHORTLY) is None
    assert look(LATER)["came"]["documents"] == 0


def test_another_case_under_the_same_name_is_not_told_of_as_new(look: Look, path: Path) -> None:
    look(SHORTLY)
    path.with_name("desk.case.visits.json").write_text(
        json.dumps({"Lena Fischer": [{"at": "2024-06-01T09:00:00+00:00", "last": 99}, None]})
    )
    assert look(LATER) is None


def test_undertakings_whose_date_is_past_are_shown(client: TestClient, path: Path) -> None:
    assert "No undertaking is told of" in client.get("/").text
    told = make_reading("pledge", sentences=("Freedonia pledged to leave Lima by 1 May 2024.", "It rained.", "Again."))
    evidence = Evidence.slice(told.document.text, 0, len("Freedonia pledged to leave Lima by 1 May 2024"))
    owed = Commitment(document="pledge", evidence=evidence, by=("Freedonia",), what="to leave Lima by 1 May 2024")
    with open_case(path, write=True) as case:
        case.start_run("test-1")
        case.add(type(told)(told.document, told.sentences, told.actors, (owed,), ()))
    (overdue,) = client.get("/api/v1").json()["overdue"]
    assert (overdue["what"], overdue["due"]["to"]) == ("to leave Lima by 1 May 2024", "2024-05-01")
    page = client.get("/").text
    assert f'<a href="/commitments/{overdue["id"]}">to leave Lima by 1 May 2024</a>' in page


def test_as_of_a_date_the_first_page_is_what_had_been_told_by_then(client: TestClient, path: Path) -> None:
    read(path, "seaside", SEASIDE, published="2024-06-02")
    now, then, before = (
        client.get("/api/v1", params={"as_of": day}).json() for day in ("", "2024-05-05", "2024-05-03")
    )
    assert [one["overview"]["documents"] for one in (now, then, before)] == [2, 1, 0]
    assert [[told["documents"] for told in one["newest"]] for one in (now, then, before)] == [[2], [1], []]
    page = client.get("/", params={"as_of": "2024-05-05"}).text
    assert 'class="banner"' in page
    for link in (
        "/documents?as_of=2024-05-05",
        "/timeline?as_of=2024-05-05",
        "/reports?kind=event&amp;as_of=2024-05-05",
    ):
        assert f'href="{link}"' in page
    assert "No event was told by then." in client.get("/", params={"as_of": "2024-05-03"}).text
    assert client.get("/", params={"as_of": "May"}).status_code == 400


def test_as_of_a_date_nothing_is_new_since_a_visit(look: Look, client: TestClient) -> None:
    look(SHORTLY)
    assert look(LATER) is not None
    assert client.get("/api/v1", params={"as_of": "2024-05-05"}).json()["new"] is None
