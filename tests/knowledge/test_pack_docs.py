"""docs/packs.md explains every key that the schema knows, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.knowledge import load_pack, shipped_packs
from dragoman.knowledge.pick import MIN_ACTORS, MIN_PER_1000_WORDS
from dragoman.knowledge.schema import HEAD, OFFICE, SECTIONS, YIELDS
from dragoman.record import ActorKind, Kind

DOC = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
KEYS = {key for section in (HEAD, OFFICE, YIELDS, *SECTIONS.values()) for key in section.keys}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_key_is_documented(key: str) -> None:
    assert re.search(rf"`[^`]*\b{key}\b[^`]*`", DOC)


@pytest.mark.parametrize("word", [*map(str, ActorKind), *map(str, Kind), *shipped_packs()])
def test_allowed_value_is_documented(word: str) -> None:
    assert f"`{word}`" in DOC


def test_example_of_the_documentation_holds() -> None:
    assert load_pack().by_key["state/TUR"].adjectives == ("Turkish", "Turk", "Turks")


def test_density_of_the_documentation_is_the_one_used() -> None:
    assert (MIN_PER_1000_WORDS, MIN_ACTORS) == (3.0, 3)
    assert "three in a thousand words, for at least three different actors" in " ".join(DOC.split())
