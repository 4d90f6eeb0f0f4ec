"""The log of decisions as JSON Lines, for somebody who works on the same documents."""

from __future__ import annotations

from dragoman.case import Case
from dragoman.export.jsonl import line_of
from dragoman.export.target import Target, writing


def export_decisions(case: Case, target: Target) -> None:
    """Write all decisions, undone ones too, oldest first."""
    with writing(target) as stream:
        for one in case.decisions():
            stream.write(line_of(one.decision.to_dict()))
