"""Commands are watched with all the processes that they start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.errors import BenchError
from evaluation.watch import watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory of a process tree is read from Linux's /proc")

HOLD = "import time; block = b'x' * 80_000_000; time.sleep(0.4)"


def test_memory_of_a_grandchild_counts() -> None:
    run = watch([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"])
    assert run.peak_bytes > 80_000_000


def test_processor_time_of_descendants_counts() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    run = watch([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"])
    assert run.cpu_seconds > 0.25


def test_failed_command_is_told_with_its_last_words() -> None:
    with pytest.raises(BenchError, match=r"status 3.*no luck"):
        watch([sys.executable, "-c", "import sys; sys.stderr.write('no luck'); sys.exit(3)"])


def test_what_the_process_that_began_it_holds_is_not_counted() -> None:
    held = bytearray(200_000_000)
    code = "from evaluation.watch import most_resident; print(most_resident())"
    told = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, check=True)
    assert 1_000_000 < int(told.stdout) < len(held) / 2
