"""What goes into a case comes out as it was, once, and whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.case import Case, Outcome
from dragoman.case.text import mend
from dragoman.errors import RecordError, UsageError
from dragoman.record import Evidence, Fact, Forecast, Reading, Span

from .factory import READER, filled, make_reading, readings

few = settings(max_examples=25, deadline=None)


@contextmanager
def scratch(*kept: Reading) -> Iterator[Case]:
    """A case for one example of a property."""
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "a.case", *kept) as case:
        yield case


def wire(reading: Reading) -> list[object]:
    """The reports of a reading as the exchange format has them, each once: of two that are one, the first is kept."""
    first: dict[str, object] = {}
    for report in reading.reports:
        first.setdefault(report.id, report.to_dict())
    return list(first.values())


@few
@given(readings())
def test_any_reading_comes_back_as_it_went_in(reading: Reading) -> None:
    with scratch(reading) as case:
        back = case.reading(mend(reading.document.id))
        assert back.document == reading.document
        assert back.document.digest == reading.document.digest
        assert back.sentences == reading.sentences
        assert back.actors == reading.actors
        assert back.remarks == reading.remarks
        assert wire(back) == wire(reading)
        assert [stored.id for stored in case.reports(by_document=True)] == [report.id for report in back.reports]


@few
@given(readings())
def test_reading_again_adds_nothing(reading: Reading) -> None:
    with scratch(reading) as case:
        before = case.overview()
        case.start_run(READER)
        again = case.add(reading)
        assert (again.outcome, again.alias) == (Outcome.KNOWN, False)
        assert replace(case.overview(), last_run=None) == replace(before, last_run=None)


@few
@given(readings(), readings())
def test_another_reader_takes_the_place_of_the_first_and_leaves_no_trace_of_it(first: Reading, other: Reading) -> None:
    second = replace(other, document=first.document, sentences=(), reports=())
    with scratch(first) as case, scratch(second) as fresh:
        case.start_run("test-2")
        assert case.add(second).outcome is Outcome.REREAD
        assert case.reading(mend(first.document.id)) == fresh.reading(mend(first.document.id))
        assert list(case.actors()) == list(fresh.actors())
        ours, theirs = case.overview(), fresh.overview()
        assert replace(ours, path="", last_run=None) == replace(theirs, path="", last_run=None)


@few
@given(
    st.permutations([make_reading(name, sentences=(f"{name} met Freedonia.", "It left.", "So.")) for name in "abcd"])
)
def test_order_of_adding_does_not_show(order: list[Reading]) -> None:
    with scratch(*order) as case:
        assert [reading.document.id for reading in case.readings()] == list("abcd")
        assert [actor.name for actor in case.actors()] == ["Freedonia", "Critics", "Sylvania"]


def test_same_text_under_another_name_is_one_document_with_an_alias(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", make_reading("azure")) as case:
        case.start_run(READER)
        added = case.add(make_reading("copy", outlet=Fact("Other Post", "page"), url="https://example.org/copy"))
        assert (added.document, added.outcome, added.alias) == ("azure", Outcome.KNOWN, True)
        (document,) = case.documents()
        (alias,) = document.aliases
        assert (alias.id, alias.source, alias.outlet) == ("copy", "articles/copy.txt", "Other Post")


def test_noting_a_source_twice_keeps_one_alias(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", make_reading("azure")) as case:
        copy = make_reading("copy").document
        assert case.note_source(copy).alias
        assert case.note_source(copy).alias
        assert len(next(case.documents()).aliases) == 1
        assert not case.note_source(make_reading("azure").document).alias


def test_source_of_a_text_that_is_not_here_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case, pytest.raises(UsageError, match="azure is not in this case"):
        case.note_source(make_reading().document)


def test_two_texts_of_one_name_are_two_documents_that_both_find_their_reports(tmp_path: Path) -> None:
    other = make_reading("azure", sentences=("Another text.", "The ambassador left.", "No more."))
    with filled(tmp_path / "a.case", make_reading("azure"), other) as case:
        first, second = case.documents()
        assert (first.id, second.id) == ("azure", f"azure~{other.document.digest[:8]}")
        for document in (first, second):
            assert {s.report.document for s in case.reports(document=document.id)} == {document.id}
        case.start_run(READER)
        assert case.add(other).document == second.id
        assert not case.add(other).alias


def test_what_a_person_gave_outlives_a_reader_that_guesses(tmp_path: Path) -> None:
    given_ = make_reading(published=None, outlet=Fact("Azure Courier", "given"), title=Fact("Old", "page"))
    guessed = make_reading(published="2024-05-09", outlet=Fact("Wrong", "inferred"), title=Fact("New", "page"))
    with filled(tmp_path / "a.case", given_) as case:
        case.start_run("test-2")
        case.add(guessed)
        document = case.document("azure")
        assert document.outlet == Fact("Azure Courier", "given")
        assert document.title == Fact("New", "page")
        assert document.published == Fact("2024-05-09", "text")


def test_the_same_report_twice_in_a_reading_is_one(tmp_path: Path) -> None:
    reading = make_reading()
    with filled(tmp_path / "a.case", replace(reading, reports=reading.reports * 2)) as case:
        assert len(list(case.reports())) == len(reading.reports)


@pytest.mark.parametrize("start", [0, 1])
def test_evidence_that_is_not_the_documents_words_is_refused_and_nothing_kept(tmp_path: Path, start: int) -> None:
    wrong = Forecast(document="azure", evidence=Evidence(start, start + 3, "xyz"))
    with filled(tmp_path / "a.case") as case:
        case.start_run(READER)
        with pytest.raises(RecordError, match="azure does not read 'xyz'"):
            case.add(replace(make_reading(), reports=(wrong,)))
        assert case.overview().documents == 0


def test_report_of_another_document_is_refused(tmp_path: Path) -> None:
    reading = make_reading()
    stray = replace(reading.reports[0], document="else")
    with filled(tmp_path / "a.case") as case:
        case.start_run(READER)
        with pytest.raises(RecordError, match="a report of else"):
            case.add(replace(reading, reports=(stray,)))


def test_sentence_past_the_end_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case:
        case.start_run(READER)
        with pytest.raises(RecordError, match="runs past"):
            case.add(replace(make_reading(), sentences=(Span(0, 10_000),)))


def test_number_too_large_for_the_store_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    reading = make_reading()
    huge = replace(reading.reports[0], killed=10**30)
    with filled(tmp_path / "a.case") as case:
        case.start_run(READER)
        with pytest.raises(RecordError, match="azure tells a number"):
            case.add(replace(reading, reports=(huge,)))
        assert case.overview().documents == 0
        case.add(reading)


def test_adding_outside_a_run_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case") as case, pytest.raises(UsageError, match="start_run"):
        case.add(make_reading())


def test_lone_surrogates_stay_in_the_text_and_are_mended_elsewhere(tmp_path: Path) -> None:
    sentence = "Envoys of Free\ud800donia left."
    plain = make_reading("a\udcffb", sentences=(sentence, "It \udfff rained.", "So."))
    named = replace(plain.reports[0], source=("Free\ud800donia",))
    with filled(tmp_path / "a.case", replace(plain, reports=(named,))) as case:
        (stored,) = case.reports()
        assert stored.report.document == "a\ufffdb"
        assert stored.report.evidence.text == sentence
        assert stored.report.source == ("Free\ufffddonia",)
        assert stored.id == stored.report.id
        case.start_run(READER)
        assert not case.add(replace(plain, reports=(named,))).alias
