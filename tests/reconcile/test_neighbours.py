"""Neighbours are those whom type, standing and dates leave: none that may be of one happening is missed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile.likeness import is_contradictory
from dragoman.reconcile.neighbours import Neighbours
from dragoman.reconcile.tellings import Days, Telling
from dragoman.record import EventType, Standing

from .test_gathering import FRIDAY, tell

days = st.none() | st.builds(
    lambda first, width, told: Days(first, first + width, told),
    st.integers(FRIDAY, FRIDAY + 14),
    st.sampled_from((0, 0, 0, 1, 7, 31)),
    st.booleans(),
)
tellings = st.builds(
    tell,
    id=st.text("0123456789abcdef", min_size=4, max_size=4),
    type=st.sampled_from((EventType.CONSULT, EventType.AGREE, EventType.ASSAULT)),
    days=days,
    standing=st.sampled_from(Standing),
)


@given(st.lists(tellings, max_size=8), tellings)
def test_nearby_are_all_that_are_not_contradictory_and_no_others(others: list[Telling], one: Telling) -> None:
    """These differ in type, standing and dates alone, so that nothing else can contradict."""
    expected = [number for number, other in enumerate(others) if not is_contradictory(one, other)]
    assert sorted(Neighbours(enumerate(others)).near(one)) == expected
