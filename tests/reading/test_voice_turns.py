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


THEY_SAID = SHE_SAID.replace("She", "They")
OFFICIALS_SAID = "Senior/JJ/amod/2 " + (
    "officials/NNS/nsubj/3/official said/VBD/root/0/say they/PRP/nsubj/5 fled/VBD/ccomp/3/flee ././punct/3"
)


def test_they_whom_nobody_knows_go_on_with_the_last_speakers_who_are_no_known_person() -> None:
    assert speakers(OFFICIALS_SAID, THEY_SAID) == [("Senior officials",), ("Senior officials",)]
    assert speakers(OFFICIALS_SAID, OMAR_SAID, THEY_SAID)[2] == ("Senior officials",)


def test_they_whom_the_cast_knows_are_left_to_it() -> None:
    assert speakers(OFFICIALS_SAID, THEY_SAID, They="Zaid")[1] == ("Zaid",)


def test_they_are_no_single_person_who_spoke_last() -> None:
    assert speakers(OMAR_SAID, THEY_SAID) == [("Omar",), ()]


def test_the_state_us_is_not_the_word_us() -> None:
    doc = tree("US/NNP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 fled/VBD/ccomp/2/flee ././punct/2")
    (found,) = find_attributions(doc, cast_of(doc, "US"), PACK, MODEL)
    assert (found.names, found.carries_voice) == (("US",), True)
