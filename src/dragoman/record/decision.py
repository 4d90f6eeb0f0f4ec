"""Decisions: what a person decides about the record, kept in a log beside it that only grows.

A decision is tied to what it is about by content (the document's digest, the characters, the claim), never by a row of
some store, so that it holds in every case with that document and for every later reader. Its id hashes all of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations, product
from typing import Any, TypeVar

from dragoman.errors import RecordError
from dragoman.record.correction import built_whole, checked, corrected
from dragoman.record.evidence import DateRange
from dragoman.record.reports import Report, report_from_dict


class Action(StrEnum):
    """What a decision does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    MERGE = "merge"
    APART = "apart"
    SPLIT = "split"
    JOIN = "join"
    PART = "part"
    RESOLVE = "resolve"
    NOTE = "note"
    UNDO = "undo"


ABOUT_A_REPORT = frozenset({Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.ADD, Action.RESOLVE, Action.NOTE})
"""Actions whose subject is one report."""


class State(StrEnum):
    """How a report came to stand in the record: as it was read, or by whose word."""

    READ = "read"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"


class Resolution(StrEnum):
    """What became of a forecast or a commitment; ``void`` where its condition never came or nobody can tell."""

    TRUE = "true"
    FALSE = "false"
    PARTLY = "partly"
    VOID = "void"


