"""Names longer than any table's column, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.views.ledgers import case_of, foretold, owed, told

LONG = "Hauptbetriebswerkbauunterbeamtengesellschaftsvorsitzender" * 3
WORDS = "The High-Level Intergovernmental Coordination Commission for the Reconstruction of the Northern Provinces"
NARROWEST = """() => Math.min(...[...document.querySelectorAll("main td.words, main td.name")]
    .filter(cell => cell.textContent.trim().length > 20).map(cell => cell.getBoundingClientRect().width))"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "long.case"
    owes = owed(WORDS, f"to tell {LONG} of {WORDS} by May 2024", to=(LONG, WORDS))
    case_of(
        made,
        *(
            told(id, "2024-05-04", owes, foretold(LONG, f"{WORDS} tells {LONG}"), outlet=f"{LONG} {id}")
            for id in ("a", "b")
        ),
    ).close()
    return made


@pytest.mark.parametrize("width", [390, 1440])
def test_no_column_is_squeezed_to_letters_and_no_page_scrolls_aside(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    home = page.url.rstrip("/")
    for where in ("/commitments", "/forecasts", "/sources", "/actors"):
        page.goto(home + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert page.evaluate(NARROWEST) > 100, where


def test_pages_are_printed_on_white_in_the_dark_too_and_without_forms(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(page.url.rstrip("/") + "/commitments")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 253, 252)"
    assert not page.locator(".filters").is_visible()
    assert page.locator("td.words").first.is_visible()
