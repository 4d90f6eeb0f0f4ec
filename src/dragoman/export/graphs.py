"""The network of who holds what, as GraphML and as GEXF 1.3 with time spells: actors and concepts, tied by statements.

Both have a node for each actor and each concept, whose ids say the same in every case (``actor:state/TUR``,
``concept:recognition``). GraphML (http://graphml.graphdrawing.org) has one edge for each pair, with the statements in
support and opposition, the documents and the independent sources. GEXF (https://gexf.net, 1.3) has one for each pair
and stance, with a spell for each day on which documents tell of it, so that a viewer can play the debate; statements
in documents without a day count in the weight alone.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from dragoman.case import Case, Concept, Holder, Scope, StanceCount, Statement
from dragoman.case.text import mend_for_xml
from dragoman.export.dna import left_out
from dragoman.export.target import Target, writing
from dragoman.record import Stance

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GRAPHML = (
    ("node", "label", "string"),
    ("node", "type", "string"),
    ("node", "statements", "int"),
    *(("edge", name, "int") for name in ("weight", *Stance, "documents", "sources")),
)
"""The data of nodes and edges; the weight is support less opposition."""


def export_graphml(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write the affiliation network of all actors and concepts; positions told as held alone."""
    found = case.positions_held(Scope(since=since, until=until, as_of=as_of))
    concepts = _statements_by_concept(found.cells)
    with writing(target) as stream, _document(stream) as xml:
        with xml.within("graphml", xmlns="http://graphml.graphdrawing.org/xmlns"):
            for domain, name, type in _GRAPHML:
                xml.empty("key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": type})
            with xml.within("graph", edgedefault="undirected"):
                for id, (label, statements) in _nodes(found.holders, concepts).items():
                    data = {"label": label, "type": id.partition(":")[0], "statements": statements}
                    with xml.within("node", id=id):
                        _graphml_data(xml, "node", data)
                for cell in sorted(found.cells, key=lambda cell: (cell.holder, cell.concept.key)):
                    with xml.within("edge", source=_actor(cell.holder), target=_concept(cell.concept)):
                        _graphml_data(xml, "edge", _numbers(cell))
    return left_out(found, by_issue=True)


def _statements_by_concept(cells: Iterable[StanceCount]) -> dict[Concept, int]:
    numbers: Counter[Concept] = Counter()
    for cell in cells:
        numbers[cell.concept] += cell.support + cell.oppose + cell.mixed
    return numbers


def _numbers(cell: StanceCount) -> dict[str, int]:
    told = {"support": cell.support, "oppose": cell.oppose, "mixed": cell.mixed}
    return {"weight": cell.support - cell.oppose} | told | {"documents": cell.documents, "sources": cell.sources}


def _graphml_data(xml: _Writer, domain: str, data: Mapping[str, object]) -> None:
    for name, value in data.items():
        xml.text("data", str(value), key=f"{domain}-{name}")


def export_gexf(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> tuple[str, ...]:
    """Write the affiliation network as it unfolds in time; positions told as held alone."""
    scope = Scope(since=since, until=until, as_of=as_of)
    found, ties = case.positions_held(scope), _ties(case.statements(scope))
    concepts = _statements_by_concept(found.cells)
    ties = {tie: days for tie, days in ties.items() if tie[1] in concepts}
    nodes = _nodes(found.holders, concepts)
    with writing(target) as stream, _document(stream) as xml:
        with xml.within("gexf", xmlns="http://gexf.net/1.3", version="1.3"):
            with xml.within("meta"):
                xml.text("creator", "Dragoman")
                xml.text("description", "Who holds what: actors and concepts, tied by statements")
            with xml.within("graph", defaultedgetype="undirected", mode="dynamic", timeformat="date"):
                _gexf_attributes(xml)
                _gexf_nodes(xml, nodes)
                _gexf_edges(xml, ties)
    return left_out(found, by_issue=True)


def _gexf_attributes(xml: _Writer) -> None:
    for domain, names in (("node", (("type", "string"), ("statements", "integer"))), ("edge", (("stance", "string"),))):
        with xml.within("attributes", **{"class": domain, "mode": "static"}):
            for name, type in names:
                xml.empty("attribute", {"id": name, "title": name, "type": type})


def _gexf_nodes(xml: _Writer, nodes: Mapping[str, tuple[str, int]]) -> None:
    with xml.within("nodes"):
        for id, (label, statements) in nodes.items():
            with xml.within("node", id=id, label=label), xml.within("attvalues"):
                xml.empty("attvalue", {"for": "type", "value": id.partition(":")[0]})
                xml.empty("attvalue", {"for": "statements", "value": str(statements)})


def _gexf_edges(xml: _Writer, ties: Mapping[tuple[str, Concept, Stance], Counter[str]]) -> None:
    with xml.within("edges"):
        for number, (tie, days) in enumerate(sorted(ties.items(), key=lambda t: (t[0][0], t[0][1].key, t[0][2]))):
            holder, concept, stance = tie
            ends = {"id": str(number), "source": _actor(holder), "target": _concept(concept), "kind": str(stance)}
            with xml.within("edge", **ends, weight=str(days.total())):
                with xml.within("attvalues"):
                    xml.empty("attvalue", {"for": "stance", "value": str(stance)})
                if spells := sorted(day for day in days if day):
                    with xml.within("spells"):
                        for day in spells:
                            xml.empty("spell", {"start": day, "end": day})


def _ties(statements: Iterable[Statement]) -> dict[tuple[str, Concept, Stance], Counter[str]]:
    """How many statements each day has of each tie; under no day those whose document's day is not known."""
    ties: dict[tuple[str, Concept, Stance], Counter[str]] = {}
    for said in statements:
        day = said.published if said.published and _DAY.fullmatch(said.published) else ""
        ties.setdefault((said.holder.key, said.concept, said.stance), Counter())[day] += 1
    return ties


def _nodes(holders: Sequence[Holder], concepts: Mapping[Concept, int]) -> dict[str, tuple[str, int]]:
    """Label and statements of each node by its id, in the order of ids."""
    nodes = {_actor(holder.key): (holder.name, holder.statements) for holder in holders}
    nodes |= {_concept(concept): (concept.name, number) for concept, number in concepts.items()}
    return dict(sorted(nodes.items()))


def _actor(key: str) -> str:
    return f"actor:{key}"


def _concept(concept: Concept) -> str:
    return f"concept:{concept.key}"


class _Writer:
    """XML as it is written; what XML cannot hold becomes U+FFFD."""

    def __init__(self, stream: BinaryIO) -> None:
        self._xml = XMLGenerator(codecs.getwriter("utf-8")(stream), "utf-8", short_empty_elements=True)

    def start(self) -> None:
        self._xml.startDocument()

    def end(self) -> None:
        self._xml.endDocument()

    @contextmanager
    def within(self, name: str, **attributes: str) -> Iterator[None]:
        """An element around what is written meanwhile."""
        self._xml.startElement(name, AttributesImpl(_clean(attributes)))
        yield
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element with nothing in it."""
        with self.within(name, **attributes):
            pass

    def text(self, name: str, text: str, **attributes: str) -> None:
        """An element with text in it."""
        with self.within(name, **attributes):
            self._xml.characters(mend_for_xml(text))


@contextmanager
def _document(stream: BinaryIO) -> Iterator[_Writer]:
    xml = _Writer(stream)
    xml.start()
    yield xml
    xml.end()


def _clean(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: mend_for_xml(value) for name, value in attributes.items()}
