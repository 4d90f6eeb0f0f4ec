"""Where and with what something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from dragoman import language

Facts = list[tuple[str, str]]


def list_facts(facts: Facts) -> str:
    """The facts as a Markdown list."""
    return "".join(f"- {name}: {value}\n" for name, value in facts)


def describe() -> Facts:
    """Date, code, machine and versions, as they stand on a measured page."""
    return [
        ("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("code", _commit()),
        ("machine", f"{_processor()}, {len(os.sched_getaffinity(0))} cores, {_memory_gib():.0f} GiB"),
        ("load", f"{os.getloadavg()[0]:.1f} processes wanted to run, on average of the last minute"),
        ("system", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"),
        ("versions", f"dragoman {version('dragoman')}, spaCy {version('spacy')}, model {_model()}"),
    ]


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    return ended.stdout.strip() or "not under version control"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _model() -> str:
    return language.MODEL
