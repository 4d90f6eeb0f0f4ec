"""The CoNLL 2018 definitions on hand-made trees whose scores can be counted on the fingers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.conll18 import METRICS, score
from evaluation.errors import GoldError
from evaluation.treebank import Tree, read_conllu

PLAIN = """\
# newdoc id = d1
# newpar id = d1-p1
# sent_id = 1
1\tEnvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar id = d1-p2
# sent_id = 2
1\tNobody\tnobody\tPRON\tNN\t_\t2\tnsubj\t_\t_
2\tspoke\tspeak\tVERB\tVBD\tTense=Past\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
MULTIWORD = """\
# newdoc id = d2
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_

"""


@pytest.fixture
def read(tmp_path: Path):
    def read_one(conllu: str) -> Tree:
        path = tmp_path / "gold.conllu"
        path.write_text(conllu, encoding="utf-8")
        (tree,) = read_conllu(path)
        return tree

    return read_one


def test_text_has_blank_line_between_paragraphs_and_no_blank_before_the_stop(read) -> None:
    assert read(PLAIN).text == "Envoys met.\n\nNobody spoke."
    assert read(MULTIWORD).text == "They didn't go"


@pytest.mark.parametrize("conllu", [PLAIN, MULTIWORD])
def test_same_tree_scores_one_everywhere(read, conllu: str) -> None:
    tree = read(conllu)
    assert {name: s.f1 for name, s in score([tree], [tree]).items()} == dict.fromkeys(METRICS, 1.0)


def test_wrong_head_costs_attachment_only(read) -> None:
    gold = read(PLAIN)
    words = list(gold.words)
    words[0] = replace(words[0], head=2)
    scores = score([gold], [replace(gold, words=tuple(words))])
    assert scores["UPOS"].f1 == 1
    assert scores["UAS"].f1 == scores["LAS"].f1 == pytest.approx(5 / 6)
    assert scores["CLAS"].f1 == pytest.approx(3 / 4)  # punctuation is no content word


def test_wrong_label_costs_las_and_not_uas_and_subtypes_cost_nothing(read) -> None:
    gold = read(PLAIN)
    wrong = replace(gold, words=(replace(gold.words[0], deprel="obj"), *gold.words[1:]))
    subtype = replace(gold, words=(replace(gold.words[0], deprel="nsubj:pass"), *gold.words[1:]))
    assert score([gold], [wrong])["LAS"].f1 == pytest.approx(5 / 6)
    assert score([gold], [wrong])["UAS"].f1 == 1
    assert score([gold], [subtype])["LAS"].f1 == 1


def test_missed_sentence_split_loses_both_sentences_and_keeps_words(read) -> None:
    gold = read(PLAIN)
    joined = replace(gold, sentences=((gold.sentences[0][0], gold.sentences[1][1]),), sentence_starts=(0,))
    scores = score([gold], [joined])
    assert (scores["Sentences"].correct, scores["Sentences"].gold, scores["Sentences"].predicted) == (0, 2, 1)
    assert scores["Words"].f1 == 1


def test_unsplit_multiword_token_keeps_token_and_loses_its_words(read) -> None:
    gold = read(MULTIWORD)
    whole = replace(gold.words[1], form="didn't", multiword=False, lemma="do")
    words = (replace(gold.words[0], head=2), whole, replace(gold.words[3], head=None))
    scores = score([gold], [replace(gold, words=words)])
    assert scores["Tokens"].f1 == 1
    assert (scores["Words"].correct, scores["Words"].gold, scores["Words"].predicted) == (2, 4, 3)


def test_words_of_a_multiword_token_align_by_form_though_the_prediction_has_no_such_token(read) -> None:
    gold = read(MULTIWORD)
    start, end = gold.words[1].place
    did = replace(gold.words[1], place=(start, start + 3), multiword=False)
    not_ = replace(gold.words[2], place=(start + 3, end), multiword=False)
    predicted = replace(
        gold,
        words=(gold.words[0], did, not_, gold.words[3]),
        tokens=(gold.tokens[0], did.place, not_.place, gold.tokens[2]),
    )
    scores = score([gold], [predicted])
    assert scores["Words"].f1 == scores["LAS"].f1 == 1
    assert (scores["Tokens"].correct, scores["Tokens"].gold, scores["Tokens"].predicted) == (2, 3, 4)


def test_lost_function_word_costs_mlas_of_its_head(read) -> None:
    gold = read(MULTIWORD)
    words = (gold.words[0], replace(gold.words[1], head=0), *gold.words[2:])
    scores = score([gold], [replace(gold, words=words)])
    assert scores["CLAS"].f1 == 1
    assert scores["MLAS"].f1 == pytest.approx(1 / 3)  # They gains an aux, go loses it; n't stays right


def test_features_of_a_language_alone_do_not_count(read) -> None:
    gold = read(PLAIN)
    richer = replace(gold, words=(replace(gold.words[0], feats="Number=Plur|Style=Coll"), *gold.words[1:]))
    assert score([gold], [richer])["UFeats"].f1 == 1


def test_any_lemma_is_right_where_gold_has_none(read) -> None:
    gold = read(PLAIN)
    silent = replace(gold, words=(replace(gold.words[0], lemma="_"), *gold.words[1:]))
    assert score([silent], [gold])["Lemmas"].f1 == 1
    assert score([gold], [silent])["Lemmas"].f1 == pytest.approx(5 / 6)


def test_different_texts_are_refused(read) -> None:
    with pytest.raises(GoldError, match="same text"):
        score([read(PLAIN)], [read(MULTIWORD)])
