"""The pages on what is exported are made from the code."""

from __future__ import annotations

import pytest

from docs import make_dictionary, make_exchange
from dragoman.export import FORMATS


@pytest.mark.parametrize("page", [make_dictionary, make_exchange], ids=["data dictionary", "exchange"])
def test_the_page_is_fresh(page: object) -> None:
    assert page.to_markdown() == page.PAGE.read_text("utf-8"), "run `make docs`"  # type: ignore[attr-defined]


def test_every_format_has_its_row() -> None:
    assert make_exchange.WHAT.keys() == FORMATS.keys()
