"""Scores the product on gold that is given by path. Each command prints tables, or one JSON object with --json.

A command imports what it needs, so that one room can be scored while another is being rebuilt.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.errors import DragomanError
from evaluation import results
from evaluation.corpus import Corpus
from evaluation.tables import Table, score_to_dict, scores_to_dict

app = typer.Typer(
    help="Score the product on gold that is given by path; tables, or one JSON object with --json.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

TOOLS = Path("../shared/tools")
EXAMPLES = Path("examples/recognition")
NOTES = Path(__file__).with_name("notes.md")
"""What people write at the end of docs/evaluation.md; it outlives each new measurement."""

Gold = Annotated[Path, typer.Option(help="The gold file.", exists=True, dir_okay=False)]
GoldFolders = Annotated[
    list[Path], typer.Option(help="A folder of gold reports; may be given several times.", exists=True, file_okay=False)
]
TextFolders = Annotated[
    list[Path], typer.Option(help="A folder of articles; may be given several times.", exists=True, file_okay=False)
]
Part = Annotated[str | None, typer.Option("--only", help="One part of the split.json beside a gold folder.")]
Tools = Annotated[Path, typer.Option(help="The folder of the shared scorers.")]
Packs = Annotated[list[str] | None, typer.Option("--pack", help="A pack to read with; else those that fit.")]
Shared = Annotated[Path, typer.Option(help="The shared folder: data, gold, tools.", exists=True, file_okay=False)]
Out = Annotated[Path, typer.Option(help="The page to write.", dir_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]


def main() -> None:
    """Run a command; an error that the product words itself is one line and exit status 1."""
    try:
        app()
    except DragomanError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(1)


def _show(result: dict[str, Any], tables: Sequence[Table], as_json: bool) -> None:
    typer.echo(json.dumps(result, indent=1) if as_json else "\n".join(table.to_markdown() for table in tables))


def _title(golds: Sequence[Path], part: str | None) -> str:
    names = " and ".join(map(str, golds))
    return f"{names}, {part} part" if part else names


@app.command()
def parsing(gold: Gold, as_json: AsJson = False) -> None:
    """Tags, lemmas, syntax and sentences on a CoNLL-U file, by the CoNLL 2018 definitions."""
    from evaluation.parsing import score_parsing

    scores = score_parsing(gold)
    _show({"file": gold.name, **scores_to_dict(scores)}, results.score_tables(gold.name, scores), as_json)


@app.command()
def names(gold: Gold, as_json: AsJson = False) -> None:
    """Names on an IOB2 file (UNER) or on GUM's JSON Lines."""
    from evaluation.names import score_names

    scores = score_names(gold)
    _show({"file": gold.name, **scores_to_dict(scores)}, results.score_tables(gold.name, scores), as_json)


@app.command()
def pronouns(gold: Gold, pack: Packs = None, as_json: AsJson = False) -> None:
    """Third-person pronouns on GUM's JSON Lines: how many stand for the right actor."""
    from evaluation.pronouns import score_pronouns

    score = score_pronouns(gold, pack or ())
    _show({"file": gold.name, **score_to_dict(score)}, [results.pronoun_table(gold.name, score)], as_json)


@app.command()
def plover(gold: Gold, tools: Tools = TOOLS, pack: Packs = None, as_json: AsJson = False) -> None:
    """Single events on PLOVER records, by score_plover.py."""
    from evaluation.scorers import score_plover

    result = score_plover(gold, tools=tools, packs=pack or ())
    _show(result, [results.plover_table(gold.name, result)], as_json)


@app.command()
def attribution(gold: Gold, tools: Tools = TOOLS, pack: Packs = None, as_json: AsJson = False) -> None:
    """Who says what on PolNeAR, by score_attributions.py."""
    from evaluation.scorers import score_attributions

    result = score_attributions(gold, tools=tools, packs=pack or ())
    _show(result, [results.attribution_table(gold.name, result)], as_json)


@app.command()
def reports(
    gold: GoldFolders,
    texts: TextFolders,
    only: Part = None,
    tools: Tools = TOOLS,
    pack: Packs = None,
    as_json: AsJson = False,
) -> None:
    """All kinds of reports on articles coded by the codebook, by score_reports.py."""
    from evaluation.reader import read_all
    from evaluation.scorers import score_reports

    corpus = Corpus.open(gold, texts, only)
    result = score_reports(corpus, read_all(corpus.documents(), pack or ()), tools=tools)
    _show(result, results.report_tables(_title(gold, only), result), as_json)


@app.command()
def calibration(
    gold: GoldFolders,
    texts: TextFolders,
    only: Part = None,
    tools: Tools = TOOLS,
    pack: Packs = None,
    as_json: AsJson = False,
) -> None:
    """Confidence against the share of reports that are right."""
    from evaluation.calibration import bins, expected_error, score_calibration
    from evaluation.reader import read_all

    corpus = Corpus.open(gold, texts, only)
    rows = bins(score_calibration(corpus, read_all(corpus.documents(), pack or ()), tools=tools))
    result = {
        "expected_calibration_error": round(expected_error(rows), 4),
        "expected_calibration_error_of_found": round(expected_error(rows, of="found"), 4),
        "bins": [asdict(row) for row in rows],
    }
    _show(result, [results.calibration_table(_title(gold, only), rows)], as_json)


