from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_factory import ARTICLE, PARAGRAPHS

from dragoman.intake.furniture import find_furniture, merge_spans
from dragoman.record import Span


def marked(text, author=None):
    return [text[span.start : span.end] for span in find_furniture(text, author).spans]


@pytest.mark.parametrize(
    "line",
    [
        "EN|FR|RU",
        "Home | World | Middle East",
        "Home > World > Asia",
        "News|Freedonia",
        "3 hours ago",
        "Sign up for the latest from Geneva",
        "GENEVA —",
        "Reporting by Ann Lee in Geneva; Editing by Bob Roy",
        "Follow us on:",
        "Share this article",
        "5 min read",
        "1,204 Comments",
        "ADVERTISEMENT",
        "Read also: Envoys return from Geneva",
        "→ Also read: Envoys return from Geneva",
        "Sign up for our weekly newsletter",
        "This website uses cookies to improve your visit.",
        "© 2024 The River Post. All rights reserved.",
        "Copyright 2023 The River Post",
        "Tags: Freedonia, Sylvania, talks",
        "https://post.example/talks",
        "desk@post.example | @riverpost",
        "(Reporting by Ann Lee; Editing by Bob Roy)",
        "This story has been updated with a comment from the ministry.",
        "Photo: Ann Lee / River Post",
        "The views expressed in this article are the author’s own.",
        "Skip advertisement",
        "Watch the full interview below:",
        "Read the latest updates on the talks here.",
        "Sign up to get our morning briefing from Geneva.",
        "For more, sign up for the River Post’s newsletter.",
        "Ann B. Lee via Getty Images.",
        "Ann Lee/Reuters",
        "Additional reporting by Bob Roy and Nadia al-Haddad in Port Azure",
        "An earlier version of this story gave the wrong day.",
        "This article was amended on 3 May 2024 to correct a name.",
        "* * *",
    ],
)
def test_line_of_a_page_is_furniture(line):
    assert marked(f"{ARTICLE}\n{line}\n\n{ARTICLE}") == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell after the minister’s statement.",
        "More on this topic is expected from the ministry on Monday.",
        "Comments by the envoy angered the opposition.",
        "Related parties rejected the deal, the chairman said.",
        "Follow the money, the prosecutor told the court.",
        "An agreement can be reached at the talks in Geneva.",
        "By signing up to the pact, Freedonia gave way.",
        "He was reported to be watching: the army moved at dawn.",
        "The report, the reporters said, was copied in 2019.",
        "Reporting by the network shows that the army was warned.",
        "Read the treaty, the envoy told them.",
        "Follow the money, said the judge.",
        "Save the Ports suspends its work in Freedonia",
        "Share prices fall after talks in Geneva",
        "Follow-up talks begin in Geneva",
        "Listen to the people, envoy tells ministers",
        "Watchdog warns of a new war",
        "Source: Freedonia to send envoy",
        "Peace. Bread. Land.",
        "With the envoy gone, reporting by the network ceased; editing went on.",
        "Freedonia – Sylvania – Ruritania",
        "Polls do not necessarily reflect the mood of the country.",
        "Subscribers to the newsletter protested on Monday.",
        "Thousands of supporters were told to sign up for his newsletter.",
        "Read the transcript, the judge told those here.",
        "See how the ministers fare here.",
        "Watch over the port, the envoy asked from above",
        "The pictures came to Freedonia via Reuters on Monday.",
        "Additional reporting by the network shows that the army was warned.",
        "In an earlier version of the treaty the port was shut.",
    ],
)
def test_sentence_that_sounds_like_a_page_is_not_furniture(sentence):
    assert marked(f"{ARTICLE}\n{sentence}\n\n{ARTICLE}") == []


def test_links_under_a_heading_are_furniture_up_to_the_next_paragraph():
    links = "Related articles\nEnvoys return from Geneva\nWill the river port open?"
    assert "\n".join(marked(f"{ARTICLE}{links}\n{ARTICLE}")) == links


def test_quotation_under_a_heading_is_read():
    text = f"{ARTICLE}Read more\n“We will never give up the river port!”\n{ARTICLE}"
    assert marked(text) == ["Read more"]


def test_menu_in_a_column_is_furniture():
    menu = "Freedonia\nWorld\nOpinion"
    assert "\n".join(marked(f"{menu}\n\nTalks on the river port go on\n\n{ARTICLE}")) == menu


def test_two_short_lines_are_no_menu():
    assert marked(f"Port shut\nAgain\n\n{ARTICLE}") == []


def test_note_on_the_author_before_the_foot_of_the_page_is_furniture():
    foot = "Ann Lee is a reporter.\nView Profile\nSubscribe today"
    assert "\n".join(marked(ARTICLE + foot, "Ann Lee")) == foot


def test_title_under_a_heading_at_the_top_of_the_page_is_read():
    assert marked(f"Trending\n\nTalks on the river port go on\n\n{ARTICLE}") == ["Trending"]


def test_comment_form_after_the_article_is_furniture_to_the_end():
    form = "2 comments\n\nAll remarks are read before they appear.\nname : *\nwrite code :"
    assert "\n".join(marked(ARTICLE + form)) == form.replace("\n\n", "\n")


def test_comment_count_above_the_article_does_not_close_it():
    assert marked(f"2 comments\n\n{ARTICLE}") == ["2 comments"]


