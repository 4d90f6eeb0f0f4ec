"""Which reports are of one happening, by a person's word: taken out of an occurrence together, put into another."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, Decided, deciding
from dragoman.errors import RecordError, UsageError
from dragoman.record import Action, DateRange, Decision, Reading
from dragoman.record.decision import pairs_of

from .factory import filled, make_reading

NAMES = ("azure", "bright", "coral", "dune", "elm")
ELSE = "else"


def reading(name: str, day: str = "2024-05-03") -> Reading:
    """A document that tells the meeting of a day, in a sentence of its own."""
    told = make_reading(
        name, sentences=(f"Envoys of Freedonia met ministers, says {name}.", "It ended.", f"By {name}.")
    )
    event = replace(told.reports[0], date=DateRange.on(day))
    return replace(told, reports=(event, *told.reports[1:]))


READINGS = {name: reading(name) for name in NAMES} | {ELSE: reading(ELSE, "2024-08-20")}


@contextmanager
def case_of(*names: str) -> Iterator[Case]:
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "a.case", *map(READINGS.get, names)) as case:
        yield case


def groups(case: Case) -> list[str]:
    """The documents of each occurrence, by their first letters."""
    found = (case.occurrence(one.id).occurrence.reports for one in case.occurrences())
    return sorted("".join(sorted(report.document[0] for report in reports)) for reports in found)


def report_of(case: Case, name: str) -> str:
    return next(one.id for one in case.reports("event") if one.report.document == name)


def decide(case: Case, action: Action, names: Iterable[str], occurrence: str, by: str = "Anna") -> Decided:
    """``occurrence`` is that of a document's report."""
    whole = case.occurrence_of(report_of(case, occurrence)) or ""
    subject = case.about_happening(action, [report_of(case, name) for name in names], whole)
    return case.decide(Decision(by, action, subject, reason="another day"))


def lines(case: Case) -> list[str]:
    return [json.dumps(one.decision.to_dict()) for one in case.decisions()]


def test_reports_taken_out_are_another_happening_and_one_and_the_rest_stays() -> None:
    with case_of(*NAMES) as case:
        assert groups(case) == ["abcde"]
        parted = decide(case, Action.PART, ("bright", "dune"), "azure")
        assert groups(case) == ["ace", "bd"]
        for one in case.occurrences():
            (decided,) = case.occurrence(one.id).decisions
            assert (decided.decision.id, decided.decision.reason) == (parted.decision.id, "another day")
        case.undo(parted.decision.id, author="Ben")
        assert groups(case) == ["abcde"]
        assert case.occurrence(next(case.occurrences()).id).decisions == ()


def test_a_report_is_put_into_an_occurrence_that_it_was_not_gathered_in() -> None:
    with case_of("azure", "bright", ELSE) as case:
        assert groups(case) == ["ab", "e"]
        decide(case, Action.JOIN, (ELSE,), "azure")
        assert groups(case) == ["abe"]
        decide(case, Action.PART, (ELSE,), "azure")
        assert groups(case) == ["ab", "e"], "of two decisions the later counts"


def test_what_comes_later_is_gathered_with_either_and_brings_them_not_together() -> None:
    with case_of("azure", "bright") as case:
        decide(case, Action.PART, ("bright",), "azure")
        case.start_run("test-1")
        for name in ("coral", "dune", "elm"):
            case.add(READINGS[name])
        assert len(groups(case)) == 2
        assert not any("a" in group and "b" in group for group in groups(case))


@cache
def two_minds() -> list[str]:
    """What Anna took out, and what Ben put with it."""
    with case_of(*NAMES) as case:
        decide(case, Action.PART, ("bright", "dune"), "azure")
        decide(case, Action.JOIN, ("elm",), "bright", by="Ben")
        return lines(case)


@settings(max_examples=5, deadline=None)
@given(st.permutations(NAMES), st.integers(0, 5), st.booleans())
def test_in_whatever_order_documents_and_decisions_come_the_occurrences_are_the_same(
    order: list[str], before: int, again: bool
) -> None:
    with case_of(*order[:before]) as case:
        case.import_decisions(two_minds(), "anna.jsonl")
        case.start_run("test-1")
        for name in order[before:]:
            case.add(READINGS[name])
        if again:
            case.start_run("test-2")
            for name in order:
                case.add(READINGS[name])
        assert groups(case) == ["ac", "bde"]
        assert list(case.untied()) == []


def test_where_one_joins_and_another_parts_both_are_shown_with_the_reports_they_differ_on() -> None:
    with case_of(*NAMES) as case:
        decide(case, Action.PART, ("bright", "dune"), "azure")
        assert case.conflicts() == []
        decide(case, Action.JOIN, ("bright",), "azure", by="Ben")
        (conflict,) = case.conflicts()
        assert (conflict.field, [one.author for one in conflict.decisions]) == ("occurrence", ["Anna", "Ben"])
        assert set(conflict.reports) == {report_of(case, name) for name in ("azure", "bright", "coral", "elm")}


def test_what_would_change_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with case_of("azure", "bright", ELSE) as case:
        for action, names, occurrence, told in (
            (Action.PART, ("azure", "bright"), "azure", "these are all reports of occurrence"),
            (Action.PART, (ELSE,), "azure", "is not of occurrence"),
            (Action.JOIN, ("azure",), "bright", "is of occurrence [0-9a-f]+ already"),
        ):
            with pytest.raises(UsageError, match=told):
                decide(case, action, names, occurrence)
        monkeypatch.setattr(deciding, "MOST_TOGETHER", 1)
        with pytest.raises(UsageError, match="has 2 reports; at most 1 are joined or parted at once"):
            decide(case, Action.PART, ("azure",), "azure")
        assert list(case.decisions()) == []


def test_others_are_reports_and_some() -> None:
    with case_of("azure") as case:
        about = case.about(report_of(case, "azure"))
        for others in ([], "x", [{}]):
            with pytest.raises(RecordError):
                Decision("Anna", Action.PART, {"reports": [about], "others": others})


@pytest.mark.parametrize(
    ("action", "reports", "others", "told"),
    [
        (Action.JOIN, "abc", "", "ab+ ac+ bc+"),
        (Action.PART, "abc", "", "ab- ac- bc-"),
        (Action.PART, "ab", "xy", "ab+ ax- ay- bx- by-"),
        (Action.JOIN, "ab", "x", "ab+ ax+ bx+"),
    ],
)
def test_what_is_told_of_pairs(action: Action, reports: str, others: str, told: str) -> None:
    assert " ".join(f"{a}{b}{'-+'[together]}" for a, b, together in pairs_of(action, reports, others)) == told
