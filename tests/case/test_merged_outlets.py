"""Outlets that people make one are one source wherever sources are counted, until that is undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import Case, Decided
from dragoman.errors import RecordError, UsageError
from dragoman.record import Action, Decision, Fact, Reading
from tests.case.factory import SENTENCES, filled, make_reading

WIRE, SITE = "Norda Wire", "norda-wire.example"


REST = {
    "wired": ("Rain fell on the quay.", "Nobody slept in the harbour that night, said a baker."),
    "paged": ("Tolls had been low since the war.", "Ships were late."),
    "other": ("The king is in the south until June.", "A guild of fishermen sang."),
    "late": ("Four thousand came with torches and nets.", "The mayor listened to all of them."),
}


def by(id: str, outlet: str, published: str = "2024-05-04") -> Reading:
    """The same happening, told in an article of its own."""
    reading = make_reading(id, sentences=(SENTENCES[0], *REST[id]), outlet=Fact(outlet, "page"), published=published)
    return replace(reading, reports=reading.reports[:1])


WIRED, PAGED, OTHER = by("wired", WIRE), by("paged", SITE, "2024-05-05"), by("other", "Azure Courier", "2024-05-06")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with filled(tmp_path / "a.case", WIRED, PAGED, OTHER) as opened:
        yield opened


def merge(case: Case, *names: str, action: Action = Action.MERGE, author: str = "Anna") -> Decided:
    return case.decide(Decision(author, action, case.about_outlets(names)))


def read_more(case: Case, *readings: Reading, reader: str = "test-1") -> None:
    case.start_run(reader)
    for reading in readings:
        case.add(reading)
    case.finish_run()


def counted(case: Case) -> dict[str, Any]:
    """All counts of sources that a case shows, and what it says of outlets."""
    listed = case.sources()
    return {
        "sources": [(one.name, one.documents, one.stories, one.copies) for one in listed.sources],
        "outlets": (listed.outlets, case.overview().outlets, case.overview().top_outlets),
        "occurrences": [one.sources for one in case.occurrences()],
        "extent": case.extent().sources,
        "actor": case.actor("Freedonia").sources,
        "by then": [one.sources for one in case.occurrences(as_of="2024-05-05")],
    }


def test_two_names_are_one_source_everywhere_and_two_again_when_that_is_undone(case: Case) -> None:
    before = counted(case)
    assert (before["occurrences"], before["extent"], before["actor"], before["by then"]) == ([3], 3, 3, [2])
    done = merge(case, WIRE, SITE)
    now = counted(case)
    assert (now["occurrences"], now["extent"], now["actor"], now["by then"]) == ([2], 2, 2, [1])
    assert now["outlets"] == (2, 2, ((WIRE, 2), ("Azure Courier", 1)))
    case.undo(done.decision.id, author="Ben")
    assert counted(case) == before


def test_it_is_as_if_all_documents_gave_the_one_name(case: Case, tmp_path: Path) -> None:
    merge(case, SITE, WIRE)
    named = replace(PAGED, document=replace(PAGED.document, outlet=Fact(WIRE, "page")))
    with filled(tmp_path / "named.case", WIRED, named, OTHER) as other:
        assert counted(case) == counted(other)


def test_what_comes_later_is_counted_with_it_whatever_the_order(case: Case, tmp_path: Path) -> None:
    merge(case, WIRE, SITE)
    read_more(case, by("late", SITE, "2024-05-07"))
    with filled(tmp_path / "b.case", by("late", SITE, "2024-05-07"), OTHER, PAGED, WIRED) as other:
        merge(other, WIRE, SITE)
        assert counted(case) == counted(other)


def test_a_better_readers_reading_is_counted_with_it_too(case: Case) -> None:
    merge(case, WIRE, SITE)
    before = counted(case)
    read_more(case, WIRED, PAGED, OTHER, reader="test-2")
    assert counted(case) == before


def test_the_outlet_is_shown_under_its_name_with_all_that_documents_call_it(case: Case) -> None:
    merge(case, SITE, WIRE)
    for name in (WIRE, SITE):
        found = case.source(name)
        assert (found.source.name, found.source.names) == (WIRE, ((WIRE, 1), (SITE, 1)))
    assert [document.outlet for document in case.documents()] == ["Azure Courier", SITE, WIRE]
    (told,) = case.decisions_on_outlet(SITE)
    assert told.decision.outlets == (SITE, WIRE)


def test_such_pairs_are_proposed_until_somebody_decides(case: Case) -> None:
    (found,) = case.outlet_merges()
    assert (found.one.name, found.other.name, found.reasons) == (WIRE, SITE, ("the site is called as the outlet",))
    done = merge(case, WIRE, SITE, action=Action.APART)
    assert case.outlet_merges() == ()
    case.undo(done.decision.id, author="Anna")
    merge(case, WIRE, SITE)
    assert case.outlet_merges() == ()


def test_merges_of_three_hold_together_and_come_apart_one_by_one(case: Case) -> None:
    merge(case, WIRE, SITE)
    done = merge(case, SITE, "Azure Courier")
    assert counted(case)["occurrences"] == [1]
    case.undo(done.decision.id, author="Anna")
    assert counted(case)["occurrences"] == [2]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((WIRE,), "two outlets or more"),
        ((WIRE, "norda wire"), "each named once"),
        ((WIRE, "Norda Wyre"), "did you mean 'Norda Wire'"),
        ((WIRE, "Freedonia"), "no outlet 'Freedonia' in this case"),
        ((WIRE, " "), "no outlet ' ' in this case"),
    ],
)
def test_what_makes_no_sense_is_refused(case: Case, names: tuple[str, ...], told: str) -> None:
    with pytest.raises((UsageError, RecordError), match=told):
        merge(case, *names)
    assert not list(case.decisions())


def test_who_is_one_is_not_told_apart_and_who_is_told_apart_not_merged(case: Case) -> None:
    done = merge(case, WIRE, SITE)
    with pytest.raises(UsageError, match="are one outlet; undo the merge"):
        merge(case, SITE, WIRE, action=Action.APART)
    with pytest.raises(UsageError, match="are one outlet already"):
        merge(case, SITE, WIRE)
    case.undo(done.decision.id, author="Anna")
    merge(case, WIRE, SITE, action=Action.APART)
    with pytest.raises(UsageError, match="told apart by decision"):
        merge(case, WIRE, SITE)


def test_two_people_exchange_them_and_disagree(case: Case, tmp_path: Path) -> None:
    merge(case, WIRE, SITE)
    lines = [json.dumps(one.decision.to_dict()) for one in case.decisions()]
    with filled(tmp_path / "ben.case", WIRED, PAGED, OTHER) as other:
        merge(other, SITE, WIRE, action=Action.APART, author="Ben")
        done = other.import_decisions(lines, "anna.jsonl")
        (conflict,) = done.conflicts
        assert (conflict.field, {one.author for one in conflict.decisions}) == ("outlets", {"Anna", "Ben"})
        assert counted(other)["occurrences"] == [2]
        assert other.import_decisions(lines, "anna.jsonl").known == 1


def test_a_decision_waits_for_the_outlet_that_it_is_about(case: Case, tmp_path: Path) -> None:
    merge(case, WIRE, SITE)
    lines = [json.dumps(one.decision.to_dict()) for one in case.decisions()]
    with filled(tmp_path / "c.case", WIRED, OTHER) as other:
        assert other.import_decisions(lines, "anna.jsonl").untied == 1
        read_more(other, PAGED)
        assert not list(other.untied())
        assert counted(other)["occurrences"] == [2]


@pytest.mark.parametrize("outlets", [["Norda Wire"], ["Norda Wire", 7], ["Norda Wire", ""], "Norda Wire", None])
def test_a_file_with_outlets_that_are_none_is_refused_whole(case: Case, outlets: Any) -> None:
    row = Decision("Eve", Action.MERGE, {"outlets": [WIRE, SITE]}, made="2024-05-04T00:00:00+00:00").to_dict()
    del row["decision"]
    row["subject"] = {"outlets": outlets}
    with pytest.raises(RecordError, match=r"eve\.jsonl line 1 is no decision"):
        case.import_decisions([json.dumps(row)], "eve.jsonl")


def test_an_actor_of_an_outlets_name_is_not_merged_with_it(case: Case) -> None:
    actors = list(case.actors())
    merge(case, WIRE, SITE)
    assert list(case.actors()) == actors
    assert case.merges() == ()
