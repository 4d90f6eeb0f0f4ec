"""What every test runs under."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

# Properties are tried on fewer examples in the suite than by ``pytest --hypothesis-profile=thorough``.
settings.register_profile("suite", max_examples=40)
settings.register_profile("thorough", max_examples=400)
settings.load_profile("suite")

MEMORY = Path("/dev/shm")
"""Cases are written here, where there is such a place with room: a disk is waited for at every case that is made."""
ROOM = 2 * 2**30

if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)  # for commands that tests start, too


def pytest_collection_finish() -> None:
    """Put what is imported by now out of the collector's sight: it looked through it thousands of times."""
    gc.collect()
    gc.freeze()
