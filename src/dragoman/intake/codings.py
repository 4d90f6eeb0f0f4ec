"""Codings in: what somebody, or another system, found in a text by the codebook, as JSON Lines, becomes its reading.

A line that is no row of the exchange format, or whose evidence is not exactly what the text has there, is set aside
with file, line and reason; the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError, RecordError
from dragoman.intake.options import Cause, IntakeOptions, SetAside
from dragoman.intake.records import iter_lines
from dragoman.intake.sources import READ_ERRORS, SUFFIXES, Format, Source, cannot_read, iter_sources
from dragoman.record import Actor, DateRange, Document, Fact, Reading, Report
from dragoman.record.correction import build
from dragoman.record.decision import BY_HAND

_CODED_BY = "coded by "
_VERSION = re.compile(r"(?<=\S)\s+(v\d\S*|\d+[.-]\S*)\Z")
_FACTS = ("title", "author", "outlet", "published")
_ENDINGS = ", ".join(ending for ending, format in SUFFIXES.items() if format is Format.LINES)


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in a file; ``where`` names file and line."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Coding:
    """All rows about one document, in the order in which they were met."""

    document: str
    lines: list[Line] = field(default_factory=list)

    def reader(self, by: str) -> str:
        """What a case keeps as the document's reader: who coded it, and which rows, so that changed ones are taken."""
        rows = b"\n".join(line.data for line in self.lines)
        return f"{_CODED_BY}{by}, {hashlib.sha256(rows).hexdigest()[:8]}"


def coder_of(reader: str) -> str | None:
    """Who coded a document that has this reader; ``None`` where a program of ours read it. A version, which is a last
    word like *2.1*, *2024-05* or *v2*, is left out: ``Anna v2`` is Anna, but ``Coder 2`` is not ``Coder 1``."""
    name, comma, _ = reader.removeprefix(_CODED_BY).rpartition(", ")
    return _VERSION.sub("", name) if comma and reader.startswith(_CODED_BY) else None


def load_codings(paths: Iterable[str | Path]) -> tuple[dict[str, Coding], list[SetAside]]:
    """The rows of all files under the paths by their document's id, and what is none. They are kept in memory."""
    codings: dict[str, Coding] = {}
    aside: list[SetAside] = []
    for source in iter_sources(paths):
        if isinstance(source, SetAside):
            aside.append(source)
            continue
        try:
            for found in _iter_rows(source):
                if isinstance(found, SetAside):
                    aside.append(found)
                else:
                    document, line = found
                    codings.setdefault(document, Coding(document)).lines.append(line)
        except READ_ERRORS as error:
            aside.append(cannot_read(source.name, error))
    return codings, aside


def _iter_rows(source: Source) -> Iterator[tuple[str, Line] | SetAside]:
    if source.path is None or source.format is not Format.LINES:
        reason = f"{source.name} is no coding; codings are files in {_ENDINGS}, also with .gz"
        yield SetAside(source.name, reason, Cause.FORMAT)
        return
    with source.open() as stream:
        for number, data in iter_lines(stream, IntakeOptions().max_bytes):
            where = f"{source.name} line {number}"
            try:
                yield _document_of(data), Line(where, data or b"")
            except (DragomanError, ValueError, RecursionError) as error:
                yield _aside(where, error)


def _document_of(data: bytes | None) -> str:
    if data is None:
        raise RecordError("the line is longer than a row can be")
    row = json.loads(data)
    document = row.get("document") if isinstance(row, dict) else None
    if not isinstance(document, str) or not document:
        raise RecordError("it names no document; each row is a map with the id of its document")
    return document


def with_coding(base: Reading, coding: Coding, by: str) -> tuple[Reading, list[SetAside]]:
    """The reading of a document as ``by`` codes it, and the rows that are set aside.

    Text, sentences and what is known of the document are those of ``base``; a ``meta`` row outdoes all but what a
    person gave. Actors that ``base`` knows by a pack's key are the same here. A report keeps the reader that its row
    names, but for one added by hand, which is ``by``'s as are those without.
    """
    rows = _Rows(base.document, by)
    aside = [_aside(line.where, error) for line in coding.lines if (error := rows.take(line.data)) is not None]
    reports = {report.id: report for report in rows.reports}  # the same row twice is one report
    facts = {name: fact for name, fact in rows.facts.items() if not _is_given(base.document, name)}
    document = replace(base.document, **facts)
    cast = _with_keys(rows.actors, base.actors, reports.values())
    return Reading(document, base.sentences, tuple(cast), tuple(reports.values())), aside


