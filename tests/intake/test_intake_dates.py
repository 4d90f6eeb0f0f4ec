from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import IntakeError
from dragoman.intake.dates import check_given, choose_reading, find_days, find_figures, infer_published, tidy_published

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("value", ["2023", "2023-11", "2023-11-27", "2024-02-29", " 2023-11-27 "])
def test_given_prefix_is_taken_as_it_is(value):
    assert check_given(value, TODAY) == value.strip()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2023-02-30", "February 2023 has 28"),
        ("2023-13-01", "a year has twelve"),
        ("2023-00-01", "a year has twelve"),
        ("1899-12-31", "is before 1900"),
        ("2099-01-01", "more than a year ahead"),
        ("last week", "write YYYY"),
        ("27/11/2023", "write YYYY"),
        ("2023-11-27 10:00", "write YYYY"),
        ("0000-01-01", "is before 1900"),
    ],
)
def test_impossible_given_date_is_refused_with_its_reason(value, says):
    with pytest.raises(IntakeError, match=says):
        check_given(value, TODAY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-01-08 12:00:00", "2019-01-08"),
        ("2019-01-08T12:00:00+03:00", "2019-01-08"),
        ("Tue, 08 Jan 2019 12:00:00 GMT", "2019-01-08"),
        ("January 8th, 2019", "2019-01-08"),
        ("8 Sept. 2019", "2019-09-08"),
        ("22/12/2023", "2023-12-22"),
        ("05/12/2023", None),
        ("2019", "2019"),
        ("2023-02-30", None),
        ("1812-06-24", None),
        ("2031-01-01", None),
        ("yesterday", None),
        (1546905600, None),
        (None, None),
    ],
)
def test_date_of_a_field_is_an_iso_prefix_or_nothing(value, expected):
    assert tidy_published(value, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "weekday"),
    [
        ("on Thursday, November 23.", None, 11, 23, 3),
        ("on Monday 18 May 2015 in Oslo", 2015, 5, 18, 0),
        ("the 4th of March, 2021", 2021, 3, 4, None),
        ("by Dec. 5", None, 12, 5, None),
        ("since 2023-12-22", 2023, 12, 22, None),
    ],
)
def test_day_in_words_is_found(text, year, month, day, weekday):
    (found,) = find_days(text)
    assert (found.year, found.month, found.day, found.weekday) == (year, month, day, weekday)


@pytest.mark.parametrize("text", ["may act", "a march of 300,000", "chapter 12-34-2019", "May 2019", "32 May 2019"])
def test_what_is_no_day_is_not_found(text):
    assert find_days(text) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_written_in_full_is_found(day):
    for text in (f"{day:%A}, {day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", day.isoformat()):
        (found,) = find_days(f"They met ({text}).")
        assert found.iso(found.year) == day.isoformat()
        assert found.falls_in(day.year)


def test_figures_have_two_readings_only_when_both_are_days():
    assert [readings for _, _, readings in find_figures("22/12/2023 and 05-12-2022 and 40.13.2020")] == [
        ("2023-12-22",),
        ("2022-05-12", "2022-12-05"),
    ]


class TestInferred:
    def test_weekday_picks_the_only_year_after_one_told_as_past(self):
        text = "They met on Thursday, November 23. Since 2017 the hosts have held several such rounds."
        assert infer_published(text, TODAY) == "2023-11-23"

    def test_year_named_is_taken_when_the_weekday_holds_in_it(self):
        text = "The port fell on Sunday, August 15. It had been besieged since June 2021, after a truce in 2018."
        assert infer_published(text, TODAY) == "2021-08-15"

    def test_two_years_that_fit_are_not_chosen_between(self):
        assert infer_published("They met on Monday, June 1, as in 2001.", TODAY) is None

    def test_two_weekdays_must_hold_in_the_same_year(self):
        text = "On Thursday, November 23, and Friday, November 25, the sides met, since 2017 at odds."
        assert infer_published(text, TODAY) is None

    def test_nothing_is_inferred_without_a_year_named(self):
        assert infer_published("They met on Thursday, November 23.", TODAY) is None

    def test_year_of_a_plan_does_not_count_as_past(self):
        text = "On Sunday, August 15, 2,000 people left. The road is to be built by 2030. In 2021 it was mined."
        assert infer_published(text, TODAY) == "2021-08-15"


class TestAmbiguousFigures:
    READINGS = ("2022-05-12", "2022-12-05")

    def test_months_lately_past_decide(self):
        text = "The factions met in October. In July their leader had been expelled."
        assert choose_reading(self.READINGS, text) == "2022-12-05"

    def test_year_alone_is_kept_when_nothing_decides(self):
        assert choose_reading(self.READINGS, "The factions met again.") == "2022"
