"""Learn which of several options an act has, its place or its date, from acts that coders gave one.

Each option is a row of a logistic model; the likeliest one counts if it is likely enough. Figures are those of held-out
folds (grouped by document) of the articles that experts coded, where the threshold is chosen too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from sklearn.feature_extraction import DictVectorizer

from training.reports import Article, as_weights, fit, folds, load_articles, load_codings, load_scorer_tool

NEAR = 0.02
"""How far below the best F1 a threshold may stay that leaves fewer acts without an answer."""


@dataclass(frozen=True, slots=True)
class Option:
    """What speaks for and against an option, whether it is to be learned from as right, and whether it agrees with the
    coder as the report scorer compares."""

    features: tuple[str, ...]
    right: bool
    agrees: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A coded act that the frames propose: its article's number, whether we coded that ourselves, whether the coder
    gave an answer, its options, and how much it weighs.

    ``settled`` says of an act that syntax has answered already whether that agrees; such an act has no options.
    """

    article: int
    ours: bool
    told: bool
    options: tuple[Option, ...]
    weight: float = 1.0
    settled: bool | None = None


ActsOf = Callable[[int, Article, ModuleType], list[Act]]
"""The coded acts of an article, given its number and the report scorer."""


def learn_options(about: str | None, acts_of: ActsOf, strength: float, thresholds: Sequence[float]) -> None:
    """Learn from all coded acts as the command line asks, choose a threshold, and write both as JSON."""
    articles, tool, out = read_asked(about)
    acts = [act for number, article in enumerate(articles) for act in acts_of(number, article, tool)]
    weights, scores = learn(acts, len(articles), strength)
    threshold = pick_threshold(acts, scores, thresholds)
    write_model(weights, threshold, out)
    print(f"{len(acts)} acts, threshold {threshold}, {len(weights)} weights")  # noqa: T201 - a training log


def read_asked(about: str | None) -> tuple[list[Article], ModuleType, Path]:
    """The coded articles that the command line names, the report scorer, and the file to write."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder that holds gold/, gold-news/, seeds/ and tools/"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tool = load_scorer_tool(args.gold)
    return load_articles(args.gold, "build", tool) + load_codings(args.gold, tool), tool, args.out


def write_model(weights: dict[str, float], threshold: float, out: Path) -> None:
    """Write a logistic model as the package holds it: weights by feature, and the threshold that says yes."""
    text = json.dumps({"threshold": threshold, "weights": weights}, indent=0, sort_keys=True)
    out.write_text(text + "\n", encoding="utf-8")


def learn(acts: Sequence[Act], articles: int, strength: float) -> tuple[dict[str, float], list[np.ndarray]]:
    """The weights learned from all acts, and the probability of each act's options by models that had not seen it."""
    rows = [(act, option) for act in acts for option in act.options]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(option.features, 1.0) for _, option in rows])
    labels = np.array([option.right for _, option in rows], dtype=int)
    weight = np.array([act.weight for act, _ in rows])
    own = np.array([act.article for act, _ in rows])
    rated = np.zeros(len(rows))
    for learn_on, held_out in folds(articles):
        seen, new = np.isin(own, learn_on), np.isin(own, held_out)
        rated[new] = fit(matrix[seen], labels[seen], strength, weight[seen]).predict_proba(matrix[new])[:, 1]
    weights = as_weights(fit(matrix, labels, strength, weight), vectorizer)
    return weights, np.split(rated, np.cumsum([len(act.options) for act in acts])[:-1])


def figures(acts: Sequence[Act], scores: Sequence[np.ndarray], threshold: float) -> tuple[int, int]:
    """How many acts of the build part get an answer, and how many the coder's."""
    given = right = 0
    for act, rated in zip(acts, scores, strict=True):
        if act.ours:
            continue
        if act.settled is not None:
            given, right = given + 1, right + act.settled
        elif len(rated) and rated.max() >= threshold:
            given, right = given + 1, right + act.options[int(rated.argmax())].agrees
    return given, right


def pick_threshold(acts: Sequence[Act], scores: Sequence[np.ndarray], thresholds: Iterable[float]) -> float:
    """The lowest threshold whose held-out F1 is within ``NEAR`` of the best."""
    told = sum(act.told for act in acts if not act.ours)
    tried = []
    for threshold in thresholds:
        given, right = figures(acts, scores, threshold)
        tried.append((threshold, 2 * right / max(1, given + told)))
        print(  # noqa: T201 - a training log
            f"threshold {threshold:.2f} told {told} given {given} right {right} recall {right / told:.3f} "
            f"precision {right / max(1, given):.3f} F1 {tried[-1][1]:.3f}"
        )
    best = max(merit for _, merit in tried)
    return min(threshold for threshold, merit in tried if merit >= best - NEAR)
