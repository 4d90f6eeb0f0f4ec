"""Who holds which office: of those within reach of its noun, never of the verb's other arguments."""

from __future__ import annotations

import pytest

from dragoman import read_text
from dragoman.record import Predicate, Relation


def offices(text: str) -> set[tuple[str, str]]:
    found = read_text(text, published="2024-03-01", packs=())
    held = (Predicate.OFFICE, Predicate.LEADS, Predicate.SPEAKS_FOR)
    return {(r.subject, r.object) for r in found.reports if isinstance(r, Relation) and r.predicate in held}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru's foreign minister, Ana Reyes, arrived in Chile on Monday.", {("Ana Reyes", "Peru")}),
        ("Ana Reyes became the leader of the Green Party in May.", {("Ana Reyes", "Green Party")}),
        ("President Vladimir Putin met officials from Peru on Monday, Russia said.", {("Vladimir Putin", "Russia")}),
    ],
)
def test_an_office_is_held_by_whom_its_noun_names(text: str, told: set[tuple[str, str]]) -> None:
    assert offices(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "The foreign minister criticised Ana Reyes of Peru on Monday.",
        "Ana Reyes was told in Peru that the home secretary had resigned.",
        "The defence minister resigned after Ana Reyes decided to withdraw from Peru.",
    ],
)
def test_nobody_holds_the_office_of_whom_he_meets_or_tells_of(text: str) -> None:
    assert not any(holder == "Ana Reyes" for holder, _ in offices(text))
