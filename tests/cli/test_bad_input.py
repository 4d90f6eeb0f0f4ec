"""Claims about input that cannot be read: a sentence, the right exit code, and the rest goes on."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

import dragoman as api
from dragoman.case.connection import connect
from tests.case.factory import make_reading
from tests.cli.conftest import Dragoman
from tests.intake.intake_factory import ARTICLE, make_lines, make_page, make_pdf


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("binary.txt", bytes(range(256)) * 20, "is not text"),
        ("long.txt", b"Peru met Norway. " * 3_000_000, "larger than"),
        ("scan.pdf", make_pdf([[]]), "is not read"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "is not read"),
        ("bad.jsonl", b"{]\n", "bad.jsonl"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_its_name(
    dragoman: Dragoman, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = dragoman("read", tmp_path / name, "--case", tmp_path / "x.case")
    assert result.code == 1
    assert "Set aside 1:" in result.err
    assert told in result.err
    assert str(tmp_path / name) in result.err
    assert not (tmp_path / "x.case").exists()


def test_a_missing_path_is_said_and_the_rest_goes_on(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    result = dragoman("read", tmp_path / "nowhere", article, "--case", tmp_path / "x.case")
    assert result.code == 1
    assert f"nothing is at {tmp_path / 'nowhere'}" in result.err
    assert "Read 1 document" in result.err


def test_a_bad_line_of_a_collection_is_named_and_the_others_are_read(dragoman: Dragoman, tmp_path: Path) -> None:
    rows: list[object] = [{"maintext": f"{ARTICLE} Edition {n}."} for n in range(8)]
    rows[6] = '{"maintext": "cut of'
    (tmp_path / "coll.jsonl").write_bytes(make_lines(*rows))
    result = dragoman("read", tmp_path / "coll.jsonl", "--format", "jsonl", "--pack", "core")
    assert result.code == 1
    assert "coll.jsonl line 7" in result.err
    assert sum("meta" in json.loads(line) for line in result.out.splitlines()) == 7


def test_a_page_with_broken_nesting_and_scripts_is_read(dragoman: Dragoman, tmp_path: Path) -> None:
    page = make_page().replace(b"</p>", b"</div></b>").replace(b"</html>", b"<script>if (a<b) {")
    (tmp_path / "page.html").write_bytes(page)
    result = dragoman("read", tmp_path / "page.html", "--format", "jsonl", "--pack", "core")
    assert result.code == 0, result.err
    assert "if (a" not in result.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_without_rights_is_said(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    result = dragoman("read", tmp_path / "shut", article, "--case", tmp_path / "x.case")
    assert result.code == 1
    assert "shut cannot be read" in result.err


def test_another_language_is_set_aside_by_name_and_no_failure_beside_english(
    dragoman: Dragoman, article: Path, tmp_path: Path
) -> None:
    french = "Le ministre des Affaires étrangères a rencontré lundi à Genève les représentants de la rébellion. "
    (tmp_path / "fr.txt").write_text(french * 5, encoding="utf-8")
    result = dragoman("read", tmp_path / "fr.txt", article, "--case", tmp_path / "x.case")
    assert result.code == 0
    assert "is French" in result.err
    with api.open_case(tmp_path / "x.case") as case:
        assert [item.source for item in case.sources_set_aside()] == [str(tmp_path / "fr.txt")]


def test_a_folder_is_no_case(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    for arguments in (("show", tmp_path), ("read", article, "--case", tmp_path), ("new", tmp_path)):
        result = dragoman(*arguments)
        assert result.code == 1
        assert result.err.startswith(f"Error: {tmp_path} is a folder")


def test_another_programs_database_is_no_case_and_stays_as_it_was(
    dragoman: Dragoman, article: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.case"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (x)")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    for arguments in (("show", path), ("read", article, "--case", path), ("brief", path)):
        result = dragoman(*arguments)
        assert result.code == 1
        assert "another program" in result.err
    assert path.read_bytes() == before


def test_a_text_file_is_no_case(dragoman: Dragoman, article: Path) -> None:
    result = dragoman("show", article)
    assert result.code == 1
    assert "is not a case" in result.err


def test_a_case_of_a_newer_version_is_refused(dragoman: Dragoman, azure: Path) -> None:
    conn = connect(azure, write=True, patience=1.0)
    conn.exec_driver_sql("INSERT INTO migrations (name, ran) VALUES ('9999-future', '2100-01-01')")
    conn.close()
    result = dragoman("show", azure)
    assert result.code == 1
    assert "newer Dragoman" in result.err


def test_two_readers_on_one_case_lose_and_double_nothing(dragoman: Dragoman, article: Path, azure: Path) -> None:
    with api.open_case(azure, write=True) as other:
        other.start_run(reader="another")
        other.add(make_reading("first"))
        result = dragoman("read", article, "--case", azure)
        other.add(make_reading("second", sentences=("Critics protested in Port Azure.",) * 3))
        other.finish_run()
    assert result.code == 0
    with api.open_case(azure) as case:
        assert {document.id for document in case.documents()} >= {"harbour", "second"}


def test_a_case_that_is_not_there_is_said(dragoman: Dragoman, tmp_path: Path) -> None:
    result = dragoman("show", tmp_path / "none.case")
    assert result.code == 1
    assert "dragoman new" in result.err


@pytest.mark.parametrize("date", ["2023-02-30", "yesterday", "1-2-2023"])
def test_an_impossible_date_is_refused(dragoman: Dragoman, article: Path, date: str) -> None:
    result = dragoman("read", article, "--format", "jsonl", "--published", date)
    assert result.code == 1
    assert date in result.err
    assert result.out == ""


def test_an_unknown_pack_is_said_with_the_nearest(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    result = dragoman("read", article, "--case", tmp_path / "x.case", "--pack", "afganistan")
    assert result.code == 1
    assert "afghanistan" in result.err
    assert not (tmp_path / "x.case").exists()
