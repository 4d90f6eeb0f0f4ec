"""Write docs/reference.md from the code: commands, public names, reports, exports, errors.

python docs/make_reference.py            # writes it
python docs/make_reference.py --check    # exit code 1 when it is stale
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import dragoman
from docs.page import settle
from dragoman import errors, export, record, views
from dragoman.cli import run
from dragoman.record.reports import CLASSES

PAGE = Path(__file__).with_name("reference.md")
COMMANDS = (
    "",
    "new",
    "read",
    "show",
    "search",
    "export",
    "import",
    "brief",
    "desk",
    "decide",
    "agreement",
    "decisions",
    "decisions list",
    "decisions untied",
    "decisions export",
    "decisions import",
    "pack",
    "pack check",
    "pack import",
    "pack show",
    "user",
    "user add",
    "user list",
    "user remove",
)
EXIT_CODES = {
    0: "done",
    1: "something could not be done, or an input not be read (the rest was)",
    2: "a command that makes no sense, or that names something which is not there",
    130: "interrupted",
    141: "the reader of the output went away",
}
MEANINGS = {
    "document": "id of the document: the file's name without its last suffix, or the collection's id",
    "evidence": "`start`, `end` (code points in the document's text, half-open) and `text`, exactly that slice",
    "voice": "who says so, outermost first; empty for the document in its own name",
    "standing": "how it is asserted",
    "frame": "the frame that proposed it",
    "confidence": "calibrated probability that a careful coder would code the same, 0 to 1",
    "why": "how it was read: the word that tells it, what set standing and voice, how its roles were cast",
    "reader": "version of the reader",
    "type": "PLOVER event type",
    "source": "who acts",
    "target": "at whom it is aimed",
    "date": "`from` and `to`, ISO prefixes as narrow as the text allows; absent when the text gives none",
    "place": "the narrowest named place",
    "killed": "number of people told killed",
    "injured": "number of people told injured",
    "others": "further parts, a map from a role to names",
    "holder": "who takes the position",
    "stance": "for or against; with an issue, the answer to its question",
    "about": "what it is about, in a few words",
    "issue": "id of the pack's issue",
    "by": "who moves, undertakes or forecasts",
    "toward": "the authority that the step goes toward",
    "rung": "id of the pack's rung",
    "direction": "up toward recognition, or down",
    "to": "to whom it is undertaken",
    "instrument": "the agreement that holds it",
    "what": "the outcome or undertaking, in a few words",
    "status": "what is told of it",
    "likelihood": "how surely it is put",
    "horizon": "until when, `from` and `to`",
    "subject": "who stands in the relation",
    "predicate": "which relation",
    "object": "to whom or what",
    "title": "the office's name",
    "former": "true for *ex-* and *former*",
    "since": "ISO prefix, when told",
    "until": "ISO prefix, when told",
}


def to_markdown() -> str:
    """The whole page."""
    parts = (_intro(), _commands(), _python(), _reports(), _vocabularies(), _exports(), _errors())
    return "\n".join(line.rstrip() for part in parts for line in part) + "\n"


def _intro() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made from the code by `make docs`; do not edit."
    yield ""


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield ""
    yield "Results go to standard output, progress and remarks to standard error. What goes wrong is one line that"
    yield "begins `Error:`; `--debug`, anywhere in the command, shows the traceback."
    yield ""
    yield from (
        "| exit code | means |",
        "| --- | --- |",
        *(f"| {code} | {text} |" for code, text in EXIT_CODES.items()),
    )
    yield ""
    for command in COMMANDS:
        name = f"dragoman {command}".strip()
        yield from (f"### {name}", "", "```", *help_of(command).splitlines(), "```", "")


def help_of(command: str) -> str:
    """The help of a command, as on a terminal of 100 columns."""
    text = io.StringIO()
    os.environ["COLUMNS"] = "100"
    with contextlib.redirect_stdout(text):
        run([*command.split(), "--help"])
    return text.getvalue().strip()


def _python() -> Iterator[str]:
    yield "## Python"
    yield ""
    yield "Everything named here is stable: `dragoman` itself, `dragoman.views` and `dragoman.export`. What is given"
    yield "back are frozen dataclasses of `dragoman.case`, `dragoman.record` and the views, told in their docstrings;"
    yield "`dragoman.views.to_data` makes plain data of any."
    yield ""
    for room in (dragoman, views, export):
        for name in sorted(room.__all__, key=str.casefold):
            value = getattr(room, name)
            if callable(value):
                yield from _described(f"{room.__name__}.{name}", value)
                yield from _members(value) if inspect.isclass(value) and not issubclass(value, Enum) else ()


def _described(name: str, value: Any, level: str = "###") -> Iterator[str]:
    yield f"{level} {name}"
    yield ""
    if inspect.isclass(value) and issubclass(value, Enum):
        yield from (*_doc(value), "", ", ".join(f"`{one}`" for one in value), "")
        return
    if not (inspect.isclass(value) and issubclass(value, Exception)):
        signature = str(inspect.signature(value)).replace("'", "")
        yield from ("```python", f"{name.rpartition('.')[2]}{signature}", "```", "")
    yield from (*_doc(value), "")


def _members(cls: type) -> Iterator[str]:
    for name, member in vars(cls).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield from (f"#### {cls.__name__}.{name}", "", *_doc(member), "")
        elif inspect.isfunction(member) or isinstance(member, classmethod):
            yield from _described(f"{cls.__name__}.{name}", getattr(cls, name), "####")


def _doc(value: Any) -> list[str]:
    text = inspect.getdoc(value)
    if not text:
        raise SystemExit(f"{value!r} has no docstring")
    return text.replace("``", "`").splitlines()


def _reports() -> Iterator[str]:
    yield "## Reports"
    yield ""
    yield "Every report has the fields of all kinds and those of its own. Fields without a value are left out or null."
    yield ""
    common = {field.name for field in fields(record.Report)}
    yield from _fields("all kinds", [field.name for field in fields(record.Report)])
    for kind, cls in CLASSES.items():
        yield from _fields(str(kind), [field.name for field in fields(cls) if field.name not in common])


def _fields(title: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"### {title}", "", "| field | meaning |", "| --- | --- |")
    yield from (f"| `{name}` | {MEANINGS[name]} |" for name in names)
    yield ""


def _vocabularies() -> Iterator[str]:
    yield "## Values"
    yield ""
    for name in record.__all__:
        enum = getattr(record, name)
        if inspect.isclass(enum) and issubclass(enum, StrEnum):
            yield from (f"### {name}", "", *_doc(enum), "", ", ".join(f"`{value}`" for value in enum), "")


def _exports() -> Iterator[str]:
    yield "## Exports"
    yield ""
    names = ", ".join(f"`{name}`" for name in export.FORMATS)
    yield "From Python, `dragoman.export.FORMATS` has the function of each, which takes the case, a target (a path or"
    yield "a binary stream), since, until and as_of. What a format cannot say is left out, and given back in sentences."
    yield ""
    yield f"{names}: what each says and leaves out is told in [exchange](exchange.md), the columns of the tables in the"
    yield "[data dictionary](data-dictionary.md)."
    yield ""


def _errors() -> Iterator[str]:
    yield "## Errors"
    yield ""
    yield from ("```", *(errors.__doc__ or "").strip().splitlines(), "```")


if __name__ == "__main__":
    sys.exit(settle(PAGE, to_markdown(), sys.argv[1:]))
