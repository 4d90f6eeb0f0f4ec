"""Entries put into the folder of a pack, so that it is sound: keys, references, shared names, files of bounded size."""

from __future__ import annotations

import re
import secrets
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import PackError
from dragoman.knowledge.importers.entries import MAX_NAMES, Entry, Found
from dragoman.knowledge.pack import Office, Pack
from dragoman.knowledge.source import MAX_BYTES, clip

_NO_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 60
_FULL = MAX_BYTES * 3 // 4
"""Bytes at which a file of actors is full; the rest is for the escapes of one more entry."""


def settle(found: Found, below: Pack) -> dict[str, dict[str, Any]]:
    """The actors as entries of a pack, by key, in order. Entries of one key become one, as in packs that are stacked.

    An actor whose name the pack below knows as one of the same kind extends that one. An office at an actor that is
    neither in the file nor below is set aside.
    """
    own = {name: actor for actor in below.actors for name in (*actor.names, actor.name)}
    taken = {actor.key for actor in below.actors}
    by_id: dict[str, str] = {}
    keyed: dict[str, list[Entry]] = {}
    for entry in found.entries:
        known = own.get(entry.name)
        if entry.key is None and known is not None and known.kind == entry.kind:
            entry.key = known.key
        key = entry.key or _key_of(entry, keyed, taken)
        keyed.setdefault(key, []).append(entry)
        if entry.id:
            by_id[entry.id] = key
    bearers = Counter(form for key, group in keyed.items() for form in _forms(group))
    foreign = {actor.name: actor.key for actor in below.actors}
    settled: dict[str, dict[str, Any]] = {}
    for key, group in keyed.items():
        values = _values(group, new=key not in taken)
        shared = [form for form in _forms(group) if bearers[form] > 1 or foreign.get(form, key) != key]
        offices = list(_offices(group, by_id, {*keyed, *taken}, found))
        settled[key] = values | ({"shared": shared} if shared else {}) | ({"offices": offices} if offices else {})
    return settled


def _key_of(entry: Entry, keyed: Mapping[str, list[Entry]], taken: set[str]) -> str:
    """A key made of the name; a second actor of the name and kind is the same one, unless the file tells them apart."""
    plain = unicodedata.normalize("NFKD", entry.name).encode("ascii", "ignore").decode().lower()
    stem = _NO_KEY.sub("-", plain).strip("-")[:_LONGEST_KEY] or f"actor-{entry.line}"
    key, number = stem, 1
    while key in taken or (key in keyed and not _is_same(entry, keyed[key][0])):
        number += 1
        key = f"{stem}-{number}"
    return key


def _is_same(one: Entry, other: Entry) -> bool:
    return (one.id, one.name, one.kind) == (other.id, other.name, other.kind)


def _forms(group: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(name for entry in group for name in (entry.name, *entry.names)))


def _values(group: list[Entry], *, new: bool) -> dict[str, Any]:
    first = group[0]
    values: dict[str, Any] = {"name": first.name, "kind": str(first.kind)} if new else {}
    names = [name for name in _forms(group) if not new or name != first.name][:MAX_NAMES]
    if names:
        values["names"] = names
    if new:
        for field in ("country", "sector"):
            if value := next((v for entry in group if (v := getattr(entry, field))), None):
                values[field] = value
    return values


def _offices(group: list[Entry], by_id: Mapping[str, str], known: set[str], found: Found) -> Iterator[dict[str, str]]:
    seen: set[Office] = set()
    for entry in group:
        for office in entry.offices:
            at = by_id.get(office.at, office.at)
            if at not in known:
                where = f"{clip(office.title)} of {clip(entry.name)}"
                found.set_aside(entry.line, f"the office {where} is at nobody in the file or in core; it is left out")
            elif office not in seen:
                seen.add(office)
                row = {"title": office.title, "at": at, "since": office.since, "until": office.until}
                yield {name: value for name, value in row.items() if value}


def write_folder(
    folder: Path, head: Mapping[str, str], actors: Mapping[str, Mapping[str, Any]], words: Mapping[str, list[str]]
) -> None:
    """Write a pack's folder, whole or not at all. Raises ``PackError`` when it is there already, or cannot be made."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError(f"{folder} is there already; give a new folder")
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        part.mkdir(parents=True)
        _write(part / "pack.yaml", [dict(head)])
        for number, batch in enumerate(_files(actors), 1):
            _write(part / f"actors-{number:03}.yaml", batch)
        if words:
            source = head["about"]
            _write(part / "words.yaml", [{name: {"source": source, "words": found}} for name, found in words.items()])
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        raise PackError(f"cannot write {folder}: {error.strerror or error}; give a folder that can be made") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _files(actors: Mapping[str, Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The entries in batches that each make a file of bounded size."""
    batch: list[dict[str, Any]] = []
    size = 0
    for key, values in actors.items():
        entry = {key: dict(values)}
        length = len(_dumped(entry))
        if batch and size + length > _FULL:
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch


def _dumped(entry: Mapping[str, Any]) -> bytes:
    text: str = yaml.dump(dict(entry), Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


class _NoAliases(yaml.SafeDumper):
    """Writes what stands twice twice, since packs refuse anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def _write(path: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    path.write_bytes(b"".join(map(_dumped, entries)))
