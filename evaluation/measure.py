"""All scores on whatever gold the shared folder has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.calibration import Bin, bins, score_calibration
from evaluation.conll18 import Score
from evaluation.corpus import Corpus
from evaluation.laws import Outcome, try_laws
from evaluation.names import score_names
from evaluation.parsing import score_parsing
from evaluation.pronouns import score_pronouns
from evaluation.reader import read_all
from evaluation.results import Row
from evaluation.scorers import score_attributions, score_plover, score_reports

Scores = dict[str, dict[str, Score]]


@dataclass(slots=True)
class Measured:
    """Results by the name of the gold; gold that is not there has none and is listed in ``missing``."""

    parsing: dict[str, Scores] = field(default_factory=dict)
    names: dict[str, Scores] = field(default_factory=dict)
    pronouns: dict[str, Score] = field(default_factory=dict)
    plover: dict[str, Row] = field(default_factory=dict)
    attribution: dict[str, Row] = field(default_factory=dict)
    reports: dict[str, Row] = field(default_factory=dict)
    calibration: dict[str, list[Bin]] = field(default_factory=dict)
    laws: list[Outcome] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


CORPORA = (
    ("seeds", ("gold",), ("seeds",), None),
    ("build part", ("gold-news/gold", "gold"), ("gold-news/articles", "seeds"), "build"),
    ("check part", ("gold-news/gold", "gold"), ("gold-news/articles", "seeds"), "check"),
)
"""Name, folders of gold and of texts, part of the split (which counts the seeds in). The reader is tuned on the build
part and measured on the check part."""


def measure(shared: Path, tell: Callable[[str], None]) -> Measured:
    """Score everything, telling the name of each gold as its turn comes."""
    found = Measured()
    tools = shared / "tools"

    def is_there(name: str, *paths: Path) -> bool:
        there = all(path.exists() for path in paths)
        tell(name if there else f"{name}: not there")
        if not there:
            found.missing.append(name)
        return there

    for name in ("ewt", "gum"):
        path = shared / "data" / name / "dev.conllu.gz"
        if is_there(f"{name}/dev, trees", path):
            found.parsing[f"{name}/dev"] = score_parsing(path)
    for name, file in (("uner/dev", "uner/dev.iob2.gz"), ("gum/dev", "gum/dev.jsonl.gz")):
        if is_there(f"{name}, names", path := shared / "data" / file):
            found.names[name] = score_names(path)
    if is_there("gum/dev, pronouns", path := shared / "data/gum/dev.jsonl.gz"):
        found.pronouns["gum/dev"] = score_pronouns(path)
    for name in ("plover-gsr/dev", "plv/train"):
        path = shared / "data" / f"{name}.jsonl"
        if is_there(f"{name}, events", path, tools / "score_plover.py"):
            found.plover[name] = score_plover(path, tools=tools)
    path = shared / "data/polnear/dev.jsonl.gz"
    if is_there("polnear/dev, attributions", path, tools / "score_attributions.py"):
        found.attribution["polnear/dev"] = score_attributions(path, tools=tools)
    for name, golds, texts, part in CORPORA:
        folders = [shared / folder for folder in golds], [shared / folder for folder in texts]
        if is_there(f"{name}, reports", *folders[0], *folders[1], tools / "score_reports.py"):
            _measure_reports(found, name, Corpus.open(*folders, part), tools)
    tell("laws of meaning")
    found.laws = try_laws()
    return found


def _measure_reports(found: Measured, name: str, corpus: Corpus, tools: Path) -> None:
    readings = list(read_all(corpus.documents()))
    found.reports[name] = score_reports(corpus, readings, tools=tools)
    found.calibration[name] = bins(score_calibration(corpus, readings, tools=tools))
