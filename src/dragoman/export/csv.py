"""All reports of a case as one flat table: the columns of ``dragoman.case.flat``, beginning ``document,kind,id``.

UTF-8 without a byte order mark, lines ended as RFC 4180 wants it (the line break that also makes Python's writer quote
a carriage return within a cell); several names in a cell are parted by ``; ``. A spreadsheet takes a cell that begins
with ``=``, ``+``, ``-``, ``@`` (also of full width), a tab or a line break for a formula, so such a cell gets an
apostrophe before it.
"""

from __future__ import annotations

import codecs
import csv

from dragoman.case import Case
from dragoman.case.flat import COLUMNS, Value, flatten
from dragoman.case.text import mend
from dragoman.export.target import Target, writing

_FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")


def export_csv(
    case: Case, target: Target, *, since: str | None = None, until: str | None = None, as_of: str | None = None
) -> None:
    """Write the reports of a case, by document."""
    names = [column.name for column in COLUMNS]
    with writing(target) as stream:
        rows = csv.writer(codecs.getwriter("utf-8")(stream))
        rows.writerow(names)
        for stored in case.reports(since=since, until=until, as_of=as_of, by_document=True):
            values = flatten(stored)
            rows.writerow([_cell(values.get(name)) for name in names])


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return guarded(mend("; ".join(value) if isinstance(value, list) else value))


def guarded(text: str) -> str:
    """Text of a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
