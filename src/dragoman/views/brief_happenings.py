"""Occurrences and disputes as sentences of a brief, each as strong as its reports and no stronger.

What a sentence says is borne out by the reports that tell it as so (where none does: by all). A party, place, date or
figure that fewer of them tell than the whole says so (*by one account*, *according to A*). What is in dispute is left
out of the sentence, and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dragoman.case import Case, OccurrenceInFull, StoredReport
from dragoman.record import Event, Standing
from dragoman.record.happening import ALONE, acted, is_ahead
from dragoman.record.occurrence import Dispute, Matter, Occurrence, Supporting, Told
from dragoman.record.words import dated, listed
from dragoman.views.brief_data import Clash, Line, Side
from dragoman.views.brief_notes import Notes, according_to, choose, shorten
from dragoman.views.wording import MATTERS, SORTS, account_of, side_told

HAPPENED = (Told.SEVERAL, Told.ONE, Told.CLAIMED, Told.DISPUTED)
"""How occurrences are told of which some report says that they happened."""
LABELS: Mapping[Told, str] = {told: f"{told[:1].upper()}{told[1:]}" for told in Told}
_STANDINGS: Mapping[Told, frozenset[Standing]] = {
    Told.PLANNED: frozenset({Standing.PLANNED}),
    Told.ASKED: frozenset({Standing.DEMANDED}),
    Told.POSSIBLE: frozenset({Standing.POSSIBLE, Standing.CONDITIONAL}),
    Told.DENIED: frozenset({Standing.DENIED}),
}
"""The standing of the reports that bear out how an occurrence is told of which none says that it happened."""
_QUOTED = 2  # sentences of a side
_NAMED = 4  # parties of a side


def list_occurrences(
    case: Case, statuses: Sequence[Told], *, since: str | None, until: str | None, as_of: str | None, most: int
) -> list[Occurrence]:
    """The most told occurrences of these statuses, at most so many; of equally told ones those that name who did it,
    then the latest."""
    found: list[Occurrence] = []
    for status in statuses:
        some = case.occurrences(
            status=status, since=since, until=until, as_of=as_of, most_told_first=True, limit=2 * most
        )
        found += some
    found.sort(key=lambda one: one.id)
    found.sort(key=lambda one: (one.sources, bool(one.source), one.day), reverse=True)
    return found[:most]


def tell_occurrence(full: OccurrenceInFull, notes: Notes) -> Line:
    """The sentence of an occurrence."""
    return _Telling.of(full).line(notes)


@dataclass(frozen=True, slots=True)
class _Telling:
    """An occurrence with the reports that bear it out: ``told``, of which ``own`` are those of sources that tell it in
    their own name."""

    full: OccurrenceInFull
    told: Sequence[Supporting]
    own: frozenset[str]

    @classmethod
    def of(cls, full: OccurrenceInFull) -> _Telling:
        standings = _STANDINGS.get(full.occurrence.status, frozenset({Standing.ACTUAL}))
        told = [report for report in full.occurrence.reports if report.standing in standings]
        return cls(full, told, frozenset(report.teller for report in told if not report.voice))

    def line(self, notes: Notes) -> Line:
        one = self.full.occurrence
        sentence, bearing = self._sentence()
        when, hedges = self._date(bearing)
        told = {report.report for report in self.told}
        ranked = sorted(self.full.reports, key=lambda s: (s.id not in told, bool(s.report.voice)))
        if one.status is Told.DISPUTED:
            bearing += [set(side.reports) for dispute in self.full.disputes for side in dispute.sides]
        chosen = choose(ranked, bearing, {report.report: report.teller for report in one.reports})
        id = f"o-{one.id}"
        return Line(
            id=id,
            date=when,
            label=LABELS[one.status],
            text=sentence[:1].upper() + sentence[1:],
            hedge="; ".join([*self._strength(), *hedges, *self._other_types()]),
            documents=one.documents,
            sources=one.sources,
            notes=notes.cite_all(chosen, id),
        )

    def _strength(self) -> Iterator[str]:
        """What the label does not say yet."""
        one = self.full.occurrence
        if one.status is Told.DISPUTED:
            yield f"accounts differ as to {listed([MATTERS[matter] for matter in one.disputes])}"
        if not self.own:
            voices = list(dict.fromkeys(according_to(report.voice) for report in self.told if report.voice))
            yield f"only {'; '.join(voices[:_QUOTED])}{' and others' if voices[_QUOTED:] else ''}"
        elif len(self.own) < one.sources:
            tells = "one source tells" if len(self.own) == 1 else f"{len(self.own)} sources tell"
            yield f"{tells} it in {'its' if len(self.own) == 1 else 'their'} own name"
        elif len(self.own) == 1 and one.status is not Told.ONE:
            yield "told by one source"

    def _sentence(self) -> tuple[str, list[set[str]]]:
        """The words, and for each thing that they say the reports that bear it out."""
        one, bearing = self.full.occurrence, list[set[str]]()
        doer_known = Matter.DOER not in one.disputes
        who = self._parties(("source", "target"), one.source if doer_known else (), bearing)
        others = [name for name in one.target if name not in one.source or not doer_known]
        whom = self._parties(("target", "source"), others, bearing)
        doer = listed(who, "somebody unnamed" if doer_known else "somebody", most=_NAMED)
        done = acted(one.type, listed(whom, "", most=_NAMED), ahead=is_ahead(one))
        placed = one.place is not None and Matter.PLACE not in one.disputes
        where = self._marked(("place",), one.place or "", bearing, "{}, {}") if placed else ""
        toll = [self._figure(matter, bearing) for matter in (Matter.KILLED, Matter.INJURED)]
        details = "; ".join(part for part in (where, *toll) if part)
        that = "that " if one.status is Told.DENIED else ""
        return f"{that}{doer} {done}{f' ({details})' if details else ''}", bearing

    def _parties(self, fields: tuple[str, ...], names: Sequence[str], bearing: list[set[str]]) -> list[str]:
        """Those whom some report bears out; as many as are named are marked."""
        borne = [name for name in names if self._bearers(fields, name)]
        return [self._marked(fields, name, bearing) for name in borne[:_NAMED]] + borne[_NAMED:]

    def _figure(self, matter: Matter, bearing: list[set[str]]) -> str:
        value = getattr(self.full.occurrence, str(matter))
        if value is None or matter in self.full.occurrence.disputes:
            return ""
        told = self._marked((str(matter),), str(value), bearing, "{}, {}")
        return told.replace(str(value), f"{value:,} {matter}", 1)

    def _marked(self, fields: tuple[str, ...], value: str, bearing: list[set[str]], form: str = "{} ({})") -> str:
        """A value with what keeps it from being told as widely as the whole; empty where no report bears it out."""
        bearers = self._bearers(fields, value)
        if not bearers:
            return ""
        bearing.append({report.report for report in bearers})
        mark = self._mark(bearers)
        return form.format(shorten(value), mark) if mark else shorten(value)

    def _bearers(self, fields: tuple[str, ...], value: str) -> list[Supporting]:
        """The reports that tell a value; of places also those that tell one in it (*Doha, Qatar* tells *Qatar*)."""
        within = fields == ("place",)
        ids = {
            id
            for account in self.full.occurrence.accounts
            if account.field in fields and (account.value == value or (within and value in account.value))
            for id in account.reports
        }
        return [report for report in self.told if report.report in ids]

    def _mark(self, bearers: Sequence[Supporting]) -> str:
        own = {report.teller for report in bearers if not report.voice}
        if not self.own and {report.voice for report in bearers} < {report.voice for report in self.told}:
            return according_to(bearers[0].voice)
        if len(own) >= min(len(self.own), 2):
            return ""
        return "by one account" if own else according_to(bearers[0].voice)

    def _date(self, bearing: list[set[str]]) -> tuple[str, list[str]]:
        """The date as it is shown, and what keeps it from being told as widely as the whole."""
        one = self.full.occurrence
        if Matter.DATE in one.disputes:
            return "date disputed", []
        if one.date is None:
            return (f"told {one.day}" if one.day else "undated"), []
        bearers = self._bearers(("date",), dated(one.date))
        if not bearers:
            return dated(one.date), ["dated by reports that do not tell it as so"]
        bearing.append({report.report for report in bearers})
        mark = self._mark(bearers)
        return dated(one.date), [f"the date {mark}"] if mark else []

    def _other_types(self) -> Iterator[str]:
        told = {report.report for report in self.told}
        types = {s.report.type for s in self.full.reports if s.id in told and isinstance(s.report, Event)}
        if others := sorted(ALONE[type] for type in types - {self.full.occurrence.type}):
            yield f"also told so: {', '.join(others)}"


def list_clashes(
    case: Case, notes: Notes, *, since: str | None, until: str | None, as_of: str | None, most: int
) -> tuple[list[Clash], bool]:
    """The latest disputes, their sentences side by side, and whether there are more than so many."""
    told = list(islice(_clashing(case, case.disputes(since=since, until=until, as_of=as_of), most + 1), most + 1))
    shown = told[:most]
    found = case.occurrences_in_full([dispute.occurrence for dispute, _ in shown if dispute.occurrence], as_of=as_of)
    about = {one.occurrence.id: _about(one.occurrence) for one in found}
    clashes = [
        _clash(dispute, f"d-{n}", about.get(dispute.occurrence or "", dispute.about), stored, notes)
        for n, (dispute, stored) in enumerate(shown, 1)
    ]
    return clashes, len(told) > most


def _clashing(
    case: Case, disputes: Iterator[Dispute], together: int
) -> Iterator[tuple[Dispute, Mapping[str, StoredReport]]]:
    """Disputes with the reports that may be quoted, looked up for so many at once; without those of one sentence that
    is read both ways: it does not contradict itself."""
    while some := list(islice(disputes, together)):
        stored = case.reports_by_id(id for dispute in some for id in _quotable(dispute))
        for dispute in some:
            own = {id: stored[id] for id in _quotable(dispute) if id in stored}
            if len({(one.report.document, one.report.evidence) for one in own.values()}) > 1:
                yield dispute, own


def _quotable(dispute: Dispute) -> Iterator[str]:
    return (id for side in dispute.sides for id in side.reports[: 4 * _QUOTED])


def _about(one: Occurrence) -> str:
    """What an occurrence is of, without a word on whether it was."""
    parties = [listed([shorten(name) for name in names], most=_NAMED) for names in (one.source, one.target) if names]
    return f"{SORTS[one.type][:1].upper()}{SORTS[one.type][1:]}: {' → '.join(parties) or 'somebody unnamed'}"


def _clash(dispute: Dispute, id: str, about: str, stored: Mapping[str, StoredReport], notes: Notes) -> Clash:
    sides = tuple(
        Side(
            value=side_told(dispute.matter, shorten(side.value)),
            documents=side.documents,
            sources=side.sources,
            quotes=tuple(notes.quote(one, id) for one in _quoted(stored[r] for r in side.reports if r in stored)),
        )
        for side in dispute.sides
    )
    told = account_of(about) if dispute.matter is Matter.ACCOUNT else about
    return Clash(id, dispute.day, shorten(told), MATTERS[dispute.matter], sides)


def _quoted(reports: Iterable[StoredReport]) -> Iterator[StoredReport]:
    """The first report of each document, and no sentence twice."""
    met: set[str] = set()
    for one in reports:
        if len(met) < _QUOTED and one.report.document not in met:
            met.add(one.report.document)
            yield one
