"""Proposals: what frames and patterns offer, and which of them are reports.

A frame says what a sentence could assert; whether a careful coder would code it depends on more than its words. Each
proposal therefore carries features, and a model learned from coded articles gives its probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.reading.arguments import Candidate
from dragoman.reading.explaining import roles
from dragoman.reading.scorer import Scorer
from dragoman.record import Report


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


def choose(proposals: Iterable[Proposal], scorer: Scorer) -> list[Report]:
    """The proposals that are reports, with their confidence: the likeliest of each slot, if likely enough, once."""
    best: dict[tuple[object, ...], tuple[float, Proposal]] = {}
    for proposal in proposals:
        score = scorer.probability(proposal.report.kind, proposal.features)
        if score > best.get(proposal.slot, (0.0, proposal))[0]:
            best[proposal.slot] = (score, proposal)
    kept: dict[str, tuple[int, Report]] = {}
    for score, proposal in best.values():
        if score >= scorer.thresholds.get(proposal.report.kind, 0.5):
            report = replace(
                proposal.report, confidence=round(score, 4), why=(*proposal.report.why, *_roles(proposal, scorer))
            )
            kept.setdefault(report.id, (proposal.trigger, report))
    return [report for _, report in sorted(kept.values(), key=lambda pair: (pair[1].evidence.start, pair[0]))]
