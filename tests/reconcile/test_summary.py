"""What an occurrence says is never stronger than its reports, and where they disagree is told."""

from __future__ import annotations

import pytest

from dragoman.reconcile.disputes import COMPARED, accounts, opposed, sides_of
from dragoman.reconcile.summary import Witness, accounts_of, sum_up
from dragoman.record import DateRange, Evidence, Position, Stance, Standing
from dragoman.record.occurrence import Matter, Told


def witness(id: str = "r1", **facts: object) -> Witness:
    """A report of an attack with nine dead."""
    values: dict[str, object] = {
        "document": f"doc-{id}",
        "start": 0,
        "end": 60,
        "story": sum(id.encode()),
        "teller": f"outlet-{id}",
        "published": "2024-05-04",
        "type": "ASSAULT",
        "standing": Standing.ACTUAL,
        "voice": (),
        "date": DateRange.on("2024-05-03"),
        "place": "Herat",
        "killed": 9,
        "injured": None,
        "people": (("source", "Black Banner"),),
    }
    return Witness(id=id, **{**values, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([], Told.ONE, id="alone"),
        pytest.param([{"teller": "outlet-r1"}], Told.ONE, id="again by the same source"),
        pytest.param([{}], Told.SEVERAL, id="by another source"),
        pytest.param([{"voice": ("police",)}], Told.ONE, id="and once as somebody's word"),
        pytest.param([{"standing": Standing.PLANNED}], Told.ONE, id="planned before"),
        pytest.param([{"standing": Standing.DENIED}], Told.DISPUTED, id="and denied"),
        pytest.param([{"killed": 20}], Told.DISPUTED, id="with another figure"),
    ],
)
def test_status_of_what_is_told_plainly(others: list[dict[str, object]], expected: Told) -> None:
    assert sum_up([witness(), *(witness(f"r{n}", **facts) for n, facts in enumerate(others, 2))]).status is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"voice": ("police",)}, Told.CLAIMED),
        ({"standing": Standing.DENIED}, Told.DENIED),
        ({"standing": Standing.PLANNED}, Told.PLANNED),
        ({"standing": Standing.DEMANDED}, Told.ASKED),
        ({"standing": Standing.POSSIBLE}, Told.POSSIBLE),
        ({"standing": Standing.CONDITIONAL}, Told.POSSIBLE),
    ],
)
def test_what_nobody_tells_as_a_fact_is_none(facts: dict[str, object], expected: Told) -> None:
    assert sum_up([witness(**facts), witness("r2", **facts)]).status is expected


def test_the_narrowest_date_and_the_figure_of_most_sources_are_best() -> None:
    found = sum_up([witness(date=DateRange.on("2024-05"), killed=20), witness("r2"), witness("r3")])
    assert (found.date, found.day, found.killed) == (DateRange.on("2024-05-03"), "2024-05-03", 9)


def test_of_two_figures_told_by_as_many_the_latest_is_best() -> None:
    assert sum_up([witness(), witness("r2", killed=12, published="2024-05-06")]).killed == 12


@pytest.mark.parametrize(
    ("facts", "matter"),
    [
        ({"killed": 20}, Matter.KILLED),
        ({"date": DateRange.on("2024-05-02")}, Matter.DATE),
        ({"place": "Kandahar"}, Matter.PLACE),
        ({"people": (("source", "Red Dawn"),)}, Matter.DOER),
        ({"standing": Standing.DENIED}, Matter.STANDING),
    ],
)
def test_reports_that_do_not_agree_are_a_dispute(facts: dict[str, object], matter: Matter) -> None:
    assert sum_up([witness(), witness("r2", **facts)]).disputes == (matter,)


@pytest.mark.parametrize("facts", [{"date": DateRange.on("2024")}, {"place": "Afghanistan"}, {"killed": None}])
def test_reports_that_tell_less_are_no_dispute(facts: dict[str, object]) -> None:
    assert sum_up([witness(), witness("r2", **facts)]).disputes == ()


