"""How fast the product works and how much it takes: start-up, each room, the whole job, the install (Linux)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman import language
from dragoman.case import create_case
from dragoman.intake import iter_documents
from dragoman.knowledge import load_pack
from dragoman.reading import READER, read
from dragoman.record import Document
from evaluation.treebank import open_text
from evaluation.watch import Run, watch, watch_often

STARTS = 7
FIRST_READS = 5
SHORT_TEXT = "Published: 2024-03-01\n\nThe foreign ministers of Norland and Sudland met in Oslo on Thursday.\n"


@dataclass(frozen=True, slots=True)
class Job:
    """The whole job: how many articles and words, what it took, bytes of the case."""

    articles: int
    words: int
    run: Run
    case_bytes: int


@dataclass(frozen=True, slots=True)
class Speed:
    """Words a second by the clock on the wall, and words a processor second."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """All that was timed: the starts, each room, the job, bytes of the install."""

    help: Run
    first_read: Run
    rooms: dict[str, Speed]
    job: Job
    install_bytes: int | None


def bench(shared: Path, *, install: bool, tell: Callable[[str], None]) -> Benchmarks:
    """Time everything, telling what is under way. Subprocesses come first, while this process is still small."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        articles = write_articles(shared / "data" / "guardian" / "articles.jsonl.gz", home / "articles")
        tell("start-up")
        start = watch_often([*_command(), "--help"], STARTS)
        first_read = time_first_read(home)
        tell("whole job")
        job = time_job(articles, home / "bench.case")
        tell("rooms")
        rooms = time_rooms(articles, home / "rooms.case")
        if install:
            tell("install")
        return Benchmarks(start, first_read, rooms, job, measure_install(home) if install else None)


def _command() -> list[str]:
    """The installed command that stands beside the running Python."""
    return [str(Path(sys.executable).with_name("dragoman"))]


def write_articles(collection: Path, folder: Path) -> Path:
    """One text file for each article of a collection, with its date on the first line."""
    folder.mkdir()
    for line in open_text(collection):
        row = json.loads(line)
        text = f"Published: {row['published']}\n\n{row['text']}\n"
        (folder / f"{row['doc_id']}.txt").write_text(text, encoding="utf-8")
    return folder


def time_first_read(home: Path) -> Run:
    """From the command to the reports of one short text."""
    path = home / "short.txt"
    path.write_text(SHORT_TEXT, encoding="utf-8")
    return watch_often([*_command(), "read", str(path), "--format", "jsonl"], FIRST_READS)


def time_job(articles: Path, case: Path) -> Job:
    """From a folder of files to a committed case, by the command that a user types."""
    run = watch([*_command(), "read", str(articles), "--case", str(case), "--pack", "core"])
    files = list(articles.iterdir())
    words = sum(len(file.read_text(encoding="utf-8").split()) for file in files)
    case_bytes = sum(part.stat().st_size for part in case.parent.glob(f"{case.name}*"))
    return Job(len(files), words, run, case_bytes)


def time_rooms(articles: Path, case: Path) -> dict[str, Speed]:
    """Each room alone, in one process, loading not counted."""
    pack = load_pack(())
    language.load()
    seconds: dict[str, tuple[float, float]] = {}
    with _timed(seconds, "intake"):
        documents = [item for item in iter_documents([str(articles)]) if isinstance(item, Document)]
    with _timed(seconds, "language"):
        docs = list(language.analyse((d.text, [(s.start, s.end) for s in d.furniture]) for d in documents))
    with _timed(seconds, "reading"):
        readings = [read(document, doc, pack) for document, doc in zip(documents, docs, strict=True)]
    with _timed(seconds, "case"), create_case(case, packs=pack.ids) as store:
        store.start_run(reader=READER)
        for reading in readings:
            store.add(reading)
        store.finish_run()
    words = sum(len(document.text.split()) for document in documents)
    return {room: Speed(words / wall, words / cpu) for room, (wall, cpu) in seconds.items()}


@contextmanager
def _timed(seconds: dict[str, tuple[float, float]], room: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    seconds[room] = time.perf_counter() - wall, time.process_time() - cpu


def measure_install(home: Path) -> int:
    """Bytes that the package and all its default dependencies add to a fresh environment."""
    place, source = home / "venv", home / "source"
    venv.create(place, with_pip=True)
    before = _size(place)
    copy_source(Path(__file__).parent.parent, source)
    subprocess.run([str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", str(source)], check=True)
    return _size(place) - before


def copy_source(root: Path, to: Path) -> None:
    """What a build needs, away from the working tree, where it would leave files behind."""
    shutil.copytree(root / "src", to / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(root / name, to)


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
