"""Does confidence mean what it says: of ten reports with confidence 0.8, does a careful coder have eight too?

What counts as right is decided by the matching of the shared scorer of reports.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Literal

from dragoman.record import Reading
from evaluation.corpus import Corpus
from evaluation.errors import ScorerError

BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """One predicted report: how sure the reader was, and whether it was found and right in gold."""

    confidence: float
    found: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The reports whose confidence lies in ``[low, low + 0.1)``: how many, mean confidence, shares found and right."""

    low: float
    count: int
    confidence: float
    found: float
    right: float


def score_calibration(corpus: Corpus, readings: Iterable[Reading], *, tools: Path) -> list[Outcome]:
    """The outcome of every predicted report of a corpus."""
    scorer = _load_scorer(tools / "score_reports.py")
    golds = {article.name: article.gold for article in corpus.articles}
    return [outcome for r in readings for outcome in _outcomes(scorer, golds[r.document.id], r)]


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reports", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise ScorerError(f"the scorer {path} is not there; give the folder that holds it with --tools")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _outcomes(scorer: ModuleType, gold_path: Path, reading: Reading) -> Iterator[Outcome]:
    name = reading.document.id
    with TemporaryDirectory() as folder:
        path = Path(folder, "predicted.jsonl")
        path.write_text(reading.to_jsonl(), encoding="utf-8")
        predicted = scorer.load(path).get(name, scorer.Document(name))
    gold = scorer.load(gold_path)[name]
    names = scorer.Names(gold, predicted)
    for kind in scorer.KINDS:
        golds = [row for row in gold.reports if row["kind"] == kind]
        rows = [row for row in predicted.reports if row["kind"] == kind]
        facts = {j: facts for _, j, facts in scorer.match(kind, golds, rows, names)}
        for j, row in enumerate(rows):
            yield Outcome(row["confidence"], j in facts, j in facts and facts[j]["right"])


def bins(outcomes: Iterable[Outcome]) -> list[Bin]:
    """Ten bins of equal width; empty ones are left out."""
    groups: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(min(int(outcome.confidence * BINS), BINS - 1), []).append(outcome)
    return [_bin(i / BINS, group) for i, group in sorted(groups.items())]


def _bin(low: float, group: Sequence[Outcome]) -> Bin:
    n = len(group)
    return Bin(
        low,
        n,
        sum(o.confidence for o in group) / n,
        sum(o.found for o in group) / n,
        sum(o.right for o in group) / n,
    )


def expected_error(rows: Sequence[Bin], *, of: Literal["found", "right"] = "right") -> float:
    """Expected calibration error: the mean gap between confidence and the share right (or found), weighted by bin."""
    total = sum(row.count for row in rows)
    gaps = (row.count * abs(row.confidence - (row.right if of == "right" else row.found)) for row in rows)
    return sum(gaps) / total if total else 0.0
