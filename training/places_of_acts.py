"""Learn at which of the places in its sentence an act happened, from coded articles.

    python -m training.places_of_acts --gold ../shared --out src/dragoman/reading/model/places.json

Reads the *build* part of ``gold-news/split.json`` and the articles that we coded ourselves (``training/coded``).
Proposals that stand for a coded event are the examples: a place of the sentence is positive where the coder's place
holds its name, or the other way round. Figures are those of held-out folds (grouped by document) of the build part,
where the threshold is chosen too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from sklearn.feature_extraction import DictVectorizer

from dragoman.reading.circumstances.places import with_conjuncts
from dragoman.reading.circumstances.placing import PlaceOption, place_options
from dragoman.reading.scorer import load_scorer
from dragoman.record import Event
from training.reports import Article, as_weights, fit, folds, load_articles, load_codings, load_scorer_tool, pair

STRENGTH = 0.3
"""Inverse regularisation (scikit-learn's C), chosen on the folds."""
UNPLACED = 0.7
"""Weight of acts that the coders gave no place: some of them have one all the same."""
NEAR = 0.02
"""How far below the best F1 a threshold may stay that leaves fewer places out."""


@dataclass(frozen=True, slots=True)
class Act:
    """A coded act that the frames propose: its article's number, whether we coded that ourselves, its options, each
    with the place it would give, and the coder's place.
    """

    article: int
    ours: bool
    options: tuple[PlaceOption, ...]
    names: tuple[str, ...]
    gold: str | None


def acts_of(number: int, article: Article, tool: ModuleType) -> list[Act]:
    """The proposals of an article that stand for coded events."""
    scorer = load_scorer()
    coded = article.propose(scorer, tool)
    scores = [scorer.probability(p.report.kind, p.features) for p in coded.proposals]
    golds = [r for r in coded.gold.reports if r["kind"] == "event"]
    found = []
    for j, (i, _) in pair(coded, "event", scores, tool).items():
        proposal = coded.proposals[j]
        assert isinstance(proposal.report, Event)
        doc, places = article.scene.doc, article.scene.places
        options = place_options(doc[proposal.trigger], str(proposal.report.type), places)
        names = tuple(with_conjuncts(o.place, doc, places) for o in options)
        found.append(Act(number, article.ours, tuple(options), names, golds[i].get("place") or None))
    return found


def agrees(gold: str | None, name: str, tool: ModuleType) -> bool:
    """Whether a name and the coder's place have one another in them, as the report scorer compares places."""
    ours, theirs = tool.normal(name), tool.normal(gold or "")
    return bool(ours and theirs) and (ours in theirs or theirs in ours)


def figures(acts: Sequence[Act], scores: Sequence[np.ndarray], threshold: float, tool: ModuleType) -> tuple[int, int]:
    """How many acts of the build part get a place, and how many the coder's."""
    given = right = 0
    for act, rated in zip(acts, scores, strict=True):
        if not act.ours and len(rated) and rated.max() >= threshold:
            given += 1
            right += agrees(act.gold, act.names[int(rated.argmax())], tool)
    return given, right


def learn(acts: Sequence[Act], articles: int, tool: ModuleType) -> tuple[dict[str, float], list[np.ndarray]]:
    """The weights learned from all acts, and the probability of each act's options by models that had not seen it."""
    rows = [(act, option) for act in acts for option in act.options]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(option.features, 1.0) for _, option in rows])
    labels = np.array([agrees(act.gold, option.place.name, tool) for act, option in rows], dtype=int)
    weight = np.array([1.0 if act.gold else UNPLACED for act, _ in rows])
    own = np.array([act.article for act, _ in rows])
    rated = np.zeros(len(rows))
    for learn_on, held_out in folds(articles):
        seen, new = np.isin(own, learn_on), np.isin(own, held_out)
        rated[new] = fit(matrix[seen], labels[seen], STRENGTH, weight[seen]).predict_proba(matrix[new])[:, 1]
    weights = as_weights(fit(matrix, labels, STRENGTH, weight), vectorizer)
    return weights, np.split(rated, np.cumsum([len(act.options) for act in acts])[:-1])


def pick_threshold(acts: Sequence[Act], scores: Sequence[np.ndarray], tool: ModuleType) -> float:
    """The lowest threshold whose held-out F1 is within ``NEAR`` of the best."""
    placed = sum(act.gold is not None for act in acts if not act.ours)
    tried = []
    for threshold in (round(0.06 + n / 50, 2) for n in range(25)):
        given, right = figures(acts, scores, threshold, tool)
        tried.append((threshold, 2 * right / max(1, given + placed)))
        print(  # noqa: T201 - a training log
            f"threshold {threshold:.2f} placed {placed} given {given} right {right} recall {right / placed:.3f} "
            f"precision {right / max(1, given):.3f} F1 {tried[-1][1]:.3f}"
        )
    best = max(merit for _, merit in tried)
    return next(threshold for threshold, merit in tried if merit >= best - NEAR)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder that holds gold/, gold-news/, seeds/ and tools/"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tool = load_scorer_tool(args.gold)
    articles = load_articles(args.gold, "build", tool) + load_codings(args.gold, tool)
    acts = [act for number, article in enumerate(articles) for act in acts_of(number, article, tool)]
    weights, scores = learn(acts, len(articles), tool)
    threshold = pick_threshold(acts, scores, tool)
    text = json.dumps({"threshold": threshold, "weights": weights}, indent=0, sort_keys=True)
    args.out.write_text(text + "\n", encoding="utf-8")
    print(f"{len(acts)} acts, threshold {threshold}, {len(weights)} weights")  # noqa: T201 - a training log


if __name__ == "__main__":
    main()
