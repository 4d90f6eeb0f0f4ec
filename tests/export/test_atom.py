"""The feed: what a feed reader makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dragoman.case import Case
from dragoman.export import atom, export_atom
from dragoman.record import Event
from dragoman.record.happening import happening
from tests.case.factory import filled
from tests.export.told import MARK, first

HOSTILE = '<script>alert(1)</script> & \x0b \ufffe ]]> "q"'


def feed(case: Case, folder: Path, desk: str = "") -> Any:
    feedparser = pytest.importorskip("feedparser")
    export_atom(case, folder / "out.atom", desk=desk)
    parsed = feedparser.parse((folder / "out.atom").read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_the_newest_told_comes_first(told: Case, tmp_path: Path) -> None:
    parsed = feed(told, tmp_path)
    assert parsed.version == "atom10"
    assert parsed.feed.title == "told"
    assert MARK in parsed.entries[0].title
    assert [entry.published[:10] for entry in parsed.entries] == ["2024-05-06", *["2024-05-04"] * 3]


def test_an_entry_is_updated_when_more_is_told(told: Case, tmp_path: Path) -> None:
    (meeting,) = [entry for entry in feed(told, tmp_path).entries if "Lima" in entry.title]
    assert (meeting.published, meeting.updated) == ("2024-05-04T00:00:00Z", "2024-05-06T00:00:00Z")
    assert "2 documents, 2 independent sources" in meeting.content[0].value
    assert [link.href for link in meeting.links] == [f"https://example.org/{id}?a=1&b=2" for id in ("first", "second")]


def test_titles_say_what_is_planned_or_denied(told: Case, tmp_path: Path) -> None:
    titles = [entry.title for entry in feed(told, tmp_path).entries]
    assert f"planned: Norway to talk with Peru ({MARK})" in titles
    assert [title for title in titles if title.startswith("denied: Peru ")]


def test_titles_are_in_the_words_of_the_timeline(told: Case, tmp_path: Path) -> None:
    titles = [entry.title.rpartition(": ")[2] for entry in feed(told, tmp_path).entries]
    assert sorted(titles) == sorted(happening(one) for one in told.occurrences())


def test_an_entry_of_a_desk_leads_to_its_occurrence(told: Case, tmp_path: Path) -> None:
    parsed = feed(told, tmp_path, desk="https://desk.example.org")
    assert parsed.feed.link == "https://desk.example.org/timeline"
    pages = {f"https://desk.example.org/occurrences/{one.id}" for one in told.occurrences()}
    assert {entry.link for entry in parsed.entries} == pages


def test_ids_are_distinct_and_for_good(told: Case, tmp_path: Path) -> None:
    ids = [entry.id for entry in feed(told, tmp_path).entries]
    assert ids == [entry.id for entry in feed(told, tmp_path).entries]
    assert len(set(ids)) == len(ids)


def test_hostile_words_are_words(tmp_path: Path) -> None:
    reading = first()
    event = next(report for report in reading.reports if isinstance(report, Event))
    reading = replace(reading, reports=(replace(event, place=HOSTILE),))
    with filled(tmp_path / "a.case", reading) as case:
        export_atom(case, tmp_path / "out.atom")
    tree = ElementTree.parse(tmp_path / "out.atom")
    title = tree.findtext(".//{*}entry/{*}title") or ""
    assert "<script>alert(1)</script> & \ufffd \ufffd ]]>" in title
    assert not tree.findall(".//{*}script")


def test_a_feed_is_no_longer_than_it_may_be(told: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atom, "MOST", 2)
    assert len(feed(told, tmp_path).entries) == 2
