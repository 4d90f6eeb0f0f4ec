"""From documents to readings: language and reading composed, in this process or in worker processes.

Nothing here touches a case or a file; callers hand documents in and take readings out, in order, as they are ready.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import ModuleType
from typing import cast

from dragoman.errors import DragomanError
from dragoman.record import Document, Reading

BATCH_CHARACTERS = 12_000
"""Text analysed together and handed to a worker at a time, about two articles: larger batches are no faster (30,000:
2 % slower on 20 Guardian articles) and take more memory (30,000: 90 MB more in each process)."""

PARALLEL_FROM = 60_000
"""Characters from which worker processes pay for their start (about a second each to load the language model)."""

_SELDOM = 50_000
"""New objects after which a worker looks for cycles: a document's words are one until it is read. Looking every 700, as
Python does, took 4 % of the processor time; every 50,000 takes 25 MB more."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    document: Document
    reason: str


def read_text(
    text: str,
    *,
    id: str = "text",
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    packs: Sequence[str] | None = None,
) -> Reading:
    """Read one text: its actors and reports.

    ``published`` is the ISO date that *on Thursday* is counted from. ``packs`` are names of shipped packs or paths of
    folders; without it core and every shipped pack whose names the text is full of. Raises ``DragomanError``.
    """
    from dragoman.intake import document_from_text
    from dragoman.knowledge import pick_packs

    document = document_from_text(text, id=id, published=published, outlet=outlet, title=title)
    chosen = tuple(packs) if packs is not None else tuple(pick_packs([text]))
    outcome = next(_read_batch([document], chosen))
    if isinstance(outcome, Failure):
        raise DragomanError(f"{id} could not be read: {outcome.reason}")
    return outcome


def read_documents(
    documents: Iterable[Document], packs: Sequence[str], *, workers: int | None = None
) -> Generator[Reading | Failure, None, None]:
    """Read documents in their order. ``workers`` defaults to the number of processors; small input is read here.

    A document that cannot be read is a ``Failure``; the rest goes on. At most a few batches are held at a time. Closing
    the generator ends the worker processes at once.
    """
    workers = workers or available_processors()
    batches = _batches(documents)
    head = list(_take(batches, PARALLEL_FROM if workers > 1 else 0))
    rest = _chain(head, batches)
    if workers == 1 or _size(head) < PARALLEL_FROM:
        for batch in rest:
            yield from _read_batch(batch, tuple(packs))
    else:
        yield from _read_in_workers(rest, tuple(packs), workers)


def available_processors() -> int:
    """Processors that this process may run on."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if sum(len(d.text) for d in batch) >= BATCH_CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch


def _take(batches: Iterator[list[Document]], characters: int) -> Iterator[list[Document]]:
    """The first batches, until they hold so many characters."""
    taken = 0
    while taken < characters and (batch := next(batches, None)) is not None:
        taken += _size([batch])
        yield batch


def _size(batches: list[list[Document]]) -> int:
    return sum(len(d.text) for batch in batches for d in batch)


def _chain(head: list[list[Document]], rest: Iterator[list[Document]]) -> Iterator[list[Document]]:
    yield from head
    yield from rest


def _read_batch(batch: Sequence[Document], packs: tuple[str, ...]) -> Iterator[Reading | Failure]:
    """Read a few documents together; if their analysis fails, each alone, so that one does not spoil the others."""
    from dragoman import language
    from dragoman.knowledge import load_pack
    from dragoman.reading import read

    pack = load_pack(packs)
    try:
        docs = list(language.analyse((d.text, [(s.start, s.end) for s in d.furniture]) for d in batch))
    except Exception as error:
        if len(batch) == 1:
            yield Failure(batch[0], _told(error))
            return
        for document in batch:
            yield from _read_batch([document], packs)
        return
    for document, doc in zip(batch, docs, strict=True):
        try:
            yield read(document, doc, pack)
        except Exception as error:  # the document boundary: whatever one article does to us, the batch goes on
            yield Failure(document, _told(error))


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, DragomanError) else f"{type(error).__name__}: {error}"


def _read_in_workers(
    batches: Iterator[list[Document]], packs: tuple[str, ...], workers: int
) -> Iterator[Reading | Failure]:
    waiting: deque[tuple[list[Document], Future[list[Reading | Failure]]]] = deque()
    _multiply_in_one_thread()
    context = get_context("spawn")
    end, leash = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(end,))
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(_work, [replace(d, raw=b"") for d in batch], packs)))
            if len(waiting) > 2 * workers:
                yield from _finished(*waiting.popleft())
        while waiting:
            yield from _finished(*waiting.popleft())
        pool.shutdown()
    except BrokenProcessPool as error:
        raise DragomanError(
            "a reading process was ended from outside (out of memory?); run again to go on: what was read is kept"
        ) from error
    finally:
        leash.close()
        pool.shutdown(cancel_futures=True)
        end.close()


def _finished(batch: list[Document], future: Future[list[Reading | Failure]]) -> Iterator[Reading | Failure]:
    """A batch's outcomes with the documents as they were handed in (the bytes stayed here)."""
    for document, outcome in zip(batch, future.result(), strict=True):
        yield replace(outcome, document=document)


def _multiply_in_one_thread() -> None:
    """Tell the NumPy of workers still to be started, which inherit the environment, to multiply in one thread each.

    There is a worker for each processor; with more threads than processors they wait for one another, which took a
    quarter of the processor time of the whole job, measured on two cores.
    """
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def keep_spacy_small() -> None:
    """Keep spaCy from importing PyTorch in this process, as it does wherever that is installed, and its own commands.

    Nothing here needs them; the one takes 0.8 s and 180 MB, the others 0.15 s. For processes of our own only: a
    caller's may want them.
    """
    sys.modules.setdefault("torch", cast(ModuleType, None))
    commands = ModuleType("spacy.cli.info")
    vars(commands)["info"] = None  # all that spaCy itself takes from them
    sys.modules.setdefault("spacy.cli.info", commands)


def _start_worker(leash: Connection) -> None:
    """Interrupts are the parent's to handle; a worker ends when its parent drops the leash, or dies and so drops it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    threading.Thread(target=_hold, args=(leash,), daemon=True).start()
    keep_spacy_small()


def _hold(leash: Connection) -> None:
    leash.poll(None)  # nothing is ever sent, so this returns at its end
    os._exit(1)


def _work(batch: list[Document], packs: tuple[str, ...]) -> list[Reading | Failure]:
    return list(_read_batch(batch, packs))
