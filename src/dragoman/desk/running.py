"""Readings that the desk has started: each a process of its own, so that nothing it does holds up or ends the desk.

It is the ``read`` command in a folder of its own that holds what was sent, under names that are safe there. It, and not
the desk, fetches the pages at the addresses that it is given.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from dragoman.errors import CaseBusyError, UsageError

KEPT = 20
"""Readings that the desk remembers."""
PATIENCE = 10.0
"""Seconds that a reading has to end by itself when it is stopped."""
_SAID = 100_000
"""Bytes of what a reading says that are kept."""
_UNSAFE = re.compile(r"[^\w.,() -]")
_LONGEST = 100


class Stage(StrEnum):
    """Where a reading stands."""

    READING = "reading"
    DONE = "done"
    STOPPED = "stopped"
    BROKEN = "broken off"


@dataclass(slots=True)
class Running:
    """One reading. ``after`` is the last run that the case had before it, ``pasted`` what its last file is called where
    that holds a text that was pasted."""

    case: Path
    names: tuple[str, ...]
    after: int
    process: subprocess.Popen[bytes]
    folder: tempfile.TemporaryDirectory[str]
    pasted: str = ""
    addresses: tuple[str, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    started: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"))
    stage: Stage = Stage.READING
    said: str = ""
    code: int = 0
    stopping: bool = False

    def wait(self) -> None:
        """Wait for its end, keep what it said and clear its folder away."""
        code = self.process.wait()
        _end_group(self.process)  # what it started may outlive it where it was killed
        with contextlib.suppress(OSError), (Path(self.folder.name) / "said").open("rb") as said:
            said.seek(max(0, said.seek(0, os.SEEK_END) - _SAID))
            self.said = said.read().decode("utf-8", "replace")
        with contextlib.suppress(OSError):
            self.folder.cleanup()
        self.code = code
        whole = code == 0 or (code == 1 and not self.stopping)  # a Python that is interrupted as it starts ends with 1
        self.stage = Stage.DONE if whole and not self.error else Stage.STOPPED if self.stopping else Stage.BROKEN

    @property
    def error(self) -> str:
        """The sentence with which it gave up."""
        return next((line[7:] for line in self.said.splitlines() if line.startswith("Error: ")), "")

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask it to end, and end it when it does not."""
        self.stopping = True
        threading.Thread(target=_end, args=(self.process, patience), daemon=True).start()


_lock = threading.Lock()
_known: dict[str, Running] = {}


def find(case: Path, id: str) -> Running:
    """A reading of this case. Raises ``UsageError`` for one that is not known."""
    run = _known.get(id)
    if run is None or run.case != case.resolve():
        raise UsageError(f"the desk knows of no such reading; it keeps the last {KEPT} since it was opened")
    return run


def latest(case: Path) -> tuple[Running, ...]:
    """The readings of this case, the last first."""
    return tuple(run for run in reversed(list(_known.values())) if run.case == case.resolve())


def start(
    case: Path,
    files: Iterable[tuple[str, bytes]],
    addresses: tuple[str, ...],
    options: Sequence[str],
    after: int,
    pasted: str = "",
) -> Running:
    """Begin to read these files, the last of which may be a text that was ``pasted``, and the pages at these addresses.

    Raises ``CaseBusyError`` while another reading of the case lasts.
    """
    case = case.resolve()
    with _lock:
        if any(run.stage is Stage.READING for run in latest(case)):
            raise CaseBusyError("another reading is under way; wait until it is done, or stop it")
        folder = tempfile.TemporaryDirectory(prefix="dragoman-", ignore_cleanup_errors=True)
        try:
            names = _keep(Path(folder.name), files)
            process = _begin(case, Path(folder.name), (*names, *addresses), options)
            run = Running(case, names, after, process, folder, pasted, addresses)
        except BaseException:
            folder.cleanup()
            raise
        _known[run.id] = run
        for old in list(_known)[:-KEPT]:
            if _known[old].stage is not Stage.READING:
                del _known[old]
    threading.Thread(target=run.wait, daemon=True).start()
    return run


def end_all(case: Path) -> None:
    """End what still reads for a desk that closes: what it has read is kept."""
    for run in latest(case):
        if run.stage is Stage.READING:
            run.stopping = True
            _end(run.process, 2.0)


def safe_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name under which a file that was sent can be kept: no folder, no option, no pattern, not one that is taken."""
    last = _UNSAFE.sub("_", re.split(r"[/\\]", name)[-1]).lstrip("-. ").rstrip(". ")
    stem, ending = os.path.splitext(last)
    stem = stem.encode()[:_LONGEST].decode(errors="ignore") or "file"
    ending = ending.encode()[:20].decode(errors="ignore")
    others = {one.casefold() for one in taken}
    made, number = stem + ending, 1
    while made.casefold() in others:
        number += 1
        made = f"{stem}-{number}{ending}"
    return made


def _keep(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    (folder / "sent").mkdir()
    names: list[str] = []
    for name, data in files:
        names.append(safe_name(name, names))
        (folder / "sent" / names[-1]).write_bytes(data)
    return tuple(names)


def _begin(case: Path, folder: Path, names: Sequence[str], options: Sequence[str]) -> subprocess.Popen[bytes]:
    # -P: nothing that was sent is ever taken for a module of the program
    program = [sys.executable, "-P", "-c", "from dragoman.cli import main; main()"]
    command = [*program, "read", "--case", str(case), "--workers", "1", *options]
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(
            [*command, "--", *names],
            cwd=folder / "sent",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
            env=os.environ | {"PYTHONSAFEPATH": "1"} | _paths(),
        )


def _paths() -> dict[str, str]:
    """``PYTHONPATH`` as it is meant here: of what was sent, ``.`` would make modules."""
    given = os.environ.get("PYTHONPATH", "")
    return {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, given.split(os.pathsep)))} if given else {}


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    """First as Ctrl-C does, then for good, with all that it has started."""
    with contextlib.suppress(OSError, ValueError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()  # whoever waits for it ends the rest


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
