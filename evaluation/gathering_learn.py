"""The weights of likeness, learned: ECB+'s train part and the build half of the scenes, kept near a first guess.

    python -m evaluation gathering --learn ../shared/data/ecbplus/train.jsonl.gz

ECB+ mentions have no types, dates, parties known to a pack, or places, so it settles the weights of words; the scenes
settle the rest. They are few, so that weights stay near ``PRIOR``, which was set by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dragoman.reconcile import likeness
from dragoman.reconcile.likeness import evidence, is_contradictory, load_weights
from dragoman.reconcile.tellings import Telling
from evaluation.coreference import analyse_rows, load_rows, tellings_by_subtopic
from evaluation.gathering import load_scenes

PRIOR: Mapping[str, float] = {
    "bias": -2.0,
    "setting": 0.0,
    "same type": 0.5,
    "related types": -0.5,
    "all parties": 1.5,
    "parties in part": -4.0,
    "the one party": 0.5,
    "no parties": -0.5,
    "unnamed parties": -0.5,
    "unnamed parties, no day": -1.5,
    "same day": 1.5,
    "days apart": -0.3,
    "same week": 0.8,
    "same month": 0.3,
    "same period": 0.3,
    "roles reversed": -3.0,
    "wide dates": -0.7,
    "no date told": -0.3,
    "no date": -1.0,
    "same place": 1.0,
    "one place within the other": 0.7,
    "two places of one country": -2.0,
    "other place": -0.6,
    "same killed": 1.5,
    "other killed": -0.5,
    "same injured": 1.0,
    "other injured": -0.3,
    "other standing": -0.3,
    "told twice in one document": -2.5,
    "the one party, undated": -1.5,
    "same word": 1.5,
    "related word": 1.2,
    "alike word": 1.0,
    "other word for one type": -0.5,
    "same source": 0.5,
    "other source": -1.2,
    "same target": 0.8,
    "other target": -1.5,
    "same party": 0.5,
    "other party": -1.5,
    "words around": 2.0,
}
"""What each piece of evidence was thought to weigh before any data, in log odds; all else 0."""

PULL = 10.0
"""How strongly weights are held to the first guess: so many times half their squared distance is added to the loss."""
SCENE_WEIGHT = 10.0
"""A pair of the scenes counts as many of ECB+, which has far more."""

Pairs = Sequence[tuple[Telling, Telling, bool]]


def pairs_of(groups: Sequence[Sequence[tuple[Telling, str]]]) -> list[tuple[Telling, Telling, bool]]:
    """The pairs within each group, unless they contradict, and whether the two are of one happening."""
    return [
        (a, b, one == other)
        for group in groups
        for (a, one), (b, other) in combinations(group, 2)
        if not is_contradictory(a, b)
    ]


def learn(ecb: Pairs, scenes: Pairs) -> dict[str, float]:
    """Weights by name, rounded to two places."""
    rows = [evidence(a, b) | {"setting": 1.0, "bias": 1.0} for a, b, _ in ecb]
    rows += [evidence(a, b) | {"bias": 1.0} for a, b, _ in scenes]
    names = sorted({name for row in rows for name in row} | set(PRIOR))
    place = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)), dtype=np.float32)
    for n, row in enumerate(rows):
        for name, value in row.items():
            table[n, place[name]] = value
    sign = np.array([1.0 if same else -1.0 for *_, same in [*ecb, *scenes]])
    count = np.array([1.0] * len(ecb) + [SCENE_WEIGHT] * len(scenes))
    prior = np.array([PRIOR.get(name, 0.0) for name in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ weights)
        slope = -count * sign / (1 + np.exp(margin))
        value = float(count @ np.logaddexp(0, -margin)) + PULL / 2 * float(((weights - prior) ** 2).sum())
        return value, table.T @ slope + PULL * (weights - prior)

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True)}


def write_weights(train: Path) -> None:
    """Learn the weights from ECB+'s train part and the build half, and write them where likeness reads them."""
    rows = load_rows(train)
    subtopics = tellings_by_subtopic(rows, analyse_rows(rows))
    built = [(row.telling, row.happening) for row in load_scenes("build")]
    weights = learn(pairs_of(list(subtopics.values())), pairs_of([built]))
    kept = {"recipe": RECIPE, "weights": weights}
    WEIGHTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    load_weights.cache_clear()


WEIGHTS = Path(likeness.__file__).with_name("weights.json")
RECIPE = (
    "log odds; python -m evaluation gathering --learn, from ecbplus/train and the build half of "
    "evaluation/gathering_scenes.jsonl"
)
