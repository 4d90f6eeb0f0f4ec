"""Run a command and watch how long it takes and how much memory its whole process tree holds at most (Linux)."""

from __future__ import annotations

import math
import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import Any

from evaluation.errors import BenchError

INTERVAL = 0.05
"""Seconds between two looks at the memory."""
LOOKS, PATIENCE = 20, 10.0
"""How often a page is asked for, or as often as fits these seconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command and all its descendants took: wall-clock seconds, processor seconds, and resident bytes at most.

    Processor seconds hold on a busy machine too. Pages that processes share are counted for each of them, so the peak
    is rather too high than too low.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def watch(command: Sequence[str]) -> Run:
    """Run a command to its end; raises ``BenchError`` when it fails."""
    before, begun = _children_cpu(), time.perf_counter()
    with TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        peak = _peak_until_end(process)
        seconds = time.perf_counter() - begun
        errors.seek(0)
        told = errors.read().strip()
    if process.returncode:
        raise BenchError(f"{' '.join(command)} ended with status {process.returncode}: {told[-300:]}")
    return Run(seconds, _children_cpu() - before, peak)


def watch_often(command: Sequence[str], times: int) -> Run:
    """The medians of several runs, after one that fills the caches."""
    watch(command)
    runs = [watch(command) for _ in range(times)]
    return Run(
        median(run.seconds for run in runs),
        median(run.cpu_seconds for run in runs),
        max(run.peak_bytes for run in runs),
    )


def look_often(look: Callable[[], Any]) -> tuple[float, float]:
    """The 95th percentile of some looks, by the clock and of the processor; the first apart: it compiles the queries,
    which a desk does once."""
    look()
    walls: list[float] = []
    cpus: list[float] = []
    while len(walls) < LOOKS and sum(walls) < PATIENCE:
        wall, cpu = time.perf_counter(), time.process_time()
        look()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    at = math.ceil(0.95 * len(walls)) - 1
    return sorted(walls)[at], sorted(cpus)[at]


def _peak_until_end(process: subprocess.Popen[bytes]) -> int:
    peak = 0
    while process.returncode is None:
        peak = max(peak, _resident(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(INTERVAL)
    return peak


def _children_cpu() -> float:
    """Processor seconds of all ended descendants so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def most_resident() -> int:
    """Resident bytes of this process at most; ``ru_maxrss`` would have those of the process that began it too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _resident(pid: int) -> int:
    """Resident bytes of a process and all its descendants; one that has just ended holds none."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        tasks = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for task in tasks for child in task.split())
