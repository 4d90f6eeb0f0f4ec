"""Train the pronoun ranker on GUM's coreference: python -m training.coreference --data DIR [--names CSV] --out JSON.

Genres whose texts allow commercial use only. ``--names`` is the US Social Security Administration's table of given
names (public domain), columns first_name, sex, count, gzip or plain; names of one gender in nineteen of twenty bearers
are kept.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from dragoman.knowledge import Pack, load_pack
from dragoman.language import analyse
from dragoman.reading.actors.antecedent_features import History, features
from dragoman.reading.actors.coreference import Ranker, candidates, load_ranker
from dragoman.reading.actors.finding import find_cast
from dragoman.reading.actors.phrases import Nature, Phrase
from training.treebank import TreebankDoc, add_gum_names, read_treebank

GENRES = ("academic", "bio", "court", "interview", "news", "voyage")

TITLES = {
    "he": "mr sir lord king prince mr. sir. lord. king. prince. duke count baron emperor sheikh shah man boy father "
    "son brother husband uncle nephew grandfather grandson gentleman guy monk actor widower boyfriend schoolboy",
    "she": "mrs ms miss lady queen princess mrs. ms. miss. lady. queen. princess. dame dame. duchess countess baroness "
    "empress woman girl mother daughter sister wife aunt niece grandmother granddaughter actress widow girlfriend "
    "schoolgirl nun mum mom",
}


@dataclass(slots=True)
class Case:
    """One pronoun to learn from: the features of each option, and which options are right."""

    options: list[list[str]]
    right: list[bool]


@dataclass(slots=True)
class Sample:
    """An analysed document with people's chains: character -> (chain, type) of the mention headed there."""

    doc: Doc
    starts: list[int]
    chains: dict[int, Any]


def make_doc(vocab: spacy.Vocab, source: TreebankDoc) -> Doc:
    """The treebank's analysis as the pipeline would hand it on."""
    words = source.words
    starts = {s for s, _ in source.sents}
    doc = Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[not a.end == b.start for a, b in pairwise(words)] + [False],
        tags=[w.tag for w in words],
        pos=[w.upos for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head for w in words],
        deps=[w.dep for w in words],
        sent_starts=[i in starts for i in range(len(words))],
    )
    at = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    marked = [(at.get(n.start), ends.get(n.end), n.label) for n in source.names or ()]
    spans = [Span(doc, a, b, label=label) for a, b, label in marked if a is not None and b is not None and a < b]
    doc.ents = filter_spans(spans)
    return doc


def read_chains(path: Path) -> dict[str, dict[int, Any]]:
    """For each document, the chain and type of the mention headed at a character (the widest one)."""
    found: dict[str, dict[int, Any]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            heads: dict[int, Any] = {}
            for m in sorted(record["mentions"], key=lambda m: m["start"] - m["end"]):
                heads.setdefault(m["head"][0], (m["cluster"], m["type"]))
            found[record["doc_id"]] = heads
    return found


def learn_beings(samples: list[Sample]) -> dict[str, str]:
    """The usual sort of being of each common noun that is seen twice or more."""
    sorts = {"person": "person", "organization": "organization", "place": "place"}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sample in samples:
        for token, start in zip(sample.doc, sample.starts, strict=True):
            mention = sample.chains.get(start)
            if mention and token.pos_ == "NOUN":
                votes[token.lemma_.lower()][sorts.get(mention[1], "other")] += 1
    beings = {}
    for lemma, counts in votes.items():
        being, most = counts.most_common(1)[0]
        if sum(counts.values()) >= 2 and most / sum(counts.values()) >= 0.6:
            beings[lemma] = being
    return beings | {name.lower(): "other" for name in (*calendar.day_name, *calendar.month_name[1:])}


def learn_names(path: Path, least: int) -> dict[str, str]:
    """Given names that nearly always belong to one gender."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: {"m": 0.0, "f": 0.0})
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        for row in csv.DictReader(lines):
            if row["count"]:
                counts[row["first_name"].lower()][row["sex"].lower()] += float(row["count"])
    found = {}
    for name, by in counts.items():
        total, most = by["m"] + by["f"], max(by.values())
        if total >= least and most / total > 0.95 and name.isalpha():
            found[f"={name}"] = "he" if by["m"] == most else "she"
    return found


class Teacher:
    """Resolves a document's pronouns as people did, and notes what there was to choose from."""

    def __init__(self, sample: Sample, nature: Nature) -> None:
        self._sample, self.nature = sample, nature
        self.cases: list[Case] = []

    def antecedent(self, doc: Doc, phrases: Sequence[Phrase], place: int, history: History) -> Phrase | None:
        chain = self._chain(phrases[place])
        options = candidates(doc, phrases, place, history)
        right = [chain is not None and self._chain(option) == chain for option in options]
        if not any(right):
            return None
        self.cases.append(Case(list(features(doc, phrases[place], options, history)), right))
        return options[right.index(True)]

    def _chain(self, phrase: Phrase) -> str | None:
        chain: str | None = self._sample.chains.get(self._sample.starts[phrase.head], (None,))[0]
        return chain


def find_cases(sample: Sample, nature: Nature, pack: Pack) -> list[Case]:
    """The pronouns of a document that have an antecedent among their options."""
    teacher = Teacher(sample, nature)
    find_cast(sample.doc, pack, resolver=teacher)
    return teacher.cases


def fit(cases: list[Case], *, penalty: float, rounds: int) -> dict[str, float]:
    """Weights that make right options likely among all (marginal log-likelihood, L2 penalty, Adam)."""
    counts = Counter(name for case in cases for option in case.options for name in set(option))
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= 3))}
    flat = [[index[n] for n in option if n in index] for case in cases for option in case.options]
    rows = np.repeat(np.arange(len(flat)), [len(f) for f in flat])
    columns = np.concatenate([np.array(f, dtype=np.int64) for f in flat])
    groups = np.repeat(np.arange(len(cases)), [len(c.options) for c in cases])
    right = np.array([r for c in cases for r in c.right])
    starts = np.concatenate([[0], np.cumsum([len(c.options) for c in cases])[:-1]])
    weights = np.zeros(len(index))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        scores = np.bincount(rows, weights[columns], len(flat))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
        every = scores / np.add.reduceat(scores, starts)[groups]
        good = np.where(right, scores, 0.0)
        good = good / np.add.reduceat(good, starts)[groups]
        gradient = np.bincount(columns, (every - good)[rows], len(weights)) / len(cases) + penalty * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[i]), 3) for name, i in index.items() if abs(weights[i]) >= 0.005}


