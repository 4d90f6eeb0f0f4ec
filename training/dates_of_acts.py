"""Learn which of a story's dates an act has that its own clause does not date, from coded articles.

    python -m training.dates_of_acts --gold ../shared --out src/dragoman/reading/model/dates.json

Reads the *build* part of ``gold-news/split.json`` and the articles that we coded ourselves (``training/coded``).
Proposals that stand for a coded event and have no date by syntax are the examples: a date is positive where it is in
the coder's month, and, where both give the day, within ``CLOSE`` days of it.
"""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

from dragoman.reading.circumstances.dating import Story, date_options
from dragoman.reading.scorer import load_scorer
from dragoman.record import DateRange, Event
from training.options import Act, Option, learn_options
from training.reports import GOLD_WEIGHT, Article, pair

STRENGTH = 0.1
"""Inverse regularisation (scikit-learn's C), chosen on the folds."""
THRESHOLDS = [round(0.12 + n / 50, 2) for n in range(20)] + [1.0]
CLOSE = 3
"""Days by which a date may miss the coder's and still be learned from as right."""
_A_DAY = 10


def acts_of(number: int, article: Article, tool: ModuleType) -> list[Act]:
    """The proposals of an article that stand for coded events."""
    scorer, scene = load_scorer(), article.scene
    coded = article.propose(scorer, tool)
    scores = [scorer.probability(p.report.kind, p.features) for p in coded.proposals]
    golds = [r for r in coded.gold.reports if r["kind"] == "event"]
    story = Story.of(scene.document, scene.dates, scene.sentences)
    weight = 1.0 if article.ours else GOLD_WEIGHT
    found = []
    for j, (i, _) in pair(coded, "event", scores, tool).items():
        report, gold = coded.proposals[j].report, golds[i].get("date")
        assert isinstance(report, Event)
        if report.date is not None:
            found.append(Act(number, article.ours, bool(gold), (), settled=agrees(gold, report.date, tool)))
            continue
        offered = date_options(scene.doc[coded.proposals[j].trigger], str(report.type), str(report.standing), story)
        ranges = [(o.features, o.mention.range) for o in offered]
        options = (Option(told, is_right(gold, when, tool), agrees(gold, when, tool)) for told, when in ranges)
        found.append(Act(number, article.ours, bool(gold), tuple(options), weight))
    return found


def agrees(gold: Any, when: DateRange, tool: ModuleType) -> bool:
    """Whether a date and the coder's agree as the report scorer compares dates."""
    return bool(gold) and bool(tool.same_date(gold, when.to_dict()))


def is_right(gold: Any, when: DateRange, tool: ModuleType) -> bool:
    """Whether a date is one to learn from as right."""
    if not agrees(gold, when, tool):
        return False
    first, last = tool.date_bounds(gold)
    days = [date.fromisoformat(day) for day in (first or last, when.start or when.end or "") if len(day) == _A_DAY]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= CLOSE


if __name__ == "__main__":
    learn_options(__doc__, acts_of, STRENGTH, THRESHOLDS)
