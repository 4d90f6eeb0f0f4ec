"""A pack's folder as written: its head and the entries of its files, not yet stacked on anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import PackError
from dragoman.knowledge.schema import HEAD, SECTIONS, Entry, parse_entries, parse_record
from dragoman.knowledge.source import Notes, Problem, clip, did_you_mean, read_nodes

MAX_FILES = 200
HEAD_FILE = "pack.yaml"
OTHER_FILES = ("furniture.yaml", "function-words.yaml")
"""Files of the core pack that another room reads by itself."""

_PART_OF = re.compile(rf"({'|'.join(SECTIONS)})-[^/]*\.yaml\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """One pack by itself: ``head`` is the entry of ``pack.yaml``, ``sections`` those of the other files by kind."""

    head: Entry
    sections: Mapping[str, tuple[Entry, ...]]
    problems: tuple[Problem, ...]


def read_folder(path: Path, wanted: Collection[str] = SECTIONS) -> Part:
    """Read a pack's head and the wanted kinds of its files; the others stay empty.

    Raises ``PackError`` when the folder is none or has no ``pack.yaml``.
    """
    if not path.is_dir():
        raise PackError(f"{path} is not a folder; a pack is a folder with a {HEAD_FILE} in it")
    if not (path / HEAD_FILE).is_file():
        raise PackError(f"{path} has no {HEAD_FILE}; a pack needs one with id and title")
    path = path.resolve()  # So that messages can name the folder when it was given as ".".
    problems = list(_stray_files(path))
    head = _read_head(path, problems)
    sections: dict[str, tuple[Entry, ...]] = {}
    for name, section in SECTIONS.items():
        entries: list[Entry] = []
        for file in _files_of(path, name) if name in wanted else ():
            notes = Notes(f"{path.name}/{file.relative_to(path).as_posix()}")
            entries += parse_entries(read_nodes(file, notes), section, notes)
            problems += notes.problems
        sections[name] = tuple(entries)
    return Part(head, sections, tuple(problems))


def _read_head(path: Path, problems: list[Problem]) -> Entry:
    notes = Notes(f"{path.name}/{HEAD_FILE}")
    node = read_nodes(path / HEAD_FILE, notes)
    if node is None and not notes.problems:
        notes.problems.append(Problem(notes.file, 1, "the file is empty; it needs id and title"))
    values = parse_record(node, HEAD, notes, complete=True) if node is not None else {}
    problems += notes.problems
    return Entry(values.get("id", path.name), values, notes.file, 1)


def pack_files(path: Path) -> Iterator[Path]:
    """The files that ``read_folder`` reads."""
    yield path / HEAD_FILE
    for name in SECTIONS:
        yield from _files_of(path, name)


def _files_of(path: Path, name: str) -> Iterator[Path]:
    found = (path / f"{name}.yaml", *sorted(path.glob(f"{name}-*.yaml")), *sorted((path / name).glob("*.yaml")))
    files = [file for file in found if file.is_file()]
    if len(files) > MAX_FILES:
        raise PackError(f"{path / name} has {len(files):,} files; at most {MAX_FILES} are read, so join some of them")
    yield from files


def _stray_files(path: Path) -> Iterator[Problem]:
    """Files that nobody would read, so that a misspelt name is not a silent loss."""
    known = (HEAD_FILE, *OTHER_FILES, *(f"{name}.yaml" for name in SECTIONS))
    for file in sorted((*path.glob("*.yaml"), *path.glob("*.yml"))):
        if file.name not in known and not _PART_OF.match(file.name):
            hint = did_you_mean(file.name, known) or f"; files are {', '.join(known)}"
            yield Problem(f"{path.name}/{file.name}", 1, f"{clip(file.name)} is not a file of a pack{hint}")
