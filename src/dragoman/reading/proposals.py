"""Proposals: what frames and patterns offer, and the scorer that decides which of them are reports.

A frame says what a sentence could assert; whether a careful coder would code it depends on more than its words. Each
proposal therefore carries features, and a logistic model learned from coded articles gives its probability.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from dragoman.record import Kind, Report


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report that the text may assert; ``trigger`` is the token that proposed it, ``slot`` what it competes for.

    Of several proposals in one slot (the readings of one trigger) the likeliest stays.
    """

    report: Report
    trigger: int
    slot: tuple[object, ...]
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Logistic models, one for each kind of report: weights by feature, a bias, and the threshold that keeps a proposal.

    Weights were learned from the coded articles that ``docs/model-card.md`` names; thresholds maximise F1 there.
    """

    weights: dict[str, dict[str, float]]
    thresholds: dict[str, float]

    def probability(self, proposal: Proposal) -> float:
        """How probable it is that a careful coder codes the proposal."""
        weights = self.weights.get(proposal.report.kind, {})
        total = weights.get("", 0.0)
        for feature in proposal.features:
            total += weights.get(feature, 0.0)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def threshold(self, kind: Kind) -> float:
        """The probability from which a proposal of the kind is a report."""
        return self.thresholds.get(kind, 0.5)


@lru_cache(maxsize=1)
def load_scorer() -> Scorer:
    """The scorer that ships with the package."""
    packed = resources.files("dragoman.reading").joinpath("model/scorer.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Scorer(data["weights"], data["thresholds"])


def choose(proposals: Iterable[Proposal], scorer: Scorer) -> list[Report]:
    """The proposals that are reports, with their confidence: the likeliest of each slot, if likely enough, each once."""
    best: dict[tuple[object, ...], tuple[float, Proposal]] = {}
    for proposal in proposals:
        score = scorer.probability(proposal)
        if score > best.get(proposal.slot, (0.0, proposal))[0]:
            best[proposal.slot] = (score, proposal)
    kept: dict[str, tuple[int, Report]] = {}
    for score, proposal in best.values():
        if score >= scorer.threshold(proposal.report.kind):
            report = replace(proposal.report, confidence=round(score, 4))
            kept.setdefault(report.id, (proposal.trigger, report))
    return [report for _, report in sorted(kept.values(), key=lambda pair: (pair[1].evidence.start, pair[0]))]
