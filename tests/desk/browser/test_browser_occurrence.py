"""Taking reports out of an occurrence, and putting them back, in a browser: with and without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.case.factory import filled
from tests.case.test_happenings import NAMES, READINGS
from tests.desk.browser.conftest import serious


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five documents that tell of one meeting."""
    made = tmp_path / "desk.case"
    filled(made, *(READINGS[name] for name in NAMES)).close()
    return made


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_ticked_reports_are_taken_out_and_put_back(browser: Browser, address: str, width: int, scripts: bool) -> None:
    page = browser.new_page(viewport={"width": width, "height": 850}, java_script_enabled=scripts)
    page.goto(address)
    page.goto(page.url.rstrip("/") + "/timeline")
    page.get_by_role("link", name="Freedonia").first.click()
    if scripts:
        assert serious(page) == []
    ticks = page.get_by_label("of another happening")
    assert ticks.count() == len(NAMES)
    ticks.nth(0).check()
    ticks.nth(3).check()
    page.locator("#part input[name=reason]").fill("the week before")
    page.get_by_role("button", name="Take the ticked reports out").click()
    page.get_by_text("part 2 reports from 3 of one occurrence").wait_for()
    assert page.get_by_label("of another happening").count() == 3
    page.get_by_text("Put others into this occurrence").click()
    page.locator("fieldset.near input").first.check()
    page.get_by_role("button", name="Put in").click()
    page.get_by_text("join 2 reports with 3 of one occurrence").wait_for()
    assert page.get_by_label("of another happening").count() == len(NAMES)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()
