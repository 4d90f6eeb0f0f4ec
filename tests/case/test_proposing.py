"""Who may be one is kept as comparing everybody afresh gives it, whatever comes, changes and is decided."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, open_case, proposing
from dragoman.errors import DragomanError
from dragoman.reconcile import identities
from dragoman.record import Action, Actor, ActorKind, Decision, Event, EventType, Evidence, Predicate, Reading, Relation

from .factory import filled, make_reading

TABLES = ("posts", "namesakes", "proposals")
PEOPLE = ("Ahmad Massoud", "Ahmed Masoud", "Massoud", "Wali Massoud", "Rosa Lanz", "R. M. Lanz")
BODIES = ("National Front", "NF", "Front National", "National Resistance Front", "NRF")


def document(number: int, cast: Sequence[str], mention: str, minister: bool) -> Reading:
    """One of a few documents as some reader understands it: whom it names; the first is also called by another name,
    and perhaps told to hold an office."""
    text = f"The {number} of them talked."
    whole = Evidence.slice(text, 0, len(text))
    kinds = [ActorKind.PERSON if name not in BODIES else ActorKind.ORGANIZATION for name in cast]
    actors = [Actor(name, kind, (name,)) for name, kind in zip(cast, kinds, strict=True)]
    actors[0] = replace(actors[0], mentions=(cast[0], mention))
    id = f"d{number}"
    told: list[Any] = [Event(document=id, evidence=whole, type=EventType.CONSULT, source=tuple(cast))]
    if minister:
        office = {"subject": cast[0], "predicate": Predicate.OFFICE, "object": "Freedonia", "title": "Minister"}
        told.append(Relation(document=id, evidence=whole, **office))
    reading = make_reading(id, sentences=(text, "It is so.", "It was."), published=f"2024-05-{number + 1:02}")
    return replace(reading, actors=tuple(actors), reports=tuple(told))


def kept(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(map(tuple, case._conn.exec_driver_sql(f"SELECT * FROM {name}")), key=repr) for name in TABLES}


def afresh(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """As it would be; the case stays as it is."""
    case._conn.exec_driver_sql("BEGIN")
    for name in TABLES:
        case._conn.exec_driver_sql(f"DELETE FROM {name}")
    proposing.revise_all(case._conn)
    found = kept(case)
    case._conn.exec_driver_sql("ROLLBACK")
    return found


@pytest.fixture(autouse=True)
def small_crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a handful of documents makes keys common and rare."""
    for module in (identities, proposing):
        monkeypatch.setattr(module, "CROWD", 4)
        monkeypatch.setattr(module, "MANY", 2)


readings = st.builds(
    document,
    st.integers(0, 5),
    st.lists(st.sampled_from(PEOPLE + BODIES), min_size=1, max_size=4, unique=True),
    st.sampled_from(PEOPLE + BODIES),
    st.booleans(),
)


def read(case: Case, turn: int, reading: Reading) -> None:
    """Read a document for the first time, or as a later reader understands it."""
    case.start_run(f"test-{turn}")
    case.add(reading)
    case.finish_run()


def decide(case: Case, action: Action, one: str, other: str, document: str) -> None:
    match action:
        case Action.MERGE | Action.APART:
            case.decide(Decision("Anna", action, case.about_merge([one, other])))
        case Action.SPLIT:
            case.decide(Decision("Anna", action, case.about_split(one, [document])))
        case Action.REJECT:
            case.decide(Decision("Anna", action, case.about(next(case.reports(document=document)).id)))
        case _:
            case.undo(next(case.decisions(latest_first=True)).decision.id, author="Ben")


names = st.sampled_from(PEOPLE + BODIES)
actions = st.sampled_from((Action.MERGE, Action.APART, Action.SPLIT, Action.REJECT, Action.UNDO))
decisions = st.tuples(actions, names, names, st.integers(0, 5).map("d{}".format))


@settings(max_examples=8, deadline=None)
@given(st.lists(readings, min_size=3, max_size=6), st.lists(readings | decisions, min_size=1, max_size=4))
def test_proposals_are_those_of_comparing_everybody_afresh(first: list[Reading], then: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "a.case") as case:
        for turn, change in enumerate([*first, *then]):
            with suppress(DragomanError, StopIteration):  # about what is not there, or is decided already
                if isinstance(change, Reading):
                    read(case, turn, change)
                else:
                    decide(case, *change)
        assert kept(case) == afresh(case)


@pytest.mark.parametrize(
    "names",
    [
        ("Massoud", "Ahmad Massoud", "Wali Massoud"),  # a surname of more than two
        ("Ahmad Massoud", "Ahmed Masoud", "A. Massoud", "Ahmad Masoud", "Akbar Masoud"),  # a key of more than four
    ],
)
def test_one_more_of_a_name_changes_what_speaks_for_the_others_and_one_less_too(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    with filled(tmp_path / "a.case") as case:
        told = []
        for turn, name in enumerate((*names, "Rosa Lanz")):
            read(case, turn, document(min(turn, len(names) - 1), [name], name, False))
            told.append({(merge.one.name, merge.other.name, merge.score) for merge in case.merges()})
            assert kept(case) == afresh(case)
    assert not told[-3] <= told[-2]
    assert told[-1] == told[-3]


def massouds(tmp_path: Path) -> Case:
    """Two documents of one man under two spellings, who holds one office in both."""
    one, other = document(1, ["Ahmad Massoud"], "Massoud", True), document(2, ["Ahmed Masoud"], "Massoud", True)
    return filled(tmp_path / "a.case", one, other)


def test_a_document_that_names_both_takes_the_proposal_away_and_a_later_reader_brings_it_back(tmp_path: Path) -> None:
    with massouds(tmp_path) as case:
        assert [merge.one.name for merge in case.merges()] == ["Ahmad Massoud"]
        read(case, 2, document(3, ["Ahmad Massoud", "Ahmed Masoud"], "Massoud", False))
        assert case.merges() == ()
        read(case, 3, document(3, ["Rosa Lanz"], "Rosa Lanz", False))
        assert [merge.one.name for merge in case.merges()] == ["Ahmad Massoud"]


def test_a_case_of_before_gets_its_proposals(tmp_path: Path) -> None:
    with massouds(tmp_path) as case:
        expected = kept(case), case.merges()
        for name in TABLES:
            case._conn.exec_driver_sql(f"DROP TABLE {name}")
        case._conn.exec_driver_sql("DROP INDEX counted_actors")
        case._conn.exec_driver_sql("DELETE FROM migrations WHERE name = '0010-proposals'")
        with open_case(case.path) as again:
            assert (kept(again), again.merges()) == expected
