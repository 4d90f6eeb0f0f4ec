"""DNA's table, GraphML and GEXF, read back by other people's readers."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest

from dragoman.case import Case
from dragoman.export import export_dna, export_gexf, export_graphml
from dragoman.export.dna import COLUMNS
from tests.case.factory import filled
from tests.export.test_exports import HOSTILE
from tests.views.debates import Said, debate

GEXF = "{http://gexf.net/1.3}"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Three documents; one holder and one title of hostile words, one position on no issue, one document undated."""
    with filled(
        tmp_path / "a.case",
        debate("a", "2024-05-04", "Courier", Said("Freedonia", "+", "trade"), Said("Dr Strange", "-", "trade")),
        debate("b", "2024-06-01", HOSTILE, Said("Freedonia", "+", "trade"), Said(HOSTILE, "0", "envoys"), author="Eve"),
        debate("c", None, "=1+1", Said("Freedonia", "-", "trade"), Said("Freedonia", "+", None, "a \x0bthing")),
    ) as opened:
        yield opened


def test_pandas_reads_the_statements_of_dna(case: Case, tmp_path: Path) -> None:
    export_dna(case, tmp_path / "dna.csv")
    table = pd.read_csv(tmp_path / "dna.csv", sep=";", keep_default_na=False)
    assert tuple(table.columns) == COLUMNS
    assert list(table["ID"]) == list(range(1, 8))
    assert list(table["docId"]) == ["a", "a", "b", "b", "b", "c", "c"]
    assert list(table["time"]) == ["2024-05-04 00:00:00"] * 2 + ["2024-06-01 00:00:00"] * 3 + ["", ""]
    assert list(table["person"]) == ["", "Dr Strange", "", "", "", "", ""]
    assert list(table["organization"]) == ["Freedonia", "", "Freedonia", HOSTILE, HOSTILE, "Freedonia", "Freedonia"]
    assert list(table["agreement"]) == [1, 0, 1, 1, 0, 0, 1]  # the mixed stance is one of each
    assert list(table["concept"])[-2:] == ["trade", "a \x0bthing"]
    assert set(table["docAuthor"][2:5]) == {"Eve"}
    assert table["docSource"][5] == "'=1+1"
    assert set(table["docSection"]) == set(table["docType"]) == {""}
    assert set(table["report"]) == {stored.id for stored in case.reports("position")}
    texts = {stored.id: stored.report.evidence.text for stored in case.reports("position")}
    assert [texts[id] for id in table["report"]] == list(table["text"])


def test_networkx_reads_graphml(case: Case, tmp_path: Path) -> None:
    export_graphml(case, tmp_path / "a.graphml")
    graph = nx.read_graphml(tmp_path / "a.graphml")
    assert nx.is_bipartite(graph)
    assert graph.nodes["actor:~freedonia"] == {"label": "Freedonia", "type": "actor", "statements": 3}
    assert graph.nodes["concept:trade"] == {"label": "trade", "type": "concept", "statements": 4}
    assert graph.edges["actor:~freedonia", "concept:trade"] == {
        "weight": 1,
        "support": 2,
        "oppose": 1,
        "mixed": 0,
        "documents": 3,
        "sources": 3,
    }
    assert HOSTILE in {data["label"] for _, data in graph.nodes(data=True)}


def test_networkx_reads_gexf_with_its_spells(case: Case, tmp_path: Path) -> None:
    export_gexf(case, tmp_path / "a.gexf")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of networkx about itself
        graph = nx.read_gexf(tmp_path / "a.gexf", version="1.3")
    assert {data["label"] for _, data in graph.nodes(data=True)} >= {"Freedonia", "trade", HOSTILE}
    edges = {
        (data["stance"], data["weight"]): data.get("spells")
        for _, _, data in graph.edges("actor:~freedonia", data=True)
    }
    assert edges == {
        ("support", 2.0): [("2024-05-04", "2024-05-04"), ("2024-06-01", "2024-06-01")],
        ("oppose", 1.0): None,  # told by a document without a date
    }


_ALLOWED = {
    "gexf": ({"version"}, ("meta", "graph")),
    "meta": (set(), ("creator", "description")),
    "creator": (set(), ()),
    "description": (set(), ()),
    "graph": ({"defaultedgetype", "mode", "timeformat"}, ("attributes", "nodes", "edges")),
    "attributes": ({"class", "mode"}, ("attribute",)),
    "attribute": ({"id", "title", "type"}, ()),
    "nodes": (set(), ("node",)),
    "node": ({"id", "label"}, ("attvalues",)),
    "attvalues": (set(), ("attvalue",)),
    "attvalue": ({"for", "value"}, ()),
    "edges": (set(), ("edge",)),
    "edge": ({"id", "source", "target", "kind", "weight"}, ("attvalues", "spells")),
    "spells": (set(), ("spell",)),
    "spell": ({"start", "end"}, ()),
}
"""What we use of the published structure of GEXF 1.3: the attributes of an element, and what stands in it, in order."""


def test_gexf_has_the_published_structure(case: Case, tmp_path: Path) -> None:
    export_gexf(case, tmp_path / "a.gexf")
    root = ElementTree.parse(tmp_path / "a.gexf").getroot()
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    for element in root.iter():
        name = element.tag.removeprefix(GEXF)
        attributes, children = _ALLOWED[name]
        assert set(element.attrib) <= attributes, name
        inside = [child.tag.removeprefix(GEXF) for child in element]
        assert inside == sorted(inside, key=children.index), name
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("defaultedgetype"), graph.get("mode"), graph.get("timeformat")) == (
        *("undirected", "dynamic"),
        "date",
    )
    ids = {node.get("id") for node in root.iter(f"{GEXF}node")}
    assert all({edge.get("source"), edge.get("target")} <= ids for edge in root.iter(f"{GEXF}edge"))
    declared = {(a.get("class"), e.get("id")) for a in root.iter(f"{GEXF}attributes") for e in a}
    for kind in ("node", "edge"):
        used = {v.get("for") for e in root.iter(f"{GEXF}{kind}") for v in e.iter(f"{GEXF}attvalue")}
        assert {(kind, name) for name in used} <= declared


def test_xml_holds_no_character_that_it_cannot(tmp_path: Path) -> None:
    with filled(tmp_path / "a.case", debate("a", "2024-05-04", "C", Said("A\x00\x0b\uffff", "+", "x"))) as case:
        for export in (export_graphml, export_gexf):
            export(case, tmp_path / "out")
            assert ElementTree.parse(tmp_path / "out").getroot() is not None


def test_graphml_of_a_torn_case_leaves_the_old_file(case: Case, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    case._conn.exec_driver_sql("DROP TABLE statements")
    with pytest.raises(Exception, match="statements"):
        export_graphml(case, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "old"
