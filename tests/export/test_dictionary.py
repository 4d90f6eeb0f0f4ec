"""The data dictionary page is made from the columns."""

from __future__ import annotations

from docs import make_dictionary


def test_the_page_is_fresh() -> None:
    assert make_dictionary.to_markdown() == make_dictionary.PAGE.read_text("utf-8"), "run `make docs`"
