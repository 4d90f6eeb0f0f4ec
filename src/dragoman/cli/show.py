"""``show`` and ``search``: the case on the terminal, as tables or with --json as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dragoman.asked import one_of
from dragoman.cli.output import dump, say
from dragoman.cli.share import AsOf, CaseArgument, Since, Until
from dragoman.record.words import listed, plural

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
    ASIDE = "aside"
    REPORT = "report"
    MATRIX = "matrix"
    NETWORK = "network"
    COALITIONS = "coalitions"
    LADDER = "ladder"
    UNDERTAKINGS = "undertakings"
    PREDICTIONS = "predictions"
    OCCURRENCES = "occurrences"
    OCCURRENCE = "occurrence"
    DISPUTES = "disputes"
    SOURCES = "sources"
    ACTOR = "actor"
    MERGES = "merges"


def _what(text: str) -> What:
    return one_of(What, "part of a case", text)


LEDGERS = frozenset({What.LADDER, What.UNDERTAKINGS, What.PREDICTIONS})
LISTED = frozenset({What.OCCURRENCES, What.DISPUTES})
HAPPENINGS = frozenset({What.OCCURRENCES, What.OCCURRENCE, What.DISPUTES})
TELLERS = frozenset({What.SOURCES, What.ACTOR, What.MERGES})
NAMED = LEDGERS | {What.SOURCES}
"""Of these an id may be given or not."""
STANCES = frozenset({What.MATRIX, What.NETWORK, What.COALITIONS})
OTHERS = frozenset({What.OVERVIEW, What.ACTORS, What.DOCUMENTS, What.ASIDE, What.REPORT})
_OF_STANCES = frozenset({"actor", "issue", "since", "until", "as-of"})
"""The filters that these take."""
KINDS = frozenset(What) - OTHERS - LEDGERS - HAPPENINGS - TELLERS - STANCES


def show(
    case: CaseArgument,
    what: Annotated[
        What,
        typer.Argument(metavar="WHAT", parser=_what, help=f"What to show: {', '.join(What)}.", show_default=False),
    ] = What.OVERVIEW,
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="With report, undertakings, predictions: a report's id or its first digits. With occurrence: its id. "
            "With ladder: toward whom. "
            "With sources: an outlet. With actor: a name or key.",
        ),
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
    as_of: AsOf = None,
    due: Annotated[bool, typer.Option("--due", help="Only undertakings and predictions whose date is past.")] = False,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Only occurrences that are told so, such as disputed.")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Only occurrences at this place.")] = None,
    matter: Annotated[
        str | None, typer.Option(metavar="MATTER", help="Only disputes about this, such as killed.")
    ] = None,
    slicing: Annotated[
        str | None,
        typer.Option(
            "--slice",
            metavar="SLICE",
            help="With matrix or coalitions: cut time by month, quarter or year, or at DATE,DATE.",
        ),
    ] = None,
    network: Annotated[
        str | None, typer.Option(metavar="KIND", help="With network: affiliation, actors (the default) or concepts.")
    ] = None,
    aggregation: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            help="With network: ignore, combine, congruence, conflict or subtract (the default).",
        ),
    ] = None,
    normalisation: Annotated[
        str | None,
        typer.Option(metavar="BY", help="With network: no (the default), average-activity, Jaccard or cosine."),
    ] = None,
    duplicates: Annotated[
        str | None,
        typer.Option(
            metavar="PER",
            help="With network: include all, or count the same once per document, week, month, year or range.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=f"At most so many rows; {ROWS} by default, with --json all. "
            "With matrix, network, coalitions: so many actors, those with most statements.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a case: at a glance, one kind of report, its actors or documents, what was set aside, or one report in
    its context."""
    from dragoman.case import open_case

    given = {"actor": actor, "since": since, "until": until, "standing": standing, "document": document}
    given |= {"type": type, "issue": issue, "as-of": as_of, "due": "yes" if due else None}
    given |= {"status": status, "place": place, "matter": matter}
    filters = {name: value for name, value in given.items() if value is not None}
    stances = {
        "slice": slicing,
        "network": network,
        "aggregation": aggregation,
        "normalisation": normalisation,
        "duplicates": duplicates,
    }
    if what in STANCES:
        _check_stances(what, id, filters)
        from dragoman.cli import show_stances

        wanted_of = show_stances.Asked(issue, actor, since, until, as_of, **stances, limit=limit, as_json=as_json)
        with open_case(case) as opened:
            _check_issue(opened, issue)
            show_stances.show_stances(opened, what, wanted_of)
        return
    for name, value in stances.items():
        if value is not None:
            raise typer.BadParameter(f"{what} has none; it is of {', '.join(sorted(STANCES))}", param_hint=f"--{name}")
    _check(what, id, filters)
    with open_case(case) as opened:
        _check_issue(opened, issue)
        if what is What.OVERVIEW:
            _show_overview(opened, as_of, as_json)
        elif what is What.REPORT:
            _show_report(opened, id or "", as_of, as_json)
        elif what in HAPPENINGS:
            from dragoman.cli import show_occurrences

            wanted = {name.replace("-", "_"): value for name, value in filters.items()}
            about = show_occurrences.Asked(id=id, limit=limit, as_json=as_json, **wanted)
            show_occurrences.SHOWN[what](opened, about)
        elif what in TELLERS:
            from dragoman.cli import show_sources

            named = show_sources.Asked(id=id, as_of=as_of, limit=limit, as_json=as_json)
            show_sources.SHOWN[what](opened, named)
        elif what in LEDGERS:
            from dragoman.cli import show_ledgers

            asked = show_ledgers.Asked(id=id, actor=actor, as_of=as_of, due=due, limit=limit, as_json=as_json)
            show_ledgers.show_ledger(opened, what, asked)
        else:
            _show_rows(opened, what, filters, limit, as_json)


