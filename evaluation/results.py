"""The scorers' results as tables, the same in the terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.calibration import Bin, expected_error
from evaluation.conll18 import Score
from evaluation.tables import Table

Row = dict[str, Any]
_PRF = ("P", "R", "F1")
_MODES = {
    "raw": "from raw text",
    "gold": "from gold tokens and sentences",
    "exact": "exact spans",
    "head": "names that cover the head word",
}


def score_tables(name: str, scores: Mapping[str, Mapping[str, Score]]) -> list[Table]:
    """Parsing and names: a table for each way of scoring."""
    header = ("", *_PRF, "gold", "predicted")
    return [
        Table(
            f"{name}, {_MODES[mode]}",
            header,
            tuple((label, s.precision, s.recall, s.f1, s.gold, s.predicted) for label, s in rows.items()),
        )
        for mode, rows in scores.items()
    ]


def pronoun_table(name: str, score: Score) -> Table:
    """Pronouns: one row."""
    row = ("pronouns", score.precision, score.recall, score.f1, score.gold, score.predicted)
    return Table(f"{name}, third-person pronouns", ("", *_PRF, "gold", "predicted"), (row,))


def plover_table(name: str, result: Row) -> Table:
    """Single events: shares of the sentences."""
    return Table(f"{name}, share of sentences", tuple(result), (tuple(result.values()),))


def attribution_table(name: str, result: Row) -> Table:
    """Attributions: exact and overlap by role, then whole ones."""
    roles = tuple((role, *result[role]["exact"], *result[role]["overlap"]) for role in ("source", "cue", "content"))
    header = ("", *(f"exact {x}" for x in _PRF), *(f"overlap {x}" for x in _PRF))
    title = f"{name}, {result['documents']} documents, {result['gold']} in gold, {result['pred']} predicted"
    return Table(title, header, (*roles, ("whole", *result["whole"], "", "", "")))


def report_tables(name: str, result: Row) -> list[Table]:
    """Reports by kind, of the found ones the shares that agree, then actors and evidence."""
    header = ("", "gold", "predicted", *(f"found {x}" for x in _PRF), *(f"right {x}" for x in _PRF))
    rows = tuple((k, r["gold"], r["pred"], *r["found"], *r["right"]) for k, r in result["kinds"].items())
    facts = tuple((fact, share, n) for fact, (share, n) in result["shares"].items())
    others = (
        ("actors, B-cubed F1", result["actors_b3"][2]),
        ("evidence slices that are not exact", result["inexact_evidence"]),
    )
    return [
        Table(f"{name}, {result['documents']} documents", header, rows),
        Table(f"{name}, of the found ones the share that agrees", ("", "share", "of"), facts),
        Table(f"{name}, actors and evidence", ("", "figure"), others),
    ]


def calibration_table(name: str, rows: Sequence[Bin]) -> Table:
    """Confidence against the share that is right."""
    header = ("confidence", "reports", "mean confidence", "found", "right")
    cells = tuple((f"{b.low:.1f} to {b.low + 0.1:.1f}", b.count, b.confidence, b.found, b.right) for b in rows)
    right, found = expected_error(rows), expected_error(rows, of="found")
    return Table(f"{name}, expected calibration error {right:.3f} of right, {found:.3f} of found", header, cells)