def test_accounts_give_the_reports_behind_each_value() -> None:
    found = {(a.field, a.value): a for a in accounts_of([witness(), witness("r2", killed=20), witness("r3")])}
    assert found["killed", "9"].reports == ("r1", "r3")
    assert (found["killed", "9"].documents, found["killed", "9"].sources) == (2, 2)
    assert found["source", "Black Banner"].reports == ("r1", "r2", "r3")


def test_opposite_stances_of_one_holder_contradict_mixed_ones_do_not() -> None:
    def side(stance: Stance, standing: Standing = Standing.ACTUAL) -> tuple[str, str]:
        report = Position(
            document="d",
            evidence=Evidence(0, 1, "x"),
            holder=("Peru",),
            stance=stance,
            about="it",
            issue="recognition",
            standing=standing,
        )
        ((key, told),) = accounts(report, {"Peru": "state/PER"})
        return key, told

    key, support = side(Stance.SUPPORT)
    assert key == side(Stance.OPPOSE)[0]
    here, there = [witness("r1")], [witness("r2")]
    assert opposed({support: here, side(Stance.OPPOSE)[1]: there})
    assert opposed({support: here, side(Stance.SUPPORT, Standing.DENIED)[1]: there})
    assert not opposed({support: here, side(Stance.MIXED)[1]: there})


def test_a_sentence_that_stands_on_both_sides_tells_neither() -> None:
    both, part = witness("r1"), witness("r2", document="doc-r1", start=20)
    after = witness("r3", document="doc-r1", start=61, end=90)
    other = witness("r4")
    assert not opposed({"support": [both], "oppose": [both, part]})
    assert not opposed({"support": [both], "oppose": [part, other]})
    assert opposed({"support": [both], "oppose": [after]}) == {"support": [both], "oppose": [after]}
    assert opposed({"support": [both, other], "oppose": [part, after]}) == {"support": [other], "oppose": [after]}


def test_copies_alone_make_no_dispute_of_accounts() -> None:
    original, copy = witness("r1", story=1), witness("r2", story=1)
    assert not opposed({"support": [original], "oppose": [copy]})
    assert opposed({"support": [original], "oppose": [copy, witness("r3", story=2)]})


def test_a_claim_is_denied_in_another_sentence_or_by_another_voice_and_not_by_copies_alone() -> None:
    claim = {"document": "doc-r1", "story": 1, "voice": ("Norland",)}
    denial = claim | {"standing": Standing.DENIED}
    other = witness("r3", **claim | {"start": 61, "end": 90})
    assert sum_up([witness(**claim), witness("r2", **denial)]).disputes == ()
    assert sum_up([witness(**claim), witness("r2", **denial), other]).disputes == ()
    assert sum_up([witness(**claim), witness("r2", **denial | {"document": "doc-r2"})]).disputes == ()
    assert sum_up([witness(**claim), witness("r2", **denial | {"document": "doc-r2", "story": 2})]).disputes != ()
    assert sum_up([witness(**claim), witness("r2", **denial | {"voice": ("Suthia",)}), other]).disputes != ()


def test_one_sentence_alone_is_no_dispute_within_an_occurrence() -> None:
    here = {"document": "d", "start": 0, "end": 60}
    again = here | {"killed": 20, "place": "Kandahar"}
    assert sum_up([witness(**here), witness("r2", **again)]).disputes == ()
    assert sum_up([witness(**here), witness("r2", **again | {"start": 61, "end": 90})]).disputes != ()


def test_many_places_are_compared_with_those_that_most_reports_tell() -> None:
    alone = [witness(f"n{n}", place=f"Nowhere {n}") for n in range(COMPARED)]
    told_most = [witness("r1"), witness("r2")]
    found = sides_of(Matter.PLACE, [*alone, *told_most, witness("last", place="Vienna")])
    assert list(found) == ["Herat", "Vienna"]
