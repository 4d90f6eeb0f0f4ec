"""People have the last word: what they decide holds, can be undone, and outlives every reader."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from dragoman.case import Case, Decided
from dragoman.errors import DragomanError, RecordError, UsageError
from dragoman.record import Action, Decision, EventType, Evidence, Reading, Standing, State

from .factory import READER, filled, make_reading

few = settings(max_examples=6, deadline=None)


@contextmanager
def scratch(*kept: Reading) -> Iterator[Case]:
    """A case for one example of a property."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "a.case", *(kept or (make_reading(),))) as case:
        yield case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with filled(tmp_path / "a.case", make_reading()) as opened:
        yield opened


def id_of(case: Case, kind: str = "event") -> str:
    return next(case.reports(kind)).id


def decide(case: Case, action: str, report: str, reason: str = "", by: str = "Anna", **value: Any) -> Decided:
    return case.decide(Decision(by, Action(action), case.about(report), value, reason))


def add(case: Case, by: str = "Anna", **row: Any) -> Decided:
    subject = case.about_addition(row, by)
    return case.decide(Decision(by, Action.ADD, subject, subject["row"]))


def merge(case: Case, *names: str) -> Decided:
    return case.decide(Decision("Anna", Action.MERGE, case.about_merge(names)))


def read_again(case: Case, reading: Reading, reader: str = "test-2") -> None:
    case.start_run(reader)
    case.add(reading)
    case.finish_run()


def effective(case: Case) -> dict[str, Any]:
    """All that is shown: reports with their states, actors, what is found by search, what finds nothing."""
    return {
        "reports": [(s.id, str(s.state), s.report.to_dict()) for s in case.reports(by_document=True)],
        "actors": list(case.actors()),
        "found": [(hit.sentence, hit.reports) for hit in case.search("freedonia")],
        "occurrences": [(one.id, one.number, str(one.status)) for one in case.occurrences()],
        "untied": sorted(one.decision.id for one in case.untied()),
        "overview": replace(case.overview(), path="", title="", last_run=None),
    }


def lines_of(case: Case) -> list[str]:
    return [json.dumps(one.decision.to_dict()) for one in case.decisions()]


def test_accepting_makes_certain(case: Case) -> None:
    decided = decide(case, "accept", id_of(case))
    (event,) = case.reports("event")
    assert decided.reports == (event.id,)
    assert (event.state, event.report.confidence) == (State.ACCEPTED, 1.0)


def test_what_is_rejected_is_shown_nowhere_but_by_its_id(case: Case) -> None:
    event = id_of(case)
    decide(case, "reject", event, "no meeting")
    assert list(case.reports("event")) == []
    assert all(report.kind != "event" for report in case.reading("azure"))
    assert case.overview().reports["event"] == 0
    assert next(case.documents()).reports == 2
    assert all(event not in hit.reports for hit in case.search("Envoys"))
    assert {actor.name: actor.reports for actor in case.actors()}["Freedonia"] == 0
    shown = case.report(event)
    assert (shown.state, shown.decisions[0].reason) == (State.REJECTED, "no meeting")
    assert shown.report == shown.read


def test_a_correction_changes_the_field_and_keeps_id_and_origin(case: Case) -> None:
    event = id_of(case)
    decide(case, "correct", event, type="AGREE", target="Sylvania", source=["Freedonia"], killed=2)
    shown = case.report(event)
    assert (shown.report.type, shown.report.source, shown.report.killed) == (EventType.AGREE, ("Freedonia",), 2)
    assert shown.read is not None
    assert shown.read.type is EventType.CONSULT
    assert shown.state is State.CORRECTED
    assert [s.id for s in case.reports(type="AGREE", actor="Sylvania")] == [event]
    assert list(case.reports(type="CONSULT")) == []


