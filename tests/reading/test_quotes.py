"""Quotations are found whatever marks the text uses, and ordinary apostrophes are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.voices.quotes import find_quotations


def quoted(text: str) -> list[list[str]]:
    """The pieces of each quotation, as the text has them."""
    return [[text[p.start : p.end] for p in q.pieces] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“We leave,” he said.", [["“We leave,”"]], id="curly"),
        pytest.param('"We leave," he said.', [['"We leave,"']], id="straight"),
        pytest.param("'We leave,' he said.", [["'We leave,'"]], id="straight single"),
        pytest.param("‘We leave,’ he said.", [["‘We leave,’"]], id="curly single"),
        pytest.param("«We leave», he said.", [["«We leave»"]], id="guillemets"),
        pytest.param("``We leave,'' he said.", [["``We leave,''"]], id="typewriter"),
        pytest.param("''We leave,'' he said.", [["''We leave,''"]], id="doubled apostrophes"),
        pytest.param('“We leave," he said.', [['“We leave,"']], id="curly opens, straight closes"),
        pytest.param('"One," he said. "Two."', [['"One,"'], ['"Two."']], id="two"),
        pytest.param("He (“the boss”) left.", [["“the boss”"]], id="after a bracket"),
        pytest.param(
            "‘It isn’t the envoys’ fault,’ she said.", [["‘It isn’t the envoys’ fault,’"]], id="apostrophes inside"
        ),
        pytest.param(
            "'The envoys' house is safe,' she said.", [["'The envoys' house is safe,'"]], id="genitive inside"
        ),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The envoys' visit and the minister's reply.", id="genitives"),
        pytest.param("It’s the ’90s again, isn’t it?", id="contractions"),
        pytest.param("He stands 5' tall.", id="feet"),
        pytest.param("No marks at all.", id="none"),
        pytest.param("", id="empty"),
    ],
)
def test_apostrophes_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "], ids=["blank line", "new line", "same line"])
@pytest.mark.parametrize("marks", ["“”", '""'], ids=["curly", "straight"])
def test_paragraphs_that_each_open_with_a_mark_are_one_quotation(gap: str, marks: str) -> None:
    parts = [f"{marks[0]}We stay.", f"{marks[0]}We fight.", f"{marks[0]}We win.{marks[1]}"]
    assert quoted(gap.join(parts) + " He left.") == [parts]


def test_missing_closing_mark_ends_with_the_paragraph_and_is_marked_as_open() -> None:
    (quotation,) = find_quotations("He said: “We leave at dawn.\n\nThey left at noon.")
    assert (quotation.start, quotation.end, quotation.closed) == (9, 27, False)


def test_long_quotation_that_nobody_closes_ends_with_a_sentence() -> None:
    text = "“We leave. " + "They stayed on for the whole of the winter. " * 50
    assert quoted(text) == [["“We leave."]]


def test_quotation_inside_a_quotation_lies_deeper() -> None:
    outer, inner = find_quotations("“They told us ‘no’ twice,” he said.")
    assert (outer.depth, inner.depth) == (0, 1)
    assert outer.start < inner.start < inner.end < outer.end


@given(st.text(alphabet="ab .,?!\n\"'“”‘’«»`1", max_size=80))
def test_pieces_are_ordered_inside_the_text_and_begin_with_a_mark(text: str) -> None:
    for quotation in find_quotations(text):
        bounds = [offset for piece in quotation.pieces for offset in (piece.start, piece.end)]
        assert bounds == sorted(bounds)
        assert bounds[-1] <= len(text)
        assert all(text[piece.start] in "\"'“‘«`" for piece in quotation.pieces)


@given(st.text(alphabet="ab ,\n", min_size=1, max_size=30).filter(str.strip), st.sampled_from(["“”", "«»"]))
def test_planted_quotation_is_found_exactly(words: str, marks: str) -> None:
    planted = marks[0] + words.strip().replace("\n", " ") + marks[1]
    assert quoted(f"Before it, {planted} after it.") == [[planted]]
