"""Windows hold every word once, in order, and end where sentences do if they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.language import tokenise
from dragoman.language.windows import LONGEST, MOST_PIECES, Window, cut_windows

WORD = st.sampled_from(["talks", "Kabul", ".", "resumed", "\n\n", ",", "”"])


def windows(doc: Doc, pieces: int = 1) -> list[Window]:
    return list(cut_windows(doc, [(7,) * pieces for _ in doc]))


@given(st.lists(WORD, max_size=400), st.integers(1, 12))
def test_every_word_is_in_one_window(words: list[str], pieces: int) -> None:
    doc = tokenise(" ".join(words))
    found = windows(doc, pieces)
    assert [i for w in found for i in w.words] == [t.i for t in doc if not t.is_space]
    for window in found:
        assert 0 < len(window.words) <= LONGEST
        assert sum(map(len, window.pieces)) <= MOST_PIECES
        assert len(window.words) == len(window.forms) == len(window.blanks) == len(window.begins)


def test_window_ends_at_the_last_paragraph_that_fits() -> None:
    found = windows(tokenise("\n\n".join(["The envoys met in Kabul on Monday and left."] * 20)))
    assert all(w.forms[-1] == "." and len(w.words) % 10 == 0 for w in found)


def test_long_paragraph_is_cut_behind_a_full_stop() -> None:
    found = windows(tokenise("The envoys met in Kabul on Monday and left. " * 30))
    assert all(w.forms[-1] == "." for w in found)


def test_blanks_before_a_word_are_kept() -> None:
    (window,) = windows(tokenise("They met.\nThey left,  both."))
    assert window.blanks == ("\n\n", " ", "", "\n", " ", "", "  ", "")
