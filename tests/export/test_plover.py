"""PLOVER: one record an occurrence, in its terms, and nothing stronger than its reports."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case
from dragoman.export import export_plover
from dragoman.record import Action, Decision, Event, EventType, Evidence, Reading, Span, Standing
from tests.case.factory import filled
from tests.export.told import asserted, first


def records(case: Case, folder: Path, **scope: str) -> list[dict[str, Any]]:
    export_plover(case, folder / "out.jsonl", **scope)
    return [json.loads(line) for line in (folder / "out.jsonl").read_bytes().splitlines()]


def conceding(word: str) -> Reading:
    reading = first()
    event = next(r for r in reading.reports if isinstance(r, Event) and r.type is EventType.CONCEDE)
    return replace(reading, reports=(replace(event, why=(f"word: {word}",)),))


def test_a_record_is_an_occurrence_with_all_its_reports(told: Case, tmp_path: Path) -> None:
    (meeting,) = [r for r in records(told, tmp_path) if r["date"] == "2024-05-03"]
    assert meeting["event"] == "CONSULT"
    assert meeting["reciprocal"] is True
    assert meeting["event_location"] == {"name": "Lima"}
    assert meeting["source"][0] == {"actorText": "Norway", "code": "NOR", "sector": "GOV"}
    ours = meeting["dragoman"]
    assert (ours["documents"], ours["sources"], ours["status"]) == (2, 2, "several sources")
    assert [report["document"] for report in ours["reports"]] == ["first", "second"]
    assert ours["reports"][1]["text"] == "Envoys from Norway met the Peruvian rebels on Friday in Lima."


def test_what_is_not_coded_is_null(told: Case, tmp_path: Path) -> None:
    assert all(record["mode"] is None and record["context"] is None for record in records(told, tmp_path))


def test_a_planned_visit_is_an_agreement_and_says_that_it_is_planned(told: Case, tmp_path: Path) -> None:
    (plan,) = [r for r in records(told, tmp_path) if r["dragoman"]["status"] == "planned"]
    assert (plan["event"], plan["dragoman"]["type"]) == ("AGREE", "CONSULT")
    assert plan["dragoman"]["reports"][0]["voice"] == ["officials"]


@pytest.mark.parametrize(
    ("word", "type"),
    [
        ("released", "RETREAT"),
        ("resigned", "RETREAT"),
        ("easing", "RETREAT"),
        ("lift", "RETREAT"),
        ("stepped down", "RETREAT"),
        ("yielded", "CONCEDE"),
        ("reforms", "CONCEDE"),
        ("relented", "CONCEDE"),
    ],
)
def test_releases_resignations_and_eased_sanctions_are_retreats(tmp_path: Path, word: str, type: str) -> None:
    with filled(tmp_path / "a.case", conceding(word)) as case:
        assert [record["event"] for record in records(case, tmp_path)] == [type]


@pytest.mark.parametrize(
    ("word", "text", "type"),
    [
        ("lifted", "Freedonia lifted its local curfew.", "CONCEDE"),
        ("lifted", "The state of emergency was lifted when the sanctions on trade had ended.", "CONCEDE"),
        ("lifted", "Freedonia lifted the sanctions, while a curfew holds.", "RETREAT"),
        ("freed", "Freedonia freed nine prisoners, an hour before the curfew.", "RETREAT"),
    ],
)
def test_what_a_state_lifts_at_home_is_no_retreat(tmp_path: Path, word: str, text: str, type: str) -> None:
    reading = conceding(word)
    (event,) = reading.reports
    told = replace(event, evidence=Evidence.slice(text, 0, len(text)))
    document = replace(reading.document, text=text, raw=text.encode())
    spans = (Span(0, len(text)),)
    with filled(tmp_path / "a.case", replace(reading, document=document, sentences=spans, reports=(told,))) as case:
        assert [record["event"] for record in records(case, tmp_path)] == [type]


def test_a_record_has_the_fields_of_published_records(told: Case, tmp_path: Path) -> None:
    """As 160 records of the PLOVER gold standard have them (openeventdata/PLOVER 5e0c24f); `date` and `injured` by its
    manual."""
    published = {"id", "event", "mode", "context", "text", "source", "target", "reciprocal", "event_location", "dead"}
    for record in records(told, tmp_path):
        assert record.keys() - {"dragoman", "date", "injured"} <= published
        assert all(who.keys() == {"actorText", "code", "sector"} for who in record["source"] + record["target"])


def test_what_is_only_denied_is_left_out_and_counted(told: Case, tmp_path: Path) -> None:
    remarks = export_plover(told, tmp_path / "out.jsonl")
    assert remarks == ("Left out 1 that PLOVER has no type for: 1 denied.", "1 only planned, as AGREE.")
    assert all(record["event"] != "ASSAULT" for record in records(told, tmp_path))


@pytest.mark.parametrize(
    ("standing", "type", "why"),
    [
        (Standing.PLANNED, EventType.ASSAULT, "1 only planned, and no goodwill"),
        (Standing.PLANNED, EventType.REQUEST, "1 only planned, and no goodwill"),
        (Standing.DEMANDED, EventType.AID, "1 only asked for"),
        (Standing.POSSIBLE, EventType.CONSULT, "1 only possible or tied to an if"),
        (Standing.CONDITIONAL, EventType.SANCTION, "1 only possible or tied to an if"),
    ],
)
def test_what_did_not_happen_is_no_act(tmp_path: Path, standing: Standing, type: EventType, why: str) -> None:
    with filled(tmp_path / "a.case", asserted(standing, type)) as case:
        assert records(case, tmp_path) == []
        assert export_plover(case, tmp_path / "out.jsonl") == (f"Left out 1 that PLOVER has no type for: {why}.",)


def test_another_reader_finds_a_table_in_it(told: Case, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    export_plover(told, tmp_path / "out.jsonl")
    frame = pd.read_json(tmp_path / "out.jsonl", lines=True, dtype=False)
    assert sorted(frame["event"]) == ["AGREE", "CONSULT", "RETREAT"]


def test_actors_that_were_merged_are_one_party(told: Case, tmp_path: Path) -> None:
    subject = told.about_merge(("Norway", "Nordic Council"))
    told.decide(Decision("Anna", Action.MERGE, subject))
    (membership,) = [r for r in told.cast_reports("relation") if r.stored.report.to_dict()["predicate"] == "member-of"]
    assert membership.people["subject"][0].identity == membership.people["object"][0].identity
