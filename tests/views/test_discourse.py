"""Discourse networks against examples worked out by hand, and their laws; coalitions, and who moved."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.case import Affiliation, Case, Concept, Duplicates, Scope, Slicing
from dragoman.errors import UsageError
from dragoman.record import Stance
from dragoman.views.coalitions import Alignment, compose_coalitions, find_communities
from dragoman.views.discourse import Aggregation, Mode, Network, Normalisation, build_network, compose_network
from tests.case.factory import filled
from tests.views.debates import Said, debate

X, Y = Concept("x", "x"), Concept("y", "y")
FOR, AGAINST, MIXED = Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED

# A is for x twice, against y once; B is for both; C is against x; D is of two minds about x.
DEBATE = (
    Affiliation("A", X, FOR, None, 2),
    Affiliation("A", Y, AGAINST, None, 1),
    Affiliation("B", X, FOR, None, 1),
    Affiliation("B", Y, FOR, None, 1),
    Affiliation("C", X, AGAINST, None, 1),
    Affiliation("D", X, MIXED, None, 1),
)


def weights(network: Network) -> dict[str, float]:
    return {tie.a + tie.b: tie.weight for tie in network.ties}


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        # x: A2·B1, A2·C1, A2·D1, B1·C1, B1·D1, C1·D1; y: A1·B1
        (Aggregation.IGNORE, {"AB": 3, "AC": 2, "AD": 2, "BC": 1, "BD": 1, "CD": 1}),
        # both for x: 2·1; D is half way to everybody
        (Aggregation.CONGRUENCE, {"AB": 2, "AD": 1, "BD": 0.5, "CD": 0.5}),
        # y: A against, B for
        (Aggregation.CONFLICT, {"AB": 1, "AC": 2, "AD": 1, "BC": 1, "BD": 0.5, "CD": 0.5}),
        (Aggregation.SUBTRACT, {"AB": 1, "AC": -2, "BC": -1}),
    ],
)
def test_actors_by_aggregation(aggregation: Aggregation, expected: dict[str, float]) -> None:
    assert weights(build_network(DEBATE, Mode.ACTORS, aggregation)) == expected


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [
        (Normalisation.NO, 2),
        (Normalisation.AVERAGE_ACTIVITY, 2 / 2.5),  # A says three things, B two
        (Normalisation.JACCARD, 2 / 3),  # for x, against y; for x, for y: three in all
        (Normalisation.COSINE, 2 / (math.sqrt(5) * math.sqrt(2))),  # (2, 1) and (1, 1)
    ],
)
def test_congruence_of_two_actors_by_normalisation(normalisation: Normalisation, expected: float) -> None:
    network = build_network(DEBATE, Mode.ACTORS, Aggregation.CONGRUENCE, normalisation)
    assert weights(network)["AB"] == pytest.approx(expected)


def test_ignoring_stances_norms_are_over_concepts() -> None:
    for normalisation, expected in ((Normalisation.JACCARD, 3 / 2), (Normalisation.COSINE, 3 / math.sqrt(10))):
        network = build_network(DEBATE, Mode.ACTORS, Aggregation.IGNORE, normalisation)
        assert weights(network)["AB"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [(Aggregation.CONGRUENCE, 1), (Aggregation.CONFLICT, 2), (Aggregation.SUBTRACT, -1), (Aggregation.IGNORE, 3)],
)
def test_concepts_are_tied_by_actors_who_hold_both(aggregation: Aggregation, expected: float) -> None:
    # B is for both; A is twice for x and once against y
    assert weights(build_network(DEBATE, Mode.CONCEPTS, aggregation)) == {"xy": expected}


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (Aggregation.IGNORE, {"Ax": 2, "Ay": 1, "Bx": 1, "By": 1, "Cx": 1, "Dx": 1}),
        (Aggregation.SUBTRACT, {"Ax": 2, "Ay": -1, "Bx": 1, "By": 1, "Cx": -1}),
        (Aggregation.COMBINE, {"Ax": 1, "Ay": 2, "Bx": 1, "By": 1, "Cx": 2, "Dx": 3}),
    ],
)
def test_affiliations_by_aggregation(aggregation: Aggregation, expected: dict[str, float]) -> None:
    assert weights(build_network(DEBATE, Mode.AFFILIATION, aggregation)) == expected


def test_combined_both_is_three() -> None:
    both = (Affiliation("A", X, FOR, None, 5), Affiliation("A", X, AGAINST, None, 1))
    assert weights(build_network(both, Mode.AFFILIATION, Aggregation.COMBINE)) == {"Ax": 3}


@pytest.mark.parametrize(
    ("mode", "aggregation", "normalisation"),
    [
        (Mode.AFFILIATION, Aggregation.CONGRUENCE, Normalisation.NO),
        (Mode.AFFILIATION, Aggregation.SUBTRACT, Normalisation.COSINE),
        (Mode.ACTORS, Aggregation.COMBINE, Normalisation.NO),
    ],
)
def test_parts_that_do_not_go_together_are_refused(
    mode: Mode, aggregation: Aggregation, normalisation: Normalisation
) -> None:
    with pytest.raises(UsageError):
        build_network(DEBATE, mode, aggregation, normalisation)


affiliations = st.lists(
    st.builds(
        Affiliation,
        st.sampled_from("ABCDE"),
        st.sampled_from([X, Y, Concept("z", "z")]),
        st.sampled_from(Stance),
        st.none(),
        st.integers(1, 4),
    ),
    max_size=12,
    unique_by=lambda a: (a.holder, a.concept, a.stance),
)


@given(affiliations, st.sampled_from(Normalisation))
def test_subtract_is_congruence_less_conflict(ties: list[Affiliation], normalisation: Normalisation) -> None:
    alike, unlike, less = (
        weights(build_network(ties, Mode.ACTORS, aggregation, normalisation))
        for aggregation in (Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT)
    )
    for pair in alike | unlike | less:
        assert less.get(pair, 0) == pytest.approx(alike.get(pair, 0) - unlike.get(pair, 0))


@given(affiliations)
def test_congruence_and_conflict_are_all_that_is_shared(ties: list[Affiliation]) -> None:
    alike, unlike, shared = (
        weights(build_network(ties, Mode.ACTORS, aggregation))
        for aggregation in (Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.IGNORE)
    )
    assert {pair: alike.get(pair, 0) + unlike.get(pair, 0) for pair in shared} == shared


@given(affiliations, st.randoms())
def test_order_does_not_show(ties: list[Affiliation], random: object) -> None:
    shuffled = sorted(ties, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, other = (build_network(order, Mode.ACTORS, Aggregation.SUBTRACT) for order in (ties, shuffled))
    assert one == other
    assert find_communities(one) == find_communities(other)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Two camps on trade and envoys; Ruritania goes from the one to the other in 2024."""
    north, south = ("Freedonia", "Sylvania"), ("Illyria", "Zenda")

    def year(id: str, day: str, outlet: str, mover: tuple[str, str]) -> Iterator[Said]:
        for name, trade, envoys in (*((n, "+", "+") for n in north), *((s, "-", "-") for s in south)):
            yield Said(name, trade, "trade")
            yield Said(name, envoys, "envoys")
        yield Said("Ruritania", mover[0], "trade")
        yield Said("Ruritania", mover[1], "envoys")

    with filled(
        tmp_path / "a.case",
        debate("a", "2023-05-01", "Courier", *year("a", "2023-05-01", "Courier", ("+", "+"))),
        debate("b", "2024-05-01", "Herald", *year("b", "2024-05-01", "Herald", ("-", "-"))),
    ) as opened:
        yield opened


