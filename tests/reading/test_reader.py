"""Reading whole texts: offsets, determinism, hostile input, and one article's worth of sense."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import read_text
from dragoman.record import DateRange, Event, EventType, Kind, Reading, Standing

ARTICLE = """Envoys meet in Lima

Peru's foreign minister, Ana Reyes, met the Chilean president in Lima on Monday. "We will not recognise the junta," \
Reyes said.

The army attacked the town of Puno on Tuesday, killing 12 people, according to Amnesty International. \
Chile condemned the attack and urged Peru to withdraw its troops from the border.
"""
FRAGMENTS = st.sampled_from(
    ["Kabul said", "“", "”", "'", '"', "(", ")", " — ", "\n", "\n\n", "KABUL, Nov. 27", "attacked",
     "Москва заявила", "ابراهيم", "🙂", "will not", "if", "the minister", "12 killed", "|", "\t", "on Monday",
     "e\u0301", "x" * 200, ".", "?", ",", "and", "Turkey’s"]
)  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(ARTICLE, published="2024-05-08", packs=())


def events(reading: Reading, kind: EventType) -> list[Event]:
    return [r for r in reading.reports if isinstance(r, Event) and r.type is kind]


def test_every_piece_of_evidence_is_an_exact_slice(reading: Reading) -> None:
    assert reading.reports
    assert all(ARTICLE[r.evidence.start : r.evidence.end] == r.evidence.text for r in reading.reports)


def test_the_same_text_gives_the_same_record(reading: Reading) -> None:
    assert read_text(ARTICLE, published="2024-05-08", packs=()) == reading


def test_an_attack_has_its_place_date_and_toll(reading: Reading) -> None:
    attacks = [e for e in events(reading, EventType.ASSAULT) if e.killed is not None]
    assert attacks
    assert {e.killed for e in attacks} == {12}
    assert any(e.place and "Puno" in e.place and e.date and e.date.start == "2024-05-07" for e in attacks)


def test_a_meeting_has_both_sides(reading: Reading) -> None:
    assert any({"Ana Reyes"} <= set(e.source) for e in events(reading, EventType.CONSULT))


def test_what_is_asked_for_is_not_told_as_done(reading: Reading) -> None:
    assert all(e.standing is not Standing.ACTUAL for e in events(reading, EventType.RETREAT))


def test_reports_carry_frame_reader_and_confidence(reading: Reading) -> None:
    assert all(r.frame and r.reader and 0 < r.confidence <= 1 for r in reading.reports)


def test_furniture_is_not_read() -> None:
    text = "Chile condemned the attack on Peru.\n\nShare this article\n\nSubscribe to our newsletter\n"
    reading = read_text(text, packs=())
    assert all(r.evidence.end <= text.index("Share") for r in reading.reports)


@pytest.mark.parametrize(
    "text",
    ["Omar Haddad drove Ana Reyes out of the valley.", "Zerunia seized power in the summer."],
)
def test_who_acts_or_is_acted_on_is_not_where_it_happens(text: str) -> None:
    told = [r for r in read_text(text, published="2024-05-08", packs=()).reports if isinstance(r, Event)]
    assert told
    assert all(event.place not in {*event.source, *event.target} for event in told)


@pytest.mark.parametrize(("one", "other"), [("Peru", "Chile"), ("Zerunia", "Marvania"), ("Peru", "Latveria")])
def test_a_state_that_no_pack_knows_is_read_as_the_known_ones_are(one: str, other: str) -> None:
    reading = read_text(f"{one} deported four families to {other}.", published="2024-05-08", packs=())
    assert {str(a.kind) for a in reading.actors if a.name in {one, other}} == {"state"}
    visit = next(r for r in read_text(f"{one} paid a visit to {other}.", packs=()).reports if isinstance(r, Event))
    assert (visit.source, visit.target, visit.place) == ((one,), (other,), other)


def test_an_event_may_have_its_date_from_the_story_and_says_so() -> None:
    text = "The envoys met in Lima on Monday. They visited the border. They agreed to go on with the talks."
    dated = [r for r in read_text(text, published="2024-05-08", packs=()).reports if isinstance(r, Event)]
    told = [e for e in dated if any(reason.startswith("date: ") for reason in e.why)]
    assert told
    assert {e.date for e in told} == {DateRange.on("2024-05-06")}


def test_an_empty_text_is_read_as_empty() -> None:
    assert read_text("", packs=()).reports == ()


@given(st.lists(FRAGMENTS, max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mangled_text_never_breaks_reading(parts: list[str]) -> None:
    text = "Kabul said it would free them. " + " ".join(parts)
    reading = read_text(text, published="2023-12-22", packs=())
    assert all(text[r.evidence.start : r.evidence.end] == r.evidence.text for r in reading.reports)
    assert {r.kind for r in reading.reports} <= set(Kind)
