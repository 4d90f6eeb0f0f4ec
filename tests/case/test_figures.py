"""What is kept for quick pages is what counting all documents afresh gives, whatever happened to the case."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, open_case
from dragoman.case.figures import count_all
from dragoman.errors import DragomanError
from dragoman.record import Action, Actor, ActorKind, Decision, Evidence, Fact, Reading

from .factory import filled, make_reading, readings

TABLES = ("parts", "counted", "figures")
ELSEWHERE = {"place": "Port Rose", "date": {"from": "2023-02-28", "to": "2023-02-28"}}


def kept(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted((tuple(row) for row in case._conn.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
        for name in TABLES
    }


def counted_afresh(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'counted_%'"
    for trigger in case._conn.exec_driver_sql(triggers).all():
        case._conn.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    for name in TABLES:
        case._conn.exec_driver_sql(f"DELETE FROM {name}")
    count_all(case._conn)
    return kept(case)


def filed(case: Case) -> Any:
    """How many occurrences there are under which month, of which type where, and of which month and type told how."""
    places = {(one.place, type): number for one in case.count_places() for type, number in one.types.items()}
    told = {
        (day, one.type, one.status): number
        for one in case.count_occurrences(length=len("2024-05"))
        for day, number in one.days.items()
    }
    return dict(case.count_by_month()), places, told


def has_years(case: Case) -> bool:
    """Whether an actor's occurrences are counted by year as they are listed."""
    return all(
        dict(case.count_by_year(actor=name)) == Counter(one.day[:4] for one in case.occurrences(actor=name) if one.day)
        for name in ("Freedonia", "Sylvania")
    )


def listed(case: Case) -> Any:
    occurrences = list(case.occurrences())
    return (
        Counter(one.day[:7] for one in occurrences),
        Counter((one.place, one.type) for one in occurrences),
        Counter((one.day[:7], one.type, one.status) for one in occurrences),
    )


def azure(id: str, **facts: Any) -> Reading:
    """A document of its own text, in which Sylvania has another name too, and speaks."""
    reading = make_reading(id, sentences=(f"Envoys of Freedonia met Sylvania in {id}.", "It may.", "Critics."), **facts)
    text = reading.document.text
    actors = (Actor("Republic of Sylvania", ActorKind.STATE, ("Sylvania", "the Republic")), *reading.actors)
    told = tuple(
        replace(report, evidence=Evidence.slice(text, 0, len(text)), voice=("Sylvania",)) for report in reading.reports
    )
    return replace(reading, actors=actors, reports=told)


def merge(case: Case, *names: str) -> None:
    case.decide(Decision("Anna", Action.MERGE, case.about_merge(names)))


def reread(case: Case) -> None:
    reading = azure("rose", published="2023-05", outlet=Fact("Rose Herald", "given"))
    case.start_run("test-2")
    case.add(replace(reading, reports=reading.reports[:1], actors=reading.actors[:2]))
    case.finish_run()


def copy(case: Case) -> None:
    """An earlier document whose copy the first one turns out to be."""
    words = "the envoys went home by train and nobody knew what they had said to the council of elders that day " * 4
    case.start_run("test-1")
    for id, published in (("late", "2024-09-01"), ("soon", "2024-01-01")):
        told = (f"Envoys of Freedonia {words} {id}", "a b", "c")
        reading = make_reading(id, sentences=told, published=published, outlet=Fact(id, "given"))
        case.add(replace(reading, reports=reading.reports[:1]))
    case.finish_run()


def undo_all(case: Case) -> None:
    for one in list(case.decisions()):
        with suppress(DragomanError):
            case.undo(one.decision.id, author="Ben")


CHANGES: dict[str, Callable[[Case], object]] = {
    "a merge": lambda case: merge(case, "Republic of Sylvania", "Sylvania"),
    "a merge of three": lambda case: merge(case, "Republic of Sylvania", "Critics", "Freedonia"),
    "a split": lambda case: case.decide(
        Decision("Anna", Action.SPLIT, case.about_split("Republic of Sylvania", ["azure"]))
    ),
    "a rejection": lambda case: case.decide(
        Decision("Anna", Action.REJECT, case.about(next(case.reports("event")).id), {}, "")
    ),
    "a correction": lambda case: case.decide(
        Decision("Anna", Action.CORRECT, case.about(next(case.reports("event")).id), {"source": ["Critics"]}, "")
    ),
    "another place and day": lambda case: case.decide(
        Decision("Anna", Action.CORRECT, case.about(next(case.reports("event")).id), ELSEWHERE, "")
    ),
    "a re-reading": reread,
    "a copy found out": copy,
    "all undone": undo_all,
}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    both = azure("azure"), azure("rose", published="2024-06-01", outlet=Fact("Rose Herald", "given"))
    with filled(tmp_path / "a.case", *both) as opened:
        yield opened


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "all undone"])
def test_figures_follow(case: Case, change: str) -> None:
    before = kept(case)
    CHANGES[change](case)
    after = kept(case)
    assert after != before
    assert filed(case) == listed(case)
    assert has_years(case)
    assert after == counted_afresh(case)


