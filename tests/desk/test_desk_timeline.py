"""The timeline: what meets the filters, by month and one by one, as a page, CSV, feed and picture."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from dragoman.desk.charts import following


def test_filters_hold_for_the_list_and_for_the_months(client: TestClient) -> None:
    all_of_them = client.get("/api/v1/timeline").json()
    assert [[o["type"], o["documents"]] for o in all_of_them["occurrences"]] == [["CONSULT", 1]]
    assert all_of_them["months"] == [["2024-05", 1]]
    for none in ("type=AID", "status=planned", "until=2024-04", "as_of=2024-05-03"):
        found = client.get(f"/api/v1/timeline?{none}").json()
        assert (found["occurrences"], found["months"]) == ([], []), none


def test_csv_has_a_row_for_each_and_the_feed_an_entry(client: TestClient) -> None:
    (row,) = csv.DictReader(io.StringIO(client.get("/timeline.csv?page=7").text))
    assert (row["date"], row["documents"], row["sources"]) == ("2024-05-03", "1", "1")
    assert client.get("/timeline.atom").text.count("<entry>") == 1


def test_the_picture_is_drawn_here_and_not_of_nothing(client: TestClient) -> None:
    picture = client.get("/timeline/density.svg?width=360")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert 'width="360"' in picture.text
    assert client.get("/timeline/density.svg?type=AID").status_code == 404


def test_empty_fields_of_the_form_ask_for_nothing(client: TestClient) -> None:
    empty = client.get("/api/v1/timeline?actor=&type=&since=&as_of=&page=&limit=")
    assert empty.json() == client.get("/api/v1/timeline").json()


def test_an_empty_list_says_how_to_see_more(client: TestClient) -> None:
    assert "Show everything" in client.get("/timeline?type=AID").text


@pytest.mark.parametrize(("month", "after"), [("2024-05", "2024-06"), ("2024-12", "2025-01"), ("0999-12", "1000-01")])
def test_a_month_is_followed_by_the_next(month: str, after: str) -> None:
    assert following(month) == after
