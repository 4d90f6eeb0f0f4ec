"""``decide`` and ``decisions``: a person's word on the record, taken, undone, listed, handed on and taken in."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.asked import one_of
from dragoman.cli.output import dump, say
from dragoman.cli.share import STANDARD_OUTPUT, CaseArgument
from dragoman.errors import RecordError, UsageError
from dragoman.record.words import plural

if TYPE_CHECKING:
    from dragoman.case import Case, Conflict, Decided

_NAMED = 6
"""Reports that a line names."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
app = typer.Typer(help="List decisions, hand them on, and take in those of others.", rich_markup_mode=None)


class What(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    NOTE = "note"
    RESOLVE = "resolve"
    MERGE = "merge"
    APART = "apart"
    SPLIT = "split"
    JOIN = "join"
    PART = "part"
    UNDO = "undo"


def _action(text: str) -> What:
    return one_of(What, "decision", text)


def decide(
    case: CaseArgument,
    action: Annotated[
        What, typer.Argument(metavar="ACTION", parser=_action, help=f"What is decided: {', '.join(What)}.")
    ],
    about: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT...",
            help="accept, reject, note: REPORT. correct: REPORT field=value …. add: DOCUMENT kind=… evidence=… "
            "field=value …. resolve: REPORT true|false|partly|void. merge, apart: NAME NAME …, of actors or with "
            "--outlets of outlets. split: NAME. "
            "join, part: REPORT REPORT …, or with --occurrence REPORT …. undo: DECISION.",
        ),
    ],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; by default the name that git or the system has.")
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; with note, the note itself.")] = "",
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="ID", help="With split: a document in which it is somebody else; repeat."),
    ] = None,
    occurrence: Annotated[
        str | None,
        typer.Option(metavar="ID", help="With join: these reports are of it; with part: they are another one than it."),
    ] = None,
    outlets: Annotated[
        bool, typer.Option("--outlets", help="With merge and apart: the names are those of outlets, not of actors.")
    ] = False,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="REPORT|TEXT", help="With resolve: the report or the words that show it; repeat."),
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="With resolve: when it came out so.")] = None,
    as_json: AsJson = False,
) -> None:
    """Decide about a report, an actor, an outlet or an occurrence, or undo a decision. All is kept and can be undone.

    Several names in a field are parted by ; and a date is 2024-11-03 or 2024-11-03/2024-11-05.
    """
    from dragoman.case import open_case

    wanted = (
        ("documents", documents, ("split",)),
        ("occurrence", occurrence, ("join", "part")),
        ("outlets", outlets, ("merge", "apart")),
        ("evidence", evidence, ("resolve",)),
        ("on", on, ("resolve",)),
    )
    for name, given, allowed in wanted:
        if given and action not in allowed:
            raise typer.BadParameter(f"it goes with {' and '.join(allowed)}, not with {action}", param_hint=f"--{name}")
    author = by if by is not None else author_here()
    with open_case(case, write=True) as opened:
        if action is What.UNDO:
            done = opened.undo(_only(about, "undo takes the id of one decision"), author=author, reason=reason)
        else:
            from dragoman.record import Action, Decision

            value: dict[str, Any] = {}
            outcome = {"evidence": opened.evidence_of(evidence or ()), **({"on": on} if on else {})}
            if outlets:
                subject = opened.about_outlets(about)
            else:
                subject, value = _parts(opened, action, about, author, documents or (), occurrence, outcome)
            done = opened.decide(Decision(author, Action(action), subject, value, reason))
    if as_json:
        dump(done)
        return
    from dragoman.views.decided import summary

    on = _ids(done.reports)
    typer.echo(f"{done.decision.id[:8]}  {summary(done.decision)}{f' (on {on})' if on else ''}")


def author_here() -> str:
    """The name of whoever is at the keyboard, as git has it, else the system."""
    if git := shutil.which("git"):
        asked = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False, timeout=10)
        if name := asked.stdout.strip():
            return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("nobody knows who decides; say it with --by") from None


def _only(words: Sequence[str], wanted: str) -> str:
    if len(words) != 1:
        raise typer.BadParameter(wanted, param_hint="WHAT")
    return words[0]