T = TypeVar("T")
_REPORT_KEYS = ("document", "digest", "kind", "start", "end", "text", "row")
_KEYS = ("author", "made", "action", "subject", "value", "reason")
BY_HAND = "by hand: "
"""The ``reader`` of a report that a person added begins so, and goes on with the name."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: who made it, when, about what, to what effect, and why.

    ``made`` is ISO 8601 in UTC, to the second and with a fraction only where two would fall together; empty until a
    case takes the decision. ``subject`` is, for a report, ``document`` (its id), ``digest``, ``kind``, ``start``,
    ``end``, ``text`` and ``row`` (the exchange row as it was read); for a merge, or for actors told apart, ``names``
    and the ``identities`` behind each, or ``outlets``, which are names alone; for a split ``name``, ``identities`` and
    ``documents`` (each an id and a digest); for occurrences ``reports``, and ``others`` where these are joined with, or
    parted from, those of one (see ``pairs_of``). ``value`` holds the corrected fields, the report added, ``outcome``,
    ``on`` and ``evidence`` of a resolution, or the ``decision`` that is undone.
    """

    author: str
    action: Action
    subject: Mapping[str, Any]
    value: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    made: str = ""

    def __post_init__(self) -> None:
        if not self.author.strip():
            raise RecordError("a decision needs an author; say who decides")
        if self.made and _time(self.made) is None:
            raise RecordError(f"{self.made!r} is no time in UTC; write it as 2024-11-25T16:30:00+00:00")
        if any("\ud800" <= letter <= "\udfff" for letter in self.author + self.reason):
            raise RecordError("author and reason of a decision are text; take out broken characters")
        for name in ("subject", "value"):
            if not isinstance(getattr(self, name), Mapping):
                raise RecordError(f"the {name} of a decision is a map of names to values")
        _check_subject(self)

    @property
    def id(self) -> str:
        """Sixteen hex digits over all the rest."""
        row = [self.author, self.made, str(self.action), self.subject, self.value, self.reason]
        packed = json.dumps(row, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def target(self) -> str | None:
        """The id of the decision that this one undoes."""
        return str(self.value["decision"]) if self.action is Action.UNDO else None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the reports, or the words, that show what a resolution says."""
        given = self.value.get("evidence") or ()
        return (given,) if isinstance(given, str) else tuple(map(str, given))

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the outlets that it says are one, or are not; none where it is about anything else."""
        return tuple(self.subject.get("outlets", ())) if self.action in (Action.MERGE, Action.APART) else ()

    @property
    def reports(self) -> tuple[Mapping[str, Any], ...]:
        """The report subjects that it is about: one, or those of a joining or parting."""
        if self.action in ABOUT_A_REPORT:
            return (self.subject,)
        if self.action in (Action.JOIN, Action.PART):
            return (*self.subject["reports"], *self.subject.get("others", ()))
        return ()

    def to_dict(self) -> dict[str, Any]:
        """The exchange form, one line of a file of decisions."""
        row: dict[str, Any] = {"decision": self.id, "author": self.author, "made": self.made}
        return row | {
            "action": str(self.action),
            "subject": dict(self.subject),
            "value": dict(self.value),
            "reason": self.reason,
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Decision:
        """Read the exchange form. Raises ``RecordError`` for what is missing, unknown, or changed since it was made."""
        if missing := [name for name in _KEYS if name not in row]:
            raise RecordError(f"a decision lacks {', '.join(missing)}")
        if row["action"] not in list(Action):
            raise RecordError(f"unknown action {row['action']!r}; actions are {', '.join(Action)}")
        for name in ("author", "made", "reason"):
            if not isinstance(row[name], str):
                raise RecordError(f"the {name} of a decision is text, not {row[name]!r}")
        if not row["made"]:
            raise RecordError("a decision says when it was made")
        values = {name: row[name] for name in _KEYS} | {"action": Action(row["action"])}
        decision = cls(**values)
        if "decision" in row and row["decision"] != decision.id:
            raise RecordError(f"decision {row['decision']} is not what it was when it was made; export it again")
        return decision


def undone(undos: Mapping[str, str]) -> frozenset[str]:
    """The ids of the decisions that do not stand, by the ids of all undoing ones and what each undoes: a decision
    stands unless a standing one undoes it."""
    against: dict[str, set[str]] = {}
    for undo, target in undos.items():
        against.setdefault(target, set()).add(undo)
    fallen: set[str] = set()
    settled: set[str] = set()
    # From the undos that nobody undid, down the chains; a chain has an end, since an id hashes the one it undoes.
    ready = [undo for undo in undos if undo not in against]
    while ready:
        undo = ready.pop()
        settled.add(undo)
        target = undos[undo]
        if undo not in fallen:
            fallen.add(target)
        if target in undos and settled.issuperset(against[target]):
            ready.append(target)
    return frozenset(fallen)


def pairs_of(action: Action, reports: Sequence[T], others: Sequence[T]) -> Iterator[tuple[T, T, bool]]:
    """The pairs of which a joining or parting tells whether they are of one happening (true) or not.

    Reports by themselves are joined, or parted, each with each. Set against others, they are of one happening with each
    other, and all of them of theirs (join) or of another than theirs (part).
    """
    joins = action is Action.JOIN
    yield from ((one, other, joins or bool(others)) for one, other in combinations(reports, 2))
    yield from ((one, other, joins) for one, other in product(reports, others))


def report_subject(report: Report, digest: str) -> dict[str, Any]:
    """What ties a decision to a report of the document with this digest."""
    evidence = report.evidence
    return {
        "document": report.document,
        "digest": digest,
        "kind": str(report.kind),
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "row": report.to_dict() | {"confidence": report.confidence},
    }


def subject_report(subject: Mapping[str, Any], document: str) -> Report:
    """The report that a subject is about, as it was read, under the id that its document has here."""
    return report_from_dict({**subject["row"], "document": document})


def after(made: str, now: str) -> str:
    """The time to write on a decision made ``now``, when the last one in the log was made at ``made``: always later,
    since of two decisions the later counts, whatever the clocks."""
    last, present = _time(made), _time(now)
    if last is None or present is None or present > last:
        return now
    return (last + timedelta(microseconds=1)).isoformat()


def _time(made: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(made)
    except ValueError:
        return None
    return time if time.utcoffset() == timedelta(0) and time.isoformat() == made and time.year < 9000 else None


def _check_subject(decision: Decision) -> None:
    subject, action = decision.subject, decision.action
    if action in (Action.JOIN, Action.PART):
        others = _listed(subject, "others", Mapping, 1) if "others" in subject else []
        for report in (*_listed(subject, "reports", Mapping, 1 if others else 2), *others):
            _check_report(report)
    if action in ABOUT_A_REPORT:
        _check_report(subject)
    elif action in (Action.MERGE, Action.APART) and "outlets" in subject:
        _check_outlets(_listed(subject, "outlets", str, 2))
    elif action in (Action.MERGE, Action.APART):
        _listed(subject, "names", str, 1)
        _check_identities(subject.get("identities"))
    elif action is Action.SPLIT:
        if not isinstance(subject.get("name"), str) or not isinstance(subject.get("identities"), list):
            raise RecordError("a split says name and identities of the actor")
        for document in _listed(subject, "documents", Mapping, 1):
            if not all(isinstance(document.get(name), str) for name in ("document", "digest")):
                raise RecordError("each document of a split has an id and a digest")
    elif action is Action.UNDO and not isinstance(decision.value.get("decision"), str):
        raise RecordError("an undo says which decision it undoes")
    if action is Action.CORRECT:
        if not decision.value:
            raise RecordError("a correction says which field of the report is to be what")
        corrected(report_from_dict(subject["row"]), decision.value)
    elif action is Action.ADD:
        added, row = built_whole(decision.value), report_from_dict(subject["row"])
        if replace(added, document=row.document).id != row.id:
            raise RecordError("the report that is added is not the one that the decision is about")
    elif action is Action.RESOLVE:
        if decision.value.get("outcome") not in list(Resolution):
            outcome = decision.value.get("outcome")
            raise RecordError(f"unknown outcome {outcome!r}; outcomes are {', '.join(Resolution)}")
        if (on := decision.value.get("on")) is not None:
            DateRange.on(str(on))


def _listed(subject: Mapping[str, Any], name: str, type: type[Any], least: int) -> list[Any]:
    values = subject.get(name)
    if not isinstance(values, list) or len(values) < least or not all(isinstance(value, type) for value in values):
        raise RecordError(f"the decision lacks {name}" if least == 1 else f"the decision needs two {name} or more")
    return values


def _check_outlets(names: Sequence[str]) -> None:
    if not all(name.strip() for name in names):
        raise RecordError("an outlet without a name is nobody; name outlets")


def _check_identities(identities: Any) -> None:
    if not isinstance(identities, Mapping) or not all(
        isinstance(ids, list) and all(isinstance(one, str) for one in ids) for ids in identities.values()
    ):
        raise RecordError("a decision about who is one says the identities behind each of its names")


def _check_report(subject: Mapping[str, Any]) -> None:
    """A subject that can be tied: its parts are there and agree with its row."""
    if missing := [name for name in _REPORT_KEYS if name not in subject]:
        raise RecordError(f"the report that a decision is about lacks {', '.join(missing)}")
    try:
        report = report_from_dict(checked(subject["row"]))
    except RecordError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"the report that a decision is about cannot be built: {error}") from error
    evidence = report.evidence
    told = (str(report.kind), evidence.start, evidence.end, evidence.text)
    if told != tuple(subject[name] for name in ("kind", "start", "end", "text")):
        raise RecordError("the report that a decision is about is not at the characters that the decision names")
    if not all(isinstance(subject[name], str) for name in ("document", "digest")):
        raise RecordError("the report that a decision is about is in no document")
