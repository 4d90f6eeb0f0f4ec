"""Laws of dates: ranges never run backwards, mentions stay in bounds and in order, any text is survived."""

from __future__ import annotations

from datetime import date

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.circumstances.calendar import first_day, last_day, of_day, of_unit, shift
from dragoman.reading.circumstances.dates import find_dates
from dragoman.reading.circumstances.timex import PHRASES

NLP = spacy.blank("en")
UNITS = st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century"])
DAYS = st.dates(min_value=date(1700, 1, 1), max_value=date(2400, 12, 31))
PIECES = st.sampled_from(
    [phrase.fires for phrase in PHRASES]
    + [
        "from",
        "to",
        "between",
        "and",
        "since",
        "until",
        "by",
        "the",
        "in",
        "on",
        ",",
        ".",
        "31 February",
        "0 May",
        "1 to",
    ]
)


@settings(deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), DAYS))
def test_any_text_is_survived(text: str, day: date | None) -> None:
    find_dates(NLP(text), day.isoformat() if day else None)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12), DAYS)
def test_mentions_are_ordered_disjoint_and_in_bounds(pieces: list[str], day: date) -> None:
    doc = NLP(" ".join(pieces))
    mentions = find_dates(doc, day.isoformat())
    edges = [edge for m in mentions for edge in (m.start, m.end)]
    assert edges == sorted(edges)
    assert all(0 <= m.start <= m.head < m.end <= len(doc) for m in mentions)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12), DAYS)
def test_ranges_do_not_run_backwards(pieces: list[str], day: date) -> None:
    for mention in find_dates(NLP(" ".join(pieces)), day.isoformat()):
        if mention.range.start and mention.range.end:
            assert first_day(mention.range) <= last_day(mention.range)


@settings(deadline=None)
@given(DAYS, UNITS)
def test_a_unit_holds_the_day_that_it_is_taken_around(day: date, unit: str) -> None:
    whole = of_unit(day, unit)
    assert first_day(whole) <= day <= last_day(whole)


@settings(deadline=None)
@given(DAYS, UNITS, st.integers(min_value=-10, max_value=10))
def test_stepping_forward_goes_forward(day: date, unit: str, count: int) -> None:
    assert (shift(day, count, unit) > day) == (count > 0) or count == 0


@settings(deadline=None)
@given(DAYS)
def test_a_planted_day_is_found_in_noise(day: date) -> None:
    text = f"Envoys of both sides, so we hear, sat down on {day.day} {day:%B} {day.year} and rose late."
    found = [m.range for m in find_dates(NLP(text), None)]
    assert found == ([of_day(day)] if 1800 <= day.year < 2100 else [])
