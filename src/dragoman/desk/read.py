"""Reading more: files, pasted texts and addresses go to a process that reads them, and this shows how far it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from dragoman.case import Case, SetAside, StoredDocument, open_case
from dragoman.desk import running
from dragoman.desk.pages import PAGE_ROWS, Errand, Form, Page, Row, Sent
from dragoman.desk.running import Running, Stage
from dragoman.errors import UsageError
from dragoman.intake import IntakeOptions
from dragoman.intake.addresses import is_address, shown

MOST_FILES = 50
MOST_ADDRESSES = 20
MOST_BYTES = 20_000_000
"""Of all that is sent at once."""
PASTED = "pasted text"
"""What a text without a title is called."""
_LISTED = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A reading of this desk, as listed."""

    id: str
    started: str
    stage: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The form, and what was read with it before."""

    packs: tuple[str, ...]
    before: tuple[Known, ...]
    most_files: int = MOST_FILES
    most_addresses: int = MOST_ADDRESSES
    most_megabytes: int = MOST_BYTES // 1_000_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is: ``documents`` are those it has read, ``aside`` says why it did not read others."""

    run: Known
    documents: tuple[StoredDocument, ...]
    aside: tuple[str, ...]
    told: str
    stopping: bool

    @property
    def lasts(self) -> bool:
        """Whether it is still at work."""
        return self.run.stage == Stage.READING


def read(case: Case) -> Reading:
    """What can be read into the case, and the readings that this desk has started."""
    return Reading(case.packs, tuple(_known(run) for run in running.latest(case.path)))


def reading(case: Case, run: str) -> Progress:
    """How far a reading is, what it has read, and what it set aside and why."""
    one = running.find(case.path, run)
    known, told = _known(one), _told(one)  # first, so that what it did at last is seen
    number = next((r.id for r in case.runs() if r.id > one.after), None)
    if number is None:
        return Progress(known, (), (), told, one.stopping)
    documents = tuple(case.documents(run=number, limit=_LISTED))
    aside = tuple(islice((_reason(one, s.reason) for s in case.sources_set_aside() if s.run == number), _LISTED))
    return Progress(known, documents, aside, told, one.stopping)


@dataclass(frozen=True, slots=True)
class Aside:
    """One page of what was not read, of so many sources (``all``), which may be here for each time; ``more`` says that
    there is a next one."""

    sources: tuple[SetAside, ...]
    all: int
    number: int
    more: bool


def aside(case: Case, *, page: int = 1, limit: int = PAGE_ROWS) -> Aside:
    """What no reading into this case could read, here or by the command, and why; the latest first."""
    page, limit = max(page, 1), max(limit, 1)
    found = tuple(islice(case.sources_set_aside(latest_first=True), (page - 1) * limit, page * limit + 1))
    return Aside(found[:limit], case.count_set_aside(), page, len(found) > limit)


def aside_rows(found: Aside) -> Iterator[Row]:
    """The same as flat rows."""
    for one in found.sources:
        yield {"source": one.source, "why": one.why, "when": one.started}


def begin(path: Path, form: Form, files: Sequence[Sent]) -> str:
    """Start to read what was sent. Raises ``DragomanError`` where that makes no sense."""
    sent = [(file.name, file.data) for file in files if file.name]
    heading = " ".join(form.get("heading", "").split())
    if pasted := form.get("text", "").strip():
        sent.append(_pasted(pasted, heading))
    addresses = _addresses(form.get("addresses", ""))
    if not sent and not addresses:
        raise UsageError("there is nothing to read; choose a file, paste a text or give an address")
    options = []
    if published := form.get("published", "").strip():
        options.append(f"--published={IntakeOptions(published=published).published}")
    if outlet := " ".join(form.get("outlet", "").replace("\0", "").split()):
        options.append(f"--outlet={outlet[:200]}")
    with open_case(path) as case:
        after = max((run.id for run in case.runs()), default=0)
    named = (heading or PASTED) if pasted else ""
    return f"/read/{running.start(path, sent, addresses, options, after, named).id}"


def stop(path: Path, form: Form, files: Sequence[Sent], run: str) -> str:
    """End a reading; what it has read is kept."""
    running.find(path, run).stop()
    return f"/read/{run}"


def _addresses(lines: str) -> tuple[str, ...]:
    """The addresses of pages among the lines of a form, each once; the reading fetches them. Raises ``UsageError``."""
    found = tuple(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))
    for one in found:
        if not is_address(one):
            raise UsageError(
                f"{shown(one)} is no address of a page; write each on a line, as https://example.org/story"
            )
    if len(found) > MOST_ADDRESSES:
        raise UsageError(f"these are {len(found):,} addresses; at most {MOST_ADDRESSES} are taken at once")
    return found


def _pasted(text: str, heading: str) -> tuple[str, bytes]:
    article = {"title": heading, "text": text} if heading else {"text": text}
    name = heading[:60] or f"pasted {sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"{name.replace('/', ' ')}.json", json.dumps(article, indent=1).encode()


def _known(run: Running) -> Known:
    names = (*run.names[:-1], run.pasted) if run.pasted else run.names
    return Known(run.id, run.started, str(run.stage), (*names, *run.addresses))


def _reason(run: Running, reason: str) -> str:
    """Why something was set aside; a pasted text is called so, not as the file that it was kept in."""
    if run.pasted and reason.startswith(run.names[-1]):
        return run.pasted + reason.removeprefix(run.names[-1])
    return reason


def _told(run: Running) -> str:
    """One sentence on how it ended."""
    kept = "What it had read before is kept; send the rest again to go on."
    match run.stage:
        case Stage.READING:
            return "It is being stopped." if run.stopping else ""
        case Stage.DONE:
            return next((line for line in run.said.splitlines() if line.startswith("Read ")), "")
        case Stage.STOPPED:
            return f"It was stopped. {kept}"
        case Stage.BROKEN if run.error:
            return f"It gave up: {run.error}. {kept}"
    return f"It broke off (exit code {run.code}); the desk is not harmed. {kept}"


READ = Page("/read", "read.html", read, menu="Read")
PAGES = (
    READ,
    Page("/read/aside", "aside.html", aside, rows=aside_rows),
    Page("/read/{run}", "reading.html", reading),
)
ERRANDS = (Errand("/read", begin, MOST_FILES, MOST_BYTES, READ), Errand("/read/{run}/stop", stop))
