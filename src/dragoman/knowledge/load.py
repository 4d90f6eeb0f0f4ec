"""Packs by name or folder, stacked on core."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from dragoman.errors import PackError
from dragoman.knowledge.folder import HEAD_FILE, Part, read_folder
from dragoman.knowledge.pack import Outline, Pack
from dragoman.knowledge.schema import SECTIONS
from dragoman.knowledge.source import clip, did_you_mean
from dragoman.knowledge.stack import find_problems, outline_parts, stack_parts

HOME = Path(__file__).resolve().parent
CORE = "core"
_OUTLINE = frozenset({"rungs", "likelihoods"})


def shipped_packs() -> tuple[str, ...]:
    """The names of the packs that come with Dragoman, core first."""
    found = sorted(path.parent.name for path in HOME.glob(f"*/{HEAD_FILE}"))
    return (CORE, *(name for name in found if name != CORE))


def load_pack(names: Sequence[str | Path] = (CORE,)) -> Pack:
    """The packs of these names, stacked in this order on core, which is always first.

    A name is that of a shipped pack or the path of a folder. Shipped packs are loaded once. Raises ``PackError`` for an
    unknown name, and for a pack that breaks the schema: the text tells the first problem with file and line.
    """
    given = (names,) if isinstance(names, str | Path) else names
    shipped = shipped_packs()
    asked = tuple(dict.fromkeys((CORE, *(_settle_name(name, shipped) for name in given))))
    return _stack_shipped(asked) if all(name in shipped for name in asked) else _stack(asked)


def load_outline(names: Sequence[str | Path]) -> Outline:
    """What views need of the packs of these names, stacked on core; the rest of them is not read, nor checked.

    Raises ``PackError`` as ``load_pack`` does, for what it reads.
    """
    shipped = shipped_packs()
    asked = dict.fromkeys((CORE, *(_settle_name(name, shipped) for name in names)))
    parts = [read_part(name, wanted=_OUTLINE) for name in asked]
    problem = next((problem for part in parts for problem in part.problems), None)
    if problem is not None:
        raise PackError(str(problem))
    return outline_parts(parts)


def _settle_name(name: str | Path, shipped: Sequence[str]) -> str:
    """A shipped name as it is, a folder by its absolute path; a ``Path`` is a folder, whatever it is called."""
    if (isinstance(name, str) and name in shipped) or not Path(name).is_dir():
        return str(name)
    return str(Path(name).resolve())


def read_part(name: str, *, wanted: Collection[str] = SECTIONS) -> Part:
    """One pack by itself, of a shipped name or a folder: the wanted kinds of its files.

    Raises ``PackError`` for an unknown name.
    """
    if name in shipped_packs() and wanted is SECTIONS:
        return _read_shipped(name)
    return read_folder(folder_of(name), wanted)


def folder_of(name: str) -> Path:
    """The folder of a pack of a shipped name or a path. Raises ``PackError`` for an unknown name."""
    shipped = shipped_packs()
    if name in shipped:
        return HOME / name
    path = Path(name)
    if not path.is_dir():
        if len(path.parts) > 1:
            raise PackError(f"no pack's folder is at {name!r}; check the path, or put back the pack that a case needs")
        hint = did_you_mean(name, shipped) or "; or give the path of a pack's folder"
        raise PackError(f"unknown pack {clip(name)}; shipped packs are {', '.join(shipped)}{hint}")
    return path


def _stack(names: tuple[str, ...]) -> Pack:
    parts = [read_part(name) for name in names]
    for count in range(1, len(parts) + 1):
        problems = list(find_problems(parts[:count]))
        if problems:
            more = f" (and {len(problems) - 1} more; `dragoman pack check` lists them)" if len(problems) > 1 else ""
            raise PackError(f"{problems[0]}{more}")
    return stack_parts(parts, names)


# Folders are not cached: a user edits them while the program runs.
_stack_shipped = lru_cache(maxsize=8)(_stack)


@lru_cache(maxsize=8)
def _read_shipped(name: str) -> Part:
    return read_folder(HOME / name)
