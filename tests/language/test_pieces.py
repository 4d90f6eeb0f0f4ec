"""Words as pieces: the longest known piece from the left, accents and case away, marks alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.pieces import CASES, GAPS, MOST_PIECES, WordPieces, case_of, gap_of


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    path: Path = tmp_path_factory.mktemp("pieces") / "pieces.txt"
    path.write_text("\n".join(["[CLS]", "[SEP]", "[UNK]", "kabul", "kab", "##ul", "##u", "'", "s", "-", "zurich"]))
    return WordPieces(path)


def named(pieces: WordPieces, form: str) -> list[str]:
    names = {number: word for word, number in pieces.numbers.items()}
    return [names[number] for number in pieces.cut(form)]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Kabul", ["kabul"]),
        ("KABU", ["kab", "##u"]),
        ("Zürich", ["zurich"]),
        ("’s", ["'", "s"]),
        ("—", ["-"]),
        ("Herat", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_word_falls_into_pieces(pieces: WordPieces, form: str, expected: list[str]) -> None:
    assert named(pieces, form) == expected


@given(st.text(max_size=200))
def test_every_word_has_some_pieces_and_not_many(form: str) -> None:
    vocabulary = WordPieces.__new__(WordPieces)
    vocabulary.numbers = {"a": 3, "##a": 4, "[UNK]": 2}
    vocabulary.unknown = 2
    assert 1 <= len(vocabulary._cut(form)) <= MOST_PIECES
    assert 0 <= case_of(form) < CASES
    assert 0 <= gap_of(form) < GAPS


def test_spellings_are_told_apart() -> None:
    sorts = [case_of(form) for form in ("kabul", "UN", "I", "Kabul", "McCain", "3-4", "x-Y", ",")]
    assert len(set(sorts)) == len(sorts)
