"""Which of a story's dates an act has that its own clause does not date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.circumstances.dates import DateMention
from dragoman.reading.circumstances.dating import AFTER, BEFORE, LEAD, Story, date_options, likeliest_date
from dragoman.reading.words import Doc, Token
from dragoman.record import DateRange
from tests.reading.trees import tree

MONDAY, FRIDAY = DateRange.on("2024-11-18"), DateRange.on("2024-11-22")
PUBLISHED = "2024-11-20"
SENTENCE = "\n".join(("They they PRON PRP nsubj 2", "agreed agree VERB VBD root 0", ". . PUNCT . punct 2"))
WORDS = 3
LONG = 20


@pytest.fixture(scope="module")
def doc() -> Doc:
    """Twenty sentences *They agreed.*"""
    return tree("\n\n".join([SENTENCE] * LONG))


def story(*told: tuple[int, DateRange], published: str | None = PUBLISHED) -> Story:
    """A story that tells dates in some of its sentences, by their numbers."""
    dates = [DateMention(n * WORDS, n * WORDS + 1, n * WORDS, when) for n, when in sorted(told, key=lambda t: t[0])]
    return Story(dates, range(0, LONG * WORDS, WORDS), published)


def act(doc: Doc, sentence: int) -> Token:
    """The verb of a sentence."""
    return doc[sentence * WORDS + 1]


def options(doc: Doc, sentence: int, of: Story) -> list[DateRange]:
    return [o.mention.range for o in date_options(act(doc, sentence), "AGREE", "planned", of)]


@given(st.lists(st.tuples(st.integers(0, LONG - 1), st.sampled_from([MONDAY, FRIDAY])), max_size=8), st.integers(0, 19))
def test_a_date_is_one_that_the_story_tells(told: list[tuple[int, DateRange]], sentence: int) -> None:
    doc = tree("\n\n".join([SENTENCE] * LONG))
    of = story(*told)
    assert likeliest_date(act(doc, sentence), "AGREE", "actual", of) in (None, *of.dates)


def test_a_story_without_dates_dates_nothing(doc: Doc) -> None:
    assert likeliest_date(act(doc, 3), "AGREE", "actual", story()) is None


def test_dates_are_looked_for_shortly_before_and_after(doc: Doc) -> None:
    at = 10
    assert options(doc, at, story((at - BEFORE, MONDAY), (at + AFTER, FRIDAY))) == [MONDAY, FRIDAY]
    assert options(doc, at, story((at - BEFORE - 1, MONDAY), (at + AFTER + 1, FRIDAY))) == []


def test_the_day_with_which_a_story_begins_goes_for_all_of_it(doc: Doc) -> None:
    assert options(doc, 15, story((LEAD, MONDAY))) == [MONDAY]
    assert options(doc, 15, story((LEAD, DateRange.on("2024")))) == []


def test_what_happens_next_happens_on_the_day_just_told(doc: Doc) -> None:
    of = story((1, MONDAY))
    assert likeliest_date(act(doc, 2), "CONSULT", "actual", of) == of.dates[0]


def test_one_date_told_in_two_places_is_one_option(doc: Doc) -> None:
    (only,) = date_options(act(doc, 4), "AGREE", "actual", story((3, MONDAY), (4, MONDAY)))
    assert any("before+own" in feature for feature in only.features)


def test_what_has_happened_has_no_date_after_publication(doc: Doc) -> None:
    of = story((1, FRIDAY))
    assert date_options(act(doc, 2), "CONSULT", "actual", of) == []
    assert [o.mention.range for o in date_options(act(doc, 2), "CONSULT", "planned", of)] == [FRIDAY]
