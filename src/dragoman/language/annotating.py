"""From the encoder's scores to an annotated ``Doc``: sentences, tags, lemmas, trees, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc

from dragoman.language.encoder import Encoder, Scores
from dragoman.language.lemmas import LemmaTable, apply_script
from dragoman.language.names import decode_names
from dragoman.language.trees import best_tree
from dragoman.language.windows import Window, cut_windows

_ATTRIBUTES = (TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE)
_COLUMN = {attribute: n for n, attribute in enumerate(_ATTRIBUTES)}


class Annotator:
    """Sets all annotation on a tokenised document."""

    def __init__(self, encoder: Encoder, lemmas: LemmaTable, english: Language) -> None:
        self.encoder, self.lemmas, self.english = encoder, lemmas, english
        self.strings = strings = english.vocab.strings
        self.numbers = {
            tag: np.array([strings.add(label) for label in encoder.labels[tag]], np.uint64) for tag in ("xpos", "dep")
        }
        self.numbers["upos"] = np.array([IDS[label] for label in encoder.labels["upos"]], np.uint64)
        morphs = [("" if label == "_" else label) for label in encoder.labels["feats"]]
        self.numbers["feats"] = np.array([english.vocab.morphology.add(label) for label in morphs], np.uint64)
        self.lemma_number = lru_cache(maxsize=200_000)(self._lemma_number)
        self.fixed = {name: strings.add(name) for name in ("root", "space", "_SP", "PERSON", "ORG", "PLACE", "EVENT")}

    def annotate(self, doc: Doc) -> None:
        """Annotate a document in place; a sentence start that is settled before (true or false) stays."""
        cut = self.encoder.vocabulary.cut
        table = np.zeros((len(doc), len(_ATTRIBUTES)), dtype=np.uint64)
        heads = np.arange(len(doc), dtype=np.int64)
        width = self.encoder.weights["pair_dep.dep.weight"].shape[1]
        states = np.zeros((len(doc), 2 * width), dtype=np.float16)
        table[:, _COLUMN[ENT_IOB]] = 2
        for window in cut_windows(doc, [cut(t.text) for t in doc]):
            words, found = np.array(window.words), self.encoder.read(window)
            states[words, :width], states[words, width:] = found.states[1:], found.lower
            self._tag(words, window.forms, found, table)
            bounds = list(_sentences(window, found.begin))
            self._attach(words, found, bounds, heads, table)
            self._name(words, found, bounds, table)
        self._settle_blanks(doc, heads, table)
        table[:, _COLUMN[HEAD]] = (heads - np.arange(len(doc))).view(np.uint64)
        if len(doc):
            doc.from_array(list(_ATTRIBUTES), table)  # type: ignore[arg-type]
        doc.tensor = states

    def _tag(self, words: np.ndarray, forms: Sequence[str], scores: Scores, table: np.ndarray) -> None:
        for attribute, tag in ((TAG, "xpos"), (POS, "upos"), (MORPH, "feats")):
            table[words, _COLUMN[attribute]] = self.numbers[tag][scores.tags[tag]]
        tags, scripts = self.encoder.labels["xpos"], self.encoder.labels["lemma"]
        table[words, _COLUMN[LEMMA]] = [
            self.lemma_number(form, tags[tag], scripts[script])
            for form, tag, script in zip(forms, scores.tags["xpos"], scores.tags["lemma"], strict=True)
        ]

    def _lemma_number(self, form: str, tag: str, script: str) -> int:
        lemma = self.lemmas.lemma_of(form, tag) or apply_script(form, script)
        number: int = self.strings.add(lemma)
        return number

    def _attach(
        self, words: np.ndarray, scores: Scores, bounds: Sequence[tuple[int, int]], heads: np.ndarray, table: np.ndarray
    ) -> None:
        """Heads and labels, sentence by sentence."""
        below, above = [], []
        for start, end in bounds:
            columns = np.append(0, np.arange(start + 1, end + 1))
            found = best_tree(scores.arcs[start:end, columns])
            own = np.arange(start, end)
            heads[words[own]] = words[np.where(found == 0, own, start + found - 1)]
            below.append(own + 1)
            above.append(np.where(found == 0, 0, start + found))
        deps, places = np.concatenate(below), np.concatenate(above)
        found = self.encoder.pairs("dep", scores.states[deps], scores.states[places])
        root = self.encoder.labels["dep"].index("root")
        found[:, root] = np.where(places == 0, np.inf, -np.inf)
        table[words[deps - 1], _COLUMN[DEP]] = self.numbers["dep"][found.argmax(1)]

    def _name(self, words: np.ndarray, scores: Scores, bounds: Sequence[tuple[int, int]], table: np.ndarray) -> None:
        """Names as IOB codes (3 begins, 1 goes on, 2 is outside) and types."""
        labels = self.encoder.labels["name"]
        for start, end in bounds:
            for first, last, label in decode_names(scores.names[start:end], labels):
                inside = slice(int(words[start + first]), int(words[start + last - 1]) + 1)
                table[inside, _COLUMN[ENT_IOB]] = 1
                table[inside.start, _COLUMN[ENT_IOB]] = 3
                table[inside, _COLUMN[ENT_TYPE]] = self.fixed[label]

    def _settle_blanks(self, doc: Doc, heads: np.ndarray, table: np.ndarray) -> None:
        """Blanks hang on the word before them (the first ones on the first word), or on each other if there is none."""
        blanks = np.array([t.i for t in doc if t.is_space], dtype=np.int64)
        if not len(blanks):
            return
        words = np.setdiff1d(np.arange(len(doc)), blanks)
        if len(words):
            heads[blanks] = words[np.maximum(np.searchsorted(words, blanks) - 1, 0)]
            table[blanks, _COLUMN[DEP]] = self.fixed["space"]
        else:
            heads[:] = 0
            table[0, _COLUMN[DEP]] = self.fixed["root"]
            table[1:, _COLUMN[DEP]] = self.fixed["space"]
        table[blanks, _COLUMN[TAG]] = self.fixed["_SP"]
        table[blanks, _COLUMN[POS]] = IDS["SPACE"]
        table[blanks, _COLUMN[LEMMA]] = [self.strings.add(doc[int(i)].text) for i in blanks]


def _sentences(window: Window, begin: np.ndarray) -> Iterator[tuple[int, int]]:
    """Half-open bounds of the window's sentences: what is settled before goes before what the encoder finds."""
    starts = [0]
    for i in range(1, len(window.words)):
        settled = window.begins[i]
        if settled if settled is not None else begin[i] > 0:
            starts.append(i)
    yield from zip(starts, [*starts[1:], len(window.words)], strict=True)
