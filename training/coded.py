"""Articles of the open data that we coded by the codebook ourselves: codings in `training/coded/`, texts elsewhere.

A coding is JSON Lines as the codebook has them, with offsets for evidence and without the article's text, behind a line
that says where the text is: ``{"document", "source", "id", "sha256"}``. Texts are looked up in the shared data, but for
those that were written to be coded: they stand in the first line, ``{"document", "published", "text"}``. Where the
coder named the one word that tells a report, ``word`` has its offsets.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).with_name("coded")
SOURCES = {
    "guardian": "guardian/articles.jsonl.gz",
    "polnear": "polnear/train.jsonl.gz",
    "ecbplus": "ecbplus/train.jsonl.gz",
    "gum": "gum/train.jsonl.gz",
}


@dataclass(frozen=True, slots=True)
class Coding:
    """One coded article: its text, its date, and the rows of its coding with the evidence spelt out."""

    name: str
    text: str
    published: str | None
    actors: list[dict[str, Any]]
    reports: list[dict[str, Any]]


def read_codings(data: Path, home: Path = HOME) -> Iterator[Coding]:
    """The codings whose texts the shared data hold. Raises ``ValueError`` where a text is another than was coded."""
    texts = {source: _texts(data / file) for source, file in SOURCES.items() if (data / file).exists()}
    for path in sorted(home.glob("*.jsonl")):
        head, *rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if "text" in head:
            text, published = head["text"], head["published"]
        elif (found := texts.get(head["source"], {}).get(str(head["id"]))) is not None:
            text, published = found
        else:
            continue
        if "sha256" in head and hashlib.sha256(text.encode()).hexdigest() != head["sha256"]:
            raise ValueError(f"{path.name}: the text of {head['id']} in {head['source']} is not the one that was coded")
        actors = [actor for row in rows for actor in row.get("actors", ())]
        reports = [_with_text(row, text) for row in rows if "kind" in row]
        yield Coding(head["document"], text, published, actors, reports)


UNCODED = ("polnear", "ecbplus")
LONGEST = 9_000
"""Characters of an uncoded article that is taken."""


def read_uncoded(data: Path, home: Path = HOME) -> Iterator[tuple[str, str, str | None]]:
    """Id, text and date of the shared data's articles that nobody coded, in a fixed order."""
    heads = (json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0]) for path in sorted(home.glob("*.jsonl")))
    coded = {(head.get("source"), str(head.get("id"))) for head in heads}
    for source in UNCODED:
        if not (data / SOURCES[source]).exists():
            continue
        for id, (text, published) in sorted(_texts(data / SOURCES[source]).items()):
            if (source, id) not in coded and len(text) <= LONGEST:
                yield f"{source}-{id}", text, published


def _texts(path: Path) -> dict[str, tuple[str, str | None]]:
    """Text and date of each document of a file, the first of several annotations."""
    found: dict[str, tuple[str, str | None]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(str(row["doc_id"]), (row["text"], row.get("published") or row.get("date")))
    return found


def _with_text(row: dict[str, Any], text: str) -> dict[str, Any]:
    start, end = row["evidence"]["start"], row["evidence"]["end"]
    return row | {"evidence": {"start": start, "end": end, "text": text[start:end]}}
