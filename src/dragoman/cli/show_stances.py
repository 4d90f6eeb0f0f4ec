"""``show CASE matrix``, ``network`` and ``coalitions``: who stands where, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.asked import Choice, one_of
from dragoman.case import Duplicates, Scope, Slicing
from dragoman.cli.output import dump, say
from dragoman.errors import UsageError
from dragoman.record.words import plural
from dragoman.views.coalitions import Between, Coalition, compose_coalitions
from dragoman.views.discourse import Aggregation, Mode, Node, Normalisation, compose_network, weight_in_words
from dragoman.views.positions import LEGEND, LEGEND_IN_TIME, Cell, Matrix, compose_matrix, in_signs

if TYPE_CHECKING:
    from dragoman.case import Case

_NAME, _CELL = 26, 11
"""Columns of a terminal that an actor's name and a cell take."""
_TIES = 100
_LEANS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks, in its words; ``None`` where it says nothing."""

    issue: str | None = None
    actor: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    slice: str | None = None
    network: str | None = None
    aggregation: str | None = None
    normalisation: str | None = None
    duplicates: str | None = None
    limit: int | None = None
    as_json: bool = False


def show_stances(case: Case, what: str, asked: Asked) -> None:
    """Show the matrix, the network or the coalitions. Raises ``UsageError`` for what cannot be asked of it."""
    scope = Scope(asked.issue, asked.actor, asked.since, asked.until, asked.as_of)
    slicing = Slicing.parse(asked.slice) if asked.slice is not None else None
    kinds = (asked.network, asked.aggregation, asked.normalisation, asked.duplicates)
    if what != "network" and any(kind is not None for kind in kinds):
        raise UsageError(
            f"{what} is of one kind; --network, --aggregation, --normalisation and --duplicates are a network's"
        )
    if what == "network":
        if slicing is not None:
            raise UsageError("a network is of one time; --since and --until choose it, and coalitions have slices")
        show_network(case, scope, _options(asked), asked.limit, asked.as_json)
    elif what == "coalitions":
        show_coalitions(case, scope, slicing, asked.limit, asked.as_json)
    else:
        show_matrix(case, scope, slicing, asked.limit, asked.as_json)


def _options(asked: Asked) -> NetworkOptions:
    mode = _choice(Mode, "network", asked.network) or Mode.ACTORS
    return NetworkOptions(
        mode,
        _choice(Aggregation, "aggregation", asked.aggregation) or Aggregation.SUBTRACT,
        _choice(Normalisation, "normalisation", asked.normalisation) or Normalisation.NO,
        _choice(Duplicates, "duplicates", asked.duplicates) or Duplicates.RANGE,
    )


def _choice(values: type[Choice], name: str, text: str | None) -> Choice | None:
    """The value that is written so, whatever its case, with a hyphen or a blank."""
    if text is None:
        return None
    plain = {str(value).casefold(): str(value) for value in values}
    return one_of(values, name, plain.get(text.casefold().replace("-", " "), text))


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """What ties a network, in the words of discourse network analysis."""

    mode: Mode = Mode.ACTORS
    aggregation: Aggregation = Aggregation.SUBTRACT
    normalisation: Normalisation = Normalisation.NO
    duplicates: Duplicates = Duplicates.RANGE


def show_matrix(case: Case, scope: Scope, slicing: Slicing | None, limit: int | None, as_json: bool) -> None:
    """Who stands where on what: actor by issue, or in time a line for each actor and issue."""
    matrix = compose_matrix(case, scope, slicing=slicing, most=limit, with_reports=as_json)
    if as_json:
        dump(matrix)
        return
    from dragoman.cli.tables import print_table, width

    lines = _lines_in_time(matrix, width()) if slicing else _lines(matrix, width())
    print_table(list(lines))
    if not matrix.cells:
        say("There are no such positions.")
    else:
        say(f"{LEGEND_IN_TIME if slicing else LEGEND}.")
    hidden = len(matrix.slices if slicing else matrix.concepts) - _room(width(), bool(slicing))
    if matrix.cells and hidden > 0:
        what = "slices" if slicing else "issues"
        say(f"{hidden} {'earlier' if slicing else 'more'} {what} do not fit; a wider terminal or --json shows them.")
    _say_notes(matrix.notes)


def _room(width: int, in_time: bool) -> int:
    """Cells that fit beside the names."""
    return max((width - _NAME - (_NAME // 2 if in_time else 0)) // (_CELL + 1), 1)


def _lines(matrix: Matrix, width: int) -> Iterator[Mapping[str, Any]]:
    shown = matrix.concepts[: _room(width, in_time=False)]
    cells = {(cell.holder.key, cell.concept.key): cell for cell in matrix.cells}
    for holder in matrix.holders:
        told = (cells.get((holder.key, concept.key)) for concept in shown)
        heads = (concept.name.replace("-", " ")[: _NAME * 2] for concept in shown)
        yield {"actor": holder.name} | dict(zip(heads, map(_in_cell, told), strict=True))


def _lines_in_time(matrix: Matrix, width: int) -> Iterator[Mapping[str, Any]]:
    shown = matrix.slices[-_room(width, in_time=True) :]
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for cell in matrix.cells:
        start = {"actor": cell.holder.name, "on": cell.concept.name} | dict.fromkeys(shown, "")
        row = rows.setdefault((cell.holder.key, cell.concept.key), start)
        if cell.slice in row:
            row[cell.slice or ""] = _in_cell(cell)
    return iter(rows.values())


def _in_cell(cell: Cell | None) -> str:
    return in_signs(cell) if cell else ""


def show_network(case: Case, scope: Scope, options: NetworkOptions, limit: int | None, as_json: bool) -> None:
    """The ties of a discourse network, the strongest first."""
    network = compose_network(
        case,
        scope,
        mode=options.mode,
        aggregation=options.aggregation,
        normalisation=options.normalisation,
        duplicates=options.duplicates,
        **({"most": limit} if limit else {}),
    )
    if as_json:
        dump(network)
        return
    from dragoman.cli.tables import print_table

    ties = sorted(network.ties, key=lambda tie: (-abs(tie.weight), tie.a, tie.b))
    names = {node.key: node.name for node in (*network.nodes, *network.concepts)}
    print_table(
        [
            {
                "one": names[tie.a],
                "other": names[tie.b],
                "weight": weight_in_words(tie.weight, network.aggregation),
                "documents": tie.documents,
                "sources": tie.sources,
            }
            for tie in ties[:_TIES]
        ]
    )
    said = "" if network.normalisation is Normalisation.NO else f" by {network.normalisation}"
    if not network.ties:
        say("There are no ties.")
    else:
        between = "actors and concepts" if network.mode is Mode.AFFILIATION else str(network.mode)
        say(f"{plural(len(network.ties), 'tie')} between {between}: {network.aggregation}{said}.")
    if len(ties) > _TIES:
        say(f"These are the {_TIES} strongest; --json gives all.")
    _say_notes(network.notes)


def show_coalitions(case: Case, scope: Scope, slicing: Slicing | None, limit: int | None, as_json: bool) -> None:
    """Who holds alike, the conflict within and between, and who moved."""
    found = compose_coalitions(case, scope, slicing=slicing, **({"most": limit} if limit else {}))
    if as_json:
        dump(found)
        return
    from dragoman.cli.tables import print_table

    for part in found.slices:
        print_table([_coalition_row(c) for c in part.coalitions], title=part.slice)
        print_table([_between_row(b) for b in part.between])
        if part.alone:
            say(f"Hold alike with nobody{f' {part.slice}' if part.slice else ''}: {_listed(part.alone)}.")
    moves = [
        {"moved": m.actor.name, "between": f"{m.before} and {m.after}", "left": m.left, "joined": m.joined}
        for m in found.moves
    ]
    print_table(moves, title="Who moved")
    if not any(part.coalitions for part in found.slices):
        say("There are no coalitions: no two actors are told to hold alike.")
    _say_notes(found.notes)


def _coalition_row(coalition: Coalition) -> dict[str, Any]:
    return {
        "coalition": coalition.label,
        "members": _listed(coalition.members),
        "stand": "; ".join(f"{lean.concept} +{lean.support} −{lean.oppose}" for lean in coalition.leans[:_LEANS]),
        "agreement": f"{coalition.agreement:.2f}",
        "conflict": f"{coalition.conflict:.2f}",
    }


def _between_row(between: Between) -> dict[str, Any]:
    return {
        "between": f"{between.a} and {between.b}",
        "agreement": f"{between.agreement:.2f}",
        "conflict": f"{between.conflict:.2f}",
    }


def _listed(nodes: Iterable[Node]) -> str:
    ordered = sorted(nodes, key=lambda node: (-node.activity, node.name))
    return ", ".join(f"{node.name} ({node.documents}·{node.sources})" for node in ordered)


def _say_notes(notes: Sequence[str]) -> None:
    for note in notes:
        say(note)
