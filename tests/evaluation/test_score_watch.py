"""Commands are watched with all the processes that they start."""

from __future__ import annotations

import sys

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
