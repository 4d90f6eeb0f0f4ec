"""Taking decisions: one at a time, undoing one, or many from somebody else's file; each way all or nothing.

Whatever is decided, the record is worked out anew where it is touched, within the transaction that takes the decision.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, Row, select

from dragoman.asked import iso_date
from dragoman.case import decisions as log
from dragoman.case import schema
from dragoman.case.applying import apply_to_documents, apply_to_outlets
from dragoman.case.connection import transaction
from dragoman.case.context import find_report, is_beginning
from dragoman.case.documents import document_row
from dragoman.case.merging import count_documents, told_apart
from dragoman.case.names import find_bases, same_actors
from dragoman.case.occurrences import occurrence as find_occurrence
from dragoman.case.outlets import chiefs_of, outlets_apart
from dragoman.case.reports import hydrate
from dragoman.case.results import Decided, Imported
from dragoman.case.rows import mended
from dragoman.case.runs import now
from dragoman.case.text import fold, unpack_text
from dragoman.errors import RecordError, UsageError
from dragoman.record import (
    Action,
    Commitment,
    DateRange,
    Decision,
    Evidence,
    Forecast,
    Kind,
    Report,
    State,
    report_from_dict,
)
from dragoman.record.correction import built_whole, corrected
from dragoman.record.decision import BY_HAND, after, report_subject
from dragoman.record.words import a

_HEX, _LEAST_OF_ID = frozenset("0123456789abcdef"), 6
_DATES = frozenset({"date", "horizon", "since", "until"})
MOST_TOGETHER = 200
"""Reports that one decision joins or parts: each pair of them is kept, and all of them are weighed with everything."""


def about_report(conn: Connection, prefix: str) -> dict[str, Any]:
    """The subject of a decision about the report whose id begins so: as it was read, else as it was first decided."""
    key = find_report(conn, prefix)
    reports, documents = schema.reports.c, schema.documents.c
    query = select(reports.origin, reports.state, documents.id, documents.digest).where(
        reports.pk == key, documents.pk == reports.document
    )
    row = conn.execute(query).one()
    if row.origin is not None:
        return report_subject(report_from_dict(row.origin | {"document": row.id}), row.digest)
    if row.state == State.READ:
        (stored,) = hydrate(conn, [key])
        return report_subject(stored.report, row.digest)
    first = next(one.decision for one in log.iter_decisions(conn, report=key) if one.decision.reports)
    part = next(subject for subject in first.reports if subject["digest"] == row.digest)
    return dict(part)


def about_happening(conn: Connection, action: Action, given: Iterable[str], occurrence: str) -> dict[str, Any]:
    """The subject of joining reports with those of the occurrence whose id begins so, or of parting them from the rest
    of it: they are of another happening then, and the same one. Raises ``UsageError`` for what changes nothing."""
    found = find_occurrence(conn, occurrence).occurrence
    inside = {one.report for one in found.reports}
    wanted = list(dict.fromkeys(_whole_id(conn, one) for one in given))
    if len(inside.union(wanted)) > MOST_TOGETHER:
        raise UsageError(
            f"occurrence {found.id} has {found.number:,} reports; at most {MOST_TOGETHER} are joined or parted at once"
        )
    for report in wanted:
        if report in inside and action is Action.JOIN:
            raise UsageError(f"report {report} is of occurrence {found.id} already")
        if report not in inside and action is Action.PART:
            raise UsageError(f"report {report} is not of occurrence {found.id}; name reports of it")
    others = sorted(inside.difference(wanted))
    if not others:
        raise UsageError(f"these are all reports of occurrence {found.id}; leave one at least")
    return {
        "reports": [about_report(conn, one) for one in sorted(wanted)],
        "others": [about_report(conn, one) for one in others],
    }


def about_addition(conn: Connection, values: Mapping[str, Any], author: str) -> dict[str, Any]:
    """The subject of adding a report by hand; its ``row`` is also the value. ``values`` is an exchange row whose
    ``evidence`` may be just the words, where the document has them once. Raises ``UsageError`` or ``RecordError``."""
    row = dict(values)
    document = document_row(conn, str(row.get("document", "")))
    text = _text_of(conn, document.pk)
    if "evidence" not in row:
        raise RecordError("a report needs evidence: the words of the document that assert it")
    row["evidence"] = locate(text, row["evidence"], document.id).to_dict()
    row |= {"document": document.id, "confidence": 1.0, "frame": "", "why": [], "reader": BY_HAND + author}
    return report_subject(mended(built_whole(row)), document.digest)


def _text_of(conn: Connection, pk: int) -> str:
    return unpack_text(conn.execute(select(schema.bodies.c.text).where(schema.bodies.c.document == pk)).scalar_one())


def evidence_of(conn: Connection, given: Iterable[str]) -> list[str]:
    """Ids of reports whole, other words as they are."""
    return [_whole_id(conn, one) if _means_report(conn, one) else one for one in given]


def _means_report(conn: Connection, word: str) -> bool:
    """Whether a word is meant as the beginning of a report's id: *decade* is one only where some id begins so."""
    if len(word) < _LEAST_OF_ID or not _HEX.issuperset(word.lower()):
        return False
    return any(letter.isdigit() for letter in word) or is_beginning(conn, word.lower())


