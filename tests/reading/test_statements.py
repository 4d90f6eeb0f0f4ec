"""What promises and expectations are about: the outcome, not who promises or expects it."""

from __future__ import annotations

import pytest

from dragoman import language, read_text
from dragoman.reading.statements import opinion, outcome, saying, undertaking
from dragoman.record import Forecast


@pytest.mark.parametrize(
    ("sentence", "word", "what"),
    [
        ("He expects Kenya to accept the terms.", "expects", "Kenya to accept the terms"),
        ("Kenya is unlikely to follow.", "unlikely", "Kenya to follow"),
        ("Kenya is expected to be next.", "expected", "Kenya to be next"),
        ("In March they predicted that Kenya would follow.", "predicted", "Kenya would follow"),
        ("A new attack is likely.", "likely", "A new attack"),
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
        ("Kenya urged Peru to sign.", "urged", "to sign"),
        ("Critics called the move brave.", "called", "the move"),
        ("Both called for an end to it.", "called", "an end to it"),
        ("The terms were wrong.", "wrong", "The terms"),
    ],
)
def test_a_stance_is_on_what_its_word_governs_not_on_whose_it_is(sentence: str, word: str, about: str) -> None:
    (doc,) = language.analyse([(sentence, ())])
    assert opinion(next(t for t in doc if t.text == word)) == about


def test_what_is_said_is_told_without_who_says_it() -> None:
    (doc,) = language.analyse([("Maria Lopez, a former judge, said that normal ties would bring no peace.", ())])
    assert saying(next(t for t in doc if t.text == "said")) == "normal ties would bring no peace"


def test_what_is_feared_is_one_forecast_though_two_frames_tell_it() -> None:
    found = read_text("Lopez expressed concern that endorsing the plan could worsen the situation.")
    assert [r.what for r in found if isinstance(r, Forecast)] == ["endorsing the plan could worsen the situation"]
