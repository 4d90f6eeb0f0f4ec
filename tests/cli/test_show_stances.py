"""``show matrix``, ``network`` and ``coalitions`` on the terminal and as data."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from tests.case.factory import filled
from tests.cli.conftest import Dragoman
from tests.views.debates import Said, debate


@pytest.fixture
def debated(tmp_path: Path) -> Path:
    """A case in which Freedonia turns against trade."""
    path = tmp_path / "a.case"
    filled(
        path,
        debate("a", "2023-05-01", "Courier", *(Said(n, "+", "trade") for n in ("Freedonia", "Sylvania"))),
        debate("b", "2024-05-01", "Herald", Said("Freedonia", "-", "trade"), Said("Sylvania", "+", "un-envoy")),
    ).close()
    return path


def test_the_matrix_has_signs_and_counts(dragoman: Dragoman, debated: Path) -> None:
    result = dragoman("show", debated, "matrix")
    assert result.code == 0
    assert "±2·2·2" in result.out
    assert "un envoy" in result.out
    assert "statements·documents·independent sources" in result.err


def test_the_matrix_in_time_marks_the_change(dragoman: Dragoman, debated: Path) -> None:
    result = dragoman("show", debated, "matrix", "--slice", "year", "--actor", "Freedonia")
    assert "→−1·1·1" in result.out
    assert "Sylvania" not in result.out


def test_data_of_the_matrix_lead_to_the_reports(dragoman: Dragoman, debated: Path) -> None:
    data = json.loads(dragoman("show", debated, "matrix", "--json", "--as-of", "2023").out)
    assert [cell["stance"] for cell in data["cells"]] == ["support", "support"]
    for cell in data["cells"]:
        assert dragoman("show", debated, "report", cell["reports"][0]).code == 0


@pytest.mark.parametrize("kind", ["actors", "concepts", "affiliation"])
def test_networkx_reads_the_data_of_a_network(dragoman: Dragoman, debated: Path, kind: str) -> None:
    data = json.loads(dragoman("show", debated, "network", "--network", kind, "--aggregation", "ignore", "--json").out)
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.number_of_edges() == len(data["edges"]) > 0
    assert set(nx.get_node_attributes(graph, "name")) == set(graph)


def test_a_network_lists_its_ties(dragoman: Dragoman, debated: Path) -> None:
    asked = ("--aggregation", "congruence", "--normalisation", "average-activity", "--duplicates", "document")
    result = dragoman("show", debated, "network", *asked)
    assert "0.5" in result.out
    assert "1 tie between actors: congruence by average activity." in result.err


def test_coalitions_and_moves_are_shown(dragoman: Dragoman, debated: Path) -> None:
    result = dragoman("show", debated, "coalitions", "--until", "2023")
    assert "Freedonia (1·1), Sylvania (1·1)" in result.out
    assert json.loads(dragoman("show", debated, "coalitions", "--slice", "2024", "--json").out)["slices"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("matrix", "--slice", "week"), "year, quarter, month"),
        (("matrix", "--aggregation", "ignore"), "a network's"),
        (("matrix", "--type", "CONSULT"), "chooses among reports"),
        (("matrix", "abc"), "takes no id"),
        (("network", "--slice", "year"), "of one time"),
        (("network", "--aggregation", "congruent"), "did you mean congruence"),
        (("network", "--aggregation", "combine"), "cannot be made by combine"),
        (("network", "--as-of", "yesterday"), "YYYY-MM-DD"),
        (("events", "--slice", "year"), "coalitions, matrix, network"),
        (("matrix", "--actor", "Fredonia"), "did you mean 'Freedonia'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    dragoman: Dragoman, debated: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = dragoman("show", debated, *arguments)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert told in result.err


@pytest.mark.parametrize("what", ["matrix", "network", "coalitions"])
def test_an_empty_case_is_said_to_be_empty(dragoman: Dragoman, tmp_path: Path, what: str) -> None:
    filled(tmp_path / "a.case").close()
    result = dragoman("show", tmp_path / "a.case", what)
    assert (result.code, result.out) == (0, "")
    assert result.err


@pytest.mark.parametrize("format", ["dna", "graphml", "gexf"])
def test_formats_go_to_standard_output(dragoman: Dragoman, debated: Path, format: str) -> None:
    assert "Freedonia" in dragoman("export", debated, "--format", format).out