def test_a_role_among_others_is_a_field(case: Case) -> None:
    event = id_of(case)
    decide(case, "correct", event, **{"others.mediator": ["Qatar"], "others.host": None})
    assert case.report(event).report.to_dict()["others"] == {"mediator": ["Qatar"]}
    assert [s.id for s in case.reports(actor="Qatar")] == [event]
    assert [hit.reports for hit in case.search("Qatar")] == [(event,)]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"typ": "AGREE"}, "an event has no field 'typ'.*did you mean type"),
        ({"type": "AGREES"}, "unknown event type 'AGREES'; allowed are AGREE"),
        ({"type": None}, "the type of an event cannot be left empty"),
        ({"killed": "many"}, "killed is a whole number, not 'many'"),
        ({"killed": 2**63}, "killed is a whole number"),
        ({"source": [1]}, "source is a list of names"),
        ({"date": {"from": "2024-05-03", "to": "2024-05-01"}}, "a date cannot run backwards"),
        ({"date": "May"}, "'May' is not a date"),
        ({"kind": "step"}, "the kind of a report cannot be corrected"),
        ({"evidence": {"start": 0, "end": 3, "text": "Owl"}}, "azure does not read 'Owl' at 0–3"),
        ({"evidence": {"start": 9, "end": 3, "text": "Owl"}}, "impossible evidence bounds 9–3"),
        ({}, "which field"),
    ],
)
def test_a_correction_that_the_codebook_does_not_know_is_one_sentence_and_changes_nothing(
    case: Case, values: dict[str, Any], told: str
) -> None:
    before = effective(case)
    with pytest.raises(RecordError, match=told):
        decide(case, "correct", id_of(case), **values)
    assert effective(case) == before
    assert list(case.decisions()) == []


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("0-9999", "0–9999 is not a stretch of azure"), ("no such words", "nowhere"), ("the", "times"), ("", "nowhere")],
)
def test_evidence_is_found_by_its_characters_or_its_words(case: Case, wanted: str, told: str) -> None:
    words = "Port Azure"
    start = make_reading().document.text.index(words)
    evidence = Evidence(start, start + len(words), words)
    assert case.locate("azure", words) == case.locate("azure", f"{start}-{start + len(words)}") == evidence
    with pytest.raises(RecordError, match=told):
        case.locate("azure", wanted)


@pytest.mark.parametrize("typed", ["in Port\r\nAzure", "  in   Port Azure\t"])
def test_breaks_between_words_need_not_be_those_of_the_text(case: Case, typed: str) -> None:
    assert case.locate("azure", typed).text == "in Port Azure"


def test_adding_by_hand_puts_a_report_into_the_record_and_its_words_into_search(case: Case) -> None:
    row = {"document": "azure", "kind": "event", "type": "PROTEST", "source": ["Critics"], "place": "Tyrolia"}
    (id,) = add(case, **row, evidence="Critics of the special envoy protested.").reports
    shown = case.report(id)
    assert (shown.state, shown.report.confidence, shown.report.reader) == (State.ADDED, 1.0, "by hand: Anna")
    assert [set(hit.reports) for hit in case.search("Tyrolia")] == [{id, id_of(case, "position")}]
    assert id in {report.id for report in case.reading("azure")}
    with pytest.raises(UsageError, match="has this report already"):
        add(case, **row, evidence="Critics of the special envoy protested.")


def test_what_was_added_goes_when_the_adding_is_undone_whatever_was_said_of_it(case: Case) -> None:
    before = effective(case)["reports"]
    added = add(case, document="azure", kind="forecast", what="rain", evidence="The ambassador said")
    decide(case, "correct", added.reports[0], what="more rain")
    assert case.report(added.reports[0]).state is State.ADDED
    case.undo(added.decision.id, author="Anna")
    assert effective(case)["reports"] == before
    assert [one.decision.action for one in case.untied()] == [Action.CORRECT]


def test_undoing_brings_back_what_was_and_can_be_undone(case: Case) -> None:
    before = effective(case)
    first = decide(case, "reject", id_of(case))
    rejected = effective(case)
    undoing = case.undo(first.decision.id[:6], author="Ben", reason="it did happen")
    assert effective(case) == before
    case.undo(undoing.decision.id, author="Anna")
    assert effective(case) == rejected
    assert [one.stands for one in case.decisions()] == [True, False, True]
    with pytest.raises(UsageError, match="undone already"):
        case.undo(undoing.decision.id, author="Anna")


def test_the_later_decision_counts_even_within_one_second(case: Case) -> None:
    event = id_of(case)
    for place in ("Lima", "Quito", "Bogota"):
        decide(case, "correct", event, place=place)
    assert case.report(event).report.place == "Bogota"
    made = [one.decision.made for one in case.decisions()]
    assert made == sorted(set(made))


