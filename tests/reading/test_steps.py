"""Steps: who moves on which rung, and what only names things is no move."""

from __future__ import annotations

import pytest

from dragoman import read_text
from dragoman.record import Standing, Step


def steps(text: str) -> set[tuple[str, str, tuple[str, ...], Standing]]:
    found = read_text(text, published="2024-06-10", packs=("core", "afghanistan")).reports
    return {(r.rung, str(r.direction), r.by, r.standing) for r in found if isinstance(r, Step)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Kazakhstan removed the Taliban from its list of banned organisations in June.",
            {("designation", "up", ("Kazakhstan",), Standing.ACTUAL)},
        ),
        (
            "Kazakhstan decided to exclude the Taliban from the list of banned organisations.",
            {("designation", "up", ("Kazakhstan",), Standing.PLANNED)},
        ),
    ],
)
def test_a_list_is_no_listing_and_the_listed_list_nobody(
    text: str, told: set[tuple[str, str, tuple[str, ...], Standing]]
) -> None:
    assert steps(text) == told


def test_what_must_come_before_a_recognition_is_no_recognition() -> None:
    told = steps("Before any formal recognition, Russia must delist the Taliban movement.")
    assert ("recognition", "up", ("Russia",), Standing.ACTUAL) not in told
    assert ("designation", "up", ("Russia",), Standing.DEMANDED) in told


def test_the_state_of_the_authority_makes_no_step_toward_it() -> None:
    told = steps("The Taliban government in Afghanistan hopes for recognition by China.")
    assert not any("Afghanistan" in by for _, _, by, _ in told)
