"""Tables that read well both in a terminal and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.conll18 import Score

Cell = str | int | float
_FIGURE = re.compile(r"[\d.,]*")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, column names and rows; columns of figures are set to the right, fractions with three places."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_markdown(self, level: int = 3) -> str:
        """The table as aligned Markdown under its title."""
        cells = [self.header, *(tuple(map(_show, row)) for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.header))]
        right = [all(_FIGURE.fullmatch(row[i]) for row in cells[1:]) for i in range(len(self.header))]
        lines = [_line(row, widths, right) for row in cells]
        lines.insert(1, "| " + " | ".join("-" * (w - r) + ":" * r for w, r in zip(widths, right, strict=True)) + " |")
        return f"{'#' * level} {self.title}\n\n" + "\n".join(lines) + "\n"


def _show(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.replace("|", "\\|")
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:.3f}"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))
    return "| " + " | ".join(padded) + " |"


def score_to_dict(score: Score) -> dict[str, float | int]:
    """A score as an object of plain figures."""
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "correct": score.correct,
        "gold": score.gold,
        "predicted": score.predicted,
    }


def scores_to_dict(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Nested scores as nested objects."""
    return {k: score_to_dict(v) if isinstance(v, Score) else scores_to_dict(v) for k, v in scores.items()}
