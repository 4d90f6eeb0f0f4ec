"""What steps come to is kept as gathering all of them afresh gives it, whatever comes, changes and is decided."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, open_case
from dragoman.case.climbs import Climbs
from dragoman.errors import DragomanError
from dragoman.reconcile.steps import Ascent
from dragoman.record import Action, Actor, ActorKind, Decision, Reading
from dragoman.views.ladder import compose_ladder
from tests.views.ledgers import COUNCIL, case_of, step, told

MAKERS = ("Peru", "Chile", "Bolivia")
NOBODY_KNOWN = "some envoys"
CAST = {  # a court that acts for its state
    "Peru": Actor("Peru", ActorKind.STATE, ("Peru",), key="state/PER", country="PER"),
    "Chile": Actor("Chile", ActorKind.ORGANIZATION, ("Chile",), country="PER", sector="JUD"),
}
NO_PRINTS = ("DROP TABLE pack_prints", "ALTER TABLE runs DROP COLUMN prints")
NO_OFFICES = ("DROP TRIGGER climbs_in_office", "DROP TRIGGER climbs_out_of_office")


def document(number: int, makers: list[str], rung: str, direction: str, on: str | None, first: bool) -> Reading:
    """One of a few documents as some reader understands it; who is left out of its actors is only named in reports."""
    steps = [step(maker, rung, direction, on) for maker in makers]
    reading = told(f"d{number}", f"2024-05-{number + 10}", *steps, outlet="Courier" if first else "Herald")
    text = f"The council said this {number} times.\n" * 9
    reports = tuple(
        replace(
            report, evidence=replace(report.evidence, start=0, end=len(text) // 9 - 1, text=text[: len(text) // 9 - 1])
        )
        for report in reading.reports
    )
    reports += tuple(replace(report, by=()) for report in reports[:1] if number == 3)
    actors = tuple(CAST.get(actor.name, actor) for actor in reading.actors if actor.name != NOBODY_KNOWN)
    document = replace(reading.document, text=text, raw=text.encode())
    return replace(reading, document=document, sentences=(), actors=actors, reports=reports)


readings = st.builds(
    document,
    st.integers(0, 4),
    st.lists(st.sampled_from((*MAKERS, NOBODY_KNOWN)), min_size=1, max_size=2, unique=True),
    st.sampled_from(("visit", "mission", "recognition")),
    st.sampled_from(("up", "down")),
    st.sampled_from((None, "2024-05-03", "2024-05-20", "2024-05")),
    st.booleans(),
)
actions = st.sampled_from((Action.MERGE, Action.SPLIT, Action.REJECT, Action.CORRECT, Action.UNDO))
names = st.sampled_from((*MAKERS, COUNCIL))
decisions = st.tuples(actions, names, names, st.integers(0, 4).map("d{}".format))


def decide(case: Case, action: Action, one: str, other: str, document: str) -> None:
    match action:
        case Action.MERGE:
            case.decide(Decision("Anna", action, case.about_merge([one, other])))
        case Action.SPLIT:
            case.decide(Decision("Anna", action, case.about_split(one, [document])))
        case Action.UNDO:
            case.undo(next(case.decisions(latest_first=True)).decision.id, author="Ben")
        case _:
            value: dict[str, Any] = {"standing": "planned", "by": [other]} if action is Action.CORRECT else {}
            case.decide(Decision("Anna", action, case.about(next(case.reports(document=document)).id), value))


def by_maker(found: Climbs) -> tuple[Any, ...]:
    return sorted(found.climbs, key=repr), found.documents, found.sources


def in_order(ways: Iterable[Ascent]) -> list[str]:
    return [one.by for one in sorted(ways, key=lambda one: one.name or "") if not one.is_together]


def afresh(case: Case) -> Climbs:
    """As gathering all steps now gives it: of those told by the end of time, which undated documents are not among."""
    return case.climbs_toward(COUNCIL, as_of="9999")


@settings(max_examples=8, deadline=None)
@given(st.lists(readings, min_size=1, max_size=4), st.lists(readings | decisions, min_size=1, max_size=5))
def test_climbs_are_those_of_gathering_all_steps_afresh(first: list[Reading], then: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, case_of(Path(folder) / "a.case") as case:
        for turn, change in enumerate([*first, *then]):
            with suppress(DragomanError, StopIteration):  # about what is not there, or is decided already
                if isinstance(change, Reading):
                    case.start_run(f"test-{turn}")
                    case.add(change)
                    assert by_maker(case.climbs_toward(COUNCIL)) == by_maker(afresh(case))  # before the run has ended
                    case.finish_run()
                else:
                    decide(case, *change)
                assert by_maker(case.climbs_toward(COUNCIL)) == by_maker(afresh(case))
                assert replace(compose_ladder(case, COUNCIL, as_of="9999"), as_of=None) == compose_ladder(case, COUNCIL)
        for actor in (*MAKERS, NOBODY_KNOWN):
            with suppress(DragomanError):
                of_now, of_then = (compose_ladder(case, COUNCIL, actor=actor, as_of=as_of) for as_of in (None, "9999"))
                assert replace(of_then, as_of=None) == of_now


def test_a_case_of_before_gets_its_climbs(tmp_path: Path) -> None:
    readings = [document(n, ["Peru"], "visit", "up", None, True) for n in (0, 1)]
    with case_of(tmp_path / "a.case", *readings) as case:
        expected = case.climbs_toward(COUNCIL)
        assert expected.documents == 2
        conn = case._conn
        for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name LIKE 'climbs_%'").all():
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in ("DROP TABLE climbs", "DROP TABLE stale_climbs", "DROP INDEX counted_steps", *NO_PRINTS):
            conn.exec_driver_sql(statement)
        conn.exec_driver_sql("DELETE FROM migrations WHERE name IN ('0012-climbs', '0013-ascents', '0018-prints')")
        with open_case(case.path) as again:
            assert again.climbs_toward(COUNCIL) == expected


def test_ways_that_were_kept_whole_alone_get_their_short(tmp_path: Path) -> None:
    with case_of(tmp_path / "a.case", document(0, list(MAKERS), "visit", "up", None, True)) as case:
        expected = case.climbs_toward(COUNCIL, choose=in_order)
        assert [one.name for one in expected.climbs] == sorted(MAKERS)
        for statement in ("DROP INDEX ways_by", "DROP INDEX ways_of", *NO_OFFICES, *NO_PRINTS):
            case._conn.exec_driver_sql(statement)
        for column in ("short", "country"):
            case._conn.exec_driver_sql(f"ALTER TABLE climbs DROP COLUMN {column}")
        case._conn.exec_driver_sql("DELETE FROM migrations WHERE name IN ('0013-ascents', '0018-prints')")
        with open_case(case.path) as again:
            assert again.climbs_toward(COUNCIL, choose=in_order) == expected


def test_ways_whose_short_lacked_the_days_of_what_is_not_done_get_them(tmp_path: Path) -> None:
    days: list[tuple[str, ...]] = []

    def look(ways: Iterable[Ascent]) -> list[str]:
        days.extend(sorted(one.days for one in ways))
        return []

    steps = (step("Peru", "visit", on="2024-05-02"), step("Peru", "mission", on="2024-06", standing="planned"))
    with case_of(tmp_path / "a.case", told("a", "2024-05-04", *steps, step("Chile", "visit", on="2024-05-03"))) as case:
        case.climbs_toward(COUNCIL, choose=look)
        assert days == [("2024-05-02", "2024-06"), ("2024-05-03",)]
        case._conn.exec_driver_sql("UPDATE climbs SET short = json_remove(short, '$[5]')")
        case._conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0022-ahead'")
        with open_case(case.path) as again:
            again.climbs_toward(COUNCIL, choose=look)
    assert days[:2] == days[2:]


def test_a_document_with_another_outlet_changes_its_sources(tmp_path: Path) -> None:
    with case_of(tmp_path / "a.case", document(0, ["Peru"], "visit", "up", None, True)) as case:
        case._conn.exec_driver_sql("UPDATE documents SET teller = 'other'")
        assert by_maker(case.climbs_toward(COUNCIL)) == by_maker(afresh(case))


@pytest.mark.parametrize(
    "decision",
    [(Action.MERGE, "Peru", "Chile", ""), (Action.MERGE, "Peru", COUNCIL, ""), (Action.SPLIT, "Peru", "", "d0")],
    ids=["makers are one", "maker and authority are one", "a maker is two"],
)
def test_who_is_who_is_followed_and_taken_back(tmp_path: Path, decision: tuple[Action, str, str, str]) -> None:
    readings = [document(n, ["Peru", "Chile"], "visit", "up", None, True) for n in (0, 1)]
    with case_of(tmp_path / "a.case", *readings) as case:
        before = by_maker(case.climbs_toward(COUNCIL))
        decide(case, *decision)
        assert by_maker(case.climbs_toward(COUNCIL)) == by_maker(afresh(case))
        decide(case, Action.UNDO, "", "", "")
        assert by_maker(case.climbs_toward(COUNCIL)) == by_maker(afresh(case)) == before
