"""Whose a quotation is: what stands before its last mark tells whether the words after it can say so."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.reading.voices.cues import QuoteIndex, find_arguments
from dragoman.reading.voices.finding import find_attributions, voice_at
from dragoman.reading.voices.quotes import find_quotations
from tests.reading.voices import MODEL, PACK, cast_of, tree, word

LATER = MODEL.__class__(
    MODEL.shares,
    {
        **MODEL.roles,
        "quote:before:earlier:near>VERB": (-6.0, 6.0),
        "quote:before:earlier:near<VERB": (-6.0, 6.0),
        "quote:after0:later:near<VERB": (-6.0, 6.0),
    },
    MODEL.keep,
)


def voice(doc: Doc, form: str) -> tuple[str, ...]:
    """Voice at the first token of a form."""
    found = find_attributions(doc, cast_of(doc, "Omar", "Zaid"), PACK, LATER)
    return voice_at(word(doc, form), found)


QUOTED = "“/``/punct/3 They/PRP/nsubj/3 fled/VBD/root/0/flee {stop}/{stop}/punct/3 ”/''/punct/3"


def test_words_after_a_quotation_with_a_full_stop_are_about_something_else() -> None:
    doc = tree(QUOTED.format(stop="."), "Zaid/NNP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 hid/VBD/ccomp/2/hide")
    assert voice(doc, "fled") == ()
    assert voice(doc, "hid") == ("Zaid",)


def test_quotation_with_a_full_stop_stays_with_who_spoke_before() -> None:
    doc = tree(
        "Omar/NNP/nsubj/2 said/VBD/root/0/say they/PRP/nsubj/4 hid/VBD/ccomp/2/hide ././punct/2",
        "“/``/punct/3 They/PRP/nsubj/3 never/RB/advmod/4 fled/VBD/root/0/flee ././punct/4 ”/''/punct/4",
        "Zaid/NNP/nsubj/2 said/VBD/root/0/say nothing/NN/obj/2 ././punct/2",
    )
    assert voice(doc, "fled") == ("Omar",)


def test_quotation_with_a_comma_is_not_of_a_sentence_before() -> None:
    before = "Omar/NNP/nsubj/2 said/VBD/root/0/say so/RB/advmod/2 ././punct/2"
    told = f"{QUOTED.format(stop=',')} said/VBD/parataxis/3/say Zaid/NNP/nsubj/6 ././punct/3"
    assert voice(tree(before, told), "fled") == ("Zaid",)


def test_only_quotations_on_the_level_of_a_cue_end_what_it_is_about() -> None:
    doc = tree(
        "“/``/punct/2 Go/VB/root/0/go ././punct/2 ”/''/punct/2",
        "Omar/NNP/nsubj/2 said/VBD/root/0/say “/``/punct/4 Stay/VB/ccomp/2/stay ././punct/4 ”/''/punct/4",
    )
    quotes = QuoteIndex.of(doc, find_quotations(doc.text))
    assert quotes.beginning(word(doc, "said")) == word(doc, "Omar").i
    assert quotes.beginning(word(doc, "Go")) == 0


def test_colon_within_a_line_introduces_its_sentence_and_not_the_line() -> None:
    told = "Omar/NNP/nsubj/9 was/AUX/cop/9 a/DT/det/9 man/NN/nmod/9 of/IN/case/6 war/NN/nmod/4 and/CC/cc/9 "
    told += "not/RB/advmod/9 peace/NN/root/0 :/:/punct/11 wars/NNS/appos/9 ././punct/9"
    doc = tree(told, "Zaid/NNP/nsubj/2 left/VBD/root/0/leave ././punct/2")
    (after,) = (a for a in find_arguments(word(doc, ":"), QuoteIndex.of(doc, ())) if a.relation == "line:after")
    assert after.pieces == ((word(doc, "wars").i, word(doc, "Zaid").i),)


def test_colon_after_a_speakers_name_introduces_the_line() -> None:
    doc = tree(
        "Omar/NNP/root/0 :/:/punct/1 Go/VB/parataxis/1/go ././punct/1", "We/PRP/nsubj/2 stay/VB/root/0 ././punct/2"
    )
    (after,) = (a for a in find_arguments(word(doc, ":"), QuoteIndex.of(doc, ())) if a.relation == "line:after")
    assert after.pieces == ((2, len(doc)),)
