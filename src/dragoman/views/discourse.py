"""Discourse networks: actors tied to what they hold, and to each other by holding alike or unlike.

The definitions are those of discourse network analysis: P. Leifeld, *Discourse Network Analysis: Policy Debates as
Dynamic Networks*, in The Oxford Handbook of Political Networks (2017), and the manual of the software DNA, whose names
for aggregations, normalisations and duplicates are used. A stance is DNA's qualifier as an integer: support 1, mixed 0,
oppose -1; where no stance is mixed this is DNA's yes-or-no agreement.

With ``x[i, c, k]`` the times that actor i takes stance k on concept c, and ``d(k, l) = |k - l| / 2``:

==========  ======================================================  ================================================
            actor × actor (or, turned round, concept × concept)     actor × concept (affiliation)
==========  ======================================================  ================================================
ignore      Σc (Σk x[i, c, k]) (Σl x[j, c, l])                      Σk x[i, c, k]
congruence  Σc Σk Σl x[i, c, k] x[j, c, l] (1 - d(k, l))            –
conflict    Σc Σk Σl x[i, c, k] x[j, c, l] d(k, l)                  –
subtract    congruence - conflict                                   Σk k x[i, c, k]
combine     –                                                       1 only support, 2 only opposition, 3 both or mixed
==========  ======================================================  ================================================

A weight between actors is then divided: by the mean of the two actors' numbers of statements (average activity), by the
number of (concept, stance) pairs that either has (Jaccard), or by the product of the lengths of their vectors (cosine);
for ``ignore`` the pairs and vectors are over concepts. With one statement counted over the whole range, congruence by
average activity is the share of what the two say that they say alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.case import Affiliation, Affiliations, Case, Concept, Duplicates, Holder, Scope
from dragoman.errors import UsageError
from dragoman.record import Stance
from dragoman.record.words import plural
from dragoman.views.data import to_data

ACTORS = 30
"""Actors of a network unless more are asked for, those with most statements first."""

_QUALIFIER = {Stance.OPPOSE: -1, Stance.MIXED: 0, Stance.SUPPORT: 1}
_STANCES = tuple(_QUALIFIER)
_VALUES = np.array(list(_QUALIFIER.values()), dtype=float)
_DECIMALS = 3
_DISTANCE = np.abs(_VALUES[:, None] - _VALUES[None, :]) / 2

Numbers = npt.NDArray[np.float64]


class Mode(StrEnum):
    """What is tied to what."""

    AFFILIATION = "affiliation"
    ACTORS = "actors"
    CONCEPTS = "concepts"


class Aggregation(StrEnum):
    """What a weight tells; see the module."""

    IGNORE = "ignore"
    COMBINE = "combine"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"


class Normalisation(StrEnum):
    """By what a weight is divided; see the module."""

    NO = "no"
    AVERAGE_ACTIVITY = "average activity"
    JACCARD = "Jaccard"
    COSINE = "cosine"


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or a concept. ``activity`` counts its statements, those that say the same as the network was asked to.

    ``documents`` and ``sources`` (independent ones) are those of all statements of an actor; a concept has none.
    """

    key: str
    name: str
    activity: int
    documents: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two nodes by their keys and the weight between them; in an affiliation ``a`` is the actor, else ``a < b``.

    ``documents`` and ``sources`` (independent ones) are those of an affiliation's statements; a tie of two actors rests
    on what each says, so it has none of its own.
    """

    a: str
    b: str
    weight: float
    documents: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A discourse network; ties of weight 0 are left out. ``concepts`` are nodes of an affiliation only.

    ``notes`` say in words what is not in it.
    """

    mode: Mode
    aggregation: Aggregation
    normalisation: Normalisation
    duplicates: Duplicates
    nodes: tuple[Node, ...]
    concepts: tuple[Node, ...]
    ties: tuple[Tie, ...]
    notes: tuple[str, ...] = ()


def weight_in_words(weight: float, aggregation: Aggregation) -> str:
    """A weight, with its sign where it has one."""
    return f"{weight:+.{_DECIMALS}g}" if aggregation is Aggregation.SUBTRACT else f"{weight:g}"


