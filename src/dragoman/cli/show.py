"""``show`` and ``search``: the case on the terminal, as tables or with --json as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dragoman.cli.output import dump, say
from dragoman.cli.share import CaseArgument, Since, Until

if TYPE_CHECKING:
    from dragoman.case import Case

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
ROWS = 100
"""Rows of a table unless --limit says otherwise; --json gives all."""


class What(StrEnum):
    """What of a case can be shown."""

    OVERVIEW = "overview"
    EVENTS = "events"
    POSITIONS = "positions"
    STEPS = "steps"
    COMMITMENTS = "commitments"
    FORECASTS = "forecasts"
    RELATIONS = "relations"
    ACTORS = "actors"
    DOCUMENTS = "documents"
    REPORT = "report"


KINDS = frozenset(What) - {What.OVERVIEW, What.ACTORS, What.DOCUMENTS, What.REPORT}


def show(
    case: CaseArgument,
    what: Annotated[
        What,
        typer.Argument(
            metavar="WHAT", show_choices=False, help=f"What to show: {', '.join(What)}.", show_default=False
        ),
    ] = What.OVERVIEW,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help="With report: the report's id, or its first digits.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only reports in which this actor, by any of its names, takes part."),
    ] = None,
    since: Since = None,
    until: Until = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Only events of this type, such as CONSULT.")] = None,
    issue: Annotated[str | None, typer.Option(metavar="ISSUE", help="Only positions on this issue.")] = None,
    standing: Annotated[
        str | None, typer.Option(metavar="STANDING", help="Only reports of this standing, such as planned.")
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only reports of this document.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=f"At most so many rows; {ROWS} by default, with --json all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a case: at a glance, one kind of report, its actors or documents, or one report in its context."""
    from dragoman.case import open_case

    given = {"actor": actor, "since": since, "until": until, "standing": standing, "document": document}
    filters = {name: value for name, value in {**given, "type": type, "issue": issue}.items() if value is not None}
    _check(what, id, filters)
    with open_case(case) as opened:
        if what is What.OVERVIEW:
            _show_overview(opened, as_json)
        elif what is What.REPORT:
            _show_report(opened, id or "", as_json)
        else:
            _show_rows(opened, what, filters, limit, as_json)


def search(
    case: CaseArgument,
    query: Annotated[
        str,
        typer.Argument(metavar="QUERY", help='Words, a "phrase in quotes", or the beginning of a word with a star.'),
    ],
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=f"At most so many sentences; {ROWS} by default, with --json all."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find sentences by their words, and the reports that rest on them."""
    from dragoman.case import open_case

    with open_case(case) as opened:
        hits, more = _first(opened.search(query), _most(limit, as_json))
    if as_json:
        dump([asdict(hit) for hit in hits])
        return
    from dragoman.cli.tables import print_hits

    print_hits(hits)
    _remark(len(hits), more, f"sentences with {query}")


def _check(what: What, id: str | None, filters: Mapping[str, str]) -> None:
    """Refuse filters and ids that would be passed over in silence."""
    if (what is What.REPORT) != (id is not None):
        wanted = "say which report: show CASE report ID" if id is None else f"{what} takes no id; show CASE report ID"
        raise typer.BadParameter(wanted)
    allowed = {"type": {What.EVENTS}, "issue": {What.POSITIONS}}
    for name in filters:
        if what not in allowed.get(name, KINDS):
            kinds = "kinds of report" if name not in allowed else "".join(allowed[name])
            raise typer.BadParameter(f"it chooses among {kinds}, not among {what}", param_hint=f"--{name}")


def _most(limit: int | None, as_json: bool) -> int | None:
    return limit if limit is not None or as_json else ROWS


def _first(found: Iterable[T], most: int | None) -> tuple[list[T], bool]:
    """The first of what is found, and whether there is more."""
    rows = list(islice(found, None if most is None else most + 1))
    return (rows, False) if most is None else (rows[:most], len(rows) > most)


def _remark(number: int, more: bool, what: str) -> None:
    if not number:
        say(f"There are no {what}.")
    elif more:
        say(f"These are the first {number:,} {what}; --limit shows more.")


def _show_rows(case: Case, what: What, filters: Mapping[str, Any], limit: int | None, as_json: bool) -> None:
    from dragoman.cli import rows
    from dragoman.cli.tables import print_table, width

    most = _most(limit, as_json)
    table: Sequence[Mapping[str, Any]]
    if what is What.ACTORS:
        actors, more = _first(case.actors(), most)
        table = [asdict(a) if as_json else rows.actor_row(a) for a in actors]
    elif what is What.DOCUMENTS:
        documents, more = _first(case.documents(), most)
        table = [asdict(d) if as_json else rows.document_row(d, width()) for d in documents]
    else:
        reports, more = _first(case.reports(what.removesuffix("s"), **filters), most)
        table = [rows.report_to_dict(s) if as_json else rows.report_row(s, width()) for s in reports]
    if as_json:
        dump(table)
        return
    print_table(table)
    _remark(len(table), more, f"such {what}" if filters else f"{what}")


def _show_overview(case: Case, as_json: bool) -> None:
    from dragoman.cli.glance import print_overview

    overview = case.overview()
    if as_json:
        dump(asdict(overview))
    else:
        print_overview(overview)


def _show_report(case: Case, id: str, as_json: bool) -> None:
    from dragoman.cli import rows
    from dragoman.cli.tables import print_fields

    found = case.report(id)
    if as_json:
        dump(rows.report_to_dict(found) | {"before": found.before, "after": found.after})
    else:
        print_fields(rows.report_fields(found), title=f"{found.report.kind} {found.id}")
