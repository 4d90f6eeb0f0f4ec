"""Files to documents: what cannot be read is set aside with a reason, and the rest goes on."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.errors import IntakeError
from dragoman.intake.addresses import site_of
from dragoman.intake.assemble import Origin, assemble
from dragoman.intake.decoding import NotTextError, decode
from dragoman.intake.extract import Extract
from dragoman.intake.languages import foreign_language
from dragoman.intake.options import Cause, IntakeOptions, SetAside
from dragoman.intake.parsers import Parsers
from dragoman.intake.records import Record, dump, iter_lines, parse_record, parse_whole, to_record
from dragoman.intake.sources import READ_ERRORS, Format, Source, cannot_read, iter_sources
from dragoman.record import Document

if TYPE_CHECKING:
    from dragoman.intake.fetching import Fetched

_RECORD = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
"""How the first line of JSON Lines begins."""
_TRIES = 20
Fetch = Callable[[str, int, float], "Fetched"]
"""Fetches an address, of at most so many bytes and in at most so many seconds. Raises ``IntakeError``."""


def iter_documents(
    paths: Iterable[str | Path],
    options: IntakeOptions | None = None,
    *,
    stdin: IO[bytes] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Document | SetAside]:
    """The documents under files, folders and patterns, one by one, and what was set aside, in a stable order.

    What begins with ``http://`` or ``https://`` is a page of the open internet, which is fetched (by ``fetch``, if one
    is given); nothing else is ever fetched, whatever addresses a text or a record holds.

    ``-`` among the paths is ``stdin`` (the process's own if none is given): JSON Lines, a page, a PDF or plain text, by
    its first bytes. A text seen before is set aside; an id seen before gets ``-2``, ``-3`` … at its end.
    """
    options = options or IntakeOptions()
    intake = _Intake(options, stdin, fetch)
    try:
        for source in iter_sources(paths):
            if isinstance(source, SetAside):
                yield source
            else:
                yield from intake.read(source)
    finally:
        intake.parsers.close()


class _Intake:
    """One run: its limits, its parsers, the ids given and the texts seen."""

    def __init__(self, options: IntakeOptions, stdin: IO[bytes] | None, fetch: Fetch | None) -> None:
        self.parsers = Parsers(options)
        self._options = options
        self._stdin = stdin
        self._fetch = fetch
        self._ids: set[str] = set()
        self._texts: dict[bytes, str] = {}

    def read(self, source: Source) -> Iterator[Document | SetAside]:
        """The documents in one file."""
        if source.url is not None:
            yield self._read_address(source.url, source)
            return
        try:
            if source.path is None:
                yield from self._read_stream(source, self._stdin or _standard_input())
            else:
                with source.open() as stream:
                    yield from self._read_stream(source, stream)
        except READ_ERRORS as error:
            yield cannot_read(source.name, error)

    def _read_stream(self, source: Source, stream: IO[bytes]) -> Iterator[Document | SetAside]:
        limit = self._options.max_bytes
        first = b"" if source.format is not Format.ANY else stream.readline(limit + 1)
        if source.format is Format.LINES or _RECORD.match(first):
            yield from self._read_lines(source, stream, first)
            return
        data = first + stream.read(limit + 1 - len(first))
        if len(data) > limit:
            reason = (
                f"{source.name} is larger than {_megabytes(limit)}, the limit for one document; split it into articles"
            )
            yield SetAside(source.name, reason, Cause.TOO_LONG)
        elif (format_ := source.format or _sniff(data)) is Format.JSON:
            yield from self._read_json(source, data)
        else:
            yield self._read_whole(source, data, format_)

    def _read_address(self, url: str, source: Source) -> Document | SetAside:
        """The document that is at an address."""
        if self._fetch is None:
            from dragoman.intake.fetching import fetch  # what speaks HTTP and TLS, for addresses alone

            self._fetch = fetch
        try:
            fetched = self._fetch(url, self._options.max_bytes, self._options.seconds)
        except IntakeError as error:
            return SetAside(source.name, f"{source.name} is not read: {error}", Cause.UNREADABLE)
        return self._read_whole(source, fetched.data, fetched.format, fetched.url)

    def _read_whole(self, source: Source, data: bytes, format_: Format, url: str | None = None) -> Document | SetAside:
        """The document that is one file, or a page at an address."""
        name = source.name
        if not data.strip():
            return _empty(name)
        if format_ is Format.TEXT:
            try:
                extract = Extract(text=decode(data))
            except NotTextError as error:
                return SetAside(name, f"{name} is not text: {error}", Cause.BINARY)
        else:
            extract = self.parsers.parse("pdf" if format_ is Format.PDF else "page", data)
            if extract.problem:
                return SetAside(name, f"{name} is not read: {extract.problem}", Cause.NO_TEXT)
        if url is not None:
            extract = replace(extract, url=url, outlet=extract.outlet or site_of(url))
        return self._finish(extract, Origin(source.stem, name, str(format_), data, "page"))

    def _read_json(self, source: Source, data: bytes) -> Iterator[Document | SetAside]:
        """The records of a file that is one JSON value, or JSON Lines under the name of JSON."""
        values = parse_whole(data)
        if values is None:
            yield from self._read_lines(source, io.BytesIO(data), b"")
            return
        if not values:
            yield _empty(source.name)
        alone = len(values) == 1
        for number, value in enumerate(values, 1):
            where = source.name if alone else f"{source.name} item {number}"
            try:
                record = to_record(value, data if alone else dump(value), None if alone else number, source.stem)
            except IntakeError as error:
                yield SetAside(where, f"{where} is not read: {error}", Cause.BAD_RECORD)
            else:
                yield self._finish_record(record, where)

    def _read_lines(self, source: Source, stream: IO[bytes], first: bytes) -> Iterator[Document | SetAside]:
        """The records of JSON Lines; ``first`` is the line that was read to know it.

        A file none of whose first lines is a record is something else, and gets one message instead of one a line.
        """
        bad: list[Document | SetAside] = []
        number, found = 0, False
        for number, line in iter_lines(stream, self._options.max_bytes, first):
            result = self._read_line(source, number, line)
            found = found or not (isinstance(result, SetAside) and result.cause is Cause.BAD_RECORD)
            if not found and len(bad) < _TRIES:
                bad.append(result)
                continue
            if not found:
                reason = (
                    f"{source.name} is not JSON Lines: none of its first {_TRIES} lines is an article; check the file"
                )
                yield SetAside(source.name, reason, Cause.BAD_RECORD)
                return
            yield from bad
            bad.clear()
            yield result
        yield from bad
        if number == 0:
            yield _empty(source.name)

    def _read_line(self, source: Source, number: int, line: bytes | None) -> Document | SetAside:
        where = f"{source.name} line {number}"
        if line is None:
            limit = _megabytes(self._options.max_bytes)
            reason = f"{where} is longer than {limit}, the limit for one article; split it into articles"
            return SetAside(where, reason, Cause.TOO_LONG)
        try:
            record = parse_record(line, number, source.stem)
        except IntakeError as error:
            return SetAside(where, f"{where} is not read: {error}", Cause.BAD_RECORD)
        return self._finish_record(record, where)

    def _finish_record(self, record: Record, where: str) -> Document | SetAside:
        return self._finish(record.extract, Origin(record.id, where, "application/json", record.raw, "record"))

    def _finish(self, extract: Extract, origin: Origin) -> Document | SetAside:
        """The document, unless its text is not for us."""
        text, name = extract.text, origin.source
        if not text.strip():
            return _empty(name)
        if len(text) > (limit := self._options.max_characters):
            reason = f"{name} has {len(text):,} characters of text; the limit is {limit:,}, so split it into articles"
            return SetAside(name, reason, Cause.TOO_LONG)
        if (language := foreign_language(text)) is not None:
            reason = f"{name} is {language}; only English is read, so translate it first"
            return SetAside(name, reason, Cause.LANGUAGE)
        document = assemble(extract, origin, self._options)
        digest = bytes.fromhex(document.digest)
        if digest in self._texts:
            reason = f"{name} has the same text as {self._texts[digest]}, which is read once"
            return SetAside(name, reason, Cause.DUPLICATE)
        self._texts[digest] = name
        return self._with_own_id(document)

    def _with_own_id(self, document: Document) -> Document:
        given, count = document.id, 1
        while document.id in self._ids:
            count += 1
            document = replace(document, id=f"{given}-{count}")
        self._ids.add(document.id)
        return document


def _empty(name: str) -> SetAside:
    return SetAside(name, f"{name} is empty; there is nothing to read in it", Cause.EMPTY)


def _standard_input() -> IO[bytes]:
    """The process's own; nothing if it was closed before the start."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def _sniff(data: bytes) -> Format:
    """What an unnamed stream is, by its first bytes."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return Format.PDF
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head:
        return Format.PAGE
    if head.startswith((b"{", b"[")) and parse_whole(data) is not None:
        return Format.JSON
    return Format.TEXT


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
