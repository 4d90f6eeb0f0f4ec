"""Claims about the ladder: what is one step, what stands, and as of when."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import create_case
from dragoman.case.ledgers import Party, StepLine
from dragoman.errors import UsageError
from dragoman.knowledge import print_packs
from dragoman.reconcile.steps import gather_steps
from dragoman.record import (
    Action,
    Actor,
    ActorKind,
    DateRange,
    Decision,
    Direction,
    Predicate,
    Reading,
    Relation,
    Standing,
)
from dragoman.views.ladder import MARKS, Climb, Held, compose_ladder, rank_ways
from tests.case.factory import dates, filled, make_reading
from tests.knowledge.pack_factory import HEAD, write_pack
from tests.views.ledgers import READER, case_of, step, told


def climb_of(tmp_path: Path, *readings: object, as_of: str | None = None, name: str = "Peru") -> Climb:
    with case_of(tmp_path / "x.case", *readings) as case:  # type: ignore[arg-type]
        ladder = compose_ladder(case, as_of=as_of)
    return next(climb for climb in ladder.climbs if climb.actor == name)


def held(climb: Climb) -> dict[str, str]:
    return {cell.rung: str(cell.held) for cell in climb.cells if cell.held}


def test_the_highest_rung_is_the_highest_on_which_a_step_up_was_taken(tmp_path: Path) -> None:
    climb = climb_of(tmp_path, told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03"), step("Peru", "visit")))
    assert climb.highest == "mission"
    assert held(climb) == {"visit": "stands", "mission": "stands"}


def test_a_step_stands_until_one_down_on_its_rung(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03"), step("Peru", "contact", on="2024-05-01")),
        told("b", "2024-08-04", step("Peru", "mission", "down", on="2024-08-03")),
    )
    climb = climb_of(tmp_path, *readings)
    assert (climb.highest, held(climb)) == ("contact", {"contact": "stands", "mission": "undone"})
    assert [(r.rung, r.direction, r.before, r.day) for r in climb.reversals] == [
        ("mission", Direction.DOWN, "2024-05-03", "2024-08-03")
    ]


def test_as_of_a_date_only_what_documents_told_by_then_counts(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03")),
        told("b", "2024-08-04", step("Peru", "mission", "down", on="2024-06-01")),
        told("c", None, step("Peru", "recognition", on="2024-05-01")),
    )
    with case_of(tmp_path / "x.case", *readings) as case:
        early, late, always = (compose_ladder(case, as_of=day) for day in ("2024-07", "2024-08", None))
    assert [ladder.climbs[0].highest for ladder in (early, late, always)] == ["mission", None, "recognition"]
    assert (early.documents, early.undated, always.undated) == (1, 1, 0)


def test_what_the_pack_says_a_rung_undoes_goes_with_it(tmp_path: Path) -> None:
    """Of the shipped pack: with the mission closed, no ambassador is left."""
    readings = (
        told("a", "2024-05-04", step("Peru", "ambassador", on="2024-05-03")),
        told("b", "2024-08-04", step("Peru", "mission", "down", on="2024-08-03")),
    )
    climb = climb_of(tmp_path, *readings)
    assert held(climb) == {"mission": "down", "ambassador": "undone"}
    assert [(r.rung, r.by) for r in climb.reversals] == [("ambassador", "mission")]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.ACTUAL])
def test_what_is_not_told_as_done_puts_nobody_on_a_rung(tmp_path: Path, standing: Standing) -> None:
    climb = climb_of(tmp_path, told("a", "2024-05-04", step("Peru", "recognition", standing=standing)))
    assert (climb.highest, climb.said, held(climb)) == (None, None, {"recognition": "not taken"})
    assert [cell.steps for cell in climb.cells if cell.steps] == [{standing: 1}]


def test_what_speakers_say_alone_is_told_apart(tmp_path: Path) -> None:
    climb = climb_of(tmp_path, told("a", "2024-05-04", step("Peru", "recognition", voice=("Kabul",))))
    assert (climb.highest, climb.said, held(climb)) == (None, "recognition", {"recognition": "said to stand"})
    assert (climb.steps[0].told, climb.steps[0].voices) == ("claimed", ("Kabul",))


def test_what_somebody_says_takes_nobody_off_a_rung(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03")),
        told("b", "2024-08-04", step("Peru", "mission", "down", on="2024-08-03", voice=("Kabul",))),
    )
    assert climb_of(tmp_path, *readings).highest == "mission"


def test_reports_of_near_dates_are_one_step_with_its_documents_and_sources(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "visit", on="2024-05-03"), outlet="Courier"),
        told("b", "2024-05-06", step("Peru", "visit", on="2024-05-05"), outlet="Courier"),
        told("c", "2024-05-30", step("Peru", "visit", on="2024-05"), outlet="Herald"),
        told("d", "2024-09-30", step("Peru", "visit"), outlet="Herald"),
        told("e", "2024-07-30", step("Peru", "visit", on="2024-07-29"), outlet="Herald"),
    )
    steps = climb_of(tmp_path, *readings).steps
    assert [(s.day, s.documents, s.sources, s.told) for s in steps] == [
        ("2024-05-03", 3, 2, "several sources"),
        ("2024-07-29", 2, 1, "one source"),
    ]


def test_a_mention_without_a_date_after_the_way_back_is_a_new_step(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03")),
        told("b", "2024-06-04", step("Peru", "mission", "down", on="2024-06-03")),
        told("c", "2024-07-04", step("Peru", "mission")),
    )
    climb = climb_of(tmp_path, *readings)
    assert [(s.day, s.direction, s.is_dated) for s in climb.steps] == [
        ("2024-05-03", "up", True),
        ("2024-06-03", "down", True),
        ("2024-07-04", "up", False),
    ]
    assert climb.highest == "mission"


def test_steps_before_the_authority_was_there_do_not_stand(tmp_path: Path) -> None:
    """Of the shipped pack: what was done toward their first government."""
    climb = climb_of(
        tmp_path, told("a", "2024-05-04", step("Peru", "recognition", on="1997"), step("Peru", "visit", on="2021"))
    )
    assert held(climb) == {"visit": "stands", "recognition": "undone"}


def test_what_goes_on_since_before_the_authority_was_there_stands(tmp_path: Path) -> None:
    since = step("Peru", "contact")
    since[1]["date"] = DateRange("2017", None)
    climb = climb_of(tmp_path, told("a", "2024-05-04", since, step("Peru", "recognition", on="2017")))
    assert held(climb) == {"contact": "stands", "recognition": "undone"}


def test_those_who_stand_highest_come_first_and_the_unnamed_last(tmp_path: Path) -> None:
    nobody = step("Peru", "recognition")
    nobody[1]["by"] = ()
    reading = told("a", "2024-05-04", step("Chile", "visit"), step("Peru", "mission"), nobody)
    with case_of(tmp_path / "x.case", reading) as case:
        assert [c.actor for c in compose_ladder(case).climbs] == ["Peru", "Chile", "somebody unnamed"]


def test_a_rung_that_no_pack_has_is_listed_and_ranks_nobody(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", step("Peru", "lighthouse"))) as case:
        ladder = compose_ladder(case)
    assert [(one.rung, one.steps, one.who) for one in ladder.unranked] == [("lighthouse", 1, ("Peru",))]
    assert (ladder.climbs[0].highest, [s.rung for s in ladder.climbs[0].steps]) == (None, ["lighthouse"])


RUSSIA = Actor("Russia", ActorKind.STATE, ("Russia",), key="state/RUS", country="RUS", sector="GOV")
COURT = Actor("Russian court", ActorKind.ORGANIZATION, ("court",), country="RUS", sector="JUD")
LAVROV = Actor("Sergei Lavrov", ActorKind.PERSON, ("Lavrov",), key="sergei-lavrov", country="RUS")


def standing_of(tmp_path: Path, *readings: Reading, actor: str | None = None) -> list[tuple[str, bool, str | None]]:
    with case_of(tmp_path / "x.case", *readings) as case:
        return [(one.actor, one.apart, one.highest) for one in compose_ladder(case, actor=actor).climbs]


def test_what_a_body_of_a_state_does_counts_for_the_state(tmp_path: Path) -> None:
    reading = told(
        "a",
        "2025-04-18",
        step("Russia", "visit", on="2025-04-02"),
        step("Russian court", "designation", "down", on="2003-02-14"),
        step("Russian court", "agreement", on="2025-04-17"),
        cast=(RUSSIA, COURT),
    )
    with case_of(tmp_path / "x.case", reading) as case:
        (climb,) = compose_ladder(case).climbs
        (dated,) = compose_ladder(case, as_of="2025-04-18").climbs
    assert (climb.actor, climb.highest, climb.documents) == ("Russia", "agreement", 1)
    assert [(one.day, one.makers) for one in climb.steps] == [
        ("2003-02-14", ("Russian court",)),
        ("2025-04-02", ("Russia",)),
        ("2025-04-17", ("Russian court",)),
    ]
    assert dated == climb


def test_the_body_of_a_state_takes_it_off_a_rung_too(tmp_path: Path) -> None:
    reading = told(
        "a",
        "2025-06-18",
        step("Russia", "mission", on="2025-04-02"),
        step("Russian court", "mission", "down", on="2025-05-01"),
        cast=(RUSSIA, COURT),
    )
    assert standing_of(tmp_path, reading) == [("Russia", False, None)]


def test_a_state_of_which_only_a_body_is_told_has_its_own_name(tmp_path: Path) -> None:
    reading = told("a", "2025-04-18", step("Russian court", "designation", on="2025-04-17"), cast=(COURT,))
    assert standing_of(tmp_path, reading) == [("Russia", False, "designation")]


def test_who_asks_for_a_state_has_its_bodies_and_who_asks_for_a_body_it_alone(tmp_path: Path) -> None:
    reading = told(
        "a",
        "2025-04-18",
        step("Russia", "ambassador", on="2025-04-02"),
        step("Russian court", "designation", on="2025-04-17"),
        step("Peru", "visit"),
        cast=(RUSSIA, COURT),
    )
    assert standing_of(tmp_path, reading, actor="Russia") == [("Russia", False, "ambassador")]
    (tmp_path / "x.case").unlink()
    assert standing_of(tmp_path, reading, actor="Russian court") == [("Russian court", False, "designation")]


@pytest.mark.parametrize(
    "other",
    [
        Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), country="RUS", sector="BUS"),
        Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), country="RUS", sector="NGO"),
        Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), sector="JUD"),
        Actor("Harbour Works", ActorKind.PERSON, ("Harbour Works",), country="RUS"),
        Actor("Harbour Works", ActorKind.GROUP, ("Harbour Works",)),
        Actor("Harbour Works", ActorKind.MOVEMENT, ("Harbour Works",), country="RUS", sector="REB"),
    ],
    ids=["a firm", "an NGO", "a court of nobody knows whom", "a person without office", "a group", "a movement"],
)
def test_who_acts_for_no_state_stands_apart_after_all_states(tmp_path: Path, other: Actor) -> None:
    reading = told(
        "a",
        "2025-04-18",
        step("Russia", "contact", standing="planned"),
        step("Harbour Works", "agreement"),
        cast=(RUSSIA, other),
    )
    assert standing_of(tmp_path, reading) == [("Russia", False, None), ("Harbour Works", True, None)]


@pytest.mark.parametrize(
    "other",
    [
        Actor("Harbour Forum", ActorKind.ORGANIZATION, ("Harbour Forum",), sector="IGO"),
        Actor("Harbour Forum", ActorKind.GROUP, ("Harbour Forum",), key="harbour-states"),
    ],
    ids=["an intergovernmental body", "a group that a pack knows"],
)
def test_bodies_and_groups_of_states_climb_by_themselves(tmp_path: Path, other: Actor) -> None:
    reading = told("a", "2025-04-18", step("Harbour Forum", "agreement"), cast=(other,))
    assert standing_of(tmp_path, reading) == [("Harbour Forum", False, "agreement")]


def test_a_person_acts_for_the_state_whose_office_the_document_tells_of(tmp_path: Path) -> None:
    office = (Relation, {"subject": "Sergei Lavrov", "predicate": Predicate.OFFICE, "object": "Russia"})
    office[1]["title"] = "foreign minister"
    visit = step("Sergei Lavrov", "visit", on="2025-04-02")
    reading = told("a", "2025-04-18", visit, office, cast=(RUSSIA, LAVROV))
    assert standing_of(tmp_path, reading) == [("Russia", False, "visit")]
    (tmp_path / "x.case").unlink()
    former = told("a", "2025-04-18", visit, (Relation, office[1] | {"former": True}), cast=(RUSSIA, LAVROV))
    assert standing_of(tmp_path, former) == [("Sergei Lavrov", True, None)]


def test_an_office_that_is_rejected_makes_nobody_an_official(tmp_path: Path) -> None:
    office = {"subject": "Sergei Lavrov", "predicate": Predicate.OFFICE, "object": "Russia", "title": "minister"}
    reading = told("a", "2025-04-18", step("Sergei Lavrov", "visit"), (Relation, office), cast=(RUSSIA, LAVROV))
    with case_of(tmp_path / "x.case", reading) as case:
        case.decide(Decision("Anna", Action.REJECT, case.about(next(case.reports("relation")).id)))
        assert [one.actor for one in compose_ladder(case).climbs] == ["Sergei Lavrov"]


def test_who_is_of_the_authoritys_own_country_stands_apart(tmp_path: Path) -> None:
    taliban = Actor("Taliban", ActorKind.MOVEMENT, ("Taliban",), key="taliban", country="AFG")
    country = Actor("Afghanistan", ActorKind.STATE, ("Kabul",), key="state/AFG", country="AFG")
    reading = told(
        "a", "2025-04-18", step("Afghanistan", "recognition"), step("Peru", "visit"), cast=(taliban, country)
    )
    assert standing_of(tmp_path, reading) == [("Peru", False, "visit"), ("Afghanistan", True, None)]


def test_documents_that_were_read_with_other_rungs_are_told(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "strait", f"{HEAD}authority: council\n", actors=COUNCIL, rungs=RUNGS)
    with create_case(tmp_path / "x.case", packs=("core", str(pack))) as case:
        case.start_run(READER, print_packs(case.packs))
        case.add(told("a", "2024-05-04", step("Peru", "visit")))
        case.finish_run()
        assert compose_ladder(case, "Taliban").changed == ()
        write_pack(pack, f"{HEAD}authority: council\n", actors=COUNCIL, rungs=RUNGS.replace("visit", "travel"))
        ladder = compose_ladder(case, "Taliban")
    assert ladder.changed == (
        "the pack strait is not what it was when 1 document was read: 1 rung renamed (visit is now travel), in "
        "strait/rungs.yaml; to read them again, give them to `dragoman read`",
    )
    assert ladder.rungs == ("travel",)
    assert [(one.rung, one.steps) for one in ladder.unranked] == [("visit", 1)]


COUNCIL = "council: {name: Strait Council, kind: movement}"
RUNGS = "visit: {about: officials travel, nouns: trip, up: pay}"


def test_a_case_without_an_authority_asks_for_one(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        with pytest.raises(UsageError, match="no pack of this case names an authority"):
            compose_ladder(case)
        assert compose_ladder(case, "Freedonia").climbs == ()


lines = st.lists(
    st.builds(
        lambda n, day, published, rung, direction, standing, said: StepLine(
            id=f"{n:02}{day}{published}{rung}{direction}{standing}{said}",
            document=f"d{n}",
            teller=f"t{n % 3}",
            published=published,
            standing=standing,
            voice=("Kabul",) if said else (),
            by=Party("1", "Peru"),
            rung=rung,
            direction=direction,
            first=day,
            last=day,
        ),
        st.integers(0, 20),
        st.none() | dates | st.just("2024-02-30"),
        dates,
        st.sampled_from(("mission", "visit")),
        st.sampled_from(Direction),
        st.sampled_from((Standing.ACTUAL, Standing.PLANNED)),
        st.booleans(),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(lines)
def test_steps_do_not_hang_on_the_order_of_their_reports(told: list[StepLine]) -> None:
    assert len({gather_steps(order) for order in permutations(told)}) == 1


@given(lines)
def test_every_report_is_in_one_step(told: list[StepLine]) -> None:
    assert sorted(id for s in gather_steps(told) for id in s.reports) == sorted({line.id for line in told})


def test_every_state_of_a_rung_has_a_mark() -> None:
    assert set(MARKS) == set(Held)


def test_a_page_of_the_ladder_is_part_of_the_whole_and_tells_of_all(tmp_path: Path) -> None:
    readings = (
        told("a", "2024-05-04", step("Peru", "mission", on="2024-05-03"), step("Chile", "visit")),
        told("b", "2024-08-04", step("Peru", "mission", "down", on="2024-08-03"), step("Bolivia", "lighthouse")),
        told("c", "2024-09-04", step("Chile", "visit", "down", on="2024-09-03", voice=("Kabul",))),
    )
    with case_of(tmp_path / "x.case", *readings) as case:
        for as_of in (None, "2025"):
            whole = compose_ladder(case, as_of=as_of)
            assert (whole.all, len(whole.unranked), len(whole.turned)) == (3, 1, 2)
            for start in range(4):
                page = compose_ladder(case, as_of=as_of, start=start, limit=1)
                assert page.climbs == whole.climbs[start : start + 1]
                assert page.turned == whole.turned[:1] == (("Chile", whole.climbs[0].reversals[0]),)
                assert (page.all, page.unranked) == (whole.all, whole.unranked)


def test_of_those_apart_the_ways_are_read_of_whoever_took_the_latest_steps(tmp_path: Path) -> None:
    firms = [f"{name} Works" for name in ("Harbour", "Lima", "Valley")]
    cast = tuple(Actor(name, ActorKind.ORGANIZATION, (name,)) for name in firms)
    days = ("2024-05-01", "2024-05-03", "2024-05-02")
    steps = [step(name, "agreement", on=day) for name, day in zip(firms, days, strict=True)]
    reading = told("a", "2024-05-04", *steps, step("Peru", "visit", on="2023-01-02"), cast=cast)
    with case_of(tmp_path / "x.case", reading) as case:
        ways = rank_ways(case, latest=2, is_within=lambda day: day >= "2024")
        early = rank_ways(case, latest=2, is_within=lambda day: day < "2024-05-02")
    assert [way.name for way in ways.ranked] == ["Peru", "Lima Works", "Valley Works"]
    assert (ways.steps, ways.all, ways.states) == (3, 4, 1)
    assert [way.name for way in early.ranked] == ["Peru", "Harbour Works"]