def _parts(
    case: Case,
    action: What,
    about: Sequence[str],
    author: str,
    documents: Sequence[str],
    occurrence: str | None,
    outcome: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Subject and value of a decision."""
    first, *rest = about
    if action not in (What.MERGE, What.APART, What.SPLIT, What.ADD):
        from dragoman.cli.show_occurrences import refuse_occurrence

        for id in about if action in (What.JOIN, What.PART) else [first]:
            refuse_occurrence(case, id)
    match action:
        case What.MERGE | What.APART:
            return case.about_merge(about), {}
        case What.SPLIT:
            if not documents:
                raise typer.BadParameter("say in which documents it is somebody else", param_hint="--documents")
            return case.about_split(_only(about, "split takes one name"), documents), {}
        case What.JOIN | What.PART if occurrence is not None:
            from dragoman.record import Action

            return case.about_happening(Action(action), about, occurrence), {}
        case What.JOIN | What.PART:
            if len(about) < 2:
                raise typer.BadParameter(f"{action} takes two reports or more", param_hint="WHAT")
            return {"reports": [case.about(report) for report in about]}, {}
        case What.ADD:
            from dragoman.case.typed import read_row

            row = read_row(case, first, _pairs(rest))
            subject = case.about_addition(row, author)
            return subject, dict(subject["row"])
        case What.CORRECT:
            from dragoman.case.typed import read_fields

            subject = case.about(first)
            return subject, read_fields(case, subject["document"], subject["kind"], _pairs(rest))
        case What.RESOLVE:
            end = _only(rest, "resolve takes a report and true, false, partly or void")
            return case.about(first), {"outcome": end, **outcome}
    return case.about(_only(about, f"{action} takes one report")), {}


def _pairs(words: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise typer.BadParameter(f"{word!r} is no field=value", param_hint="WHAT")
        if name in found:
            raise typer.BadParameter(f"{name} is given twice", param_hint="WHAT")
        found[name] = text
    return found


@app.command("list")
def list_(
    case: CaseArgument,
    report: Annotated[str | None, typer.Option(metavar="ID", help="Only those on this report.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this person.")] = None,
    action: Annotated[str | None, typer.Option(metavar="ACTION", help="Only of this kind, such as reject.")] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Where people decided differently about the same thing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the decisions, oldest first; undone ones are marked."""
    from dragoman.case import open_case

    with open_case(case) as opened:
        if conflicts:
            _show_conflicts(opened.conflicts(), as_json)
        else:
            _show(opened.decisions(report=report, author=by, action=action), as_json, "decisions")


@app.command()
def untied(case: CaseArgument, as_json: AsJson = False) -> None:
    """List the decisions that find nothing in the case as it is: nothing that a person decided is dropped."""
    from dragoman.case import open_case

    with open_case(case) as opened:
        _show(opened.untied(), as_json, "decisions that find nothing")


@app.command()
def export(
    case: CaseArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help="The file to write; - is standard output.")
    ] = STANDARD_OUTPUT,
) -> None:
    """Write all decisions as JSON Lines, for somebody who works on the same documents."""
    from dragoman.case import open_case
    from dragoman.export.decisions import export_decisions

    with open_case(case) as opened:
        export_decisions(opened, sys.stdout.buffer if output == STANDARD_OUTPUT else output)
    if output != STANDARD_OUTPUT:
        say(f"Wrote {output}.")


@app.command("import")
def import_(
    case: CaseArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Decisions that another case exported; - is input.")],
    as_json: AsJson = False,
) -> None:
    """Take in the decisions of somebody else; twice is once, and where you disagree is told."""
    from dragoman.case import open_case

    with open_case(case, write=True) as opened:
        done = opened.import_decisions(_lines(file), str(file))
    if as_json:
        dump(done)
        return
    say(f"Took in {plural(done.added, 'new decision')}; the case had {done.known:,} of the file.")
    if done.untied:
        say(f"Finding nothing here: {done.untied:,}; `dragoman decisions untied {case}` lists them.")
    if done.conflicts:
        say(f"People disagree on {plural(len(done.conflicts), 'point')}; the later decision counts:")
        _show_conflicts(done.conflicts, False)


def _lines(file: Path) -> list[str]:
    data = sys.stdin.buffer.read() if file == STANDARD_OUTPUT else file.read_bytes()
    try:
        return data.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        raise RecordError(f"{file} line {number} is not UTF-8; nothing was imported") from error


def _show(found: Iterable[Decided], as_json: bool, what: str) -> None:
    from dragoman.cli.tables import print_table

    decided = list(found)
    if as_json:
        dump(decided)
        return
    print_table([_decided_row(one) for one in decided])
    if not decided:
        say(f"There are no {what}.")


def _show_conflicts(conflicts: Sequence[Conflict], as_json: bool) -> None:
    from dragoman.cli.tables import print_table

    if as_json:
        dump(conflicts)
        return
    print_table([_conflict_row(conflict) for conflict in conflicts])
    if not conflicts:
        say("Nobody disagrees.")


def _decided_row(one: Decided) -> dict[str, Any]:
    from dragoman.views.decided import summary

    decision = one.decision
    return {
        "id": decision.id[:8],
        "made": decision.made[:19].replace("T", " "),
        "by": decision.author,
        "decided": summary(decision),
        "on": _ids(one.reports) or ", ".join(sorted({about["document"] for about in decision.reports})),
        "reason": decision.reason,
        "": "" if one.stands else "undone",
    }


def _ids(reports: Sequence[str]) -> str:
    more = f" and {len(reports) - _NAMED} more" if len(reports) > _NAMED else ""
    return ", ".join(id[:8] for id in reports[:_NAMED]) + more


def _conflict_row(conflict: Conflict) -> dict[str, Any]:
    from dragoman.views.decided import said

    words = (f"{one.author}: {said(one, conflict.field)}" for one in conflict.decisions)
    return {
        "id": _ids(conflict.reports),
        "document": conflict.document,
        "field": conflict.field,
        "said, the last counts": "; ".join(words),
        "sentence or names": conflict.text,
    }
