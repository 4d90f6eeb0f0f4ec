"""Gathering scored: scenes of reports labelled by happening, by B-cubed; ECB+ events, by CoNLL F1.

``gathering_scenes.jsonl`` holds scenes written for this: reports of ``examples/`` as a careful coder would write them,
and invented ones, with happenings that look alike and are not the same. Every second scene is for building, the others
for checking. All scenes of a half are gathered together, as one case.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.reconcile.gathering import LINK, gather
from dragoman.reconcile.likeness import judge
from dragoman.reconcile.tellings import UNNAMED, Telling, is_named, telling_of
from dragoman.record import Event, Evidence, Report, report_from_dict
from evaluation.conll18 import Score
from evaluation.tables import Table, score_to_dict

SCENES = Path(__file__).with_name("gathering_scenes.jsonl")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report of a scene as gathering sees it, with the happening that it is of."""

    telling: Telling
    happening: str
    scene: str


def load_scenes(part: str, path: Path = SCENES) -> list[Labelled]:
    """The labelled reports of one half, ``build`` or ``check``."""
    scenes = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [labelled for scene in scenes if scene["part"] == part for labelled in _labelled(scene)]


def _labelled(scene: Mapping[str, Any]) -> Iterator[Labelled]:
    for number, row in enumerate(scene["tellings"]):
        report = _report(row, 1000 * number)
        serves = row.get("serves", {})
        telling = telling_of(
            report,
            id=report.id,
            published=row["published"],
            identify=lambda name, serves=serves: ("~" if is_named(name) else UNNAMED) + serves.get(name, name),
        )
        yield Labelled(telling, f"{scene['scene']}: {row['happening']}", scene["scene"])


def _report(row: Mapping[str, Any], start: int) -> Event:
    evidence = Evidence(start, start + len(row["text"]), row["text"])
    shared = {"kind": "event", "evidence": evidence.to_dict(), "why": [f"word: {row['word']}"]}
    report: Report = report_from_dict({"voice": [], **row, **shared})
    if not isinstance(report, Event):
        raise TypeError(f"a telling of {row['document']} is no event")
    return report


def gather_all(tellings: Sequence[Telling]) -> tuple[tuple[str, ...], ...]:
    """The occurrences of these tellings, each pair judged."""
    links = {}
    for a, b in combinations(sorted(tellings, key=lambda t: t.id), 2):
        likeness = judge(a, b)
        if likeness is not None and likeness.score >= LINK:
            links[a.id, b.id] = likeness.score
    return gather({t.id: t for t in tellings}, links)


def b_cubed(gold: Mapping[str, str], found: Sequence[Sequence[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of clusters, averaged over their members (Bagga and Baldwin 1998)."""
    sizes = Counter(gold.values())
    precision = recall = 0.0
    for ids in found:
        for happening, shared in Counter(gold[id] for id in ids).items():
            precision += shared * shared / len(ids)
            recall += shared * shared / sizes[happening]
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class GatheringScore:
    """How one half was gathered; ``pairs`` counts the pairs within scenes, ``same`` those of one happening."""

    part: str
    reports: int
    pairs: int
    same: int
    b_cubed: tuple[float, float, float]
    links: Score
    wrong: tuple[tuple[str, str, str], ...]


def score_scenes(part: str) -> GatheringScore:
    """Gather one half and compare."""
    rows = load_scenes(part)
    gold = {row.telling.id: row.happening for row in rows}
    found = gather_all([row.telling for row in rows])
    home = {id: number for number, ids in enumerate(found) for id in ids}
    pairs = [(a, b) for a, b in combinations(rows, 2) if a.scene == b.scene]
    same = {(a.telling.id, b.telling.id) for a, b in pairs if a.happening == b.happening}
    together = {
        (a.telling.id, b.telling.id) for a, b in combinations(rows, 2) if home[a.telling.id] == home[b.telling.id]
    }
    wrong = [
        ("parted" if (a.telling.id, b.telling.id) in same else "joined", _told(a), _told(b))
        for a, b in combinations(rows, 2)
        if ((a.telling.id, b.telling.id) in same) != ((a.telling.id, b.telling.id) in together)
    ]
    score = Score(correct=len(same & together), gold=len(same), predicted=len(together))
    return GatheringScore(part, len(rows), len(pairs), len(same), b_cubed(gold, found), score, tuple(wrong))


def _told(row: Labelled) -> str:
    telling = row.telling
    return f"{row.happening}: {telling.document} {telling.type} {telling.word}"


def measure_gathering(ecb: Path | None, tools: Path) -> dict[str, Any]:
    """Both halves of the scenes, and a part of ECB+ if it is given, as plain figures."""
    result: dict[str, Any] = {}
    for part in ("build", "check"):
        score = score_scenes(part)
        precision, recall, f1 = (round(value, 4) for value in score.b_cubed)
        result[part] = {
            "reports": score.reports,
            "pairs": score.pairs,
            "same": score.same,
            "b_cubed": {"precision": precision, "recall": recall, "f1": f1},
            "links": score_to_dict(score.links),
            "wrong": [list(row) for row in score.wrong],
        }
    if ecb is not None:
        from evaluation.coreference import score_ecb

        result["ecb"] = {"file": ecb.name} | score_ecb(ecb, tools)
    return result


def gathering_tables(result: Mapping[str, Any], *, wrong: bool) -> list[Table]:
    """The figures as tables."""
    rows = tuple(
        (part, *(result[part][name] for name in ("reports", "pairs", "same")), *result[part]["b_cubed"].values())
        for part in ("build", "check")
    )
    header = ("half", "reports", "pairs", "of one happening", "precision", "recall", "F1")
    tables = [Table("gathering, B-cubed on the labelled scenes", header, rows)]
    if "ecb" in result:
        ecb = result["ecb"]
        figures = tuple((name, *ecb[name]) for name in ("MUC", "B3", "CEAFe", "LEA"))
        title = f"{ecb['file']}, events, gold mentions, CoNLL F1 {ecb['CoNLL']:.3f}"
        tables.append(Table(title, ("measure", "precision", "recall", "F1"), figures))
    if wrong:
        pairs = tuple((part, *row) for part in ("build", "check") for row in result[part]["wrong"])
        tables.append(Table("pairs gathered wrong", ("half", "how", "one", "other"), pairs))
    return tables
