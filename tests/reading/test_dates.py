"""Time expressions over tokens: what each kind of phrase covers, with and without a day of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import spacy

from dragoman.reading.circumstances.dates import find_dates
from dragoman.reading.circumstances.moments import Outlook, Setting
from dragoman.reading.circumstances.timex import PHRASES, Phrase
from dragoman.record import DateRange
from tests.reading.trees import tree

NLP = spacy.blank("en")
PUBLISHED = "2024-11-25"  # a Monday


def ranges(text: str, published: str | None = PUBLISHED) -> list[tuple[str | None, str | None]]:
    return [(m.range.start, m.range.end) for m in find_dates(NLP(text), published)]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.name)
def test_each_kind_of_phrase_reads_its_own_example(phrase: Phrase) -> None:
    assert phrase.pattern.search(phrase.fires)
    assert ranges(phrase.fires)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.name)
def test_each_kind_of_phrase_spares_its_near_miss(phrase: Phrase) -> None:
    match = phrase.pattern.search(phrase.spares)
    assert match is None or not ranges(phrase.spares)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on 27 November 2023.", "2023-11-27", "2023-11-27"),
        ("They met on Nov. 27, 2023.", "2023-11-27", "2023-11-27"),
        ("They met on November 27-28, 2023.", "2023-11-27", "2023-11-28"),
        ("They met on 10 and 11 September 2018.", "2018-09-10", "2018-09-11"),
        ("Dated 2023-11-27.", "2023-11-27", "2023-11-27"),
        ("Dated 27.11.2023.", "2023-11-27", "2023-11-27"),
        ("It closed in July 2019.", "2019-07", "2019-07"),
        ("It closed in the spring of 2018.", "2018-03", "2018-05"),
        ("It closed in late 2011.", "2011-10", "2011-12"),
        ("Under the 2016 law.", "2016", "2016"),
        ("Victims of the Sept. 11 attacks.", "2001-09-11", "2001-09-11"),
        ("It was founded after 9/11.", "2001-09-11", None),
        ("In the 1990s it stood empty.", "1990", "1999"),
        ("During 2011-2014 it stood empty.", "2011", "2014"),
        ("Closed since 2017.", "2017", None),
        ("Closed until March 2019.", None, "2019-03"),
        ("Open from 2011 to 2014.", "2011", "2014"),
        ("Open between June and August 2020.", "2020-06", "2020-08"),
    ],
)
def test_absolute_phrases_need_no_day_of_publication(text: str, start: str, end: str | None) -> None:
    assert ranges(text, None) == [(start, end)]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("season", ["winter", "spring", "summer", "autumn"])
def test_last_season_is_over_in_every_month(season: str, month: int) -> None:
    day = f"2024-{month:02}-15"
    [(_, end)] = ranges(f"The talks collapsed last {season}.", day)
    assert end is not None
    assert end < day[:7]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on Thursday.", "2024-11-21", "2024-11-21"),
        ("They met on Monday.", "2024-11-25", "2024-11-25"),
        ("They met last Monday.", "2024-11-18", "2024-11-18"),
        ("They meet next Friday.", "2024-11-29", "2024-11-29"),
        ("They met yesterday.", "2024-11-24", "2024-11-24"),
        ("They met last week.", "2024-11-18", "2024-11-24"),
        ("They meet next month.", "2024-12", "2024-12"),
        ("They met earlier this month.", "2024-11", "2024-11"),
        ("It ended at the end of last year.", "2023-12", "2023-12"),
        ("It ends at the end of the year.", "2024-12", "2024-12"),
        ("It opens early next year.", "2025-01", "2025-03"),
        ("It opened two and a half years ago.", "2022-05", "2022-05"),
        ("It opened 11 months ago.", "2023-12", "2023-12"),
        ("It opened five years ago.", "2019", "2019"),
        ("It opened in December.", "2024-12", "2024-12"),
        ("It opened in September.", "2024-09", "2024-09"),
        ("It opened last September.", "2024-09", "2024-09"),
        ("Over the past 18 months it grew.", "2023-05", "2024-11"),
        ("In recent weeks it grew.", "2024-11-04", "2024-11-25"),
        ("It ends within 48 hours.", "2024-11-25", "2024-11-27"),
        ("It ends in the coming months.", "2024-11-25", None),
        ("They talked over the weekend.", "2024-11-23", "2024-11-24"),
        ("It must end by 1 January.", None, "2025-01-01"),
        ("The fourteen-year civil war ended.", "2010", "2024"),
    ],
)
def test_relative_phrases_count_from_the_day_of_publication(text: str, start: str | None, end: str | None) -> None:
    assert ranges(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May spoke of the fall of Kabul.",
        "Some 2000 soldiers marched.",
        "They paid $2019 for it.",
        "The Arab spring began.",
        "Over 3/4/2023 opinions differ.",
        "It happened on 31 June 2020.",
        "It was 300,000 years ago.",
        "They sat for ten years.",
    ],
)
def test_what_is_no_date_or_an_ambiguous_one_stays_out(text: str) -> None:
    assert ranges(text) == []


def test_without_a_day_of_publication_relative_phrases_stay_out() -> None:
    assert ranges("They met yesterday, on Friday, last week and two years ago.", None) == []


def test_a_later_step_counts_from_the_date_told_before() -> None:
    assert ranges("They met on 2 May 2022. A week later they signed.")[1] == ("2022-05-09", "2022-05-09")
    assert ranges("They met on 2 May 2022. The following day they signed.")[1] == ("2022-05-03", "2022-05-03")
    assert ranges("They met on 2 May 2022 and signed the same day.")[1] == ("2022-05-02", "2022-05-02")


def test_what_was_is_not_told_from_a_day_to_come() -> None:
    past, ahead = DateRange("2024-11-22", "2024-11-22"), DateRange("2024-12-01", "2024-12-01")
    behind = Setting(date(2024, 11, 25), (past, ahead), Outlook.BEHIND, False, ())
    assert behind.anchor(10) == past
    assert replace(behind, outlook=Outlook.AHEAD).anchor(10) == ahead


def test_the_only_year_of_a_text_completes_its_days() -> None:
    assert ranges("In 2022 the talks began. They ended on 4 July.", None)[1] == ("2022-07-04", "2022-07-04")


def test_a_weekday_finds_the_year_after_the_latest_one_named() -> None:
    # 23 November was a Thursday in 2023, in neither 2021 nor 2022
    text = "The fall came in 2021. Envoys met on Thursday, November 23."
    assert ranges(text, None)[1] == ("2023-11-23", "2023-11-23")


def test_a_clear_year_is_not_guessed_between_two() -> None:
    assert ranges("It was so in 2019 and 2022. They ended on 4 July.", None)[2:] == []


def test_the_tense_turns_a_weekday_forward() -> None:
    ahead = tree("""
        They they PRON PRP nsubj 3
        will will AUX MD aux 3
        meet meet VERB VB root 0
        on on ADP IN case 5
        Thursday Thursday PROPN NNP obl 3""")
    behind = tree("""
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0
        on on ADP IN case 4
        Thursday Thursday PROPN NNP obl 2""")
    assert [m.range.start for m in find_dates(ahead, PUBLISHED)] == ["2024-11-28"]
    assert [m.range.start for m in find_dates(behind, PUBLISHED)] == ["2024-11-21"]


def test_a_mention_knows_its_head_and_how_it_is_bounded() -> None:
    doc = tree("""
        Closed close VERB VBN root 0
        since since ADP IN case 4
        late late ADJ JJ amod 4
        July July PROPN NNP obl 1
        2019 2019 NUM CD nummod 4""")
    (mention,) = find_dates(doc, None)
    assert (mention.start, mention.end, mention.head, mention.relation) == (2, 5, 3, "since")
