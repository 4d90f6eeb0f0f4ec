"""Dates that a story carries on from one sentence to the next."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.circumstances.carrying import carry_dates
from dragoman.record import DateRange, Event, EventType, Evidence, Span, Standing

DAY = DateRange.on("2024-11-22")
SENTENCES = tuple(Span(10 * n, 10 * n + 9) for n in range(12))


def event(
    sentence: int,
    date: DateRange | None = None,
    *,
    type: EventType = EventType.CONSULT,
    source: tuple[str, ...] = ("Oman",),
    standing: Standing = Standing.ACTUAL,
    place: str | None = None,
) -> Event:
    return Event(
        document="d",
        evidence=Evidence(10 * sentence, 10 * sentence + 4, "text"),
        standing=standing,
        type=type,
        source=source,
        date=date,
        place=place,
    )


def test_the_same_kind_of_act_soon_after_goes_on_from_the_dated_one() -> None:
    first, second = carry_dates([event(0, DAY), event(2, source=("Iran",))], SENTENCES)
    assert first.date == second.date == DAY


def test_another_act_of_the_same_actor_goes_on_from_the_dated_one() -> None:
    assert carry_dates([event(0, DAY), event(1, type=EventType.ACCUSE)], SENTENCES)[1].date == DAY


def test_another_act_of_another_actor_stays_undated() -> None:
    later = event(1, type=EventType.ACCUSE, source=("Iran",))
    assert carry_dates([event(0, DAY), later], SENTENCES)[1].date is None


def test_a_planned_act_does_not_take_the_day_of_a_past_one() -> None:
    assert carry_dates([event(0, DAY), event(1, standing=Standing.PLANNED)], SENTENCES)[1].date is None


def test_a_mere_year_is_background_and_is_not_carried() -> None:
    assert carry_dates([event(0, DateRange.on("2019")), event(1)], SENTENCES)[1].date is None


def test_a_date_fades_after_three_sentences_unless_carried_on() -> None:
    assert carry_dates([event(0, DAY), event(4)], SENTENCES)[1].date is None
    assert carry_dates([event(0, DAY), event(3), event(5)], SENTENCES)[2].date == DAY


def test_the_same_kind_of_act_at_the_same_place_is_the_same_one_told_again() -> None:
    month = DateRange.on("2024-11")
    events = [event(0, month, place="Doha"), event(9, source=("Iran",), place="Doha"), event(9, place="Sur")]
    assert [e.date for e in carry_dates(events, SENTENCES)] == [month, month, None]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=8))
def test_carrying_changes_dates_only_and_never_a_told_one(places: list[tuple[int, bool]]) -> None:
    events = [event(n, DAY if is_dated else None) for n, is_dated in sorted(places)]
    carried = carry_dates(events, SENTENCES)
    assert [e.evidence for e in carried] == [e.evidence for e in events]
    assert all(after.date == before.date for before, after in zip(events, carried, strict=True) if before.date)
    assert carry_dates(carried, SENTENCES) == carried
