"""Agreement between two people, or a person and the machine: Krippendorff's alpha by kind of report and by field.

Two codings that tell all that they found (an exchange file, a case) are compared stretch by stretch: a unit is a
stretch of text in which either codes anything, its value is whether a kind of report is coded there. A file of
decisions tells only what its author judged; then a unit is what he judged, its value whether it stands.

Fields are compared over the reports that both have: those of one kind in one place (half of the shorter evidence) that
say the same kind of thing or have at least half of the actors in common, paired best first. Names are the same actor
when the actors' surface forms say so. Free wording (``about``, ``what``) is not compared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dragoman.case import Case
from dragoman.case.claims import HALF, alike_in_roles, overlap, same_keys
from dragoman.case.text import fold
from dragoman.case.tying import judge
from dragoman.errors import RecordError
from dragoman.record import Action, Actor, DateRange, Decision, Evidence, Kind, Report
from dragoman.record.correction import OTHERS, build, field_names
from dragoman.record.decision import ABOUT_A_REPORT, BY_HAND, subject_report
from dragoman.views.alpha import krippendorff_alpha

Value = Hashable
_NOT_COMPARED = frozenset({"evidence", "about", "what"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A report that a coder has, or says does not stand; ``read`` is the id of what he judged."""

    report: Report
    present: bool = True
    read: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder has, by document; ``complete`` when what is not in it was not found."""

    name: str
    complete: bool
    reports: Mapping[str, Sequence[Judged]]
    actors: Mapping[str, Sequence[Actor]]


@dataclass(frozen=True, slots=True)
class Line:
    """Agreement on one thing: ``field`` is ``report`` for whether a report is there. ``alike`` of ``units`` got the
    same value from both; ``alpha`` is ``None`` where it is not defined."""

    kind: Kind | None
    field: str
    documents: int
    units: int
    alike: int
    alpha: float | None


Unit = tuple[str, tuple[Value, ...]]
"""The document, and the values that one or both coders gave."""


def compare(one: Coding, other: Coding) -> list[Line]:
    """Agreement by kind, then by its fields; last, whatever the kind. Documents that only one has do not count."""
    found: dict[tuple[Kind, str], list[Unit]] = {}
    for document in sorted(set(one.reports) & set(other.reports)):
        names = _Names(one.actors.get(document, ()), other.actors.get(document, ()))
        for kind, field, values in _units(one, other, document, names):
            found.setdefault((kind, field), []).append((document, values))
    order = [(kind, field) for kind in Kind for field in _fields(kind) if (kind, field) in found]
    lines = [_line(kind, field, found[kind, field]) for kind, field in order]
    together = [unit for (_, field), units in found.items() if field == "report" for unit in units]
    return [*(line for line in lines if line.units), _line(None, "report", together)]


def coding_of_case(case: Case) -> Coding:
    """What a case has, as it stands after decisions."""
    readings = list(case.readings())
    return Coding(
        case.path.name,
        True,
        {reading.document.id: [Judged(report) for report in reading] for reading in readings},
        {reading.document.id: reading.actors for reading in readings},
    )


def coding_of_rows(name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Coding:
    """What one coder has by rows of the exchange format, or by decisions, each with where it stands.

    Raises ``RecordError``, with the place, for a row that is neither.
    """
    rows = list(rows)
    if rows and "action" in rows[0][1]:
        return _of_decisions(name, rows)
    reports: dict[str, list[Judged]] = {}
    actors: dict[str, list[Actor]] = {}
    for where, row in rows:
        try:
            own = reports.setdefault(row["document"], [])
            if "kind" in row:
                own.append(Judged(build(row)))
            elif "actors" in row:
                actors.setdefault(row["document"], []).extend(map(Actor.from_dict, row["actors"]))
        except (RecordError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{where} is not a row of the exchange format: {error}") from error
    return Coding(name, True, reports, actors)


def _of_decisions(name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Coding:
    decisions = []
    for where, row in rows:
        try:
            decisions.append(Decision.from_dict(row))
        except (RecordError, KeyError, TypeError, ValueError) as error:
            raise RecordError(f"{where} is no decision: {error}") from error
    reports: dict[str, list[Judged]] = {}
    for document, report, read, present in judge(decisions):
        reports.setdefault(document, []).append(Judged(report, present, read))
    return Coding(name, False, reports, {})


def with_reader(decisions: Sequence[Decision]) -> list[Line]:
    """How far people, by what they decided, agree with what the reader had read where they decided."""
    judged: dict[str, list[Judged]] = {}
    read: dict[str, dict[str, Judged]] = {}
    for document, report, id, present in judge(decisions):
        judged.setdefault(document, []).append(Judged(report, present, id))
        read.setdefault(document, {})
    for decision in decisions:
        if decision.action in ABOUT_A_REPORT and decision.action is not Action.ADD:
            for subject in decision.reports:
                report = subject_report(subject, subject["document"])
                own = read.setdefault(report.document, {})
                if not report.reader.startswith(BY_HAND) and (id := report.id) not in own:
                    own[id] = Judged(report, True, id)
    as_read = {document: list(own.values()) for document, own in read.items()}
    return compare(Coding("people", False, judged, {}), Coding("the reader", True, as_read, {}))


def _fields(kind: Kind) -> tuple[str, ...]:
    return ("report", *(name for name in field_names(kind) if name not in _NOT_COMPARED))


def _line(kind: Kind | None, field: str, units: Sequence[Unit]) -> Line:
    both = [(document, values) for document, values in units if len(values) == 2]
    return Line(
        kind=kind,
        field=field,
        documents=len({document for document, _ in both}),
        units=len(both),
        alike=sum(values[0] == values[1] for _, values in both),
        alpha=krippendorff_alpha(values for _, values in both),
    )


def _units(one: Coding, other: Coding, document: str, names: _Names) -> Iterator[tuple[Kind, str, tuple[Value, ...]]]:
    mine, theirs = one.reports[document], other.reports[document]
    if one.complete and other.complete:
        yield from _stretches(mine, theirs)
    for kind in Kind:
        ours = [judged for judged in mine if judged.report.kind is kind]
        others = [judged for judged in theirs if judged.report.kind is kind]
        pairs = _pair(ours, others, names)
        if not (one.complete and other.complete):
            yield from ((kind, "report", values) for values in _judged(ours, others, pairs, one, other))
        for i, j in pairs:
            if ours[i].present and others[j].present:
                for field in _fields(kind)[1:]:
                    yield kind, field, (_value(ours[i].report, field), _value(names.translate(others[j].report), field))


def _stretches(mine: Sequence[Judged], theirs: Sequence[Judged]) -> Iterator[tuple[Kind, str, tuple[Value, ...]]]:
    """Whether each codes a kind in each stretch of text in which either codes anything."""
    coded = sorted(
        ((judged.report, who) for who, all_ in enumerate((mine, theirs)) for judged in all_),
        key=lambda pair: (pair[0].evidence.start, pair[0].evidence.end),
    )
    stretches: list[tuple[Evidence, list[tuple[Kind, int]]]] = []
    for report, who in coded:
        if not stretches or overlap(stretches[-1][0], report.evidence) < HALF:
            stretches.append((report.evidence, []))
        stretches[-1][1].append((report.kind, who))
    kinds = {report.kind for report, _ in coded}
    for _, here in stretches:
        for kind in kinds:
            yield kind, "report", ((kind, 0) in here, (kind, 1) in here)


def _judged(
    ours: Sequence[Judged], theirs: Sequence[Judged], pairs: Sequence[tuple[int, int]], one: Coding, other: Coding
) -> Iterator[tuple[Value, ...]]:
    """Whether what one of them judged stands, by each; what a complete coding does not have does not stand in it."""
    matched = dict(pairs)
    back = {j: i for i, j in matched.items()}
    for i, judged in enumerate(ours):
        if i in matched:
            yield judged.present, theirs[matched[i]].present
        elif not one.complete and other.complete:
            yield judged.present, False
    for j, judged in enumerate(theirs):
        if j not in back and not other.complete and one.complete:
            yield False, judged.present


def _pair(ours: Sequence[Judged], theirs: Sequence[Judged], names: _Names) -> list[tuple[int, int]]:
    """Which reports of two coders are the same, one to one, the best agreeing first."""
    ranked = []
    for j, second in enumerate(theirs):
        translated = names.translate(second.report)
        for i, first in enumerate(ours):
            same = bool(first.read) and first.read == second.read
            shared = overlap(first.report.evidence, translated.evidence)
            if not same and shared < HALF:
                continue
            keys, roles = same_keys(first.report, translated), alike_in_roles(first.report, translated)
            if same or keys or roles >= HALF:
                alike = first.report.standing == translated.standing
                told_by = first.report.voice == translated.voice
                ranked.append((not same, not keys, -roles, not alike, -shared, not told_by, i, j))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(ranked):
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return sorted(chosen.items())


def _value(report: Report, field: str) -> Value:
    """A field's value as two coders' are compared: names as a set, the voice in order, a place by its letters."""
    if field.startswith(OTHERS):
        others = {str(role): names for role, names in getattr(report, "others", ())}
        return frozenset(map(fold, others.get(field.removeprefix(OTHERS), ())))
    value = getattr(report, field)
    if field == "voice":
        return tuple(map(fold, value))
    if isinstance(value, tuple):
        return frozenset(map(fold, value))
    if isinstance(value, DateRange):
        return value.start, value.end
    return fold(value) if field in ("place", "subject", "object", "title", "instrument") and value else value


class _Names:
    """The other coder's names for actors, as the first one's: by the surface forms that the two share most of."""

    def __init__(self, mine: Iterable[Actor], theirs: Iterable[Actor]) -> None:
        mine = list(mine)
        names = {fold(actor.name): actor.name for actor in mine}
        forms = {fold(form): actor.name for actor in mine for form in actor.mentions} | names
        self._own: dict[str, str] = {}
        for actor in theirs:
            if fold(actor.name) in names:  # a name that both give is of one actor, whoever else is called so as well
                continue
            shared = [forms[fold(form)] for form in (actor.name, *actor.mentions) if fold(form) in forms]
            if shared:
                self._own[fold(actor.name)] = max(shared, key=lambda name: (shared.count(name), name))

    def translate(self, report: Report) -> Report:
        """The report in the first coder's names."""
        if not self._own:
            return report
        changes = {}
        for spec in fields(report):
            value = getattr(report, spec.name)
            if spec.name in ("subject", "object"):
                changes[spec.name] = self._own.get(fold(value), value)
            elif spec.name == "others":
                changes[spec.name] = tuple((role, tuple(self._own.get(fold(n), n) for n in ns)) for role, ns in value)
            elif isinstance(value, tuple) and spec.name != "why":
                changes[spec.name] = tuple(self._own.get(fold(name), name) for name in value)
        return replace(report, **changes)
