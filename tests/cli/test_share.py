"""Claims about ``export``, ``brief`` and ``pack``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Dragoman


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_file_gets_what_standard_output_gets(dragoman: Dragoman, azure: Path, tmp_path: Path, format: str) -> None:
    printed = dragoman("export", azure, "--format", format)
    written = dragoman("export", azure, "--format", format, "-o", tmp_path / "out")
    assert (printed.code, written.code) == (0, 0)
    assert (tmp_path / "out").read_bytes().decode() == printed.out


def test_parquet_goes_to_a_file(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra `tables` is not installed")
    assert dragoman("export", azure, "--format", "parquet", "-o", tmp_path / "out.parquet").code == 0
    assert (tmp_path / "out.parquet").read_bytes()[:4] == b"PAR1"


def test_parquet_does_not_go_to_standard_output(dragoman: Dragoman, azure: Path) -> None:
    assert dragoman("export", azure, "--format", "parquet").code == 2


def test_an_output_that_cannot_be_written_is_said(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    for arguments in (("export", azure, "-o"), ("brief", azure, "-o")):
        result = dragoman(*arguments, tmp_path / "no" / "such" / "out.md")
        assert result.code == 1
        assert "cannot write" in result.err


def test_a_brief_is_a_page_or_markdown(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    assert dragoman("brief", azure, "-o", tmp_path / "b.html").code == 0
    assert dragoman("brief", azure, "-o", tmp_path / "b.md").code == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == dragoman("brief", azure).out
    assert dragoman("brief", azure, "-o", tmp_path / "b.doc").code == 2


def test_shipped_packs_are_shown(dragoman: Dragoman) -> None:
    assert {row["pack"] for row in json.loads(dragoman("pack", "show", "--json").out)} >= {"core", "afghanistan"}
    assert "recognition" in dragoman("pack", "show", "afghanistan").out
    assert json.loads(dragoman("pack", "show", "afghanistan", "--json").out)["authority"] == "Taliban"


def test_a_sound_pack_and_a_broken_one_are_told_apart(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: mine\ntitle: Mine\n", encoding="utf-8")
    assert dragoman("pack", "check", tmp_path).code == 0
    (tmp_path / "pack.yaml").write_text("id: mine\n", encoding="utf-8")
    result = dragoman("pack", "check", tmp_path)
    assert result.code == 1
    assert "pack.yaml line 1" in result.out
    assert json.loads(dragoman("pack", "check", tmp_path, "--json").out)[0]["line"] == 1


def test_a_folder_without_a_pack_is_an_error(dragoman: Dragoman, tmp_path: Path) -> None:
    assert dragoman("pack", "check", tmp_path / "none").code == 1
