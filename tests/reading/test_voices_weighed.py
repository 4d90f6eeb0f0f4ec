"""Whose word a report is, of all who speak around its word."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.reading.voices.attribution import UNNAMED, Attribution, AttributionKind
from dragoman.reading.voices.weighing import Claim, teller_options, tellers_of
from dragoman.record import Event, EventType, Evidence, Kind, Position, Span, Stance, Standing
from tests.reading.voices import tree, word

FLED = "Omar/NNP/nsubj/2 said/VBD/root/0/say rebels/NNS/nsubj/4 fled/VBD/ccomp/2/flee ././punct/2"
MET = (
    "Omar/NNP/nsubj/2 said/VBD/root/0/say he/PRP/nsubj/4 met/VBD/ccomp/2/meet the/DT/det/6 minister/NN/obj/4 "
    "././punct/2"
)


def by(doc: Doc, cue: str, *names: str, kind: AttributionKind = AttributionKind.SPEECH) -> Attribution:
    """The attribution whose content is all after its cue."""
    said = word(doc, cue)
    end = said.idx + len(said)
    content = (Span(end + 1, len(doc.text)),)
    return Attribution((), Span(said.idx, end), content, names, certain=True, cue_lemma=said.lemma_, kind=kind)


def claim(kind: Kind = Kind.EVENT, key: str = "RETREAT", doers: tuple[str, ...] = ("rebels",)) -> Claim:
    return Claim(kind, key, "actual", doers)


def names(doc: Doc, form: str, told: Claim, *attributions: Attribution) -> list[tuple[str, ...]]:
    return [a.names for a in tellers_of(word(doc, form), told, attributions)]


def test_what_somebody_says_is_so_is_his_word() -> None:
    doc = tree(FLED)
    assert names(doc, "fled", claim(), by(doc, "said", "Omar")) == [("Omar",)]


def test_an_office_that_he_names_in_passing_is_not() -> None:
    doc = tree(MET)
    told = claim(Kind.RELATION, "office", ("Zaid",))
    assert names(doc, "minister", told, by(doc, "said", "Omar")) == []
    assert names(doc, "met", claim(key="CONSULT"), by(doc, "said", "Omar")) == [("Omar",)]


def test_all_who_speak_around_a_word_are_weighed_outermost_first() -> None:
    doc = tree(FLED)
    outer, inner = by(doc, "Omar"), by(doc, "said", "Omar")
    options = teller_options(word(doc, "fled"), claim(), (inner, outer))
    assert [(o.attribution, o.name) for o in options] == [(outer, UNNAMED), (inner, "Omar")]
    assert teller_options(word(doc, "Omar"), claim(), (inner,)) == []


def test_a_holders_own_word_stays_as_the_rule_has_it() -> None:
    doc = tree(MET)
    own = claim(Kind.POSITION, "oppose", ("Omar",))
    assert names(doc, "met", own, by(doc, "said", "Omar")) == [("Omar",)]
    assert names(doc, "met", own, by(doc, "said", "Omar", kind=AttributionKind.ATTITUDE)) == []


def test_a_report_claims_its_kind_its_value_and_who_is_foremost_in_it() -> None:
    evidence = Evidence(0, 1, "x")
    act = Event(
        document="d", evidence=evidence, type=EventType.AID, source=("Peru", "Chile"), standing=Standing.PLANNED
    )
    stance = Position(document="d", evidence=evidence, holder=("Peru",), stance=Stance.OPPOSE, about="aid")
    assert Claim.of(act) == Claim(Kind.EVENT, "AID", "planned", ("Peru", "Chile"))
    assert Claim.of(stance) == Claim(Kind.POSITION, "oppose", "actual", ("Peru",))
