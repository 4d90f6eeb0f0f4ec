import pytest
from intake_factory import PARAGRAPHS, make_page, make_pdf

from dragoman.intake.options import IntakeOptions
from dragoman.intake.parsers import Parsers

SLOW_PAGE = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">x</p></body></html>"


@pytest.fixture
def parsers():
    parsers = Parsers(IntakeOptions(seconds=2))
    yield parsers
    parsers.close()


def test_page_and_pdf_are_parsed_one_after_another(parsers):
    assert PARAGRAPHS[0] in parsers.parse("page", make_page()).text
    heads = [["The River Post", line, "1"] for line in PARAGRAPHS]
    found = parsers.parse("pdf", make_pdf(heads))
    assert [found.text[start:end] for start, end in found.furniture].count("The River Post") == 4


def test_page_that_takes_too_long_is_given_up_and_the_next_is_parsed(parsers):
    assert "longer than 2 seconds" in parsers.parse("page", SLOW_PAGE).problem
    assert "no article text" in parsers.parse("page", b"<html></html>").problem


def test_parser_that_dies_is_started_anew(parsers):
    parsers.parse("page", b"<html></html>")
    parsers._process.kill()
    assert "broke down" in parsers.parse("page", b"<html></html>").problem
    assert "no article text" in parsers.parse("page", b"<html></html>").problem


def test_text_of_a_parser_passes_through_unharmed(parsers):
    parsers.parse("page", b"<html></html>")
    title = "Talks – «мир» – سلام – 🕊 e\u0301"
    assert parsers.parse("page", make_page(title=title)).title == title