def test_a_copy_is_counted_for_whoever_told_it_first(case: Case) -> None:
    copy(case)
    query = "SELECT documents FROM figures WHERE what = 'source' AND \"key\" = '{}'"
    assert [case._conn.exec_driver_sql(query.format(name)).scalar() for name in ("late", "soon")] == [None, 2]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=5))
def test_figures_follow_whatever_happens_and_in_whatever_order(changes: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(Path(folder) / "a.case", azure("azure"), azure("rose")) as case,
    ):
        for change in changes:
            with suppress(DragomanError, StopIteration):  # what is decided already, or about what is gone
                CHANGES[change](case)
        assert filed(case) == listed(case)
        assert has_years(case)
        assert kept(case) == counted_afresh(case)


@settings(max_examples=12, deadline=None)
@given(st.lists(readings(), min_size=1, max_size=3))
def test_any_reading_is_counted(those: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "a.case", *those) as case:
        assert kept(case) == counted_afresh(case)
        months, places, told = listed(case)
        assert filed(case) == ({month: n for month, n in months.items() if len(month) == len("2024-05")}, places, told)
        assert sum(case.overview().reports.values()) == len(list(case.reports()))
        assert len(list(case.actors())) == case.overview().actors


def test_a_case_of_before_gets_its_figures(case: Case) -> None:
    expected = kept(case), list(case.actors()), case.actor("Freedonia")
    conn = case._conn
    conn.exec_driver_sql("DROP TRIGGER counted_retold")
    for name in TABLES:
        conn.exec_driver_sql(f"DROP TABLE {name}")
    conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0006-figures'")
    with open_case(case.path) as again:
        assert (kept(again), list(again.actors()), again.actor("Freedonia")) == expected


def test_a_case_of_before_gets_its_occurrences_filed(case: Case) -> None:
    expected = filed(case)
    for (name,) in case._conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE name LIKE 'filed_%'").all():
        case._conn.exec_driver_sql(f"DROP TRIGGER {name}")
    case._conn.exec_driver_sql("DROP TABLE filed")
    case._conn.exec_driver_sql("DROP INDEX occurrences_most_told")
    case._conn.exec_driver_sql("DROP TRIGGER people_dated")
    case._conn.exec_driver_sql("DROP INDEX occurrence_people_actor")
    case._conn.exec_driver_sql('ALTER TABLE occurrence_people DROP COLUMN "day"')
    case._conn.exec_driver_sql("CREATE INDEX occurrence_people_actor ON occurrence_people (actor, occurrence)")
    case._conn.exec_driver_sql("DELETE FROM migrations WHERE name IN ('0014-filed', '0015-days', '0016-told')")
    with open_case(case.path) as again:
        assert filed(again) == expected == listed(case)
        assert has_years(again)


def test_merged_actors_are_counted_once_in_what_they_share(case: Case) -> None:
    apart = [case.actor(name) for name in ("Republic of Sylvania", "Sylvania")]
    merge(case, "Republic of Sylvania", "Sylvania")
    whole = case.actor("Sylvania")
    assert [one.actor.documents for one in (*apart, whole)] == [2, 2, 2]
    assert {name for name, _ in whole.called} == {name for one in apart for name, _ in one.called}


def test_as_of_a_date_only_what_was_published_by_then_is_counted(case: Case) -> None:
    by_then, now = case.actor("Freedonia", as_of="2024-05"), case.actor("Freedonia")
    assert [one.documents for one in (by_then, now)] == [1, 2]
    assert by_then.kinds["event"] == {"source": 1}


def test_a_limited_list_is_the_beginning_of_the_whole(case: Case) -> None:
    for actor in (None, "Freedonia", "Sylvania"):
        whole = [one.id for one in case.reports("event", actor=actor)]
        assert whole
        for limit in range(1, len(whole) + 2):
            assert [one.id for one in case.reports("event", actor=actor, limit=limit)] == whole[:limit]
