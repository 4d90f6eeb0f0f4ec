"""``show … occurrences | occurrence ID | disputes``: what happened and where accounts differ, as tables or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from rich.padding import Padding
from rich.text import Text

from dragoman.cli.output import dump, say
from dragoman.cli.tables import console, plain, print_fields, print_table, width
from dragoman.errors import UsageError
from dragoman.record.happening import happening
from dragoman.record.occurrence import Told
from dragoman.record.words import a, dated, plural
from dragoman.views.wording import QUALIFIERS, counted, how_told

if TYPE_CHECKING:
    from dragoman.case import Case, OccurrenceInFull, StoredReport
    from dragoman.record.occurrence import Account, Dispute, Occurrence, Supporting

T = TypeVar("T")
ROWS = 100
WIDE = 120
"""Columns of a terminal from which on what is told gets columns of its own."""
_IN_FULL: Mapping[Told, str] = {
    Told.ONE: "one source tells it in its own name",
    Told.SEVERAL: "several sources tell it in their own name",
}
"""These two count only who tells it in its own name, which may be fewer than the sources of all its reports."""
_SENTENCES = 3
"""Sentences that a side of a dispute shows; --json gives the ids of all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks; ``id`` is an occurrence's."""

    id: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    matter: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    limit: int | None = None
    as_json: bool = False

    @property
    def filters(self) -> dict[str, Any]:
        """What chooses among occurrences as among disputes."""
        chosen = {"actor": self.actor, "since": self.since, "until": self.until, "as_of": self.as_of}
        return {**chosen, "limit": self.most}

    @property
    def most(self) -> int | None:
        """Rows that are fetched: one more than are shown, to tell whether there are more."""
        shown = self.limit if self.limit is not None or self.as_json else ROWS
        return None if shown is None else shown + 1


def show_occurrences(case: Case, asked: Asked) -> None:
    """The list, the latest first."""
    own: dict[str, Any] = {"type": asked.type, "status": asked.status, "place": asked.place}
    found = list(case.occurrences(**asked.filters, **own, latest_first=True))
    shown = _shown(found, asked)
    if asked.as_json:
        dump(shown)
    else:
        print_table([row(one, width()) for one in shown])
    _remark(len(found), len(shown), "occurrences", asked)
    _note_undated(case, asked)


def show_occurrence(case: Case, asked: Asked) -> None:
    """One, with the reports behind it side by side by source, why each is in it, and what they do not agree in."""
    _refuse_report(case, asked.id or "")
    full = case.occurrence(asked.id or "", as_of=asked.as_of)
    if asked.as_json:
        dump(full)
        return
    one = full.occurrence
    print_fields(_fields(one), title=f"{one.type} {one.id}")
    _print_sentences(full)
    for dispute in full.disputes:
        _print_dispute(dispute, {stored.id: stored for stored in full.reports})
    _print_decisions(full)


def show_disputes(case: Case, asked: Asked) -> None:
    """Accounts that do not agree, sentences side by side."""
    found = list(case.disputes(**asked.filters, matter=asked.matter))
    shown = _shown(found, asked)
    if asked.as_json:
        dump(shown)
    for dispute in () if asked.as_json else shown:
        ids = [id for side in dispute.sides for id in side.reports[:_SENTENCES]]
        _print_dispute(dispute, {id: case.report(id) for id in ids}, headed=True)
    _remark(len(found), len(shown), "disputes", asked)
    _note_undated(case, asked)


def refuse_occurrence(case: Case, id: str) -> None:
    """Raises ``UsageError``, with its reports, where an id that should be a report's is an occurrence's."""
    if _found(case.report, id) is not None or (found := _found(case.occurrence, id)) is None:
        return
    reports = " ".join(one.report[:8] for one in found.occurrence.reports[:6])
    raise UsageError(f"{id!r} is an occurrence, not a report; its reports: {reports} (show CASE occurrence {id})")


def _refuse_report(case: Case, id: str) -> None:
    """Raises ``UsageError``, with its occurrence, where an id that should be an occurrence's is a report's."""
    if _found(case.occurrence, id) is not None or (found := _found(case.report, id)) is None:
        return
    inside = case.occurrence_of(found.id)
    where = f"it is in {inside[:8]} (show CASE occurrence {inside[:8]})" if inside else "only events are in one"
    raise UsageError(f"{id!r} is the report of {a(found.report.kind)}, not an occurrence; {where}")


def _found(find: Callable[[str], T], id: str) -> T | None:
    try:
        return find(id)
    except UsageError:
        return None


