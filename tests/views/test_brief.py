"""Claims about the brief, as data, as a page, as Markdown and on paper."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from dragoman.case import Case
from dragoman.errors import ExportError, UsageError
from dragoman.intake import iter_documents
from dragoman.record import (
    Actor,
    ActorKind,
    DateRange,
    Document,
    Event,
    EventType,
    Evidence,
    Position,
    Predicate,
    Reading,
    Report,
    Stance,
    Standing,
    Status,
)
from dragoman.record.happening import ACTS, ALONE, TO_ACT
from dragoman.views import Brief, compose_brief, headline, line, qualification, write_html, write_markdown, write_pdf
from dragoman.views import brief as briefs
from dragoman.views.brief_chart import _bins
from dragoman.views.brief_data import Line
from dragoman.views.pages import date_in_words
from dragoman.views.paper import _data
from dragoman.views.wording import QUALIFIERS, SORTS, STATUSES, TIES, account_of, undertaken
from tests.case.factory import filled, make_reading, readings
from tests.views.ledgers import case_of, foretold, owed, step, told

HOSTILE = '</blockquote><script>alert(1)</script> & "Ж" *b* [x](y) `z` <b>'
VOID = {"meta", "link", "br", "img"}
SHAPES = {"rect", "circle", "path"}


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
        if tag not in VOID | SHAPES:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID | SHAPES:
            assert self.open.pop() == tag


def parsed(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    assert balance.open == []
    return balance


def lines_of(brief: Brief, part: str) -> list[Line]:
    (found,) = [one for one in brief.parts if one.id == part]
    return [line for group in found.groups for line in group.lines]


def all_lines(brief: Brief) -> Iterator[Line]:
    for part in brief.parts:
        yield from lines_of(brief, part.id)


def act(who: str, type: str = "ASSAULT", whom: str = "Sylvania", **more: Any) -> tuple[type[Report], Any]:
    """An act of one day, unless it is told otherwise."""
    row = {"type": EventType(type), "source": (who,), "target": (whom,), "date": DateRange.on("2024-05-03")}
    return Event, row | more


def only(case: Case) -> Line:
    """The only occurrence of a case."""
    brief = compose_brief(case)
    (found,) = (*lines_of(brief, "happened"), *lines_of(brief, "ahead"))
    return found


def test_each_sentence_has_notes_and_each_note_its_sentence(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        brief = compose_brief(case)
        stored = {s.id: s for s in case.reports()}
    notes = {note.number: note for note in brief.notes}
    lines = list(all_lines(brief))
    assert {line.text for line in lines} >= {"Freedonia and Sylvania held talks (Port Azure)"}
    for one in lines:
        assert one.notes
        assert all(one.id in notes[number].lines for number in one.notes)
    for note in brief.notes:
        assert {stored[id].report.evidence.text for id in note.reports} == {note.quote}
        assert (note.outlet, note.published) == ("Azure Courier", "2024-05-04")


@pytest.mark.parametrize(
    ("reports", "label", "hedge"),
    [
        ([act("Freedonia")], "One source", ""),
        ([act("Freedonia", voice=("Envoy",))], "Claimed", "only according to Envoy"),
        ([act("Freedonia", voice=("Courier", "Envoy"))], "Claimed", "only according to Envoy, as told by Courier"),
        ([act("Freedonia", standing=Standing.PLANNED)], "Planned", "told by one source"),
        ([act("Freedonia", standing=Standing.DENIED)], "Denied", "told by one source"),
        ([act("Freedonia", standing=Standing.DEMANDED, voice=("Envoy",))], "Asked for", "only according to Envoy"),
    ],
)
def test_no_occurrence_is_told_more_strongly_than_its_report(
    tmp_path: Path, reports: list[Any], label: str, hedge: str
) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", *reports)) as case:
        found = only(case)
    assert (found.label, found.hedge) == (label, hedge)
    sentences = {"Denied": "That Freedonia attacked Sylvania"} | dict.fromkeys(
        ("Planned", "Asked for"), "Freedonia to attack Sylvania"
    )
    assert found.text == sentences.get(label, "Freedonia attacked Sylvania")


def test_what_is_denied_stands_on_who_denies_it(tmp_path: Path) -> None:
    plan, denial = act("Freedonia", standing=Standing.PLANNED), act("Freedonia", standing=Standing.DENIED)
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", plan), told("b", "2024-05-05", denial)) as case:
        brief = compose_brief(case)
        (found,) = lines_of(brief, "ahead")
    assert (found.label, found.text) == ("Denied", "That Freedonia attacked Sylvania")
    assert brief.notes[0].told == "told as not so"


def test_of_many_parties_the_rest_are_counted(tmp_path: Path) -> None:
    states = tuple(f"Land {letter}" for letter in "ABCDEF")
    together = (Event, {"type": EventType.CONSULT, "source": states, "date": DateRange.on("2024-05-03")})
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", together)) as case:
        assert only(case).text == "Land A, Land B, Land C, Land D and 2 more held talks"


@pytest.mark.parametrize(
    ("standing", "told_as"),
    [
        (Standing.ACTUAL, "Freedonia attacked Sylvania"),
        (Standing.DENIED, "Freedonia attacked Sylvania"),
        (Standing.PLANNED, "Freedonia to attack Sylvania"),
        (Standing.CONDITIONAL, "Freedonia to attack Sylvania"),
    ],
)
def test_a_report_of_what_is_to_come_is_in_the_infinitive_as_in_the_timeline(standing: Standing, told_as: str) -> None:
    values = {"document": "a", "evidence": Evidence(0, 1, "x"), "type": EventType.ASSAULT}
    report = Event(**values, source=("Freedonia",), target=("Sylvania",), standing=standing)
    assert line(report) == told_as


@pytest.mark.parametrize(
    ("by", "verb"), [(("Peru",), "is called on to keep"), (("Peru", "Chile"), "are called on to keep")]
)
def test_a_verb_goes_with_how_many_undertake(by: tuple[str, ...], verb: str) -> None:
    assert undertaken(Status.CALLED_FOR, by) == verb
    assert undertaken(Status.MADE, by) == "undertook"


def test_a_note_that_is_all_quotation_is_quoted_once(tmp_path: Path) -> None:
    reading = told("a", "2024-05-04", act("Freedonia", voice=("Envoy",)))
    said = "“Freedonia attacked,” said Envoy."
    whole = replace(reading.document, text=said, raw=said.encode())
    (report,) = reading.reports
    report = replace(report, evidence=Evidence.slice(said, 0, len(said)))
    with case_of(tmp_path / "x.case", replace(reading, document=whole, sentences=(), reports=(report,))) as case:
        page = write_markdown(compose_brief(case))
    assert f"[^1]: {said} – according to Envoy" in page


def test_what_several_sources_tell_says_what_only_one_of_them_does(tmp_path: Path) -> None:
    one = told("a", "2024-05-04", act("Freedonia", place="Port Azure", killed=3))
    two = told("b", "2024-05-05", act("Freedonia"))
    with case_of(tmp_path / "x.case", one, two) as case:
        found = only(case)
    assert (found.label, found.documents, found.sources) == ("Several sources", 2, 2)
    assert found.text == "Freedonia attacked Sylvania (Port Azure, by one account; 3 killed, by one account)"


def test_a_figure_in_dispute_is_in_no_sentence_but_both_are_quoted(tmp_path: Path) -> None:
    one = told("a", "2024-05-04", act("Freedonia", killed=3))
    two = told("b", "2024-05-05", act("Freedonia", killed=20))
    with case_of(tmp_path / "x.case", one, two) as case:
        brief = compose_brief(case)
    (found,) = lines_of(brief, "happened")
    assert (found.label, found.text) == ("Disputed", "Freedonia attacked Sylvania")
    assert "how many were killed" in found.hedge
    (clash,) = [clash for part in brief.parts for clash in part.clashes]
    assert {side.value: len(side.quotes) for side in clash.sides} == {"3": 1, "20": 1}


def test_who_did_it_is_left_open_once_where_accounts_differ(tmp_path: Path) -> None:
    one = told("a", "2024-05-04", act("Freedonia", place="Port Azure"))
    two = told("b", "2024-05-05", act("Peru", place="Port Azure", target=()))
    with case_of(tmp_path / "x.case", one, two) as case:
        found = only(case)
    assert found.text == "Somebody attacked Sylvania (by one account) (Port Azure)"
    assert found.hedge == "accounts differ as to who did it"


@pytest.mark.parametrize(
    ("about", "told_as"),
    [
        ("tie · Norway · Peru", "Norway and Peru"),
        ("step · Norway · Taliban · visit", "Norway toward Taliban: visit"),
        ("commitment · Peru · Lima Accord", "Peru: Lima Accord"),
        ("leads · Ana Reyes · Peru", "whether Ana Reyes leads Peru"),
        ("office · Ana Reyes · Peru · envoy", "whether Ana Reyes holds an office at Peru as envoy"),
        ("tie · A · B · C", "tie · A · B · C"),
        ("", ""),
    ],
)
def test_what_a_dispute_is_about_is_told_in_words(about: str, told_as: str) -> None:
    assert account_of(about) == told_as


def test_steps_say_how_they_are_told_and_the_grid_has_them(tmp_path: Path) -> None:
    both = step("Peru", "contact", on="2024-05-03")
    plan = step("Chile", "recognition", standing="planned", voice=("Envoy",))
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", both, plan), told("b", "2024-05-05", both)) as case:
        brief = compose_brief(case)
    labels = {line.text: (line.label, line.hedge) for line in lines_of(brief, "steps")}
    assert labels["Peru stands on the rung “contact”"] == ("Several sources", "")
    assert labels["Chile: a step up on the rung “recognition” toward Taliban"] == (
        "Planned",
        "only according to Envoy",
    )
    (part,) = [part for part in brief.parts if part.grid]
    assert part.grid is not None
    assert {name for name, _ in part.grid.rows} == {"Peru", "Chile"}


def test_the_grid_is_of_states_and_says_what_it_lacks(tmp_path: Path) -> None:
    firm = Actor("Harbour Works", ActorKind.ORGANIZATION, ("Harbour Works",), country="PER", sector="BUS")
    court = Actor("Lima court", ActorKind.ORGANIZATION, ("Lima court",), country="PER", sector="JUD")
    steps = (step("Harbour Works", "agreement"), step("Lima court", "designation"), step("Chile", "lighthouse"))
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", *steps, cast=(firm, court))) as case:
        brief = compose_brief(case)
    (part,) = [part for part in brief.parts if part.grid]
    assert part.grid is not None
    assert [name for name, _ in part.grid.rows] == ["Peru"]
    assert part.note.endswith("Not in the grid are rungs that no pack has (any more): lighthouse (1 step by Chile).")
    told_of = {line.text: line.hedge for line in lines_of(brief, "steps")}
    assert told_of["Peru stands on the rung “designation”"] == "through Lima court"
    assert {text.partition(":")[0] for text in told_of if "a step up" in text} == {
        "Harbour Works",
        "Lima court",
        "Chile",
    }


def test_a_stance_that_changed_names_both_and_when(tmp_path: Path) -> None:
    def position(stance: Stance) -> tuple[type[Report], Any]:
        return Position, {"holder": ("Peru",), "stance": stance, "about": "talks", "issue": "engagement"}

    before = told("a", "2023-05-04", position(Stance.OPPOSE), outlet="Courier")
    after = told("b", "2024-05-04", position(Stance.SUPPORT), outlet="Courier")
    with case_of(tmp_path / "x.case", before, after) as case:
        (found,) = lines_of(compose_brief(case, since="2024"), "stances")
        assert not lines_of(compose_brief(case, until="2023"), "stances")
    assert found.text == "Peru on engagement: told as against it, then as for it"
    assert (found.label, len(found.notes)) == ("One source", 2)


def test_authors_without_a_name_are_not_one_who_changed_his_mind(tmp_path: Path) -> None:
    def position(stance: Stance) -> tuple[type[Report], Any]:
        return Position, {"holder": ("document",), "stance": stance, "about": "talks", "issue": "engagement"}

    before, after = told("a", "2023-05-04", position(Stance.OPPOSE)), told("b", "2024-05-04", position(Stance.SUPPORT))
    with case_of(tmp_path / "x.case", before, after) as case:
        assert lines_of(compose_brief(case), "stances") == []


def test_what_is_due_is_judged_by_the_day_asked_for(tmp_path: Path) -> None:
    rows = (owed("Peru", "to leave by 1 June 2024"), foretold("Envoy", "Chile will leave", until="2024-06"))
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", *rows)) as case:
        early, late = (compose_brief(case, until=day) for day in ("2024-05-20", "2024-07"))
    for part in ("commitments", "forecasts"):
        (one,), (other,) = ([p.groups for p in brief.parts if p.id == part] for brief in (early, late))
        assert one != other
    assert "past, and not told as kept" in lines_of(late, "commitments")[0].hedge


def test_as_of_tells_only_what_was_told_by_then(tmp_path: Path) -> None:
    one = told("a", "2024-05-04", act("Freedonia"))
    two = told("b", "2024-05-09", act("Freedonia"))
    with case_of(tmp_path / "x.case", one, two, told("c", None, act("Chile"))) as case:
        then, now = compose_brief(case, as_of="2024-05-05"), compose_brief(case)
    assert [line.label for line in lines_of(then, "happened")] == ["One source"]
    assert (then.told, then.documents, then.undated) == ((("One source", 1),), 1, 1)
    assert dict(now.told)["Several sources"] == 1


def test_an_empty_case_says_so_part_by_part(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case") as case:
        brief = compose_brief(case)
    for page in (write_html(brief), write_markdown(brief)):
        assert all(part.empty in page for part in brief.parts)
    assert write_pdf(brief)[:5] == b"%PDF-"


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case") as case, pytest.raises(UsageError, match="is not a date"):
        compose_brief(case, as_of="May")


def test_the_page_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        text = write_html(compose_brief(case))
    page = parsed(text)
    assert not {"script", "img", "link", "iframe", "form"} & set(page.seen)
    assert all(address.startswith("#") for address in page.addresses)
    assert {address[1:] for address in page.addresses} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "default-src 'none'; style-src 'sha256-" in text
    assert " style=" not in text


NAMES = {
    "markup": '#let x = 1 *b* $x^2$ \\ [c] `r` <l> @ref // c /* d */ ~ -- "q"',
    "right to left": "طالبان 'العربية' עברית",
    "long": "x" * 10_000,
    "odd": "a\x00b\x1fc\u202ed",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_hostile_text_stays_text(tmp_path: Path, name: str) -> None:
    rows = (act(name, whom=HOSTILE), owed(name, HOSTILE), foretold(name, name), step(name, "contact"))
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", *rows, outlet=HOSTILE)) as case:
        brief = compose_brief(case)
    page = write_html(brief)
    assert "<script" not in page
    assert "<b>" not in page
    parsed(page)
    assert "[x](y)" not in write_markdown(brief)
    assert write_pdf(brief)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("told_as", "read_as"),
    [
        ("told 2024-05-03", "told 3 May 2024"),
        ("2024-05-03 – 2024-05-05", "3–5 May 2024"),
        ("2024-05-30 – 2024-06-02", "30 May – 2 June 2024"),
        ("2024-01 – 2024-03", "January – March 2024"),
        ("2023-12-30 – 2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2024-01 – 2024-01-02", "January 2024 – 2 January 2024"),
        ("2011 – 2017", "2011 – 2017"),
        ("x-2024-05-03 – 2024-05-05", "x-2024-05-03 – 5 May 2024"),
    ],
)
def test_a_range_of_days_names_once_what_its_ends_share(told_as: str, read_as: str) -> None:
    assert date_in_words(told_as) == read_as


def test_paper_gets_text_as_data_that_can_be_broken(tmp_path: Path) -> None:
    with case_of(tmp_path / "x.case", told("a", "2024-05-04", act("x" * 100, whom="#emph[y] $z$"))) as case:
        row = json.loads(_data(compose_brief(case)))
    text = row["parts"][0]["groups"][0]["lines"][0]["text"]
    assert max(map(len, re.split(r"[\s\u200b]", text))) <= 10
    assert "#emph[y] $z$" in text


def test_paper_says_what_the_page_says(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the extra `pdf` is not installed")
    one = told("a", "2024-05-04", act("Freedonia", killed=3))
    two = told("b", "2024-05-05", act("Freedonia", killed=20, voice=("Courier", "Envoy")))
    with case_of(tmp_path / "x.case", one, two) as case:
        (tmp_path / "x.pdf").write_bytes(write_pdf(compose_brief(case)))
    (paper,) = iter_documents([tmp_path / "x.pdf"])
    assert isinstance(paper, Document)
    text = " ".join(paper.text.split())
    assert "2 documents from 2 independent sources" in text
    assert "according to Envoy, as told by Courier; outlet of b, 5 May 2024" in text


def test_the_same_brief_is_the_same_paper(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading()) as case:
        brief = compose_brief(case)
    assert write_pdf(brief) == write_pdf(brief)


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with filled(tmp_path / "x.case") as case, pytest.raises(ExportError, match=r"pip install 'dragoman\[pdf\]'"):
        write_pdf(compose_brief(case))


@settings(max_examples=10, deadline=None)
@given(reading=readings())
def test_any_reading_makes_a_page(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> None:
    with filled(tmp_path_factory.mktemp("any") / "x.case", reading) as case:
        brief = compose_brief(case)
    parsed(write_html(brief))
    assert write_markdown(brief).startswith("# ")
    assert write_pdf(brief)[:5] == b"%PDF-"


def test_a_large_case_makes_a_bounded_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefs, "MOST_HAPPENED", 5)
    acts = [act(f"Envoy {n}", date=DateRange.on(f"2024-05-{n:02}")) for n in range(1, 10)]
    with case_of(tmp_path / "x.case", told("a", "2024-05-20", *acts)) as case:
        brief = compose_brief(case)
    assert len(lines_of(brief, "happened")) == 5
    assert "These are the most told 5 of 9." in write_html(brief)


def test_a_period_leaves_out_the_rest(tmp_path: Path) -> None:
    with filled(tmp_path / "x.case", make_reading(published="2024-05-04")) as case:
        assert list(all_lines(compose_brief(case, since="2024-05")))
        assert not list(all_lines(compose_brief(case, until="2023")))


def test_the_bars_of_a_chart_have_no_gaps() -> None:
    assert _bins(["2023-11", "2024-02"], "month") == ("2023-11", "2023-12", "2024-01", "2024-02")
    assert _bins(["2024-02-28", "2024-02-30"], "day") == ("2024-02-28", "2024-02-29")


def test_every_value_of_the_codebook_has_words() -> None:
    assert ACTS.keys() == ALONE.keys() == TO_ACT.keys() == SORTS.keys() == set(EventType)
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
    style = (Path(briefs.__file__).parent / "templates" / "brief.css").read_text(encoding="utf-8")
    themes = [dict(re.findall(r"--(\w+): (#\w+)", theme)) for theme in re.findall(r":root \{([^}]*)\}", style)]
    assert len(themes) == 3
    for theme in themes:
        for ground in ("paper", "panel"):
            for colour in ("ink", "soft", "mark", "bar"):
                assert contrast(theme[colour], theme[ground]) >= 4.5, (colour, ground)
        assert contrast(theme["pale"], theme["paper"]) >= 3, "bars are no text: 3 to 1"


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
