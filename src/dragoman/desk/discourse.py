"""The discourse network of the actors, drawn and as ties; and the coalitions in it, and who moved between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from dragoman.asked import one_of
from dragoman.case import Case, Duplicates, Scope, Slicing
from dragoman.desk.charts import MEDIA, Picture, draw, ties_between
from dragoman.desk.pages import PAGE_ROWS, Download, Page, Row
from dragoman.desk.spans import months_of
from dragoman.views.coalitions import Alignment, compose_coalitions
from dragoman.views.discourse import ACTORS, Aggregation, Mode, Network, Node, Normalisation, Tie, compose_network
from dragoman.views.positions import SLICES

_MOST = 100
"""Actors of a network, or more than can be told apart in a picture."""
_ONLY_OPPOSITION = 2  # in an affiliation that is made by ``combine``
_LINES = "A solid line is agreement, a dashed one conflict; a dot is as large as its number of statements."
_SEED, _APART = 0, 1.2
"""Of the drawing: the same network is drawn the same; actors stand so far apart."""


@dataclass(frozen=True, slots=True)
class Tied:
    """Two nodes and what is between them."""

    one: Node
    other: Node
    tie: Tie
    against: bool


@dataclass(frozen=True, slots=True)
class Ties:
    """One page of the ties of a network, of ``all``, the strongest first."""

    network: Network
    ties: tuple[Tied, ...]
    all: int
    number: int
    more: bool
    months: tuple[str, ...]
    modes: tuple[str, ...] = tuple(Mode)
    aggregations: tuple[str, ...] = tuple(Aggregation)
    normalisations: tuple[str, ...] = tuple(Normalisation)
    duplicates: tuple[str, ...] = tuple(Duplicates)


@dataclass(frozen=True, slots=True)
class Camps:
    """One page of the slices of time, the latest first, and all moves between them."""

    found: Alignment
    number: int
    more: bool
    months: tuple[str, ...]


def network(
    case: Case,
    *,
    mode: str = "",
    aggregation: str = "",
    normalisation: str = "",
    duplicates: str = "",
    issue: str = "",
    since: str = "",
    until: str = "",
    as_of: str = "",
    actors: int = ACTORS,
    page: int = 1,
    limit: int = PAGE_ROWS,
) -> Ties:
    """Who holds alike and who does not, in the terms of discourse network analysis, between those who say most."""
    page, limit = max(page, 1), max(limit, 1)
    found = compose_network(
        case,
        Scope(issue or None, None, since or None, until or None, as_of or None),
        mode=one_of(Mode, "network", mode or Mode.ACTORS),
        aggregation=one_of(Aggregation, "aggregation", aggregation or Aggregation.SUBTRACT),
        normalisation=one_of(Normalisation, "normalisation", normalisation or Normalisation.NO),
        duplicates=one_of(Duplicates, "duplicates", duplicates or Duplicates.RANGE),
        most=min(max(actors, 1), _MOST),
    )
    nodes = {node.key: node for node in (*found.nodes, *found.concepts)}
    ties = sorted(found.ties, key=lambda tie: (-abs(tie.weight), tie.a, tie.b))
    return Ties(
        network=found,
        ties=tuple(
            Tied(nodes[tie.a], nodes[tie.b], tie, against(found, tie))
            for tie in ties[(page - 1) * limit : page * limit]
        ),
        all=len(ties),
        number=page,
        more=len(ties) > page * limit,
        months=months_of(case),
    )


def against(found: Network, tie: Tie) -> bool:
    """Whether a tie tells of conflict, or of opposition."""
    opposes = found.aggregation is Aggregation.COMBINE and tie.weight == _ONLY_OPPOSITION
    return opposes or tie.weight < 0 or found.aggregation is Aggregation.CONFLICT


def rows(found: Ties) -> Iterator[Row]:
    """The ties as flat rows."""
    for tied in found.ties:
        counts = {"documents": tied.tie.documents, "sources": tied.tie.sources}
        yield {"one": tied.one.name, "other": tied.other.name, "weight": tied.tie.weight} | counts


def coalitions(
    case: Case,
    *,
    issue: str = "",
    since: str = "",
    until: str = "",
    slice: str = "",
    as_of: str = "",
    actors: int = ACTORS,
    page: int = 1,
    limit: int = SLICES,
) -> Camps:
    """Who holds alike, the conflict within and between, and who moved; the latest slice of time first."""
    page, limit = max(page, 1), max(limit, 1)
    scope = Scope(issue or None, None, since or None, until or None, as_of or None)
    slicing = Slicing.parse(slice) if slice else None
    found = compose_coalitions(case, scope, slicing=slicing, most=min(max(actors, 1), _MOST))
    shown = found.slices[::-1][(page - 1) * limit : page * limit]
    return Camps(replace(found, slices=shown), page, len(found.slices) > page * limit, months_of(case))


def members(found: Camps) -> Iterator[Row]:
    """The members of the coalitions as flat rows."""
    for part in found.found.slices:
        for one in part.coalitions:
            for node in one.members:
                yield {
                    "slice": part.slice or "",
                    "coalition": one.label,
                    "actor": node.name,
                    "documents": node.documents,
                    "sources": node.sources,
                }


def _picture(form: Picture, path: str, width: int = 900) -> Download:
    @wraps(network)
    def build(case: Case, **asked: Any) -> bytes:
        return draw(_drawn(network(case, **asked).network, width), form, ("Who holds alike, and who does not", _LINES))

    return Download(path, MEDIA[form], build, "" if form == "page" else f"network.{form}")


def _drawn(found: Network, width: int) -> object:
    """Those who hold alike stand together: conflict draws nobody, so only what is positive does."""
    import networkx as nx  # takes a tenth of a second to load, which only the picture needs

    tied = {key for tie in found.ties for key in (tie.a, tie.b)}
    nodes = [node for node in (*found.nodes, *found.concepts) if node.key in tied]
    concepts = {node.key for node in found.concepts}
    graph = nx.Graph()
    graph.add_nodes_from(node.key for node in nodes)
    graph.add_weighted_edges_from((tie.a, tie.b, tie.weight) for tie in found.ties if not against(found, tie))
    at = {key: (float(x), float(y)) for key, (x, y) in nx.spring_layout(graph, seed=_SEED, k=_APART).items()}
    return ties_between(
        [(*at[node.key], node.name, node.activity, node.key in concepts) for node in nodes],
        [(*at[tie.a], *at[tie.b], abs(tie.weight), against(found, tie)) for tie in found.ties],
        width=width,
    )


PAGES = (
    Page("/positions/network", "network.html", network, rows=rows),
    Page("/positions/coalitions", "coalitions.html", coalitions, rows=members),
)
DOWNLOADS = (
    _picture("page", "/positions/network-page.svg"),
    _picture("page", "/positions/network-narrow.svg", 340),
    _picture("svg", "/positions/network.svg"),
    _picture("png", "/positions/network.png"),
)
