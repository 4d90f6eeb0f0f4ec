"""Pronouns that speak go on with the last speaker, unless somebody else has come in."""

from __future__ import annotations

from dragoman.reading.voices.finding import find_attributions
from tests.reading.voices import MODEL, PACK, cast_of, tree

OMAR_SAID = "Omar/NNP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 fled/VBD/ccomp/2/flee ././punct/2"
SHE_SAID = "She/PRP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 hid/VBD/ccomp/2/hide ././punct/2"
HE_SAID = SHE_SAID.replace("She", "He")


def speakers(*sentences: str, **pronouns: str) -> list[tuple[str, ...]]:
    """Who says it, for each attribution of a text about Omar and Zaid, given what the cast takes pronouns for."""
    doc = tree(*sentences)
    return [a.names for a in find_attributions(doc, cast_of(doc, "Omar", "Zaid", **pronouns), PACK, MODEL)]


def test_he_said_goes_on_with_the_last_speaker() -> None:
    assert speakers(OMAR_SAID, HE_SAID) == [("Omar",), ("Omar",)]


def test_a_turn_passes_to_whoever_speaks_next() -> None:
    assert speakers(OMAR_SAID, OMAR_SAID.replace("Omar", "Zaid"), HE_SAID) == [("Omar",), ("Zaid",), ("Zaid",)]


def test_whoever_was_made_the_subject_since_is_he() -> None:
    left = "Zaid/NNP/nsubj/2 left/VBD/root/0/leave ././punct/2"
    assert speakers(OMAR_SAID, left, HE_SAID, He="Zaid") == [("Omar",), ("Zaid",)]
    assert speakers(OMAR_SAID, left, HE_SAID, He="Omar") == [("Omar",), ("Omar",)]


def test_she_is_not_the_one_who_was_he() -> None:
    assert speakers(OMAR_SAID, HE_SAID, SHE_SAID) == [("Omar",), ("Omar",), ()]


def test_pronoun_inside_what_is_said_is_left_to_the_cast() -> None:
    nested = (
        "Zaid/NNP/nsubj/2 said/VBD/root/0/say he/PRP/nsubj/4 believed/VBD/ccomp/2/believe they/PRP/nsubj/6 "
        "fled/VBD/ccomp/4/flee ././punct/2"
    )
    assert speakers(OMAR_SAID, nested) == [("Omar",), ("Zaid",), ()]


def test_nobody_has_spoken_before_the_first_pronoun() -> None:
    assert speakers(HE_SAID) == [()]
