"""As of a date a case is what it would be if no later document had been read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, Merge
from dragoman.errors import UsageError
from dragoman.record import Action, Actor, ActorKind, Decision, Evidence, Fact, Reading

from .factory import filled, make_reading, readings


def told(id: str, published: str | None, *cast: Actor) -> Reading:
    """A document that has these actors, and the report of a meeting."""
    sentences = (f"Envoys of Freedonia met Sylvania in {id}.", "It may.", "Critics.")
    reading = make_reading(id, sentences=sentences, published=published, outlet=Fact(f"{id} Herald", "given"))
    event = replace(reading.reports[0], evidence=Evidence.slice(reading.document.text, 0, len(sentences[0])))
    return replace(reading, actors=(*cast, *reading.actors), reports=(event, *reading.reports[1:]))


def date_of(reading: Reading) -> str:
    """When its document was published."""
    published = reading.document.published
    return published.value if published else ""


EARLY = told("azure", "2024-05-04", Actor("Chico", ActorKind.PERSON, ("Chico",)))
LATE = told(
    "rose",
    "2024-06-01",
    Actor("Rufus Firefly", ActorKind.PERSON, ("Firefly", "His Excellency")),
    Actor("chico", ActorKind.PERSON, ("Chicolini",), of="Freedonia"),
)
UNDATED = told("violet", None, Actor("Gloria Teasdale", ActorKind.PERSON, ("Gloria Teasdale",)))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with filled(tmp_path / "a.case", EARLY, LATE, UNDATED) as opened:
        yield opened


def shown(case: Case, as_of: str | None = None) -> dict[str, Any]:
    """All that is shown of a case in which something is told of by then."""
    overview = case.overview(as_of=as_of)
    actors = list(case.actors(as_of=as_of))
    return {
        "overview": replace(overview, path="", title="", undated=0, last_run=None),
        "actors": actors,
        "each": [case.actor(one.identity, as_of=as_of) for one in actors],
        "called": [case.actors_called(one.identity, as_of=as_of) for one in actors],
        "named so": [list(case.actors(named=part, as_of=as_of)) for part in ("Free", "chico", "excel", "glori")],
        "documents": list(case.documents(as_of=as_of)),
        "naming": [case.documents_naming(one.identity, as_of=as_of) for one in actors],
        "found": list(case.search("it", as_of=as_of)),
    }


@pytest.mark.parametrize("as_of", ["2024-05-04", "2024-05", "2024-06", "2025"])
def test_as_of_a_date_nothing_else_is_seen_than_was_told_by_then(case: Case, tmp_path: Path, as_of: str) -> None:
    by_then = [one for one in (EARLY, LATE) if date_of(one)[: len(as_of)] <= as_of]
    with filled(tmp_path / "b.case", *by_then) as alone:
        assert shown(case, as_of) == shown(alone)
    assert case.overview(as_of=as_of).undated == 1


def test_who_is_one_by_a_decision_is_one_then_too(case: Case, tmp_path: Path) -> None:
    with filled(tmp_path / "b.case", EARLY) as alone:
        for one in (case, alone):
            one.decide(Decision("Anna", Action.MERGE, one.about_merge(["Freedonia", "Sylvania"])))
        assert shown(case, "2024-05") == shown(alone)


@settings(max_examples=5, deadline=None)
@given(st.lists(readings(), min_size=2, max_size=4, unique_by=lambda one: one.document.text), st.data())
def test_whatever_is_read_it_is_as_if_the_rest_had_not_been(those: list[Reading], data: st.DataObject) -> None:
    those = [replace(one, document=replace(one.document, id=f"d{n}")) for n, one in enumerate(those)]
    those = [replace(one, reports=tuple(replace(r, document=one.document.id) for r in one.reports)) for one in those]
    as_of = data.draw(st.sampled_from(sorted({date_of(one) for one in those if date_of(one)} | {"1999"})))
    by_then = [one for one in those if date_of(one) and date_of(one)[: len(as_of)] <= as_of]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        case, alone = (
            opened.enter_context(filled(Path(folder) / name, *some))
            for name, some in (("a.case", those), ("b.case", by_then))
        )
        assert shown(case, as_of) == shown(alone)


def test_who_is_not_told_of_by_then_is_who_it_is_and_no_more(case: Case) -> None:
    firefly = case.actor("Firefly", as_of="2024-05")
    assert (firefly.actor.name, firefly.actor.names, firefly.actor.documents, firefly.documents) == (
        "Rufus Firefly",
        (),
        0,
        0,
    )
    assert case.actors_called("Firefly", as_of="2024-05") == ()


def test_a_report_told_later_is_not_shown(case: Case) -> None:
    (late,) = case.reports("event", document="rose")
    assert case.report(late.id, as_of="2024-06").id == late.id
    with pytest.raises(UsageError, match=r"was not told by 2024-05: its document is of 2024-06-01"):
        case.report(late.id, as_of="2024-05")
    (undated,) = case.reports("event", document="violet")
    with pytest.raises(UsageError, match=r"was not told by 2030: its document has no date"):
        case.report(undated.id, as_of="2030")


def test_only_who_is_told_of_by_then_may_be_one(tmp_path: Path) -> None:
    def pairs(found: tuple[Merge, ...]) -> list[set[str]]:
        return [{one.one.name, one.other.name} for one in found]

    massoud, masoud = (Actor(name, ActorKind.PERSON, (name,)) for name in ("Ahmad Massoud", "Ahmad Masoud"))
    with filled(tmp_path / "a.case", told("azure", "2024-05-04", massoud), told("rose", "2024-06", masoud)) as case:
        assert pairs(case.merges()) == pairs(case.merges(as_of="2024-06")) == [{"Ahmad Massoud", "Ahmad Masoud"}]
        assert case.merges(as_of="2024-05") == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda case: case.overview(as_of="May"),
        lambda case: case.actors(as_of="May"),
        lambda case: case.documents(as_of="May"),
        lambda case: case.documents_naming("Chico", as_of="May"),
        lambda case: case.actors_called("Chico", as_of="May"),
        lambda case: case.search("envoys", as_of="May"),
        lambda case: case.merges(as_of="May"),
        lambda case: case.report(next(case.reports()).id, as_of="May"),
    ],
)
def test_what_is_no_date_is_refused_at_once(case: Case, ask: Callable[[Case], object]) -> None:
    with pytest.raises(UsageError, match="'May' is not a date"):
        ask(case)