def _whole_id(conn: Connection, prefix: str) -> str:
    reports = schema.reports.c
    return str(conn.execute(select(reports.id).where(reports.pk == find_report(conn, prefix))).scalar_one())


def locate_in(conn: Connection, document: str, wanted: str) -> Evidence:
    """The evidence that a person means in a document, by ``start-end`` or by words that stand in it once."""
    row = document_row(conn, document)
    return locate(_text_of(conn, row.pk), wanted, row.id)


def locate(text: str, wanted: Any, document: str) -> Evidence:
    """Evidence from what a person gives: a row, ``start-end``, or words that stand in the text once."""
    if isinstance(wanted, Mapping):
        start, end = wanted.get("start"), wanted.get("end")
        words = wanted.get("text")
    else:
        first, _, second = str(wanted).replace("–", "-").partition("-")
        start, end = (int(n) if n.strip().isdecimal() else None for n in (first, second))
        words = None if start is not None and end is not None else str(wanted)
    if start is None or end is None:
        return Evidence.slice(text, *_once(text, words or "", document))
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise RecordError(f"{start}–{end} is not a stretch of {document}, which has {len(text)} characters")
    if words is not None and text[start:end] != words:
        raise RecordError(f"{document} does not read {words!r} at {start}–{end}")
    return Evidence.slice(text, start, end)


def _once(text: str, words: str, document: str) -> tuple[int, int]:
    """Where a text has the words; breaks between them need not be the text's, unless it has them twice."""
    found = [match.span() for match in re.finditer(re.escape(words), text)] if words else []
    if words.strip() and not found:
        loose = r"\s+".join(re.escape(word) for word in words.split())
        found = [match.span() for match in re.finditer(loose, text)]
    if len(found) != 1:
        told = f"{len(found)} times; give more of them, or start-end" if found else "nowhere; give them exactly"
        raise RecordError(f"{document} has the words {words!r} {told}")
    return found[0]


def decide(conn: Connection, decision: Decision) -> Decided:
    """Take a decision. Raises ``UsageError`` or ``RecordError``, with nothing changed, for one that makes no sense."""
    _check_form(decision)
    with transaction(conn):
        if not decision.made:
            decision = replace(decision, made=after(log.last_made(conn), now()))
        decision = _CHECKS.get(decision.action, _unchecked)(conn, decision)
        if log.known(conn, [decision.id]):
            raise UsageError(f"decision {decision.id} is in this case already")
        log.append(conn, decision)
        _apply(conn, [decision])
        query = select(schema.decisions).where(schema.decisions.c.id == decision.id)
        (taken,) = log.with_ties(conn, conn.execute(query).all())
        if not taken.tied:
            raise UsageError(_untied(decision))
        return taken


