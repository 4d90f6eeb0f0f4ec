"""A case in which every word is hostile, walked over all that the desk gives: nothing of it becomes more than text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pypdf import PdfReader

from tests.desk.hostile import build
from tests.desk.test_desk_frame import links

EACH = 2
"""Addresses of one kind that are looked at."""
FORMULA = re.compile(r"[=+@\t\r-]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
OURS = re.compile(r"/static/|/brief\.css$")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hostile") / "made.case")


@pytest.fixture
def path(made: Path) -> Path:
    return made


class Inert(HTMLParser):
    """Raises for an element or attribute that could do something, unless it is one of the desk's own."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        assert not [name for name in told if name.startswith("on") or name == "style"], (tag, told)
        assert tag not in ("iframe", "object", "embed", "base", "style"), told
        assert tag not in ("script", "link") or told.get("rel") in ("alternate",) or _is_ours(told), told
        for name in ("href", "src", "action", "formaction", "srcset"):
            assert re.match(r"[/#?]|$", told.get(name, "")), (tag, told)

    def handle_data(self, data: str) -> None:
        assert self.cdata_elem is None or not data.strip(), data  # nothing is written within a script


def _is_ours(told: dict[str, str]) -> bool:
    return bool(OURS.match(told.get("src") or told.get("href") or ""))


def _kind(where: str) -> tuple[str, ...]:
    """Addresses of a kind have the same page and the same filters."""
    asked = urlsplit(where)
    first, *rest = asked.path.strip("/").split("/")
    known = (
        rest[:1] if rest and rest[0] in ("network", "coalitions", "told", "untied", "conflicts", "agreement") else []
    )
    return (first, *known, str(len(rest) > 0), *sorted(name for name, value in parse_qsl(asked.query) if value))


def test_nothing_is_more_than_text_in_pages_and_files(client: TestClient) -> None:
    seen: Counter[tuple[str, ...]] = Counter()
    checked: Counter[str] = Counter()
    found, todo = set(), ["/"]
    while todo:
        where = todo.pop()
        if seen[_kind(where)] >= EACH:
            continue
        seen[_kind(where)] += 1
        answer = client.get(where)
        assert answer.status_code in (200, 303), where
        kind = answer.headers.get("content-type", "").partition(";")[0]
        checked[kind] += 1
        if check := CHECKS.get(kind):
            check(answer)
        if kind == "text/html" and not where.startswith("/brief.html"):
            new = links(answer.text) - found
            found |= new
            todo += sorted(new)
    assert {kind for kind, number in checked.items() if number} >= set(CHECKS)


def _check_page(answer: Response) -> None:
    Inert().feed(answer.text)


def _check_xml(answer: Response) -> None:
    for element in ElementTree.fromstring(answer.content).iter():
        assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "img"), element.tag
        assert not [name for name in element.attrib if name.startswith("on")], element.attrib
        assert not any(value.startswith("javascript:") for name, value in element.attrib.items() if "href" in name)


def _check_cells(answer: Response) -> None:
    for row in csv.reader(io.StringIO(answer.text)):
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), cell


def _check_json(answer: Response) -> None:
    json.loads(answer.text)


CHECKS = {
    "text/html": _check_page,
    "image/svg+xml": _check_xml,
    "application/atom+xml": _check_xml,
    "text/csv": _check_cells,
    "application/json": _check_json,
}


def test_a_brief_has_no_script_and_no_link_but_to_its_notes(client: TestClient) -> None:
    page = client.get("/brief.html").text
    assert not re.search(r"<(script|img|iframe|link|object)\b|<\w+[^<>]* on\w+=", page)
    assert not re.findall(r'(?:href|src)="(?!#)', page)
    told = client.get("/brief.md").text
    assert not re.search(r"(?<!\\)<(script|img|svg)|(?<!\\)\]\(javascript:", told)


def test_a_brief_as_pdf_does_nothing_when_opened(client: TestClient) -> None:
    pytest.importorskip("typst", reason="typst is not installed: the PDF is NOT tried")
    pdf = PdfReader(io.BytesIO(client.get("/brief.pdf").content))
    assert {"/OpenAction", "/AA"}.isdisjoint(pdf.trailer["/Root"])
    actions = [note.get_object().get("/A", {}) for page in pdf.pages for note in page.get("/Annots", ())]
    assert {action.get("/S") for action in actions} <= {None, "/GoTo"}
