"""Fields for actors in a browser: letters bring names of the case, and without scripts the fields are plain."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect


def _type(page: Page, name: str, letters: str) -> list[str]:
    """What is suggested after these letters."""
    with page.expect_response("**/api/v1/actors?*"):
        page.locator(f"[name={name}]").first.press_sequentially(letters)
    expect(page.locator(f"[name={name}]").first).to_have_attribute("list", "suggested")
    return [str(one.get_attribute("value")) for one in page.locator("#suggested option").all()]


def test_letters_bring_the_names_that_have_them_however_they_are_spelt(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/timeline")
    assert _type(page, "actor", "FREED") == ["Freedonia"]
    assert _type(page, "actor", "onians") == ["the Freedonians"]


def test_where_several_may_stand_the_last_is_suggested_and_the_others_stay(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/review")
    page.keyboard.press("c")
    field = page.locator("[data-several]").first
    field.fill("Kabul; ")
    assert _type(page, str(field.get_attribute("name")), "syl") == ["Kabul; Sylvania"]


def test_a_letter_alone_asks_for_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.rstrip("/") + "/timeline")
    _type(page, "actor", "crit")
    assert not [one for one in asked if "named=c&" in one]


def test_the_issues_of_the_packs_are_offered_without_scripts(browser: Browser, address: str) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address)
    plain.get_by_role("link", name="Positions", exact=True).click()
    assert plain.locator("[name=issue]").get_attribute("list") == "issues"
    assert plain.locator("#issues option", has_text="recognition").count() == 1
    plain.context.close()
