"""The command line run in this process, and small things for it to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli import run
from tests.case.factory import filled, make_reading


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str


Dragoman = Callable[..., Result]


@pytest.fixture
def dragoman(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dragoman:
    """Runs a command line as on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: object) -> Result:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Result(code, *capfd.readouterr())

    return call


@pytest.fixture
def azure(tmp_path: Path) -> Path:
    """A case with one document and a report in each of its three sentences."""
    path = tmp_path / "azure.case"
    filled(path, make_reading()).close()
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article with an act and a demand in it."""
    path = tmp_path / "harbour.txt"
    path.write_text(
        "Published: 2024-05-06\n\nThe foreign ministers of Norway and Peru met in Lima on Saturday.\n"
        "Norway urged Peru to release two fishermen.\n",
        encoding="utf-8",
    )
    return path
