"""Claims about the brief, as data and as a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from dragoman.record import EventType, Kind, Predicate, Reading, Report, Standing, Status
from dragoman.views import brief as briefs
from dragoman.views import compose_brief, headline, line, qualification, write_html, write_markdown
from dragoman.views.wording import ACTS, ALONE, QUALIFIERS, STATUSES, TIES
from tests.case.factory import filled, make_reading, readings

HOSTILE = '</blockquote><script>alert(1)</script> & "Ж" *b* [x](y) `z` <b>'
VOID = {"meta", "link", "br", "img", "rect"}


class Balance(HTMLParser):
    """Checks that every element is closed in turn, and notes what a page must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def parsed(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    assert balance.open == []
    return balance


def test_each_line_stands_above_the_sentence_that_it_rests_on(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        stored = [s for s in case.reports() if s.report.kind != Kind.RELATION]
        brief = compose_brief(case)
    told = {s.id: " ".join(s.report.evidence.text.split()) for s in stored}
    entries = [entry for part in brief.parts for group in part.groups for entry in group.entries]
    assert {claim.id: entry.quote for entry in entries for claim in entry.claims} == told


def test_the_page_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        page = parsed(write_html(compose_brief(case)))
    assert not {"script", "img", "link", "iframe", "form"} & set(page.seen)
    assert all(address.startswith("#") for address in page.addresses)
    assert {address[1:] for address in page.addresses} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    sentences = tuple(f"{HOSTILE} {n}" for n in range(3))
    with filled(tmp_path / "x.case", make_reading(sentences=sentences)) as case:
        brief = compose_brief(case)
    page = write_html(brief)
    assert "<script" not in page
    assert "<b>" not in page
    parsed(page)
    assert "[x](y)" not in write_markdown(brief)


@settings(max_examples=15, deadline=None)
@given(reading=readings())
def test_any_reading_makes_a_page(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> None:
    with filled(tmp_path_factory.mktemp("any") / "x.case", reading) as case:
        brief = compose_brief(case)
    parsed(write_html(brief))
    assert write_markdown(brief).startswith("# ")


def test_a_large_case_makes_a_bounded_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefs, "MOST_LINES", 5)
    texts = [(f"Envoys met {n}.", f"They may go {n}.", f"Critics {n}.") for n in range(9)]
    many = [make_reading(f"d{n}", sentences=sentences) for n, sentences in enumerate(texts)]
    with filled(tmp_path / "x.case", *many) as case:
        brief = compose_brief(case)
    for part in brief.parts:
        assert sum(len(e.claims) for g in part.groups for e in g.entries) <= 5
        assert part.lines == 9
    assert "The surest 5 of 9." in write_html(brief)


def test_a_period_leaves_out_the_rest(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading(published="2024-05-04")) as case:
        assert compose_brief(case, since="2024-05").parts
        assert not compose_brief(case, until="2023").parts


def test_months_are_told_without_gaps() -> None:
    months = list(briefs._months(Counter({"2023-11": 2, "2024-02": 1})))
    assert months == [("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1)]


def test_every_value_of_the_codebook_has_words() -> None:
    assert ACTS.keys() == ALONE.keys() == set(EventType)
    assert TIES.keys() == set(Predicate)
    assert STATUSES.keys() == set(Status)
    assert QUALIFIERS.keys() == set(Standing)


@settings(max_examples=30, deadline=None)
@given(reading=readings())
def test_every_report_has_a_line_and_says_what_keeps_it_from_a_fact(reading: Reading) -> None:
    for report in reading.reports:
        assert line(report).strip()
        assert headline(report)
        if report.voice:
            assert report.voice[-1] in qualification(report)
        if report.standing is Standing.DENIED:
            assert "told as not so" in qualification(report)
        plain: Report = replace(report, voice=(), standing=Standing.ACTUAL)
        assert qualification(plain) == ""


def test_the_page_reaches_the_contrast_of_wcag_aa() -> None:
    style = (Path(briefs.__file__).parent / "templates" / "brief.html").read_text(encoding="utf-8")
    themes = re.findall(r"--ink: (#\w+); --soft: (#\w+); --line: #\w+; --paper: (#\w+); --mark: (#\w+)", style)
    assert len(themes) == 3
    for ink, soft, paper, mark in themes:
        for colour in (ink, soft, mark):
            assert contrast(colour, paper) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
