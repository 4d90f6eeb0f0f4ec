"""Kill a process that reads, decides and imports, at random moments, and look at what it leaves in the case.

The writer says on its standard output what is done, after the call that did it has returned. The case must open, pass
SQLite's own checks, have all of that, and nothing twice; and the same work, done once more, must come to its end.
"""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.case import Case, create_case, open_case
from dragoman.record import (
    Action,
    Actor,
    ActorKind,
    DateRange,
    Decision,
    Direction,
    Document,
    Event,
    EventType,
    Evidence,
    Fact,
    Position,
    Reading,
    Span,
    Stance,
    Step,
)
from evaluation.errors import BenchError

READER, LATER = "killed-1", "killed-2"
LONGEST = 0.4
"""Seconds after its first word within which a writer is killed."""
AUTHOR = "Writer"
_WRITE = "import sys; from evaluation.killed import write; write(sys.argv[1], int(sys.argv[2]))"


def kill_often(times: int, seed: int = 0) -> int:
    """Kill so many writers of one case, checking it after each; how many things they had reported as done.

    Raises ``BenchError`` for what is lost, doubled or broken.
    """
    chance, done = random.Random(seed), []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "killed.case"
        create_case(path, packs=("core",)).close()
        for number in range(times):
            done += run_and_kill(path, number, chance.uniform(0, LONGEST))
            check(path, done)
            done += rerun(path, number)
        check(path, done)
    return len(done)


def run_and_kill(path: Path, number: int, seconds: float) -> list[list[str]]:
    """Start a writer, kill it so long after its first word; what it reported as done."""
    command = [sys.executable, "-c", _WRITE, str(path), str(number)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    if process.returncode != -signal.SIGKILL:
        raise BenchError(f"the writer ended by itself with status {process.returncode}")
    return [json.loads(line) for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def write(path: str, number: int) -> None:
    """Add documents, decide, import decisions and read again by a later reader, until killed; say what is done."""
    with open_case(path, write=True) as case:
        for turn in count():
            name = f"{number}-{turn}"
            _say("document", _read(case, name, READER))
            made = Decision(AUTHOR, Action.ACCEPT, _subject(case, name), {}, name)
            _say("decision", case.decide(made).decision.id)
            _say("imported", *_import(case, name))
            _say("document", _read(case, name, LATER))


def rerun(path: Path, number: int) -> list[list[str]]:
    """Do once more, to the end, what a killed writer was at last, and one thing that it had not begun; what is done."""
    done = []
    with open_case(path, write=True) as case:
        begun = [int(id.partition("-")[2]) for id in _ids(case) if id.startswith(f"{number}-")]
        for name in (f"{number}-{max(begun, default=0)}", f"{number}-more"):
            done += [["document", _read(case, name, READER)], ["imported", *_import(case, name)]]
    return done


def _read(case: Case, name: str, reader: str) -> str:
    case.start_run(reader)
    document = case.add(make_reading(name)).document
    case.finish_run()
    return document


def _ids(case: Case) -> list[str]:
    return [stored.id for stored in case.documents()]


def _subject(case: Case, name: str) -> dict[str, object]:
    return case.about(next(iter(case.reports(document=name))).id)


def _import(case: Case, name: str) -> list[str]:
    notes = [_note(_subject(case, name), name, other) for other in ("a", "b", "c")]
    case.import_decisions([json.dumps(note.to_dict()) for note in notes])
    return [note.id for note in notes]


def _note(subject: dict[str, object], name: str, other: str) -> Decision:
    return Decision("Another", Action.NOTE, subject, {"text": other}, f"{name} {other}", "2026-01-01T00:00:00+00:00")


def _say(*words: str) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def make_reading(name: str) -> Reading:
    """A document of one sentence, with one event, one step and one position."""
    text = f"Envoys of Freedonia met Sylvania's ministers in the city of {name}."
    event = Event(
        document=name,
        evidence=Evidence.slice(text, 0, len(text)),
        type=EventType.CONSULT,
        source=("Freedonia",),
        target=("Sylvania",),
        date=DateRange.on("2024-05-03"),
        reader=READER,
    )
    told = {"document": name, "evidence": event.evidence, "reader": READER}
    step = Step(by=("Freedonia",), toward=("Sylvania",), rung="visit", direction=Direction.UP, **told)
    position = Position(holder=("Freedonia",), about="Sylvania", stance=Stance.SUPPORT, **told)
    actors = tuple(Actor(one, ActorKind.STATE, (one,)) for one in ("Freedonia", "Sylvania"))
    published = Fact("2024-05-04", "page")
    document = Document(id=name, text=text, published=published, source=f"{name}.txt", raw=text.encode())
    return Reading(document, (Span(0, len(text)),), actors, (event, step, position), ())


def check(path: Path, done: Iterable[list[str]]) -> None:
    """Raise ``BenchError`` unless the case is whole, has what was reported as done, and has nothing twice."""
    with open_case(path, write=True) as case:
        documents = Counter(stored.id for stored in case.documents())
        told = Counter(stored.report.document for stored in case.reports("event"))
        climbs = [case.climbs_toward("Sylvania", as_of=as_of).climbs for as_of in (None, "9999")] if told else []
        statements = case.positions_held().statements
        gathered = Counter(
            one.report for full in case.occurrences() for one in case.occurrence(full.id).occurrence.reports
        )
        decided = Counter(one.decision.id for one in case.decisions())
        imported = Counter(
            one.decision.reason.split()[0] for one in case.decisions() if one.decision.author == "Another"
        )
    for what, counts in (("document", documents), ("report of", told), ("gathered", gathered), ("decision", decided)):
        if twice := [name for name, number in counts.items() if number != 1]:
            raise BenchError(f"{what} {twice[0]} is there {counts[twice[0]]} times")
    if documents != told or len(gathered) != len(told):
        raise BenchError("a document is there without all that was read from it")
    if statements != len(documents) or any(kept != climbs[-1] for kept in climbs):
        raise BenchError("what is kept of steps or positions is not what the documents tell")
    if halves := [name for name, number in imported.items() if number != 3]:
        raise BenchError(f"half of the decisions of {halves[0]} were imported")
    for kind, *ids in done:
        there = {"document": documents, "decision": decided, "imported": decided}.get(kind)
        if there is not None and (lost := [id for id in ids if id not in there]):
            raise BenchError(f"{kind} {lost[0]} was reported as done and is lost")
    with closing(sqlite3.connect(path)) as conn:
        found = [*conn.execute("PRAGMA integrity_check"), *conn.execute("PRAGMA foreign_key_check")]
    if found != [("ok",)]:
        raise BenchError(f"the file is broken: {found[:3]}")
