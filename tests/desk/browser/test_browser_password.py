"""Logging in and changing one's password in a browser, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dragoman.desk import Settings
from dragoman.desk.accounts import Accounts, Role
from tests.desk.browser.conftest import serious, served, watched

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_changes_the_password(browser: Browser, path: Path, width: int, *, scripts: bool) -> None:
    accounts = Accounts(path)
    accounts.add("Rea Lindqvist", Role.READER, "correct horse")
    size = {"width": width, "height": 850}
    with (
        served(path, Settings("nobody", accounts=accounts)) as address,
        watched(browser, address.partition("?")[0], viewport=size, java_script_enabled=scripts) as page,
    ):
        page.get_by_label("Name").fill("Rea Lindqvist")
        page.get_by_label("Password").fill("correct horse")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="Password").click()
        page.get_by_label("The password that you have now").wait_for()  # a page that is still coming has no size
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if scripts:
            assert serious(page) == []
        page.get_by_label("The password that you have now").fill("correct horse")
        page.get_by_label("A new one, 8 letters or more").fill("battery staple")
        page.get_by_label("The new one again").fill("battery staple")
        page.get_by_role("button", name="Change it").click()
        page.get_by_text("Your password is changed").wait_for()
    assert accounts.check("Rea Lindqvist", "battery staple") is not None


@pytest.mark.parametrize("width", [390, 1440])
def test_the_accounts_fit_with_long_names(browser: Browser, path: Path, width: int) -> None:
    accounts = Accounts(path)
    for name, role in (("Wilhelmina Featherstonehaugh-Cholmondeley", Role.ADMIN), ("Rea", Role.READER)):
        accounts.add(name, role, "correct horse")
    size = {"width": width, "height": 850}
    with (
        served(path, Settings("nobody", accounts=accounts)) as address,
        watched(browser, address.partition("?")[0], viewport=size) as page,
    ):
        page.get_by_label("Name").fill("Wilhelmina Featherstonehaugh-Cholmondeley")
        page.get_by_label("Password").fill("correct horse")
        page.get_by_role("button", name="Log in").click()
        page.goto(page.url + "accounts")
        for button in page.get_by_role("button", name="Remove").all():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width
        assert serious(page) == []
