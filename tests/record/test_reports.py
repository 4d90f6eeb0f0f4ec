"""The record's types: what can be built, what cannot, and that the exchange form loses nothing."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DragomanError, RecordError
from dragoman.record import (
    Actor,
    ActorKind,
    Commitment,
    DateRange,
    Document,
    Event,
    EventType,
    Evidence,
    Forecast,
    Likelihood,
    Position,
    Predicate,
    Reading,
    Relation,
    Report,
    Role,
    Span,
    Stance,
    Standing,
    Status,
    Step,
    parse_jsonl,
    report_from_dict,
)
from dragoman.record.vocabulary import Direction

NAMES = st.lists(st.text(min_size=1, max_size=12), max_size=3).map(tuple)
WORDS = st.text(max_size=20)
DATES = st.dates().map(lambda d: DateRange.on(d.isoformat()))


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    text = draw(st.text(min_size=1, max_size=40))
    start = draw(st.integers(0, len(text) - 1))
    return Evidence.slice(text, start, draw(st.integers(start + 1, len(text))))


def reports() -> st.SearchStrategy[Report]:
    shared = {
        "document": st.just("a"),
        "evidence": evidences(),
        "voice": NAMES,
        "standing": st.sampled_from(Standing),
        "frame": WORDS,
        "confidence": st.integers(0, 10_000).map(lambda n: n / 10_000),
        "why": NAMES,
    }
    toll = st.none() | st.integers(0, 1000)
    return st.one_of(
        st.builds(
            Event,
            **shared,
            type=st.sampled_from(EventType),
            source=NAMES,
            target=NAMES,
            date=st.none() | DATES,
            place=st.none() | st.text(min_size=1, max_size=9),
            killed=toll,
            injured=toll,
            others=st.dictionaries(st.sampled_from(Role), NAMES, max_size=2).map(lambda d: tuple(d.items())),
        ),
        st.builds(
            Position, **shared, holder=NAMES, stance=st.sampled_from(Stance), about=WORDS, issue=st.none() | WORDS
        ),
        st.builds(
            Step,
            **shared,
            by=NAMES,
            toward=NAMES,
            rung=WORDS,
            direction=st.sampled_from(Direction),
            date=st.none() | DATES,
        ),
        st.builds(
            Commitment,
            **shared,
            by=NAMES,
            to=NAMES,
            instrument=st.none() | WORDS,
            what=WORDS,
            status=st.sampled_from(Status),
        ),
        st.builds(
            Forecast, **shared, by=NAMES, what=WORDS, likelihood=st.sampled_from(Likelihood), horizon=st.none() | DATES
        ),
        st.builds(
            Relation,
            **shared,
            subject=st.text(min_size=1, max_size=9),
            predicate=st.sampled_from(Predicate),
            object=st.text(min_size=1, max_size=9),
            title=st.none() | st.text(min_size=1, max_size=9),
            former=st.booleans(),
        ),
    )


@given(reports())
def test_a_report_comes_back_from_its_exchange_form(report: Report) -> None:
    row = json.loads(json.dumps(report.to_dict()))
    assert report_from_dict(row) == report


@given(reports(), st.text(max_size=5), st.floats(0, 1))
def test_the_id_does_not_depend_on_how_a_report_was_read(report: Report, frame: str, confidence: float) -> None:
    row = report.to_dict() | {"frame": frame, "confidence": confidence, "reader": "another/9"}
    assert report_from_dict(row).id == report.id


@given(reports())
def test_another_standing_is_another_report(report: Report) -> None:
    other = next(s for s in Standing if s is not report.standing)
    assert report_from_dict(report.to_dict() | {"standing": str(other)}).id != report.id


@given(st.text(min_size=1), st.data())
def test_evidence_is_the_slice_that_it_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = Evidence.slice(text, start, end)
    assert evidence.text == text[evidence.start : evidence.end]
    assert Evidence.from_dict(evidence.to_dict()) == evidence


@pytest.mark.parametrize(("start", "end", "text"), [(3, 3, ""), (5, 4, "a"), (-1, 2, "abc"), (0, 2, "abc")])
def test_impossible_evidence_cannot_be_built(start: int, end: int, text: str) -> None:
    with pytest.raises(RecordError):
        Evidence(start, end, text)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), ("2023-02-14", "2023-01"), ("23 May", None), ("2023-13", None)]
)
def test_impossible_dates_cannot_be_built(start: str | None, end: str | None) -> None:
    with pytest.raises(RecordError):
        DateRange(start, end)


def test_a_range_may_be_open_and_of_unequal_precision() -> None:
    assert DateRange("2023", "2023-11-02").to_dict() == {"from": "2023", "to": "2023-11-02"}
    assert DateRange(None, "2024").start is None


def test_furniture_beyond_the_text_is_refused() -> None:
    with pytest.raises(RecordError, match="past the end"):
        Document("a", "short", furniture=(Span(2, 9),))


def test_an_unknown_value_is_named_with_what_is_allowed() -> None:
    row = {"document": "a", "kind": "event", "evidence": {"start": 0, "end": 1, "text": "x"}, "type": "CONSLUT"}
    with pytest.raises(RecordError, match=r"report of a: unknown event type 'CONSLUT'; allowed are AGREE"):
        report_from_dict(row)


def test_a_reading_travels_as_lines_and_a_bad_line_is_named() -> None:
    event = Event(document="a", evidence=Evidence.slice("They met.", 0, 9), type=EventType.CONSULT)
    actor = Actor("Peru", ActorKind.STATE, ("Peru", "Lima"))
    lines = Reading(Document("a", "They met."), actors=(actor,), reports=(event,)).to_jsonl().splitlines()
    meta, actors, report = parse_jsonl(lines)
    assert isinstance(meta, dict)
    assert meta["meta"]["published"] is None
    assert isinstance(actors, dict)
    assert Actor.from_dict(actors["actors"][0]) == actor
    assert report == event
    with pytest.raises(RecordError, match=r"notes\.jsonl line 2"):
        list(parse_jsonl([lines[0], '{"document": "a", "kind": "evnt"}'], "notes.jsonl"))


def test_errors_survive_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(RecordError("a sentence")))
    assert isinstance(error, DragomanError)
    assert str(error) == "a sentence"
