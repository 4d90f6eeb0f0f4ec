"""``pack check``, ``pack show`` and ``pack import``: the knowledge that reading goes by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import dump, say

if TYPE_CHECKING:
    from dragoman.knowledge import Pack

app = typer.Typer(help="Look at packs, check your own, make one of other people's dictionaries.", rich_markup_mode=None)

_MOST_NAMED = 50
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def check(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder of a pack.")],
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="PACK", help="A pack that this one builds on, beside core; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a pack against the schema; each problem with its file and line."""
    from dragoman.knowledge import check_pack

    problems = check_pack(folder, on=on or ())
    if as_json:
        dump(problems)
    elif problems:
        typer.echo("\n".join(map(str, problems)))
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {folder}.")
    else:
        say(f"{folder} is a sound pack.")
    raise typer.Exit(1 if problems else 0)


@app.command()
def show(
    pack: Annotated[
        str | None, typer.Argument(metavar="PACK", help="A shipped pack or a folder; all shipped by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a pack holds, together with core, on which every pack is stacked."""
    from dragoman.cli.tables import print_table
    from dragoman.knowledge import load_pack, shipped_packs

    if pack is not None:
        _show_pack(load_pack([pack]), as_json)
        return
    found = {name: load_pack([name]) for name in shipped_packs()}
    rows = [{"pack": name, "title": p.title, **_counts(p)} for name, p in found.items()]
    if as_json:
        dump(rows)
    else:
        print_table(rows)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="The folder of the pack that is made.")],
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="followthemoney, petrarch-actors, petrarch-agents or csv; by default as the file looks.",
        ),
    ] = None,
) -> None:
    """Make a pack of a dictionary or of entities; lines that cannot be used are named, the rest goes on."""
    from dragoman.knowledge.importers import import_pack

    made = import_pack(file, to, format)
    say(f"Made {made.folder} of {file} ({made.format}): {made.actors:,} actors, {made.words:,} words.")
    if made.aside:
        say(f"Set aside {len(made.aside):,}:")
        for one in made.aside[:_MOST_NAMED]:
            say(f"  {file.name} {one}")
        if len(made.aside) > _MOST_NAMED:
            say(f"  … and {len(made.aside) - _MOST_NAMED:,} more")
    raise typer.Exit(1 if made.aside else 0)


def _counts(pack: Pack) -> dict[str, int]:
    return {
        "actors": len(pack.actors),
        "issues": len(pack.issues),
        "rungs": len(pack.rungs),
        "frames": len(pack.frames),
        "word lists": len(pack.words),
    }


def _show_pack(pack: Pack, as_json: bool) -> None:
    from dragoman.cli.tables import print_fields, print_table

    issues = [{"issue": i.id, "question": i.question} for i in pack.issues]
    rungs = [{"rung": r.id, "about": r.about} for r in pack.rungs]
    authority = pack.by_key[pack.authority].name if pack.authority else None
    if as_json:
        head: dict[str, Any] = {"packs": pack.names, "title": pack.title, "about": pack.about, "authority": authority}
        dump({**head, **_counts(pack), "issues": issues, "rungs": rungs})
        return
    counts = ", ".join(f"{number:,} {what}" for what, number in _counts(pack).items())
    print_fields(
        [
            ("packs", " on ".join(reversed(pack.names))),
            ("about", pack.about),
            ("authority", authority),
            ("holds", counts),
        ],
        title=pack.title,
    )
    print_table(issues, "The questions")
    print_table(rungs, "The rungs, lowest first")
