"""The article in a browser: a report chosen and corrected, one added by selected words, and all without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.desk.browser.conftest import serious


def home(page: Page) -> str:
    return page.url.rstrip("/")


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_have_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    start = home(page)
    for where in ("/documents", "/documents/azure", "/search?q=critics", "/adding/azure?kind=event&evidence=0-8"):
        page.goto(start + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert serious(page) == [], where


def test_keys_choose_a_report_and_a_correction_is_seen_in_the_text(page: Page) -> None:
    page.goto(f"{home(page)}/documents/azure")
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.get_by_text("Correct a field").click()
    assert page.locator(".article .lit").first.is_visible()
    page.locator("#decide").get_by_label("place", exact=True).fill("Port Vermilion")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.wait_for_url("**/documents/azure#r*")
    assert page.locator(".told-here").get_by_text("Port Vermilion").first.is_visible()
    assert serious(page) == []


def test_clicking_a_sentence_chooses_its_report(page: Page) -> None:
    page.goto(f"{home(page)}/documents/azure")
    page.locator(".article").get_by_text("Critics of the special envoy").click()
    assert "Critics: against the envoy" in page.locator(".told-here .at").inner_text()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("heading", name="Rejected").wait_for()


def test_selected_words_become_a_report(page: Page) -> None:
    page.goto(f"{home(page)}/documents/azure")
    page.locator(".article").get_by_text("Critics of the special envoy").select_text()
    page.locator(".picked").get_by_text("event").click()
    assert page.locator("mark").inner_text() == "Critics of the special envoy protested."
    page.get_by_label("type").select_option("PROTEST")
    page.get_by_role("button", name="Add this event").click()
    page.wait_for_url("**/documents/azure#r*")
    assert page.locator(".told-here").get_by_text("somebody unnamed protested").is_visible()


def test_without_scripts_the_words_are_typed(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.goto(address.partition("?")[0] + "documents/azure")
    page.get_by_label("Words of the text").fill("Critics of the special\nenvoy protested.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("type").select_option("PROTEST")
    page.get_by_role("button", name="Add this event").click()
    page.wait_for_url("**/documents/azure#r*")
    page.locator(".article a.kind").first.click()
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/reports/*")
    assert page.get_by_text("Lena Fischer: accept event").is_visible()
    context.close()
