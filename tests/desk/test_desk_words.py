"""What pages say in words where the record has codes."""

from __future__ import annotations

import pytest

from dragoman.desk.words import FILTERS, TIED_BY
from dragoman.record.occurrence import Dispute, Matter
from dragoman.views.discourse import Aggregation, Mode, Normalisation


@pytest.mark.parametrize(
    ("about", "occurrence", "told"),
    [
        ("ASSAULT gunmen → people (Crocus City Hall)", "ab12", "Attacks: gunmen → people (Crocus City Hall)"),
        ("Rosemary DiCarlo · women-and-girls", None, "Rosemary DiCarlo on women and girls"),
        ("Peru · the 8-point plan", None, "Peru on the 8-point plan"),
        ("AID agencies · recognition", None, "AID agencies on recognition"),
    ],
)
def test_a_dispute_says_what_it_is_of(about: str, occurrence: str | None, told: str) -> None:
    assert FILTERS["of_what"](Dispute(Matter.KILLED, about, "2024-05-03", occurrence, ())) == told


@pytest.mark.parametrize(
    ("matter", "value", "told"),
    [
        ("stance", "support", "for"),
        ("stance", "not oppose", "not so: against"),
        ("standing", "denied", "told as not so"),
        ("date", "2024-05-03", "2024-05-03"),
        ("killed", "145", "145"),
    ],
)
def test_a_side_of_a_dispute_is_told_in_words(matter: str, value: str, told: str) -> None:
    assert FILTERS["side_told"](value, matter) == told


@pytest.mark.parametrize(("code", "name"), [("AFG", "Afghanistan"), ("XKX", "Kosovo"), ("QQQ", "QQQ"), ("", "")])
def test_a_country_is_told_by_name_if_it_has_one(code: str, name: str) -> None:
    assert FILTERS["country"](code) == name


@pytest.mark.parametrize(
    ("role", "told"), [("target", "toward it"), ("by", "by it"), ("mediator", "with it as mediator")]
)
def test_what_an_actor_is_in_reports_is_told_in_words(role: str, told: str) -> None:
    assert FILTERS["role"](role) == told


def test_whatever_is_chosen_of_a_network_has_words() -> None:
    assert {*Mode, *Aggregation, *Normalisation} <= set(TIED_BY)
