"""Learn which words attribute, and to whom, from PolNeAR: `python -m training.attribution --data
../shared/data/polnear`.

Writes weights only, no text: `src/dragoman/reading/model/attribution.json`. PolNeAR marks outermost attributions
only, so cue words inside a marked content teach nothing and are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin, Token

from dragoman.language import analyse
from dragoman.reading.voices.cue_model import CueModel, Role, cue_key, role_features
from dragoman.reading.voices.cues import Argument, QuoteIndex, find_arguments
from dragoman.reading.voices.quotes import find_quotations
from dragoman.reading.voices.roles import Filled, fill_roles
from dragoman.reading.voices.surface import near_arguments

LOG = logging.getLogger(__name__)

MIN_FEATURE = 3
"""Times a feature must occur to get a weight."""
MIN_SHARE = 0.08
"""Share of its occurrences that must attribute for a word to be tried as a cue at all."""
ROLE_PENALTY, KEEP_PENALTY = 1.0, 0.5
"""Inverse strength of the L2 penalty."""
FAINTEST_ROLE, FAINTEST_KEEP = 0.25, 0.1
"""Weights below are left out: a fifth of the file, no loss on PolNeAR dev (2026-11-26)."""
THRESHOLD = 0.25
"""Likelihood from which a cue is kept; near the best F1 of whole attributions on PolNeAR dev (2026-11-26)."""


@dataclass(slots=True)
class Gold:
    """One marked attribution as token indices; `head` is the cue's syntactic head."""

    head: int
    source: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Page:
    """One article: its analysis, its quotations, and what is marked in it."""

    doc: Doc
    quotes: QuoteIndex
    golds: dict[int, Gold]
    inside: frozenset[int]


def read_rows(path: Path) -> Iterator[dict]:
    """The first annotator's row of every article."""
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["doc_id"] not in seen:
                seen.add(row["doc_id"])
                yield row


def analysed(rows: Sequence[dict], cache: Path) -> list[Doc]:
    """The articles' analyses, kept between runs."""
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        DocBin(docs=analyse((row["text"], ()) for row in rows)).to_disk(cache)
    return list(DocBin().from_disk(cache).get_docs(spacy.blank("en").vocab))


def to_page(row: dict, doc: Doc) -> Page:
    """Marked spans as tokens of the analysis."""
    golds = {}
    inside: set[int] = set()
    for marked in row["attributions"]:
        cue, source, content = (tokens_in(doc, marked[role]) for role in ("cue", "source", "content"))
        if cue and content:
            head = cue_head(doc, cue)
            golds[head] = Gold(head, source, content)
            inside |= content - cue
    for start, end in row["discard"]:
        inside |= tokens_in(doc, [[start, end]])
    return Page(doc, QuoteIndex.of(doc, find_quotations(doc.text)), golds, frozenset(inside))


