"""Quick scores during training: raw text in, aligned by characters, as in the CoNLL 2018 task and for names by span."""

from __future__ import annotations

import time
from collections.abc import Iterable

from spacy.tokens import Doc

from training.treebank import TreebankDoc


class Tally:
    """Counts of right, found and wanted things."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def add(self, found: set[object], wanted: set[object]) -> None:
        """Count one document."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        return 200 * self.right / max(1, self.found + self.wanted)


def score(pairs: Iterable[tuple[TreebankDoc, Doc]]) -> dict[str, float]:
    """F1 of words, sentences, tags, lemmas, heads and labels (universal part), and names by span and label."""
    tallies: dict[str, Tally] = {}

    def add(name: str, found: Iterable[object], wanted: Iterable[object]) -> None:
        tallies.setdefault(name, Tally()).add(set(found), set(wanted))

    for gold, doc in pairs:
        tokens = [t for t in doc if not t.is_space]
        span = {t.i: (t.idx, t.idx + len(t)) for t in doc}
        gold_span = [(w.start, w.end) for w in gold.words]
        roots = (-1, -1)
        add("words", span_set(tokens), gold_span)
        found_sents = []
        for sent in doc.sents if doc.has_annotation("SENT_START") else ():
            inside = [t for t in sent if not t.is_space]
            if inside:
                found_sents.append((inside[0].idx, inside[-1].idx + len(inside[-1])))
        add("sents", found_sents, [(gold.words[a].start, gold.words[b - 1].end) for a, b in gold.sents])
        for name, of_token, of_word in (
            ("upos", lambda t: t.pos_, lambda w: w.upos),
            ("xpos", lambda t: t.tag_, lambda w: w.tag),
            ("feats", lambda t: str(t.morph) or "_", lambda w: w.morph),
            ("lemma", lambda t: t.lemma_, lambda w: w.lemma),
        ):
            add(
                name,
                [(span[t.i], of_token(t)) for t in tokens],
                [(s, of_word(w)) for s, w in zip(gold_span, gold.words, strict=True)],
            )
        heads = [(span[t.i], roots if t.head is t or t.head == t else span[t.head.i], t.dep_) for t in tokens]
        gold_heads = [
            (s, roots if w.head == i else gold_span[w.head], w.dep)
            for i, (s, w) in enumerate(zip(gold_span, gold.words, strict=True))
        ]
        add("uas", [h[:2] for h in heads], [h[:2] for h in gold_heads])
        add("las", [universal(h) for h in heads], [universal(h) for h in gold_heads])
        add("las+", [(*h[:2], h[2].lower()) for h in heads], gold_heads)
        if gold.names is not None:
            found = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
            wanted = [(n.start, n.end, n.label) for n in gold.names]
            add("names", [f for f in found if f[2] != "EVENT"], [w for w in wanted if w[2] != "EVENT"])
            for label in ("PERSON", "ORG", "PLACE", "EVENT"):
                add(label, [f for f in found if f[2] == label], [w for w in wanted if w[2] == label])
    return {name: round(tally.f1, 2) for name, tally in tallies.items()}


def span_set(tokens: list[object]) -> list[tuple[int, int]]:
    """Half-open character spans of tokens."""
    return [(t.idx, t.idx + len(t)) for t in tokens]  # type: ignore[attr-defined]


def universal(arc: tuple[object, object, str]) -> tuple[object, object, str]:
    """The arc with its label's universal part only."""
    return arc[0], arc[1], arc[2].split(":")[0].lower()


def score_pipeline(nlp: object, docs: list[TreebankDoc]) -> dict[str, float]:
    """Scores of a pipeline on documents, and its words a second."""
    begun = time.process_time()
    made = list(nlp.pipe((doc.text for doc in docs), batch_size=32))  # type: ignore[attr-defined]
    spent = time.process_time() - begun
    found = score(zip(docs, made, strict=True))
    found["words_per_second"] = round(sum(len(doc.words) for doc in docs) / spent)
    return found
