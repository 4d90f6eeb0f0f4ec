"""Evidence goes on to the sentence with the words that attribute, and not farther than a few sentences."""

from __future__ import annotations

from dragoman.reading.voices.cue_evidence import bounds_with_cue
from dragoman.reading.voices.finding import find_attributions
from tests.reading.voices import MODEL, PACK, cast_of, tree, word

FLED = (
    "“/``/punct/3 They/PRP/nsubj/3 fled/VBD/root/0/flee ,/,/punct/3 ”/''/punct/3 said/VBD/parataxis/3/say "
    "Omar/NNP/nsubj/6 ././punct/3"
)
HID = "“/``/punct/3 They/PRP/nsubj/3 hid/VBD/root/0/hide from/IN/case/5 us/PRP/obl/3 ././punct/3 ”/''/punct/3"


def evidence(form: str, *sentences: str) -> str:
    """The words of the evidence for what a form tells."""
    doc = tree(*sentences)
    start, end = bounds_with_cue(word(doc, form), find_attributions(doc, cast_of(doc, "Omar"), PACK, MODEL))
    return doc.text[start:end].strip()


def test_quotation_that_runs_on_takes_the_sentence_with_its_cue_along() -> None:
    text = evidence("hid", FLED, HID)
    assert text.startswith("“They fled,")
    assert "hid from us." in text


def test_sentence_with_its_own_cue_is_enough() -> None:
    assert "hid" not in evidence("fled", FLED, HID)


def test_sentence_in_the_documents_own_voice_is_enough() -> None:
    left = "Kabul/NNP/nsubj/2 left/VBD/root/0/leave ././punct/2"
    assert evidence("left", FLED, left) == "Kabul left."


def test_cue_that_is_too_far_off_is_left_out() -> None:
    long = "“/``/punct/3 They/PRP/nsubj/3 hid/VBD/root/0/hide " + "well/RB/advmod/3 " * 150 + "././punct/3 ”/''/punct/3"
    text = evidence("hid", FLED, long)
    assert "said Omar" not in text
    assert text.count("well") == 150
