"""Web annotations: the selectors select the evidence, whichever of the two is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from dragoman.case import Case
from dragoman.export import export_annotations
from dragoman.record import Reading, report_from_dict
from tests.case.factory import filled, readings


def pages(case: Case, folder: Path) -> list[dict[str, Any]]:
    export_annotations(case, folder / "out.jsonl")
    return [json.loads(line) for line in (folder / "out.jsonl").read_bytes().splitlines()]


def by_position(text: str, selector: dict[str, Any]) -> str:
    """As the standard says: code points, the end left out."""
    return text[selector["start"] : selector["end"]]


def by_quote(text: str, selector: dict[str, Any]) -> int:
    """Where the quotation with its surroundings stands."""
    return text.index(selector["prefix"] + selector["exact"] + selector["suffix"]) + len(selector["prefix"])


def test_both_selectors_select_the_evidence_beyond_an_emoji(told: Case, tmp_path: Path) -> None:
    found = pages(told, tmp_path)
    assert [page["items"][0]["target"]["source"]["dc:identifier"] for page in found] == ["first", "second"]
    for page in found:
        text = told.document(page["items"][0]["target"]["source"]["dc:identifier"]).text
        for item in page["items"]:
            position, quote = item["target"]["selector"]
            assert by_position(text, position) == quote["exact"]
            assert by_quote(text, quote) == position["start"]


def test_a_page_is_what_the_standard_wants(told: Case, tmp_path: Path) -> None:
    for page in pages(told, tmp_path):
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert len({item["id"] for item in page["items"]}) == len(page["items"])
        for item in page["items"]:
            assert item["type"] == "Annotation"
            assert [selector["type"] for selector in item["target"]["selector"]] == [
                "TextPositionSelector",
                "TextQuoteSelector",
            ]


def test_the_body_is_the_report(told: Case, tmp_path: Path) -> None:
    stored = {one.id: one.report for one in told.reports()}
    bodies = [json.loads(item["body"][1]["value"]) for page in pages(told, tmp_path) for item in page["items"]]
    assert {row["id"]: report_from_dict(row) for row in bodies} == stored


def test_the_text_is_named_by_its_content(told: Case, tmp_path: Path) -> None:
    sources = {page["items"][0]["target"]["source"]["id"] for page in pages(told, tmp_path)}
    assert len(sources) == 2
    assert all(source.startswith("ni:///sha-256;") for source in sources)


@settings(max_examples=40, deadline=None)
@given(reading=readings())
def test_any_document_gets_its_words_back(tmp_path_factory: Any, reading: Reading) -> None:
    folder = tmp_path_factory.mktemp("any")
    with filled(folder / "a.case", reading) as case:
        for page in pages(case, folder):
            text = reading.document.text
            for item in page["items"]:
                position, _ = item["target"]["selector"]
                report = report_from_dict(json.loads(item["body"][1]["value"]))
                assert len(by_position(text, position)) == len(report.evidence.text)
