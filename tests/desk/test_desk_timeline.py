"""The timeline: what meets the filters, by month and one by one, as a page, CSV, feed and picture."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import create_case, open_case
from dragoman.desk import Settings, create_app
from dragoman.desk.charts import following
from dragoman.record import DateRange
from tests.case.factory import make_reading
from tests.desk.conftest import ADDRESS


def test_filters_hold_for_the_list_and_for_the_months(client: TestClient) -> None:
    all_of_them = client.get("/api/v1/timeline").json()
    assert [[o["type"], o["documents"]] for o in all_of_them["occurrences"]] == [["CONSULT", 1]]
    assert all_of_them["months"] == [["2024-05", 1]]
    for none in ("type=AID", "status=planned", "until=2024-04", "as_of=2024-05-03", "sources=2"):
        found = client.get(f"/api/v1/timeline?{none}").json()
        assert (found["occurrences"], found["months"]) == ([], []), none


@pytest.fixture
def many(path: Path, client: TestClient) -> TestClient:
    """A desk on a case of seven occurrences: two of one day, one without a day."""
    days = ("2024-06-01", "2024-06-01", "2024-06-03", "2024-07", "2023-01-01", None)
    with open_case(path, write=True) as case:
        case.start_run("test-1")
        for number, day in enumerate(days):
            told = make_reading(f"m{number}", sentences=(f"Envoy {number} met {number}.", "It ended.", f"{number}."))
            date = DateRange.on(day) if day else None
            event = replace(told.reports[0], source=(f"Envoy {number}",), place=None, date=date, others=())
            case.add(replace(told, document=replace(told.document, published=None), reports=(event,)))
        case.finish_run()
    return client


@pytest.mark.parametrize("filters", ["", "&as_of=2024-05-30", "&type=CONSULT"])
def test_pages_follow_each_other_both_ways_and_by_number(many: TestClient, filters: str) -> None:
    expected = [one["id"] for one in many.get(f"/api/v1/timeline?limit=100{filters}").json()["occurrences"]]
    assert len(expected) == (1 if "as_of" in filters else 7)
    where, seen, pages = f"/timeline?limit=2{filters}", [], []
    while where:
        told = many.get(f"/api/v1{where}").json()
        pages.append([one["id"] for one in told["occurrences"]])
        seen += pages[-1]
        page = many.get(where).text
        following = re.search(r'rel="next" href="([^"]+)"', page)
        where = unescape(following[1]) if following else ""
        assert told["more"] == bool(following)
    assert seen == expected
    for number in range(len(pages) - 1, 0, -1):
        earlier = re.search(r'rel="prev" href="([^"]+)"', page)
        assert earlier is not None
        page = many.get(unescape(earlier[1])).text
        told = many.get(f"/api/v1{unescape(earlier[1])}").json()
        assert ([one["id"] for one in told["occurrences"]], told["number"]) == (pages[number - 1], number)
        by_number = many.get(f"/api/v1/timeline?limit=2&page={number}{filters}").json()
        assert [one["id"] for one in by_number["occurrences"]] == pages[number - 1]


def test_csv_has_a_row_for_each_and_the_feed_an_entry(client: TestClient) -> None:
    (row,) = csv.DictReader(io.StringIO(client.get("/timeline.csv?page=7").text))
    assert (row["date"], row["documents"], row["sources"]) == ("2024-05-03", "1", "1")
    assert client.get("/timeline.atom").text.count("<entry>") == 1


def test_the_feed_leads_to_the_pages_of_this_desk(client: TestClient) -> None:
    (one,) = client.get("/api/v1/timeline").json()["occurrences"]
    assert f'<link href="{ADDRESS}/occurrences/{one["id"]}"/>' in client.get("/timeline.atom").text


def test_the_picture_is_drawn_here_and_not_of_nothing(client: TestClient) -> None:
    picture = client.get("/timeline/density.svg?width=360")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert 'width="360"' in picture.text
    assert client.get("/timeline/density.png").content.startswith(b"\x89PNG")
    assert client.get("/timeline/density.svg?type=AID").status_code == 400


def test_empty_fields_of_the_form_ask_for_nothing(client: TestClient) -> None:
    empty = client.get("/api/v1/timeline?actor=&type=&since=&as_of=&page=&limit=")
    assert empty.json() == client.get("/api/v1/timeline").json()


def test_an_empty_list_says_how_to_see_more(client: TestClient) -> None:
    assert "Show everything" in client.get("/timeline?type=AID").text


def test_the_chart_of_a_few_months_shows_a_year(client: TestClient) -> None:
    page = client.get("/timeline")
    assert client.get("/api/v1/timeline").json()["months"] == [["2024-05", 1]]
    assert 'data-brush="2023-06 2024-05"' in page.text


@pytest.mark.parametrize("where", ["/", "/timeline", "/documents", "/positions", "/actors", "/sources", "/map"])
def test_a_case_without_articles_says_how_to_read_some(tmp_path: Path, settings: Settings, where: str) -> None:
    path = tmp_path / "empty.case"
    create_case(path, packs=["core"]).close()
    with TestClient(create_app(path, settings), base_url=ADDRESS) as client:
        client.get("/", params={"token": settings.token})
        page = client.get(where).text.partition("<main")[2]
    assert '<a href="/read">Read articles</a>' in page
    assert "Show everything" not in page


@pytest.mark.parametrize(("month", "after"), [("2024-05", "2024-06"), ("2024-12", "2025-01"), ("0999-12", "1000-01")])
def test_a_month_is_followed_by_the_next(month: str, after: str) -> None:
    assert following(month) == after
