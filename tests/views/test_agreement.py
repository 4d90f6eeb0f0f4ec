"""Alpha is Krippendorff's, and two codings are compared as the codebook's scorer pairs reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.record import Actor, ActorKind, EventType, Evidence, Kind, Report
from dragoman.views.agreement import Coding, Judged, Line, compare
from dragoman.views.alpha import krippendorff_alpha
from tests.case.factory import make_reading


def units_of(*coders: str) -> list[list[str]]:
    """Units from a row of values a coder; a dot is a value that is missing."""
    return [[value for value in column if value != "."] for column in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),  # Krippendorff 2011, A: Meg and Owen
        (("aabbdcccedda", "babbbccceddd"), 0.692),  # B: Ben and Gerry
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),  # C: four coders
    ],
    ids=["binary", "nominal", "missing data"],
)
def test_published_examples(coders: tuple[str, ...], alpha: float) -> None:
    assert krippendorff_alpha(units_of(*coders)) == pytest.approx(alpha, abs=0.0006)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=4), max_size=8), st.randoms())
def test_order_of_units_and_coders_does_not_matter(units: list[list[str]], random: object) -> None:
    mixed = [random.sample(unit, len(unit)) for unit in units]  # type: ignore[attr-defined]
    one, other = krippendorff_alpha(units), krippendorff_alpha(reversed(mixed))
    assert (one is None and other is None) or one == pytest.approx(other)
    assert one is None or one <= 1


def test_alpha_is_undefined_without_variation_or_pairs() -> None:
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([["a"], ["b"]]) is None
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1.0


READING = make_reading()


def coding(*reports: Report, complete: bool = True, present: bool = True, actors: tuple[Actor, ...] = ()) -> Coding:
    judged = [Judged(report, present, report.id) for report in reports]
    return Coding("x", complete, {"azure": judged}, {"azure": actors or READING.actors})


def line(lines: list[Line], field: str, kind: Kind | None = Kind.EVENT) -> Line:
    return next(line for line in lines if (line.kind, line.field) == (kind, field))


def test_a_coding_agrees_with_itself() -> None:
    lines = compare(coding(*READING.reports), coding(*READING.reports))
    assert all(line.alike == line.units for line in lines)
    assert line(lines, "report").alpha == 1.0
    assert line(lines, "report").units == 3  # stretches of text with any report in them
    assert line(lines, "report", None).documents == 1


def test_reports_are_paired_though_the_type_differs_and_the_fields_are_compared() -> None:
    other = replace(READING.reports[0], type=EventType.AGREE, place="port azure")
    lines = compare(coding(*READING.reports), coding(other))
    assert (line(lines, "type").units, line(lines, "type").alike) == (1, 0)
    assert line(lines, "place").alike == 1
    assert line(lines, "report", Kind.FORECAST).alike == 2


def test_reports_of_other_sentences_are_not_paired() -> None:
    text = READING.document.text
    other = replace(READING.reports[0], evidence=Evidence.slice(text, len(text) - 20, len(text)))
    lines = compare(coding(READING.reports[0]), coding(other))
    assert not any(line.field == "type" for line in lines)


def test_names_are_the_same_actor_when_their_forms_say_so() -> None:
    actors = (Actor("Freedonian Republic", ActorKind.STATE, ("Freedonia",)),)
    other = replace(READING.reports[0], source=("Freedonian Republic", "Sylvania"))
    lines = compare(coding(READING.reports[0]), coding(other, actors=actors))
    assert line(lines, "source").alike == 1


def test_a_name_that_both_give_is_one_actor_though_somebody_else_is_called_so_too() -> None:
    actors = tuple(Actor(name, ActorKind.GROUP, ("Freedonia",)) for name in ("Freedonia", "people of Freedonia"))
    alike = line(compare(coding(*READING.reports, actors=actors), coding(*READING.reports, actors=actors)), "source")
    assert alike.alike == alike.units == 1


def test_what_only_judged_reports_tell_counts_only_where_it_was_judged() -> None:
    event, forecast, _ = READING.reports
    machine = coding(*READING.reports)
    lines = compare(machine, coding(event, complete=False, present=False))
    assert (line(lines, "report").units, line(lines, "report").alike) == (1, 0)
    assert not any(line.kind is Kind.FORECAST for line in lines)
    both = compare(coding(event, forecast, complete=False), coding(event, complete=False, present=False))
    assert (line(both, "report", None).units, line(both, "report", None).alike) == (1, 0)
