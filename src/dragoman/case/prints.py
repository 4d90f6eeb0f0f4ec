"""What packs held when documents were read with them, and which documents were read before a pack changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from dragoman.case import schema
from dragoman.case.names import chunks
from dragoman.knowledge.prints import Change, Entries, find_changes, read_entries
from dragoman.record.words import plural


@dataclass(frozen=True, slots=True)
class PackChange:
    """How a pack is not what so many documents were read with."""

    pack: str
    documents: int
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        number = plural(self.documents, "document")
        was = "was" if self.documents == 1 else "were"
        changes = "; ".join(map(str, self.changes))
        return f"the pack {Path(self.pack).name} is not what it was when {number} {was} read: {changes}"


@dataclass(frozen=True, slots=True)
class Outdated:
    """The runs that read with packs that are not as they were, what changed since, and the documents that keep what
    these runs read."""

    runs: frozenset[int] = frozenset()
    documents: int = 0
    changes: tuple[PackChange, ...] = ()


def keep_prints(conn: Connection, prints: Mapping[str, str]) -> None:
    """Keep what packs hold, by their names and the digests of their files, where it is not kept yet.

    Raises ``PackError`` for a pack that breaks the schema.
    """
    table = schema.pack_prints
    kept = set(conn.execute(select(table.c.digest).where(table.c.digest.in_(prints.values()))).scalars())
    if new := {digest: name for name, digest in prints.items() if digest not in kept}:
        rows = [{"digest": digest, "entries": json.dumps(read_entries(name))} for digest, name in new.items()]
        conn.execute(insert(table).prefix_with("OR IGNORE"), rows)


def find_outdated(conn: Connection, prints: Mapping[str, str], kinds: Collection[str] | None = None) -> Outdated:
    """What was read when the packs with these digests did not hold what they do now; of some kinds of entries, or of
    all. A run of before prints were kept tells nothing. Raises ``PackError`` for a pack that breaks the schema there.
    """
    then: dict[tuple[str, str], set[int]] = {}
    for run, read_with in conn.execute(select(schema.runs.c.id, schema.runs.c.prints)):
        for name, digest in read_with.items():
            if prints.get(name, digest) != digest:
                then.setdefault((name, digest), set()).add(run)
    now = {name: _entries(conn, prints[name]) or read_entries(name, kinds) for name, _ in then}
    changed: dict[tuple[str, str], tuple[Change, ...]] = {}
    for name, digest in then:
        found = find_changes(_entries(conn, digest), now[name])
        if wanted := tuple(change for change in found if kinds is None or change.kind in kinds):
            changed[name, digest] = wanted
    runs = frozenset(run for key in changed for run in then[key])
    read = _read_by(conn, runs)
    told = (PackChange(key[0], sum(read.get(run, 0) for run in then[key]), own) for key, own in changed.items())
    return Outdated(runs, sum(read.values()), tuple(change for change in told if change.documents))


def _entries(conn: Connection, digest: str) -> Entries:
    """What is kept under a digest; nothing if no run has read with such a pack."""
    table = schema.pack_prints.c
    kept = conn.execute(select(table.entries).where(table.digest == digest)).scalar()
    found: Entries = {} if kept is None else json.loads(kept)
    return found


def _read_by(conn: Connection, runs: Collection[int]) -> dict[int, int]:
    """How many documents keep what the reader of each of these runs found."""
    documents, ran = schema.documents.c, schema.runs.c
    query = select(documents.run, func.count()).join(schema.runs, ran.id == documents.run).group_by(documents.run)
    found: dict[int, int] = {}
    for chunk in chunks(runs):
        for run, number in conn.execute(query.where(documents.run.in_(chunk), documents.reader == ran.reader)):
            found[run] = number
    return found
