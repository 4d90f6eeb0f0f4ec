"""Pages: a function of a case and an address, registered once, shown as HTML, as JSON and (lists) as CSV.

``build`` takes a case and then what the address gives: path parameters and, by keyword, filters. It returns a frozen
dataclass of plain data, which its template gets as ``page``. What changes the record is an ``Action``: a form sent by
POST, done in a case open for writing, which gives the address to go to next.
"""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Annotated, Any, get_type_hints

from fastapi import Query
from pydantic import BeforeValidator, WithJsonSchema

from dragoman.case.text import mend
from dragoman.export.csv import guarded

Row = Mapping[str, object]
OWN = ("author", "visited", "desk")
"""What may also be taken that no address gives: by a page, who asks, and when he looked at it before (see ``visits``);
by a download, the desk's own address."""
PAGE_ROWS = 50
"""Rows of a list on one page."""
MOST_ROWS = 10_000
"""Rows of a list as CSV."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``menu`` names it in the menu; ``rows`` gives the rows of a list as flat ones, for CSV."""

    path: str
    template: str
    build: Callable[..., Any]
    menu: str = ""
    rows: Callable[[Any], Iterable[Row]] | None = None

    @property
    def own(self) -> frozenset[str]:
        """Which of ``OWN`` its ``build`` takes."""
        return frozenset(inspect.signature(self.build).parameters).intersection(OWN)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a page offers: ``build`` gives its bytes."""

    path: str
    media_type: str
    build: Callable[..., bytes]
    name: str = ""
    """File name under which it is saved; shown in the page where empty."""


Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a form does. ``do`` takes the case, the form, the author and the path's parameters."""

    path: str
    do: Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a form sent, under the name that it gives itself."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that a form has done beside the case, which may be busy. ``do`` takes the path of the case, the form,
    the files and the path's parameters. ``most_bytes`` holds for all that is sent at once. ``again`` is the page with
    the form, which is shown with what was written and a ``problem`` where that makes no sense."""

    path: str
    do: Callable[..., str]
    most_files: int = 0
    most_bytes: int = 100_000
    again: Page | None = None


def asked(build: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters that an address gives, with their types; numbers within bounds. The others are the case and what
    only the desk knows."""
    hints = get_type_hints(build, include_extras=True)
    _, *rest = (p for p in inspect.signature(build).parameters.values() if p.name not in OWN)
    types = {p.name: hints.get(p.name, str) for p in rest}
    types |= {p.name: _number(p.default) for p in rest if types[p.name] is int}
    return [p.replace(annotation=types[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in rest]


def _number(default: int) -> Any:
    """A number of an address; an empty field of a form asks for the usual one."""
    usual = BeforeValidator(lambda given: default if given == "" else given)
    told = WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_ROWS}, {"const": ""}]})
    return Annotated[int, usual, Query(ge=0, le=MOST_ROWS), told]


def plain(value: Any) -> Any:
    """Data as JSON has it: dataclasses by their own ``to_dict`` where they have one, else field by field."""
    if is_dataclass(value) and not isinstance(value, type):
        if callable(to_dict := getattr(value, "to_dict", None)):
            return plain(to_dict())
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain(k)): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return mend(value) if isinstance(value, str) else value


def as_csv(rows: Iterable[Row]) -> str:
    """Rows as CSV whose cells no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row))
            writer.writeheader()
        writer.writerow({k: guarded(v) if isinstance(v, str) else v for k, v in row.items()})
    return mend(out.getvalue())
