"""Checking a pack that somebody writes: every problem, with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dragoman.knowledge.folder import read_folder
from dragoman.knowledge.load import CORE, HOME, read_part
from dragoman.knowledge.source import Problem
from dragoman.knowledge.stack import find_problems


def check_pack(path: str | Path, *, on: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Everything that keeps the pack in this folder from loading, in the order of its files; empty when it is sound.

    The pack is checked on top of core, and of the packs named in ``on`` if it extends one of those. Raises
    ``PackError`` when there is no pack in the folder.
    """
    folder = Path(path)
    top = read_folder(folder)
    below = [] if folder.resolve() == HOME / CORE else [read_part(name) for name in dict.fromkeys((CORE, *on))]
    return tuple(find_problems([*below, top]))
