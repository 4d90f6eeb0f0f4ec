"""Which outlets may be one: by their sites, their letters, their initials."""

from __future__ import annotations

import pytest

from dragoman.reconcile.outlets import Outlet, is_site, propose_outlets


def outlet(name: str, *sites: str) -> Outlet:
    return Outlet(name.casefold(), (name,), dict.fromkeys(sites, 1))


def pairs(*outlets: Outlet) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.one, one.other, one.reasons) for one in propose_outlets(outlets)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Norda Wire", "norda-wire.example", "the site is called as the outlet"),
        ("The Harbour", "theharbour.example", "the site is called as the outlet"),
        ("The Harbour", "harbour.example", "the site is called as the outlet"),
        ("DW", "www.dw.example", "the site is called as the outlet"),
        ("Azure TV", "azure.tv", "the site's address is the outlet's name"),
        ("AzureNews", "Azure News", "the same letters"),
        ("Radio Free Norland", "rfn.example", "the site is called by the outlet's initials"),
        ("Azure Press", "azure.example", "the site is called as the outlet, but for words like News"),
        ("Azure News", "Azure", "the same but for words like News"),
        ("azure.co.example", "english.azure.example", "the same site's name in two addresses"),
    ],
)
def test_outlets_that_may_be_one_are_told_with_the_reason(one: str, other: str, why: str) -> None:
    assert [reasons for _, _, reasons in pairs(outlet(one), outlet(other))] == [(why,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Azure News", "Azure Press"),
        ("Azure Times", "Azure Post"),
        ("Azure Times", "azure.example"),
        ("News", "news.example.com"),
        ("Norda Wire", "nordawireservice.example"),
        ("…", "***"),
    ],
)
def test_outlets_of_like_names_may_be_two(one: str, other: str) -> None:
    assert not pairs(outlet(one), outlet(other))


def test_where_an_outlets_documents_are_counts_most() -> None:
    named = Outlet("wire", ("Wire of Norland",), {"wn.example": 4})
    (found,) = propose_outlets([named, outlet("wn.example")])
    assert (found.score, found.reasons) == (0.95, ("4 documents of Wire of Norland at wn.example",))


def test_two_outlets_at_one_host_are_not_proposed() -> None:
    assert not pairs(outlet("Azure Courier", "pages.example"), outlet("Harbour Times", "pages.example"))


def test_a_key_that_many_share_tells_nothing() -> None:
    many = [outlet(f"azure.{letter}{other}") for letter in "abcdef" for other in "abcd"]
    assert not pairs(*many)


@pytest.mark.parametrize(("name", "told"), [("norda-wire.example", True), ("Norda Wire", False), ("Dr. Wire", False)])
def test_a_pages_address_is_told_from_a_name(name: str, told: bool) -> None:
    assert is_site(name) is told
