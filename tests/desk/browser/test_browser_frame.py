"""The frame in a browser: keys, the menu on a phone, nothing serious by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.desk.browser.conftest import serious

WIDTHS = (390, 1440)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("where", ["/", "/timeline"])
def test_pages_fit_and_have_nothing_serious(page: Page, width: int, where: str) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    page.goto(page.url.rstrip("/") + where)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert serious(page) == []


def test_keys_lead_to_an_occurrence(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/timeline")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/occurrences/*")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
