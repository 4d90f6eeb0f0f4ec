"""The word lists of intake, from ``knowledge/core/furniture.yaml``, in the form in which lines are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_EDGES = re.compile(r"^[^\w#(@©]+|[^\w#)]+$")
_LAX_EDGES = re.compile(r"^[^\w#]+|[^\w#]+$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words of page furniture, see the comments of the file; all casefolded, numbers as ``#``.

    ``labels`` maps the label of a header line to the fact that it says (``"posted on"`` → ``published``).
    """

    lines: frozenset[str]
    openings: tuple[str, ...]
    prompts: tuple[str, ...]
    phrases: tuple[str, ...]
    asides: tuple[str, ...]
    offers: tuple[str, ...]
    offered: frozenset[str]
    pointers: tuple[str, ...]
    pointed: frozenset[str]
    pointing: tuple[str, ...]
    box_starts: frozenset[str]
    box_ends: frozenset[str]
    agencies: tuple[str, ...]
    headings: frozenset[str]
    closers: frozenset[str]
    author_boxes: tuple[str, ...]
    credits: tuple[str, ...]
    labels: Mapping[str, str]
    date_words: frozenset[str]
    name_particles: frozenset[str]
    not_names: frozenset[str]
    english: frozenset[str]


def squeeze(text: str) -> str:
    """A line as lists hold it: casefolded, one blank between words, straight apostrophes, numbers as ``#``."""
    folded = " ".join(text.casefold().replace("’", "'").split())
    return _NUMBER.sub("#", folded)


def bare(text: str) -> str:
    """A squeezed line without the bullets, arrows and punctuation around it."""
    return _LAX_EDGES.sub("", squeeze(text))


def lead(text: str) -> str:
    """A squeezed line without the bullets and arrows before it."""
    return _EDGES.sub("", squeeze(text))


@cache
def load_phrases() -> Phrases:
    """Read the lists once."""
    source = files("dragoman.knowledge") / "core" / "furniture.yaml"
    # The base loaders give text for every value (``on`` is a word here); libyaml's is some twenty times faster.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data = yaml.load(source.read_text(encoding="utf-8"), Loader=loader)
    return Phrases(
        lines=frozenset(map(bare, data["lines"])),
        openings=tuple(map(squeeze, data["openings"])),
        prompts=tuple(map(squeeze, data["prompts"])),
        phrases=tuple(map(squeeze, data["phrases"])),
        asides=tuple(map(squeeze, data["asides"])),
        offers=tuple(map(squeeze, data["offers"])),
        offered=frozenset(data["offered"]),
        pointers=tuple(data["pointers"]),
        pointed=frozenset(data["pointed"]),
        pointing=tuple(data["pointing"]),
        box_starts=frozenset(map(bare, data["box-starts"])),
        box_ends=frozenset(map(bare, data["box-ends"])),
        agencies=tuple(data["agencies"]),
        headings=frozenset(map(bare, data["headings"])),
        closers=frozenset(map(bare, data["closers"])),
        author_boxes=tuple(map(squeeze, data["author-boxes"])),
        credits=tuple(data["credits"]),
        labels={label: fact for fact, labels in data["headers"].items() for label in labels},
        date_words=frozenset(data["date-words"]),
        name_particles=frozenset(data["name-particles"]),
        not_names=frozenset(data["not-names"]) | frozenset(data["english"]),
        english=frozenset(data["english"]),
    )
