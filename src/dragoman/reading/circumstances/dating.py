"""When an act was that its own clause does not date, weighed by a model learned from coded articles.

A story gives its day once, and tells of much that happened then: *Turkey warned … on Thursday … He said …*. Whatever
dates stand in the sentence, shortly before and after it, and at the story's beginning are options; how the act is told
(its tense, its type, where in the story) speaks for or against each. What is told as past was not after publication.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from dragoman.reading.circumstances.dates import DateMention
from dragoman.reading.circumstances.governing import clause_of
from dragoman.reading.circumstances.outlook import is_perfect, outlook_of
from dragoman.reading.scorer import Scorer
from dragoman.reading.syntax import relation
from dragoman.reading.words import Span, Token
from dragoman.record import DateRange, Document, Standing

MODEL = "date"
BEFORE, AFTER, LEAD = 5, 2, 2
"""Sentences before an act and after it whose dates are options, and those of the story's beginning."""
_MOST_BEFORE, _MOST_AFTER = 4, 2
_A_DAY = 10
"""Letters of an ISO date that gives the day."""


@dataclass(frozen=True, slots=True)
class Story:
    """The dates of a document in text order, the first token of each of its sentences, and its day of publication."""

    dates: Sequence[DateMention]
    starts: Sequence[int]
    published: str | None

    @classmethod
    def of(cls, document: Document, dates: Sequence[DateMention], sentences: Sequence[Span]) -> Story:
        """The story that a document tells."""
        published = document.published.value if document.published is not None else None
        return cls(dates, [sentence.start for sentence in sentences], published)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that a token lies in."""
        return max(0, bisect_right(self.starts, token) - 1)

    def between(self, first: int, last: int) -> list[tuple[int, DateMention]]:
        """The dates of some sentences, each with its sentence's number."""
        numbered = ((self.sentence_of(mention.head), mention) for mention in self.dates)
        return [(number, mention) for number, mention in numbered if first <= number <= last]


@dataclass(frozen=True, slots=True)
class DateOption:
    """A time at which an act may have been, where it is told (nearest first), and what speaks for and against it."""

    mention: DateMention
    features: tuple[str, ...]


def likeliest_date(act: Token, kind: str, standing: str, story: Story) -> DateMention | None:
    """What dates an act of a type that nothing in its clause dates; ``None`` where no date of the story is likely.

    Fires: *The sides met in Doha on Monday. They agreed to go on* (agreed: Monday).
    Not:   *The sides met in Doha on Monday. They had fought for years* (fought).
    """
    model = load_model()
    rated = [(model.probability(MODEL, o.features), o.mention) for o in date_options(act, kind, standing, story)]
    if not rated:
        return None
    best, mention = max(rated, key=lambda pair: pair[0])
    return mention if best >= model.thresholds[MODEL] else None


@lru_cache(maxsize=1)
def load_model() -> Scorer:
    """The model that ships with the package."""
    data = json.loads(resources.files("dragoman.reading").joinpath("model/dates.json").read_text(encoding="utf-8"))
    return Scorer({MODEL: data["weights"]}, {MODEL: data["threshold"]})


def date_options(act: Token, kind: str, standing: str, story: Story) -> list[DateOption]:
    """The times that the story offers for an act, each described as it lies to the act."""
    own = story.sentence_of(act.i)
    offers = [(mention, told) for mention, told in _offers(own, story) if not _is_too_late(mention, standing, story)]
    beside = sum("own" in told for _, told in offers)
    told_how = list(_describe_act(act, kind, standing, own, beside))
    return [
        DateOption(mention, tuple(_describe(told, mention.range, told_how, len(offers), story.published)))
        for mention, told in offers
    ]


def _is_too_late(mention: DateMention, standing: str, story: Story) -> bool:
    """Whether a time lies after publication, for an act that is told as one that was or was not."""
    begins, published = mention.range.start, story.published
    return standing in _PAST and begins is not None and published is not None and begins > published


_PAST = frozenset({Standing.ACTUAL, Standing.DENIED})


Told = dict[str, int]
"""Where a time is told (in the act's *own* sentence, *before*, *after*, in the *lead*), and how many sentences away."""


def _offers(own: int, story: Story) -> list[tuple[DateMention, Told]]:
    """Each time offered, by the mention that comes first of these, with everywhere that it is told."""
    before = story.between(own - BEFORE, own - 1)[-_MOST_BEFORE:]
    after = story.between(own + 1, own + AFTER)[:_MOST_AFTER]
    lead = [
        (own, mention)
        for _, mention in story.between(0, LEAD)
        if mention.range.start == mention.range.end and len(mention.range.start or "") == _A_DAY
    ]
    places = (("own", story.between(own, own)), ("before", before[::-1]), ("after", after), ("lead", lead[:1]))
    found: dict[DateRange, tuple[DateMention, Told]] = {}
    for place, mentions in places:
        for number, mention in mentions:
            found.setdefault(mention.range, (mention, {}))[1].setdefault(place, abs(number - own))
    return list(found.values())


def _describe_act(act: Token, kind: str, standing: str, own: int, beside: int) -> Iterator[tuple[str, bool]]:
    """How the act is told, each with whether the gap between an option and publication is weighed with it."""
    clause, perfect = clause_of(act), is_perfect(act)
    yield f"tense={clause.tag_}:{outlook_of(act)}:{perfect}", True
    yield f"kind={kind}", True
    yield f"standing={standing}", True
    yield f"beside={min(beside, 2)}", True
    yield f"place={min(own, 3)}", True
    yield f"form={act.pos_}", False
    yield f"link={relation(act)}", False
    yield f"clause={relation(clause)}:{perfect}", False
    yield f"kind={kind}:{perfect}", False


def _describe(
    told: Told,
    when: DateRange,
    told_how: Sequence[tuple[str, bool]],
    offered: int,
    published: str | None,
) -> Iterator[str]:
    """Where an option is told, how exact it is, how long before publication, and these with how the act is told."""
    where, distance, gap = "+".join(sorted(told)), min(told.values()), _gap(when, published)
    exact = f"{len(_first(when))}{'' if when.start else 'open'}{'' if when.end else 'on'}"
    yield from (f"told={where}", f"told={where}:{distance}", f"told={where}:{gap}", f"told={where}:{exact}")
    yield from (f"told={where}:of {min(offered, 5)}", f"gap={gap}:{exact}:{where}")
    for how, with_gap in told_how:
        yield f"told={where}:{how}"
        if with_gap:
            yield f"gap={gap}:{how}"


def _first(when: DateRange) -> str:
    return when.start or when.end or ""


def _gap(when: DateRange, published: str | None) -> str:
    """How long before publication a time lies."""
    first = _first(when)
    if published is None:
        return ""
    if len(first) < _A_DAY or len(published) < _A_DAY:
        return "same year" if first[:4] == published[:4] else "earlier" if first < published else "later"
    days = (date.fromisoformat(first) - date.fromisoformat(published)).days
    steps = ((-31, "long ago"), (-7, "month"), (-1, "week"), (0, "day before"), (1, "same day"))
    return next((name for bound, name in steps if days < bound), "later")