def tokens_in(doc: Doc, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Tokens that hold a character of the spans, white space and punctuation apart."""
    found: set[int] = set()
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found |= {t.i for t in span}
    return frozenset(found)


def cue_head(doc: Doc, cue: frozenset[int]) -> int:
    """The word of a marked cue that the others hang on; a word rather than a mark."""
    tokens = [doc[i] for i in sorted(cue) if not doc[i].is_space]
    words = [t for t in tokens if not t.is_punct] or tokens
    tops = [t for t in words if t.head.i not in cue or t.head == t] or words
    return min(tops, key=lambda t: (t.pos_ not in ("VERB", "NOUN", "ADJ"), t.i)).i


def learn_shares(pages: Sequence[Page]) -> dict[str, float]:
    """How often each word attributes, where it stands outside other attributions' content."""
    total: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for page in pages:
        for token in page.doc:
            if token.i in page.golds:
                marked[cue_key(token)] += 1
                total[cue_key(token)] += 1
            elif token.i not in page.inside:
                total[cue_key(token)] += 1
    return {key: round(n / total[key], 3) for key, n in sorted(marked.items()) if n / total[key] >= MIN_SHARE}


def role_examples(page: Page) -> Iterator[tuple[list[str], Role]]:
    """Arguments of marked cues with the roles that the marks give them."""
    for gold in page.golds.values():
        cue = page.doc[gold.head]
        found = find_arguments(cue, page.quotes)
        arguments = (*found, *(near_arguments(cue) if cue.pos_ == "VERB" else ()))
        for argument, features in zip(arguments, role_features(cue, arguments, found), strict=True):
            yield features, true_role(argument, gold, page.doc)


def true_role(argument: Argument, gold: Gold, doc: Doc) -> Role:
    """The role whose marked words make up most of an argument."""
    tokens = {i for a, b in argument.pieces for i in range(a, b) if not doc[i].is_space and not doc[i].is_punct}
    if not tokens:
        return Role.NONE
    if argument.head.i in gold.source and len(tokens & gold.content) < 0.5 * len(tokens):
        return Role.SOURCE
    return Role.CONTENT if len(tokens & gold.content) >= 0.5 * len(tokens) else Role.NONE


class Design:
    """Feature names as columns; only those seen often enough."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        counts = Counter(feature for row in rows for feature in set(row))
        self.names = sorted(name for name, n in counts.items() if n >= MIN_FEATURE)
        self.columns = {name: i for i, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Sequence[str]]) -> csr_matrix:
        """One row an example, one column a feature."""
        indices = [[self.columns[f] for f in dict.fromkeys(row) if f in self.columns] for row in rows]
        pointers = np.cumsum([0, *map(len, indices)])
        flat = np.fromiter((i for row in indices for i in row), dtype=np.int32)
        return csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(rows), len(self.names)))


def fit_roles(examples: Sequence[tuple[list[str], Role]]) -> dict[str, tuple[float, float]]:
    """Weights of *source* and *content* against *neither*."""
    design = Design([features for features, _ in examples])
    model = LogisticRegression(C=ROLE_PENALTY, max_iter=120, fit_intercept=False)
    model.fit(design.matrix([features for features, _ in examples]), [int(role) for _, role in examples])
    source, content = (model.coef_[i] - model.coef_[0] for i in (1, 2))
    rows = zip(design.names, source.round(2), content.round(2), strict=True)
    return {name: (float(s), float(c)) for name, s, c in rows if abs(s) + abs(c) >= FAINTEST_ROLE}


def fit_keep(examples: Sequence[tuple[Sequence[str], bool]]) -> dict[str, float]:
    """Weights for whether a filled cue is a marked attribution."""
    design = Design([features for features, _ in examples])
    model = LogisticRegression(C=KEEP_PENALTY, max_iter=120, fit_intercept=False)
    model.fit(design.matrix([features for features, _ in examples]), [label for _, label in examples])
    rows = zip(design.names, model.coef_[0].round(2), strict=True)
    return {name: float(w) for name, w in rows if abs(w) >= FAINTEST_KEEP}


def fill(page: Page, model: CueModel) -> Iterator[tuple[Token, Filled]]:
    """All cue words of a page that may attribute, outside marked content, with their likeliest roles."""
    for token in page.doc:
        if token.i not in page.inside and cue_key(token) in model.shares:
            filled = fill_roles(token, model, page.quotes)
            if filled is not None:
                yield token, filled


def is_right(page: Page, filled: Filled) -> bool:
    """Whether a filled cue is marked, and its content and source share half of their words with what is marked."""
    gold = page.golds.get(filled.cue.i)
    return (
        gold is not None
        and share(page.doc, filled.content, gold.content) >= 0.5
        and share(page.doc, filled.source, gold.source) >= 0.5
    )


def share(doc: Doc, pieces: Iterable[tuple[int, int]], marked: frozenset[int]) -> float:
    """Jaccard similarity over words."""
    found = {i for a, b in pieces for i in range(a, b)}
    found, wanted = ({i for i in s if not doc[i].is_punct and not doc[i].is_space} for s in (found, marked))
    return len(found & wanted) / len(found | wanted) if found | wanted else 1.0


def train(pages: Sequence[Page]) -> CueModel:
    """Roles first; then, with roles filled by a model that has not seen the page, what to keep."""
    shares = learn_shares(pages)
    halves = [pages[::2], pages[1::2]]
    kept: list[tuple[Sequence[str], bool]] = []
    for seen, unseen in (halves, halves[::-1]):
        model = CueModel(shares, fit_roles([e for page in seen for e in role_examples(page)]), {})
        kept += [(filled.features, is_right(page, filled)) for page in unseen for _, filled in fill(page, model)]
    LOG.info("%d filled cues, %d right", len(kept), sum(label for _, label in kept))
    roles = fit_roles([e for page in pages for e in role_examples(page)])
    return CueModel(shares, roles, fit_keep(kept), THRESHOLD)


def write(model: CueModel, path: Path) -> None:
    """The weights, one feature a line, so that a change can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"threshold": model.threshold, "shares": model.shares, "roles": model.roles, "keep": model.keep}
    path.write_text(json.dumps(row, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    LOG.info("%s: %d cue words, %d + %d weights", path, len(model.shares), len(model.roles), len(model.keep))


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/dragoman/reading/model/attribution.json"))
    parser.add_argument("--work", type=Path, default=Path("build/attribution"))
    parser.add_argument("--articles", type=int, help="learn from the first so many only, to try something out")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    rows = list(read_rows(asked.data / "train.jsonl.gz"))[: asked.articles]
    pages = [to_page(row, doc) for row, doc in zip(rows, analysed(rows, asked.work / "train.spacy"), strict=True)]
    write(train(pages), asked.out)


if __name__ == "__main__":
    main()