def _untied(decision: Decision) -> str:
    if decision.reports:
        about = decision.reports[0]
        return f"no such report in this case: {about['kind']} in {about['document']} at {about['start']}–{about['end']}"
    return f"what the decision to {decision.action} is about is not in this case"


def undo(conn: Connection, id: str, *, author: str, reason: str = "") -> Decided:
    """Undo the decision whose id begins so, which may itself undo one. Raises ``UsageError`` if it does not stand."""
    target = log.load(conn, id)
    return decide(conn, Decision(author, Action.UNDO, {}, {"decision": target.id}, reason))


def _apply(conn: Connection, decisions: Iterable[Decision]) -> None:
    """Work out anew what these decisions, which are in the log, touch."""
    roots = [root for decision in decisions if (root := log.root_of(conn, decision)) is not None]
    digests = {subject["digest"] for root in roots for subject in root.reports}
    split = {d["digest"] for root in roots if root.action is Action.SPLIT for d in root.subject["documents"]}
    whom = (Action.MERGE, Action.APART, Action.SPLIT)
    merges = any(root.action in whom and not root.outlets for root in roots)
    apply_to_documents(conn, digests, split, merges=merges)
    if any(root.outlets for root in roots):
        apply_to_outlets(conn)


def import_decisions(conn: Connection, lines: Iterable[str], name: str) -> Imported:
    """Take in the decisions of a file of them, all or nothing; those that are here already are left as they are.

    Raises ``RecordError``, naming the line, for one that is broken.
    """
    found = list(_parse(lines, name))
    with transaction(conn):
        here = log.known(conn, [decision.id for decision in found])
        new = {decision.id: decision for decision in found if decision.id not in here}
        for decision in new.values():
            log.append(conn, decision)
        _apply(conn, new.values())
        untied = sum(one.decision.id in new for one in log.iter_untied(conn))
        return Imported(len(new), len(found) - len(new), untied, tuple(log.find_conflicts(conn)))


