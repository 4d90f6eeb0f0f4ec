"""Proposals: what frames and patterns offer, and which of them are reports.

A frame says what a sentence could assert; whether a careful coder would code it depends on more than its words. Each
proposal therefore carries features, and a model learned from coded articles gives its probability.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.reading.arguments import Candidate
from dragoman.reading.explaining import roles
from dragoman.reading.scorer import Scorer
from dragoman.record import Event, Forecast, Kind, Report


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report that the text may assert; ``trigger`` is the token that proposed it, ``slot`` what it competes for.

    Of several proposals in one slot (the readings of one trigger) the likeliest stays. ``candidates`` and ``places``
    are those among which its roles were cast; learning needs them.
    """

    report: Report
    trigger: int
    slot: tuple[object, ...]
    features: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    places: tuple[Candidate, ...] = ()


_CAST = ("source", "target", "holder", "by", "subject", "object")


def _roles(proposal: Proposal, scorer: Scorer) -> Iterator[str]:
    """How the proposal's participants were cast."""
    row = proposal.report.to_dict()
    cast = {role: names for role in _CAST if (names := row.get(role))}
    listed = {role: (names,) if isinstance(names, str) else tuple(names) for role, names in cast.items()}
    return roles(listed, proposal.report.kind, proposal.candidates, scorer)


NEAR_RIVAL = 0.7
"""Share of the likeliest reading's probability that another reading of the same word needs to stand beside it: a word
tells two things far less often than it is read two ways (folds of the build part). One event is told by one word:
*attacked*, with arms or in words; of 9,438 words that coders named for an event 37 tell two types."""


def winners(proposals: Sequence[Proposal], scores: Sequence[float]) -> list[int]:
    """The numbers of the proposals that win: of each slot the likeliest, or one nearly as likely that tells more (*held
    talks with the envoy*: the talks), if it is near the likeliest reading of its word, for an event that itself."""
    slots: dict[tuple[object, ...], list[int]] = {}
    most: dict[tuple[Kind, int], float] = {}
    for number, proposal in enumerate(proposals):
        slots.setdefault(proposal.slot, []).append(number)
        most[_word(proposal)] = max(scores[number], most.get(_word(proposal), 0.0))
    best = (_best(numbers, proposals, scores) for numbers in slots.values())
    return [n for n in best if scores[n] >= _least_share(proposals[n]) * most[_word(proposals[n])]]


def _word(proposal: Proposal) -> tuple[Kind, int]:
    return proposal.report.kind, proposal.trigger


def _least_share(proposal: Proposal) -> float:
    """What a reading needs of the probability of its word's likeliest."""
    return 1.0 if proposal.report.kind is Kind.EVENT else NEAR_RIVAL


def _best(numbers: Sequence[int], proposals: Sequence[Proposal], scores: Sequence[float]) -> int:
    least = NEAR_RIVAL * max(scores[n] for n in numbers)
    return max((n for n in numbers if scores[n] >= least), key=lambda n: (_fullness(proposals[n].report), scores[n]))


def _fullness(report: Report) -> int:
    """How many sides of an act are told; of a forecast, whether a word of expectation tells how likely it is taken to
    be (*doubts that it will fall*)."""
    if isinstance(report, Event):
        return bool(report.source) + bool(report.target)
    return isinstance(report, Forecast) and report.frame != "forecast.modal"


def choose(proposals: Iterable[Proposal], scorer: Scorer) -> list[Proposal]:
    """The proposals that are reports, with their confidence: of those that are likely enough the winners, once; in text
    order."""
    rated = [(proposal, scorer.probability(proposal.report.kind, proposal.features)) for proposal in proposals]
    likely = list(_likely_enough(rated, scorer))
    offered, scores = [proposal for proposal, _ in likely], [score for _, score in likely]
    kept: dict[str, Proposal] = {}
    for number in winners(offered, scores):
        proposal = offered[number]
        why = (*proposal.report.why, *_roles(proposal, scorer))
        report = replace(proposal.report, confidence=round(scores[number], 4), why=why)
        kept.setdefault(report.id, replace(proposal, report=report))
    return sorted(kept.values(), key=lambda proposal: (proposal.report.evidence.start, proposal.trigger))


def _likely_enough(rated: Sequence[tuple[Proposal, float]], scorer: Scorer) -> Iterator[tuple[Proposal, float]]:
    """Those that reach the threshold of their kind, or nearly where another word of the same act nearly does (*gave
    aid*): a report is learned from one word, so that the words of such an act share what speaks for it."""
    least = {kind: scorer.thresholds.get(kind, 0.5) for kind in Kind}
    near = Counter(p.slot for p, score in rated if score >= NEAR_RIVAL * least[p.report.kind])
    for proposal, score in rated:
        kind = proposal.report.kind
        shared = kind is Kind.EVENT and near[proposal.slot] > 1
        if score >= least[kind] * (NEAR_RIVAL if shared else 1.0):
            yield proposal, score
