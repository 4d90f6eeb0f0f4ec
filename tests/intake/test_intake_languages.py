import pytest
from intake_factory import ARTICLE

from dragoman.intake.languages import foreign_language


@pytest.mark.parametrize("text", [ARTICLE, ARTICLE * 50, "", "12:30 — 14:00", "Kabul fell.", "Envoys in Geneva"])
def test_english_and_what_has_no_language_pass(text):
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre des affaires étrangères a déclaré lundi que les négociations continueraient à Genève.", "French"),
        ("Der Außenminister sagte am Montag, dass die Gespräche in Genf weitergehen würden.", "German"),
        ("El ministro de Exteriores dijo el lunes que las conversaciones seguirían en Ginebra.", "Spanish"),
        ("Министр иностранных дел заявил в понедельник, что переговоры продолжатся.", "Russian"),
        ("وزیر امور خارجه روز دوشنبه گفت که گفت‌وگوها در ژنو ادامه خواهد یافت.", "Persian"),
    ],
)
def test_other_languages_are_named(text, language):
    assert foreign_language(text) == language


def test_short_text_in_another_script_is_not_taken_for_english():
    assert foreign_language("Привет, мир") is not None


def test_english_that_quotes_french_is_english():
    assert foreign_language(ARTICLE + "« Nous ne céderons pas », a dit le ministre.") is None


def test_list_of_foreign_names_is_not_set_aside():
    assert foreign_language("Ahmad Karimi Herat Kandahar Balkh Zahir Mohammad Ismail Khan Farida Noor") is None