def test_the_log_refuses_change_and_deletion(case: Case) -> None:
    decide(case, "accept", id_of(case))
    for statement in ("UPDATE decisions SET author = 'x'", "DELETE FROM decisions"):
        with pytest.raises(IntegrityError, match="are never"):
            case._conn.exec_driver_sql(statement)


def test_decisions_can_be_asked_for(case: Case) -> None:
    event, position = id_of(case), id_of(case, "position")
    decide(case, "accept", event, by="Anna")
    decide(case, "reject", position, by="Ben")
    decide(case, "note", event, "see the photograph", by="Ben")
    assert [one.decision.author for one in case.decisions(report=event)] == ["Anna", "Ben"]
    assert [one.decision.action for one in case.decisions(author="Ben")] == [Action.REJECT, Action.NOTE]
    assert len(list(case.decisions(action="note"))) == 1
    assert len(list(case.decisions(limit=2))) == 2
    with pytest.raises(UsageError, match="unknown action"):
        case.decisions(action="nod")


def test_a_resolution_is_found_by_the_report(case: Case) -> None:
    forecast = id_of(case, "forecast")
    decide(case, "resolve", forecast, outcome="false", on="2024-12-31")
    decide(case, "resolve", forecast, outcome="partly", by="Ben")
    assert {id: d.value["outcome"] for id, d in case.resolutions().items()} == {forecast: "partly"}
    with pytest.raises(UsageError, match="only forecasts and commitments"):
        decide(case, "resolve", id_of(case), outcome="true")
    with pytest.raises(RecordError, match="unknown outcome 'maybe'"):
        decide(case, "resolve", forecast, outcome="maybe")
    with pytest.raises(UsageError, match="told on 2024-05-04, so that it cannot have come out so on 2024-04 already"):
        decide(case, "resolve", forecast, outcome="true", on="2024-04")
    with pytest.raises(UsageError, match="nothing can have come out so on 9998-01, which is to come"):
        decide(case, "resolve", forecast, outcome="true", on="9998-01")
    decide(case, "resolve", forecast, outcome="true", on="2024")


def test_days_that_no_calendar_has_are_refused(case: Case) -> None:
    event, forecast = id_of(case), id_of(case, "forecast")
    with pytest.raises(UsageError, match="'2025-02-30' is not a date"):
        decide(case, "correct", event, date="2025-02-30")
    with pytest.raises(UsageError, match="'2025-06-31' is not a date"):
        decide(case, "correct", event, date={"from": "2025-06", "to": "2025-06-31"})
    with pytest.raises(UsageError, match="'2025-02-30' is not a date"):
        decide(case, "resolve", forecast, outcome="true", on="2025-02-30")
    tie: dict[str, Any] = {"kind": "relation", "subject": "Sylvania", "predicate": "allied-with", "object": "Freedonia"}
    evidence = case.report(event).report.evidence.text
    with pytest.raises(UsageError, match="'2023-02-29' is not a date"):
        add(case, **tie, document="azure", evidence=evidence, since="2023-02-29")
    with pytest.raises(RecordError, match="cannot end before it began: 2024 – 2023"):
        add(case, **tie, document="azure", evidence=evidence, since="2024", until="2023")
    assert not list(case.decisions())


def test_a_decision_about_what_is_not_there_is_refused(case: Case) -> None:
    subject = case.about(id_of(case))
    elsewhere = {**subject, "digest": "0" * 64}
    for action in (Action.ACCEPT, Action.REJECT):
        with pytest.raises(UsageError, match=r"no such report|is not in this case"):
            case.decide(Decision("Anna", action, elsewhere))
    with pytest.raises(UsageError, match="no report 'zz'"):
        case.about("zz")
    with pytest.raises(UsageError, match="no decision"):
        case.undo("zz", author="Anna")
    with pytest.raises(RecordError, match="needs an author"):
        Decision(" ", Action.ACCEPT, subject)
    with pytest.raises(UsageError, match="a note without words"):
        decide(case, "note", id_of(case))
    assert list(case.decisions()) == []


# What a newer reader reads


def reread(**changes: Any) -> Reading:
    """The same document as another reader reads it: the first report with these changes."""
    reading = make_reading()
    first = replace(reading.reports[0], **{"reader": "test-2", **changes})
    return replace(reading, reports=(first, *reading.reports[1:]))


