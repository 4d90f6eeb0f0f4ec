"""Which time expression dates an act, by the tree."""

from __future__ import annotations

from dragoman.reading.circumstances.dates import date_of, find_dates, horizon_of
from dragoman.record import DateRange
from tests.reading.trees import tree, word

PUBLISHED = "2024-11-25"  # a Monday

HELD_TALKS = """
    Envoys envoy NOUN NNS nsubj 2
    praised praise VERB VBD root 0
    talks talk NOUN NNS obj 2
    held hold VERB VBN acl 3
    in in ADP IN case 6
    Doha Doha PROPN NNP obl 4
    on on ADP IN case 8
    Friday Friday PROPN NNP obl 4"""

ATTACKED_KILLING = """
    They they PRON PRP nsubj 2
    attacked attack VERB VBD root 0
    on on ADP IN case 4
    Sunday Sunday PROPN NNP obl 2
    , , PUNCT , punct 6
    killing kill VERB VBG advcl 2
    two two NUM CD obj 6"""

SAID_THEY_HAD_MET = """
    He he PRON PRP nsubj 2
    said say VERB VBD root 0
    on on ADP IN case 4
    Friday Friday PROPN NNP obl 2
    they they PRON PRP nsubj 7
    had have AUX VBD aux 7
    met meet VERB VBN ccomp 2"""

SAID_THEY_WOULD_MEET = """
    He he PRON PRP nsubj 2
    said say VERB VBD root 0
    on on ADP IN case 4
    Friday Friday PROPN NNP obl 2
    they they PRON PRP nsubj 7
    would would AUX MD aux 7
    meet meet VERB VB ccomp 2"""


def dated(text: str, form: str) -> DateRange | None:
    doc = tree(text)
    return date_of(word(doc, form), find_dates(doc, PUBLISHED))


def test_a_clause_that_modifies_a_noun_dates_it() -> None:
    assert dated(HELD_TALKS, "talks") == DateRange.on("2024-11-22")


def test_a_verb_is_not_dated_by_the_clause_of_its_object() -> None:
    doc = tree(HELD_TALKS.replace("acl 3", "acl:relcl 3"))
    assert date_of(word(doc, "held"), find_dates(doc, PUBLISHED)) == DateRange.on("2024-11-22")


def test_an_object_shares_the_date_of_its_verb() -> None:
    text = """
        They they PRON PRP nsubj 2
        launched launch VERB VBD root 0
        raids raid NOUN NNS obj 2
        last last ADJ JJ amod 5
        month month NOUN NN obl:unmarked 2"""
    assert dated(text, "raids") == dated(text, "launched") == DateRange.on("2024-10")


def test_a_participle_without_subject_shares_the_date_of_its_clause() -> None:
    assert dated(ATTACKED_KILLING, "killing") == DateRange.on("2024-11-24")


def test_what_is_said_on_a_day_to_have_been_was_by_that_day() -> None:
    assert dated(SAID_THEY_HAD_MET, "said") == DateRange.on("2024-11-22")
    assert dated(SAID_THEY_HAD_MET, "met") == DateRange(None, "2024-11-22")


def test_what_is_said_on_a_day_to_come_is_after_that_day() -> None:
    assert dated(SAID_THEY_WOULD_MEET, "meet") == DateRange("2024-11-22", None)


def test_each_coordinated_verb_keeps_its_own_date() -> None:
    text = """
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0
        on on ADP IN case 4
        Friday Friday PROPN NNP obl 2
        and and CCONJ CC cc 6
        signed sign VERB VBD conj 2
        on on ADP IN case 8
        Sunday Sunday PROPN NNP obl 6"""
    assert dated(text, "met") == DateRange.on("2024-11-22")
    assert dated(text, "signed") == DateRange.on("2024-11-24")


def test_a_date_in_another_sentence_dates_nothing() -> None:
    text = """
        They they PRON PRP nsubj 2
        met meet VERB VBD root 0

        It it PRON PRP nsubj 2
        rained rain VERB VBD root 0
        on on ADP IN case 4
        Friday Friday PROPN NNP obl 2"""
    assert dated(text, "met") is None


LIKELY_TO_MEET = """
    It it PRON PRP expl 3
    is be AUX VBZ cop 3
    likely likely ADJ JJ root 0
    they they PRON PRP nsubj 6
    will will AUX MD aux 6
    meet meet VERB VB ccomp 3
    next next ADJ JJ amod 8
    year year NOUN NN obl:unmarked 6"""

SAID_ON_FRIDAY_IT_WAS_LIKELY = """
    On on ADP IN case 2
    Friday Friday PROPN NNP obl 4
    it it PRON PRP expl 4
    seemed seem VERB VBD root 0
    they they PRON PRP nsubj 7
    would would AUX MD aux 7
    meet meet VERB VB ccomp 4"""


def test_an_expectation_reaches_to_the_date_of_what_is_expected() -> None:
    doc = tree(LIKELY_TO_MEET)
    dates = find_dates(doc, PUBLISHED)
    assert horizon_of(word(doc, "likely"), dates) == DateRange.on("2025")
    assert date_of(word(doc, "likely"), dates) is None


def test_what_was_expected_on_a_day_lies_after_it() -> None:
    doc = tree(SAID_ON_FRIDAY_IT_WAS_LIKELY)
    assert horizon_of(word(doc, "seemed"), find_dates(doc, PUBLISHED)) == DateRange("2024-11-22", None)


RAID_TAKEN_UP = """
    A a DET DT det 2
    raid raid NOUN NN nsubj 3
    shook shake VERB VBD root 0
    Tarn Tarn PROPN NNP obj 3

    The the DET DT det 2
    raid raid NOUN NN nsubj 5
    on on ADP IN case 4
    Sunday Sunday PROPN NNP nmod 2
    killed kill VERB VBD root 0
    two two NUM CD obj 5"""


def test_a_sentence_that_takes_an_act_up_again_dates_it() -> None:
    assert dated(RAID_TAKEN_UP, "raid") == DateRange.on("2024-11-24")


def test_a_sentence_about_another_act_does_not_date_it() -> None:
    assert (
        dated(RAID_TAKEN_UP.replace("A a DET DT det 2\n    raid raid", "A a DET DT det 2\n    blast blast"), "blast")
        is None
    )
