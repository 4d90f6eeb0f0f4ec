"""The scorer: logistic models learned from coded articles, which decide what the frames only propose."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import repeat


@dataclass(frozen=True, slots=True)
class Scorer:
    """Logistic models by name: weights by feature (the bias under the empty name), and the threshold that says yes.

    Models are named after what they decide: ``event`` whether a proposal is a report, ``event/source`` whether an actor
    is the source. Weights and thresholds were learned on the articles that ``docs/model-card.md`` names.
    """

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def probability(self, model: str, features: Iterable[str]) -> float:
        """How probable a yes is; one half where there is no such model."""
        weights = self.weights.get(model, {})
        total = sum(map(weights.get, features, repeat(0.0)), weights.get("", 0.0))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def load_scorer() -> Scorer:
    """The scorer that ships with the package."""
    packed = resources.files("dragoman.reading").joinpath("model/scorer.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Scorer(data["weights"], data["thresholds"])
