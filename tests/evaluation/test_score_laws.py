"""Laws of meaning: how sentences are rewritten, what is compared, and how outcomes are counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dragoman.knowledge import load_pack
from dragoman.record import Standing
from evaluation.laws import (
    CASTS,
    LAWS,
    STRANGERS,
    Law,
    Outcome,
    Template,
    Told,
    find_templates,
    judge,
    law_tables,
    shares,
)

FRAME = next(frame for frame in load_pack(()).frames if frame.id == "assault.attack")
TEMPLATE = Template(FRAME, " ", " ", ".", "attacked", "did not attack", True)
CAST = CASTS[0]
TOLD = Told("ASSAULT", frozenset({"Peru"}), frozenset({"Chile"}), Standing.ACTUAL, (), None, ())
DENY, SAY, SWAP, RENAME = LAWS


def test_a_template_holds_who_acts_the_verb_and_whom_it_is_done_to() -> None:
    first = next(find_templates([FRAME], load_pack(())))
    assert first.text(("Peru", "Chile")) == "Peru attacked Chile."
    assert first.text(("Peru", "Chile"), negated=True) == "Peru did not attack Chile."


@pytest.mark.parametrize(
    ("law", "text"),
    [
        (DENY, "Peru did not attack Chile."),
        (SAY, "Karl Brandt said that Peru attacked Chile."),
        (SWAP, "Chile attacked Peru."),
        (RENAME, f"{STRANGERS['Peru']} attacked {STRANGERS['Chile']}."),
    ],
    ids=lambda value: value.name if hasattr(value, "name") else None,
)
def test_each_law_rewrites_the_sentence(law: Law, text: str) -> None:
    assert law.rewrite(TEMPLATE, CAST) == text


@pytest.mark.parametrize(
    ("law", "after"),
    [
        (DENY, replace(TOLD, standing=Standing.DENIED)),
        (SAY, replace(TOLD, voice=("Karl Brandt",))),
        (SWAP, replace(TOLD, source=TOLD.target, target=TOLD.source)),
        (RENAME, replace(TOLD, source=frozenset({"Zerunia"}), target=frozenset({"Marvania"}))),
    ],
    ids=lambda value: value.name if hasattr(value, "name") else None,
)
def test_a_law_holds_on_what_it_expects_and_not_on_what_was_before(law: Law, after: Told) -> None:
    assert judge(law, TEMPLATE, CAST, Counter([TOLD]), Counter([after])) == ()
    assert judge(law, TEMPLATE, CAST, Counter([TOLD]), Counter([TOLD])) != ()


def test_a_place_goes_by_the_new_names() -> None:
    there, here = (replace(TOLD, place=place) for place in ("Chile", "Peru"))
    swapped = replace(here, source=TOLD.target, target=TOLD.source)
    assert judge(SWAP, TEMPLATE, CAST, Counter([there]), Counter([swapped])) == ()


def test_a_name_that_the_sentence_has_of_its_own_keeps() -> None:
    restored = Template(FRAME, " ", " relations with Chile.", "", "restored", "did not restore", False)
    after = replace(TOLD, source=frozenset({"Zerunia"}))
    assert RENAME.rewrite(restored, CAST) == "Zerunia restored relations with Chile."
    assert judge(RENAME, restored, CAST, Counter([TOLD]), Counter([after])) == ()


def test_what_differs_is_named() -> None:
    swapped = replace(TOLD, source=TOLD.target, target=TOLD.source)
    late = replace(swapped, standing=Standing.PLANNED)
    assert judge(SWAP, TEMPLATE, CAST, Counter([TOLD]), Counter([late])) == ("standing",)
    assert judge(SWAP, TEMPLATE, CAST, Counter([TOLD]), Counter()) == ("lost",)
    assert judge(SWAP, TEMPLATE, CAST, Counter([TOLD]), Counter([swapped, late])) == ("extra",)


def test_negation_speaks_of_the_frames_own_event_only() -> None:
    other = replace(TOLD, type="REQUEST")
    denied = replace(TOLD, standing=Standing.DENIED)
    assert judge(DENY, TEMPLATE, CAST, Counter([TOLD, other]), Counter([denied])) == ()


def test_shares_and_tables_count_sentences_and_differences() -> None:
    outcomes = [Outcome("a", "f", "x", "y", ()), Outcome("a", "f", "x", "z", ("voice", "standing"))]
    assert shares(outcomes) == {"a": (1, 2)}
    kept, broken = law_tables(outcomes)
    assert kept.rows == (("a", 0.5, 1, 2),)
    assert set(broken.rows) == {("a", "voice", 1), ("a", "standing", 1)}