def _shown(found: Sequence[Any], asked: Asked) -> Sequence[Any]:
    return found if asked.most is None else found[: asked.most - 1]


def _remark(found: int, shown: int, what: str, asked: Asked) -> None:
    if not found and not asked.as_json:
        chosen = replace(asked, limit=None, as_json=False) != Asked()
        say(f"There are no {'such ' if chosen else ''}{what}.")
    elif found > shown:
        say(f"These are the first {shown:,} {what}; --limit shows more.")


def _note_undated(case: Case, asked: Asked) -> None:
    if asked.as_of is not None and (undated := case.overview().undated):
        say(f"Left out: what only {undated:,} document{'s' if undated != 1 else ''} without a date tell.")


def row(one: Occurrence, columns: int) -> dict[str, Any]:
    """An occurrence as a row of a list."""
    start = {"id": one.id[:8], "date": dated(one.date) or one.day}
    what = {"what": happening(one), "told": how_told(one)}
    if columns < WIDE:
        short = start["date"].replace(" – ", "/")
        return start | {"date": short} | what | {"docs": one.documents, "src": one.sources}
    return start | {"type": str(one.type)} | what | {"documents": one.documents, "sources": one.sources}


def _fields(one: Occurrence) -> Iterator[tuple[str, str]]:
    yield "what", happening(one)
    yield (
        "told",
        f"{_IN_FULL.get(one.status, how_told(one))}; {plural(one.number, 'report')}, "
        + counted(one.documents, one.sources),
    )
    by_field: dict[str, list[Account]] = {}
    for account in one.accounts:
        by_field.setdefault(account.field, []).append(account)
    for field, accounts in by_field.items():
        yield field, "; ".join(f"{told.value} ({counted(told.documents, told.sources)})" for told in accounts)


def _print_sentences(full: OccurrenceInFull) -> None:
    """The reports by source, each with its sentence."""
    stored = {one.id: one for one in full.reports}
    by_teller: dict[str, list[Supporting]] = {}
    for report in full.occurrence.reports:
        by_teller.setdefault(report.teller, []).append(report)
    out = console()
    for reports in by_teller.values():
        first = stored[reports[0].report]
        out.print()
        out.print(Text(plain(first.outlet or first.report.document), "bold"))
        for report in reports:
            out.print(Padding(_sentence(stored[report.report], report.why), (0, 0, 0, 2)))


def _sentence(stored: StoredReport, why: Sequence[str] = ()) -> Text:
    report = stored.report
    how = [QUALIFIERS[report.standing], f"says {', as told by '.join(reversed(report.voice))}" if report.voice else ""]
    text = Text(f"{stored.id[:8]} ", "dim").append(f"{stored.published or 'undated'} ", "dim")
    text.append(plain(report.evidence.text), "not dim")
    if told_as := "; ".join(part for part in how if part):
        text.append(f" ({plain(told_as)})", "not dim italic")
    return text.append(f" [{'; '.join(why)}]", "dim") if why else text


def _print_decisions(full: OccurrenceInFull) -> None:
    """What people decided on which reports are of it."""
    from dragoman.views.decided import summary

    out = console()
    for number, decided in enumerate(full.decisions):
        if not number:
            out.print()
            out.print(Text("decided", "bold"))
        one = decided.decision
        told = f"{one.author}: {summary(one)}{f' ({one.reason})' if one.reason else ''}"
        out.print(Text(f"  {one.id[:8]} ", "dim").append(plain(told), "not dim"))


def _print_dispute(dispute: Dispute, stored: Mapping[str, StoredReport], *, headed: bool = False) -> None:
    out = console()
    out.print()
    title = f"{dispute.day} {plain(dispute.about)}: " if headed else ""
    id = f"  {dispute.occurrence[:8]}" if headed and dispute.occurrence else ""
    out.print(Text(f"{title}{dispute.matter} in dispute", "bold").append(id, "not bold dim"))
    for side in dispute.sides:
        out.print(Text(f"  {plain(side.value)} ").append(f"({counted(side.documents, side.sources)})", "dim"))
        for id in islice((id for id in side.reports if id in stored), _SENTENCES):
            out.print(Padding(_sentence(stored[id]), (0, 0, 0, 4)))


SHOWN: Mapping[str, Callable[[Case, Asked], None]] = {
    "occurrences": show_occurrences,
    "occurrence": show_occurrence,
    "disputes": show_disputes,
}
"""What shows each of the three."""
