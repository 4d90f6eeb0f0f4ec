"""All pages of the menu in a browser: by axe in both colour schemes, without scripts, by keys alone, and on a case in
which every word is hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.case import open_case
from dragoman.desk import Settings
from evaluation.desk_times import addresses
from tests.desk.browser.conftest import serious, served, watched
from tests.desk.hostile import build

PHONE = {"width": 390, "height": 850}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
.filter((one) => {
  const box = (one.closest("label") ?? one).getBoundingClientRect();
  if (!one.checkVisibility() || one.matches(".skip") || (box.width >= 24 && box.height >= 24)) return false;
  if (getComputedStyle(one).display !== "inline") return true;
  let around = one.parentElement;
  while (getComputedStyle(around).display === "inline") around = around.parentElement;
  return around.textContent.trim() === one.textContent.trim(); // else it stands in a sentence
}).map((one) => one.outerHTML.slice(0, 200))"""
"""What is to be clicked and is smaller than WCAG 2.2 asks for (2.5.8, AA)."""


def menu(page: Page) -> list[str]:
    """Where the menu leads, in its order."""
    return [str(link.get_attribute("href")) for link in page.locator("nav[aria-label=Pages] a").all()]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hostile") / "hostile.case")


@pytest.fixture(scope="module")
def desk(hostile: Path) -> Iterator[str]:
    """The printed address of a desk on the hostile case."""
    with served(hostile, Settings("<b>Lena</b>")) as printed:
        yield printed


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_hostile_runs_asks_another_host_breaks_the_page_or_makes_its_links_small(
    browser: Browser, hostile: Path, desk: str, width: int
) -> None:
    with open_case(hostile) as case:
        asked = [address for _, address in addresses(case)]
    with watched(browser, desk, viewport={"width": width, "height": 850}) as page:
        for where in asked:
            page.goto(desk.partition("/?")[0] + where)
            assert page.evaluate(FITS), where
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert page.evaluate(SMALL) == [], where


def test_axe_finds_nothing_serious_on_any_page_of_the_menu(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE) as page:
        for where in menu(page):
            page.emulate_media(color_scheme="light")
            page.goto(address.partition("/?")[0] + where)
            assert serious(page) == [], where
            page.emulate_media(color_scheme="dark")  # in which nothing is other than the colours
            assert serious(page, "color-contrast") == [], where


def test_every_page_of_the_menu_is_whole_without_scripts(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False, viewport={"width": 1440, "height": 850}) as page:
        for where in menu(page):
            page.locator(f'nav[aria-label=Pages] a[href="{where}"]').click()
            page.wait_for_load_state()
            assert page.locator("main h1").is_visible(), where
            assert page.evaluate("[...document.images].every((one) => one.naturalWidth > 0)"), where


def test_keys_alone_lead_from_the_menu_to_a_decision_and_back_to_a_search(page: Page) -> None:
    page.keyboard.press("g")
    for _ in range(menu(page).index("/timeline")):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/occurrences/*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    _tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(page.get_by_text("accept event")).to_be_visible()
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("critics")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=critics*")
    expect(page.locator("main mark").first).to_be_visible()


def _tab_to(page: Page, button: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            return
    raise AssertionError(f"no key leads to {button}")
