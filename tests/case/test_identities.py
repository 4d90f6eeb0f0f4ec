"""Who may be one is proposed from the whole case; one actor is shown with its names and its offices in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.errors import UsageError
from dragoman.record import (
    Action,
    Actor,
    ActorKind,
    Decision,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Predicate,
    Reading,
    Relation,
    Span,
    Standing,
)
from dragoman.views.wording import tenure_told

from .factory import filled

PERSON, STATE = ActorKind.PERSON, ActorKind.STATE


def reading(
    id: str, *actors: Actor, published: str, outlet: str = "Courier", relations: tuple[dict[str, object], ...] = ()
) -> Reading:
    """A document that names these actors; the first one talks with the last, as the last says."""
    text = f"{id}: " + " ".join(actor.name for actor in actors) + " talked."
    evidence = Evidence.slice(text, 0, len(text))
    document = Document(id=id, text=text, published=Fact(published, "page"), outlet=Fact(outlet, "given"), source=id)
    names = [actor.name for actor in actors]
    event = Event(
        document=id,
        evidence=evidence,
        type=EventType.CONSULT,
        source=(names[0],),
        target=(names[-1],),
        voice=(names[-1],),
    )
    told = tuple(Relation(document=id, evidence=evidence, **values) for values in relations)  # type: ignore[arg-type]
    return Reading(document, (Span(0, len(text)),), actors, (event, *told))


def person(name: str, *mentions: str) -> Actor:
    return Actor(name, PERSON, (name, *mentions))


FREEDONIA = Actor("Freedonia", STATE, ("Freedonia",), key="state/FRE", country="FRE")
MINISTER = {"predicate": Predicate.OFFICE, "object": "Freedonia", "title": "foreign minister"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    readings = (
        reading(
            "one",
            person("Rufus Firefly", "Firefly"),
            FREEDONIA,
            published="2023-01-05",
            relations=({"subject": "Rufus Firefly", **MINISTER, "since": "2022"},),
        ),
        reading(
            "two",
            person("Rufus Fyrefly", "Firefly"),
            FREEDONIA,
            published="2023-06-01",
            outlet="Gazette",
            relations=({"subject": "Rufus Fyrefly", **MINISTER},),
        ),
        reading("three", person("Bob Roland"), person("Bob Rolland"), FREEDONIA, published="2023-07-01"),
        reading(
            "four",
            person("Rufus Firefly"),
            FREEDONIA,
            published="2024-02-01",
            relations=({"subject": "Rufus Firefly", **MINISTER, "former": True},),
        ),
    )
    return filled(tmp_path / "a.case", *readings)


def test_two_spellings_with_one_office_are_proposed_and_two_in_one_document_are_not(case: Case) -> None:
    with case:
        (merge,) = case.merges()
    assert {merge.one.name, merge.other.name} == {"Rufus Firefly", "Rufus Fyrefly"}
    assert merge.reasons == (
        "surname sounds alike, same given names",
        "both told to be foreign minister at freedonia at one time, in 3 documents",
    )


def test_two_who_were_told_apart_are_not_proposed_again_until_that_is_undone(case: Case) -> None:
    with case:
        subject = case.about_merge(["Rufus Firefly", "Rufus Fyrefly"])
        told = case.decide(Decision("Anna", Action.APART, subject))
        assert case.merges() == ()
        case.undo(told.decision.id, author="Anna")
        assert len(case.merges()) == 1


def test_an_office_is_told_in_time(case: Case) -> None:
    with case:
        found = case.actor("Rufus Firefly")
        (office,) = found.offices
        by_then = case.actor("Rufus Firefly", as_of="2023")
    assert (office.title, office.at, office.since, office.held_last, office.former_first) == (
        *("foreign minister", "Freedonia", "2022", "2023-01-05", "2024-02-01"),
    )
    assert (office.documents, office.sources) == (2, 1)
    assert by_then.offices[0].former_first is None
    assert found.called == (("Rufus Firefly", 2), ("Firefly", 1))
    assert found.kinds == {"event": {"source": 2}, "relation": {"subject": 2}}
    assert (found.documents, found.sources, found.speaks) == (2, 1, 0)


def test_an_office_is_told_no_more_surely_than_its_reports_tell_it(tmp_path: Path) -> None:
    def told(id: str, outlet: str, **facts: object) -> Reading:
        relation = {"subject": "Rufus Firefly", **MINISTER, **facts}
        return reading(
            id,
            person("Rufus Firefly"),
            FREEDONIA,
            published=f"2024-0{len(id)}-01",
            outlet=outlet,
            relations=(relation,),
        )

    sylvania, planned = {"object": "Sylvania", "voice": ("Trentino",)}, {"title": "envoy", "standing": Standing.PLANNED}
    readings = (
        told("a", "Courier"),
        told("bb", "Post"),
        told("ccc", "Courier", **sylvania),
        told("dddd", "Courier", **planned),
        told("eeeee", "Post", **planned),
    )
    with filled(tmp_path / "sure.case", *readings) as case:
        offices = {(one.title, one.at): one for one in case.actor("Rufus Firefly").offices}
    sure, once = offices["foreign minister", "Freedonia"], offices["foreign minister", "Sylvania"]
    assert (sure.by, sure.voice, tenure_told(sure)) == (None, (), "")
    assert tenure_told(once) == "says Trentino; told once, by Courier"
    assert tenure_told(offices["envoy", "Freedonia"]) == "planned"
    assert offices["envoy", "Freedonia"].held_first is None


def test_an_actor_is_spoken_of_by_whoever_is_quoted_on_it(case: Case) -> None:
    with case:
        found = case.actor("state/FRE")
    assert [(speaker.name, sum(speaker.reports.values())) for speaker in found.spoken_of_by] == [("Freedonia", 4)]
    assert found.speaks == 4
    assert {holder.person for holder in found.holders} == {"Rufus Firefly", "Rufus Fyrefly"}


def test_a_name_of_two_is_refused_with_both(case: Case) -> None:
    with (
        case,
        pytest.raises(
            UsageError, match=r"may be Rufus Firefly \(~rufus firefly\), Rufus Fyrefly \(~rufus fyrefly\); give"
        ),
    ):
        case.actor("Firefly")


def test_what_is_no_office_is_a_tie_of_both(tmp_path: Path) -> None:
    tie = {"subject": "Firefly", "predicate": Predicate.ALLIED_WITH, "object": "Freedonia"}
    with filled(
        tmp_path / "t.case", reading("a", person("Firefly"), FREEDONIA, published="2023-01-05", relations=(tie,))
    ) as told:
        for name in ("Firefly", "Freedonia"):
            assert [(one.person, one.predicate, one.at) for one in told.actor(name).ties] == [
                ("Firefly", "allied-with", "Freedonia")
            ]
        assert told.actor("Firefly").offices == ()


def test_counterparts_are_those_of_the_same_happenings_as_they_were_told(case: Case) -> None:
    with case:
        found = {one.identity: (dict(one.types), one.documents) for one in case.counterparts("Rufus Firefly")}
        then = case.counterparts("Rufus Firefly", as_of="2023")
        named = [one.id for one in case.documents_naming("Rufus Firefly")]
    assert found == {"state/FRE": ({EventType.CONSULT: 2}, 2)}
    assert [(one.name, one.occurrences, one.sources) for one in then] == [("Freedonia", 1, 1)]
    assert named == ["four", "one"]


def test_actors_are_found_by_a_part_of_any_name(case: Case) -> None:
    with case:
        assert {actor.name for actor in case.actors(named="FYRE")} == {"Rufus Fyrefly"}
        assert {actor.name for actor in case.actors(named="irefl")} == {"Rufus Firefly", "Rufus Fyrefly"}
        assert list(case.actors(named="%")) == []
        assert {actor.name for actor in case.actors_called("Firefly")} == {"Rufus Firefly", "Rufus Fyrefly"}
        with pytest.raises(UsageError, match="Groucho"):
            case.actors_called("Groucho")


def test_the_happenings_of_one_actor_are_counted(case: Case) -> None:
    with case:
        counted = [one.days for one in case.count_occurrences(actor="Rufus Firefly")]
        by_then = case.count_occurrences(actor="Rufus Firefly", as_of="2023")
    assert {day: number for days in counted for day, number in days.items()} == {"2023-01-05": 1, "2024-02-01": 1}
    assert [one.days for one in by_then] == [{"2023-01-05": 1}]
