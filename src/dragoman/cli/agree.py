"""``agreement``: how far two codings agree, be they exchange files, cases or files of decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
        dump(lines)
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
    from dragoman.case import open_case
    from dragoman.views.agreement import coding_of_case, coding_of_rows

    if not path.exists():
        raise UsageError(f"there is nothing at {path}; give a case, or a file or folder of JSON Lines")
    if path.is_file():
        with path.open("rb") as stream:
            is_case = stream.read(len(_SQLITE)) == _SQLITE
        if is_case:
            with open_case(path) as case:
                return coding_of_case(case)
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no .jsonl file")
    return coding_of_rows(path.name, (row for file in files for row in _rows(file)))


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise RecordError(f"{file} is not UTF-8 text; give a case, or a file or folder of JSON Lines") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{file} line {number}"
            try:
                row = json.loads(line)
                yield where, dict(row)
            except (ValueError, TypeError) as error:
                raise RecordError(f"{where} is no JSON object: {error}") from error