class _Rows:
    """What the rows about a document hold, as far as they can be taken."""

    def __init__(self, document: Document, by: str) -> None:
        self._document = document
        self._by = by
        self.facts: dict[str, Any] = {}
        self.actors: list[Actor] = []
        self.reports: list[Report] = []

    def take(self, data: bytes) -> Exception | None:
        """Take one row in; why it cannot be taken, if so."""
        try:
            row = json.loads(data)
            if "kind" in row:
                self.reports.append(self._report(row))
            elif "meta" in row:
                self.facts |= _facts(row["meta"])
            elif "actors" in row:
                self.actors += map(_actor, _checked_list(row["actors"]))
            else:
                return RecordError("it has none of kind (a report), actors and meta")
        except (RecordError, KeyError, TypeError, ValueError, RecursionError) as error:
            return error
        return None

    def _report(self, row: Mapping[str, Any]) -> Report:
        report = build(row)
        told, text = report.evidence, self._document.text
        if text[told.start : told.end] != told.text:
            there = text[told.start : told.end]
            raise RecordError(
                f"the text of {report.document} has {_short(there)} at {told.start}–{told.end}, not {_short(told.text)}"
            )
        reader = self._by if report.reader.startswith(BY_HAND) else report.reader or self._by
        return replace(report, document=self._document.id, reader=reader)


def _facts(row: Any) -> dict[str, Fact]:
    if not isinstance(row, Mapping):
        raise RecordError(f"meta is a map, not {row!r}")
    told = {name: value for name in _FACTS if (value := row.get(name)) is not None}
    for name, value in told.items():
        if not isinstance(value, str):
            raise RecordError(f"{name} is text, not {value!r}")
    if "published" in told:
        DateRange.on(told["published"])
    return {name: Fact(value, "record") for name, value in told.items() if value.strip()}


def _is_given(document: Document, name: str) -> bool:
    fact: Fact | None = getattr(document, name)
    return fact is not None and fact.origin == "given"


def _actor(row: Any) -> Actor:
    if not isinstance(row, Mapping):
        raise RecordError(f"an actor is a map, not {row!r}")
    for name in ("name", "of", "key", "country", "sector"):
        if not isinstance(row.get(name, ""), str | None):
            raise RecordError(f"{name} of an actor is text, not {row[name]!r}")
    if not all(isinstance(mention, str) for mention in _checked_list(row.get("mentions", []))):
        raise RecordError("mentions of an actor are a list of text")
    return Actor.from_dict(dict(row))


def _checked_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RecordError(f"actors and mentions are lists, not {value!r}")
    return value


def _with_keys(coded: Sequence[Actor], known: Iterable[Actor], reports: Iterable[Report]) -> Iterator[Actor]:
    """The actors coded, as far as known by the same name with the pack's key; then those so known that only reports
    name."""
    known = list(known)
    packed = [who for who in known if who.key is not None]
    own = {who.name.casefold(): who for who in (*(who for who in known if who.key is None), *packed)}
    # Of two who are called so, whose own name it is; a pack's actor before another of his name.
    keyed = {form.casefold(): who for who in packed for form in who.mentions} | own
    named = {who.name: who for who in packed}
    for actor in coded:
        same = keyed.get(actor.name.casefold())
        if actor.key is None and same is not None and same.key is not None and same.kind is actor.kind:
            actor = replace(actor, key=same.key, country=same.country, sector=same.sector, of=actor.of or same.of)
        yield actor
    listed = {actor.name for actor in coded}
    told = dict.fromkeys(name for report in reports for name in _names(report))
    yield from (named[name] for name in told if name in named and name not in listed)


def _names(report: Report) -> Iterator[str]:
    """What may be an actor's name in a report."""
    for value in report.to_dict().values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value
        elif isinstance(value, Mapping):
            yield from (name for names in value.values() if isinstance(names, list) for name in names)


def _short(text: str, most: int = 40) -> str:
    return repr(text if len(text) <= most else f"{text[: most - 1]}…")


def _aside(where: str, error: Exception) -> SetAside:
    if isinstance(error, KeyError):
        reason = f"it lacks {error}"
    elif isinstance(error, RecordError):
        reason = str(error)
    else:
        reason = f"it is not JSON by the codebook ({error})"
    return SetAside(where, f"{where} is not taken: {reason}", Cause.BAD_RECORD)