def compose_network(
    case: Case,
    scope: Scope | None = None,
    *,
    mode: Mode = Mode.ACTORS,
    aggregation: Aggregation = Aggregation.SUBTRACT,
    normalisation: Normalisation = Normalisation.NO,
    duplicates: Duplicates = Duplicates.RANGE,
    most: int | None = ACTORS,
) -> Network:
    """The network of the actors with ``most`` statements; raises ``UsageError`` where the parts do not go together."""
    two = mode is Mode.AFFILIATION
    found = case.affiliations(scope or Scope(), duplicates=duplicates, most=most, with_documents=two)
    network = build_network(found.ties, mode, aggregation, normalisation, duplicates, found.holders)
    if two:
        told = found.told
        ties = (replace(t, documents=told[t.a, t.b][0], sources=told[t.a, t.b][1]) for t in network.ties)
        network = replace(network, ties=tuple(ties))
    return replace(network, notes=notes_of(found))


def notes_of(found: Affiliations) -> tuple[str, ...]:
    """What is not in a network, in words."""
    notes = []
    if not found.by_issue and found.ties:
        notes.append(
            "No position of this case answers an issue of a pack: concepts are the actors, or words, it is about."
        )
    if found.all_holders > len(found.holders):
        notes.append(f"The {len(found.holders):,} actors with most statements, of {found.all_holders:,}.")
    if found.undated:
        number = plural(found.undated, "statement")
        notes.append(f"Left out: {number} in documents with no date, or none that fits a slice.")
    return tuple(notes)


def build_network(
    ties: Iterable[Affiliation],
    mode: Mode,
    aggregation: Aggregation,
    normalisation: Normalisation = Normalisation.NO,
    duplicates: Duplicates = Duplicates.INCLUDE,
    holders: Iterable[Holder] = (),
) -> Network:
    """The network that affiliations make; ``duplicates`` tells how they were counted."""
    _check(mode, aggregation, normalisation)
    ties = list(ties)
    actors = sorted({tie.holder for tie in ties})
    concepts = sorted({tie.concept for tie in ties}, key=lambda concept: concept.key)
    x = _array(ties, actors, concepts)
    known = {holder.key: holder for holder in holders}
    nodes = tuple(_node(key, known.get(key), n) for key, n in zip(actors, x.sum(axis=(1, 2)), strict=True))
    matters = tuple(Node(c.key, c.name, int(n)) for c, n in zip(concepts, x.sum(axis=(0, 2)), strict=True))
    if mode is Mode.AFFILIATION:
        made = _affiliations(x, actors, concepts, aggregation)
        return Network(mode, aggregation, normalisation, duplicates, nodes, matters, made)
    if mode is Mode.CONCEPTS:
        nodes, x = matters, x.transpose(1, 0, 2)
    weights = one_mode(x, aggregation, normalisation)
    return Network(mode, aggregation, normalisation, duplicates, nodes, (), _pairs([n.key for n in nodes], weights))


def _check(mode: Mode, aggregation: Aggregation, normalisation: Normalisation) -> None:
    two = (Aggregation.IGNORE, Aggregation.COMBINE, Aggregation.SUBTRACT)
    one = tuple(a for a in Aggregation if a is not Aggregation.COMBINE)
    allowed = two if mode is Mode.AFFILIATION else one
    if aggregation not in allowed:
        raise UsageError(f"a network of {mode} cannot be made by {aggregation}; choose {', '.join(allowed)}")
    if mode is Mode.AFFILIATION and normalisation is not Normalisation.NO:
        raise UsageError(f"{normalisation} is between two actors, an affiliation has none; leave it out")


def _array(ties: Sequence[Affiliation], actors: Sequence[str], concepts: Sequence[Concept]) -> Numbers:
    """``x[actor, concept, stance]``."""
    x = np.zeros((len(actors), len(concepts), len(_STANCES)))
    row = {key: n for n, key in enumerate(actors)}
    column = {concept: n for n, concept in enumerate(concepts)}
    for tie in ties:
        x[row[tie.holder], column[tie.concept], _STANCES.index(tie.stance)] += tie.times
    return x


def _node(key: str, holder: Holder | None, activity: float) -> Node:
    if holder is None:
        return Node(key, key, int(activity))
    return Node(key, holder.name, int(activity), holder.documents, holder.sources)


