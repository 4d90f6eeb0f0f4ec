"""``pack check`` and ``pack show``: the knowledge that reading goes by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Look at packs and check your own.", no_args_is_help=True)


@app.command()
def check(folder: Annotated[Path, typer.Argument(help="The folder of a pack.")]) -> None:
    """Check a pack against the schema; each problem with its file and line."""
    from dragoman.knowledge import check_pack

    problems = check_pack(folder)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"{len(problems)} problems in {folder}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{folder} is a sound pack.")


@app.command()
def show(
    pack: Annotated[str | None, typer.Argument(help="A shipped pack or a folder; all shipped packs when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what a pack holds."""
    from dragoman.cli.tables import print_table
    from dragoman.knowledge import load_pack, shipped_packs

    rows: list[dict[str, Any]] = []
    for name in [pack] if pack else shipped_packs():
        found = load_pack((name,))
        rows.append(
            {
                "pack": name,
                "title": found.title,
                "actors": len(found.actors),
                "issues": [i.id for i in found.issues],
                "rungs": [r.id for r in found.rungs],
                "frames": len(found.frames),
                "word lists": len(found.words),
            }
        )
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print_table([r | {"issues": ", ".join(r["issues"]), "rungs": ", ".join(r["rungs"])} for r in rows])
