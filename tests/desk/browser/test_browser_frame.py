"""The frame in a browser: keys, the menu on a phone, nothing serious by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.desk.browser.conftest import serious

WIDTHS = (390, 1440)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_and_have_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    home = page.url.rstrip("/")
    for where in ("/", "/timeline"):
        page.goto(home + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert serious(page) == [], where


def test_keys_lead_to_an_occurrence(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/timeline")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/occurrences/*")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()


def test_dragging_over_the_months_asks_for_them(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/timeline")
    box = page.locator(".density img").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 20)
    page.mouse.up()
    page.wait_for_url("**since=2024-05&until=2024-05")
    assert page.locator("[data-row]").count() == 1


def test_the_menu_is_there_when_a_narrow_window_is_widened(page: Page, browser: Browser, address: str) -> None:
    link = page.get_by_role("link", name="Timeline", exact=True)
    page.set_viewport_size({"width": 390, "height": 850})
    page.reload()
    assert not link.is_visible()
    page.set_viewport_size({"width": 1440, "height": 850})
    link.wait_for()
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 850}).new_page()
    plain.goto(address)
    plain.get_by_text("Menu", exact=True).click()
    plain.set_viewport_size({"width": 1440, "height": 850})
    plain.get_by_text("Menu", exact=True).click()
    assert plain.get_by_role("link", name="Timeline", exact=True).is_visible()
    plain.context.close()


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address)
    plain.get_by_role("link", name="Timeline", exact=True).click()
    plain.get_by_label("Type").select_option("CONSULT")
    plain.get_by_role("button", name="Show").click()
    plain.locator("tr[data-row] a").first.click()
    assert "/occurrences/" in plain.url
    plain.context.close()


def test_the_ring_around_a_field_leaves_its_label_to_be_read(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 850})  # at which the label takes two lines
    page.goto(page.url.rstrip("/") + "/search")
    field = page.locator('input[name="q"]')
    field.focus()
    below = field.evaluate("""field => {
        const words = document.createRange(), ring = getComputedStyle(field);
        words.selectNode(field.labels[0].firstChild);
        const around = parseFloat(ring.outlineWidth) + parseFloat(ring.outlineOffset);
        return field.getBoundingClientRect().top - around - words.getBoundingClientRect().bottom;
    }""")
    assert below >= 0
