"""The article in a browser: a report chosen and corrected, one added by selected words, and all without scripts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.desk import Settings
from tests.case.factory import SENTENCES, filled, make_reading
from tests.desk.browser.conftest import serious, served, watched


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


WORDS = (
    "The envoy\u2019s caf\u00e9 \U0001f469\u200d\U0001f4bb\U0001f1e6\U0001f1eb, na\u0131\u0308ve co-operation ended."
)
"""With an apostrophe, emoji of several characters, a combining mark and a hyphen."""
CHOOSE = """([first, last]) => {
  const parts = [...document.querySelectorAll(".article p [data-at]")];
  const all = (words) => parts.map((one) => [one.firstChild, one.textContent.indexOf(words)]);
  const find = (words) => all(words).find(([, at]) => at >= 0);
  const [from, start] = find(first), [to, end] = find(last);
  getSelection().setBaseAndExtent(from, start, to, end + last.length);
}"""


CHOSEN = (
    ("oy\u2019s", "caf", "envoy\u2019s caf\u00e9"),
    ("\U0001f4bb", "\U0001f1e6", "\U0001f469\u200d\U0001f4bb\U0001f1e6\U0001f1eb"),
    ("\u0308ve", "co", "na\u0131\u0308ve co-operation"),
    ("ended", "ended", "ended"),
    (" ended", ".", "ended."),
    ("of the special", "spe", "of the special"),
)
"""Where a selection begins and ends, and the words that are meant."""


def test_a_selection_is_of_whole_words_at_their_exact_characters(browser: Browser, tmp_path: Path) -> None:
    made = tmp_path / "letters.case"
    sentences = (WORDS, *SENTENCES[1:])
    filled(made, make_reading(sentences=sentences)).close()
    with served(made, Settings("Lena")) as printed, watched(browser, printed) as page:
        article = f"{home(page)}/documents/azure"
        for first, last, words in CHOSEN:
            page.goto(article)
            page.evaluate(CHOOSE, [first, last])
            page.locator(".picked q").wait_for()
            assert page.locator(".picked q").text_content() == words
            page.keyboard.press("n")
            page.keyboard.press("Enter")
            page.wait_for_url("**/adding/azure?*")
            start, end = map(int, parse_qs(urlsplit(page.url).query)["evidence"][0].split("-"))
            assert "\n".join(sentences)[start:end] == words
            assert page.locator("mark").inner_text() == words


def test_keys_alone_lead_to_a_report_of_the_words_that_were_meant(page: Page) -> None:
    page.goto(f"{home(page)}/documents/azure")
    page.keyboard.press("n")
    page.keyboard.type("special envoy")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/adding/azure?*")
    page.get_by_role("link", name="Start earlier").focus()
    for words in ("the special envoy", "of the special envoy", "Critics of the special envoy"):
        page.keyboard.press("Enter")
        expect(page.locator("mark")).to_have_text(words)
        if words[0] != "C":
            expect(page.get_by_role("link", name="Start earlier")).to_be_focused()


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
