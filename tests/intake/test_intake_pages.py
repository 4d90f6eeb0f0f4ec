import pytest
from intake_factory import ARTICLE, PARAGRAPHS, make_page

from dragoman.intake.pages import read_page

META = (
    "<meta property='article:published_time' content='2023-11-27T10:00:00Z'>"
    "<meta property='og:site_name' content='The River Post'><meta name='author' content='Ann Lee'>"
    "<link rel='canonical' href='https://post.example/talks'>"
)


def test_article_stands_under_its_headline_without_menu_script_and_comments():
    text = read_page(make_page()).text
    assert text.startswith("Talks on the river port go on\n")
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert not any(word in text for word in ("Home", "never read", "First reader"))


def test_page_metadata_is_read():
    found = read_page(make_page(head=META))
    assert (found.title, found.author, found.outlet) == ("Talks on the river port go on", "Ann Lee", "The River Post")
    assert (found.published, found.url) == ("2023-11-27", "https://post.example/talks")


@pytest.mark.parametrize("name", ["bne IntelliNews", "amu tv", "river & sea daily", "The River Post", "eurasianet"])
def test_outlet_is_written_as_the_page_gives_it(name):
    given = name.replace("&", "&amp;")
    assert read_page(make_page(head=META.replace("The River Post", given))).outlet == name


def test_date_of_another_article_on_the_page_is_not_taken():
    others = "<aside><h3>Most read</h3><ul><li>Port shut 12 March 2020</li></ul></aside><footer>© 2018</footer>"
    assert read_page(make_page(others)).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_letters_come_through_from_each_encoding(encoding):
    page = make_page(title="Café talks – “naïve” plan").decode()
    assert "Café talks – “naïve” plan" in read_page(page.encode(encoding)).text


def test_encoding_that_the_page_names_is_followed():
    page = make_page(head="<meta charset='windows-1251'>", title="Talks in Київ").decode()
    assert "Talks in Київ" in read_page(page.encode("cp1251")).text


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<",
        b"<html></html>",
        b"<nav><a href='/'>Home</a></nav>",
        b"<script>" * 1000,
        b"\xff\xfe<",
        b"<![CDATA[" * 99,
    ],
)
def test_page_without_an_article_says_so(page):
    found = read_page(page)
    assert found.text == ""
    assert "no article text" in found.problem


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 3000 + "</div>" * 10,
        f"<p style='{'x' * 1_000_000}'>x</p>",
        "</article></b></div></td></html><p>",
        "\0<p>\0</p>",
        "&#xD800;&#0;&#1114112;&bogus;",
        "<iframe src='javascript:alert(1)'></iframe><img src=x onerror=alert(1)>",
    ],
    ids=["deep nesting", "huge attribute", "broken nesting", "nul", "bad entities", "scripts"],
)
def test_hostile_markup_leaves_the_article_readable(hostile):
    text = read_page(make_page(hostile)).text
    assert PARAGRAPHS[0] in text
    text.encode("utf-8")


def test_page_is_text_only_below_its_own_headline():
    assert read_page(make_page()).text.count("Talks on the river port go on") == 1
    assert len(read_page(make_page()).text) >= len(ARTICLE.strip())
