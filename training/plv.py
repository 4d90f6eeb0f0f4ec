"""Sentences of PLV (Hu et al. 2024) as lessons in roles: of one event each, its type and who did it to whom are known.

What else a sentence tells is not marked there, so that nothing is learned from what is missing. Reciprocal types are
left out: PLV has one party on each side where the codebook has all in ``source``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman import language
from dragoman.intake import document_from_text
from dragoman.knowledge import load_pack
from dragoman.reading.reader import set_scene
from dragoman.reading.scene import Scene

RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
FILE = "plv/train.jsonl"


def read_plv(data: Path) -> Iterator[tuple[str, list[dict[str, Any]], Scene]]:
    """Id, the events as rows of the codebook (names as the cast has them), and the scene of each usable sentence."""
    with (data / FILE).open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if RECIPROCAL.isdisjoint(e["type"] for e in row["events"])]
    documents = [document_from_text(row["text"], id=row["id"]) for row in rows]
    docs = language.analyse((d.text, ()) for d in documents)
    for row, document, doc in zip(rows, documents, docs, strict=True):
        scene = set_scene(document, doc, load_pack(()))
        events = [event for raw in row["events"] if (event := _event(raw, scene)) is not None]
        if events and document.text == row["text"]:
            yield row["id"], events, scene


def _event(raw: dict[str, Any], scene: Scene) -> dict[str, Any] | None:
    """The event with the cast's names at its marked actors; nothing where the cast has no name for one of them."""
    sides: dict[str, list[str]] = {"SRC": [], "TAR": []}
    for span in raw["spans"]:
        if span["role"] not in sides:
            continue
        found = scene.doc.char_span(span["start"], span["end"], alignment_mode="expand")
        names = scene.cast.names_of(found.root) if found is not None else ()
        if not names:
            return None
        sides[span["role"]] += [name for name in names if name not in sides[span["role"]]]
    text = scene.document.text
    return {
        "kind": "event",
        "type": raw["type"],
        "source": sides["SRC"],
        "target": sides["TAR"],
        "standing": "actual",
        "voice": [],
        "evidence": {"start": 0, "end": len(text), "text": text},
    }
