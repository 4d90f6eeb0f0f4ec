"""What promises and expectations are about: the outcome, not who promises or expects it."""

from __future__ import annotations

import pytest

from dragoman import language, read_text
from dragoman.reading.contents import bare, event, opinion, outcome, saying, undertaking
from dragoman.record import Forecast


@pytest.mark.parametrize(
    ("sentence", "word", "what"),
    [
        ("He expects Kenya to accept the terms.", "expects", "Kenya to accept the terms"),
        ("Kenya is unlikely to follow.", "unlikely", "Kenya to follow"),
        ("Kenya is expected to be next.", "expected", "Kenya to be next"),
        ("In March they predicted that Kenya would follow.", "predicted", "Kenya would follow"),
        ("A new attack is likely.", "likely", "A new attack"),
        ("It is likely that Kenya will follow.", "likely", "Kenya will follow"),
    ],
)
def test_an_expectation_is_of_what_will_be(sentence: str, word: str, what: str) -> None:
    (doc,) = language.analyse([(sentence, ())])
    assert outcome(next(t for t in doc if t.text == word)) == what


@pytest.mark.parametrize(
    ("sentence", "word", "what"),
    [
        ("In May Kenya promised aid to Peru.", "promised", "aid to Peru"),
        ("Kenya promised in May that it would send aid.", "promised", "it would send aid"),
        ("Kenya promised to send aid.", "promised", "to send aid"),
        ("Aid was promised by Kenya.", "promised", "Aid"),
    ],
)
def test_an_undertaking_is_of_what_will_be_done(sentence: str, word: str, what: str) -> None:
    (doc,) = language.analyse([(sentence, ())])
    assert undertaking(next(t for t in doc if t.text == word)) == what


@pytest.mark.parametrize(
    ("sentence", "word", "about"),
    [
        ("She warned that such steps endangered everybody.", "warned", "such steps endangered everybody"),
        ("Kenya rejected the new terms.", "rejected", "the new terms"),
        ("Kenya urged Peru to sign.", "urged", "Peru to sign"),
        ("Critics called the move brave.", "called", "the move"),
        ("Both called for an end to it.", "called", "an end to it"),
        ("The terms were wrong.", "wrong", "The terms"),
        ("They called on all sides to stop.", "called", "all sides to stop"),
        ("It was a terrible mistake.", "terrible", "a terrible mistake"),
    ],
)
def test_a_stance_is_on_what_its_word_governs_not_on_whose_it_is(sentence: str, word: str, about: str) -> None:
    (doc,) = language.analyse([(sentence, ())])
    assert opinion(next(t for t in doc if t.text == word)) == about


@pytest.mark.parametrize(
    ("sentence", "word", "what"),
    [
        ("At the same time, the visit may help both sides.", "help", "At the same time, the visit may help both sides"),
        ("Although it may not happen soon, the trend is clear.", "happen", "it may not happen soon"),
        ("They want close ties, which will help both sides.", "help", "close ties will help both sides"),
        ("“And we will be ready,” he said.", "ready", "we will be ready"),
        ("The move would break the “red line”, they said.", "break", "The move would break the “red line”"),
    ],
)
def test_words_that_only_tie_a_clause_to_others_are_left_out(sentence: str, word: str, what: str) -> None:
    (doc,) = language.analyse([(sentence, ())])
    assert bare(next(t for t in doc if t.text == word)) == what


def test_an_outcome_has_its_subject_though_it_stands_in_another_clause() -> None:
    (doc,) = language.analyse([("The talks have stalled and could fail.", ())])
    assert event(next(t for t in doc if t.text == "fail")) == "The talks could fail"


def test_a_content_is_cut_where_it_is_long_and_says_so() -> None:
    (doc,) = language.analyse([(f"The deal will cover {'trade, ' * 20}and ports.", ())])
    told = bare(next(t for t in doc if t.text == "cover"))
    assert told.startswith("The deal will cover trade")
    assert told.endswith(" …")


def test_whose_stance_it_is_says_nothing_of_what_it_is_on() -> None:
    (doc,) = language.analyse([("Kenya was alarmed by the plan.", ())])
    assert opinion(next(t for t in doc if t.text == "alarmed"), {0}) == "the plan"


def test_what_is_said_is_told_without_who_says_it() -> None:
    (doc,) = language.analyse([("Maria Lopez, a former judge, said that normal ties would bring no peace.", ())])
    assert saying(next(t for t in doc if t.text == "said")) == "normal ties would bring no peace"


def test_what_is_feared_is_one_forecast_though_two_frames_tell_it() -> None:
    found = read_text("Lopez expressed concern that endorsing the plan could worsen the situation.")
    assert [r.what for r in found if isinstance(r, Forecast)] == ["endorsing the plan could worsen the situation"]


def test_what_a_word_of_doubt_denies_is_not_forecast_as_certain_by_its_modal() -> None:
    found = read_text("The envoys doubt that the truce will hold until the summer.", published="2024-03-01")
    assert [str(r.likelihood) for r in found.reports if isinstance(r, Forecast)] in (["unlikely"], ["very-unlikely"])


def test_what_is_to_be_is_not_due_before_it_is_told() -> None:
    text = "Experts say that the country will descend into a civil war like that of the 1990s."
    found = read_text(text, published="2024-03-01").reports
    assert {r.horizon for r in found if isinstance(r, Forecast)} == {None}
