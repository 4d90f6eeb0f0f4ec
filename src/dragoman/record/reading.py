"""What reading one document yields, and its JSON Lines form (the codebook's exchange format)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.errors import RecordError
from dragoman.record.actor import Actor
from dragoman.record.document import Document
from dragoman.record.evidence import Span
from dragoman.record.reports import Report, report_from_dict


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: its sentences, actors and reports in text order, and remarks about what was odd.

    Iterating over it gives its reports.
    """

    document: Document
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    reports: tuple[Report, ...] = ()
    remarks: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    def to_rows(self) -> Iterator[dict[str, Any]]:
        """The document's exchange rows: one ``meta``, one ``actors``, then its reports with their ids."""
        yield {"document": self.document.id, "meta": self.document.to_meta()}
        yield {"document": self.document.id, "actors": [a.to_dict() for a in self.actors]}
        for report in self.reports:
            yield report.to_dict() | {"id": report.id}

    def to_jsonl(self) -> str:
        """The rows as JSON Lines, each line ended."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.to_rows())


def parse_jsonl(lines: Iterable[str], name: str = "input") -> Iterator[dict[str, Any] | Report]:
    """Read exchange lines: reports as typed objects, ``meta`` and ``actors`` rows as they are.

    Raises ``RecordError`` that names the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield report_from_dict(row) if "kind" in row else row
        except (ValueError, KeyError, TypeError, AttributeError, RecordError) as error:
            raise RecordError(f"{name} line {number} is not a row of the exchange format: {error}") from error
