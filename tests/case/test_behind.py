"""What is behind a figure: as many reports and documents as the figure counts, whoever counted it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case import Case
from dragoman.case.behind import Story
from dragoman.errors import UsageError
from dragoman.record import Fact, Kind
from tests.case.factory import SENTENCES, filled, make_reading

OTHERS = ("Envoys of Freedonia met Sylvania's ministers in Port Rosa.", *SENTENCES[1:])


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Two outlets with one text (kept once), a later story of one of them, and one without date and outlet."""
    readings = (
        make_reading("azure", outlet=Fact("Azure Courier", "page"), author=Fact("A. Writer", "page")),
        make_reading("gazette", outlet=Fact("The Gazette", "page"), published="2024-05-05"),
        make_reading("later", outlet=Fact("azure  courier", "page"), published="2024-06-01", sentences=OTHERS),
        make_reading("nowhere", outlet=None, published=None, sentences=(*OTHERS, "More is not told.")),
    )
    with filled(tmp_path / "behind.case", *readings) as case:
        yield case


def test_of_the_case_by_kind(case: Case) -> None:
    overview = case.overview()
    for kind, number in overview.reports.items():
        found = case.reports_behind(kind=kind)
        assert found.number == number == len(found.reports)
    every = case.reports_behind()
    assert every.number == sum(overview.reports.values()) == len(every.reports)
    assert every.documents == overview.documents
    days = [one.when or "" for one in every.reports]
    assert days == sorted(days, reverse=True), "the latest first, those without a date last"


def test_of_an_actor_by_role_by_name_and_by_whose_words(case: Case) -> None:
    for actor in case.actors():
        told = case.actor(actor.identity)
        found = case.reports_behind(actor=actor.identity)
        assert (found.number, found.documents, found.sources) == (actor.reports, told.documents, told.sources)
        assert case.documents_behind(actor=actor.identity).number == actor.documents
        assert case.reports_behind(actor=actor.identity, role="voice").number == told.speaks
        for kind, roles in told.kinds.items():
            for role, number in roles.items():
                assert case.reports_behind(actor=actor.identity, kind=kind, role=role).number == number
        for name, number in told.called:
            assert case.documents_behind(actor=actor.identity, called=name).number == number
        for speaker in told.spoken_of_by:
            for kind, number in speaker.reports.items():
                found = case.reports_behind(actor=actor.identity, kind=kind, voice=speaker.name)
                assert found.number == number


def test_of_a_counterpart(case: Case) -> None:
    met = case.counterparts("Freedonia")
    assert met
    for one in met:
        found = case.reports_behind(actor="Freedonia", beside=one.identity)
        assert (found.documents, found.sources) == (one.documents, one.sources)


def test_of_an_outlet_by_kind_by_story_and_by_whom_it_quotes(case: Case) -> None:
    outlets = case.sources().sources
    assert {one.name for one in outlets} >= {"The Gazette", ""}
    for one in outlets:
        assert case.documents_behind(outlet=one.name).number == one.documents
        for spelt, number in one.names:
            assert case.documents_behind(outlet=one.name, spelt=spelt).number == number
        copies = sum(number for _, number in one.copies)
        stories = {Story.OWN: one.stories, Story.AGAIN: one.again, Story.COPY: copies}
        assert {story: case.documents_behind(outlet=one.name, story=story).number for story in Story} == stories
        assert {kind: case.reports_behind(outlet=one.name, kind=kind).number for kind in Kind} == one.reports
        for name, number in one.quoted:
            assert case.reports_behind(outlet=one.name, voice=name).number == number


def test_of_what_came_in_and_of_what_has_no_date(case: Case) -> None:
    came = case.arrivals(2)
    assert case.documents_behind(came_after=2).number == came.documents
    assert case.reports_behind(came_after=2).number == sum(came.reports.values())
    assert [one.id for one in case.documents_behind(undated=True).documents] == ["nowhere"]
    assert [one.id for one in case.documents_behind(author="A. Writer").documents] == ["azure"]
    assert case.documents_behind(as_of="2024-05").number == case.reports_behind(as_of="2024-05").documents == 1


def test_pages_follow_each_other(case: Case) -> None:
    every = [one.id for one in case.reports_behind().reports]
    pages = [one.id for skip in range(0, 12, 5) for one in case.reports_behind(skip=skip, limit=5).reports]
    assert pages == every
    some = case.reports_behind(ids=every[:3], limit=2)
    assert (len(some.reports), some.number) == (2, 3)


@pytest.mark.parametrize("asked", [{"kind": "tale"}, {"role": "king"}, {"actor": "Ruritania"}, {"outlet": "The Sun"}])
def test_what_cannot_be_is_refused(case: Case, asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        case.reports_behind(**asked)  # type: ignore[arg-type]
