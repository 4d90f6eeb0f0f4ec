"""Claims about ``new`` and ``read``."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

import dragoman as api
from tests.cli.conftest import Dragoman
from tests.intake.intake_factory import ARTICLE, make_lines, make_page, make_pdf
from tests.knowledge.pack_factory import write_pack


def test_new_makes_a_case_with_the_packs_that_are_named(dragoman: Dragoman, tmp_path: Path) -> None:
    result = dragoman("new", tmp_path / "kabul.case", "--pack", "afghanistan", "--title", "Who deals with Kabul")
    assert result.code == 0
    with api.open_case(tmp_path / "kabul.case") as case:
        assert (case.packs, case.title) == (("core", "afghanistan"), "Who deals with Kabul")


def test_read_makes_the_case_that_is_not_there_and_says_with_what(
    dragoman: Dragoman, article: Path, tmp_path: Path
) -> None:
    result = dragoman("read", article, "--case", tmp_path / "lima.case")
    assert result.code == 0
    assert f"Made {tmp_path}/lima.case with the packs core" in result.err
    assert "Read 1 document" in result.err
    with api.open_case(tmp_path / "lima.case") as case:
        assert [document.id for document in case.documents()] == ["harbour"]


def test_reading_again_adds_nothing(dragoman: Dragoman, article: Path, tmp_path: Path) -> None:
    dragoman("read", article, "--case", tmp_path / "lima.case", "--pack", "core")
    before = dragoman("export", tmp_path / "lima.case").out
    again = dragoman("read", article, "--case", tmp_path / "lima.case")
    assert again.code == 0
    assert "Read 0 documents" in again.err
    assert "1 document in the case already" in again.err
    assert dragoman("export", tmp_path / "lima.case").out == before


def test_read_takes_folders_patterns_pages_pdfs_and_collections(dragoman: Dragoman, tmp_path: Path) -> None:
    lines = ARTICLE.splitlines()
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.html").write_bytes(make_page(title="Another page"))
    (tmp_path / "c.pdf").write_bytes(make_pdf([lines]))
    (tmp_path / "d.jsonl").write_bytes(make_lines({"maintext": " ".join(reversed(lines)), "id": "d"}))
    sources = [tmp_path / "in", tmp_path / "*.html", tmp_path / "c.pdf", tmp_path / "d.jsonl"]
    result = dragoman("read", *sources, "--format", "jsonl", "--pack", "core", "--published", "2024-05-07")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0, result.err
    assert [row["document"] for row in rows if "meta" in row] == ["a", "b", "c", "d"]


def test_without_a_case_the_reports_go_to_standard_output_in_the_exchange_form(
    dragoman: Dragoman, article: Path
) -> None:
    result = dragoman("read", article, "--format", "jsonl", "--outlet", "The Harbour")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0
    assert rows[0] == {
        "document": "harbour",
        "meta": {"title": None, "author": None, "outlet": "The Harbour", "published": "2024-05-06"},
    }
    assert "actors" in rows[1]
    text = article.read_text(encoding="utf-8")
    for row in rows[2:]:
        evidence = row["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_dash_reads_standard_input(dragoman: Dragoman, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(article.read_bytes())))
    result = dragoman("read", "-", "--format", "jsonl", "--pack", "core")
    assert result.code == 0
    assert json.loads(result.out.splitlines()[0])["document"] == "standard-input"


def test_a_page_within_the_own_network_is_set_aside_and_named(dragoman: Dragoman) -> None:
    result = dragoman("read", "http://127.0.0.1/story", "--format", "jsonl", "--pack", "core")
    assert (result.code, result.out) == (1, "")
    assert "http://127.0.0.1/story is not read: 127.0.0.1 is not on the open internet" in result.err


def test_a_case_made_with_a_pack_folder_opens_again_from_elsewhere(
    dragoman: Dragoman, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.yaml").write_text("id: mine\ntitle: My own question\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert dragoman("new", "own.case", "--pack", "mine").code == 0
    monkeypatch.chdir("/")
    assert dragoman("read", article, "--case", tmp_path / "own.case").code == 0
    assert dragoman("read", article, "--case", tmp_path / "own.case", "--pack", tmp_path / "mine").code == 0


def test_a_pack_that_changed_is_told_and_what_is_given_is_read_again(
    dragoman: Dragoman, article: Path, tmp_path: Path
) -> None:
    pack, case = write_pack(tmp_path / "strait", actors="reef: {name: Reef, kind: group}"), tmp_path / "a.case"
    dragoman("read", article, "--case", case, "--pack", pack)
    write_pack(tmp_path / "strait", actors="reef: {name: Reef, kind: group}\ncape: {name: Cape, kind: group}")
    told = "the pack strait is not what it was when 1 document was read: 1 actor added (cape), in strait/actors.yaml"
    (tmp_path / "other.txt").write_text("Peru left Lima.\n", encoding="utf-8")
    other = dragoman("read", tmp_path / "other.txt", "--case", case)
    assert told in other.err
    assert "1 document keeps what was read before the change; to read it again, give it to `dragoman read`" in other.err
    again = dragoman("read", article, "--case", case)
    assert told in again.err
    assert "Read 1 document" in again.err
    assert "is not what it was" not in dragoman("read", article, "--case", case).err


def test_a_case_is_not_read_with_packs_that_it_was_not_made_with(
    dragoman: Dragoman, azure: Path, article: Path
) -> None:
    result = dragoman("read", article, "--case", azure, "--pack", "afghanistan")
    assert result.code == 2
    assert "was made with the packs" in result.err


def test_hostile_text_comes_through_unharmed(dragoman: Dragoman, tmp_path: Path) -> None:
    name = 'O\'Brien «Ծաղիկ» الرئيس café & "Ж" <b>'
    sentence = f"Norway accused Peru of spying, wrote {name} 👩‍🚀."
    path = tmp_path / "odd \U0001f6a2.txt"
    path.write_text(f"The ministers met in Lima. {sentence}\n", encoding="utf-8")
    case = tmp_path / "odd.case"
    assert dragoman("read", path, "--case", case, "--published", "2024-05-07").code == 0
    with api.open_case(case) as opened:
        assert sentence in opened.document("odd \U0001f6a2").text
    for what in ("documents", "events", "actors"):
        assert dragoman("show", case, what).code == 0
    assert "odd \U0001f6a2" in dragoman("show", case, "documents").out
    assert "الرئيس café" in dragoman("search", case, "café").out
    (hit, *_) = json.loads(dragoman("search", case, "café", "--json").out)
    assert hit["sentence"] in sentence
