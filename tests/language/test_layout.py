"""Where lines end sentences, how furniture is masked, how long texts are cut."""

from __future__ import annotations

import pytest

from dragoman.language.layout import is_break, mask_furniture, split_long, usual_width


@pytest.mark.parametrize(
    ("before", "gap", "after", "width"),
    [
        ("Talks open in Doha", "\n\n", "the envoys met", None),
        ("He left.", "\n", "She stayed.", None),
        ("Who came", "\n", "- the envoys", None),
        ("A short line.", "\n", "Another begins", 70),
    ],
)
def test_line_breaks_that_end_a_sentence(before: str, gap: str, after: str, width: int | None) -> None:
    assert is_break(before, gap, after, width=width, masked=False)


@pytest.mark.parametrize(
    ("before", "gap", "after", "width", "masked"),
    [
        ("the envoys of six neighbouring states will meet in Tehran on Monday,", "\n", "the ministry said", 70, False),
        ("the envoys of six", "\n", "states met", None, False),
        ("the envoys of six", "\n\n      \n\n", "states met", None, True),
    ],
)
def test_line_breaks_that_do_not(before: str, gap: str, after: str, width: int | None, masked: bool) -> None:
    assert not is_break(before, gap, after, width=width, masked=masked)


def test_width_is_known_only_of_broken_lines() -> None:
    assert usual_width("one long paragraph " * 20 + "\n" + "another " * 50 + "\nthird") is None
    assert usual_width(("words that fill a line up to about seventy characters and not much more\n") * 5) == 71


def test_masking_keeps_length_and_line_breaks() -> None:
    assert mask_furniture("ab\ncd ef", [(1, 5)]) == "a \n   ef"


def test_masking_leaves_empty_and_reversed_spans() -> None:
    assert mask_furniture("abc", [(1, 1), (2, 1)]) == "abc"


@pytest.mark.parametrize("text", ["", "word", "word " * 50, "line\n" * 50, "a" * 120, " " * 90])
def test_parts_cover_the_text_once(text: str) -> None:
    parts = split_long(text, longest=40)
    assert "".join(text[start:end] for start, end in parts) == text
    assert [end for _, end in parts[:-1]] == [start for start, _ in parts[1:]]


def test_parts_end_at_line_breaks_where_there_are_any() -> None:
    text = "one two three\nfour five six\nseven eight"
    assert [text[a:b] for a, b in split_long(text, longest=25)] == ["one two three\n", "four five six\nseven eight"]
