"""What a pack holds, in short: enough to tell later, beside a record read with it, what of it is not as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.errors import PackError
from dragoman.knowledge.folder import Part, pack_files
from dragoman.knowledge.load import folder_of, read_part
from dragoman.knowledge.schema import SECTIONS, Entry
from dragoman.knowledge.source import MAX_BYTES
from dragoman.record.words import listed, plural

Entries = Mapping[str, Mapping[str, Mapping[str, str]]]
"""A mark of each entry, by kind (``rungs``, …; ``pack`` is the head), file and id; equal marks are equal entries."""

HEAD = "pack"
_MARK = 12
_NAMED = 3
"""Entries, and files, that a sentence names."""
_NOUNS = {HEAD: "head", "words": "word list"} | {kind: kind[:-1] for kind in SECTIONS if kind != "words"}
_FOR_PEOPLE = frozenset({"title", "about", "fires", "not"})
"""Keys that change nothing that is read or shown of a record."""


@dataclass(frozen=True, slots=True)
class Change:
    """What of the entries of one kind is not as it was, and in which files; ``renamed`` have another id and are the
    same in all else."""

    kind: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    altered: tuple[str, ...]
    files: tuple[str, ...]

    def __str__(self) -> str:
        renamed = tuple(f"{old} is now {new}" for old, new in self.renamed)
        parts = {"added": self.added, "removed": self.removed, "renamed": renamed, "altered": self.altered}
        told = [(len(ids), f"{what} ({listed(ids, most=_NAMED)})") for what, ids in parts.items() if ids]
        first, *others = told
        counted = [
            f"{plural(first[0], _NOUNS[self.kind])} {first[1]}",
            *(f"{number:,} {what}" for number, what in others),
        ]
        return f"{', '.join(counted)}, in {listed(self.files, most=_NAMED)}"


def print_packs(names: Sequence[str]) -> dict[str, str]:
    """A digest of the files of each of these packs. Raises ``PackError`` for one that is not there."""
    return {name: _digest(name) for name in names}


def _digest(name: str) -> str:
    found = hashlib.sha256()
    folder = folder_of(name)
    for file in pack_files(folder):
        try:
            with file.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)  # more than that is not read of a pack either
        except OSError as error:
            raise PackError(f"cannot read {file}: {error.strerror or error}; check the path and its rights") from error
        found.update(f"{file.relative_to(folder).as_posix()} {len(raw)}\n".encode())
        found.update(raw)
    return found.hexdigest()


def read_entries(name: str, kinds: Collection[str] | None = None) -> Entries:
    """The entries of a pack by themselves, all or those of some kinds, and its head; the others are not read, nor
    checked. Raises ``PackError`` for a pack that breaks the schema."""
    part = read_part(name) if kinds is None else read_part(name, wanted=kinds)
    if part.problems:
        raise PackError(str(part.problems[0]))
    return _marked(part)


def _marked(part: Part) -> Entries:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for kind, entries in {HEAD: (part.head,), **part.sections}.items():
        for entry in entries:
            found.setdefault(kind, {}).setdefault(entry.file, {})[entry.id] = _mark(entry)
    return found


def _mark(entry: Entry) -> str:
    values = repr(sorted((key, value) for key, value in entry.values.items() if key not in _FOR_PEOPLE))
    return hashlib.sha256(values.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]


def find_changes(before: Entries, now: Entries) -> tuple[Change, ...]:
    """What is not as it was, by kind. An entry that only went to another file is as it was; so is an order of files."""
    kinds = dict.fromkeys((*now, *before))
    return tuple(change for kind in kinds if (change := _change(kind, before.get(kind, {}), now.get(kind, {}))))


def _change(kind: str, before: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> Change | None:
    old = {id: mark for marks in before.values() for id, mark in marks.items()}
    new = {id: mark for marks in now.values() for id, mark in marks.items()}
    gone, come = [id for id in old if id not in new], [id for id in new if id not in old]
    renamed = tuple(_renamed(gone, come, old, new))
    altered = tuple(id for id, mark in new.items() if old.get(id, mark) != mark)
    if not (gone or come or altered):
        return None
    was, become = {one for one, _ in renamed}, {other for _, other in renamed}
    touched = {*gone, *come, *altered}
    return Change(
        kind=kind,
        added=tuple(id for id in come if id not in become),
        removed=tuple(id for id in gone if id not in was),
        renamed=renamed,
        altered=altered,
        files=tuple(dict.fromkeys((*_files(now, touched), *_files(before, set(gone))))),
    )


def _renamed(
    gone: Sequence[str], come: Sequence[str], old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Entries that have only another id; where two are alike, nobody can say which is which."""
    for id in gone:
        alike = [other for other in come if new[other] == old[id]]
        if len(alike) == 1 and sum(old[other] == old[id] for other in gone) == 1:
            yield id, alike[0]


def _files(entries: Mapping[str, Mapping[str, str]], ids: Collection[str]) -> Iterator[str]:
    return (file for file, marks in entries.items() if not marks.keys().isdisjoint(ids))