def test_a_decision_holds_when_the_same_is_read_again(case: Case) -> None:
    decide(case, "correct", id_of(case), place="Port Rose")
    decide(case, "reject", id_of(case, "position"))
    before = effective(case)
    read_again(case, replace(make_reading(), reports=make_reading().reports))
    assert effective(case)["reports"] == before["reports"]
    assert list(case.untied()) == []


def test_a_correction_is_tied_to_the_claim_where_the_new_reader_words_it_otherwise(case: Case) -> None:
    decide(case, "correct", id_of(case), killed=3)
    evidence = Evidence.slice(make_reading().document.text, 0, 60)
    read_again(case, reread(evidence=evidence, place="Azure", source=("Freedonia", "Sylvania", "Tyrolia")))
    (event,) = case.reports("event")
    assert (event.report.killed, event.report.place, event.state) == (3, "Azure", State.CORRECTED)
    assert list(case.untied()) == []


def test_a_correction_finds_the_reader_that_reads_it_as_corrected(case: Case) -> None:
    decide(case, "correct", id_of(case), type="AGREE")
    read_again(case, reread(type=EventType.AGREE))
    assert [event.report.type for event in case.reports("event")] == [EventType.AGREE]


@pytest.mark.parametrize("action", ["accept", "correct"])
def test_what_the_new_reader_no_longer_reads_is_kept_as_decided(case: Case, action: str) -> None:
    event = id_of(case)
    decide(case, action, event, **({"place": "Port Rose"} if action == "correct" else {}))
    decided = case.report(event)
    read_again(case, replace(make_reading(), reports=make_reading().reports[1:]))
    kept = case.report(event)
    assert (kept.report, kept.state, kept.read) == (decided.report, decided.state, None)
    decide(case, "correct", event, killed=1)
    assert case.report(event).report.killed == 1
    read_again(case, make_reading(), "test-3")
    assert case.report(event).read == make_reading().reports[0]


def test_a_rejection_that_finds_nothing_is_listed_and_comes_back_to_hold(case: Case) -> None:
    decide(case, "reject", id_of(case))
    read_again(case, reread(type=EventType.AGREE))
    assert [event.report.type for event in case.reports("event")] == [EventType.AGREE]
    assert [one.decision.action for one in case.untied()] == [Action.REJECT]
    read_again(case, make_reading(), "test-3")
    assert list(case.reports("event")) == []
    assert list(case.untied()) == []


def test_a_rejection_does_not_take_another_standing_with_it(case: Case) -> None:
    decide(case, "reject", id_of(case))
    read_again(case, reread(standing=Standing.DENIED))
    assert len(list(case.reports("event"))) == 1


def test_two_that_one_reader_told_apart_stay_two(tmp_path: Path) -> None:
    reading = make_reading()
    twin = replace(reading.reports[0], place="Port Rose")
    with filled(tmp_path / "a.case", replace(reading, reports=(*reading.reports, twin))) as case:
        for event in list(case.reports("event")):
            decide(case, "accept", event.id)
        read_again(case, reread(place="Port"))
        assert len(list(case.reports("event"))) == 2


def test_what_was_added_beside_a_like_report_stays_beside_it(case: Case) -> None:
    row = make_reading().reports[0].to_dict() | {"date": {"from": "2024-05-04", "to": "2024-05-04"}}
    add(case, **row)
    assert len(list(case.reports("event"))) == 2
    read_again(case, reread(place="Port"))
    assert len(list(case.reports("event"))) == 2


def test_decisions_made_before_a_document_is_here_hold_when_it_comes(case: Case, tmp_path: Path) -> None:
    decide(case, "correct", id_of(case), place="Port Rose")
    with filled(tmp_path / "b.case") as other:
        imported = other.import_decisions(lines_of(case))
        assert (imported.added, imported.untied) == (1, 1)
        read_again(other, make_reading("renamed"), READER)
        (event,) = other.reports("event")
        assert (event.report.place, event.state) == ("Port Rose", State.CORRECTED)
        assert list(other.untied()) == []


# Actors


def two_documents() -> tuple[Reading, Reading]:
    other = make_reading("rose", sentences=("Sylvania met the Republic of Freedonia.", "It left.", "Rain."))
    actors = tuple(
        replace(actor, key=None, name="Republic of Freedonia", mentions=("Republic of Freedonia",))
        if actor.name == "Freedonia"
        else actor
        for actor in other.actors
    )
    event = replace(other.reports[0], source=("Republic of Freedonia", "Sylvania"))
    return make_reading(), replace(other, actors=actors, reports=(event, *other.reports[1:]))


