"""Actors, sources and the map in a browser: they fit, axe finds nothing serious, and two actors are merged by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.desk.browser.conftest import serious
from tests.desk.test_desk_map import tell


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_have_nothing_serious(page: Page, path: Path, width: int) -> None:
    tell(path, "kabul", "Kabul")
    home = page.url.rstrip("/")
    page.set_viewport_size({"width": width, "height": 850})
    for where in ("/actors", "/actors/state/FRE", "/merges", "/sources", "/sources/Azure%20Courier", "/map"):
        page.goto(home + where)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), where
        assert serious(page) == [], where


def test_two_actors_are_merged_from_the_page_of_one(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/actors")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/**")
    page.goto(page.url.partition("/actors")[0] + "/actors/Critics")
    page.get_by_label("Another actor").fill("Sylvania")
    page.get_by_label("Another actor").press("Tab")
    page.keyboard.type("they are the same")
    page.get_by_role("button", name="They are one").press("Enter")
    expect(page.get_by_text("merge: Critics = Sylvania")).to_be_visible()
