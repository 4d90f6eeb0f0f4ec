"""Learn whose word a report is, of all who are told as saying something at its word, from coded articles.

    python -m training.voices_of_reports --gold ../shared --out src/dragoman/reading/model/voices.json

Reads the *build* part of ``gold-news/split.json`` and the articles that we coded ourselves (``training/coded``).
Proposals that stand for a coded report are the examples: an attribution around its word is positive where the coder
gave its source as a voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer

from dragoman.reading.proposals import Proposal
from dragoman.reading.scene import Scene
from dragoman.reading.scorer import load_scorer
from dragoman.reading.voices.weighing import HELD, Claim, teller_options
from dragoman.record import Kind
from training.options import read_asked, write_model
from training.reports import (
    GOLD_WEIGHT,
    Article,
    as_weights,
    fit,
    folds,
    pair,
)

STRENGTH = 0.1
"""Inverse regularisation (scikit-learn's C), chosen on the folds."""
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """A coded report that is proposed: its article's number, whether we coded that ourselves, each attribution around
    its word with the name that the coder would use, and the voices that the coder gave.

    ``own`` are those whose position, undertaking or forecast it is: that they are its voice makes no difference.
    """

    article: int
    ours: bool
    names: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]
    ruled: tuple[str, ...]
    voice: tuple[str, ...]
    own: frozenset[str]

    def agrees(self, voice: Sequence[str]) -> bool:
        """Whether a voice is the coder's, as the report scorer compares them."""
        return [name for name in voice if name not in self.own] == [n for n in self.voice if n not in self.own]

    def weight(self, name: str) -> float:
        """How much it teaches of an attribution: nothing of a holder's own word, nor of a source who may have been
        taken for another than the coder's voice."""
        lost = name not in self.voice and not set(self.voice) <= set(self.names)
        return 0.0 if name in self.own or lost else 1.0 if self.ours else GOLD_WEIGHT


def told_of(number: int, article: Article, tool: ModuleType) -> Iterator[Told]:
    """The proposals of an article that stand for coded reports and around whose words somebody speaks."""
    scorer = load_scorer()
    coded = article.propose(scorer, tool)
    names = tool.Names(coded.gold, coded.predicted)
    scores = [scorer.probability(p.report.kind, p.features) for p in coded.proposals]
    for kind in Kind:
        golds = [r for r in coded.gold.reports if r["kind"] == kind]
        for j, (i, _) in pair(coded, str(kind), scores, tool).items():
            yield _told(coded.proposals[j], golds[i], names, article.scene, tool, (number, article.ours))


def _told(
    proposal: Proposal, gold: dict[str, Any], names: Any, scene: Scene, tool: ModuleType, article: tuple[int, bool]
) -> Told:
    word, report = scene.doc[proposal.trigger], proposal.report
    options = teller_options(word, Claim.of(report), scene.attributions)
    holders = tool.as_list(gold.get(tool.ROLES[report.kind][0])) if report.kind in HELD else ()
    return Told(
        *article,
        tuple(names.pred(option.name) for option in options),
        tuple(option.features for option in options),
        tuple(map(names.pred, report.voice)),
        tuple(map(names.gold, gold.get("voice") or ())),
        frozenset(map(names.gold, holders)),
    )


def learn(told: Sequence[Told], articles: int) -> tuple[dict[str, float], list[np.ndarray]]:
    """The weights learned from all, and the probability of each attribution by models that had not seen its article."""
    rows = [(one, n) for one in told for n in range(len(one.names))]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(one.features[n], 1.0) for one, n in rows])
    labels = np.array([one.names[n] in one.voice for one, n in rows], dtype=int)
    weight = np.array([one.weight(one.names[n]) for one, n in rows])
    own = np.array([one.article for one, _ in rows])
    rated = np.zeros(len(rows))
    for learn_on, held_out in folds(articles):
        seen, new = np.isin(own, learn_on) & (weight > 0), np.isin(own, held_out)
        rated[new] = fit(matrix[seen], labels[seen], STRENGTH, weight[seen]).predict_proba(matrix[new])[:, 1]
    taught = weight > 0
    model = fit(matrix[taught], labels[taught], STRENGTH, weight[taught])
    return as_weights(model, vectorizer), np.split(rated, np.cumsum([len(one.names) for one in told])[:-1])


def voice_of(told: Told, rated: np.ndarray) -> list[str]:
    """The voice by the model, one who says what he believes being one."""
    found: list[str] = []
    for name, probability in zip(told.names, rated, strict=True):
        if probability >= THRESHOLD and name not in found[-1:]:
            found.append(name)
    return found


def main() -> None:
    articles, tool, out = read_asked(__doc__)
    told = [one for number, article in enumerate(articles) for one in told_of(number, article, tool)]
    weights, scores = learn(told, len(articles))
    for ours in (False, True):
        some = [(one, rated) for one, rated in zip(told, scores, strict=True) if one.ours is ours]
        ruled = sum(one.agrees(one.ruled) for one, _ in some)
        weighed = sum(one.agrees(voice_of(one, rated)) for one, rated in some)
        print(  # noqa: T201 - a training log
            f"ours {ours} reports {len(some)} voice agrees by rule {ruled / len(some):.4f} held out "
            f"{weighed / len(some):.4f}"
        )
    write_model(weights, THRESHOLD, out)


if __name__ == "__main__":
    main()