def search(
    case: CaseArgument,
    query: Annotated[
        str,
        typer.Argument(metavar="QUERY", help='Words, a "phrase in quotes", or the beginning of a word with a star.'),
    ],
    as_of: AsOf = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help=f"At most so many sentences; {ROWS} by default, with --json all."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find sentences by their words, and the reports that rest on them."""
    from dragoman.case import open_case

    with open_case(case) as opened:
        hits, more = _first(opened.search(query, as_of=as_of), _most(limit, as_json))
        undated = _undated(opened, as_of)
    if as_json:
        dump(hits)
    else:
        from dragoman.cli.tables import print_hits

        print_hits(hits)
    _remark(len(hits), more, f"sentences with {query}", as_json)
    _say_undated(undated)


def _check_stances(what: What, id: str | None, filters: Mapping[str, str]) -> None:
    if id is not None:
        raise typer.BadParameter(_no_id(what))
    for name in filters.keys() - _OF_STANCES:
        raise typer.BadParameter(f"it chooses among reports, not in a {what}", param_hint=f"--{name}")


def _no_id(what: What) -> str:
    """That this takes no id, and what does."""
    one = {What.OCCURRENCES: "occurrence", What.DISPUTES: "occurrence", What.ACTORS: "actor", What.MERGES: "actor"}
    named = one.get(what, "report")
    return f"{what} takes no id; show CASE {named} {'NAME' if named == 'actor' else 'ID'}"


def _check(what: What, id: str | None, filters: Mapping[str, str]) -> None:
    """Refuse filters and ids that would be passed over in silence."""
    if what not in NAMED and (what in (What.REPORT, What.OCCURRENCE, What.ACTOR)) != (id is not None):
        wanted = f"say which {what}: show CASE {what} ID" if id is None else _no_id(what)
        raise typer.BadParameter(wanted)
    allowed = {
        "type": frozenset({What.EVENTS, What.OCCURRENCES}),
        "issue": frozenset({What.POSITIONS}),
        "actor": KINDS | LEDGERS | LISTED,
        "since": KINDS | LISTED,
        "until": KINDS | LISTED,
        "as-of": frozenset(What) - {What.ASIDE},
        "status": frozenset({What.OCCURRENCES}),
        "place": frozenset({What.OCCURRENCES}),
        "matter": frozenset({What.DISPUTES}),
        "due": LEDGERS - {What.LADDER},
    }
    for name in filters:
        if what not in allowed.get(name, KINDS):
            if name == "as-of":
                raise typer.BadParameter(
                    "what was set aside was not read, so nothing was told in it by a date", param_hint="--as-of"
                )
            takes = allowed.get(name, KINDS) | (STANCES if name in _OF_STANCES else frozenset())
            told = ["kinds of report"] if takes >= KINDS else []
            kinds = listed([*told, *sorted(takes - KINDS if told else takes)])
            raise typer.BadParameter(f"it chooses among {kinds}, not among {what}", param_hint=f"--{name}")


def _check_issue(case: Case, issue: str | None) -> None:
    """An issue that no position is on is one of the packs, or a slip."""
    if issue is not None and next(case.reports("position", issue=issue, limit=1), None) is None:
        from dragoman.case.typed import check_pack_id

        check_pack_id(case, "issue", issue)


def _most(limit: int | None, as_json: bool) -> int | None:
    return limit if limit is not None or as_json else ROWS


def _first(found: Iterable[T], most: int | None) -> tuple[list[T], bool]:
    """The first of what is found, and whether there is more."""
    rows = list(islice(found, None if most is None else most + 1))
    return (rows, False) if most is None else (rows[:most], len(rows) > most)


def _remark(number: int, more: bool, what: str, as_json: bool) -> None:
    if more:
        say(f"These are the first {number:,} {what}; --limit shows more.")
    elif not number and not as_json:
        say(f"There are no {what}.")


def _undated(case: Case, as_of: str | None) -> int:
    """Documents that are left out as of a date since they have none."""
    return 0 if as_of is None else case.extent(as_of=as_of).undated


def _say_undated(undated: int) -> None:
    if undated:
        say(f"Left out: {plural(undated, 'document')} without a date.")


def _show_rows(case: Case, what: What, filters: Mapping[str, Any], limit: int | None, as_json: bool) -> None:
    found, more = _first(_found(case, what, filters), _most(limit, as_json))
    if as_json:
        dump(found)
    else:
        from dragoman.cli.tables import print_table

        print_table(_rows(what, found))
    named = "sources set aside" if what is What.ASIDE else str(what)
    _remark(len(found), more, f"such {named}" if filters else named, as_json)
    _say_undated(_undated(case, filters.get("as-of")))


def _found(case: Case, what: What, filters: Mapping[str, Any]) -> Iterable[Any]:
    as_of = filters.get("as-of")
    if what is What.ACTORS:
        return case.actors(as_of=as_of)
    if what is What.DOCUMENTS:
        return case.documents(as_of=as_of)
    if what is What.ASIDE:
        return case.sources_set_aside(latest_first=True)
    wanted = {name.replace("-", "_"): value for name, value in filters.items()}
    return case.reports(what.removesuffix("s"), **wanted)


def _rows(what: What, found: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
    from dragoman.cli import rows
    from dragoman.cli.tables import width

    if what is What.ACTORS:
        return rows.actor_rows(found)
    if what is What.DOCUMENTS:
        return [rows.document_row(one, width()) for one in found]
    if what is What.ASIDE:
        return [{"source": one.source, "why": one.why, "when": one.started} for one in found]
    return [rows.report_row(one, width()) for one in found]


def _show_overview(case: Case, as_of: str | None, as_json: bool) -> None:
    from dragoman.cli.glance import print_overview

    overview = case.overview(as_of=as_of)
    if as_json:
        dump(overview)
    else:
        print_overview(overview, as_of)
    if as_of is not None:
        _say_undated(overview.undated)


def _show_report(case: Case, id: str, as_of: str | None, as_json: bool) -> None:
    from dragoman.cli import rows
    from dragoman.cli.show_occurrences import refuse_occurrence
    from dragoman.cli.tables import print_fields

    refuse_occurrence(case, id)
    found = case.report(id, as_of=as_of)
    if as_json:
        dump(found)
    else:
        print_fields(rows.report_fields(found), title=f"{found.report.kind} {found.id}")
