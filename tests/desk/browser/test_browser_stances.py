"""The ladder and the positions in a browser: they fit, have nothing serious, and the slider asks as of a month."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dragoman.case import create_case
from tests.desk.browser.conftest import serious
from tests.views.debates import Said, debate
from tests.views.ledgers import step, told

LONG = "Permanent Conference of the Ministers of Transport, Communications and Unbelievablylongwordswithoutanyblank"
PAGES = ("/ladder", "/ladder/Freedonia", "/positions?slice=2024", "/positions/network", "/positions/coalitions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two who climb, one by a long name, and who hold different things of trade."""
    made = tmp_path / "stances.case"
    with create_case(made, packs=["afghanistan"], title="Stances") as case:
        case.start_run("test")
        case.add(told("a", "2023-05-01", step("Freedonia", "ambassador", on="2023-05-01")))
        case.add(told("b", "2024-06-01", step(LONG, "recognition", standing="planned")))
        case.add(debate("c", "2024-05-01", "Herald", Said("Freedonia", "-", "trade"), Said(LONG, "+", "trade")))
        case.finish_run()
    return made


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_have_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    home = page.url.rstrip("/")
    for where in PAGES:
        page.goto(home + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert serious(page) == [], where


def test_the_slider_asks_as_of_a_month(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/ladder")
    slider = page.locator("input[type=range]")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=2023-05*")
    assert page.locator("output").inner_text() == "2023-05"
    assert LONG not in page.inner_text("table")


def test_keys_lead_from_a_row_to_the_sentences(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/ladder")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ladder/Freedonia*")
    assert page.locator("blockquote").first.is_visible()


def test_without_scripts_a_date_is_written(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    page.goto(address.partition("?")[0] + "ladder")
    assert not page.locator("input[type=range]").is_visible()
    page.get_by_label("As of", exact=True).fill("2023")
    page.get_by_role("button", name="Show").click()
    assert LONG not in page.inner_text("table")
    page.close()
