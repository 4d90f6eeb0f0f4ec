"""Tagging, lemmas, syntax and sentences against a treebank, from raw text and from gold tokens and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from dragoman import language
from evaluation.conll18 import Score, score
from evaluation.treebank import Place, Tree, Word, read_conllu

_CLITICS = frozenset("'s 'm 're 've 'll 'd ' n't nt not na ta s m r".split())
"""What the treebanks write as one surface token with the word before it, when no blank stands between."""


def score_parsing(gold: Path) -> dict[str, dict[str, Score]]:
    """The CoNLL 2018 measures of the product on a CoNLL-U file: ``raw`` text, and ``gold`` tokens and sentences."""
    trees = read_conllu(gold)
    return {
        "raw": score(trees, parse_texts(tree.text for tree in trees)),
        "gold": score(trees, parse_words(trees)),
    }


def parse_texts(texts: Iterable[str]) -> Iterator[Tree]:
    """The product's analysis of raw texts."""
    return map(tree_of, language.analyse((text, ()) for text in texts))


def tree_of(doc: Doc) -> Tree:
    """A spaCy document as a tree. Blanks are no words; clitics join their host's surface token."""
    tokens = [token for token in doc if not token.is_space]
    numbers = {token.i: number for number, token in enumerate(tokens)}
    surface = _surface_tokens(tokens)
    words = tuple(
        _word(token, (group[0].idx, _end(group[-1])), len(group) > 1, numbers) for group in surface for token in group
    )
    starts = tuple(i for i, token in enumerate(tokens) if i == 0 or token.sent.start != tokens[i - 1].sent.start)
    ends = [start - 1 for start in (*starts[1:], len(tokens))]
    return Tree(
        id=doc.text[:20],
        text=doc.text,
        tokens=tuple((group[0].idx, _end(group[-1])) for group in surface),
        sentences=tuple((words[a].place[0], words[b].place[1]) for a, b in zip(starts, ends, strict=True)),
        words=words,
        sentence_starts=starts,
    )


def _end(token: Token) -> int:
    return int(token.idx) + len(token.text)


def _surface_tokens(tokens: list[Token]) -> list[list[Token]]:
    """Words in groups that the treebanks write as one surface token."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and _is_clitic(token, groups[-1][-1]):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _is_clitic(token: Token, before: Token) -> bool:
    joined = _end(before) == token.idx and before.text[-1].isalnum()
    return joined and token.pos_ != "PUNCT" and token.lower_.replace("’", "'").replace("`", "'") in _CLITICS


def _word(token: Token, place: Place, multiword: bool, numbers: dict[int, int]) -> Word:
    return Word(
        form=token.text,
        place=place,
        multiword=multiword,
        lemma=token.lemma_,
        upos=token.pos_,
        xpos=token.tag_,
        feats=str(token.morph),
        head=None if token.head == token else numbers.get(token.head.i),
        deprel=token.dep_,
    )


def parse_words(trees: list[Tree]) -> Iterator[Tree]:
    """The product's tags and syntax where words and sentences are given."""
    vocab = language.load().english.vocab
    for tree in trees:
        doc = _doc_of(tree, vocab)
        language.annotate(doc)
        words = tuple(
            replace(word, lemma=t.lemma_, upos=t.pos_, xpos=t.tag_, feats=str(t.morph), head=_head(t), deprel=t.dep_)
            for word, t in zip(tree.words, doc, strict=True)
        )
        yield replace(tree, words=words)


def _head(token: Token) -> int | None:
    return None if token.head == token else int(token.head.i)


def _doc_of(tree: Tree, vocab: Vocab) -> Doc:
    """Gold words as a document whose sentence boundaries are fixed."""
    spaces = [_has_space(tree, i) for i in range(len(tree.words))]
    starts = set(tree.sentence_starts)
    sentence_starts: list[bool | int | None] = [i in starts for i in range(len(tree.words))]
    return Doc(vocab, words=[w.form for w in tree.words], spaces=spaces, sent_starts=sentence_starts)


def _has_space(tree: Tree, i: int) -> bool:
    """Whether a blank follows a word: not inside a multiword token, else as the text has it."""
    place = tree.words[i].place
    if i + 1 < len(tree.words) and tree.words[i + 1].place == place:
        return False
    return tree.text[place[1] : place[1] + 1].isspace()
