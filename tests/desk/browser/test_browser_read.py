"""Reading articles on the desk, in a browser: followed by its script, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.desk.browser.conftest import serious
from tests.desk.test_desk_read import TEXT


@pytest.mark.parametrize("width", [390, 1440])
def test_the_form_fits_and_has_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    page.goto(page.url.rstrip("/") + "/read")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert serious(page) == []


def test_a_file_is_read_while_the_page_follows_and_leads_to_its_document(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/read")
    sent = [
        {"name": "karim.txt", "mimeType": "text/plain", "buffer": f"Karim met Berg\n\n{TEXT}".encode()},
        {"name": "<b>broken</b>.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"},
    ]
    page.get_by_label("Files, chosen or dropped here").set_input_files(sent)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Stop").wait_for()
    assert serious(page) == []
    page.get_by_role("heading", name="Reading done").wait_for(timeout=90_000)
    assert serious(page) == []
    assert page.get_by_text("is not read").is_visible()
    page.locator("#progress a").click()
    page.get_by_text("The Taliban pledged").first.wait_for()


def test_without_scripts_a_reading_is_followed_and_stopped(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.goto(page.url.rstrip("/") + "/read")
    page.get_by_label("Or the text of an article").fill(TEXT)
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Reading stopped").wait_for(timeout=30_000)
    context.close()