def test_merged_actors_are_one_everywhere_and_undoing_parts_them(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        before = effective(case)
        assert len(list(case.reports("event", actor="Freedonia"))) == 1
        merged = merge(case, "Freedonia", "Republic of Freedonia")
        assert len(list(case.reports("event", actor="Freedonia"))) == 2
        assert len(list(case.reports("event", actor="republic of freedonia"))) == 2
        assert len(list(case.reports("event", actor="state/FRE"))) == 2
        (actor,) = (actor for actor in case.actors() if "Freedonia" in actor.names)
        assert (actor.documents, actor.reports) == (2, 2)
        assert "Republic of Freedonia" in actor.names
        assert case.overview().actors == before["overview"].actors - 1
        with pytest.raises(UsageError, match="one actor already"):
            merge(case, "Republic of Freedonia", "Freedonia")
        case.undo(merged.decision.id, author="Anna")
        assert effective(case) == before


def test_undoing_one_of_two_merges_leaves_the_other(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        first = merge(case, "Freedonia", "Republic of Freedonia")
        merge(case, "Freedonia", "Critics")
        assert case.overview().actors == 2
        case.undo(first.decision.id, author="Anna")
        assert case.overview().actors == 3
        assert len(list(case.reports("event", actor="Freedonia"))) == 1
        assert len(list(case.reports("position", actor="Freedonia"))) == 2


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Freedonia", "Freedonia"), "one actor already"),
        (("Freedonia", "the Freedonians"), "one actor already"),
        (("Freedonia", "Nobody"), "no actor 'Nobody'"),
        (("Freedonia",), "two names or more"),
        ((), "lacks names"),
    ],
)
def test_a_merge_of_one_with_itself_or_with_nobody_is_refused(case: Case, names: Sequence[str], told: str) -> None:
    with pytest.raises(DragomanError, match=told):
        merge(case, *names)
    assert list(case.decisions()) == []


