"""The codebook's exchange format: for each document, by id, one ``meta`` row, one ``actors`` row, then its reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dragoman.case import Case
from dragoman.export.target import Target, writing
from dragoman.record import Reading


def export_jsonl(case: Case, target: Target) -> None:
    """Write all documents of a case; one at a time is in memory."""
    with writing(target) as stream:
        for reading in case.readings():
            stream.write(to_bytes(reading))


def to_bytes(reading: Reading) -> bytes:
    """The rows of one document in UTF-8, each line ended."""
    return b"".join(_line(row) for row in reading.to_rows())


def _line(row: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate is in it, which JSON can escape and UTF-8 cannot hold
        return json.dumps(row).encode() + b"\n"
