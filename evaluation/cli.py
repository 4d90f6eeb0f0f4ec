"""The command line of the scores: each scorer alone on gold given by path, a table or one JSON object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from evaluation.names import score_names
from evaluation.parsing import score_parsing
from evaluation.tables import Table, score_table, scores_to_dict

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Gold = Annotated[Path, typer.Option(help="The gold file.", exists=True, readable=True)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]


def show(result: dict[str, Any], tables: list[Table], as_json: bool) -> None:
    """Print a result in the form asked for."""
    typer.echo(json.dumps(result, indent=1) if as_json else "\n".join(table.to_markdown() for table in tables))


@app.command()
def parsing(gold: Gold, as_json: AsJson = False) -> None:
    """Tags, lemmas, syntax, sentences on a CoNLL-U file, by the CoNLL 2018 definitions."""
    scores = score_parsing(gold)
    titles = {"raw": "from raw text", "gold": "from gold tokens and sentences"}
    tables = [score_table(f"{gold.name}, {titles[mode]}", rows) for mode, rows in scores.items()]
    show({"file": gold.name, **scores_to_dict(scores)}, tables, as_json)


@app.command()
def names(gold: Gold, as_json: AsJson = False) -> None:
    """Names on an IOB2 file (UNER) or on GUM's JSON Lines."""
    scores = score_names(gold)
    tables = [score_table(f"{gold.name}, {way}", rows) for way, rows in scores.items()]
    show({"file": gold.name, **scores_to_dict(scores)}, tables, as_json)
