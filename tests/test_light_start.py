"""Looking at a case starts without what only reading and drawing need."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("spacy", "thinc", "numpy", "onnxruntime", "networkx", "pandas", "pyarrow", "dragoman.reading")
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
    ],
    ids=["the case", "dragoman --help", "dragoman show --help", "lists"],
)
def test_what_reading_needs_is_not_loaded(code: str) -> None:
    run = subprocess.run([sys.executable, "-c", f"{code}\n{TELL}"], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1].strip() == "loaded:"
