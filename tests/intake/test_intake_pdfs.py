import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_factory import make_pdf

from dragoman.intake.pdfs import join_pages, read_pdf

BODY = [
    "The foreign minister of Freedonia said on Monday that the talks with Syl-",
    "vania would go on in Geneva, and that nobody should read too much into",
    "the pause.",
    "He told reporters that both sides had agreed to open two border posts, and",
    "to free the prisoners whom they hold.",
]
LIMIT = 100_000


def test_wrapped_lines_become_paragraphs_and_hyphens_are_healed():
    text = read_pdf(make_pdf([["Talks go on", *BODY]]), LIMIT).text
    assert text.split("\n") == [
        "Talks go on",
        "The foreign minister of Freedonia said on Monday that the talks with Sylvania would go on in Geneva, and that "
        "nobody should read too much into the pause.",
        "He told reporters that both sides had agreed to open two border posts, and to free the prisoners whom "
        "they hold.",
    ]


def test_running_heads_and_page_numbers_are_furniture_and_do_not_break_a_paragraph():
    pages = [[f"The River Post, issue {n}", *part, str(n)] for n, part in enumerate((BODY[:2], BODY[2:4], BODY[4:]), 1)]
    found = read_pdf(make_pdf(pages), LIMIT)
    heads = [found.text[start:end] for start, end in found.furniture]
    assert heads == ["The River Post, issue 1", "1", "The River Post, issue 2", "2", "The River Post, issue 3", "3"]
    assert "too much into the pause." in found.text
    assert "border posts, and to free" in found.text


def test_title_of_the_file_is_taken_unless_a_program_made_it():
    assert read_pdf(make_pdf([BODY], title="Talks go on"), LIMIT).title == "Talks go on"
    assert read_pdf(make_pdf([BODY], title="Microsoft Word - talks_final.docx"), LIMIT).title is None


def test_date_of_the_file_is_never_taken():
    data = make_pdf([BODY], title="Talks go on").replace(b"/Title", b"/CreationDate (D:20200101000000Z) /Title")
    assert read_pdf(data, LIMIT).published is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (make_pdf([[]]), "no text, only pictures"),
        (make_pdf([BODY], encrypted=True), "encrypted"),
        (b"%PDF-1.4\nnothing", "not a whole PDF"),
        (make_pdf([BODY])[:300], "not a whole PDF|no text"),
        (b"", "not a whole PDF"),
    ],
    ids=["no text", "encrypted", "broken", "cut", "empty"],
)
def test_pdf_without_readable_text_says_why(data, says):
    found = read_pdf(data, LIMIT)
    assert found.text == ""
    assert re.search(says, found.problem)


def test_pages_beyond_the_limit_are_not_parsed():
    pages = [[f"Page {n} tells of the talks in the city of Geneva on the lake."] for n in range(20)]
    assert "Page 5" not in read_pdf(make_pdf(pages), 100).text


LINES = st.lists(
    st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=80), max_size=6), max_size=5
)


@given(LINES)
@settings(max_examples=50)
def test_joining_keeps_all_letters_and_bounds_each_head(pages):
    text, furniture = join_pages(pages)
    letters = sorted(char for page in pages for line in page for char in line if char != "-")
    assert sorted(char for char in text if char not in "\n -") == letters
    assert all(0 <= start < end <= len(text) for start, end in furniture)
