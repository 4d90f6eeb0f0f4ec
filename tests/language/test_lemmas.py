"""Lemmas: the table goes before the edit, and an edit undoes what training took from the form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.lemmas import LemmaTable, apply_script
from training.lemma_scripts import script_of

LETTERS = st.text("abcdeiosy", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("form", "script", "lemma"),
    [
        ("Armies", "l3y", "army"),
        ("Talks", "l1", "talk"),
        ("Kabul", "k0", "Kabul"),
        ("went", "wgo", "go"),
        ("s", "l3y", "s"),
    ],
)
def test_edit_makes_the_lemma(form: str, script: str, lemma: str) -> None:
    assert apply_script(form, script) == lemma


@given(LETTERS, LETTERS, st.booleans())
def test_edit_that_was_taken_gives_the_lemma_back(stem: str, end: str, capital: bool) -> None:
    form, lemma = stem + end, stem + "y"
    form = form.capitalize() if capital else form
    assert apply_script(form, script_of(form, lemma)) == lemma


def test_table_looks_up_the_spelling_then_lower_case() -> None:
    table = LemmaTable({"NNS": {"Arms": "Arms", "arms": "arm"}})
    assert table.lemma_of("Arms", "NNS") == "Arms"
    assert table.lemma_of("ARMS", "NNS") == "arm"
    assert table.lemma_of("arms", "VBZ") is None


def test_a_verb_under_a_wrong_tag_is_known_by_another() -> None:
    assert LemmaTable({"VBD": {"condemned": "condemn"}}).lemma_of("Condemned", "VBG") == "condemn"


@pytest.mark.parametrize(("form", "tag", "lemma"), [("militiamen", "NNS", "militiaman"), ("Yemen", "NNP", None)])
def test_a_compound_of_men_is_one_of_them(form: str, tag: str, lemma: str | None) -> None:
    assert LemmaTable({}).lemma_of(form, tag) == lemma
