"""Which tellings are of one happening, why, and that nothing depends on the order in which they came."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reconcile.gathering import LINK, MOST, Pair, components, gather
from dragoman.reconcile.likeness import is_contradictory, judge
from dragoman.reconcile.places import Place, compare_places
from dragoman.reconcile.tellings import Days, Telling, days_of, is_named, words_near
from dragoman.record import DateRange, EventType, Standing

FRIDAY = date(2024, 5, 3).toordinal()


def tell(id: str = "a", **facts: object) -> Telling:
    """A meeting of two states in Vienna on a Friday, told by a document of its own; ``facts`` replace its fields."""
    values: dict[str, object] = {
        "document": f"doc-{id}",
        "word": "met",
        "type": EventType.CONSULT,
        "source": frozenset({"state/NOR", "state/SUT"}),
        "days": Days(FRIDAY, FRIDAY),
        "places": ("Vienna",),
    }
    return Telling(id=id, **{**values, **facts})  # type: ignore[arg-type]


def gathered(*tellings: Telling, **decided: object) -> tuple[tuple[str, ...], ...]:
    """The occurrences of tellings, each pair judged."""
    links: dict[Pair, float] = {}
    for a, b in combinations(sorted(tellings, key=lambda t: t.id), 2):
        likeness = judge(a, b)
        if likeness is not None and likeness.score >= LINK:
            links[a.id, b.id] = likeness.score
    return gather({t.id: t for t in tellings}, links, **decided)  # type: ignore[arg-type]


def test_one_meeting_told_twice_is_one_occurrence_and_says_why() -> None:
    first, second = tell("a"), tell("b", word="talks", source=frozenset({"state/SUT", "state/NOR"}))
    likeness = judge(first, second)
    assert likeness is not None
    assert likeness.why[:2] == ("same type", "2 of 2 parties")
    assert "same day" in likeness.why
    assert gathered(first, second) == (("a", "b"),)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"days": Days(FRIDAY + 7, FRIDAY + 7)}, id="a week later"),
        pytest.param({"source": frozenset({"state/NOR", "state/EST"})}, id="with another state"),
        pytest.param({"places": ("Paris",)}, id="in another country"),
        pytest.param({"type": EventType.SANCTION}, id="another sort of act"),
        pytest.param({"standing": Standing.DEMANDED}, id="only asked for"),
    ],
)
def test_what_looks_alike_and_is_not_the_same_stays_apart(facts: dict[str, object]) -> None:
    assert gathered(tell("a"), tell("b", **facts)) == (("a",), ("b",))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"days": Days(FRIDAY + 1, FRIDAY + 1)}, id="told of the next day"),
        pytest.param({"places": ("Austria",)}, id="by its country"),
        pytest.param({"standing": Standing.PLANNED}, id="planned before"),
        pytest.param({"standing": Standing.DENIED}, id="and denied"),
    ],
)
def test_what_is_told_differently_is_still_the_same(facts: dict[str, object]) -> None:
    assert gathered(tell("a"), tell("b", **facts)) == (("a", "b"),)


def test_an_act_that_is_asked_for_is_not_the_act() -> None:
    assert is_contradictory(tell("a"), tell("b", standing=Standing.DEMANDED))


def test_an_attack_blamed_on_two_is_one_where_place_and_day_are_the_same() -> None:
    attack = {"type": EventType.ASSAULT, "word": "bombing", "target": frozenset[str]()}
    one = tell("a", source=frozenset({"~black banner"}), killed=9, **attack)
    other = tell("b", source=frozenset({"~red dawn"}), killed=9, **attack)
    assert not is_contradictory(one, other)
    assert is_contradictory(one, tell("b", source=frozenset({"~red dawn"}), **attack | {"places": ()}))


def kill(id: str, **facts: object) -> Telling:
    """Gunmen who killed people somewhere on Friday, as a document of its own tells."""
    nameless: dict[str, object] = {"source": frozenset({"?gunmen"}), "target": frozenset({"?people"}), "places": ()}
    return tell(id, **{"type": EventType.ASSAULT, "word": "killed", **nameless, **facts})


def test_gunmen_of_two_documents_are_not_the_same_gunmen() -> None:
    in_may = {"days": Days(FRIDAY - 2, FRIDAY + 28)}
    assert gathered(kill("a"), kill("b", **in_may)) == (("a",), ("b",))
    assert gathered(kill("a", killed=80, places=("Opera House",)), kill("b", killed=3, places=("Bank",))) == (
        ("a",),
        ("b",),
    )
    named = {"source": frozenset({"~black banner"})}
    assert gathered(kill("a", **named), kill("b", **named, **in_may)) == (("a", "b"),)


def test_gunmen_nobody_names_may_be_one_by_day_and_place_and_are_in_one_document() -> None:
    assert gathered(kill("a", places=("Bank",)), kill("b", places=("Bank",))) == (("a", "b"),)
    in_may = {"days": Days(FRIDAY - 2, FRIDAY + 28), "document": "one", "standing": Standing.DENIED}
    assert gathered(kill("a", document="one"), kill("b", **in_may)) == (("a", "b"),)


def test_those_without_a_name_are_told_as_such() -> None:
    likeness = judge(kill("a"), kill("b"))
    assert likeness is not None
    assert likeness.why[:2] == ("same type", "2 of 2 parties, not by name")


@pytest.mark.parametrize(
    ("name", "named"),
    [("gunmen", False), ("20 people", False), ("Afghan women", True), ("Black Banner", True), ("طالبان", True)],
)
def test_a_name_has_a_capital_where_the_script_has_any(name: str, named: bool) -> None:
    assert is_named(name) is named


def test_a_person_has_the_last_word() -> None:
    tellings = tell("a"), tell("b"), tell("c", source=frozenset({"state/CAL"}), days=Days(FRIDAY + 90, FRIDAY + 90))
    assert gathered(*tellings, joined=[("a", "c")], apart=[("a", "b")]) == (("a", "c"), ("b",))


def test_the_first_published_comes_first() -> None:
    assert gathered(tell("a", published=FRIDAY + 2), tell("b", published=FRIDAY)) == (("b", "a"),)


def test_an_undated_act_lies_in_the_days_before_it_was_published_a_planned_one_after() -> None:
    day = date(2024, 5, 4).toordinal()
    assert days_of(None, Standing.ACTUAL, "2024-05-04") == Days(day - 7, day, told=False)
    assert days_of(None, Standing.PLANNED, "2024-05-04") == Days(day, day + 7, told=False)
    assert days_of(None, Standing.ACTUAL, None) is None


@given(st.dates(), st.sampled_from((4, 7, 10)), st.sampled_from((4, 7, 10)))
def test_a_date_that_contains_another_has_all_its_days(day: date, wide: int, narrow: int) -> None:
    iso = day.isoformat()
    outer, inner = (days_of(DateRange.on(iso[:n]), Standing.ACTUAL, None) for n in sorted((wide, narrow)))
    assert outer is not None
    assert inner is not None
    assert outer.first <= inner.first <= day.toordinal() <= inner.last <= outer.last


def test_words_near_the_trigger_leave_out_it_and_small_words() -> None:
    assert words_near("met", "The ministers of both met in Vienna.") == {"minist", "both", "vienna"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kandahar", "the Kandahar", Place.SAME),
        ("Kandahar", "Afghanistan", Place.WITHIN),
        ("Barmal", "Barmal district of Paktika", Place.WITHIN),
        ("Kandahar", "Herat", Place.NEAR),
        ("Kandahar", "Vienna", Place.APART),
        ("New Kabul Bank", "Herat", Place.UNKNOWN),
    ],
)
def test_places_are_compared_by_the_gazetteer(one: str, other: str, expected: Place) -> None:
    assert compare_places((one,), (other,)) is expected
    assert compare_places((other,), (one,)) is expected


parties = st.frozensets(st.sampled_from(("state/A", "state/B", "~c", "?d")), max_size=3)
some_tellings = st.builds(
    tell,
    id=st.text("0123456789abcdef", min_size=4, max_size=4),
    published=st.integers(FRIDAY, FRIDAY + 4) | st.none(),
    word=st.sampled_from(("met", "talks", "attack", "")),
    type=st.sampled_from((EventType.CONSULT, EventType.AGREE, EventType.ASSAULT)),
    source=parties,
    target=parties,
    days=st.builds(lambda day, width: Days(day, day + width), st.integers(FRIDAY, FRIDAY + 5), st.integers(0, 2)),
    places=st.sampled_from(((), ("Vienna",), ("Graz",), ("Paris",))),
    standing=st.sampled_from(Standing),
)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.lists(some_tellings, max_size=9, unique_by=lambda t: t.id))
def test_gathering_puts_each_telling_in_one_occurrence_whatever_the_order(
    data: st.DataObject, tellings: list[Telling]
) -> None:
    found = gathered(*tellings)
    assert sorted(id for ids in found for id in ids) == sorted(t.id for t in tellings)
    assert gathered(*data.draw(st.permutations(tellings))) == found


@settings(deadline=None)
@given(some_tellings, some_tellings)
def test_judging_is_the_same_from_either_side(one: Telling, other: Telling) -> None:
    there, back = judge(one, other), judge(other, one)
    assert (there is None) == (back is None)
    assert there is None or back is None or there.score == back.score


def test_a_component_that_is_too_large_falls_apart_at_its_weakest_links() -> None:
    links = {("a", "b"): 2.0, ("b", "c"): 1.0, ("c", "d"): 3.0}
    assert components("abcd", links) == (("a", "b", "c", "d"),)
    strongest_first = sorted(links, key=lambda pair: -links[pair])
    assert components("abcd", strongest_first, most=3) == (("a", "b"), ("c", "d"))
    many = {f"{n:04}": tell(f"{n:04}") for n in range(MOST + 1)}
    found = gather(many, dict.fromkeys(combinations(many, 2), 1.0))
    assert [len(ids) for ids in found] == [MOST, 1]
