"""Run a command and watch how long it takes and how much memory its whole process tree holds at most (Linux)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.errors import BenchError

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """Wall-clock seconds, and the most resident bytes of the command and its descendants together.

    Pages that processes share are counted for each of them, so the peak is rather too high than too low.
    """

    seconds: float
    peak_bytes: int


def watch(command: Sequence[str]) -> Run:
    """Run a command to its end; raises ``BenchError`` when it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(INTERVAL)
        seconds = time.perf_counter() - begun
        told = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise BenchError(f"{' '.join(command)} ended with status {process.returncode}: {told.strip()[-300:]}")
    return Run(seconds, peak)


def median_seconds(command: Sequence[str], times: int) -> float:
    """The median wall-clock time of several runs, after one that fills the caches."""
    subprocess.run(command, capture_output=True, check=False)
    return median(_seconds(command) for _ in range(times))


def _seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise BenchError(f"{' '.join(command)} ended with status {ended.returncode}: {ended.stderr.strip()[-300:]}")
    return time.perf_counter() - begun


def _resident(pid: int) -> int:
    """Resident bytes of a process and all its descendants; one that has just ended holds none."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for task in tasks for child in task.split())
