"""Reviewing by keys, resolving with ticked evidence, and the brief, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.desk.browser.conftest import serious

PAGES = ("/commitments", "/forecasts", "/decisions", "/decisions/conflicts", "/review", "/brief?show=true")


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_have_nothing_serious(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 850})
    home = page.url.rstrip("/")
    for where in PAGES:
        page.goto(home + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert serious(page) == [], where


def test_single_keys_decide_correct_pass_over_and_undo(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/review")
    first = page.locator(".at-hand h2").inner_text()
    page.keyboard.press("s")
    page.wait_for_url("**place=1")
    page.keyboard.press("a")
    page.get_by_text("1 report decided of").wait_for()
    page.keyboard.press("u")
    page.get_by_text("0 reports decided of").wait_for()
    page.goto(page.url.partition("?")[0])
    assert page.locator(".at-hand h2").inner_text() == first
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.closest('#correct') !== null")
    page.keyboard.type("x")  # in a field a key is a letter
    assert page.get_by_text("0 reports decided of").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.get_by_text("1 report decided of").wait_for()


def test_a_reason_is_written_by_keys_and_enter_in_it_decides_nothing(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/review")
    about = page.locator(".at-hand h2").inner_text()
    page.keyboard.press("r")
    page.keyboard.type("axed")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") != "reason"
    assert page.get_by_text("0 reports decided of").is_visible()
    page.keyboard.press("x")
    page.get_by_text("1 report decided of").wait_for()
    assert about in page.locator(".last").inner_text()
    page.goto(page.url.partition("/review")[0] + "/decisions")
    assert page.get_by_text("axed").is_visible()


def test_a_forecast_is_resolved_and_the_record_says_so(page: Page) -> None:
    home = page.url.rstrip("/")
    page.goto(f"{home}/forecasts")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forecasts/*")
    page.get_by_label("true").check()
    page.get_by_label("Why").fill("seen by all")
    page.get_by_role("button", name="Resolve").click()
    page.get_by_text("Resolved as true").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Resolved as true").wait_for(state="detached")
    page.goto(f"{home}/decisions")
    assert page.locator("tr.undone").count() == 1


def test_the_review_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.goto(address.partition("?")[0] + "review")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("1 report decided of").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("0 reports decided of").wait_for()
    context.close()
