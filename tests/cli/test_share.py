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


@pytest.mark.parametrize("format", ["jsonl", "csv", "dna", "gexf", "plover", "followthemoney", "calendar", "atom"])
def test_a_period_that_runs_backwards_is_refused(dragoman: Dragoman, azure: Path, tmp_path: Path, format: str) -> None:
    period = ("--since", "2025", "--until", "2024")
    result = dragoman("export", azure, "--format", format, "-o", tmp_path / "out", *period)
    assert (result.code, (tmp_path / "out").exists()) == (2, False)
    assert result.err.startswith("Error: the period runs backwards")
    assert dragoman("brief", azure, *period).code == 2


def test_a_brief_is_a_page_markdown_or_paper(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    assert dragoman("brief", azure, "-o", tmp_path / "b.html").code == 0
    assert dragoman("brief", azure, "-o", tmp_path / "b.md").code == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "b.md").read_text(encoding="utf-8") == dragoman("brief", azure).out
    assert dragoman("brief", azure, "-o", tmp_path / "b.doc").code == 2
    assert dragoman("brief", azure, "--as-of", "2024-05", "-o", tmp_path / "b.pdf").code == 0
    assert (tmp_path / "b.pdf").read_bytes()[:5] == b"%PDF-"


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


STREAMED = ["plover", "followthemoney", "annotations", "calendar", "atom"]


@pytest.mark.parametrize("format", STREAMED)
def test_other_programs_formats_go_to_standard_output_and_files(
    dragoman: Dragoman, azure: Path, tmp_path: Path, format: str
) -> None:
    printed = dragoman("export", azure, "--format", format)
    written = dragoman("export", azure, "--format", format, "--output", tmp_path / "out")
    assert (printed.code, written.code) == (0, 0)
    assert (tmp_path / "out").read_bytes() == printed.out.encode()


def test_gdelt_goes_into_a_folder(dragoman: Dragoman, azure: Path, tmp_path: Path) -> None:
    assert dragoman("export", azure, "--format", "gdelt").code == 2
    assert dragoman("export", azure, "--format", "gdelt", "-o", tmp_path / "gdelt").code == 0
    assert sorted(file.name for file in (tmp_path / "gdelt").iterdir()) == ["export.CSV", "mentions.CSV"]


def test_what_an_export_leaves_out_is_said_on_standard_error(dragoman: Dragoman, azure: Path) -> None:
    result = dragoman("export", azure, "--format", "calendar")
    assert "Left out 1 forecast without a day by which to come true." in result.err
    assert "Left out" not in result.out


def test_an_export_has_its_time(dragoman: Dragoman, azure: Path) -> None:
    assert dragoman("export", azure, "--format", "csv", "--as-of", "2024-05-03").out.count("\n") == 1
    assert dragoman("export", azure, "--format", "csv", "--as-of", "2024-05-04").out.count("\n") == 4
    assert dragoman("export", azure, "--since", "2024-06").out == ""
    assert dragoman("export", azure, "--until", "soon").code == 2


def test_the_help_lists_every_format(dragoman: Dragoman) -> None:
    from dragoman.export import FORMATS

    help = dragoman("export", "--help").out
    assert all(name in help for name in FORMATS)
    assert dragoman("export", "x.case", "--format", "xml").code == 2


def test_a_pack_import_names_bad_lines_and_goes_on(dragoman: Dragoman, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,kind\nInes Halloran,person\nNobody,wizard\n", encoding="utf-8")
    result = dragoman("pack", "import", table, "--to", tmp_path / "pack")
    assert result.code == 1
    assert "mine.csv line 3: unknown kind 'wizard' of 'Nobody'" in result.err
    assert dragoman("pack", "check", tmp_path / "pack").code == 0
    again = dragoman("pack", "import", table, "--to", tmp_path / "pack")
    assert (again.code, "is there already" in again.err) == (1, True)


def test_a_clean_pack_import_is_done(dragoman: Dragoman, tmp_path: Path) -> None:
    table = tmp_path / "my.agents.txt"
    table.write_text("HARBOUR_PILOT [~BUS]\n", encoding="utf-8")
    result = dragoman("pack", "import", table, "--to", tmp_path / "pack")
    assert (result.code, "0 actors, 1 words" in result.err) == (0, True)
    assert dragoman("pack", "import", table, "--to", tmp_path / "p2", "--format", "xml").code == 2
    assert dragoman("pack", "import", tmp_path / "none.csv", "--to", tmp_path / "p3").code == 1
