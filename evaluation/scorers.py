"""Scores of reports, single events and attributions by the scorers of the shared tools, whose definitions hold.

Each function lets the product predict into a temporary folder, runs the scorer by path and returns its object.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dragoman import language
from dragoman.knowledge import load_pack
from dragoman.reading.actors.finding import find_cast
from dragoman.reading.voices.finding import Attribution, find_attributions, outermost
from dragoman.record import Actor, Document, Event, Reading, Span
from evaluation.corpus import Corpus
from evaluation.errors import ScorerError
from evaluation.reader import read_all
from evaluation.treebank import open_text

Row = dict[str, Any]


def score_reports(corpus: Corpus, readings: Iterable[Reading], *, tools: Path) -> Row:
    """All kinds of reports on a corpus coded by the codebook, as the product read it."""
    with TemporaryDirectory() as folder:
        gold, texts, predicted = Path(folder, "gold"), Path(folder, "texts"), Path(folder, "predicted.jsonl")
        corpus.link(gold, texts)
        predicted.write_text("".join(reading.to_jsonl() for reading in readings), encoding="utf-8")
        return run_scorer(tools / "score_reports.py", gold, predicted, "--texts", str(texts))


def score_plover(gold: Path, *, tools: Path, packs: Sequence[str] = ()) -> Row:
    """One marked event a sentence, in the PLOVER types."""
    rows = list(_rows(gold))
    documents = [Document(id=row["id"], text=row["text"]) for row in rows]
    return _score(tools / "score_plover.py", gold, map(events_row, read_all(documents, packs)))


def events_row(reading: Reading) -> Row:
    """The events of a sentence in the scorer's form."""
    actors = {actor.name: actor for actor in reading.actors}
    events = [report for report in reading.reports if isinstance(report, Event)]
    return {
        "id": reading.document.id,
        "events": [
            {"type": str(e.type), "source": _parties(e.source, actors), "target": _parties(e.target, actors)}
            for e in events
        ],
    }


def _parties(names: Iterable[str], actors: dict[str, Actor]) -> list[Row]:
    countries = ((name, actors[name].country if name in actors else None) for name in names)
    return [{"name": name, "country": country} for name, country in countries]


def score_attributions(gold: Path, *, tools: Path, packs: Sequence[str] = ()) -> Row:
    """Who is told as saying what, in whole articles."""
    return _score(tools / "score_attributions.py", gold, _predict_attributions(gold, packs))


def _predict_attributions(gold: Path, packs: Sequence[str]) -> Iterator[Row]:
    """One row a document. Gold marks no attribution inside another one, so only outermost ones are given."""
    texts = {row["doc_id"]: row["text"] for row in _rows(gold)}
    pack = load_pack(packs)
    for name, doc in zip(texts, language.analyse((text, ()) for text in texts.values()), strict=True):
        found = outermost(find_attributions(doc, find_cast(doc, pack), pack))
        yield {"doc_id": name, "attributions": [_attribution_row(a) for a in found]}


def _attribution_row(attribution: Attribution) -> Row:
    cue = (attribution.cue,) if attribution.cue else ()
    return {"source": _pairs(attribution.source), "cue": _pairs(cue), "content": _pairs(attribution.content)}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _rows(path: Path) -> Iterator[Row]:
    return (json.loads(line) for line in open_text(path) if line.strip())


def _score(script: Path, gold: Path, predictions: Iterable[Row]) -> Row:
    with TemporaryDirectory() as folder:
        predicted = Path(folder, "predicted.jsonl")
        predicted.write_text("".join(json.dumps(row) + "\n" for row in predictions), encoding="utf-8")
        return run_scorer(script, gold, predicted)


def run_scorer(script: Path, gold: Path, predicted: Path, *more: str) -> Row:
    """The object that a scorer prints; raises ``ScorerError`` when it is missing or fails."""
    if not script.is_file():
        raise ScorerError(f"the scorer {script} is not there; give the folder that holds it with --tools")
    command = [sys.executable, str(script), "--gold", str(gold), "--pred", str(predicted), "--json", *more]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise ScorerError(f"{script.name} failed on {gold}: {ended.stderr.strip().splitlines()[-1:]}")
    result: Row = json.loads(ended.stdout)
    return result
