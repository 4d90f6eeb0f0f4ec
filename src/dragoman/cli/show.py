"""``show`` and ``search``: the case on the terminal, as tables or with --json as data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.share import CaseArgument, Since, Until

if TYPE_CHECKING:
    from dragoman.case import Case, StoredReport

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


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


def show(
    case: CaseArgument,
    what: Annotated[What, typer.Argument(help="The part to show.")] = What.OVERVIEW,
    id: Annotated[str | None, typer.Argument(help="With report: the report's id, or its first digits.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only reports in which this actor (any of its names) takes part.")] = None,
    since: Since = None,
    until: Until = None,
    type: Annotated[str | None, typer.Option(help="Only events of this type, such as CONSULT.")] = None,
    issue: Annotated[str | None, typer.Option(help="Only positions on this issue.")] = None,
    standing: Annotated[str | None, typer.Option(help="Only reports of this standing, such as planned.")] = None,
    document: Annotated[str | None, typer.Option(help="Only reports of this document.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show a case: at a glance, one kind of report, its actors or documents, or one report in its context."""
    from dragoman.case import open_case
    from dragoman.record import Kind

    filters = {"actor": actor, "since": since, "until": until, "type": type, "issue": issue, "standing": standing, "document": document}
    with open_case(case) as opened:
        if what is What.OVERVIEW:
            _show_overview(opened, as_json)
        elif what is What.REPORT:
            _show_report(opened, id, as_json)
        elif what is What.ACTORS:
            _print([_actor_row(a) for a in islice(opened.actors(), limit)], "actors", as_json)
        elif what is What.DOCUMENTS:
            _print([_document_row(d) for d in islice(opened.documents(), limit)], "documents", as_json)
        else:
            kind = Kind(what.value.removesuffix("s"))
            found = list(opened.reports(kind, limit=limit, **filters))
            _print_reports(found, kind, as_json)


def search(
    case: CaseArgument,
    query: Annotated[str, typer.Argument(help='Words, a "phrase in quotes", or the beginning of a word with a star.')],
    limit: Annotated[int, typer.Option(min=1, help="At most so many sentences.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Find sentences by their words."""
    from dragoman.case import open_case

    with open_case(case) as opened:
        hits = list(islice(opened.search(query), limit))
    rows = [
        {"document": h.document, "start": h.span.start, "end": h.span.end, "sentence": " ".join(h.sentence.split())} for h in hits
    ]
    if as_json:
        _dump(rows)
    elif rows:
        from dragoman.cli.tables import print_table

        print_table([{"document": r["document"], "sentence": r["sentence"]} for r in rows])
    else:
        typer.echo(f"No sentence holds {query}.", err=True)


def _dump(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _print(rows: list[dict[str, Any]], name: str, as_json: bool) -> None:
    if as_json:
        _dump(rows)
    elif rows:
        from dragoman.cli.tables import print_table

        print_table(rows)
    else:
        typer.echo(f"No {name} to show.", err=True)


def _actor_row(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": str(found.kind),
        "country": found.country or "",
        "documents": found.documents,
        "reports": found.reports,
        "also called": list(found.names[:6]),
    }


def _document_row(found: Any) -> dict[str, Any]:
    return {
        "document": found.id,
        "published": found.published or "",
        "outlet": found.outlet or "",
        "title": found.title or "",
        "reports": found.reports,
    }


def _print_reports(found: Iterable[StoredReport], kind: Any, as_json: bool) -> None:
    if as_json:
        _dump([s.report.to_dict() | {"id": s.id} for s in found])
        return
    _print([report_row(s) for s in found], f"{kind}s", as_json=False)


def report_row(stored: StoredReport) -> dict[str, Any]:
    """A report as a row of its kind's table."""
    from dragoman.views import headline, when

    report = stored.report
    return {
        "id": stored.id[:8],
        "date": when(stored),
        **headline(report),
        "standing": str(report.standing),
        "voice": " ← ".join(reversed(report.voice)) or "",
        "document": stored.report.document,
    }


def _show_overview(case: Case, as_json: bool) -> None:
    from dragoman.cli.tables import print_bars, print_fields, print_table

    overview = case.overview()
    if as_json:
        from dataclasses import asdict

        _dump(asdict(overview))
        return
    period = f"{overview.first_published or '?'} – {overview.last_published or '?'}"
    print_fields(
        [
            ("question", overview.title or "(none given)"),
            ("packs", ", ".join(overview.packs)),
            ("documents", f"{overview.documents:,} from {overview.outlets:,} outlets, published {period}"),
            ("set aside", f"{overview.set_aside:,}"),
            ("actors", f"{overview.actors:,}"),
            ("reports", f"{sum(overview.reports.values()):,}"),
        ],
        title=str(case.path),
    )
    print_bars(overview.reports.items(), "Reports by kind")
    print_bars(overview.event_types.items(), "Events by type")
    print_table([{"actor": n, "reports": c} for n, c in overview.top_actors], title="Most told of")


def _show_report(case: Case, id: str | None, as_json: bool) -> None:
    from rich.text import Text

    from dragoman.cli.tables import plain, print_fields
    from dragoman.views import headline

    if id is None:
        raise typer.BadParameter("say which: dragoman show CASE report ID")
    stored = case.report(id)
    report = stored.report
    if as_json:
        _dump(report.to_dict() | {"id": stored.id, "before": stored.before, "after": stored.after})
        return
    sentence = Text.assemble(
        (plain(stored.before) + " ", "dim"), (plain(report.evidence.text), "bold"), (" " + plain(stored.after), "dim")
    )
    source = " · ".join(p for p in (stored.outlet, stored.published, stored.title) if p)
    print_fields(
        [
            ("document", f"{report.document}" + (f" ({source})" if source else "")),
            ("sentence", sentence),
            ("characters", f"{report.evidence.start}–{report.evidence.end}"),
            *((name, plain(value)) for name, value in headline(report).items()),
            ("voice", " ← ".join(reversed(report.voice)) or "the document in its own name"),
            ("standing", str(report.standing)),
            ("read by", f"frame {report.frame}, reader {report.reader}"),
            ("because of", plain(report.why)),
            ("confidence", f"{report.confidence:.2f}"),
        ],
        title=f"{report.kind} {stored.id}",
    )
