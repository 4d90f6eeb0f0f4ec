"""What is asked of a case is answered in the record's types, or refused with a hint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case import Case, open_case
from dragoman.errors import UsageError
from dragoman.record import (
    Actor,
    ActorKind,
    DateRange,
    Event,
    EventType,
    Evidence,
    Fact,
    Kind,
    Reading,
    Report,
    Span,
    Standing,
)

from .factory import READER, filled, make_reading


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """One document of three reports, read from disk."""
    filled(tmp_path / "a.case", make_reading()).close()
    with open_case(tmp_path / "a.case") as opened:
        yield opened


def told(name: str, *dates: DateRange | None, actor: str = "Freedonia", published: str | None = None) -> Reading:
    """A document that tells one event a sentence, on these dates."""
    sentences = tuple(f"{name} {n} left." for n in range(len(dates)))
    reading = make_reading(name, sentences=(*sentences, "So.", "It is.", "Done."), published=published)
    reports: tuple[Report, ...] = tuple(
        Event(
            document=name,
            evidence=Evidence.slice(reading.document.text, span.start, span.end),
            type=EventType.CONSULT,
            source=(actor,),
            date=date,
        )
        for span, date in zip(reading.sentences, dates, strict=False)
    )
    return replace(reading, reports=reports)


def test_overview_counts_what_is_there(case: Case) -> None:
    overview = case.overview()
    assert (overview.documents, overview.sentences, overview.undated, overview.actors) == (1, 3, 0, 3)
    assert overview.reports == {kind: int(kind in ("event", "forecast", "position")) for kind in Kind}
    assert (overview.first_published, overview.last_published) == ("2024-05-04", "2024-05-04")
    assert overview.event_types == {EventType.CONSULT: 1}
    assert overview.outlets == 1
    assert overview.top_outlets == (("Azure Courier", 1),)
    assert dict(overview.top_actors) == {"Freedonia": 1, "Sylvania": 1, "Critics": 1}
    assert overview.remarks == 1
    assert overview.last_run is not None
    assert overview.last_run.counts == {"new": 1, "alias": 0, "reports": 3, "remarks": 1}


def test_empty_case_has_an_empty_overview(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case:
        overview = case.overview()
    assert overview.first_published is None
    assert sum(overview.reports.values()) == overview.documents == overview.characters == 0


def test_run_keeps_what_it_set_aside_and_its_seconds(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case:
        run = case.start_run("test-2")
        case.set_aside("articles/noise.pdf", "no text in it")
        done = case.finish_run({"language": 1.23456})
        assert done.finished is not None
        assert (done.id, done.reader, done.packs) == (run.id, "test-2", ("core",))
        assert done.counts == {"set aside": 1}
        assert done.seconds == {"language": 1.235}
        assert [run.finished is None for run in case.runs()] == [False, False]
        assert [(one.source, one.reason, one.started) for one in case.sources_set_aside()] == [
            ("articles/noise.pdf", "no text in it", run.started)
        ]


def test_remarks_name_their_document(case: Case) -> None:
    assert [(remark.document, remark.text) for remark in case.remarks()] == [("azure", "an odd dateline")]


def test_documents_are_listed_without_their_text(case: Case) -> None:
    (document,) = case.documents()
    assert (document.id, document.title, document.outlet, document.published) == (
        "azure",
        "Envoys meet",
        "Azure Courier",
        "2024-05-04",
    )
    assert (document.sentences, document.reports, document.reader) == (3, 3, READER)


def test_actor_has_all_names_of_all_documents(tmp_path: Path) -> None:
    other = make_reading("other", sentences=("Freedonian envoys left.", "It is.", "So."))
    cast = (Actor("Republic of Freedonia", ActorKind.STATE, ("Freedonian",), key="state/FRE"),)
    with filled(tmp_path / "a.case", make_reading(), replace(other, actors=cast)) as case:
        actor = next(actor for actor in case.actors() if actor.key == "state/FRE")
    assert actor.names == ("Freedonia", "Freedonian", "Republic of Freedonia", "the Freedonians")
    assert (actor.documents, actor.country, actor.kind) == (2, "FRE", "state")


def test_spellings_without_a_key_are_one_actor(tmp_path: Path) -> None:
    spellings = ("The Émirate", "emirate", "Emirate's")
    found = [
        replace(told(f"d{n}", None, actor=name), actors=(Actor(name, ActorKind.MOVEMENT),))
        for n, name in enumerate(spellings)
    ]
    with filled(tmp_path / "a.case", *found) as case:
        (actor,) = case.actors()
        assert actor.reports == 3
        assert len(list(case.reports(actor="EMIRATE"))) == 3


@pytest.mark.parametrize("wanted", ["Freedonia", "freedonia", "state/FRE", "Freedonians", "the freedonians"])
def test_reports_are_found_by_key_and_any_name_of_an_actor(case: Case, wanted: str) -> None:
    assert [stored.report.kind for stored in case.reports(actor=wanted)] == ["event"]


def test_own_name_comes_before_what_others_are_called(tmp_path: Path) -> None:
    cast = (
        Actor("Council", ActorKind.MOVEMENT, ("Council", "Freedonia")),
        Actor("Freedonia", ActorKind.STATE, ("Freedonia",)),
    )
    readings = [replace(told(name, None, actor=name), actors=cast) for name in ("Council", "Freedonia")]
    with filled(tmp_path / "a.case", *readings) as case:
        assert {stored.report.document for stored in case.reports(actor="Freedonia")} == {"Freedonia"}


def test_speaking_alone_is_no_role(case: Case) -> None:
    with pytest.raises(UsageError, match="no actor 'Nobody'"):
        case.reports(actor="Nobody")
    assert not list(case.reports(actor="Ambassador"))


def test_name_that_is_no_actor_is_found_as_participant(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", told("a", None, actor="Stranger")) as case:
        assert len(list(case.reports(actor="stranger"))) == 1


def test_unknown_actor_gets_the_nearest_name(case: Case) -> None:
    with pytest.raises(UsageError, match="did you mean 'Sylvania'"):
        case.reports(actor="Silvania")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"kind": "evnt"}, "unknown kind 'evnt'.*did you mean event"),
        ({"type": "consult"}, "unknown type 'consult'.*did you mean CONSULT"),
        ({"standing": "actually"}, "unknown standing 'actually'.*did you mean actual"),
        ({"since": "3 May"}, "'3 May' is not a date"),
        ({"until": "2024-5"}, "'2024-5' is not a date"),
        ({"until": "2024-13"}, "'2024-13' is not a date"),
        ({"as_of": "2023-02-29"}, "'2023-02-29' is not a date"),
        ({"document": "azur"}, "no document 'azur'.*did you mean 'azure'"),
    ],
)
def test_what_cannot_be_is_refused_at_once(case: Case, asked: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        case.reports(**asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["event", "forecast", "position"]),
        ({"kind": "position"}, ["position"]),
        ({"type": "CONSULT"}, ["event"]),
        ({"type": "AID"}, []),
        ({"issue": "un-envoy"}, ["position"]),
        ({"issue": "recognition"}, []),
        ({"standing": "planned"}, []),
        ({"document": "azure", "limit": 2}, ["event", "forecast"]),
        ({"kind": "event", "actor": "Sylvania", "since": "2024", "type": "CONSULT"}, ["event"]),
    ],
)
def test_conditions_all_hold(case: Case, asked: dict[str, str], found: list[str]) -> None:
    assert [stored.report.kind for stored in case.reports(**asked)] == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["open", "month", "day", "year", "published"]),
        ("2024", None, ["open", "month", "day", "year", "published"]),
        ("2024-03", None, ["open", "day", "year", "published"]),
        ("2024-05-04", None, ["open", "year", "published"]),
        ("2025", None, ["open"]),
        (None, "2023", ["open"]),
        (None, "2024-02", ["open", "month", "year"]),
        ("2024-05-03", "2024-05-03", ["open", "day", "year"]),
    ],
)
def test_period_compares_dates_as_far_as_they_are_told(
    tmp_path: Path, since: str | None, until: str | None, found: list[str]
) -> None:
    readings = (
        told("day", DateRange.on("2024-05-03"), published="2030-01-01"),
        told("month", DateRange.on("2024-02")),
        told("year", DateRange.on("2024"), published="2030-01-01"),
        told("open", DateRange("2023-11", None)),
        told("published", None, published="2024-06-01"),
        told("undated", None),
    )
    with filled(tmp_path / "a.case", *readings) as case:
        names = [stored.report.document for stored in case.reports(since=since, until=until)]
    assert set(names) - {"undated"} == set(found)
    assert ("undated" in names) == (since is until is None)


def test_reports_come_by_date_then_document_and_place(tmp_path: Path) -> None:
    readings = (
        told("b", DateRange.on("2024-03-01"), DateRange.on("2024-01-01")),
        told("a", DateRange.on("2024-03-01"), None, published="2024-02-01"),
    )
    with filled(tmp_path / "a.case", *readings) as case:
        assert [stored.when for stored in case.reports()] == ["2024-01-01", "2024-02-01", "2024-03-01", "2024-03-01"]
        assert [stored.report.document for stored in case.reports()] == ["b", "a", "a", "b"]
        assert [stored.report.document for stored in case.reports(by_document=True)] == ["a", "a", "b", "b"]


def test_standing_filters(tmp_path: Path) -> None:
    reading = make_reading()
    denied = replace(reading.reports[0], standing=Standing.DENIED)
    with filled(tmp_path / "a.case", replace(reading, reports=(denied, *reading.reports[1:]))) as case:
        assert [stored.id for stored in case.reports(standing="denied")] == [denied.id]


def test_report_is_found_by_the_beginning_of_its_id_and_shown_in_context(case: Case) -> None:
    wanted = make_reading().reports[1]
    shown = case.report(wanted.id[:7])
    assert (shown.id, shown.report) == (wanted.id, wanted)
    assert (shown.title, shown.outlet, shown.published) == (
        "Envoys meet",
        "Azure Courier",
        "2024-05-04",
    )
    assert shown.before == "Envoys of Freedonia met Sylvania's ministers in Port Azure on 3 May 2024."
    assert shown.passage == wanted.evidence.text
    assert shown.after == "Critics of the special envoy protested."
    assert shown.document.source == "articles/azure.txt"


def test_context_ends_with_the_text(case: Case) -> None:
    first, _, last = make_reading().reports
    assert case.report(first.id).before == ""
    assert case.report(last.id).after == ""


def test_passage_is_the_whole_sentence_of_a_part(tmp_path: Path) -> None:
    reading = make_reading()
    part = replace(reading.reports[1], evidence=Evidence.slice(reading.document.text, 80, 90))
    with filled(tmp_path / "a.case", replace(reading, reports=(part,))) as case:
        assert case.report(part.id).passage == "The ambassador said that Freedonia may recognise the Council."


def test_unknown_report_gets_the_nearest_id(case: Case) -> None:
    wanted = make_reading().reports[1].id
    wrong = wanted[:-1] + ("0" if wanted[-1] != "0" else "1")
    with pytest.raises(UsageError, match=f"did you mean {wanted}"):
        case.report(wrong)


@pytest.mark.parametrize("id", ["", "zzzz", "%", "~"])
def test_id_of_nothing_is_refused(case: Case, id: str) -> None:
    with pytest.raises(UsageError, match="no report"):
        case.report(id)


def test_beginning_of_several_ids_is_refused(tmp_path: Path) -> None:
    readings = (make_reading(f"d{n}", sentences=(f"{n} left.", "It is.", "So.")) for n in range(8))
    with filled(tmp_path / "a.case", *readings) as case:
        ids = [stored.id for stored in case.reports()]
        letter = next(c for c in "0123456789abcdef" if sum(id.startswith(c) for id in ids) > 1)
        with pytest.raises(UsageError, match="more than one report"):
            case.report(letter)


def test_dates_from_given_facts_come_back_with_their_origin(case: Case) -> None:
    document = case.document("azure")
    assert document.outlet == Fact("Azure Courier", "given")
    assert document.published == Fact("2024-05-04", "text")


def test_sentences_come_back_in_order(case: Case) -> None:
    assert case.reading("azure").sentences == (Span(0, 73), Span(74, 135), Span(136, 175))
