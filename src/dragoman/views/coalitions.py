"""Coalitions: actors who hold alike, found in the network of their stances; conflict within and between; who moved.

The network is congruence less conflict between actors, each statement counted once, by average activity
(``dragoman.views.discourse``). Communities are those of Louvain (Blondel and others 2008) on its positive part, with a
fixed seed, so that the same case has the same coalitions. From one slice of time to the next, a coalition is the same
one when most of it stays: those that share most members are matched first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count, pairwise

from dragoman.case import Affiliation, Case, Duplicates, Scope, Slicing
from dragoman.record import Stance
from dragoman.views.discourse import (
    ACTORS,
    Aggregation,
    Mode,
    Network,
    Node,
    Normalisation,
    build_network,
    notes_of,
)

SEED = 0
"""Of Louvain, which visits the actors in an order drawn by chance."""


@dataclass(frozen=True, slots=True)
class Lean:
    """How many members of a coalition are for and against a matter, and who, by their keys; one who is told to be both
    counts in both."""

    concept: str
    support: int
    oppose: int
    supporters: tuple[str, ...]
    opponents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coalition:
    """Actors who hold alike: ``label`` (A, B …) is kept from slice to slice.

    ``agreement`` and ``conflict`` are the means, over its pairs of members, of the positive and of the negative part of
    their weight. ``leans`` are the matters on which most members are told to stand, first.
    """

    label: str
    members: tuple[Node, ...]
    leans: tuple[Lean, ...]
    agreement: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Between:
    """Two coalitions by their labels, with the means over the pairs of a member of each."""

    a: str
    b: str
    agreement: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Coalitions:
    """The coalitions of one slice of time, or of all; ``alone`` are actors who hold alike with nobody."""

    slice: str | None
    coalitions: tuple[Coalition, ...]
    between: tuple[Between, ...]
    alone: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An actor who was in one coalition in a slice, and in another in the next."""

    actor: Node
    before: str
    after: str
    left: str
    joined: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Coalitions in the order of time, and who moved between them; ``notes`` say what is not in it."""

    slices: tuple[Coalitions, ...]
    moves: tuple[Move, ...]
    notes: tuple[str, ...]


def compose_coalitions(
    case: Case, scope: Scope | None = None, *, slicing: Slicing | None = None, most: int | None = ACTORS
) -> Alignment:
    """The coalitions of the actors with ``most`` statements, in each slice if time is cut."""
    found = case.affiliations(scope or Scope(), duplicates=Duplicates.RANGE, slicing=slicing, most=most)
    labels = slicing.ordered(tie.slice for tie in found.ties if tie.slice) if slicing else (None,)
    slices: list[Coalitions] = []
    names = _letters()
    for label in labels:
        ties = [tie for tie in found.ties if tie.slice == label]
        network = build_network(
            ties,
            Mode.ACTORS,
            Aggregation.SUBTRACT,
            Normalisation.AVERAGE_ACTIVITY,
            Duplicates.RANGE,
            found.holders,
        )
        groups = find_communities(network)
        known = slices[-1].coalitions if slices else ()
        slices.append(_coalitions(label, network, ties, _labelled(groups, known, names)))
    return Alignment(tuple(slices), tuple(_moves(slices)), notes_of(found))


def find_communities(network: Network) -> tuple[frozenset[str], ...]:
    """Communities of at least two by the positive ties of a network, as keys of nodes, the largest first."""
    import networkx as nx  # takes a tenth of a second to load, which only coalitions need

    graph = nx.Graph()
    graph.add_nodes_from(node.key for node in network.nodes)
    graph.add_weighted_edges_from((tie.a, tie.b, tie.weight) for tie in network.ties if tie.weight > 0)
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED) if graph.size() else []
    return tuple(
        sorted((frozenset(group) for group in found if len(group) > 1), key=lambda group: (-len(group), min(group)))
    )


def _letters() -> Iterator[str]:
    """A … Z, then A2 …"""
    for lap in count(1):
        yield from (chr(ord("A") + n) + (str(lap) if lap > 1 else "") for n in range(26))


def _labelled(
    groups: Sequence[frozenset[str]], before: Sequence[Coalition], names: Iterator[str]
) -> dict[str, frozenset[str]]:
    """Each group under the label of the coalition before it with which it shares most members, else under a new one."""
    shared = sorted(
        (-len(group & {node.key for node in old.members}), old.label, n)
        for n, group in enumerate(groups)
        for old in before
    )
    labels: dict[int, str] = {}
    for overlap, label, n in shared:
        if overlap and n not in labels and label not in labels.values():
            labels[n] = label
    return {labels.get(n) or next(names): group for n, group in enumerate(groups)}


def _coalitions(
    label: str | None, network: Network, ties: Sequence[Affiliation], groups: Mapping[str, frozenset[str]]
) -> Coalitions:
    weights = {frozenset((tie.a, tie.b)): tie.weight for tie in network.ties}
    aligned = frozenset().union(*groups.values())
    return Coalitions(
        slice=label,
        coalitions=tuple(
            Coalition(
                name,
                tuple(node for node in network.nodes if node.key in group),
                tuple(_leans(ties, group)),
                *_means(weights, combinations(sorted(group), 2)),
            )
            for name, group in groups.items()
        ),
        between=tuple(
            Between(a, b, *_means(weights, ((i, j) for i in groups[a] for j in groups[b])))
            for a, b in combinations(groups, 2)
        ),
        alone=tuple(node for node in network.nodes if node.key not in aligned),
    )


def _means(weights: Mapping[frozenset[str], float], pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Mean agreement and mean conflict of pairs."""
    found = sorted(weights.get(frozenset(pair), 0.0) for pair in pairs)
    return sum(max(w, 0) for w in found) / len(found), sum(max(-w, 0) for w in found) / len(found)


def _leans(ties: Iterable[Affiliation], group: frozenset[str]) -> list[Lean]:
    sides: dict[str, dict[Stance, set[str]]] = {}
    for tie in ties:
        if tie.holder in group and tie.stance is not Stance.MIXED:
            sides.setdefault(tie.concept.name, {stance: set() for stance in Stance})[tie.stance].add(tie.holder)
    leans = (_lean(name, told[Stance.SUPPORT], told[Stance.OPPOSE]) for name, told in sides.items())
    return sorted(leans, key=lambda lean: (-abs(lean.support - lean.oppose), lean.concept))


def _lean(concept: str, supporters: set[str], opponents: set[str]) -> Lean:
    return Lean(concept, len(supporters), len(opponents), tuple(sorted(supporters)), tuple(sorted(opponents)))


def _moves(slices: Sequence[Coalitions]) -> Iterator[Move]:
    for before, after in pairwise(slices):
        was = {node.key: coalition.label for coalition in before.coalitions for node in coalition.members}
        for coalition in after.coalitions:
            for node in coalition.members:
                left = was.get(node.key)
                if left is not None and left != coalition.label:
                    yield Move(node, before.slice or "", after.slice or "", left, coalition.label)
