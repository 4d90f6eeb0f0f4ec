"""Documents: the list, the article with its reports in the text, and reports added by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.case import create_case
from dragoman.desk import Settings, adding, create_app
from dragoman.desk.document import document, find_marks
from dragoman.desk.security import form_token
from dragoman.record import Fact, Span, Standing
from tests.case.factory import SENTENCES, TEXT, filled, make_reading
from tests.desk.conftest import ADDRESS

CRITICS = SENTENCES[2]


@pytest.fixture
def csrf(settings: Settings) -> dict[str, str]:
    return {"csrf": form_token(settings)}


def test_the_list_has_every_document_and_is_cut_into_pages(path: Path) -> None:
    made = path.with_name("more.case")
    filled(made, make_reading(), make_reading("gazette", sentences=(CRITICS, *SENTENCES[1:]))).close()
    with TestClient(create_app(made, Settings("A", token="t")), base_url=ADDRESS) as client:
        first = client.get("/api/v1/documents", params={"token": "t", "limit": 1}).json()
        second = client.get("/api/v1/documents", params={"limit": 1, "page": 2}).json()
        assert [one["id"] for page in (first, second) for one in page["documents"]] == ["azure", "gazette"]
        assert (first["more"], second["more"]) == (True, False)
        assert "page=2" in client.get("/documents", params={"limit": 1}).text
        assert "To its first page" in client.get("/documents", params={"page": 9}).text
        assert [row.split(",")[0] for row in client.get("/documents.csv").text.splitlines()] == [
            "document",
            "azure",
            "gazette",
        ]


def test_the_list_begins_with_the_latest_and_ends_with_what_has_no_date(path: Path) -> None:
    made = path.with_name("dated.case")
    days = {"a": None, "b": "2024-05-04", "c": "2024-05-06", "d": "2024-05-06", "e": "2023"}
    readings = (
        make_reading(id, sentences=(f"{id}{CRITICS}", *SENTENCES[1:]), published=day) for id, day in days.items()
    )
    filled(made, *readings).close()
    with TestClient(create_app(made, Settings("A", token="t")), base_url=ADDRESS) as client:
        client.get("/documents", params={"token": "t"})
        pages = [client.get("/api/v1/documents", params={"limit": 2, "page": n}).json() for n in (1, 2, 3)]
        assert [[one["id"] for one in page["documents"]] for page in pages] == [["c", "d"], ["b", "e"], ["a"]]
        lines = client.get("/documents.csv").text.splitlines()[1:]
        assert [line.split(",")[0] for line in lines] == ["c", "d", "b", "e", "a"]


def test_the_article_is_told_whole_with_each_report_where_it_begins(client: TestClient) -> None:
    found = client.get("/api/v1/documents/azure").json()
    text = "\n".join("".join(piece["text"] for piece in paragraph).rstrip("\n") for paragraph in found["paragraphs"])
    assert text == "\n".join(SENTENCES)
    html = client.get("/documents/azure").text
    for stored in found["reports"]:
        assert html.count(f'id="r{stored["id"]}"') == 1
    assert "F”</a>" in html, "a report in somebody's words is marked so"


def test_lines_of_reports_that_overlap_lie_below_each_other(path: Path) -> None:
    with filled(path.with_name("more.case"), make_reading()) as case:
        told = list(case.reports(document="azure"))
    denied = replace(told[0], report=replace(told[0].report, standing=Standing.DENIED))
    marks = find_marks([told[0], told[0], denied, told[1]])
    assert [mark.reports for mark in marks] == [(0, 1), (2,), (3,)], "told alike by the same words, they are one line"
    assert [mark.lane for mark in marks] == [0, 1, 0]


def test_furniture_is_grey_and_a_place_is_pointed_out(path: Path) -> None:
    reading = make_reading("menu", furniture=(Span(0, len(SENTENCES[0])),))
    with filled(path.with_name("menu.case"), reading) as case:
        first, second, _ = (pieces[0] for pieces in document(case, "menu", at=str(len(SENTENCES[0]) + 3)).paragraphs)
    assert first.is_furniture
    assert not second.is_furniture
    with TestClient(create_app(path.with_name("menu.case"), Settings("A", token="t")), base_url=ADDRESS) as client:
        html = client.get("/documents/menu", params={"token": "t", "at": len(SENTENCES[0]) + 3}).text
    assert 'class="furniture"' in html
    assert 'id="here"' in html


def test_a_hostile_document_is_only_text(path: Path) -> None:
    evil = '<script>alert("1")</script>'
    made = path.with_name("evil.case")
    reading = make_reading("a/b&c?d#e", sentences=(evil, f"{evil} \u202e", CRITICS), title=Fact(evil, "page"))
    filled(made, reading).close()
    with TestClient(create_app(made, Settings(evil, token="t")), base_url=ADDRESS) as client:
        listed = client.get("/documents", params={"token": "t"}).text
        (where,) = set(re.findall(r'href="(/documents/[^"?]+)"', listed)) - {"/documents.csv"}
        page = client.get(where)
        assert page.status_code == 200
        assert client.get(where.replace("/documents/", "/adding/")).status_code == 200
    assert evil not in listed + page.text


def test_broken_characters_are_shown_and_keep_their_places(path: Path) -> None:
    made = path.with_name("broken.case")
    filled(made, make_reading("broken", sentences=("\ud800 envoys met.", *SENTENCES[1:]))).close()
    with TestClient(create_app(made, Settings("A", token="t")), base_url=ADDRESS) as client:
        assert "\ufffd envoys" in client.get("/documents/broken", params={"token": "t"}).text
        for where in (
            "/api/v1/documents/broken",
            "/search?q=met",
            "/api/v1/search?q=met",
            "/search.csv?q=met",
        ):
            assert "\ufffd envoys" in client.get(where).text, where


@pytest.mark.parametrize("at", ["20000", "9" * 30, "-1", "x"])
def test_a_place_that_the_text_does_not_have_points_nowhere(client: TestClient, at: str) -> None:
    page = client.get("/documents/azure", params={"at": at})
    assert (page.status_code, 'id="here"' in page.text) == (200, False)


def test_words_that_are_not_in_the_text_are_told_and_kept(client: TestClient) -> None:
    page = client.get("/adding/azure", params={"kind": "event", "evidence": "no such words"})
    assert page.status_code == 200
    assert "nowhere" in page.text
    assert "no such words</textarea>" in page.text


def test_a_report_is_added_by_its_words(client: TestClient, csrf: dict[str, str]) -> None:
    asked = client.get(
        "/api/v1/adding/azure", params={"kind": "event", "evidence": CRITICS.replace(" ", "\r\n")}
    ).json()
    words = f"{asked['evidence']['start']}-{asked['evidence']['end']}"
    assert asked["words"] == CRITICS
    sent = {"kind": "event", "evidence": words, "type": "PROTEST", "source": "Critics; Students", "others.victim": "Bo"}
    answer = client.post("/adding/azure", data=csrf | sent)
    added = answer.headers["location"].partition("#r")[2]
    report = client.get(f"/api/v1/reports/{added}").json()["report"]
    assert (report["state"], report["report"]["source"]) == ("added", ["Critics", "Students"])
    assert report["report"]["others"] == {"victim": ["Bo"]}
    assert added in client.get("/documents/azure").text
    assert client.get("/api/v1/timeline", params={"type": "PROTEST"}).json()["occurrences"]


def test_the_words_can_be_moved_by_links_a_word_or_a_point_at_a_time() -> None:
    text = "One (two), cafe\u0301s \U0001f469\u200d\U0001f4bb met.\nThree."

    def after(start: int, end: int) -> dict[str, str]:
        found = adding.moves(text, 0, text.index("\n"), start, end)
        cut = ((move, slice(*map(int, move.evidence.split("-")))) for move in found)
        return {f"{move.end} {move.way}": text[where] for move, where in cut}

    two = text.index("two")
    assert after(two, two + 3) == {"start earlier": "(two", "end later": "two),"}
    assert after(two, two + 5) == {
        "start earlier": "(two),",
        "end earlier": "two",
        "end later": "two), cafe\u0301s",
    }
    met = text.index("met")
    assert after(met, met + 4) == {"start earlier": "\U0001f469\u200d\U0001f4bb met.", "end earlier": "met"}
    assert "start later" not in after(0, 3)
    assert after(0, met)["start later"] == text[4:met]


def test_what_is_added_is_shown_in_its_paragraph_before_it_is_saved(client: TestClient) -> None:
    page = client.get("/adding/azure", params={"kind": "event", "evidence": "special envoy"}).text
    assert "Critics of the </span><mark>special envoy</mark>" in page
    at = CRITICS.index("special envoy")
    wider = f"{TEXT.index(CRITICS) + at - 4}-{TEXT.index(CRITICS) + at + 13}"
    assert f"evidence={wider}&amp;moved=start+earlier" in page
    moved = client.get("/adding/azure", params={"kind": "event", "evidence": wider, "moved": "start earlier"}).text
    assert "<mark>the special envoy</mark>" in moved
    assert moved.count("autofocus") == 1


def test_a_report_without_what_its_kind_needs_is_refused(client: TestClient, csrf: dict[str, str]) -> None:
    answer = client.post("/adding/azure", data=csrf | {"kind": "event", "evidence": CRITICS})
    assert answer.status_code == 400
    assert "type" in answer.text


def test_a_document_that_is_not_there_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/documents/azur")
    assert answer.status_code == 404
    assert 'did you mean <a href="/documents/azure">azure</a>?' in answer.text


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    create_case(tmp_path / "empty.case", packs=["core"]).close()
    with TestClient(create_app(tmp_path / "empty.case", Settings("A", token="t")), base_url=ADDRESS) as client:
        assert "dragoman read" in client.get("/documents", params={"token": "t"}).text
