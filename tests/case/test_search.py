"""Sentences are found by their words and by those of their record, whatever a user types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.case import Case, open_case
from dragoman.case.search import find_terms, parse_query
from dragoman.errors import UsageError

from .factory import filled, make_reading

OTHER = (
    "Dr. Zoë O'Neil-Straße visited the Émirate; ﺳﻔﻴﺮ and سفیر came, 🕊 too.",
    "An ambassadorial round followed, with envoys of a very special kind, and the special envoys of the Council.",
    "So.",
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Two documents."""
    filled(tmp_path / "a.case", make_reading(), make_reading("other", sentences=OTHER)).close()
    with open_case(tmp_path / "a.case") as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ambassador", {"The ambassador said that Freedonia may recognise the Council."}),
        ("AMBASSADOR freedonia", {"The ambassador said that Freedonia may recognise the Council."}),
        ("ambassador critics", set()),
        ('"special envoy"', {"Critics of the special envoy protested."}),
        ('"special envoy"*', {"Critics of the special envoy protested.", OTHER[1]}),
        ("ambass*", {"The ambassador said that Freedonia may recognise the Council.", OTHER[1]}),
        ("emirate", {OTHER[0]}),
        ("zoe", {OTHER[0]}),
        ("o'neil-straße", {OTHER[0]}),
        ("سفیر", {OTHER[0]}),
        ("NEAR", set()),
        ("ambassador OR critics", set()),
    ],
)
def test_query_finds_sentences(case: Case, query: str, found: set[str]) -> None:
    assert {hit.sentence for hit in case.search(query)} == found


def test_sentence_is_found_by_a_name_that_only_its_report_says(tmp_path: Path) -> None:
    reading = make_reading()
    forecast = replace(reading.reports[1], by=("Kingdom of Ruritania",))
    with filled(tmp_path / "a.case", replace(reading, reports=(forecast,))) as case:
        (hit,) = case.search("ruritania")
        assert hit.span == reading.sentences[1]
        assert hit.reports == (forecast.id,)
        assert hit.matches == ()


def test_hit_tells_where_the_words_stand_in_the_text(case: Case) -> None:
    (hit,) = case.search("protested")
    text = case.document(hit.document).text
    assert text[hit.span.start : hit.span.end] == hit.sentence
    assert [text[span.start : span.end] for span in hit.matches] == ["protested"]


def test_snippet_is_the_part_around_the_first_match() -> None:
    from dragoman.case.search import _snippet

    sentence = " ".join(["before"] * 40 + ["ambassador"] + ["after"] * 40)
    snippet = _snippet(sentence, tuple(find_terms(sentence, parse_query("ambassador"))))
    assert snippet.startswith("…before")
    assert snippet.endswith("after…")
    assert "ambassador" in snippet
    assert len(snippet) < 200


def test_search_forgets_what_a_new_reader_took_away(tmp_path: Path) -> None:
    reading = make_reading()
    with filled(tmp_path / "a.case", reading) as case:
        case.start_run("test-2")
        case.add(replace(reading, sentences=reading.sentences[:1], reports=()))
        assert not list(case.search("ambassador"))
        assert len(list(case.search("freedonia"))) == 1
        case._conn.exec_driver_sql("INSERT INTO search (search) VALUES ('integrity-check')")


@pytest.mark.parametrize("query", ['"special envoy', "", "   ", "*", "-", '""', "ambassador &", "🕊"])
def test_query_without_sense_is_refused(case: Case, query: str) -> None:
    with pytest.raises(UsageError):
        case.search(query)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('abé"*-^():{}+~\0 ORNEAT,.\ud800س\u0301')) | st.text(st.characters()))
def test_no_query_breaks_the_index(case: Case, query: str) -> None:
    try:
        hits = list(case.search(query))
    except UsageError:
        return
    for hit in hits:
        assert all(hit.span.start <= span.start < span.end <= hit.span.end for span in hit.matches)


def test_matches_are_words_not_parts_of_words() -> None:
    sentence = "An envoy, the envoys and a special envoy."
    spans = [sentence[s.start : s.end] for s in find_terms(sentence, parse_query('"special envoy" envoy'))]
    assert spans == ["envoy", "special envoy", "envoy"]
