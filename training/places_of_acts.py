"""Learn at which of the places in its sentence an act happened, from coded articles.

    python -m training.places_of_acts --gold ../shared --out src/dragoman/reading/model/places.json

Reads the *build* part of ``gold-news/split.json`` and the articles that we coded ourselves (``training/coded``).
Proposals that stand for a coded event are the examples: a place of the sentence is positive where the coder's place
holds its name, or the other way round.
"""

from __future__ import annotations

from types import ModuleType

from dragoman.reading.circumstances.places import with_conjuncts
from dragoman.reading.circumstances.placing import place_options
from dragoman.reading.scorer import load_scorer
from dragoman.record import Event
from training.options import Act, Option, learn_options
from training.reports import Article, pair

STRENGTH = 0.3
"""Inverse regularisation (scikit-learn's C), chosen on the folds."""
THRESHOLDS = [round(0.06 + n / 50, 2) for n in range(25)]
UNPLACED = 0.7
"""Weight of acts that the coders gave no place: some of them have one all the same."""


def acts_of(number: int, article: Article, tool: ModuleType) -> list[Act]:
    """The proposals of an article that stand for coded events."""
    scorer = load_scorer()
    coded = article.propose(scorer, tool)
    scores = [scorer.probability(p.report.kind, p.features) for p in coded.proposals]
    golds = [r for r in coded.gold.reports if r["kind"] == "event"]
    found = []
    for j, (i, _) in pair(coded, "event", scores, tool).items():
        proposal, gold = coded.proposals[j], golds[i].get("place") or ""
        assert isinstance(proposal.report, Event)
        doc, places = article.scene.doc, article.scene.places
        offered = place_options(doc[proposal.trigger], str(proposal.report.type), places)
        options = tuple(
            Option(
                o.features, agrees(gold, o.place.name, tool), agrees(gold, with_conjuncts(o.place, doc, places), tool)
            )
            for o in offered
        )
        found.append(Act(number, article.ours, bool(gold), options, 1.0 if gold else UNPLACED))
    return found


def agrees(gold: str, name: str, tool: ModuleType) -> bool:
    """Whether a name and the coder's place have one another in them, as the report scorer compares places."""
    ours, theirs = tool.normal(name), tool.normal(gold)
    return bool(ours and theirs) and (ours in theirs or theirs in ours)


if __name__ == "__main__":
    learn_options(__doc__, acts_of, STRENGTH, THRESHOLDS)
