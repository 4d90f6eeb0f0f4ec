"""Looking at a case starts without what only reading and drawing need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "thinc", "numpy", "onnxruntime", "networkx", "pandas", "pyarrow", "dragoman.reading.reader")
TELL = f"import sys; print('loaded:', *[name for name in {HEAVY!r} if name in sys.modules])"
ASK_FOR_HELP = """
import sys
from dragoman.cli import main
sys.argv = ["dragoman", *{words!r}]
try:
    main()
except SystemExit:
    pass
"""


@pytest.mark.parametrize(
    "code",
    [
        "import dragoman.case",
        ASK_FOR_HELP.format(words=["--help"]),
        ASK_FOR_HELP.format(words=["show", "--help"]),
        "import dragoman.views.ladder, dragoman.cli.show_occurrences, dragoman.cli.show_sources",
        "import dragoman.cli.casework; from dragoman.reading import READER",
    ],
    ids=["the case", "dragoman --help", "dragoman show --help", "lists", "what keeps what workers read"],
)
def test_what_reading_needs_is_not_loaded(code: str) -> None:
    run = subprocess.run([sys.executable, "-c", f"{code}\n{TELL}"], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1].strip() == "loaded:"


READ = """
import sys
from dragoman import pipeline
from dragoman.cli import run
pipeline.PARALLEL_FROM = 10
if __name__ == "__main__":
    sys.exit(run(["read", *sys.argv[1:], "--format", "jsonl"]))
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_reading_leaves_out_what_spacy_would_load_beside(workers: str, tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("raise SystemExit('PyTorch was imported')", encoding="utf-8")
    (tmp_path / "job.py").write_text(READ, encoding="utf-8")
    (tmp_path / "short.txt").write_text("Published: 2024-03-01\n\nPeru's envoy left Lima.\n", encoding="utf-8")
    command = [sys.executable, str(tmp_path / "job.py"), str(tmp_path / "short.txt"), "--workers", workers]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert run.returncode == 0, run.stderr
    assert '"kind"' in run.stdout
