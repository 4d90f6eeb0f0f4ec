"""Claims about how commands end: exit codes, one line of error, pipes, interrupts, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dragoman as api
from dragoman import __version__
from tests.cli.conftest import Dragoman

COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]
HEAVY = ("spacy", "numpy", "sqlalchemy", "rich", "yaml", "pandas", "pyarrow", "trafilatura", "jinja2")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from dragoman.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "search" in done.stdout
    assert not set(HEAVY).intersection(done.stderr.split())


def test_no_command_gets_the_help(dragoman: Dragoman) -> None:
    assert dragoman().out == dragoman("--help").out
    assert dragoman().code == 0


def test_the_version_is_told(dragoman: Dragoman) -> None:
    assert dragoman("--version").out == f"dragoman {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("shwo",),
        ("show",),
        ("show", "x.case", "events", "--limit", "0"),
        ("show", "x.case", "--nonsense"),
        ("read", "x.txt"),
        ("read", "x.txt", "--case", "x.case", "--format", "jsonl"),
        ("read", "x.txt", "--format", "xml"),
        ("export", "x.case", "--format", "jsnl"),
        ("pack",),
    ],
)
def test_a_command_that_makes_no_sense_ends_with_2_and_one_line(dragoman: Dragoman, arguments: tuple[str, ...]) -> None:
    result = dragoman(*arguments)
    assert result.code == 2
    assert result.err.startswith("Error: ")
    assert result.err.count("\n") == 1


def test_a_traceback_comes_only_with_debug(dragoman: Dragoman, tmp_path: Path) -> None:
    assert "Traceback" not in dragoman("show", tmp_path / "none.case").err
    with pytest.raises(api.DragomanError):
        dragoman("show", tmp_path / "none.case", "--debug")


def test_a_full_disk_under_the_output_is_said(azure: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "show", azure, "--json"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: the output cannot be written")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["show", "export", "search"])
def test_a_reader_that_goes_away_is_met_in_silence(azure: Path, command: str) -> None:
    arguments = [command, azure, *(["ambassador"] if command == "search" else [])]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run([*COMMAND, *arguments], stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_a_read_that_is_stopped_keeps_what_was_read_and_goes_on(
    dragoman: Dragoman, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    """The articles come through a pipe that stays open, so that the run waits in the middle."""
    case = tmp_path / "x.case"
    dragoman("new", case)
    record = '{"id": "%s", "maintext": "%s", "date_publish": "2024-05-06"}\n'
    body = "Norway's minister met the envoy of Peru in Lima on Saturday. " * 250  # more than a batch
    lines = [(record % (name, f"Edition {name}. {body}")).encode() for name in ("one", "two")]
    running = subprocess.Popen(
        [*COMMAND, "read", "-", "--case", case, "--workers", "1"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdin is not None
    running.stdin.writelines(lines)
    running.stdin.flush()
    while not _documents(case):
        assert running.poll() is None
        time.sleep(0.1)
    running.send_signal(sent)
    _, told = running.communicate()
    assert running.returncode == code
    assert sent is signal.SIGKILL or b"is kept" in told
    (tmp_path / "all.jsonl").write_bytes(b"".join(lines))
    again = dragoman("read", tmp_path / "all.jsonl", "--case", case)
    assert again.code == 0, again.err
    assert _documents(case) == ["one", "two"]


def _documents(path: Path) -> list[str]:
    with api.open_case(path) as case:
        return [document.id for document in case.documents()]