class Examiner:
    """Lets a ranker resolve a document's pronouns, and counts by pronoun how many go to the right chain, of those that
    people put in a chain with something before it."""

    def __init__(self, sample: Sample, ranker: Ranker) -> None:
        self._sample, self._ranker, self.nature = sample, ranker, ranker.nature
        self.hits: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()

    def antecedent(self, doc: Doc, phrases: Sequence[Phrase], place: int, history: History) -> Phrase | None:
        found = self._ranker.antecedent(doc, phrases, place, history)
        chain, kind = self._chain(phrases[place]), phrases[place].article
        if chain is not None and any(self._chain(p) == chain for p in phrases[:place]):
            self.totals[kind] += 1
            self.hits[kind] += found is not None and self._chain(found) == chain
        return found

    def _chain(self, phrase: Phrase) -> str | None:
        chain: str | None = self._sample.chains.get(self._sample.starts[phrase.head], (None,))[0]
        return chain


def evaluate(samples: list[Sample], ranker: Ranker, pack: Pack) -> dict[str, tuple[int, int]]:
    """Right and all pronouns by kind."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for sample in samples:
        examiner = Examiner(sample, ranker)
        find_cast(sample.doc, pack, resolver=examiner)
        hits.update(examiner.hits)
        totals.update(examiner.totals)
    return {kind: (hits[kind], totals[kind]) for kind in totals}


def load_treebank(data: Path, part: str, genres: tuple[str, ...] | None) -> list[Sample]:
    """Documents of GUM as people analysed them."""
    sources = [
        d for d in read_treebank(data / f"{part}.conllu.gz") if genres is None or d.doc_id.split("_")[1] in genres
    ]
    add_gum_names(sources, data / f"{part}.jsonl.gz")
    chains = read_chains(data / f"{part}.jsonl.gz")
    vocab = spacy.blank("en").vocab
    return [Sample(make_doc(vocab, s), [w.start for w in s.words], chains[s.doc_id]) for s in sources]


def load_parsed(data: Path, part: str, genres: tuple[str, ...] | None) -> list[Sample]:
    """Documents of GUM as the shipped pipeline analyses them, which is what the ranker meets."""
    chains = read_chains(data / f"{part}.jsonl.gz")
    with gzip.open(data / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [r for r in map(json.loads, lines) if genres is None or r["genre"] in genres]
    samples = []
    for record, doc in zip(records, analyse((r["text"], ()) for r in records), strict=True):
        samples.append(Sample(doc, [t.idx for t in doc], chains[record["doc_id"]]))
    return samples


def pack_words(words: dict[str, str]) -> dict[str, str]:
    """Words gathered by what they tell, as blank-separated strings: short, and easy to read in a diff."""
    gathered: dict[str, list[str]] = defaultdict(list)
    for word, told in sorted(words.items()):
        gathered[told].append(word)
    return {told: " ".join(found) for told, found in sorted(gathered.items())}


def main() -> None:
    """Train, say how well on dev, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of GUM: {train,dev}.{conllu,jsonl}.gz")
    parser.add_argument("--names", type=Path, help="table of given names; those of the shipped ranker when left out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=0.001)
    parser.add_argument("--rounds", type=int, default=300)
    args = parser.parse_args()
    train = load_treebank(args.data, "train", GENRES)
    beings = learn_beings(train)
    genders = {word: gender for gender, words in TITLES.items() for word in words.split()}
    given = learn_names(args.names, least=1000) if args.names else load_ranker().nature.genders
    genders |= {name: gender for name, gender in given.items() if name.startswith("=")}
    pack = load_pack()
    speech = frozenset(word for word in pack.words["say"] if " " not in word)
    nature = Nature(beings, genders, speech)
    train += load_parsed(args.data, "train", GENRES)
    cases = [case for sample in train for case in find_cases(sample, nature, pack)]
    ranker = Ranker(fit(cases, penalty=args.penalty, rounds=args.rounds), nature)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    packed = {
        "beings": pack_words(beings),
        "genders": pack_words(genders),
        "speech": " ".join(sorted(speech)),
        "weights": ranker.weights,
    }
    args.out.write_text(json.dumps(packed, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    for name, genres in _TESTED:
        for how, load in (("by people", load_treebank), ("by the pipeline", load_parsed)):
            found = evaluate(load(args.data, "dev", genres), ranker, pack)
            hits, totals = sum(h for h, _ in found.values()), sum(t for _, t in found.values())
            print(f"dev, {name}, analysed {how}: {hits / totals:.3f} of {totals}", found)  # noqa: T201


_TESTED = (("same genres", GENRES), ("news, bio, interview", ("news", "bio", "interview")), ("all genres", None))


if __name__ == "__main__":
    main()
