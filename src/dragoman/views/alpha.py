"""Krippendorff's alpha for nominal values: how far coders agree beyond chance, whoever left out what.

Krippendorff, K. (2011), *Computing Krippendorff's Alpha-Reliability*, University of Pennsylvania; the tests have its
worked examples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """One less the share of observed disagreement in that expected by chance: 1 is perfect, 0 is chance.

    A unit is the values that its coders gave it, as many as there are; one that only one coder valued does not count.
    ``None`` where alpha is not defined: nothing was valued twice, or everything got the same value.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        coincidences.update(_coincidences(values))
    totals: Counter[Hashable] = Counter()
    for (value, _), number in coincidences.items():
        totals[value] += number
    n = sum(totals.values())
    expected = n * n - sum(number * number for number in totals.values())
    if len(totals) < 2:
        return None
    differing = sum(number for (one, other), number in coincidences.items() if one != other)
    return 1 - (n - 1) * differing / expected


def _coincidences(values: Sequence[Hashable]) -> dict[tuple[Hashable, Hashable], float]:
    """The pairs of values of two coders within a unit, weighed so that each value counts once."""
    counts = Counter(values)
    m = len(values)
    if m < 2:
        return {}
    return {
        (one, other): counts[one] * (counts[other] - (one == other)) / (m - 1)
        for one in counts
        for other in counts
        if one != other or counts[one] > 1
    }
