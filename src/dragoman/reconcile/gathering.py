"""Occurrences from tellings and the links between them, the same whatever the order in which they came.

Two clusters are put together by the mean score over all their pairs, best first; a pair without a link counts as
``FLOOR``. Clusters of which any pair contradicts are kept apart. Everything depends on the component of linked tellings
alone, so a new document changes only the components that it links to.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from dragoman.reconcile.likeness import is_contradictory
from dragoman.reconcile.tellings import Telling

LINK = -1.0
"""Score from which a pair is linked (log odds); what lies below never gathers."""
FLOOR = -3.0
"""What a pair without a link counts when clusters are compared."""
JOIN = -0.5
"""Mean score from which two clusters are one happening; chosen on ecbplus/train, by topics left out in turn."""

MOST = 400
"""Tellings that are compared as one component; a larger one falls apart at its weakest links, into happenings of at
most so many. News of a month chains thousands of reports that have little to do with each other."""

Pair = tuple[str, str]


def gather(
    tellings: Mapping[str, Telling],
    links: Mapping[Pair, float],
    *,
    apart: Collection[Pair] = (),
    joined: Collection[Pair] = (),
) -> tuple[tuple[str, ...], ...]:
    """The occurrences among tellings: ids of each in the order of ``rank``, the occurrences by their first.

    All pairs have the smaller id first; ``links`` gives their scores. What a person has put together (``joined``) is
    together before anything else, what a person has parted (``apart``) stays so.
    """
    links = _within_reach(tellings, links)
    clusters = dict(enumerate(components(tellings, joined)))
    home = {id: number for number, ids in clusters.items() for id in ids}
    parted = _parted(apart, tellings)
    sums = _neighbours(links, home)
    queue = [entry for a in sums for entry in _alike(sums, clusters, a) if entry[1] == a]
    heapq.heapify(queue)
    while queue:
        minus, a, b = heapq.heappop(queue)
        if a not in clusters or b not in clusters or -minus != _mean(sums, clusters, a, b):
            continue  # what the entry speaks of has been put together since
        if _may_join(clusters[a], clusters[b], tellings, parted):
            _merge(sums, clusters, a, b)
            for entry in _alike(sums, clusters, a):
                heapq.heappush(queue, entry)
    groups = [tuple(sorted(ids, key=lambda id: rank(tellings[id]))) for ids in clusters.values()]
    return tuple(sorted(groups, key=lambda ids: rank(tellings[ids[0]])))


def rank(telling: Telling) -> tuple[int, str, int, str]:
    """The order of the tellings of a happening: by day, document and place in it; the first gives it its id."""
    day = telling.published if telling.published is not None else 10**7
    return (day, telling.document, telling.start, telling.id)


def _within_reach(tellings: Collection[str], links: Mapping[Pair, float]) -> Mapping[Pair, float]:
    """The links that do not lead from one part of too large a component to another."""
    if len(tellings) <= MOST:
        return links
    strongest_first = sorted((-score, pair) for pair, score in links.items())
    parts = components(tellings, (pair for _, pair in strongest_first), most=MOST)
    home = {id: number for number, ids in enumerate(parts) for id in ids}
    return {pair: score for pair, score in links.items() if home[pair[0]] == home[pair[1]]}


def components(ids: Iterable[str], links: Iterable[Pair], most: int | None = None) -> tuple[tuple[str, ...], ...]:
    """The tellings that hang together by links; a link that would make more than ``most`` of them is passed over."""
    parent = {id: id for id in ids}
    sizes = dict.fromkeys(parent, 1)

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = id = parent[parent[id]]
        return id

    for one, other in links:
        a, b = sorted((root(one), root(other)))
        if a != b and (most is None or sizes[a] + sizes[b] <= most):
            parent[b] = a
            sizes[a] += sizes[b]
    found: dict[str, list[str]] = {}
    for id in sorted(parent):
        found.setdefault(root(id), []).append(id)
    return tuple(map(tuple, found.values()))


def _neighbours(links: Mapping[Pair, float], home: Mapping[str, int]) -> dict[int, dict[int, float]]:
    """For each cluster the summed excess over ``FLOOR`` of its links to others."""
    sums: dict[int, dict[int, float]] = {number: {} for number in home.values()}
    is_joined = len(sums) < len(home)  # several links add up, always in one order
    for (one, other), score in sorted(links.items()) if is_joined else links.items():
        a, b = home[one], home[other]
        if a != b:
            sums[a][b] = sums[b][a] = round(sums[a].get(b, 0.0) + score - FLOOR, 9)
    return sums


def _alike(
    sums: Mapping[int, Mapping[int, float]], clusters: Mapping[int, Sequence[str]], a: int
) -> Iterator[tuple[float, int, int]]:
    """The pairs of this cluster that are one happening by their mean score, as the queue has them."""
    size = len(clusters[a])
    for b, excess in sums[a].items():
        mean = round(FLOOR + excess / (size * len(clusters[b])), 9)
        if mean >= JOIN:
            yield (-mean, a, b) if a < b else (-mean, b, a)


def _mean(sums: Mapping[int, Mapping[int, float]], clusters: Mapping[int, Sequence[str]], a: int, b: int) -> float:
    return round(FLOOR + sums[a][b] / (len(clusters[a]) * len(clusters[b])), 9)


def _merge(sums: dict[int, dict[int, float]], clusters: dict[int, tuple[str, ...]], a: int, b: int) -> None:
    clusters[a] += clusters.pop(b)
    for c, excess in sums.pop(b).items():
        del sums[c][b]
        if c != a:
            sums[a][c] = sums[c][a] = round(sums[a].get(c, 0.0) + excess, 9)


def _parted(apart: Iterable[Pair], tellings: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in apart:
        if a in tellings and b in tellings:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found


def _may_join(
    one: Sequence[str], other: Sequence[str], tellings: Mapping[str, Telling], parted: Mapping[str, set[str]]
) -> bool:
    """Whether no pair is parted by a person or by what the two tell; those that tell alike are compared once."""
    if parted and any(not parted.get(id, set()).isdisjoint(other) for id in one):
        return False
    firsts, seconds = ({_gist(tellings[id]): tellings[id] for id in ids} for ids in (one, other))
    return not any(is_contradictory(a, b) for a in firsts.values() for b in seconds.values())


def _gist(telling: Telling) -> tuple[object, ...]:
    """What a contradiction can lie in."""
    return (telling.type, telling.standing, telling.days, telling.places, telling.parties, telling.around)
