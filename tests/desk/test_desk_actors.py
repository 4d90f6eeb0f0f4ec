"""Actors on the desk: found by name, shown whole, merged, told apart, split."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from dragoman.case import open_case
from dragoman.record import Action, Actor, ActorKind, Decision, Event, EventType, Evidence, Fact, Predicate, Relation
from tests.case.factory import SENTENCES, make_reading
from tests.desk.test_desk_frame import links

HOSTILE = "<script>alert(1)</script> & =HYPERLINK(1)"


@pytest.fixture
def csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/actors/Freedonia").text)
    assert found
    return found[1]


def add(path: Path, id: str, *actors: Actor, published: str = "2024-05-04") -> None:
    """One more document with these actors."""
    with open_case(path, write=True) as case:
        case.start_run("test")
        told = tuple(f"{sentence} ({id})" for sentence in SENTENCES)
        case.add(
            replace(make_reading(id, sentences=told, title=Fact(HOSTILE, "page"), published=published), actors=actors)
        )
        case.finish_run()


def test_actors_are_listed_and_found_by_a_part_of_a_name(client: TestClient) -> None:
    assert {one["name"] for one in client.get("/api/v1/actors").json()["actors"]} == {
        *("Freedonia", "Sylvania", "Critics")
    }
    page = client.get("/actors", params={"named": "freedonians"}).text
    assert 'href="/actors/state/FRE"' in page
    assert "Sylvania" not in page
    assert "Nobody is called so" in client.get("/actors", params={"named": "nobody"}).text
    assert client.get("/actors.csv").text.splitlines()[0].startswith("name,identity,kind")


def test_an_actor_is_shown_with_its_company_and_years(client: TestClient) -> None:
    told = client.get("/api/v1/actors/Freedonia").json()["figure"]
    assert told["years"] == [["2024", 1]]
    assert [(one["counterpart"]["name"], one["counterpart"]["documents"]) for one in told["company"]] == [
        ("Sylvania", 1)
    ]
    page = client.get("/actors/state/FRE").text
    assert "1 document, 1 independent source" in page
    assert "/timeline?actor=state/FRE&amp;since=2024&amp;until=2024" in page
    assert client.get("/actor-years.svg", params={"actor": "Freedonia"}).content.startswith(b"<svg")


def test_the_network_of_an_actor_can_be_taken_along(client: TestClient, path: Path) -> None:
    page = client.get("/actors/Freedonia").text
    for form, beginning in (("svg", b"<svg"), ("png", b"\x89PNG")):
        address = f"/actor-network.{form}?actor=state/FRE"
        assert f'href="{address}"' in page
        picture = client.get(address)
        assert picture.content.startswith(beginning)
        assert f'filename="counterparts.{form}"' in picture.headers["content-disposition"]
    drawn = client.get("/actor-network.svg", params={"actor": "Freedonia"}).text
    assert "Sylvania" in drawn
    assert "mostly cooperation" in drawn
    assert "nothing to draw" in client.get("/actor-network.svg", params={"actor": "Critics"}).text


def test_a_hostile_name_stays_text_in_the_network(client: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        case.start_run("test")
        told = make_reading("hostile", sentences=("<svg onload=alert(1)> met Freedonia.", *SENTENCES[1:]))
        quote = Evidence.slice(told.document.text, 0, 20)
        mad = "<svg onload=alert(1)>\x01"
        event = Event(document="hostile", evidence=quote, type=EventType.CONSULT, source=(mad,), target=("Freedonia",))
        case.add(replace(told, reports=(event,), actors=(*told.actors, Actor(mad, ActorKind.GROUP, (mad,)))))
        case.finish_run()
    drawn = client.get("/actor-network.svg", params={"actor": "Freedonia"}).text
    ElementTree.fromstring(drawn)
    assert "&lt;svg onload" in drawn


def test_many_relations_are_read_page_by_page(client: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        case.start_run("test")
        told = make_reading("posts", sentences=tuple(f"Minister {n} of Freedonia spoke." for n in range(33)))
        posts = tuple(
            Relation(
                document="posts",
                evidence=Evidence.slice(told.document.text, span.start, span.end),
                subject=f"Minister {n}",
                predicate=Predicate.OFFICE,
                object="Freedonia",
            )
            for n, span in enumerate(told.sentences)
        )
        case.add(replace(told, reports=posts))
        case.finish_run()
    page = client.get("/actors/state/FRE").text
    assert page.count("/actors/Minister%20") == 30
    following = unescape(re.findall(r'rel="next" href="([^"]+)"', page)[0])
    assert client.get(following).text.count("/actors/Minister%20") == 3
    assert "The list ends before" in client.get("/actors/state/FRE", params={"page": 9}).text


def test_a_stance_links_to_its_reports(client: TestClient) -> None:
    page = client.get("/actors/Critics").text
    assert "against" in page
    assert any(link.startswith("/reports/") for link in links(page))


def test_as_of_a_date_an_actor_is_as_it_was_told_then(client: TestClient, path: Path) -> None:
    add(path, "later", *make_reading().actors, published="2024-06-01")
    assert "2 documents" in client.get("/actors/Freedonia").text
    page = client.get("/actors/Freedonia", params={"as_of": "2024-05-04"}).text
    assert "1 document, 1 independent source" in page
    assert 'class="banner"' in page


def test_whoever_only_reports_name_has_sentences(client: TestClient, path: Path) -> None:
    with open_case(path, write=True) as case:
        report = next(case.reports("position"))
        case.decide(Decision("Anna", Action.CORRECT, case.about(report.id), {"holder": ["Groucho"]}))
    page = client.get("/actors/Groucho").text
    assert "no document has it as an actor" in page
    assert f"/reports/{report.id}" in page
    assert client.get("/actors/Chico").status_code == 404


def test_two_are_merged_and_a_decision_on_what_has_changed_is_refused(client: TestClient, csrf: str) -> None:
    seen = client.get("/api/v1/actors/Freedonia").json()["figure"]["seen"]
    form = {"csrf": csrf, "seen": seen, "one": "state/FRE", "other": "Sylvania", "reason": "one country now"}
    answer = client.post("/merges", data={**form, "action": "merge"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/state/FRE")
    page = client.get("/actors/Sylvania").text
    assert "merge: Freedonia = Sylvania" in page
    assert "one country now" in page
    late = client.post("/merges", data={**form, "other": "Critics", "action": "merge"})
    told = "Lena Fischer has decided who Freedonia is (merge: Freedonia = Sylvania) since you opened the page"
    assert (late.status_code, told in late.text) == (409, True)
    assert client.post("/merges", data={**form, "seen": "", "other": "", "action": "merge"}).status_code == 400


def test_an_actor_is_split_in_the_documents_that_are_ticked(client: TestClient, path: Path, csrf: str) -> None:
    add(path, "later", *make_reading().actors)
    assert client.post("/actors/Critics/split", data={"csrf": csrf}).status_code == 400
    assert client.post("/actors/Critics/split", data={"csrf": csrf, "in:azure": "1"}).status_code == 303
    found = client.get("/api/v1/actors", params={"named": "critics"}).json()["actors"]
    assert [one["documents"] for one in found] == [1, 1]
    assert "More than one actor is called so" in client.get("/actors/Critics").text


def test_pairs_that_may_be_one_are_decided_on(client: TestClient, path: Path, csrf: str) -> None:
    person = ActorKind.PERSON
    add(path, "rufus", Actor("Rufus Firefly", person, ("Rufus Firefly",)))
    add(path, "fyrefly", Actor("Rufus Fyrefly", person, ("Rufus Fyrefly",)))
    (pair,) = client.get("/api/v1/merges").json()["merges"]
    form = {"csrf": csrf, "one": pair["one"]["identity"], "other": pair["other"]["identity"], "next": "merges"}
    assert client.post("/merges", data={**form, "action": "apart"}).headers["location"] == "/merges"
    assert "No two actors look like one" in client.get("/merges").text


def test_a_hostile_name_stays_text(client: TestClient, path: Path) -> None:
    add(path, "bad", Actor(HOSTILE, ActorKind.GROUP, (HOSTILE,)))
    for where in ("/actors", f"/actors/{HOSTILE.replace('/', '%2F')}"):
        page = client.get(where)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


def test_as_of_a_date_actors_are_listed_as_they_were_told_of_then(client: TestClient, path: Path) -> None:
    massoud, masoud = (Actor(name, ActorKind.PERSON, (name,)) for name in ("Ahmad Massoud", "Ahmad Masoud"))
    add(path, "early", massoud)
    add(
        path,
        "later",
        masoud,
        Actor("Freedonia", ActorKind.STATE, ("Land of the Free",), key="state/FRE"),
        published="2025",
    )
    then = {"as_of": "2024-05"}
    names = {one["name"]: one for one in client.get("/api/v1/actors", params=then).json()["actors"]}
    assert names.keys() == {"Freedonia", "Sylvania", "Critics", "Ahmad Massoud"}
    assert (names["Freedonia"]["documents"], "Land of the Free" in names["Freedonia"]["names"]) == (1, False)
    assert 'href="/actors/state/FRE?as_of=2024-05"' in client.get("/actors", params=then).text
    assert "Nobody is told of by then" in client.get("/actors", params={"as_of": "1999"}).text
    assert "Land of the Free" not in client.get("/actors.csv", params=then).text
    assert len(client.get("/api/v1/merges").json()["merges"]) == 1
    assert client.get("/api/v1/merges", params=then).json()["merges"] == []
    assert "rest on all documents" in client.get("/merges", params={"as_of": "2025"}).text
    figure = client.get("/api/v1/actors/Freedonia", params=then).json()["figure"]
    assert [one["id"] for one in figure["documents"]] == ["azure"]