def one_mode(x: Numbers, aggregation: Aggregation, normalisation: Normalisation) -> Numbers:
    """Weights between the rows of ``x[row, column, stance]``; see the module. The diagonal is 0."""
    if aggregation is Aggregation.IGNORE:
        x = x.sum(axis=2, keepdims=True)
    closeness = {
        Aggregation.IGNORE: np.ones((1, 1)),
        Aggregation.CONGRUENCE: 1 - _DISTANCE,
        Aggregation.CONFLICT: _DISTANCE,
        Aggregation.SUBTRACT: 1 - 2 * _DISTANCE,
    }[aggregation]
    weights: Numbers = np.einsum("ick,kl,jcl->ij", x, closeness, x, optimize=True)
    norms = _norms(x.reshape(len(x), x.shape[1] * x.shape[2]), normalisation)
    weights = np.divide(weights, norms, out=np.zeros_like(weights), where=norms > 0)
    np.fill_diagonal(weights, 0)
    return weights


def _norms(flat: Numbers, normalisation: Normalisation) -> Numbers:
    match normalisation:
        case Normalisation.NO:
            return np.ones((len(flat), len(flat)))
        case Normalisation.AVERAGE_ACTIVITY:
            activity = flat.sum(axis=1)
            norms: Numbers = (activity[:, None] + activity[None, :]) / 2
            return norms
        case Normalisation.JACCARD:
            has = (flat > 0).astype(float)
            shared, number = has @ has.T, has.sum(axis=1)
            norms = number[:, None] + number[None, :] - shared
            return norms
        case Normalisation.COSINE:
            length = np.sqrt((flat**2).sum(axis=1))
            return np.outer(length, length)


def _pairs(keys: Sequence[str], weights: Numbers) -> tuple[Tie, ...]:
    rows, columns = np.nonzero(np.triu(weights, 1))
    return tuple(
        Tie(keys[i], keys[j], float(weights[i, j])) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def _affiliations(
    x: Numbers, actors: Sequence[str], concepts: Sequence[Concept], aggregation: Aggregation
) -> tuple[Tie, ...]:
    opposes, mixes, supports = np.moveaxis(x > 0, 2, 0)
    weights = {
        Aggregation.IGNORE: x.sum(axis=2),
        Aggregation.SUBTRACT: x @ _VALUES,
        Aggregation.COMBINE: np.where(mixes | (supports & opposes), 3, supports + 2 * opposes),
    }[aggregation]
    rows, columns = np.nonzero(weights)
    return tuple(
        Tie(actors[i], concepts[j].key, float(weights[i, j]))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )


@to_data.register
def _(network: Network) -> dict[str, Any]:
    """The network as node-link data, which networkx (``node_link_graph``) and D3 read."""
    nodes = [("actor" if network.mode is not Mode.CONCEPTS else "concept", node) for node in network.nodes]
    nodes += [("concept", node) for node in network.concepts]
    return {
        "directed": False,
        "multigraph": False,
        "graph": {
            "mode": network.mode,
            "aggregation": network.aggregation,
            "normalisation": network.normalisation,
            "duplicates": network.duplicates,
            "notes": list(network.notes),
        },
        "nodes": [
            {"id": f"{type}:{node.key}", "type": type, "name": node.name, "activity": node.activity}
            | _counts(node.documents, node.sources)
            for type, node in nodes
        ],
        "edges": [
            _edge(network, tie.a, tie.b, tie.weight) | _counts(tie.documents, tie.sources) for tie in network.ties
        ],
    }


def _edge(network: Network, a: str, b: str, weight: float) -> dict[str, Any]:
    types = {
        Mode.ACTORS: ("actor", "actor"),
        Mode.CONCEPTS: ("concept", "concept"),
        Mode.AFFILIATION: ("actor", "concept"),
    }
    one, other = types[network.mode]
    return {"source": f"{one}:{a}", "target": f"{other}:{b}", "weight": weight}


def _counts(documents: int | None, sources: int | None) -> dict[str, int]:
    return {} if documents is None or sources is None else {"documents": documents, "sources": sources}