def members(found: Alignment) -> list[dict[str, set[str]]]:
    return [{c.label: {node.name for node in c.members} for c in part.coalitions} for part in found.slices]


def test_coalitions_hold_alike(case: Case) -> None:
    found = compose_coalitions(case, Scope(until="2023"))
    assert members(found) == [{"A": {"Freedonia", "Sylvania", "Ruritania"}, "B": {"Illyria", "Zenda"}}]
    (part,) = found.slices
    assert [(c.agreement, c.conflict) for c in part.coalitions] == [(1, 0), (1, 0)]
    assert [(b.a, b.b, b.agreement, b.conflict) for b in part.between] == [("A", "B", 0, 1)]
    assert [(lean.concept, lean.support, lean.oppose) for lean in part.coalitions[1].leans] == [
        ("envoys", 0, 2),
        ("trade", 0, 2),
    ]
    assert [(lean.supporters, lean.opponents) for lean in part.coalitions[1].leans] == [
        ((), ("~illyria", "~zenda"))
    ] * 2


def test_who_moved_between_two_periods(case: Case) -> None:
    found = compose_coalitions(case, slicing=Slicing.parse("year"))
    assert members(found) == [
        {"A": {"Freedonia", "Sylvania", "Ruritania"}, "B": {"Illyria", "Zenda"}},
        {"A": {"Freedonia", "Sylvania"}, "B": {"Illyria", "Zenda", "Ruritania"}},
    ]
    assert [(m.actor.name, m.before, m.after, m.left, m.joined) for m in found.moves] == [
        ("Ruritania", "2023", "2024", "A", "B")
    ]
    halves = compose_coalitions(case, slicing=Slicing.parse("2024"))
    assert [(m.actor.name, m.before, m.after) for m in halves.moves] == [("Ruritania", "before 2024", "from 2024")]


def test_an_actor_who_holds_alike_with_nobody_is_alone(tmp_path: Path) -> None:
    said = (Said("A", "+", "x"), Said("B", "+", "x"), Said("C", "-", "x"))
    with filled(tmp_path / "a.case", debate("a", "2024", "Courier", *said)) as case:
        (part,) = compose_coalitions(case).slices
    assert [node.name for node in part.alone] == ["C"]
    assert not part.between


def test_an_empty_case_has_no_coalitions_and_no_ties(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case:
        assert members(compose_coalitions(case)) == [{}]
        assert compose_network(case).ties == ()


def test_an_affiliation_tells_documents_and_independent_sources(case: Case) -> None:
    network = compose_network(case, mode=Mode.AFFILIATION, duplicates=Duplicates.INCLUDE)
    ties = {(tie.a, tie.b): (tie.weight, tie.documents, tie.sources) for tie in network.ties}
    assert ties["~freedonia", "trade"] == (2, 2, 2)
    assert ("~ruritania", "trade") not in ties  # once for, once against
    assert {(node.activity, node.documents, node.sources) for node in network.nodes} == {(4, 2, 2)}


def test_who_is_left_out_is_said(case: Case) -> None:
    assert compose_network(case, most=2).notes == ("The 2 actors with most statements, of 5.",)


def test_unnamed_sources_are_no_actor_of_a_network(tmp_path: Path) -> None:
    reading = debate("a", "2024", "Courier", Said("A", "+", "x"), Said("unnamed sources", "+", "x"))
    with filled(tmp_path / "a.case", replace(reading, actors=reading.actors[:1])) as case:
        assert [node.name for node in compose_network(case).nodes] == ["A"]