def _parse(lines: Iterable[str], name: str) -> Iterable[Decision]:
    latest = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            decision = Decision.from_dict(_object(line))
            if decision.made > latest:
                raise RecordError(f"it was made at {decision.made}, which is to come")
            _check_form(decision)
        except RecursionError as error:
            raise RecordError(f"{name} line {number} is nested too deep to be read; nothing was imported") from error
        except (RecordError, UsageError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise RecordError(f"{name} line {number} is no decision: {error}; nothing was imported") from error
        yield decision


def _object(line: str) -> Mapping[str, Any]:
    row = json.loads(line)
    if not isinstance(row, Mapping):
        raise RecordError("it is not a JSON object")
    return row


def _check_form(decision: Decision) -> None:
    """Refuse what makes sense in no case. Not in ``Decision``, since a log may hold such from before it was refused."""
    subject, action = decision.subject, decision.action
    if not decision.author.isprintable():
        raise RecordError("the author of a decision is a name on one line; take out what cannot be printed")
    if action is Action.CORRECT:
        _check_dates(corrected(report_from_dict(subject["row"]), decision.value), decision.value)
    elif action is Action.ADD:
        _check_dates(report_from_dict(subject["row"]), subject["row"])
    elif action is Action.SPLIT and not all(one and isinstance(one, str) for one in subject["identities"] or [None]):
        raise RecordError("a split says the identities of the actor that it splits")
    elif decision.outlets:
        if len(set(map(fold, decision.outlets))) < len(decision.outlets):
            raise UsageError(f"{action} takes two outlets or more, each named once")
    elif action in (Action.MERGE, Action.APART):
        names, behind = subject["names"], subject["identities"]
        if len(names) < 2:
            raise UsageError(f"{action} takes two names or more")
        if set(names) != behind.keys() or not all(behind.values()):
            raise RecordError(f"a decision to {action} says the identities behind each of its names")
        if len(names) > len(set(names)) or len({one for ids in behind.values() for one in ids}) < 2:
            raise UsageError(f"{' and '.join(map(repr, names))} are one actor already; there is nothing to decide")


def _unchecked(conn: Connection, decision: Decision) -> Decision:
    return decision


def _check_accept(conn: Connection, decision: Decision) -> Decision:
    """What is accepted is the report as it stands; its value are the fields that stand otherwise than read."""
    key = _tied_row(conn, decision)
    (stored,) = hydrate(conn, [key])
    read, stands = decision.subject["row"], stored.report.to_dict()
    ignored = {"document", "frame", "confidence", "why", "reader"}
    differing = {n for n in {*read, *stands} - ignored if read.get(n) != stands.get(n)}
    return replace(decision, value={name: stands.get(name) for name in sorted(differing)})


def _check_correct(conn: Connection, decision: Decision) -> Decision:
    document = _document_of(conn, decision)
    if "evidence" in decision.value:
        locate(_text_of(conn, document.pk), decision.value["evidence"], document.id)
    return decision


def _check_dates(report: Report, given: Iterable[str]) -> None:
    """Refuse what no calendar has in the fields that a person gives, and a relation that ends before it began.

    Not in ``DateRange``, since a case may hold such a day from before it was refused, and is to be read all the same.
    """
    for name in sorted(_DATES.intersection(given)):
        value = getattr(report, name)
        ends = (value.start, value.end) if isinstance(value, DateRange) else (value,)
        for end in filter(None, ends):
            iso_date(end)
    since, until = getattr(report, "since", None), getattr(report, "until", None)
    if since and until and since[: len(until)] > until[: len(since)]:
        raise RecordError(f"a relation cannot end before it began: {since} – {until}")


def _check_add(conn: Connection, decision: Decision) -> Decision:
    id = _document_of(conn, decision).id
    report = report_from_dict({**decision.subject["row"], "document": id})
    reports = schema.reports.c
    query = select(reports.state).where(reports.id == report.id)
    if (state := conn.execute(query).scalar()) is not None:
        what = "accept it to bring it back" if state == State.REJECTED else "accept it"
        raise UsageError(f"{id} has this report already, with the id {report.id}; {what}")
    return decision


def _check_note(conn: Connection, decision: Decision) -> Decision:
    if not decision.reason.strip():
        raise UsageError("a note without words says nothing; give them as the reason")
    return decision


def _check_resolve(conn: Connection, decision: Decision) -> Decision:
    if decision.subject["kind"] not in (Forecast.kind, Commitment.kind):
        kind = Kind(decision.subject["kind"])
        raise UsageError(f"only forecasts and commitments are resolved, and this report tells {a(kind)}")
    if on := decision.value.get("on"):
        told, on = _document_of(conn, decision).published, iso_date(str(on))
        if decision.subject["kind"] == Forecast.kind and told and on[: len(told)] < told[: len(on)]:
            raise UsageError(f"the forecast was told on {told}, so that it cannot have come out so on {on} already")
        today = (datetime.fromisoformat(decision.made) + timedelta(days=1)).isoformat()  # wherever on earth it is made
        if on > today[: len(on)]:
            raise UsageError(f"nothing can have come out so on {on}, which is to come; leave out the date until then")
    return decision


def _check_merge(conn: Connection, decision: Decision) -> Decision:
    what, apart = _whom(conn, decision)
    for told, one, other in _pairs_named(conn, decision):
        if one == other:
            raise UsageError(f"{told} are one {what} already; there is nothing to merge")
        if against := next((apart[p] for a in one for b in other if (p := frozenset((a, b))) in apart), None):
            raise UsageError(f"{told} are told apart by decision {against.id} of {against.author}; undo that first")
    return decision


def _check_apart(conn: Connection, decision: Decision) -> Decision:
    what, apart = _whom(conn, decision)
    for told, one, other in _pairs_named(conn, decision):
        if one == other:
            otherwise = "" if decision.outlets else ", or split what the reader made one"
            raise UsageError(f"{told} are one {what}; undo the merge that made them so{otherwise}")
        if any(frozenset((a, b)) in apart for a in one for b in other):
            raise UsageError(f"{told} are told apart already")
    return decision


def _whom(conn: Connection, decision: Decision) -> tuple[str, Mapping[frozenset[Any], Decision]]:
    """What a decision on who is one is about, and the pairs of such that are told apart."""
    return ("outlet", outlets_apart(conn)) if decision.outlets else ("actor", told_apart(conn))


def _pairs_named(conn: Connection, decision: Decision) -> Iterator[tuple[str, frozenset[Any], frozenset[Any]]]:
    """The pairs of names in a decision on who is one, in words, and the actors, or the outlet, behind either."""
    names: Sequence[str] = decision.outlets or decision.subject["names"]
    groups: list[frozenset[Any]] = []
    if decision.outlets:
        chiefs = chiefs_of(conn)
        groups += (frozenset({chiefs.get(key, key)}) for key in map(fold, names))
    else:
        groups += (frozenset(same_actors(conn, find_bases(conn, name)[0])) for name in names)
    for (name, group), (later, other) in combinations(zip(names, groups, strict=True), 2):
        yield f"{name!r} and {later!r}", group, other


def _check_split(conn: Connection, decision: Decision) -> Decision:
    subject = decision.subject
    total = count_documents(conn, subject["identities"])
    cast, actors, documents = schema.document_actors.c, schema.actors.c, schema.documents.c
    has = select(documents.digest).where(
        documents.pk == cast.document, actors.id == cast.actor, actors.identity.in_(subject["identities"])
    )
    digests = [document["digest"] for document in subject["documents"]]
    here = set(conn.execute(has.where(documents.digest.in_(digests))).scalars())
    for document in subject["documents"]:
        if document["digest"] not in here:
            raise UsageError(f"{subject['name']!r} is no actor of {document['document']}; split it where it is one")
    if len(here) >= total:
        raise UsageError(
            f"{subject['name']!r} is in no other document, so that there is nothing to split; merge renames nobody"
        )
    return decision


def _check_several(conn: Connection, decision: Decision) -> Decision:
    subjects = decision.reports
    for subject in subjects:
        if subject["kind"] != Kind.EVENT:
            raise UsageError(f"only events are gathered in occurrences, and one of these tells {a(subject['kind'])}")
    if len({(s["digest"], report_from_dict(dict(s["row"])).id) for s in subjects}) < len(subjects):
        raise UsageError("a report cannot be joined with or parted from itself; name different reports")
    return decision


def _check_undo(conn: Connection, decision: Decision) -> Decision:
    target = decision.target or ""
    if not log.known(conn, [target]):
        raise UsageError(f"no decision {target!r} in this case; `dragoman decisions list CASE` lists them")
    if target in log.undone(conn):
        raise UsageError(f"decision {target} is undone already; undo the undoing to bring it back")
    return decision


def _document_of(conn: Connection, decision: Decision) -> Row[int, str, str | None]:
    documents = schema.documents.c
    query = select(documents.pk, documents.id, documents.published).where(
        documents.digest == decision.subject["digest"]
    )
    if (row := conn.execute(query).first()) is None:
        raise UsageError(f"the document {decision.subject['document']!r} is not in this case; read it first")
    return row


def _tied_row(conn: Connection, decision: Decision) -> int:
    """The row of the report that a decision is about, which has it as it is now."""
    id = _document_of(conn, decision).id
    wanted = report_from_dict({**decision.subject["row"], "document": id}).id
    reports = schema.reports.c
    key = conn.execute(select(reports.pk).where(reports.id == wanted)).scalar()
    if key is None:
        raise UsageError(_untied(decision))
    return int(key)


_CHECKS: dict[Action, Callable[[Connection, Decision], Decision]] = {
    Action.ACCEPT: _check_accept,
    Action.CORRECT: _check_correct,
    Action.ADD: _check_add,
    Action.NOTE: _check_note,
    Action.RESOLVE: _check_resolve,
    Action.MERGE: _check_merge,
    Action.APART: _check_apart,
    Action.SPLIT: _check_split,
    Action.JOIN: _check_several,
    Action.PART: _check_several,
    Action.UNDO: _check_undo,
}
