"""What reading relies on: offsets, masked furniture, sentences at paragraphs, sound trees, names."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from dragoman.language import analyse, load

NEWS = (
    "Kabul denies visas to envoys\n\n"
    "The Taliban's foreign minister met the Chinese ambassador in Kabul on Tuesday. "
    "He said the government would not recognise the agreement.\n\n"
    "The minister was criticised by the United Nations."
)


def read(text: str, furniture: tuple[tuple[int, int], ...] = ()) -> Doc:
    (doc,) = analyse([(text, furniture)])
    return doc


def find(doc: Doc, form: str) -> Token:
    return next(token for token in doc if token.text == form)


def sentences(doc: Doc) -> list[str]:
    return [sent.text.strip() for sent in doc.sents]


def is_tree(doc: Doc) -> bool:
    """Each sentence has one root, a word, and every word reaches it within the sentence."""
    for sent in doc.sents:
        roots = [token for token in sent if token.head.i == token.i]
        if len(roots) != 1 or any(token.head.i < sent.start or token.head.i >= sent.end for token in sent):
            return False
    return True


def test_load_gives_the_same_pipeline_each_time() -> None:
    assert load() is load()


def test_text_and_offsets_are_those_of_the_original() -> None:
    text = "  “Talks”\t resumed …\r\n\n\nin  Doha — and Zürich;\u00a0no one’s sure.\n \n"
    doc = read(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0", ".", "a"])
def test_texts_without_sentences_are_read(text: str) -> None:
    assert read(text).text == text


def test_furniture_is_blank_and_nothing_moves() -> None:
    text = NEWS.replace("\n\n", "\n\nSHARE THIS\n\n", 1)
    start = text.index("SHARE")
    doc = read(text, ((start, start + 10),))
    assert doc.text == text.replace("SHARE THIS", " " * 10)
    assert find(doc, "Taliban").idx == text.index("Taliban")


def test_line_breaks_inside_furniture_stay() -> None:
    assert read("He left.\nad\nad\nShe stayed.", ((9, 14),)).text == "He left.\n  \n  \nShe stayed."


def test_overlapping_and_overlong_furniture_is_masked_once() -> None:
    assert read("abc def ghi", ((4, 7), (5, 20))).text == "abc        "


def test_each_paragraph_begins_a_sentence() -> None:
    found = sentences(read(NEWS))
    assert found[0] == "Kabul denies visas to envoys"
    assert found[-1] == "The minister was criticised by the United Nations."
    assert len(found) == 4


def test_lines_broken_at_page_width_do_not_end_sentences() -> None:
    text = (
        "The foreign ministers of six neighbouring states will meet their Afghan\n"
        "counterpart in Tehran on Saturday to discuss trade and the border, the\n"
        "ministry said in a statement, and they will be joined by an envoy of the\n"
        "United Nations.\n"
    )
    assert len(sentences(read(text))) == 1


def test_lines_that_end_on_purpose_end_sentences() -> None:
    assert sentences(read("Talks open in Doha\nThe envoys met on Monday.\nThey left on Tuesday.")) == [
        "Talks open in Doha",
        "The envoys met on Monday.",
        "They left on Tuesday.",
    ]


def test_sentence_goes_on_across_furniture() -> None:
    text = "The envoys of six states met\n\nPAGE 2\n\nin Kabul on Monday."
    start = text.index("PAGE")
    assert len(sentences(read(text, ((start, start + 6),)))) == 1


def test_blanks_are_leaves_and_never_roots_or_sentence_starts() -> None:
    doc = read("\n\n" + NEWS + "  \n\n  \n")
    blanks = [token for token in doc if token.is_space]
    assert blanks
    for token in blanks:
        assert token.dep_ == "space"
        assert token.pos_ == "SPACE"
        assert not list(token.children)
        assert not token.head.is_space
        assert not token.ent_type_
        assert token.i == 0 or not token.is_sent_start


def test_every_sentence_is_a_tree_with_a_root_called_root() -> None:
    doc = read(NEWS)
    assert is_tree(doc)
    assert {sent.root.dep_ for sent in doc.sents} == {"root"}


def test_active_clause_has_subject_verb_object() -> None:
    doc = read("The Taliban minister met the Chinese ambassador in Kabul.")
    verb = find(doc, "met")
    assert verb.dep_ == "root"
    assert verb.pos_ == "VERB"
    assert verb.lemma_ == "meet"
    assert find(doc, "minister").dep_ == "nsubj"
    assert find(doc, "minister").head == verb
    assert find(doc, "ambassador").dep_ == "obj"
    assert find(doc, "ambassador").head == verb
    assert find(doc, "in").head == find(doc, "Kabul")


def test_passive_keeps_the_subtypes() -> None:
    doc = read("The envoys were arrested by the police.")
    assert find(doc, "envoys").dep_ == "nsubj:pass"
    assert find(doc, "were").dep_ == "aux:pass"
    assert find(doc, "police").dep_ == "obl:agent"


def test_reported_clause_hangs_on_the_verb_of_saying() -> None:
    doc = read("The spokesman said that the government had released the prisoners.")
    released = find(doc, "released")
    assert released.dep_ == "ccomp"
    assert released.head.text == "said"
    assert released.morph.get("VerbForm") == ["Part"]
    assert released.tag_ == "VBN"


def test_words_are_split_as_in_the_treebanks() -> None:
    doc = read("They can't say well-known anti-war U.S. envoys cannot leave!!!")
    assert [token.text for token in doc] == (
        "They ca n't say well - known anti-war U.S. envoys can not leave !!!".split()
    )
    assert find(doc, "n't").lemma_ == "not"
    assert [token.text for token in read("In 1969-1970, or since 9/11, 3/4 left (see 2024-11-22).")] == (
        "In 1969 - 1970 , or since 9/11 , 3 / 4 left ( see 2024-11-22 ) .".split()
    )


def test_names_are_labelled() -> None:
    doc = read("Angela Merkel met officials of the United Nations in Berlin.")
    assert {(ent.text, ent.label_) for ent in doc.ents} == {
        ("Angela Merkel", "PERSON"),
        ("United Nations", "ORG"),
        ("Berlin", "PLACE"),
    }


def test_no_other_labels() -> None:
    kinds = {label.partition("-")[2] for label in load().encoder.labels["name"]}
    assert kinds == {"", "PERSON", "ORG", "PLACE", "EVENT"}


def test_documents_come_back_in_order() -> None:
    texts = [(f"Envoy {number} arrived in Kabul.", ()) for number in range(7)]
    assert [doc[1].text for doc in analyse(texts)] == [str(number) for number in range(7)]


def test_a_text_is_read_the_same_whatever_stands_beside_it() -> None:
    alone = read(NEWS)
    (_, beside, _) = analyse([("Envoys of Peru left Lima. " * 30, ()), (NEWS, ()), ("They met.", ())])
    assert alone.to_json() == beside.to_json()
    assert (alone.tensor == beside.tensor).all()


def test_reading_twice_gives_the_same() -> None:
    first, second = read(NEWS), read(NEWS)
    assert [(t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in first] == [
        (t.tag_, t.dep_, t.head.i, t.lemma_, t.ent_type_) for t in second
    ]


def test_a_sentence_of_ten_thousand_words_is_read() -> None:
    text = "the envoys and " * 3_333 + "they left"
    doc = read(text)
    assert doc.text == text
    assert len(doc) == 10_001


def test_a_long_text_is_read_in_parts_and_put_together_exactly() -> None:
    text = (NEWS + "\n\n") * 300
    doc = read(text, ((0, 28),))
    assert doc.text == " " * 28 + text[28:]
    assert is_tree(doc)
    assert doc.ents[-1].text == "United Nations"


def test_a_long_text_without_a_single_blank_is_read() -> None:
    assert len(read("a" * 150_000).text) == 150_000
