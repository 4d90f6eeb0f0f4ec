import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_factory import ARTICLE, PARAGRAPHS

from dragoman.intake.header import read_header


def facts(text):
    return {name: fact.value for name, fact in read_header(text).facts.items()}


def header_lines(text):
    return [text[span.start : span.end] for span in read_header(text).spans]


def test_labelled_lines_give_facts_and_are_not_read():
    head = "Published: 2019-01-08\nTitle: Talks go on\nBy: Ann Lee\nOutlet: The River Post\nURL: https://post.example/1"
    assert facts(f"{head}\n\n{ARTICLE}") == {
        "published": "2019-01-08",
        "title": "Talks go on",
        "author": "Ann Lee",
        "outlet": "The River Post",
        "url": "https://post.example/1",
    }
    assert header_lines(f"{head}\n\n{ARTICLE}") == head.split("\n")


def test_origin_of_a_header_fact_is_the_text():
    assert read_header(f"Published: 2019-01-08\n\n{ARTICLE}").facts["published"].origin == "text"


@pytest.mark.parametrize(
    "line",
    [
        "Source: Freedonia to send an envoy to Sylvania next week",
        "Updated: troops leave the river port",
        "Minister: we go on",
        "Source: Freedonia split",
    ],
)
def test_headline_with_a_colon_is_no_header(line):
    assert header_lines(f"{line}\n\n{ARTICLE}") == []


def test_impossible_date_in_a_header_is_dropped_and_the_line_not_read():
    text = f"Published: 2023-02-30\n\n{ARTICLE}"
    assert "published" not in facts(text)
    assert header_lines(text) == ["Published: 2023-02-30"]


@pytest.mark.parametrize(
    ("lines", "published", "author"),
    [
        ("Monday, May 18, 2015", "2015-05-18", None),
        ("Last updated: 18 May 2015, 09:30 GMT", "2015-05-18", None),
        ("Ann Lee, December 22, 2023", "2023-12-22", "Ann Lee"),
        ("By Ann Lee | 22 December 2023 at 10:15 pm", "2023-12-22", "Ann Lee"),
        ("By Ann Lee and Bob Roy in Geneva\n22/12/2023", "2023-12-22", "Ann Lee, Bob Roy"),
        ("22-12-2023 09:30 AM\nAna de la Cruz", "2023-12-22", "Ana de la Cruz"),
        ("Updated 2023-12-22 14:05 UTC", "2023-12-22", None),
        ("Our Own Man Published December 22, 2023 Updated December 23, 2023 09:12am", "2023-12-22", "Our Own Man"),
        ("By\nAnn Lee\nDecember 22, 2023", "2023-12-22", "Ann Lee"),
        ("December 22, 2023 10:04 AM GMT+3 Updated 2 days ago", "2023-12-22", None),
    ],
)
def test_date_line_and_byline_under_the_title_are_header(lines, published, author):
    text = f"Talks on the river port go on\n\n{lines}\n\n{ARTICLE}"
    found = facts(text)
    assert found.pop("title") == "Talks on the river port go on"
    assert found == {"published": published} | ({"author": author} if author else {})
    assert header_lines(text) == lines.split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, both sides had withdrawn from the river port",
        "By sea and by land",
        "The talks of May 18, 2015 went on without the envoy",
        "Sylvania Falls",
        "Report published on 27 November 2023 blames the army",
    ],
)
def test_line_of_the_article_is_no_byline(line):
    text = f"{line}\n\n{ARTICLE}"
    assert header_lines(text) == []
    assert "author" not in facts(text)


def test_ambiguous_date_line_is_settled_by_the_months_of_the_text():
    text = f"Talks go on\n\n05-12-2022 09:30 AM\n\n{ARTICLE}They met in October, and in November the port was shut."
    found = read_header(text).facts["published"]
    assert (found.value, found.origin) == ("2022-12-05", "inferred")


def test_ambiguous_date_line_gives_its_year_when_nothing_settles_it():
    found = read_header(f"Talks go on\n\n05-12-2022\n\n{ARTICLE}").facts["published"]
    assert (found.value, found.origin) == ("2022", "text")


@pytest.mark.parametrize(
    ("dateline", "outlet", "published"),
    [
        ("GENEVA, Nov. 27 (Reuters) -", "Reuters", None),
        ("GENEVA, Nov. 27, 2023 (Reuters) –", "Reuters", "2023-11-27"),
        ("SANTA ROSA, Calif. (AP) —", "AP", None),
        ("GENEVA, July 3 /TASS/.", "TASS", None),
        ("(Reuters) -", "Reuters", None),
    ],
)
def test_dateline_gives_the_outlet_and_a_full_date_only(dateline, outlet, published):
    text = f"{dateline} {ARTICLE}"
    assert facts(text) == {"outlet": outlet} | ({"published": published} if published else {})
    assert header_lines(text) == [dateline]
    assert read_header(text).facts["outlet"].origin == "dateline"


@pytest.mark.parametrize(
    "opening", ["The United Nations (UN) - ", "Freedonia (in the south) - ", "The Free Sylvania Army (FSA) - "]
)
def test_acronym_in_the_first_sentence_is_no_dateline(opening):
    assert header_lines(opening + ARTICLE) == []


def test_byline_under_a_summary_is_found():
    summary = "The two sides want to go on, but the status of the port is open, both envoys said."
    text = f"Talks on the river port go on\n\n{summary}\n\nBy Ann Lee\nPublished On 31 Jan 2024\n\n{ARTICLE}"
    assert facts(text) == {"title": "Talks on the river port go on", "author": "Ann Lee", "published": "2024-01-31"}


def test_day_and_time_without_a_year_are_header_and_no_date():
    text = f"27 NOV, 14:05\n\nTalks on the river port go on\n\n{ARTICLE}"
    assert facts(text) == {"title": "Talks on the river port go on"}
    assert header_lines(text) == ["27 NOV, 14:05"]


def test_section_names_over_the_headline_are_not_the_title():
    assert facts(f"Opinion\n\nTalks on the river port go on\n\n{ARTICLE}") == {"title": "Talks on the river port go on"}


def test_first_paragraph_is_no_title():
    assert facts(ARTICLE) == {}


def test_first_line_of_a_wrapped_paragraph_is_no_title():
    assert facts("The foreign minister of Freedonia said on Monday\nthat the talks with Sylvania would go on.\n") == {}


def test_title_over_a_paragraph_in_one_line_needs_no_empty_line():
    assert facts("Talks go on\n" + " ".join(PARAGRAPHS)) == {"title": "Talks go on"}


@given(st.text(max_size=300))
def test_header_of_any_text_stays_in_bounds(text):
    header = read_header(text)
    assert all(0 <= span.start < span.end <= len(text) for span in header.spans)
    assert all(fact.value for fact in header.facts.values())