def test_a_split_makes_another_actor_of_some_documents_and_undoing_makes_them_one(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        before = effective(case)
        split = case.decide(Decision("Anna", Action.SPLIT, case.about_split("Sylvania", ["rose"])))
        assert case.overview().actors == before["overview"].actors + 1
        other = f"~sylvania~{split.decision.id[:8]}"
        assert [s.report.document for s in case.reports("event", actor=other)] == ["rose"]
        assert [s.report.document for s in case.reports("event", actor="~sylvania")] == ["azure"]
        read_again(case, two_documents()[1])
        assert [s.report.document for s in case.reports("event", actor=other)] == ["rose"]
        case.undo(split.decision.id, author="Anna")
        assert effective(case) == before


def test_who_was_split_off_answers_to_the_name_whatever_was_merged_before(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        name = "Republic of Freedonia"
        merge(case, "Freedonia", name)
        split = case.decide(Decision("Ben", Action.SPLIT, case.about_split(name, ["rose"])))
        other = f"~republic of freedonia~{split.decision.id[:8]}"
        assert case.actor(name).bases == (other,)
        assert case.actor("Freedonia").bases == ("state/FRE",)
        assert {one.report.document for one in case.reports(actor=name)} == {"rose"}
        assert {one.decision.action for one in case.untied()} == {Action.MERGE}
        case.undo(split.decision.id, author="Ben")
        assert len(case.actor(name).bases) == 2


def test_who_was_split_off_is_not_proposed_as_one_with_the_rest(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        split = case.decide(Decision("Anna", Action.SPLIT, case.about_split("Sylvania", ["rose"])))
        other = f"~sylvania~{split.decision.id[:8]}"
        assert case.merges() == ()
        with pytest.raises(
            UsageError, match=f"are told apart by decision {split.decision.id} of Anna; undo that first"
        ):
            merge(case, "~sylvania", other)


def test_a_split_that_would_leave_nothing_or_finds_nobody_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        with pytest.raises(UsageError, match="in no other document"):
            case.decide(Decision("Anna", Action.SPLIT, case.about_split("Sylvania", ["rose", "azure"])))
        with pytest.raises(UsageError, match="is no actor of azure"):
            case.decide(Decision("Anna", Action.SPLIT, case.about_split("Republic of Freedonia", ["azure"])))
        with pytest.raises(UsageError, match="no document 'no'"):
            case.about_split("Sylvania", ["no"])


def apart(case: Case, *names: str, by: str = "Anna") -> Decided:
    return case.decide(Decision(by, Action.APART, case.about_merge(names)))


def test_actors_told_apart_stay_what_they_are_and_cannot_be_merged_until_that_is_undone(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", *two_documents()) as case:
        before = effective(case)
        told = apart(case, "Freedonia", "Republic of Freedonia")
        assert effective(case) == before
        with pytest.raises(UsageError, match=f"told apart by decision {told.decision.id} of Anna"):
            merge(case, "the Freedonians", "Republic of Freedonia")
        with pytest.raises(UsageError, match="told apart already"):
            apart(case, "Republic of Freedonia", "Freedonia")
        case.undo(told.decision.id, author="Anna")
        merge(case, "Freedonia", "Republic of Freedonia")
        with pytest.raises(UsageError, match="are one actor; undo the merge"):
            apart(case, "Freedonia", "Republic of Freedonia")


def test_one_who_merges_and_one_who_tells_apart_disagree_and_the_merge_holds_until_it_is_undone(tmp_path: Path) -> None:
    pair = ("Freedonia", "Republic of Freedonia")
    with filled(tmp_path / "a.case", *two_documents()) as case, filled(tmp_path / "b.case", *two_documents()) as other:
        merged = merge(case, *pair)
        apart(other, *pair, by="Ben")
        assert case.import_decisions(lines_of(other)).untied == 0
        (conflict,) = case.conflicts()
        assert (conflict.field, {d.author for d in conflict.decisions}) == ("actors", {"Anna", "Ben"})
        assert conflict.text == "Freedonia; Republic of Freedonia"
        assert len(list(case.reports("event", actor="Freedonia"))) == 2
        case.undo(merged.decision.id, author="Ben")
        assert case.conflicts() == []
        assert len(list(case.reports("event", actor="Freedonia"))) == 1


def test_a_merge_waits_for_the_document_with_the_other_name(tmp_path: Path) -> None:
    first, second = two_documents()
    with filled(tmp_path / "a.case", first, second) as case, filled(tmp_path / "b.case", first) as other:
        merge(case, "Freedonia", "Republic of Freedonia")
        other.import_decisions(lines_of(case))
        assert [one.decision.action for one in other.untied()] == [Action.MERGE]
        read_again(other, second, READER)
        assert list(other.untied()) == []
        assert effective(other) == effective(case)


# Two people


@st.composite
def choices(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """What somebody does: who, what, on which kind of report, to which effect."""
    one = st.tuples(
        st.sampled_from(("Anna", "Ben")),
        st.sampled_from(("accept", "reject", "correct", "add", "merge", "split", "resolve", "join", "part", "undo")),
        st.sampled_from(("event", "forecast", "position")),
        st.sampled_from(("planned", "denied", "possible")),
    )
    return draw(st.lists(one, max_size=6))


def follow(case: Case, chosen: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """Carry out what can be, and return the log."""
    for by, action, kind, value in chosen:
        try:
            if action == "merge":
                merge(case, "Freedonia", "Republic of Freedonia")
            elif action == "split":
                case.decide(Decision(by, Action.SPLIT, case.about_split("Sylvania", ["rose"])))
            elif action in ("join", "part"):
                events = [case.about(stored.id) for stored in case.reports("event")]
                case.decide(Decision(by, Action(action), {"reports": events}))
            elif action == "undo":
                last = [one.decision.id for one in case.decisions() if one.stands][-1]
                case.undo(last, author=by)
            elif action == "add":
                add(case, by, document="azure", kind="forecast", what=value, evidence="The ambassador said")
            else:
                extra = {"correct": {"standing": value}, "resolve": {"outcome": "true"}}.get(action, {})
                decide(case, action, id_of(case, kind), by=by, **extra)
        except (DragomanError, IndexError, StopIteration):
            continue
    return lines_of(case)


@few
@given(choices(), choices(), choices(), st.randoms(use_true_random=False))
def test_putting_decisions_together_gives_one_record_in_whatever_order_and_however_often(
    one: Any, two: Any, three: Any, random: Any
) -> None:
    files = []
    for chosen in (one, two, three):
        with scratch(*two_documents()) as case:
            files.append(follow(case, chosen))
    with scratch(*two_documents()) as case:
        for file in files:
            case.import_decisions(file)
        together, disputes = effective(case), case.conflicts()
        again = case.import_decisions([line for file in files for line in file])
        assert again.added == 0
        assert effective(case) == together
    with scratch(*two_documents()) as case:
        mixed = [line for file in files for line in file]
        random.shuffle(mixed)
        cut = random.randint(0, len(mixed))
        case.import_decisions(mixed[cut:])
        case.import_decisions(mixed[:cut])
        assert effective(case) == together
        assert case.conflicts() == disputes


@few
@given(choices())
def test_what_one_decides_here_is_what_another_imports(chosen: Any) -> None:
    with scratch(*two_documents()) as case, scratch(*two_documents()) as other:
        other.import_decisions(follow(case, chosen))
        assert effective(other) == effective(case)


@few
@given(choices())
def test_reading_again_with_the_same_result_changes_nothing_that_was_decided(chosen: Any) -> None:
    with scratch(*two_documents()) as case:
        follow(case, chosen)
        before = effective(case)
        for reading in two_documents():
            read_again(case, reading)
        assert effective(case)["reports"] == before["reports"]
        assert effective(case)["untied"] == before["untied"]


def test_conflicts_are_shown_and_the_later_counts(case: Case) -> None:
    event, forecast = id_of(case), id_of(case, "forecast")
    decide(case, "correct", event, by="Anna", type="AGREE", place="Lima")
    decide(case, "correct", event, by="Ben", type="AID", place="Lima")
    decide(case, "reject", forecast, by="Anna")
    decide(case, "accept", forecast, by="Ben")
    conflicts = {(c.field, tuple(d.author for d in c.decisions)) for c in case.conflicts()}
    assert conflicts == {("type", ("Anna", "Ben")), ("report", ("Anna", "Ben"))}
    assert case.report(event).report.type is EventType.AID
    assert case.report(forecast).state is State.ACCEPTED
    decide(case, "correct", event, by="Anna", type="AID")
    assert [c.field for c in case.conflicts()] == ["report"]


def test_accepting_as_read_is_another_word_than_correcting_and_accepting_the_corrected_is_not(
    case: Case, tmp_path: Path
) -> None:
    event = id_of(case)
    with filled(tmp_path / "b.case", make_reading()) as other:
        decide(other, "accept", event, by="Ben")
        elsewhere = lines_of(other)
    decide(case, "correct", event, by="Anna", type="AGREE")
    decide(case, "accept", event, by="Carl")
    assert case.conflicts() == []
    (conflict,) = case.import_decisions(elsewhere).conflicts
    assert (conflict.field, conflict.reports) == ("type", (event,))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: line[:-5], "line 2 is no decision"),
        (lambda line: "[]", "not a JSON object"),
        (lambda line: line.replace('"accept"', '"nod"'), "unknown action 'nod'"),
        (lambda line: line.replace("Anna", "Olga"), "is not what it was when it was made"),
        (lambda line: "{}", "lacks author, made"),
        (lambda line: line.replace('"subject": {', '"subject": {"x": 1, "y": {'), "line 2"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_imported(case: Case, tmp_path: Path, change: Any, told: str) -> None:
    decide(case, "accept", id_of(case))
    decide(case, "accept", id_of(case, "position"))
    first, second = lines_of(case)
    with filled(tmp_path / "b.case", make_reading()) as other:
        with pytest.raises(RecordError, match=told) as error:
            other.import_decisions([first, change(second)], "anna.jsonl")
        assert "anna.jsonl line 2" in str(error.value)
        assert list(other.decisions()) == []


def made_by_hand(action: str, subject: Any, value: Any = (), author: str = "Eve") -> str:
    """A line as nobody's case would write it."""
    row = {"author": author, "made": "2024-05-04T00:00:00+00:00", "action": action, "subject": subject}
    return json.dumps(row | {"value": dict(value), "reason": ""})


def whom(*names: str, **identities: list[Any]) -> dict[str, Any]:
    return {"names": list(names), "identities": identities}


@pytest.mark.parametrize(
    ("action", "subject", "told"),
    [
        ("merge", whom("Sylvania", Sylvania=["~sylvania"]), "takes two names or more"),
        ("merge", whom("Sylvania", "Sylvania", Sylvania=["~sylvania"]), "one actor already"),
        ("merge", whom("A", "B", A=["~sylvania"], B=["~sylvania"]), "one actor already"),
        ("apart", whom("A", "A", A=["~sylvania"]), "one actor already; there is nothing to decide"),
        ("merge", whom("A", "B", A=["~a"], B=[]), "the identities behind each of its names"),
        ("merge", whom("A", "B", A=["~a"]), "the identities behind each of its names"),
        (
            "split",
            {"name": "A", "identities": [], "documents": [{"document": "a", "digest": "b"}]},
            "says the identities",
        ),
        (
            "split",
            {"name": "A", "identities": [{}], "documents": [{"document": "a", "digest": "b"}]},
            "says the identities",
        ),
    ],
)
def test_a_file_cannot_make_one_of_nobody_or_of_one(case: Case, action: str, subject: Any, told: str) -> None:
    with pytest.raises(RecordError, match=told) as error:
        case.import_decisions([made_by_hand(action, subject)], "eve.jsonl")
    assert "eve.jsonl line 1 is no decision" in str(error.value)
    assert list(case.decisions()) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("event", {"date": {"from": "2024-02-30", "to": None}}),
        ("event", {"date": {"from": "2024-05-05", "to": "2024-05-01"}}),
        ("forecast", {"horizon": {"from": None, "to": "0000-01-01"}}),
    ],
)
def test_a_file_cannot_bring_dates_that_no_calendar_has(case: Case, kind: str, value: Any) -> None:
    line = made_by_hand("correct", case.about(id_of(case, kind)), value)
    with pytest.raises(RecordError, match=r"line 1 is no decision: .*; nothing was imported"):
        case.import_decisions([line], "eve.jsonl")


def test_a_file_that_is_nested_too_deep_is_told_by_its_line(case: Case) -> None:
    with pytest.raises(RecordError, match="line 2 is nested too deep"):
        case.import_decisions(["", "[" * 100_000], "eve.jsonl")


def test_a_name_of_what_cannot_be_printed_is_no_author(case: Case) -> None:
    with pytest.raises(RecordError, match="a name on one line"):
        decide(case, "accept", id_of(case), by="Eve\x1b[2J")
    line = made_by_hand("accept", case.about(id_of(case)), author="Eve\nAnna")
    with pytest.raises(RecordError, match="a name on one line"):
        case.import_decisions([line], "eve.jsonl")


def test_what_comes_from_the_future_is_refused(case: Case, tmp_path: Path) -> None:
    decision = Decision("Anna", Action.REJECT, case.about(id_of(case)), made="2999-01-01T00:00:00+00:00")
    with pytest.raises(RecordError, match="which is to come"):
        case.import_decisions([json.dumps(decision.to_dict())])


def test_a_report_keeps_its_row(case: Case) -> None:
    rows = dict(case._conn.exec_driver_sql("SELECT id, pk FROM reports").fetchall())
    decide(case, "correct", id_of(case), killed=1)
    assert dict(case._conn.exec_driver_sql("SELECT id, pk FROM reports").fetchall()) == rows


# Occurrences


def test_reports_are_put_together_and_parted_and_undoing_takes_it_back(tmp_path: Path) -> None:
    first, second = two_documents()
    second = replace(second, reports=(replace(second.reports[0], date=None, place="Lima"), *second.reports[1:]))
    with filled(tmp_path / "a.case", first, second) as case:
        one, other = (report.id for report in case.reports("event"))

        def occurrences() -> list[int]:
            return sorted(occurrence.number for occurrence in case.occurrences())

        assert occurrences() == [1, 1]
        subject = {"reports": [case.about(one), case.about(other)]}
        joined = case.decide(Decision("Anna", Action.JOIN, subject))
        assert occurrences() == [2]
        read_again(case, second)
        assert occurrences() == [2]
        case.decide(Decision("Ben", Action.PART, subject))
        assert occurrences() == [1, 1]
        assert [conflict.field for conflict in case.conflicts()] == ["occurrence"]
        case.undo(list(case.decisions())[-1].decision.id, author="Ben")
        assert occurrences() == [2]
        case.undo(joined.decision.id, author="Anna")
        assert occurrences() == [1, 1]
