"""``agreement``: how far two codings agree, be they exchange files, cases or files of decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import dump, say
from dragoman.errors import RecordError, UsageError

if TYPE_CHECKING:
    from dragoman.views.agreement import Coding

_SQLITE = b"SQLite format 3\0"


def agreement(
    one: Annotated[
        Path, typer.Argument(metavar="A", help="A case, a file or folder of reports (JSON Lines), or of decisions.")
    ],
    other: Annotated[Path, typer.Argument(metavar="B", help="The same of the other person, or of the machine.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell how far two people, or a person and the machine, agree: Krippendorff's alpha by kind and by field.

    1 is perfect agreement, 0 what chance would give.
    """
    from dragoman.cli.tables import print_table
    from dragoman.views.agreement import compare

    lines = compare(load_coding(one), load_coding(other))
    if as_json:
        dump([asdict(line) for line in lines])
        return
    if not lines[-1].documents:
        say("The two have no document in common.")
    print_table(
        [
            {
                "kind": line.kind or "all",
                "field": line.field,
                "documents": line.documents,
                "units": line.units,
                "alike": line.alike,
                "alpha": "undefined" if line.alpha is None else f"{line.alpha:.3f}",
            }
            for line in lines
            if line.units
        ]
    )
    if any(line.units and line.alpha is None for line in lines):
        say("alpha is undefined where everything has one value.")


def load_coding(path: Path) -> Coding:
    """What one coder has. Raises ``UsageError`` or ``RecordError``, with file and line, for what is none."""
    if not path.exists():
        raise UsageError(f"there is nothing at {path}; give a case, or a file or folder of JSON Lines")
    if path.is_file():
        with path.open("rb") as stream:
            if stream.read(len(_SQLITE)) == _SQLITE:
                return _of_case(path)
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no .jsonl file")
    rows = [row for file in files for row in _rows(file)]
    return _of_decisions(path, rows) if rows and "action" in rows[0][2] else _of_reports(path, rows)


def _rows(file: Path) -> Iterator[tuple[Path, int, dict[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise RecordError(f"{file} is not UTF-8 text; give a case, or a file or folder of JSON Lines") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield file, number, dict(row)
            except (ValueError, TypeError) as error:
                raise RecordError(f"{file} line {number} is no JSON object: {error}") from error


def _of_case(path: Path) -> Coding:
    from dragoman.case import open_case
    from dragoman.views.agreement import Coding, Judged

    with open_case(path) as case:
        readings = list(case.readings())
    return Coding(
        path.name,
        True,
        {reading.document.id: [Judged(report) for report in reading] for reading in readings},
        {reading.document.id: reading.actors for reading in readings},
    )


def _of_reports(path: Path, rows: list[tuple[Path, int, dict[str, Any]]]) -> Coding:
    from dragoman.record import Actor
    from dragoman.record.correction import build
    from dragoman.views.agreement import Coding, Judged

    reports: dict[str, list[Judged]] = {}
    actors: dict[str, list[Actor]] = {}
    for file, number, row in rows:
        try:
            own = reports.setdefault(row["document"], [])
            if "kind" in row:
                own.append(Judged(build(row)))
            elif "actors" in row:
                actors.setdefault(row["document"], []).extend(map(Actor.from_dict, row["actors"]))
        except (RecordError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{file} line {number} is not a row of the exchange format: {error}") from error
    return Coding(path.name, True, reports, actors)


def _of_decisions(path: Path, rows: list[tuple[Path, int, dict[str, Any]]]) -> Coding:
    from dragoman.case.tying import judge
    from dragoman.record import Decision
    from dragoman.views.agreement import Coding, Judged

    decisions = []
    for file, number, row in rows:
        try:
            decisions.append(Decision.from_dict(row))
        except (RecordError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{file} line {number} is no decision: {error}") from error
    reports: dict[str, list[Judged]] = {}
    for document, report, read, present in judge(decisions):
        reports.setdefault(document, []).append(Judged(report, present, read))
    return Coding(path.name, False, reports, {})