def test_credit_at_the_end_of_a_caption_leaves_the_caption():
    assert marked(f"{ARTICLE}The two envoys on Monday. Image: Foreign Office.\n{ARTICLE}") == ["Image: Foreign Office."]


def test_staff_in_brackets_leaves_the_sentence_before_it():
    text = ARTICLE + "The port stays shut. (Additional reporting by Ann Lee in Geneva; Editing by Bob Roy)"
    assert marked(text) == ["(Additional reporting by Ann Lee in Geneva; Editing by Bob Roy)"]


def test_note_inside_a_paragraph_leaves_its_neighbours():
    text = "The port stays shut. This article was first published in June. The talks go on."
    assert marked(text) == ["This article was first published in June."]


def test_note_after_a_bullet_or_without_a_full_stop_leaves_what_stands_before_it():
    before = "The port stays shut, he said, “and it will.” • Bob Roy, envoy, died on 3 May 2024"
    note = "This article was amended on 6 May 2024."
    assert marked(f"{before} {note}") == [note]
    assert marked(f"{before} • {note}") == [note]


def test_prompt_amid_a_long_sentence_is_marked_alone():
    post = "We met the ministers of both sides and shall not rest until the last of the prisoners is at home with us -H"
    assert marked(f"{post} Sign up for our newsletter — Ann Lee (@lee) 3 May") == ["Sign up for our newsletter"]


def test_photo_credit_in_brackets_leaves_the_caption():
    caption = "The envoys of Freedonia and Sylvania at the port on Monday, where they met for the first time."
    assert marked(f"{ARTICLE}{caption} (Ann Lee/AFP/Getty Images)\n{ARTICLE}") == ["(Ann Lee/AFP/Getty Images)"]


@pytest.mark.parametrize(
    "box",
    [
        "skip past newsletter promotion\nSign up to The Post\nOur editors explain it all.\nafter newsletter promotion",
        "list of 3 items\nlist 1 of 2 Port shut\nlist 2 of 2 Port opened\nend of list",
    ],
)
def test_box_set_into_an_article_is_furniture_from_start_to_end(box):
    assert "\n".join(marked(f"{ARTICLE}\n{box}\n{ARTICLE}")) == box


def test_box_without_an_end_hides_nothing_but_its_mark():
    assert marked(f"{ARTICLE}\nskip past newsletter promotion\n{ARTICLE}") == ["skip past newsletter promotion"]


@pytest.mark.parametrize(
    ("box", "author"),
    [
        ("Ann Lee, a fellow of the River Institute, writes on ports.", "Ann Lee"),
        ("Ann Lee is a fellow of the River Institute.", "Ann Lee"),
        ("The writer is a former envoy to Sylvania.", None),
        ("The author teaches law.\nHe can be reached at ann@post.example", None),
        ("Anna Leskova\nAnna Leskova\nAnna Leskowa, associate professor, River University.", None),
    ],
)
def test_box_about_the_author_is_furniture(box, author):
    if box.startswith("The author teaches"):
        box = box.replace("The author teaches", "The author is a teacher of")
    assert "\n".join(marked(ARTICLE + box, author)) == box


def test_author_is_taken_from_a_box_that_opens_with_the_name():
    assert find_furniture(ARTICLE + "Anna Leskova\nAnna Leskova is a reporter.").author == "Anna Leskova"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ann Smith, the Sylvanian envoy, rejected the offer.", "Ann Lee"),
        ("“Ann Lee is wrong,” the envoy said.", "Ann Lee"),
        ("The writers’ union protested.", None),
        ("The posts came from the minister’s account, @minister, and no other.", None),
        ("Ahmad Karimi, a spokesman, denied it.", None),
    ],
)
def test_last_line_about_somebody_else_is_read(line, author):
    assert marked(ARTICLE + line, author) == []


def test_paragraph_wrapped_at_a_page_width_is_judged_whole():
    wrapped = (
        "The foreign minister of Freedonia said on Monday that the talks with\n"
        "Sylvania would go on in Geneva, and that nobody should read too much\n"
        "more into the pause than that there was one, since both sides want to\n"
        "share\n\n"
        "the water, the port and the road that leads from the one to the other,\n"
        "which a mediator from Ruritania called a good sign for all the parties.\n"
        "The envoys are to meet again before the end of the month, and to bring\n"
        "a map.\n\nShare\n"
    )
    assert marked(wrapped) == ["Share"]


@given(st.text(max_size=300))
def test_spans_of_any_text_are_sorted_apart_and_in_bounds(text):
    spans = find_furniture(text).spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end < right.start for left, right in pairwise(spans))


PIECES = st.sampled_from(["Share this", "Related", "2 comments", "© 2020", "Home | Asia | World", "", *PARAGRAPHS])


@given(st.lists(PIECES, max_size=12))
def test_no_full_paragraph_before_the_comments_is_ever_furniture(pieces):
    text = "\n".join(piece for piece in pieces if piece != "2 comments")
    found = "\n".join(marked(text))
    assert not any(paragraph in found for paragraph in PARAGRAPHS)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=15))
def test_merging_keeps_exactly_the_same_characters(pairs):
    spans = [Span(start, start + size) for start, size in pairs]
    covered = {n for span in spans for n in range(span.start, span.end)}
    merged = merge_spans(spans)
    assert {n for span in merged for n in range(span.start, span.end)} == covered
    assert sum(span.end - span.start for span in merged) == len(covered)