@app.command()
def laws(
    broken: Annotated[bool, typer.Option("--broken", help="List the sentences that break a law as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Laws of meaning: negated, attributed, exchanged and renamed, the frames' sentences mean what they must."""
    from evaluation.laws import law_tables, shares, try_laws

    outcomes = try_laws()
    result: dict[str, Any] = {"laws": {law: {"kept": kept, "of": of} for law, (kept, of) in shares(outcomes).items()}}
    tables = law_tables(outcomes)
    if broken:
        result["broken"] = [asdict(outcome) for outcome in outcomes if outcome.broken]
        rows = tuple((o.law, ", ".join(o.broken), o.frame, o.after) for o in outcomes if o.broken)
        tables.append(Table("broken", ("law", "what", "frame", "sentence"), rows))
    _show(result, tables, as_json)


@app.command()
def gathering(
    ecb: Annotated[
        Path | None, typer.Option(help="A part of ECB+ (dev.jsonl.gz): event coreference by the same rules.")
    ] = None,
    learn: Annotated[Path | None, typer.Option(help="ECB+'s train part: learn and write the weights.")] = None,
    tools: Tools = TOOLS,
    wrong: Annotated[bool, typer.Option("--wrong", help="List the pairs that are gathered wrong as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Occurrences gathered from labelled scenes, and ECB+ events by the same rules."""
    from evaluation.gathering import gathering_tables, measure_gathering

    if learn is not None:
        from evaluation.gathering_learn import write_weights

        write_weights(learn)
    result = measure_gathering(ecb, tools)
    _show(result, gathering_tables(result, wrong=wrong), as_json)


@app.command()
def copies(shared: Shared, as_json: AsJson = False) -> None:
    """Near-copies: texts changed, cut and broken anew, against different articles on one event."""
    from evaluation.copies import copies_table, measure_copies

    result = measure_copies(shared / "data", Path("examples"))
    _show(result, [copies_table(result)], as_json)


@app.command("all")
def evaluate_all(shared: Shared, out: Out) -> None:
    """Score everything that the shared folder has gold for, and write docs/evaluation.md."""
    from evaluation.machine import describe
    from evaluation.measure import measure
    from evaluation.page import to_markdown

    found = measure(shared, lambda name: typer.echo(name, err=True))
    page = to_markdown(found, describe(), NOTES.read_text(encoding="utf-8"))
    out.write_text(page, encoding="utf-8")
    typer.echo(f"wrote {out}", err=True)


@app.command()
def bench(
    shared: Shared,
    out: Out,
    install: Annotated[
        bool, typer.Option("--install", help="Also measure a fresh install (minutes, network).")
    ] = False,
    reports: Annotated[int, typer.Option(min=1, help="About so many reports in the big case.")] = 100_000,
) -> None:
    """Time start-up, each room, the whole job and a big case, and write docs/performance.md."""
    from evaluation.bench import bench as run
    from evaluation.bench_page import to_markdown
    from evaluation.machine import describe
    from evaluation.scale import kept

    found = run(shared, install=install, tell=lambda name: typer.echo(name, err=True))
    # A process of its own: how much memory a big case takes must not be what all of the above has taken.
    subprocess.run([sys.executable, "-m", "evaluation", "scale", "--reports", str(reports), "--keep"], check=True)
    out.write_text(to_markdown(found, describe(), kept()), encoding="utf-8")
    typer.echo(f"wrote {out}", err=True)


@app.command()
def scale(
    texts: Annotated[Path, typer.Option(help="Articles to grow it from.", exists=True, file_okay=False)] = EXAMPLES,
    reports: Annotated[int, typer.Option(min=1, help="About so many reports.")] = 100_000,
    keep: Annotated[bool, typer.Option("--keep", help="Write the figures down for docs/performance.md.")] = False,
    as_json: AsJson = False,
) -> None:
    """Time the first page of each view of a big case, and adding a document to it."""
    from evaluation.machine import describe
    from evaluation.scale import keep as write_down
    from evaluation.scale import measure_scale, scale_table

    found = measure_scale(texts, reports, lambda line: typer.echo(line, err=True))
    if keep:
        write_down(found, describe())
    _show(asdict(found), [scale_table(found)], as_json)


@app.command()
def killed(times: Annotated[int, typer.Option(min=1, help="How often to kill the writer.")] = 100) -> None:
    """Kill a process that writes a case (-9) at random moments; each time nothing may be lost or doubled."""
    from evaluation.killed import kill_often

    typer.echo(f"killed {times} times, {kill_often(times)} things reported as done, none lost, none doubled")
