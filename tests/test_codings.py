"""Our own codings: offsets and names, no text but of articles written to be coded; valid by the codebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.record import ActorKind, EventType, Kind, Predicate, Stance, Standing, Status
from training.coded import HOME, SOURCES, read_codings

FILES = sorted(HOME.glob("*.jsonl"))
DATA = Path(__file__).parents[2] / "shared" / "data"
VALUES = {
    "event": ("type", set(EventType)),
    "position": ("stance", set(Stance)),
    "commitment": ("status", set(Status)),
    "relation": ("predicate", set(Predicate)),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_coding_is_valid_and_holds_no_text_of_others(path: Path) -> None:
    head, *rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    if path.stem.startswith("own-"):
        assert set(head) == {"document", "published", "text"}
    else:
        assert set(head) == {"document", "source", "id", "sha256"}
        assert head["source"] in SOURCES
        assert len(head["sha256"]) == 64
    for actor in (a for row in rows for a in row.get("actors", ())):
        assert actor["kind"] in set(ActorKind)
    for row in (row for row in rows if "kind" in row):
        assert row["kind"] in set(Kind)
        assert row["standing"] in set(Standing)
        assert set(row["evidence"]) == {"start", "end"}
        first, last = row.get("word", (row["evidence"]["start"], row["evidence"]["end"]))
        assert row["evidence"]["start"] <= first < last <= row["evidence"]["end"]
        field, values = VALUES.get(row["kind"], ("standing", set(Standing)))
        assert row[field] in values


def test_texts_are_those_that_were_coded() -> None:
    if not DATA.exists():
        pytest.skip("the shared data are absent: nothing to look the coded texts up in")
    codings = list(read_codings(DATA))
    assert len(codings) == len(FILES)
    assert all(r["evidence"]["text"].strip() for c in codings for r in c.reports)
